//! Keeping how satisfied people were, and giving it out by agency alone.

use crate::StoreError;
use async_trait::async_trait;
use dossier::DossierId;
use dossier::rating::Rating;
use procedure::calendar::Moment;

/// What the product asks of the place where ratings are kept.
#[async_trait]
pub trait Ratings: Send + Sync {
    /// The rating of a dossier, for whoever gave it, and when it was first given.
    async fn rating(&self, dossier: DossierId) -> Result<Option<(Rating, Moment)>, StoreError>;

    /// Keeps the rating of a dossier in place of the one before; when it was first given stays. The audit tells that there is
    /// one, never which.
    async fn save_rating(&self, new: NewRating) -> Result<(), StoreError>;

    /// The ratings of some agencies in a period, each with the agency and when it was first given, and of no dossier.
    async fn ratings(&self, asked: RatingsAsked) -> Result<Vec<(String, Moment, Rating)>, StoreError>;
}

/// A rating to keep.
#[derive(Clone, Debug)]
pub struct NewRating {
    /// The dossier.
    pub dossier: DossierId,
    /// What is given.
    pub rating: Rating,
    /// Now.
    pub now: Moment,
}

/// Which ratings.
#[derive(Clone, Debug)]
pub struct RatingsAsked {
    /// Codes of the agencies.
    pub agencies: Vec<String>,
    /// First given at this moment or later.
    pub from: Moment,
    /// First given before this moment.
    pub until: Moment,
}
