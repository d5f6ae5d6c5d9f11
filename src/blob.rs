//! Bytes as the browser's files, and back.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

/// Bytes as a file of this media type.
pub fn of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).ok()
}

/// All bytes of a file.
pub async fn read(blob: &Blob) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.ok()?).to_vec())
}

/// How many bytes a file has.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole and far below 2^53"
)]
pub fn size(blob: &Blob) -> u64 {
    blob.size() as u64
}
