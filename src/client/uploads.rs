//! Sending a paper in parts, by tus 1.0.0: announced, asked about, added to.

use super::{Answer, Failure, send};
use crate::state::draft::DraftPaper;
use wasm_bindgen::JsValue;
use web_sys::Blob;

const TUS: (&str, &str) = ("Tus-Resumable", "1.0.0");

/// Announces a paper. The answer's `Location` is where its parts go, its `Upload-Offset` what the server has already.
pub async fn announce(key: &str, paper: &DraftPaper) -> Result<Answer, Failure> {
    let window = web_sys::window().ok_or(Failure::Network)?;
    let sum = window.btoa(&paper.sha256).map_err(|_| Failure::Unreadable)?;
    let (length, told) = (paper.bytes.to_string(), ["sha256 ", &sum].concat());
    let headers = [TUS, ("Idempotency-Key", key), ("Upload-Length", &length), ("Upload-Metadata", &told)];
    send("POST", "/api/v1/uploads", &headers, &JsValue::NULL).await
}

/// Asks how much has arrived at an address.
pub async fn ask(address: &str) -> Result<Answer, Failure> {
    send("HEAD", address, &[TUS], &JsValue::NULL).await
}

/// Adds the bytes that begin at `at`.
pub async fn add(address: &str, at: u64, part: &Blob) -> Result<Answer, Failure> {
    let at = at.to_string();
    let headers = [TUS, ("Upload-Offset", &at), ("Content-Type", "application/offset+octet-stream")];
    send("PATCH", address, &headers, part).await
}

/// How much has arrived, as an answer tells it.
pub fn arrived(answer: &Answer) -> Option<u64> {
    answer.header("Upload-Offset")?.parse().ok()
}
