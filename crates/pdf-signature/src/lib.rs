//! The digital signatures (chữ ký số) of a PDF: who signed, when, and whether it can be believed.
//!
//! Pure: bytes, trusted roots and a moment go in, a report comes out. Nothing is fetched, so revocation is not checked
//! and the report says so. Signatures are those of ISO 32000-1 §12.8 (`adbe.pkcs7.detached`, RFC 5652) and of ETSI EN
//! 319 142 (`ETSI.CAdES.detached`); certificates are checked as RFC 5280 §6 says, without policies and name constraints.
//!
//! The files come from strangers. Sizes, depths and counts have limits; what goes beyond them is
//! [`Verdict::Unreadable`], never an error and never a panic.

mod chain;
mod changes;
mod file;
mod key;
mod message;
mod name;
mod report;
mod stamp;
mod time;

pub use chain::{Roots, RootsUnreadable};
pub use report::{Person, Signature, Verdict, When};

/// Larger files are not looked into, in bytes: as large as a paper may be.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// More signatures than this are not looked at.
pub const MOST_SIGNATURES: usize = 16;

/// Checks every signature of a PDF, in the order in which they were made. `now` is in milliseconds since 1970, UTC; it
/// counts where a signature claims no time, or one yet to come.
///
/// A file that has no signature gives an empty list; so does one that is no PDF.
#[must_use]
pub fn check(bytes: &[u8], roots: &Roots, now: i64) -> Vec<Signature> {
    // A signature names its bytes where they stand in the file, so its dictionary is never inside a compressed stream.
    if bytes.len() > MOST_BYTES || !has(bytes, b"/ByteRange") {
        return Vec::new();
    }
    let Some(file) = file::File::read(bytes) else { return vec![Signature::unreadable(String::new())] };
    let found = file.signatures();
    let all = found.iter().map(|field| report::checked(&file, field, roots, now));
    all.collect()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
