//! Handing a draft over to another phone. The server is told hashes and ciphertext; keys and codes stay on the phones.
//!
//! Every secret here is 32 random or derived bytes in 64 hexadecimal digits. A secret is first told as its SHA-256 (of
//! the bytes), and shown itself only by whoever uses it.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/handovers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewHandover {
    /// The first three signs of the typed code.
    pub locator: String,
    /// SHA-256 of the secret that the sender shows from now on.
    pub sender: String,
    /// SHA-256 of the secret that an opener with the link shows.
    pub by_key: String,
    /// SHA-256 of the secret that an opener with the typed code shows.
    pub by_code: String,
    /// The key, encrypted under what only the typed code gives: 120 hexadecimal digits (nonce, key, tag).
    pub wrapped: String,
    /// How many parts are to come: the draft itself, and its papers.
    pub parts: u32,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// There is room for a handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoverBegun {
    /// Its name, 32 hexadecimal digits. It stands in addresses and opens nothing by itself.
    pub id: String,
    /// When it ends.
    pub until: i64,
}

/// The body of `POST /api/v1/handovers/open`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenHandover {
    /// The handover's name, or the first three signs of the typed code.
    pub handover: String,
    /// The secret that goes with the one or the other.
    pub proof: String,
    /// SHA-256 of a secret the opener made, by which they are known until they have everything.
    pub opener: String,
}

/// A handover is the opener's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoverOpened {
    /// Its name.
    pub id: String,
    /// The key, encrypted under what only the typed code gives.
    pub wrapped: String,
    /// How many parts there are.
    pub parts: u32,
}

/// `GET /api/v1/handovers/{id}`: how it stands, for its sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandoverStanding {
    /// `waiting`, `opening`, `taken`, `lapsed` (opened, but never said to be there whole) or `taken-back`.
    pub state: String,
    /// Since when.
    pub since: i64,
    /// When it ends by itself.
    pub until: i64,
}
