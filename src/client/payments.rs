//! Paying the fee: opened by code and digits.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;
use wire::{BeginPayment, ByCode};

/// Begins to pay, once for each key.
pub async fn begin(key: &str, what: &BeginPayment) -> Result<Answer, Failure> {
    let headers = [("Idempotency-Key", key), ("Content-Type", "application/json")];
    let body = serde_json::to_string(what).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/payments", &headers, &JsValue::from_str(&body)).await
}

/// What is to be paid, and what has come of it.
pub async fn standing(by: &ByCode) -> Result<Answer, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/payments/standing", &[("Content-Type", "application/json")], &JsValue::from_str(&body)).await
}
