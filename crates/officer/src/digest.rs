//! Digests, as the browser counts them.

use js_sys::Uint8Array;
use ui::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// SHA-256 of bytes in lower-case hexadecimal; nothing where the browser does not count it.
pub async fn sha256(bytes: &[u8]) -> Option<String> {
    let subtle = window().crypto().ok()?.subtle();
    let hash = JsFuture::from(subtle.digest_with_str_and_u8_array("SHA-256", bytes).ok()?).await.ok()?;
    Some(Uint8Array::new(&hash).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}
