//! What the office has said to the citizen: opened by code and digits.

use super::{Answer, Failure, bytes, send};
use wasm_bindgen::JsValue;
use wire::ByCode;

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// Opens it.
pub async fn open(by: &ByCode) -> Result<Answer, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/replies/open", &JSON, &JsValue::from_str(&body)).await
}

/// The result's electronic copy.
pub async fn result(by: &ByCode) -> Result<Vec<u8>, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    bytes("/api/v1/replies/result", &JSON, Some(&body)).await
}
