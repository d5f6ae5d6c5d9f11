//! HMAC (RFC 2104) as the providers write it: lower-case hexadecimal; compared in the same time whatever is wrong.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Sha256, Sha512};

/// HMAC-SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(secret: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// HMAC-SHA-512 in hexadecimal.
#[must_use]
pub fn sha512(secret: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// Whether a signature is that of the text. Providers write hexadecimal in either case.
#[must_use]
pub fn is_sha256(secret: &str, text: &str, signature: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(text.as_bytes());
    unhex(signature).is_some_and(|said| mac.verify_slice(&said).is_ok())
}

/// The same for SHA-512.
#[must_use]
pub fn is_sha512(secret: &str, text: &str, signature: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(text.as_bytes());
    unhex(signature).is_some_and(|said| mac.verify_slice(&said).is_ok())
}

fn hex(bytes: &[u8]) -> String {
    use core::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    // Digits of other scripts are longer than one byte and are refused with everything else.
    let digit = |byte: u8| (byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn the_vectors_of_the_rfc() {
        let (key, text) = ("Jefe", "what do ya want for nothing?");
        let short = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let long = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
        assert_eq!((sha256(key, text).as_str(), sha512(key, text).as_str()), (short, long));
        assert!(
            is_sha256(key, text, short) && is_sha256(key, text, &short.to_uppercase()) && is_sha512(key, text, long)
        );
    }

    #[test]
    fn what_is_not_quite_the_signature_is_none() {
        let good = sha512("bí mật", "amount=75000");
        let mut cases: Vec<String> =
            vec![String::new(), good[..126].to_owned(), format!("{good}00"), good.replace('a', "٣")];
        for place in 0..good.len() {
            let mut bytes = good.clone().into_bytes();
            bytes[place] = if bytes[place] == b'0' { b'1' } else { b'0' };
            cases.push(String::from_utf8(bytes).unwrap_or_default());
        }
        for case in cases.iter().filter(|case| **case != good) {
            assert!(!is_sha512("bí mật", "amount=75000", case), "{case}");
        }
        assert!(!is_sha512("bí mật", "amount=75001", &good) && !is_sha512("bí mat", "amount=75000", &good));
    }
}
