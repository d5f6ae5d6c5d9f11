//! The size of a PNG from its first chunk (W3C PNG §11.2.1), and whether its chunks reach the last one.

use super::be32;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

/// Width and height; `None` when a chunk leaves the file, or there is no picture data or no end.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if be32(bytes, 8)? != 13 || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let size = (be32(bytes, 16)?, be32(bytes, 20)?);
    let mut at = SIGNATURE.len();
    let mut has_data = false;
    loop {
        let length = usize::try_from(be32(bytes, at)?).ok()?;
        let name = bytes.get(at + 4..at + 8)?;
        // Length, name, data and a checksum of four bytes each but the data.
        let next = at.checked_add(length)?.checked_add(12)?;
        if next > bytes.len() {
            return None;
        }
        match name {
            b"IEND" => return has_data.then_some(size),
            b"IDAT" => has_data = true,
            _ => {}
        }
        at = next;
    }
}
