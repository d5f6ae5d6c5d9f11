//! Receipts of what was sent from this phone.

use super::database::{self, Store};
use crate::client::Failure;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wire::Receipt;

/// A receipt as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptReceipt {
    /// The key of the draft it came of.
    pub key: String,
    /// The procedure's common name.
    pub name: String,
    /// What the API answered.
    pub receipt: Receipt,
}

/// All receipts on this phone, the last one first.
pub async fn all() -> Vec<KeptReceipt> {
    let kept = database::all(Store::Receipts).await.unwrap_or_default();
    let mut receipts: Vec<KeptReceipt> = Vec::new();
    for one in
        kept.iter().filter_map(JsValue::as_string).filter_map(|text| serde_json::from_str::<KeptReceipt>(&text).ok())
    {
        let place = receipts.iter().take_while(|newer| newer.receipt.sent_at > one.receipt.sent_at).count();
        receipts.insert(place, one);
    }
    receipts
}

/// The receipt of a draft.
pub async fn find(key: &str) -> Result<Option<KeptReceipt>, Failure> {
    let text = database::get(Store::Receipts, key).await?.and_then(|value| value.as_string());
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Forgets a receipt: the phone may be somebody else's tomorrow.
pub async fn forget(key: &str) -> Result<(), Failure> {
    database::remove(Store::Receipts, key).await
}
