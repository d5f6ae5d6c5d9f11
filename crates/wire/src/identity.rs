//! Signing in with an identity provider: VNeID, the national portal, a province's own.
//!
//! The provider sends people back to `GET /api/v1/citizens/providers/{id}/callback`, which sends them on to `/account` with what
//! happened behind the `#`, as a query: `identity` is a name of [`IdentityOutcome`], `provider` the provider's id, `next` the path
//! they were at, `ticket` what they are asked about. None of it opens anything: the session is in its cookie, and a ticket is good
//! only in the browser that it was made for.

use serde::{Deserialize, Serialize};

/// The identity providers of an office: answered to `GET /api/v1/citizens/providers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProviders {
    /// The providers, in the office's order.
    pub rows: Vec<IdentityProvider>,
}

/// An identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityProvider {
    /// Its id in addresses.
    pub id: String,
    /// Its Vietnamese name.
    pub name: String,
}

/// The body of `POST /api/v1/citizens/providers/{id}/begin`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginIdentity {
    /// Where the person is, as a path of the site, so that they come back there; empty for nowhere.
    #[serde(default)]
    pub next: String,
    /// Whether whoever is signed in adds the provider to their account, instead of signing in with it.
    #[serde(default)]
    pub link: bool,
    /// The password, where a provider is added; empty for an account without one, whose holder has signed in within ten minutes.
    #[serde(default)]
    pub password: String,
}

/// Where the person goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IdentityBegun {
    /// The provider's page.
    pub location: String,
}

/// What happened at the provider; anything else is refused on a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum IdentityOutcome {
    /// They are signed in to the account that they have.
    SignedIn,
    /// They are signed in to a new account.
    New,
    /// The provider was added to their account, and they are signed in to it.
    Linked,
    /// An account has the e-mail address, telephone number or personal number that the provider told. Its holder signs in to it
    /// and affirms the ticket, or stands apart.
    Ask,
    /// They have turned back at the provider's page.
    Cancelled,
}

impl IdentityOutcome {
    /// Its name in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::New => "new",
            Self::Linked => "linked",
            Self::Ask => "ask",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The body of `POST /api/v1/citizens/identities`: the holder of the account, signed in to it, says that it is theirs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AffirmIdentity {
    /// The ticket, as the address had it.
    pub ticket: String,
    /// The password; empty for an account without one, whose holder has signed in within ten minutes.
    #[serde(default)]
    pub password: String,
}

/// The body of `POST /api/v1/citizens/identities/apart`: it is not theirs, and they want an account of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityTicket {
    /// The ticket, as the address had it.
    pub ticket: String,
}

/// With which providers an account is opened: answered to `GET /api/v1/citizens/identities`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Identities {
    /// The identities, the oldest first.
    pub rows: Vec<CitizenIdentity>,
}

/// An identity of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenIdentity {
    /// Its id.
    pub id: String,
    /// The provider's id.
    pub provider: String,
    /// The provider's Vietnamese name; its id when the office does not have it any more.
    pub name: String,
    /// Since when, in milliseconds since 1970 in UTC.
    pub made_at: i64,
    /// When it was last used, in milliseconds since 1970 in UTC.
    pub used_at: i64,
}
