//! Speaking with one identity provider: where its pages are, what its keys are, and who somebody is.

use super::settings::{ClientAuth, ProviderSettings, is_private};
use super::token::{self, Expected, Head};
use super::{Denied, Secrets};
use crate::http::{Body, Http, Unheard};
use account::identity::{Person, person};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form::Given;
use form_urlencoded::{Serializer, byte_serialize};
use jsonwebtoken::jwk::Jwk;
use procedure::calendar::Moment;
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// What a provider says of itself is asked again after so long.
const FRESH: Duration = Duration::from_secs(3600);
/// Keys are asked again for a key that is not known, but not more often than this: strangers can name any key.
const PAUSE: Duration = Duration::from_secs(10);
/// The longest name that a provider has for a person (OpenID Connect Core §2).
const LONGEST_SUBJECT: usize = 255;

/// One provider.
pub struct Provider {
    /// As it is set.
    pub settings: ProviderSettings,
    secret: String,
    /// Where people come back to.
    back: String,
    http: Http,
    known: Mutex<Known>,
}

/// What the provider has told of itself, and when.
#[derive(Default)]
struct Known {
    places: Option<(Places, Instant)>,
    keys: Option<(Vec<Jwk>, Instant)>,
    /// When keys were last asked for out of turn.
    asked: Option<Instant>,
}

/// Its addresses.
#[derive(Clone)]
struct Places {
    authorization: String,
    token: String,
    userinfo: Option<String>,
    jwks: String,
}

/// Who somebody is.
pub struct Told {
    /// The provider's name for them.
    pub subject: String,
    claims: Value,
}

impl Provider {
    /// A provider that sends people back to the site at this address.
    #[must_use]
    pub fn new(settings: ProviderSettings, secret: String, site: &str) -> Self {
        let back = format!("{site}/api/v1/citizens/providers/{}/callback", settings.id);
        Self { settings, secret, back, http: Http::new(), known: Mutex::default() }
    }

