//! Whether a PDF has its beginning, its cross-reference and its end (ISO 32000-1 §7.5), and whether it is locked.

use super::{Fault, contains};

/// Readers accept the header anywhere in the first kilobyte, and scanners' software does put bytes before it.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    contains(head, b"%PDF-1.") || contains(head, b"%PDF-2.")
}

/// Whether it can be opened at all; its pages are counted elsewhere, and only by the server.
///
/// # Errors
/// [`Fault::Broken`] without cross-reference or end, [`Fault::Locked`] when it is encrypted.
pub(super) fn is_whole(bytes: &[u8]) -> Result<(), Fault> {
    let tail = &bytes[bytes.len().saturating_sub(2048)..];
    if !contains(tail, b"startxref") || !contains(tail, b"%%EOF") {
        return Err(Fault::Broken);
    }
    if after(bytes, b"/Encrypt").any(|rest| matches!(rest.first(), Some(b' ' | b'\r' | b'\n' | b'\t' | b'<'))) {
        return Err(Fault::Locked);
    }
    Ok(())
}

/// What follows each occurrence of `name`.
fn after<'a>(bytes: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    bytes.windows(name.len()).enumerate().filter(move |(_, w)| *w == name).map(move |(i, _)| &bytes[i + name.len()..])
}
