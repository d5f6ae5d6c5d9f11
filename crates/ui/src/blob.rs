//! Bytes as the browser's files, and back.

use crate::prelude::*;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Url};

/// Bytes as a file of this media type.
pub fn of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).ok()
}

/// Gives the person a file.
pub fn save(bytes: &[u8], kind: &str, name: &str) {
    let saved = of(bytes, kind).and_then(|blob| {
        let address = Url::create_object_url_with_blob(&blob).ok()?;
        let link = document().create_element("a").ok()?;
        link.set_attribute("href", &address).ok()?;
        link.set_attribute("download", name).ok()?;
        link.dyn_into::<web_sys::HtmlElement>().ok()?.click();
        // The browser reads the bytes after the click is over.
        set_timeout(move || drop(Url::revoke_object_url(&address)), core::time::Duration::from_secs(60));
        Some(())
    });
    debug_assert!(saved.is_some(), "a link can be made and pressed");
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
