//! Finds a QR code in a picture and reads it: several tries, each with another view of the same picture.
//!
//! `rqrr` reads a clean picture at once. Codes of identity cards are dense (57 dots a side) and held by shaking hands in
//! dark rooms, so the picture is looked at smaller, larger, sharper and by its own local brightness until one view reads.

mod picture;

pub use picture::Picture;

#[cfg(target_arch = "wasm32")]
mod worker;

/// How hard to try: a camera sends the next picture at once, a photo is the only one there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// One picture of many: the cheap views.
    Glance,
    /// The only picture: every view.
    Study,
}

/// A side above this is made smaller first, in pixels: the code of a card that fills the picture keeps 8 to 10 a dot.
const LONG_SIDE: usize = 2000;
/// A side below this may be made larger, in pixels.
const SHORT: usize = 1200;

/// The text of the first code that some view of the picture reads.
#[must_use]
pub fn read(picture: &Picture, effort: Effort) -> Option<String> {
    let whole = picture.at_most(LONG_SIDE);
    let views: &[fn(&Picture) -> Picture] = match effort {
        Effort::Glance => &[Picture::clone, Picture::half, |picture| picture.sharp(3)],
        Effort::Study => &[
            Picture::clone,
            Picture::half,
            Picture::local,
            |picture| picture.sharp(3),
            |picture| picture.smooth().sharp(5),
            |picture| picture.double().sharp(5),
            Picture::double,
            |picture| picture.double().local(),
            |picture| picture.smooth().local(),
            |picture| picture.half().sharp(2),
            |picture| picture.double().smooth().sharp(9),
        ],
    };
    let parts: &[fn(&Picture) -> Picture] = match effort {
        Effort::Glance => &[Picture::clone],
        Effort::Study => &[Picture::clone, Picture::middle],
    };
    for part in parts {
        let part = part(&whole);
        for view in views {
            if let Some(text) = plain(&view(&part)) {
                return Some(text);
            }
        }
    }
    None
}

/// One try without any preparation. Codes with letters of Vietnamese are UTF-8; other bytes are taken as Latin-1.
fn plain(picture: &Picture) -> Option<String> {
    let (width, height) = picture.size();
    if width < 21 || height < 21 {
        return None;
    }
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.at(x, y));
    let mut bytes = Vec::new();
    for grid in prepared.detect_grids() {
        bytes.clear();
        if grid.decode_to(&mut bytes).is_ok() {
            return Some(String::from_utf8(bytes).unwrap_or_else(|wrong| latin(wrong.as_bytes())));
        }
    }
    None
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
