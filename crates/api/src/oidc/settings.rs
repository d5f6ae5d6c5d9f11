//! The identity providers of an office, read from a file: what they say of themselves differs, so all of it is settings.

use account::identity::ClaimNames;
use clap::Args;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use std::path::PathBuf;

/// With whom citizens can sign in.
#[derive(Clone, Debug, Default, Args)]
pub struct IdentitySettings {
    /// File of the identity providers that citizens can sign in with (see `docs/guides/README.md`). Their secrets are
    /// taken from `MOTCUA_IDENTITY_SECRET_` and the provider's id in capital letters.
    #[arg(long, env = "MOTCUA_IDENTITY_PROVIDERS", requires = "public_address")]
    pub identity_providers: Option<PathBuf>,
}

/// One provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its id in our addresses: small letters, digits and hyphens. It must not change.
    pub id: String,
    /// Its Vietnamese name, as citizens know it.
    pub name: String,
    /// Its address, exactly as its tokens have it (`iss`).
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// Whether the addresses below that are not given are asked of the provider (OpenID Connect Discovery).
    #[serde(default = "yes")]
    pub discovery: bool,
    /// Its page for people.
    pub authorization_endpoint: Option<String>,
    /// Where a code is changed into tokens.
    pub token_endpoint: Option<String>,
    /// Where it tells more of the person; nothing where the ID token has it all.
    pub userinfo_endpoint: Option<String>,
    /// Where its public keys are.
    pub jwks_uri: Option<String>,
    /// What is asked for.
    #[serde(default = "scopes")]
    pub scopes: String,
    /// How sure the provider is to be of the person, best first (`acr_values`); empty for as it likes.
    #[serde(default)]
    pub acr_values: String,
    /// The levels (`acr`) that are taken; any when there is none.
    #[serde(default)]
    pub acr: Vec<String>,
    /// How we show who we are.
    #[serde(default)]
    pub client_auth: ClientAuth,
    /// The signatures that are taken, of `RS256`, `PS256` and `ES256`.
    #[serde(default = "algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// What it calls its claims.
    #[serde(default)]
    pub claims: ClaimNames,
    /// Whether its e-mail addresses and telephone numbers are confirmed where it does not say so itself.
    #[serde(default)]
    pub confirmed: bool,
    /// Seconds that the whole conversation may take.
    #[serde(default = "patience")]
    pub patience_seconds: u64,
}

/// How we show a provider who we are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClientAuth {
    /// In the header `Authorization` (`client_secret_basic`).
    #[default]
    Basic,
    /// In the body (`client_secret_post`).
    Post,
}

fn yes() -> bool {
    true
}

fn scopes() -> String {
    "openid profile email phone".to_owned()
}

/// What may be set at all: signatures by a public key. A secret that both sides know signs nothing here.
const SAFE: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];

fn algorithms() -> Vec<Algorithm> {
    SAFE.to_vec()
}

fn patience() -> u64 {
    10
}

impl ProviderSettings {
    /// The variable that has its secret.
    #[must_use]
    pub fn secret_name(&self) -> String {
        format!("MOTCUA_IDENTITY_SECRET_{}", self.id.to_uppercase().replace('-', "_"))
    }

    fn check(&self) -> Result<(), String> {
        let id = &self.id;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > 32 || !id.bytes().all(plain) {
            return Err(format!("the id “{id}” is not of small letters, digits and hyphens"));
        }
        if self.name.trim().is_empty() || self.client_id.is_empty() {
            return Err(format!("{id}: name and client_id must not be empty"));
        }
        let given = [&self.authorization_endpoint, &self.token_endpoint, &self.userinfo_endpoint, &self.jwks_uri];
        let given = given.into_iter().flatten();
        if let Some(open) = given.chain([&self.issuer]).find(|address| !is_private(address)) {
            return Err(format!("{id}: {open} is not https"));
        }
        let needed = [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        if !self.discovery && needed.iter().any(|address| address.is_none()) {
            return Err(format!(
                "{id}: without discovery it needs authorization_endpoint, token_endpoint and jwks_uri"
            ));
        }
        if !self.scopes.split(' ').any(|scope| scope == "openid") {
            return Err(format!("{id}: scopes must have openid"));
        }
        if self.algorithms.is_empty() || self.algorithms.iter().any(|algorithm| !SAFE.contains(algorithm)) {
            return Err(format!("{id}: algorithms are of RS256, PS256 and ES256"));
        }
        Ok(())
    }
}

/// Whether what is said there can be heard by nobody else: over TLS, or on this machine.
pub(super) fn is_private(address: &str) -> bool {
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(':') || rest.starts_with('/');
    address.starts_with("https://") || local.iter().any(|host| address.strip_prefix(host).is_some_and(ends))
}

/// Reads the file of providers.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Vec<ProviderSettings>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        provider: Vec<ProviderSettings>,
    }
    let File { provider: all } = toml::from_str(text).map_err(|error| error.to_string())?;
    for (number, one) in all.iter().enumerate() {
        one.check()?;
        if all[..number].iter().any(|other| other.id == one.id) {
            return Err(format!("the id {} is there twice", one.id));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str =
        "[[provider]]\nid = 'vneid'\nname = 'VNeID'\nissuer = 'https://id.example'\nclient_id = 'motcua'\n";

    #[test]
    fn the_least_that_is_set_is_enough() {
        let read = read(LEAST).unwrap();
        assert_eq!((read[0].discovery, read[0].scopes.as_str()), (true, "openid profile email phone"));
        assert_eq!(
            (read[0].client_auth, read[0].secret_name().as_str()),
            (ClientAuth::Basic, "MOTCUA_IDENTITY_SECRET_VNEID")
        );
    }

    #[test]
    fn what_would_not_be_safe_is_refused_at_the_start() {
        for wrong in [
            "algorithms = ['HS256']",
            "algorithms = ['none']",
            "algorithms = []",
            "scopes = 'profile'",
            "discovery = false",
            "token_endpoint = 'http://id.example/token'",
            "token_endpoint = 'http://localhost.evil.example/token'",
            "unknown = 1",
        ] {
            assert!(read(&format!("{LEAST}{wrong}\n")).is_err(), "{wrong}");
        }
        assert!(read(&format!("{LEAST}{LEAST}")).is_err(), "twice the same id");
        assert!(read(&LEAST.replace("vneid", "VNeID/..")).is_err());
        assert!(read(&LEAST.replace("https://id", "http://id")).is_err());
        assert!(read(&LEAST.replace("https://id.example", "http://localhost:8091")).is_ok());
    }
}
