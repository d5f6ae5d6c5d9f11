//! Checking one signature by one public key: RSA (PKCS #1 v1.5 and PSS) and ECDSA over P-256 and P-384.

use crate::message::Fault;
use const_oid::ObjectIdentifier;
use der::{Any, Decode as _, Encode as _};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::pkcs1::{DecodeRsaPublicKey as _, RsaPssParams};
use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, Pss, PublicKey};
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_MD5: ObjectIdentifier = oid("1.2.840.113549.1.1.4");
const RSA_SHA1: ObjectIdentifier = oid("1.2.840.113549.1.1.5");
const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");
const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const RSA_SHA256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
const ECDSA_SHA1: ObjectIdentifier = oid("1.2.840.10045.4.1");
const ECDSA_SHA256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const ECDSA_SHA512: ObjectIdentifier = oid("1.2.840.10045.4.3.4");
const P256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = oid("1.3.132.0.34");

/// An RSA key shorter than this is weak, in bits (QCVN 05:2016 of the Ministry of Information: at least 2048).
const LEAST_BITS: u32 = 2048;

/// The hashes that are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// # Errors
    /// [`Fault::Weak`] for those that once were believed.
    pub fn of(algorithm: ObjectIdentifier) -> Result<Self, Fault> {
        const SHA256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
        const SHA384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
        const SHA512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
        const MD5: ObjectIdentifier = oid("1.2.840.113549.2.5");
        const SHA1: ObjectIdentifier = oid("1.3.14.3.2.26");
        match algorithm {
            SHA256 => Ok(Self::Sha256),
            SHA384 => Ok(Self::Sha384),
            SHA512 => Ok(Self::Sha512),
            SHA1 | MD5 => Err(Fault::Weak),
            _ => Err(Fault::Unknown),
        }
    }

    /// The hash of parts that follow each other.
    pub fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn of<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha256 => of::<Sha256>(parts),
            Self::Sha384 => of::<Sha384>(parts),
            Self::Sha512 => of::<Sha512>(parts),
        }
    }
}

enum Scheme {
    Pkcs1(Hash),
    Pss(Hash, usize),
    Ecdsa(Hash),
}

/// Whether a message was signed with a key. `hash` is the hash where the algorithm does not name one itself, as in CMS.
///
/// # Errors
/// Why not.
pub fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    hash: Option<Hash>,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Fault> {
    match scheme(algorithm, hash)? {
        Scheme::Ecdsa(hash) => ecdsa(key, &hash.digest(&[message]), signature),
        Scheme::Pkcs1(hash) => {
            let (key, digest) = (rsa_key(key)?, hash.digest(&[message]));
            let padding = match hash {
                Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            };
            key.verify(padding, &digest, signature).map_err(|_| Fault::Bad)
        }
        Scheme::Pss(hash, salt) => {
            let (key, digest) = (rsa_key(key)?, hash.digest(&[message]));
            let verified = match hash {
                Hash::Sha256 => key.verify(Pss::<Sha256>::new_with_salt(salt), &digest, signature),
                Hash::Sha384 => key.verify(Pss::<Sha384>::new_with_salt(salt), &digest, signature),
                Hash::Sha512 => key.verify(Pss::<Sha512>::new_with_salt(salt), &digest, signature),
            };
            verified.map_err(|_| Fault::Bad)
        }
    }
}

fn scheme(algorithm: &AlgorithmIdentifierOwned, hash: Option<Hash>) -> Result<Scheme, Fault> {
    Ok(match algorithm.oid {
        RSA => Scheme::Pkcs1(hash.ok_or(Fault::Unknown)?),
        RSA_SHA256 => Scheme::Pkcs1(Hash::Sha256),
        RSA_SHA384 => Scheme::Pkcs1(Hash::Sha384),
        RSA_SHA512 => Scheme::Pkcs1(Hash::Sha512),
        ECDSA_SHA256 => Scheme::Ecdsa(Hash::Sha256),
        ECDSA_SHA384 => Scheme::Ecdsa(Hash::Sha384),
        ECDSA_SHA512 => Scheme::Ecdsa(Hash::Sha512),
        RSA_PSS => {
            // Without parameters everything is as it was in 1998: SHA-1 (RFC 4055 §3.1).
            let written = algorithm.parameters.as_ref().ok_or(Fault::Weak)?.to_der().map_err(|_| Fault::Unknown)?;
            let params = RsaPssParams::<Any>::from_der(&written).map_err(|_| Fault::Unknown)?;
            let hash = Hash::of(params.hash.oid)?;
            let mask = params.mask_gen.parameters.as_ref().ok_or(Fault::Weak)?;
            if params.mask_gen.oid != MGF1 || Hash::of(mask.oid)? != hash {
                return Err(Fault::Unknown);
            }
            Scheme::Pss(hash, params.salt_len.into())
        }
        RSA_SHA1 | RSA_MD5 | ECDSA_SHA1 => return Err(Fault::Weak),
        _ => return Err(Fault::Unknown),
    })
}

fn rsa_key(key: &SubjectPublicKeyInfoOwned) -> Result<PublicKey, Fault> {
    if !matches!(key.algorithm.oid, RSA | RSA_PSS) {
        return Err(Fault::Bad);
    }
    let key = PublicKey::from_pkcs1_der(key.subject_public_key.raw_bytes()).map_err(|_| Fault::Unknown)?;
    if key.n().bit_width() < LEAST_BITS { Err(Fault::Weak) } else { Ok(key) }
}

fn ecdsa(key: &SubjectPublicKeyInfoOwned, digest: &[u8], signature: &[u8]) -> Result<(), Fault> {
    let curve = key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as().ok()).ok_or(Fault::Unknown)?;
    let point = key.subject_public_key.raw_bytes();
    match (key.algorithm.oid, curve) {
        (EC, P256) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Fault::Unknown)?;
            let signature = p256::ecdsa::Signature::from_der(signature).map_err(|_| Fault::Bad)?;
            key.verify_prehash(digest, &signature).map_err(|_| Fault::Bad)
        }
        (EC, P384) => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| Fault::Unknown)?;
            let signature = p384::ecdsa::Signature::from_der(signature).map_err(|_| Fault::Bad)?;
            key.verify_prehash(digest, &signature).map_err(|_| Fault::Bad)
        }
        _ => Err(Fault::Unknown),
    }
}
