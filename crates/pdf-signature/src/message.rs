//! The signed message inside a signature's field: CMS SignedData (RFC 5652) with one signer.

use crate::key::{self, Hash};
use crate::time;
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use const_oid::ObjectIdentifier;
use der::asn1::{ObjectIdentifier as Oid, OctetString};
use der::{Any, Decode as _, Encode as _, Header, Reader as _, SliceReader, Tag, Tagged as _};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
/// More certificates than this no honest signature brings along.
const MOST_CERTIFICATES: usize = 32;

/// Why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not over what stands there.
    Bad,
    /// It is made by means that can be forged.
    Weak,
    /// It is made by means that are not known here.
    Unknown,
}

/// A signed message.
pub struct Message {
    content_type: ObjectIdentifier,
    /// What it carries itself: nothing where it is about a file.
    pub content: Option<Vec<u8>>,
    /// The certificates that came with it.
    pub certificates: Vec<Certificate>,
    signer: SignerInfo,
}

impl Message {
    /// Reads it; what follows it in a field are zeros that keep the place.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(bytes).ok()?;
        let header = Header::decode(&mut reader).ok()?;
        let begins = usize::try_from(u32::from(reader.position())).ok()?;
        let length = usize::try_from(u32::from(header.length())).ok()?;
        let (written, rest) = bytes.split_at_checked(begins.checked_add(length)?)?;
        let info = ContentInfo::from_der(written).ok()?;
        if info.content_type != SIGNED_DATA || rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        let signed: SignedData = info.content.decode_as().ok()?;
        let mut signers = signed.signer_infos.0.into_vec();
        let signer = signers.pop().filter(|_| signers.is_empty())?;
        let content = match signed.encap_content_info.econtent {
            Some(content) => Some(content.decode_as::<OctetString>().ok()?.as_bytes().to_vec()),
            None => None,
        };
        let certificates = signed.certificates.map(|all| all.0.into_vec()).unwrap_or_default().into_iter();
        let certificates = certificates.filter_map(|one| match one {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        });
        let certificates: Vec<_> = certificates.take(MOST_CERTIFICATES).collect();
        Some(Self { content_type: signed.encap_content_info.econtent_type, content, certificates, signer })
    }

    /// The signer's certificate.
    pub fn signer(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| {
            let tbs = certificate.tbs_certificate();
            match &self.signer.sid {
                SignerIdentifier::IssuerAndSerialNumber(named) => {
                    named.issuer == *tbs.issuer() && named.serial_number == *tbs.serial_number()
                }
                SignerIdentifier::SubjectKeyIdentifier(named) => {
                    matches!(tbs.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *named)
                }
            }
        })
    }

    /// The type of what is signed.
    pub fn content_type(&self) -> ObjectIdentifier {
        self.content_type
    }

    /// The bytes of the signature, over which a time stamp is.
    pub fn signature(&self) -> &[u8] {
        self.signer.signature.as_bytes()
    }

    /// When it says that it was made.
    pub fn claimed(&self) -> Option<i64> {
        let time: x509_cert::time::Time = self.signed(SIGNING_TIME)?.decode_as().ok()?;
        i64::try_from(time.to_unix_duration().as_millis()).ok()
    }

    /// The time stamp it carries, as it is written.
    pub fn stamp(&self) -> Option<Vec<u8>> {
        let all = self.signer.unsigned_attrs.as_ref()?;
        all.iter().find(|one| one.oid == STAMP)?.values.get(0)?.to_der().ok()
    }

    /// The only value of a signed attribute.
    fn signed(&self, wanted: Oid) -> Option<&Any> {
        let all = self.signer.signed_attrs.as_ref()?;
        let mut found = all.iter().filter(|one| one.oid == wanted);
        let one = found.next().filter(|one| one.values.len() == 1)?;
        if found.next().is_some() { None } else { one.values.get(0) }
    }

    /// Whether it signs these bytes by the certificate it names. `strict` asks that the certificate is named under the
    /// signature, as CAdES does (ETSI EN 319 122-1 §5.2.2).
    ///
    /// # Errors
    /// Why not.
    pub fn verify(&self, parts: &[&[u8]], strict: bool) -> Result<(), Fault> {
        let hash = Hash::of(self.signer.digest_alg.oid)?;
        let certificate = self.signer().ok_or(Fault::Unknown)?;
        let attributes = self.signer.signed_attrs.as_ref().ok_or(Fault::Unknown)?;
        let named: ObjectIdentifier =
            self.signed(CONTENT_TYPE).and_then(|value| value.decode_as().ok()).ok_or(Fault::Bad)?;
        let digest: OctetString =
            self.signed(MESSAGE_DIGEST).and_then(|value| value.decode_as().ok()).ok_or(Fault::Bad)?;
        if named != self.content_type || digest.as_bytes() != hash.digest(parts) {
            return Err(Fault::Bad);
        }
        match self.signed(SIGNING_CERTIFICATE_V2) {
            Some(value) if !names(value, certificate)? => return Err(Fault::Bad),
            None if strict => return Err(Fault::Bad),
            _ => {}
        }
        let signed = attributes.to_der().map_err(|_| Fault::Unknown)?;
        let key = certificate.tbs_certificate().subject_public_key_info();
        key::verify(key, &self.signer.signature_algorithm, Some(hash), &signed, self.signature())
    }

    /// Whether it is about a file: it carries nothing itself, and signs plain bytes.
    pub fn is_detached(&self) -> bool {
        self.content.is_none() && self.content_type == DATA
    }
}

/// Whether a signing-certificate-v2 (RFC 5035 §3) names a certificate: its first entry is the signer's.
fn names(value: &Any, certificate: &Certificate) -> Result<bool, Fault> {
    let inside = |value: &Any| value.decode_as::<Vec<Any>>().map_err(|_| Fault::Unknown);
    let all = inside(inside(value)?.first().ok_or(Fault::Unknown)?)?;
    let first = inside(all.first().ok_or(Fault::Unknown)?)?;
    let (hash, digest) = match first.as_slice() {
        [algorithm, digest, ..] if algorithm.tag() == Tag::Sequence => {
            let algorithm = inside(algorithm)?;
            let oid = algorithm.first().and_then(|oid| oid.decode_as().ok()).ok_or(Fault::Unknown)?;
            (Hash::of(oid)?, digest)
        }
        [digest, ..] => (Hash::Sha256, digest),
        [] => return Err(Fault::Unknown),
    };
    let written = certificate.to_der().map_err(|_| Fault::Unknown)?;
    Ok(digest.tag() == Tag::OctetString && digest.value() == hash.digest(&[&written]))
}

/// The time of a GeneralizedTime, in milliseconds since 1970.
pub fn generalized(value: &Any) -> Option<i64> {
    if value.tag() == Tag::GeneralizedTime { time::of_generalized(value.value()) } else { None }
}
