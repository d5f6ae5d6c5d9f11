//! Keeping who is absent and who acts in their place. Every change leaves an audit row in the same transaction.

use crate::{DraftKey, Hash, StoreError};
use account::{Absence, Officer};
use async_trait::async_trait;
use form::Date;
use procedure::OfficerId;
use procedure::calendar::Moment;

/// What the product asks of the place where absences are kept.
#[async_trait]
pub trait Absences: Send + Sync {
    /// Keeps an absence, once for each key.
    async fn add_absence(&self, new: NewAbsence) -> Result<AbsenceSaved, StoreError>;

    /// Ends an absence that has not ended. Tells whether there was one.
    async fn withdraw_absence(&self, id: [u8; 16], by: OfficerId, now: Moment) -> Result<bool, StoreError>;

    /// The absences of this very day in which an officer acts in somebody's place, with that one as they are now.
    async fn absences_for(&self, delegate: OfficerId, today: Date) -> Result<Vec<(Absence, Officer)>, StoreError>;

    /// The absences made in a unit that have not ended by this day, the first to begin first.
    async fn absences_of(&self, unit: &str, today: Date) -> Result<Vec<Absence>, StoreError>;

    /// An absence, if it was not withdrawn.
    async fn absence(&self, id: [u8; 16]) -> Result<Option<Absence>, StoreError>;
}

/// An absence to keep.
#[derive(Clone, Debug)]
pub struct NewAbsence {
    /// The key under which it is made once.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// What.
    pub absence: Absence,
    /// Who says so.
    pub by: OfficerId,
    /// When.
    pub now: Moment,
}

/// What became of an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsenceSaved {
    /// It is kept now.
    New,
    /// It had been kept before.
    Before,
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// Somebody acts in their place on some of these days already. Nothing changed.
    Overlaps,
    /// The delegate is absent themselves on some of these days. Nothing changed.
    DelegateAbsent,
}
