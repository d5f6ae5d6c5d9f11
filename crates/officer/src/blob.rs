//! Bytes as the browser's files, and back.

use js_sys::{Array, Uint8Array};
use ui::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Url};

/// Bytes as a file of this media type.
pub fn of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).ok()
}

/// Gives the officer a file.
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

/// SHA-256 of bytes in lower-case hexadecimal; nothing where the browser does not count it.
pub async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let hash = JsFuture::from(subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?).await.ok()?;
    Some(Uint8Array::new(&hash).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}
