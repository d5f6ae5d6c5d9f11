//! What a chosen file is, before the browser is asked to decode it.

use dossier::paper::{Fault, MAX_PIXELS, MAX_SIDE, look};

/// What can be told from the bytes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// A picture of this many pixels, as they are stored: a turn in its EXIF is not seen here.
    Pixels(u32, u32),
    /// Perhaps a picture; the browser's decoder has the last word.
    Ask,
    /// HEIC, which most browsers but Safari cannot read.
    Heic,
    /// Begins like a picture and ends early.
    Broken,
    /// More pixels than a phone can hold.
    TooManyPixels,
}

/// Looks at the bytes of a file.
#[must_use]
pub fn tell(bytes: &[u8]) -> Told {
    match look(bytes) {
        Ok(looked) => looked.pixels.map_or(Told::Ask, |(width, height)| Told::Pixels(width, height)),
        Err(Fault::TooManyPixels) => Told::TooManyPixels,
        Err(Fault::Broken) => Told::Broken,
        // A camera's file may be above what is sent: it is made small before its size counts.
        Err(Fault::TooLarge) => jpeg_size(bytes).map_or(Told::Ask, |(width, height)| {
            let too_many = width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
            if too_many { Told::TooManyPixels } else { Told::Pixels(width, height) }
        }),
        Err(_) if is_heic(bytes) => Told::Heic,
        Err(_) => Told::Ask,
    }
}

/// ISO base media files whose brands hold HEVC pictures (ISO/IEC 23008-12 annex B): the major one, or one it agrees with.
#[must_use]
pub fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    if bytes.get(4..8) != Some(b"ftyp") {
        return false;
    }
    let end = bytes.first_chunk().map_or(0, |size| u32::from_be_bytes(*size) as usize).clamp(12, 128);
    let brands = bytes.get(8..end.min(bytes.len())).unwrap_or_default().chunks_exact(4);
    // AVIF agrees with mif1 too, and browsers do read it.
    let mut brands = brands.filter(|brand| *brand != b"\0\0\0\0").peekable();
    let avif = matches!(brands.peek(), Some(brand) if brand.starts_with(b"avi"));
    !avif && brands.any(|brand| BRANDS.contains(&brand))
}

/// Width and height from the frame header of a JPEG of any length (ITU-T T.81 §B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let frame = Frame::of(bytes)?;
    Some((frame.width, frame.height))
}

/// What the frame header of a JPEG says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 1 of a grey picture, 3 of a coloured one.
    pub components: u8,
}

impl Frame {
    /// Reads it; `None` when the bytes are no JPEG.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xFF, 0xD8]) {
            return None;
        }
        let pair = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        let mut at = 2;
        loop {
            if *bytes.get(at)? != 0xFF {
                return None;
            }
            match *bytes.get(at + 1)? {
                0xFF => at += 1,
                0xD9 | 0xDA => return None,
                // The frames, among which stand the tables of Huffman (C4), the extension (C8) and arithmetic (CC).
                marker if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                    let (height, width) = (u32::from(pair(at + 5)?), u32::from(pair(at + 7)?));
                    return Some(Self { width, height, components: *bytes.get(at + 9)? });
                }
                _ => at += 2 + usize::from(pair(at + 2)?).max(2),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Told, is_heic, tell};

    #[test]
    fn heic_is_known_by_its_brands() {
        let cases: [(&[u8], bool); 7] = [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", true),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", true),
            (b"\0\0\0\x18ftypmsf1\0\0\0\0msf1hevc", true),
            (b"\0\0\0\x1cftypMiHB\0\0\0\0miafheixmif1", true),
            (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", false),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp41", false),
            (b"\xFF\xD8\xFF\xE1..ftypheic", false),
        ];
        for (bytes, heic) in cases {
            assert_eq!(is_heic(bytes), heic, "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(tell(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Told::Heic);
        assert_eq!(tell("Đây chỉ là chữ.".as_bytes()), Told::Ask);
    }

    /// A JPEG's head: a segment to skip, then a frame of 4032 × 3024.
    fn head(components: u8) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1, 0, 6, 1, 2, 3, 4, 0xFF, 0xC0, 0, 17, 8];
        bytes.extend(3024_u16.to_be_bytes());
        bytes.extend(4032_u16.to_be_bytes());
        bytes.push(components);
        bytes
    }

    #[test]
    fn the_frame_tells_size_and_colour() {
        for components in [1, 3] {
            assert_eq!(Frame::of(&head(components)), Some(Frame { width: 4032, height: 3024, components }));
        }
        let mut large = head(3);
        large.resize(12_000_000, 0);
        assert_eq!(tell(&large), Told::Pixels(4032, 3024), "a file above the limit is still a photograph");
        assert_eq!(tell(&head(3)), Told::Broken, "and one that ends early is none");
        assert_eq!(Frame::of(b"%PDF-1.4"), None);
    }
}
