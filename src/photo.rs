//! Making a chosen file ready to send: looked at by its content, pictures made small, upright and without EXIF.
//!
//! The browser's own decoder and encoder do the work: Rust codecs would add hundreds of kilobytes to the wasm.

use dossier::paper::{Fault, FileKind, look};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions, ImageOrientation, Url};

/// The long side of a picture as it is sent, in pixels: a page of A4 stays legible at about 170 dots an inch.
const LONG_SIDE: f64 = 2000.0;
/// The size a page should not exceed, in bytes.
const ENOUGH: f64 = 400_000.0;
/// JPEG qualities tried in order until the page is small enough.
const QUALITIES: [f64; 4] = [0.82, 0.7, 0.58, 0.45];

/// A file that can be sent.
pub struct Ready {
    /// Its bytes.
    pub blob: Blob,
    /// Media type.
    pub kind: String,
    /// Ending of the name.
    pub ending: &'static str,
    /// Size in bytes.
    pub bytes: u64,
    /// Size of the file it came from.
    pub before: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
}

/// Why a file is not taken.
pub enum Refused {
    /// Nothing in it.
    Empty,
    /// Above the limit, and not a picture that could be made small.
    TooLarge,
    /// A picture of a kind this browser cannot read.
    Heic,
    /// Neither picture nor PDF.
    Kind,
    /// Begins well and ends badly.
    Broken,
    /// A PDF with a password.
    Locked,
    /// More pixels than a phone can hold.
    Pixels,
}

/// A picture above this is not even read: no phone makes one.
const LARGEST: f64 = 60_000_000.0;

/// Looks at a file, and makes a picture small.
pub async fn ready(file: &File) -> Result<Ready, Refused> {
    let before = whole(file.size());
    if before == 0 {
        return Err(Refused::Empty);
    }
    if file.size() > LARGEST {
        return Err(Refused::TooLarge);
    }
    let bytes = read(file).await.ok_or(Refused::Broken)?;
    let kind = match look(&bytes) {
        Ok(looked) => looked.kind,
        // A large photo is made small before its size counts; whether it is one, the decoder tells.
        Err(Fault::TooLarge) if !bytes.starts_with(b"%PDF") => FileKind::Jpeg,
        Err(fault) => return Err(refused(fault, &bytes)),
    };
    let (blob, kind, ending) = if kind == FileKind::Pdf {
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let options = BlobPropertyBag::new();
        options.set_type(FileKind::Pdf.media_type());
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(|_| Refused::Broken)?;
        (blob, FileKind::Pdf, "pdf")
    } else {
        (shrink(file).await.ok_or(Refused::Broken)?, FileKind::Jpeg, "jpg")
    };
    let sent = read(&blob).await.ok_or(Refused::Broken)?;
    look(&sent).map_err(|fault| refused(fault, &sent))?;
    let sha256 = sha256(&sent).await.ok_or(Refused::Broken)?;
    Ok(Ready { bytes: whole(blob.size()), blob, kind: kind.media_type().to_owned(), ending, before, sha256 })
}

/// An address under which the page can show the bytes.
pub fn address(blob: &Blob) -> String {
    Url::create_object_url_with_blob(blob).unwrap_or_default()
}

/// Lets the bytes behind an address go.
pub fn forget_address(address: &str) {
    if !address.is_empty() {
        // An address that is already gone needs nothing more.
        let _ = Url::revoke_object_url(address);
    }
}

fn refused(fault: Fault, bytes: &[u8]) -> Refused {
    match fault {
        Fault::Empty => Refused::Empty,
        Fault::TooLarge => Refused::TooLarge,
        Fault::OtherKind if is_heic(bytes) => Refused::Heic,
        Fault::OtherKind => Refused::Kind,
        Fault::Broken => Refused::Broken,
        Fault::TooManyPixels => Refused::Pixels,
        Fault::Locked => Refused::Locked,
    }
}

/// ISO base media files of the brands that hold HEIC pictures (ISO/IEC 23008-12, annex B).
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && matches!(bytes.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"hevc"))
}

/// Upright, at most [`LONG_SIDE`] long, JPEG: drawing anew leaves EXIF and place behind.
async fn shrink(file: &File) -> Option<Blob> {
    let window = web_sys::window()?;
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let promise = window.create_image_bitmap_with_blob_and_image_bitmap_options(file, &options).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LONG_SIDE / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = window.document()?.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(pixels(width * scale));
    canvas.set_height(pixels(height * scale));
    let context = canvas.get_context("2d").ok()??.dyn_into::<web_sys::CanvasRenderingContext2d>().ok()?;
    // JPEG has no transparency: what was transparent becomes paper, not black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    let (to_width, to_height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, to_width, to_height).ok()?;
    bitmap.close();
    let mut smallest = None;
    for quality in QUALITIES {
        let blob = encode(&canvas, quality).await?;
        let done = blob.size() <= ENOUGH;
        smallest = Some(blob);
        if done {
            break;
        }
    }
    // A canvas of no size gives its memory back at once, without waiting for the collector.
    canvas.set_width(0);
    smallest
}

async fn encode(canvas: &HtmlCanvasElement, quality: f64) -> Option<Blob> {
    let promise = Promise::new(&mut |resolve, _| {
        // A canvas that cannot be encoded calls back with nothing.
        let _ = canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality.into());
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn read(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = web_sys::window()?.crypto().ok()?.subtle();
    let promise = subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let hash = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
    Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole and far below 2^53"
)]
fn whole(size: f64) -> u64 {
    size as u64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most LONG_SIDE, at least one")]
fn pixels(side: f64) -> u32 {
    (side.round() as u32).max(1)
}
