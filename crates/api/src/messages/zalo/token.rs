//! Zalo's tokens: one to send with, for 25 hours, and one to renew it with, which each renewing replaces.
//!
//! The new one is on the disk before it is used, and one job renews at a time: a refresh token that was used and not kept would
//! lock the account out until the operator gives another.

use crate::http::{Body, Http};
use crate::messages::NotTaken;
use crate::secret;
use procedure::calendar::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// The file in the data folder, for its owner only.
const FILE: &str = "zalo-tokens.json";
/// Renewed so long before its end.
const MARGIN_MS: i64 = 10 * 60_000;
/// What an access token lives when the answer does not say.
const USUAL_SECONDS: i64 = 25 * 60 * 60;

#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// SHA-256 of the operator's first token: another one begins anew.
    first: String,
    access: String,
    /// Milliseconds since 1970 in UTC.
    until: i64,
    refresh: String,
}

/// The tokens of an account.
pub(super) struct Tokens {
    http: Http,
    address: String,
    app: String,
    secret: String,
    first: String,
    data: PathBuf,
    kept: Mutex<Option<Kept>>,
}

impl Tokens {
    pub(super) fn new(http: Http, address: String, app: String, secret: String, first: String, data: &Path) -> Self {
        Self { http, address, app, secret, first, data: data.to_owned(), kept: Mutex::new(None) }
    }

    /// A token to send with, renewed where it is about to end or is said to be none.
    pub(super) async fn get(&self, now: Moment, renew: bool) -> Result<String, NotTaken> {
        let mut held = self.kept.lock().await;
        let kept = match held.take() {
            Some(kept) => kept,
            None => self.read().map_err(|error| NotTaken::Broken(format!("{FILE}: {error}")))?,
        };
        let kept = if renew || kept.until - MARGIN_MS <= now.0 { self.renewed(&kept, now).await? } else { kept };
        let access = kept.access.clone();
        *held = Some(kept);
        Ok(access)
    }

    fn read(&self) -> std::io::Result<Kept> {
        let first = store::hex(&Sha256::digest(&self.first));
        let fresh = Kept { first: first.clone(), refresh: self.first.clone(), ..Kept::default() };
        match secret::read_bytes(&self.data, FILE) {
            Ok(bytes) => {
                Ok(serde_json::from_slice(&bytes).ok().filter(|kept: &Kept| kept.first == first).unwrap_or(fresh))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(fresh),
            Err(error) => Err(error),
        }
    }

    /// Nothing goes out here, so whatever goes wrong is tried again.
    async fn renewed(&self, kept: &Kept, now: Moment) -> Result<Kept, NotTaken> {
        let fields = vec![
            ("refresh_token", kept.refresh.clone()),
            ("app_id", self.app.clone()),
            ("grant_type", "refresh_token".to_owned()),
        ];
        let heads = vec![("secret_key", self.secret.clone())];
        let posted = self.http.post(self.address.clone(), heads, Body::Form(fields)).await;
        let (_, answer) = posted.map_err(|why| match NotTaken::from(why) {
            NotTaken::Unknown(says) => NotTaken::Broken(says),
            other => other,
        })?;
        let text = |name: &str| answer[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let (Some(access), Some(refresh)) = (text("access_token"), text("refresh_token")) else {
            return Err(NotTaken::Broken(format!("no token was given: {}", answer["error"])));
        };
        let until = now.0 + seconds(&answer["expires_in"]).unwrap_or(USUAL_SECONDS) * 1_000;
        let renewed = Kept { first: kept.first.clone(), access, until, refresh };
        let bytes = serde_json::to_vec(&renewed).map_err(|error| NotTaken::Broken(error.to_string()))?;
        secret::write(&self.data, FILE, &bytes).map_err(|error| NotTaken::Broken(format!("{FILE}: {error}")))?;
        Ok(renewed)
    }
}

/// Zalo writes the number as a text.
fn seconds(said: &Value) -> Option<i64> {
    said.as_i64().or_else(|| said.as_str()?.parse().ok()).filter(|seconds| (60..=10_000_000).contains(seconds))
}
