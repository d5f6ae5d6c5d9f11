//! Paying the fee: opened by code and digits.

use super::{Answer, Failure, bytes, send};
use wasm_bindgen::JsValue;
use wire::{BeginPayment, ByCode};

/// Begins to pay, once for each key.
pub async fn begin(key: &str, what: &BeginPayment) -> Result<Answer, Failure> {
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    let body = serde_json::to_string(what).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/payments", &headers, &JsValue::from_str(&body)).await
}

/// That the fee was paid, as a paper.
pub async fn receipt(by: &ByCode) -> Result<Vec<u8>, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    bytes("/api/v1/payments/receipt", &[("Content-Type", "application/json")], Some(&body)).await
}

/// What is to be paid, and what has come of it.
pub async fn standing(by: &ByCode) -> Result<Answer, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/payments/standing", &[("Content-Type", "application/json")], &JsValue::from_str(&body)).await
}
