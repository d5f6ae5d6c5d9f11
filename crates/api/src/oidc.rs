//! Signing in with an identity provider by OpenID Connect: the code flow with PKCE, and nothing else of it
//! (`docs/decisions/0034-signing-in-with-an-identity-provider.md`).
//!
//! What goes into an address or comes back in one opens nothing by itself: the browser's own cookie has to come with it. The value
//! against replay (nonce) and the proof of the code (verifier) are made from state, cookie and our key, and are kept nowhere.

mod provider;
mod settings;
mod token;

pub use provider::Provider;
pub use settings::{ClientAuth, IdentitySettings, ProviderSettings, read};

use crate::pepper::Pepper;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// The cookie that binds somebody's way to a provider and back to their browser. `Lax`, as coming back begins at another site.
pub const BROWSER_COOKIE: &str = "__Host-identity";

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The provider said nothing in time, or that it cannot now.
    Silent(String),
    /// What it said is not to be believed, for this reason.
    Untrue(&'static str),
}

/// The identity providers of an office.
#[derive(Default)]
pub struct Identity {
    /// The providers, in the order of the settings.
    pub providers: Vec<Provider>,
}

impl Identity {
    /// Those of the settings.
    ///
    /// # Errors
    /// What is wrong with them, in words for the operator.
    pub fn open(settings: &IdentitySettings, site: &str) -> Result<Self, String> {
        let Some(file) = &settings.identity_providers else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let read = read(&text).map_err(|says| format!("{}: {says}", file.display()))?;
        let made = read.into_iter().map(|one| {
            let secret = one.secret_name();
            let secret = std::env::var(&secret).map_err(|_| format!("signing in with {} needs {secret}", one.id))?;
            Ok(Provider::new(one, secret, site))
        });
        Ok(Self { providers: made.collect::<Result<_, String>>()? })
    }

    /// The provider with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.settings.id == id)
    }
}

/// The secrets of one way there and back.
pub struct Secrets {
    /// Against replay: comes back in the ID token.
    pub nonce: String,
    /// Proves to the provider that whoever brings the code is who asked for it (RFC 7636).
    pub verifier: String,
}

impl Secrets {
    /// Those of a state and a browser.
    #[must_use]
    pub fn of(pepper: &Pepper, state: &str, browser: &str) -> Self {
        let made = |what: &str| URL_SAFE_NO_PAD.encode(pepper.hash_text(&format!("identity {what} {state} {browser}")));
        Self { nonce: made("nonce"), verifier: made("verifier") }
    }

    /// The verifier as it is told beforehand (S256).
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.verifier))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let secrets = Secrets { nonce: String::new(), verifier };
        assert_eq!(secrets.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn each_way_has_secrets_of_its_own() {
        let pepper = Pepper::new(&[7; 32]);
        let one = Secrets::of(&pepper, "state", "browser");
        assert_ne!(one.nonce, one.verifier);
        assert!(one.verifier.len() >= 43, "the least that RFC 7636 allows");
        assert_eq!(one.nonce, Secrets::of(&pepper, "state", "browser").nonce);
        for (state, browser) in [("other", "browser"), ("state", "other")] {
            assert_ne!(one.verifier, Secrets::of(&pepper, state, browser).verifier);
        }
        assert_ne!(one.nonce, Secrets::of(&Pepper::new(&[8; 32]), "state", "browser").nonce);
    }
}
