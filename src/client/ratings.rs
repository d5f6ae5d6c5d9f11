//! How satisfied somebody was: opened and given by code and digits.

use super::{Answer, Failure, send};
use wasm_bindgen::JsValue;
use wire::{ByCode, GiveRating};

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// What was given before.
pub async fn open(by: &ByCode) -> Result<Answer, Failure> {
    let body = serde_json::to_string(by).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/ratings/open", &JSON, &JsValue::from_str(&body)).await
}

/// Gives it, or changes what was given.
pub async fn give(rating: &GiveRating) -> Result<Answer, Failure> {
    let body = serde_json::to_string(rating).map_err(|_| Failure::Unreadable)?;
    send("POST", "/api/v1/ratings", &JSON, &JsValue::from_str(&body)).await
}
