//! Handing a draft over: what goes over the line is ciphertext, hashes, and secrets that open nothing by themselves.

use super::{Answer, Failure, bytes, send};
use js_sys::Uint8Array;
use receipt::hex;
use wasm_bindgen::JsValue;
use wire::{HandoverBegun, HandoverOpened, HandoverStanding, NewHandover, OpenHandover};

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// Why it did not go as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No answer, or none that can be read.
    Line,
    /// The server says no: the code of its problem, and its sentence.
    No(String, String),
}

impl From<Failure> for Refused {
    fn from(_: Failure) -> Self {
        Self::Line
    }
}

/// Makes room.
pub async fn begin(new: &NewHandover) -> Result<HandoverBegun, Refused> {
    let body = serde_json::to_string(new).map_err(|_| Refused::Line)?;
    read(&send("POST", "/api/v1/handovers", &[JSON], &JsValue::from_str(&body)).await?)
}

/// Sends a part up.
pub async fn put_part(id: &str, sender: &[u8; 32], number: usize, sealed: &[u8]) -> Result<(), Refused> {
    let headers = [("Handover-Secret", hex(sender)), ("Content-Type", "application/octet-stream".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let body = Uint8Array::from(sealed);
    done(&send("PUT", &format!("/api/v1/handovers/{id}/parts/{number}"), &headers, &body).await?)
}

/// Opens one.
pub async fn open(asked: &OpenHandover) -> Result<HandoverOpened, Refused> {
    let body = serde_json::to_string(asked).map_err(|_| Refused::Line)?;
    read(&send("POST", "/api/v1/handovers/open", &[JSON], &JsValue::from_str(&body)).await?)
}

/// Gets a part.
pub async fn part(id: &str, opener: &[u8; 32], number: u32) -> Result<Vec<u8>, Refused> {
    let path = format!("/api/v1/handovers/{id}/parts/{number}");
    Ok(bytes(&path, &[("Handover-Secret", &hex(opener))], None).await?)
}

/// Says that everything is here.
pub async fn taken(id: &str, opener: &[u8; 32]) -> Result<(), Refused> {
    done(&send("POST", &format!("/api/v1/handovers/{id}/taken"), &secret(&hex(opener)), &JsValue::NULL).await?)
}

/// Takes one back.
pub async fn take_back(id: &str, sender: &[u8; 32]) -> Result<(), Refused> {
    done(&send("DELETE", &format!("/api/v1/handovers/{id}"), &secret(&hex(sender)), &JsValue::NULL).await?)
}

/// How one stands.
pub async fn standing(id: &str, sender: &[u8; 32]) -> Result<HandoverStanding, Refused> {
    let answer = bytes(&format!("/api/v1/handovers/{id}"), &secret(&hex(sender)), None).await;
    match answer {
        Ok(body) => serde_json::from_slice(&body).map_err(|_| Refused::Line),
        Err(Failure::Status(404)) => Err(Refused::No("handover-unknown".to_owned(), String::new())),
        Err(_) => Err(Refused::Line),
    }
}

fn secret(secret: &str) -> [(&'static str, &str); 1] {
    [("Handover-Secret", secret)]
}

fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> Result<T, Refused> {
    done(answer)?;
    serde_json::from_str(&answer.body).map_err(|_| Refused::Line)
}

fn done(answer: &Answer) -> Result<(), Refused> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    let told: wire::Problem = serde_json::from_str(&answer.body).map_err(|_| Refused::Line)?;
    let says = if told.detail.is_empty() { told.title } else { format!("{}. {}", told.title, told.detail) };
    Err(Refused::No(told.code, says))
}
