//! What a paper really is, by its bytes: the browser runs this before sending and the API again before keeping, so
//! that a name or a declared type is never believed.
//!
//! Only headers and structure are read, never pixels: a picture that claims 60,000 × 60,000 in one kilobyte costs nothing.

mod jpeg;
#[cfg(feature = "pages")]
pub mod pages;
mod pdf;
mod png;
mod webp;

use procedure::paper::MAX_BYTES;

/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 12_000;
/// The most pixels of a picture.
pub const MAX_PIXELS: u64 = 50_000_000;

/// The kinds of file that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A photo.
    Jpeg,
    /// A screenshot or scan.
    Png,
    /// A photo as some phones make it.
    Webp,
    /// A document, perhaps digitally signed.
    Pdf,
}

impl FileKind {
    /// The media type, as `FiledPaper::kind` carries it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }
}

/// What was found in the bytes of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    /// The kind, by content.
    pub kind: FileKind,
    /// Width and height in pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has no bytes.
    Empty,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// It is none of the kinds that are taken.
    OtherKind,
    /// It begins like a known kind, but its structure ends early or contradicts itself.
    Broken,
    /// A picture with a side over [`MAX_SIDE`] or more than [`MAX_PIXELS`] in all.
    TooManyPixels,
    /// A PDF that needs a password: an officer could not open it.
    Locked,
}

impl Fault {
    /// The stable code by which the texts and the API name it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "paper-empty",
            Self::TooLarge => "paper-too-large",
            Self::OtherKind => "paper-other-kind",
            Self::Broken => "paper-broken",
            Self::TooManyPixels => "paper-too-many-pixels",
            Self::Locked => "paper-locked",
        }
    }
}

/// Looks at a whole file.
///
/// # Errors
/// The first reason found why it is not taken.
pub fn look(bytes: &[u8]) -> Result<Looked, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Fault::TooLarge);
    }
    let (kind, size) = if jpeg::begins(bytes) {
        (FileKind::Jpeg, jpeg::size(bytes))
    } else if png::begins(bytes) {
        (FileKind::Png, png::size(bytes))
    } else if webp::begins(bytes) {
        (FileKind::Webp, webp::size(bytes))
    } else if pdf::begins(bytes) {
        pdf::is_whole(bytes)?;
        return Ok(Looked { kind: FileKind::Pdf, pixels: None });
    } else {
        return Err(Fault::OtherKind);
    };
    let (width, height) = size.filter(|(w, h)| *w > 0 && *h > 0).ok_or(Fault::Broken)?;
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Fault::TooManyPixels);
    }
    Ok(Looked { kind, pixels: Some((width, height)) })
}

/// A big-endian number of two bytes at `at`, if it is there.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A big-endian number of four bytes at `at`, if it is there.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A little-endian number of four bytes at `at`, if it is there.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Whether `part` occurs in `bytes`.
fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|w| w == part)
}

#[cfg(test)]
mod tests;
