//! Public postings: what anybody sees of them, and how officers make them.

use crate::{Due, Left};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/postings?agency=19351`: the lists shown now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Postings {
    /// By title.
    pub postings: Vec<PostingHead>,
}

/// A list without its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostingHead {
    /// Its name in addresses.
    pub id: String,
    /// The procedure's legal name.
    pub title: String,
    /// The agency's name.
    pub agency: String,
    /// When it was published, in milliseconds since 1970 in UTC.
    pub shown_from: i64,
    /// The last moment at which it is shown.
    pub not_after: i64,
    /// How many people stand on it.
    pub lines: u32,
}

/// `GET /api/v1/postings/{id}`: a list while it is shown. Whatever is not here, nobody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicPosting {
    /// Its name in addresses; empty before it is published.
    pub id: String,
    /// The procedure's legal name.
    pub title: String,
    /// The agency's name.
    pub agency: String,
    /// Its help line.
    pub phone: String,
    /// When it was published, in milliseconds since 1970 in UTC.
    pub shown_from: i64,
    /// The last moment at which it is shown.
    pub not_after: i64,
    /// The people on it, in the order of their names.
    pub lines: Vec<PublicLine>,
}

/// One person on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicLine {
    /// From 1 on.
    pub line: u32,
    /// The name.
    pub name: String,
    /// Village and commune, or the commune alone.
    pub place: String,
}

/// `GET /api/v1/desk/postings`: what the officer can post now, and what their unit has posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPostings {
    /// The procedures that are posted here.
    pub procedures: Vec<PostingProcedure>,
    /// The dossiers that are ready, those that are due first coming first.
    pub ready: Vec<PostingReady>,
    /// The lists shown now.
    pub running: Vec<PostingHead>,
}

/// A procedure with posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostingProcedure {
    /// Its id.
    pub id: String,
    /// The name people use.
    pub name: String,
}

/// A dossier that can be posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostingReady {
    /// Its name inside the system.
    pub id: String,
    /// How many events it has had.
    pub version: u32,
    /// The procedure's id.
    pub procedure: String,
    /// Mã hồ sơ.
    pub number: Option<String>,
    /// The person it is about.
    pub person: String,
    /// Whether its declaration came written by hand: then `person` is who filed it, and the officer writes the name to post.
    pub by_hand: bool,
    /// For how many working days.
    pub days: u8,
    /// Whether it was posted before, and a re-check found that it stands.
    pub again: bool,
    /// When its stage is due.
    pub due_at: i64,
    /// Working time until then, or since.
    pub left: Left,
}

/// The body of `POST /api/v1/desk/postings/preview` and of `POST /api/v1/desk/postings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPosting {
    /// The dossiers: of one procedure and all for as many days.
    pub dossiers: Vec<PostingPick>,
    /// What the preview called itself, so that nothing else is published than what was seen; empty for a preview.
    #[serde(default)]
    pub seen: String,
}

/// A dossier to post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostingPick {
    /// Its name inside the system.
    pub id: String,
    /// The version the officer saw.
    pub version: u32,
    /// The name to post of one whose declaration came written by hand; empty for all others.
    #[serde(default)]
    pub name: String,
}

/// What the public will see, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostingPreview {
    /// The list as it would be published now.
    pub posting: PublicPosting,
    /// Why it ends then.
    pub due: Due,
    /// The rule of it in words.
    pub why: String,
    /// What this preview calls itself: [`NewPosting::seen`].
    pub seen: String,
}

/// How a dossier stands with its posting, for its officers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPosting {
    /// What is to be known of it, in Vietnamese.
    pub says: String,
    /// Whether this officer can post it now.
    pub ready: bool,
    /// The list it is on, while it is shown.
    pub list: Option<String>,
    /// Until when it is shown.
    pub not_after: Option<i64>,
    /// The objections that wait to be re-checked, in the order they came.
    pub objections: Vec<DeskObjection>,
    /// By when that is to be done.
    pub recheck_due: Option<Due>,
}

/// What somebody objected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskObjection {
    /// When it came.
    pub at: i64,
    /// Who they say they are.
    pub name: String,
    /// Telephone or e-mail.
    pub contact: String,
    /// What they wrote.
    pub says: String,
}
