//! Text messages through eSMS, by its message for customer care under an office's own name.
//!
//! Source: developers.esms.vn, "Send OTP/Customer care message" and "Table of error codes". A `RequestId` is taken once in 24
//! hours, so a message may be posted again when nobody said what came of it.

use super::NotTaken;
use crate::http::{Body, Http, international};
use clap::Args;
use dossier::notice::short_words;
use serde_json::{Value, json};
use std::env::var;
use store::notices::{About, WaitingNotice};

/// The gateway for text messages. Its key and secret are taken from `MOTCUA_SMS_KEY` and `MOTCUA_SMS_SECRET`.
#[derive(Clone, Debug, Args)]
pub struct SmsSettings {
    /// The name that messages are from, as it is registered (brandname). Without it no text messages are sent.
    #[arg(long, env = "MOTCUA_SMS_FROM", requires = "public_address")]
    pub sms_from: Option<String>,
    /// Address of the gateway.
    #[arg(long, env = "MOTCUA_SMS_ADDRESS", default_value = SMS_ADDRESS)]
    pub sms_address: String,
}

const SMS_ADDRESS: &str = "https://rest.esms.vn";
const PATH: &str = "/MainService.svc/json/SendMultipleMessage_V4_post_json/";

/// The message was taken.
const TAKEN: i64 = 100;
/// The same `RequestId` was taken before.
const TAKEN_BEFORE: i64 = 124;
/// The number is blocked, or none.
const NO_RECIPIENT: [i64; 2] = [99, 108];

impl Default for SmsSettings {
    fn default() -> Self {
        Self { sms_from: None, sms_address: SMS_ADDRESS.to_owned() }
    }
}

/// Sends text messages.
pub struct Sms {
    http: Http,
    address: String,
    from: String,
    key: String,
    secret: String,
    site: String,
}

impl Sms {
    /// The gateway of the settings, when there is one.
    ///
    /// # Errors
    /// When its key or secret is missing.
    pub fn open(settings: &SmsSettings, site: Option<&str>) -> Result<Option<Self>, String> {
        let (Some(from), Some(site)) = (&settings.sms_from, site) else { return Ok(None) };
        let known = |name: &str| var(name).map_err(|_| format!("text messages need {name}"));
        let (key, secret) = (known("MOTCUA_SMS_KEY")?, known("MOTCUA_SMS_SECRET")?);
        Ok(Some(Self::new(&settings.sms_address, from, (key, secret), site)))
    }

    /// A gateway at this address, with its key and secret.
    #[must_use]
    pub fn new(address: &str, from: &str, (key, secret): (String, String), site: &str) -> Self {
        let address = format!("{}{PATH}", address.trim_end_matches('/'));
        Self { http: Http::new(), address, from: from.to_owned(), key, secret, site: site.to_owned() }
    }

    /// Sends a notice, with its secret if it has one; good once the gateway has said that it took it, now or before.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn send(&self, notice: &WaitingNotice, secret: &str) -> Result<(), NotTaken> {
        let words = match &notice.about {
            About::Dossier { number, sent_at, .. } => short_words(number.as_deref(), *sent_at, &self.site),
            About::Account { letter, .. } => letter.short_words(secret),
        };
        let phone = international(&notice.to).ok_or(NotTaken::NoSuchRecipient)?;
        let message = json!({
            "ApiKey": self.key,
            "SecretKey": self.secret,
            "Brandname": self.from,
            "SmsType": "2",
            "IsUnicode": "0",
            "Phone": phone,
            "Content": words,
            "RequestId": store::hex(&notice.id.0),
        });
        let (status, answer) = self.http.post(self.address.clone(), Vec::new(), Body::Json(message)).await?;
        match code(&answer) {
            Some(TAKEN | TAKEN_BEFORE) => Ok(()),
            Some(code) if NO_RECIPIENT.contains(&code) => Err(NotTaken::NoSuchRecipient),
            Some(code) => Err(NotTaken::Answered(code)),
            None => Err(NotTaken::Answered(i64::from(status))),
        }
    }
}

/// The code is a text in the gateway's answers.
fn code(answer: &Value) -> Option<i64> {
    let code = &answer["CodeResult"];
    code.as_i64().or_else(|| code.as_str()?.trim().parse().ok())
}
