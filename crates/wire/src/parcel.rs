//! What goes by the public post: originals fetched from home, the result brought there.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/desk/parcels`: what the unit has to have fetched and delivered, of the oldest dossiers first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Parcels {
    /// What has not arrived.
    pub rows: Vec<ParcelRow>,
    /// Who pays the post, in words.
    pub fee: String,
}

/// A parcel of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ParcelRow {
    /// The dossier's name inside the system.
    pub id: String,
    /// How many events it has had: what is said of the parcel names it.
    pub version: u32,
    /// Mã hồ sơ; none before reception.
    pub number: Option<String>,
    /// Whose dossier it is.
    pub person: String,
    /// The procedure, by the name people use.
    pub procedure: String,
    /// The parcel.
    pub parcel: DeskParcel,
}

/// A parcel as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskParcel {
    /// `papers`: originals to be fetched; `result`: the result to be brought.
    pub parcel: String,
    /// `asked`, `posted`, `delivered` or `failed`.
    pub standing: String,
    /// The number by which the post knows it, once it was given to the post.
    pub number: String,
    /// Why it did not arrive.
    pub reason: String,
    /// Since when it stands so; none while it was only asked for.
    pub since: Option<i64>,
    /// Who is at home.
    pub name: String,
    /// Where.
    pub address: String,
    /// Their telephone.
    pub phone: String,
    /// When they are at home; empty where that was not asked.
    pub time: String,
    /// What can be said of it now by this officer: `posted`, `delivered`, `failed`.
    pub steps: Vec<String>,
    /// Why it cannot be sent yet; empty when it can, or is under way.
    pub waits: String,
}

/// The body of `POST /api/v1/desk/dossiers/{id}/parcels/{parcel}`, with an `Idempotency-Key`. Answered with the dossier after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParcelRequest {
    /// The version the officer saw.
    pub version: u32,
    /// What they say of it.
    pub step: ParcelStep,
}

/// What an officer says of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ParcelStep {
    /// It was given to the post.
    Posted {
        /// The number by which the post knows it.
        number: String,
    },
    /// It arrived.
    Delivered,
    /// It did not arrive.
    Failed {
        /// Why, in the words of the post.
        reason: String,
    },
}
