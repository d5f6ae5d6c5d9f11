//! The size of a WebP from its first chunk (RFC 9649 §2), and whether the container holds what it says.

use super::le32;

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

/// Width and height; `None` when the container is longer than the file or its first chunk is none of the three known.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let declared = usize::try_from(le32(bytes, 4)?).ok()?.checked_add(8)?;
    if declared > bytes.len() {
        return None;
    }
    let chunk = usize::try_from(le32(bytes, 16)?).ok()?.checked_add(20)?;
    if chunk > declared {
        return None;
    }
    match bytes.get(12..16)? {
        b"VP8 " => {
            if bytes.get(23..26)? != [0x9D, 0x01, 0x2A] {
                return None;
            }
            let both = le32(bytes, 26)?;
            Some((both & 0x3FFF, (both >> 16) & 0x3FFF))
        }
        b"VP8L" => {
            if *bytes.get(20)? != 0x2F {
                return None;
            }
            let both = le32(bytes, 21)?;
            Some(((both & 0x3FFF) + 1, ((both >> 14) & 0x3FFF) + 1))
        }
        b"VP8X" => Some((three(bytes, 24)? + 1, three(bytes, 27)? + 1)),
        _ => None,
    }
}

/// A little-endian number of three bytes.
fn three(bytes: &[u8], at: usize) -> Option<u32> {
    let part: &[u8; 3] = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([part[0], part[1], part[2], 0]))
}
