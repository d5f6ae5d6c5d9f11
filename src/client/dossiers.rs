//! Submitting a dossier.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;

/// Submits a manifest, the JSON of a `wire::SubmitRequest`, under the draft's key: however often it is sent, one dossier comes of it.
pub async fn submit(key: &str, manifest: &str) -> Result<Answer, Failure> {
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    send("POST", "/api/v1/dossiers", &headers, &JsValue::from_str(manifest)).await
}
