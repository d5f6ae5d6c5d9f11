//! How satisfied people were: giving it by code and digits, and the figures of it.

use dossier::rating::{Aspect, Level};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/ratings/open`: what was given before, and whether it can still be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingOpened {
    /// Whether a rating can be given or changed now.
    pub open: bool,
    /// Until when what was given can be changed; nothing when nothing was given.
    pub until: Option<i64>,
    /// What was given.
    pub rating: Option<Rated>,
}

/// What somebody gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Rated {
    /// The whole: `very-satisfied`, `satisfied`, `neutral`, `dissatisfied` or `very-dissatisfied`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub level: Level,
    /// Some aspects (`time`, `manner`, `information`, `cost`), each at most once, with their levels.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<RatedAspect>))]
    pub aspects: Vec<RatedAspect>,
    /// In their own words.
    #[serde(default)]
    pub words: String,
}

/// An aspect and its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RatedAspect {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub aspect: Aspect,
    /// How satisfied.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub level: Level,
}

/// `POST /api/v1/ratings`: once for each dossier; sending it again within seven days changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GiveRating {
    /// The lookup code.
    pub code: String,
    /// The last four digits of the filer's telephone number; empty where it is the signed-in account's own.
    pub digits: String,
    /// What is given.
    pub rating: Rated,
}

/// `GET /api/v1/desk/figures/ratings?from=2026-11-01&until=2026-11-30`: by calendar months, whole batches of five alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingFigures {
    /// The first month, 2026-11.
    pub from: String,
    /// The last month.
    pub until: String,
    /// One row a unit that has any to tell.
    pub rows: Vec<RatingRow>,
    /// What people wrote, in the order of its letters; empty for whoever may not read it.
    pub words: Vec<RatingWords>,
}

/// How satisfied people were with a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingRow {
    /// The unit's name.
    pub unit: String,
    /// How many ratings there are of each level, the worst first.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u64>))]
    pub levels: [u64; 5],
}

/// What somebody wrote about a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RatingWords {
    /// The unit's name.
    pub unit: String,
    /// The words.
    pub words: String,
}

/// `GET /api/v1/figures?period=2026-11`: what everybody sees of how units handle dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicFigures {
    /// The month or year.
    pub period: String,
    /// One row a unit that received anything.
    pub rows: Vec<PublicFiguresRow>,
}

/// A unit's row. What would rest on fewer than five is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicFiguresRow {
    /// The unit's name.
    pub unit: String,
    /// Received in the period; nothing when fewer than five.
    pub received: Option<u64>,
    /// Ended in the period; nothing when fewer than five.
    pub ended: Option<u64>,
    /// Of those, how many in a hundred in time.
    pub on_time: Option<u8>,
    /// How many ratings are told; a multiple of five.
    pub ratings: u64,
    /// Of those, how many in a hundred are satisfied or very satisfied; nothing when there are none.
    pub satisfied: Option<u8>,
    /// Petitions that came in the period; nothing when fewer than five.
    pub petitions: Option<u64>,
    /// Of those that are answered, how many in a hundred in time.
    pub petitions_on_time: Option<u8>,
}
