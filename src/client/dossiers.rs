//! Submitting a dossier, or entering it at the desk.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;

/// Submits a manifest, the JSON of a `wire::SubmitRequest`, under the draft's key: however often it is sent, one dossier comes of it.
pub async fn submit(key: &str, manifest: &str) -> Result<Answer, Failure> {
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    send("POST", "/api/v1/dossiers", &headers, &JsValue::from_str(manifest)).await
}

/// The same by an officer for its citizen: the JSON of a `wire::EnterRequest`, with the officer's session.
pub async fn enter(key: &str, manifest: &str) -> Result<Answer, Failure> {
    // The header that no form of another site can send.
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json"), ("X-Req", "1")];
    send("POST", "/api/v1/desk/dossiers", &headers, &JsValue::from_str(manifest)).await
}
