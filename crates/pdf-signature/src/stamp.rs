//! The time stamp a signature carries: a token of a time-stamping service over the signature's bytes (RFC 3161).

use crate::chain::{Path, Purpose, Roots};
use crate::key::Hash;
use crate::message::{Message, generalized};
use const_oid::ObjectIdentifier;
use der::{Any, Decode as _};

const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// The time a trusted service says the signature was there, in milliseconds since 1970; nothing where none does.
pub fn time(message: &Message, roots: &Roots, now: i64) -> Option<i64> {
    let token = Message::read(&message.stamp()?)?;
    let info = token.content.as_deref().filter(|_| token.content_type() == TST_INFO)?;
    token.verify(&[info], false).ok()?;
    // TSTInfo: version, policy, messageImprint, serialNumber, genTime, …
    let parts = Vec::<Any>::from_der(info).ok()?;
    let imprint: Vec<Any> = parts.get(2)?.decode_as().ok()?;
    let [algorithm, digest] = imprint.as_slice() else { return None };
    let algorithm: Vec<Any> = algorithm.decode_as().ok()?;
    let hash = Hash::of(algorithm.first()?.decode_as().ok()?).ok()?;
    if digest.value() != hash.digest(&[message.signature()]) {
        return None;
    }
    let at = generalized(parts.get(4)?).filter(|at| *at <= now)?;
    let trusted = roots.path(token.signer()?, &token.certificates, Purpose::Stamp, at) == Path::Trusted;
    trusted.then_some(at)
}
