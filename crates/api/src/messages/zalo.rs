//! Zalo messages from an official account, by a template that Zalo has approved (ZNS).
//!
//! The template has two fields: `ho_so`, which dossier, and `xem_tai`, where to look. An answer's HTTP status is 200 also when
//! it says no: what counts is `error` in it. A message that nobody has answered for may have gone out, and would go out a second
//! time: `tracking_id` only names it. So it is not sent again.

mod token;

use super::NotTaken;
use crate::http::{Body, Http, international};
use clap::Args;
use dossier::notice::{place, which};
use procedure::calendar::Moment;
use serde_json::json;
use std::env::var;
use std::path::Path;
use store::notices::{About, WaitingNotice};
use token::Tokens;

/// The official account. The app's secret and the first refresh token are taken from `MOTCUA_ZALO_SECRET` and
/// `MOTCUA_ZALO_REFRESH_TOKEN`.
#[derive(Clone, Debug, Args)]
pub struct ZaloSettings {
    /// The template's id. Without it no Zalo messages are sent.
    #[arg(long, env = "MOTCUA_ZALO_TEMPLATE", requires = "zalo_app", requires = "public_address")]
    pub zalo_template: Option<String>,
    /// The app's id.
    #[arg(long, env = "MOTCUA_ZALO_APP")]
    pub zalo_app: Option<String>,
    /// Address that takes messages.
    #[arg(long, env = "MOTCUA_ZALO_ADDRESS", default_value = MESSAGES)]
    pub zalo_address: String,
    /// Address that gives tokens.
    #[arg(long, env = "MOTCUA_ZALO_TOKEN_ADDRESS", default_value = TOKENS)]
    pub zalo_token_address: String,
}

const MESSAGES: &str = "https://business.openapi.zalo.me";
const TOKENS: &str = "https://oauth.zaloapp.com";

/// The token is none of today's.
const TOKEN_INVALID: i64 = -124;
/// The number is none, has no Zalo, or takes no such message.
const NO_RECIPIENT: [i64; 4] = [-108, -114, -118, -119];

impl Default for ZaloSettings {
    fn default() -> Self {
        let (zalo_address, zalo_token_address) = (MESSAGES.to_owned(), TOKENS.to_owned());
        Self { zalo_template: None, zalo_app: None, zalo_address, zalo_token_address }
    }
}

/// Sends Zalo messages.
pub struct Zalo {
    http: Http,
    address: String,
    template: String,
    site: String,
    tokens: Tokens,
}

impl Zalo {
    /// The account of the settings, when there is one.
    ///
    /// # Errors
    /// When the app's secret or the first token is missing.
    pub fn open(settings: &ZaloSettings, site: Option<&str>, data: &Path) -> Result<Option<Self>, String> {
        let ZaloSettings { zalo_template: Some(_), zalo_app: Some(_), .. } = settings else { return Ok(None) };
        let Some(site) = site else { return Ok(None) };
        let known = |name: &str| var(name).map_err(|_| format!("Zalo messages need {name}"));
        Ok(Some(Self::new(settings, (known("MOTCUA_ZALO_SECRET")?, known("MOTCUA_ZALO_REFRESH_TOKEN")?), site, data)))
    }

    /// An account with its app's secret and the refresh token to begin with.
    #[must_use]
    pub fn new(settings: &ZaloSettings, (secret, first): (String, String), site: &str, data: &Path) -> Self {
        let http = Http::new();
        let address = |text: &str, path: &str| format!("{}{path}", text.trim_end_matches('/'));
        let tokens = Tokens::new(
            http.clone(),
            address(&settings.zalo_token_address, "/v4/oa/access_token"),
            settings.zalo_app.clone().unwrap_or_default(),
            secret,
            first,
            data,
        );
        Self {
            http,
            address: address(&settings.zalo_address, "/message/template"),
            template: settings.zalo_template.clone().unwrap_or_default(),
            site: site.to_owned(),
            tokens,
        }
    }

    /// Sends a notice; good once Zalo has said that it took it.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn send(&self, notice: &WaitingNotice, now: Moment) -> Result<(), NotTaken> {
        let token = self.tokens.get(now, false).await?;
        match self.post(notice, token).await {
            // Zalo refused it for the token alone: it went nowhere, so a newer token may be tried at once.
            Err(NotTaken::Answered(TOKEN_INVALID)) => {
                let token = self.tokens.get(now, true).await?;
                self.post(notice, token).await
            }
            other => other,
        }
    }

    async fn post(&self, notice: &WaitingNotice, token: String) -> Result<(), NotTaken> {
        // The template that Zalo approved tells of dossiers; nothing else goes this way.
        let About::Dossier { number, sent_at, .. } = &notice.about else { return Err(NotTaken::NoSuchRecipient) };
        let message = json!({
            "phone": international(&notice.to).ok_or(NotTaken::NoSuchRecipient)?,
            "template_id": self.template,
            "template_data": {
                "ho_so": which(number.as_deref(), *sent_at, "gửi ngày"),
                "xem_tai": place(&self.site),
            },
            "tracking_id": store::hex(&notice.id.0),
        });
        let heads = vec![("access_token", token)];
        let (status, answer) = self.http.post(self.address.clone(), heads, Body::Json(message)).await?;
        match answer["error"].as_i64() {
            Some(0) => Ok(()),
            Some(code) if NO_RECIPIENT.contains(&code) => Err(NotTaken::NoSuchRecipient),
            Some(code) => Err(NotTaken::Answered(code)),
            None => Err(NotTaken::Unknown(format!("status {status} without an error's number"))),
        }
    }
}
