//! How far a paper has come to the server, kept beside its bytes: apart from the draft, so that remembering it can never
//! overwrite what is being typed.

use super::database::{self, Store};
use crate::client::Failure;
use wasm_bindgen::JsValue;

/// How far a paper has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Nowhere that is known.
    Nothing,
    /// Its parts go to this address.
    Under(String),
    /// The server has it.
    Whole,
}

/// What stands for a paper that has arrived; an address begins with a slash.
const WHOLE: &str = "whole";

/// How far a paper has come, as far as the phone knows.
pub async fn of(draft: &str, number: u32) -> Sent {
    let kept = database::get(Store::Papers, &place(draft, number)).await.ok().flatten();
    match kept.and_then(|value| value.as_string()) {
        None => Sent::Nothing,
        Some(text) if text == WHOLE => Sent::Whole,
        Some(address) => Sent::Under(address),
    }
}

/// Remembers it.
pub async fn keep(draft: &str, number: u32, sent: &Sent) -> Result<(), Failure> {
    let text = match sent {
        Sent::Nothing => return database::remove(Store::Papers, &place(draft, number)).await,
        Sent::Under(address) => address,
        Sent::Whole => WHOLE,
    };
    database::put(Store::Papers, &place(draft, number), &JsValue::from_str(text)).await
}

/// Where it is kept among the papers.
pub fn place(draft: &str, number: u32) -> String {
    format!("{draft}/{number}/sent")
}