    /// Its page, for somebody with this state.
    ///
    /// # Errors
    /// When it does not tell where that is.
    pub async fn page(&self, state: &str, secrets: &Secrets) -> Result<String, Denied> {
        let places = self.in_time(self.places()).await?;
        let mut query = Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.back)
            .append_pair("scope", &self.settings.scopes)
            .append_pair("state", state)
            .append_pair("nonce", &secrets.nonce)
            .append_pair("code_challenge", &secrets.challenge())
            .append_pair("code_challenge_method", "S256");
        if !self.settings.acr_values.is_empty() {
            query.append_pair("acr_values", &self.settings.acr_values);
        }
        let joint = if places.authorization.contains('?') { '&' } else { '?' };
        Ok(format!("{}{joint}{}", places.authorization, query.finish()))
    }

    /// Who has brought this code.
    ///
    /// # Errors
    /// When the provider is silent, or says what is not to be believed.
    pub async fn who(&self, code: &str, secrets: &Secrets, now: Moment) -> Result<Told, Denied> {
        let (mut claims, more) = self.in_time(self.claims(code, secrets, now)).await?;
        let name = &self.settings.claims.subject;
        let subject = text(&claims, name).unwrap_or_default();
        if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
            return Err(Denied::Untrue("no subject"));
        }
        if let Some(more) = more {
            // §5.3.2: otherwise the tokens may be of one person and what is told of another.
            if text(&more, name).as_ref() != Some(&subject) {
                return Err(Denied::Untrue("userinfo is about somebody else"));
            }
            if let (Some(claims), Value::Object(more)) = (claims.as_object_mut(), more) {
                claims.extend(more);
            }
        }
        Ok(Told { subject, claims })
    }

    /// What is told of them, as an account keeps it.
    #[must_use]
    pub fn person(&self, told: &Told, given: &Given<'_>) -> Person {
        let confirmed = |name: &str| match told.claims.get(format!("{name}_verified")) {
            Some(Value::Bool(says)) => *says,
            Some(Value::String(says)) => says == "true",
            _ => self.settings.confirmed,
        };
        person(&self.settings.claims, |name| text(&told.claims, name), confirmed, given)
    }

    /// Waits as long as a person waits, and no longer.
    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Denied>>) -> Result<T, Denied> {
        let patience = Duration::from_secs(self.settings.patience_seconds);
        timeout(patience, work).await.unwrap_or_else(|_| Err(Denied::Silent("it takes too long".to_owned())))
    }

    /// The claims of the ID token, and what else it tells.
    async fn claims(&self, code: &str, secrets: &Secrets, now: Moment) -> Result<(Value, Option<Value>), Denied> {
        let places = self.places().await?;
        let mut fields = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", self.back.clone()),
            ("code_verifier", secrets.verifier.clone()),
        ];
        let mut heads = vec![("accept", "application/json".to_owned())];
        match self.settings.client_auth {
            ClientAuth::Basic => {
                // RFC 6749 §2.3.1: both are written as in a form first.
                let written = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let both = format!("{}:{}", written(&self.settings.client_id), written(&self.secret));
                heads.push(("authorization", format!("Basic {}", STANDARD.encode(both))));
            }
            ClientAuth::Post => {
                fields.push(("client_id", self.settings.client_id.clone()));
                fields.push(("client_secret", self.secret.clone()));
            }
        }
        let answer = self.http.post_for_text(places.token.clone(), heads, Body::Form(fields)).await;
        let tokens = json(answer, "the code is not taken")?;
        let part = |name: &str| tokens[name].as_str().unwrap_or_default();
        let (id_token, access_token) = (part("id_token"), part("access_token"));
        let expected = Expected {
            issuer: &self.settings.issuer,
            client: &self.settings.client_id,
            nonce: &secrets.nonce,
            acr: &self.settings.acr,
            algorithms: &self.settings.algorithms,
            now,
        };
        let head = token::head(id_token, &expected)?;
        let key = self.key(&head, &places.jwks).await?;
        let claims = token::signed(id_token, &head, &key)?;
        token::check(&claims, access_token, &expected)?;
        let Some(userinfo) = places.userinfo else { return Ok((claims, None)) };
        let heads =
            vec![("accept", "application/json".to_owned()), ("authorization", format!("Bearer {access_token}"))];
        let more = json(self.http.get_for_text(userinfo, heads).await, "userinfo is not given")?;
        Ok((claims, Some(more)))
    }

    /// Its addresses: those of the settings, and for the rest what it tells.
    async fn places(&self) -> Result<Places, Denied> {
        let mut known = self.known.lock().await;
        if let Some((places, at)) = &known.places
            && at.elapsed() < FRESH
        {
            return Ok(places.clone());
        }
        let told = if self.settings.discovery { self.discover().await? } else { Value::Null };
        let place = |set: &Option<String>, name: &str| {
            let told = || told[name].as_str().filter(|told| is_private(told)).map(str::to_owned);
            set.clone().or_else(told)
        };
        let needed = |set, name| place(set, name).ok_or(Denied::Untrue("it does not tell where its pages are"));
        let places = Places {
            authorization: needed(&self.settings.authorization_endpoint, "authorization_endpoint")?,
            token: needed(&self.settings.token_endpoint, "token_endpoint")?,
            jwks: needed(&self.settings.jwks_uri, "jwks_uri")?,
            userinfo: place(&self.settings.userinfo_endpoint, "userinfo_endpoint"),
        };
        known.places = Some((places.clone(), Instant::now()));
        Ok(places)
    }

    async fn discover(&self) -> Result<Value, Denied> {
        let address = format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let told = json(self.http.get_for_text(address, Vec::new()).await, "it does not tell of itself")?;
        // OpenID Connect Discovery §4.3: another's name means another's pages.
        if told["issuer"].as_str() == Some(&self.settings.issuer) {
            Ok(told)
        } else {
            Err(Denied::Untrue("it tells of another issuer"))
        }
    }

    /// The key that a token's head means. Providers change their keys; one that is not known is looked for once more.
    async fn key(&self, head: &Head, jwks: &str) -> Result<Jwk, Denied> {
        let mut known = self.known.lock().await;
        let now = Instant::now();
        let fresh = known.keys.as_ref().filter(|(_, at)| now.duration_since(*at) < FRESH);
        if let Some(key) = fresh.and_then(|(keys, _)| token::find(head, keys)) {
            return Ok(key.clone());
        }
        if fresh.is_some() && known.asked.is_some_and(|at| now.duration_since(at) < PAUSE) {
            return Err(Denied::Untrue("no such key"));
        }
        if fresh.is_some() {
            known.asked = Some(now);
        }
        let told = json(self.http.get_for_text(jwks.to_owned(), Vec::new()).await, "it does not tell its keys")?;
        // One key of a kind that is not known here must not hide the others.
        let read = |key: &Value| serde_json::from_value::<Jwk>(key.clone()).ok();
        let keys: Vec<Jwk> = told["keys"].as_array().into_iter().flatten().filter_map(read).collect();
        let found = token::find(head, &keys).cloned();
        known.keys = Some((keys, now));
        found.ok_or(Denied::Untrue("no such key"))
    }
}

/// A claim's text. A name that begins with a slash is a way into what is told (RFC 6901).
fn text(claims: &Value, name: &str) -> Option<String> {
    let found = if name.starts_with('/') { claims.pointer(name) } else { claims.get(name) };
    match found? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The JSON of an answer; a refusal is told as `refused`.
fn json(answer: Result<(u16, String), Unheard>, refused: &'static str) -> Result<Value, Denied> {
    let (status, text) = answer.map_err(|why| match why {
        Unheard::Broken(why) | Unheard::Unknown(why) => Denied::Silent(why),
    })?;
    match status {
        200 => serde_json::from_str(&text).map_err(|_| Denied::Untrue("what it says cannot be read")),
        429 => Err(Denied::Silent("it is too busy".to_owned())),
        _ => Err(Denied::Untrue(refused)),
    }
}
