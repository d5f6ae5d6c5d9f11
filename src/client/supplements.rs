//! Answering a supplement: opened by code and digits, sent once under a key.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;
use wire::{ByCode, SendSupplement};

/// Opens what was marked.
pub async fn open(asked: &ByCode) -> Result<Answer, Failure> {
    let body = serde_json::to_string(asked).map_err(|_| Failure::Unreadable)?;
    let headers = [("Content-Type", "application/json")];
    send("POST", "/api/v1/supplements/open", &headers, &JsValue::from_str(&body)).await
}

/// Sends it; its papers have to be there before, under the same key.
pub async fn answer(key: &str, supplement: &SendSupplement) -> Result<Answer, Failure> {
    let body = serde_json::to_string(supplement).map_err(|_| Failure::Unreadable)?;
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    send("POST", "/api/v1/supplements", &headers, &JsValue::from_str(&body)).await
}
