//! Submitting a dossier.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;
use wire::SubmitRequest;

/// Submits under the draft's key: however often it is sent, one dossier comes of it.
pub async fn submit(key: &str, filing: &SubmitRequest) -> Result<Answer, Failure> {
    let body = serde_json::to_string(filing).map_err(|_| Failure::Unreadable)?;
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    send("POST", "/api/v1/dossiers", &headers, &JsValue::from_str(&body)).await
}
