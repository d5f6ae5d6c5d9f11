//! Following a dossier by its code, which travels only in a body, never in an address.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;
use wire::TrackRequest;

/// Asks where a dossier stands.
pub async fn track(code: &str) -> Result<Answer, Failure> {
    let body = serde_json::to_string(&TrackRequest { code: code.to_owned() }).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/track", &[("Content-Type", "application/json")], &JsValue::from_str(&body)).await
}
