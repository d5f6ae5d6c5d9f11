//! What proves to a citizen, and to anybody they show it to, which papers arrived and when: lines, each sealed on its
//! own, signed together by the server. Checking needs the server's public key and no network.
//!
//! # The format, version 1
//! A line is a name and a value. Its **seal** is SHA-256 over these bytes, texts in UTF-8, `⏎` one byte 0x0A:
//!
//! ```text
//! motcua-receipt/1 line⏎<salt>⏎<name>⏎<value>
//! ```
//!
//! `salt` is 32 lower-case hexadecimal digits (128 random bits) and differs from line to line; a name has none but
//! lower-case letters, digits and `-`, so that nothing moves from one part into the next. What is **signed** with
//! Ed25519 (RFC 8032, the plain variant) is the seals in their order, each as 64 lower-case hexadecimal digits:
//!
//! ```text
//! motcua-receipt/1⏎<seal>⏎<seal>⏎ … <seal>⏎
//! ```
//!
//! The first words keep this apart from everything else the key or the hash may ever be used for.
//!
//! A [`Proof`] carries each line open (salt, name, value) or closed (its seal alone). Whoever holds an open one can
//! close lines before handing it on, and the signature still fits: a citizen can prove to somebody that these files
//! arrived on that day without telling which benefit was asked for or that one of the papers is a diagnosis. A closed
//! line cannot be guessed, because its salt went with it. Closed lines keep their place, so that none can be left out.
//!
//! # The lines
//! | name | value |
//! |---|---|
//! | `dossier` | the number the office finds the dossier by; it opens nothing to whoever knows it |
//! | `sent` | the moment in UTC and in Việt Nam: `2026-11-22T07:05:00Z 2026-11-22T14:05:00+07:00` |
//! | `agency` | the receiving agency's name |
//! | `procedure` | the procedure's legal name |
//! | `forms` | a line of text for each form: its id, a space, the fingerprint of the text it was filled by |
//! | `reception-by`, `result-by` | expected moments in Việt Nam |
//! | `paper-1-name` … | which paper it is, in the procedure's words |
//! | `paper-1-file` … | the file's name |
//! | `paper-1-content` … | media type, pages (`?` where they cannot be counted), bytes, SHA-256, one space between |
//!
//! The lookup code is in none of them.

mod check;
mod key;
mod line;
mod proof;

pub use check::{Known, Verdict, check};
pub use key::{Signer, key_id, public_key};
pub use line::{Content, lines};
pub use proof::{Line, Proof};

/// Begins everything that is hashed or signed here.
const VERSION: &str = "motcua-receipt/1";

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|four| char::from(DIGITS[usize::from(four)])).collect()
}

/// Exactly `N` bytes written in lower-case hexadecimal.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |sign: u8| match sign {
        b'0'..=b'9' => Some(sign - b'0'),
        b'a'..=b'f' => Some(sign - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}
