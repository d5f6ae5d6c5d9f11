//! What goes by post: the list of a desk.

use crate::StoreError;
use crate::desk::Kept;
use async_trait::async_trait;
use dossier::{DossierId, Parcel};
use procedure::OfficerId;
use procedure::calendar::Moment;

/// Which parcels.
#[derive(Clone, Debug)]
pub struct ParcelsAsked {
    /// Codes of the agencies that received the dossiers.
    pub agencies: Vec<String>,
    /// Who reads.
    pub officer: OfficerId,
    /// When.
    pub now: Moment,
    /// At most so many.
    pub most: u32,
}

/// Parcels of dossiers.
#[async_trait]
pub trait Parcels: Send + Sync {
    /// The parcels that have not arrived, of the oldest dossiers first: that they are read is on record before they are given.
    async fn parcels(&self, asked: ParcelsAsked) -> Result<Vec<(Parcel, Kept)>, StoreError>;

    /// How the parcels of a dossier stand, by the numbers of the table; for tests of what is kept.
    async fn parcels_of(&self, dossier: DossierId) -> Result<Vec<(Parcel, u8)>, StoreError>;
}
