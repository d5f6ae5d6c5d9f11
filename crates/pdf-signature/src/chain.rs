//! From a signer's certificate to a trusted root (RFC 5280 §6.1, without policies, name constraints and revocation).

use crate::key;
use const_oid::ObjectIdentifier;
use der::{Decode as _, Encode as _};
use std::fmt;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

/// No honest chain is longer.
const MOST_STEPS: usize = 6;
/// Nor are more signatures checked in search of one: certificates that all bear one name would make many ways.
const MOST_CHECKS: usize = 64;
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// Critical extensions that are understood here: basic constraints, key usage, extended key usage.
const UNDERSTOOD: [ObjectIdentifier; 3] = [
    ObjectIdentifier::new_unwrap("2.5.29.19"),
    ObjectIdentifier::new_unwrap("2.5.29.15"),
    ObjectIdentifier::new_unwrap("2.5.29.37"),
];

/// The certificates that are believed without proof.
#[derive(Clone, Debug, Default)]
pub struct Roots(Vec<Certificate>);

/// Why a file holds no certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootsUnreadable;

impl fmt::Display for RootsUnreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it holds no certificate as PEM or DER")
    }
}

/// What a certificate is to be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing documents.
    Sign,
    /// Stamping the time.
    Stamp,
}

/// Whether a certificate leads to a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// It does, and all on the way were valid then.
    Trusted,
    /// It does, and one on the way was not valid then.
    OutOfTime,
    /// It does not.
    None,
}

impl Roots {
    /// Adds the certificates of a file: one as DER, or one after the other as PEM. Tells how many they are.
    ///
    /// # Errors
    /// When it holds none.
    pub fn add(&mut self, bytes: &[u8]) -> Result<usize, RootsUnreadable> {
        let found = match Certificate::from_der(bytes) {
            Ok(one) => vec![one],
            Err(_) => Certificate::load_pem_chain(bytes).map_err(|_| RootsUnreadable)?,
        };
        let count = found.len();
        self.0.extend(found);
        if count == 0 { Err(RootsUnreadable) } else { Ok(count) }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Looks for a way from a certificate to a root, over those that came along. `at` is in milliseconds since 1970.
    pub(crate) fn path(&self, leaf: &Certificate, along: &[Certificate], purpose: Purpose, at: i64) -> Path {
        if !is_for(leaf, purpose) || !understood(leaf) {
            return Path::None;
        }
        let mut checks = MOST_CHECKS;
        let search = |at: Option<i64>, checks: &mut usize| self.leads(leaf, along, 0, at, checks);
        if search(Some(at), &mut checks) {
            return Path::Trusted;
        }
        checks = MOST_CHECKS;
        if search(None, &mut checks) { Path::OutOfTime } else { Path::None }
    }

    fn leads(
        &self,
        certificate: &Certificate,
        along: &[Certificate],
        below: usize,
        at: Option<i64>,
        checks: &mut usize,
    ) -> bool {
        if at.is_some_and(|at| !in_time(certificate, at)) || below >= MOST_STEPS {
            return false;
        }
        if below > 0 && self.0.contains(certificate) {
            return true;
        }
        let issuer = certificate.tbs_certificate().issuer();
        let all = self.0.iter().map(|root| (root, true)).chain(along.iter().map(|other| (other, false)));
        let named = all.filter(|(above, _)| above.tbs_certificate().subject() == issuer && *above != certificate);
        for (above, is_root) in named {
            if *checks == 0 {
                return false;
            }
            *checks -= 1;
            let signs = may_issue(above, below) && understood(above) && signed_by(certificate, above);
            let ends = is_root && at.is_none_or(|at| in_time(above, at));
            if signs && (ends || self.leads(above, along, below + 1, at, checks)) {
                return true;
            }
        }
        false
    }
}

fn in_time(certificate: &Certificate, at: i64) -> bool {
    let validity = certificate.tbs_certificate().validity();
    let ms = |time: &x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX);
    (ms(&validity.not_before)..=ms(&validity.not_after)).contains(&at)
}

/// Whether it is for what it is used for; a certificate that says nothing of it is for everything (RFC 5280 §4.2.1.3).
fn is_for(certificate: &Certificate, purpose: Purpose) -> bool {
    let tbs = certificate.tbs_certificate();
    let signs = match tbs.get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
        Ok(None) => true,
        Err(_) => false,
    };
    let stamps = match tbs.get_extension::<ExtendedKeyUsage>() {
        Ok(Some((_, usage))) => usage.0 == [TIME_STAMPING],
        Ok(None) | Err(_) => false,
    };
    // A service's certificate stamps and does nothing else (RFC 3161 §2.3).
    signs && (purpose == Purpose::Stamp) == stamps
}

/// Whether it may issue certificates that have so many authorities below it.
fn may_issue(certificate: &Certificate, below: usize) -> bool {
    let tbs = certificate.tbs_certificate();
    let authority = match tbs.get_extension::<BasicConstraints>() {
        Ok(Some((_, basic))) => basic.ca && basic.path_len_constraint.is_none_or(|most| below <= usize::from(most)),
        Ok(None) | Err(_) => false,
    };
    let usage = match tbs.get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.key_cert_sign(),
        Ok(None) => true,
        Err(_) => false,
    };
    authority && usage
}

fn understood(certificate: &Certificate) -> bool {
    let all = certificate.tbs_certificate().extensions();
    all.is_none_or(|all| all.iter().all(|one| !one.critical || UNDERSTOOD.contains(&one.extn_id)))
}

fn signed_by(certificate: &Certificate, above: &Certificate) -> bool {
    let tbs = certificate.tbs_certificate();
    // Said twice, inside and outside what is signed; it must be the same (RFC 5280 §4.1.1.2).
    if tbs.signature() != certificate.signature_algorithm() {
        return false;
    }
    let key = above.tbs_certificate().subject_public_key_info();
    let (Ok(signed), Some(signature)) = (tbs.to_der(), certificate.signature().as_bytes()) else { return false };
    key::verify(key, certificate.signature_algorithm(), None, &signed, signature).is_ok()
}
