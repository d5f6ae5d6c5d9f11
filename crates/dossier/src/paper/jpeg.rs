//! The size of a JPEG from its frame header (ITU-T T.81 §B.2.2), and whether the picture ends.

use super::be16;

pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xD8, 0xFF])
}

/// Width and height; `None` when a segment leaves the file, no frame is found or the picture never ends.
pub(super) fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    let mut found = None;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Fill bytes may stand before a marker.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD7 => at += 2,
            0xDA => {
                // After the scan begins, 0xFF in the data is always escaped, so FF D9 can only be the end.
                let ends = bytes.get(at..)?.windows(2).any(|w| w == [0xFF, 0xD9]);
                return if ends { found } else { None };
            }
            0xD8 | 0xD9 => return None,
            _ => {
                let length = be16(bytes, at + 2)?;
                if length < 2 {
                    return None;
                }
                // SOF0 … SOF15, of which C4, C8 and CC mean other things.
                if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
                    found = Some((u32::from(be16(bytes, at + 7)?), u32::from(be16(bytes, at + 5)?)));
                }
                at += 2 + usize::from(length);
            }
        }
    }
}
