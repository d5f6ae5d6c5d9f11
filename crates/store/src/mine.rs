//! Keeping which dossiers are an account's. A dossier is the office's whatever happens to the account.

use crate::{DraftKey, Hash, StoreError};
use account::CitizenId;
use async_trait::async_trait;
use dossier::{DossierId, Tracked};
use procedure::calendar::Moment;

/// What the product asks of the place where accounts and dossiers meet.
#[async_trait]
pub trait Mine: Send + Sync {
    /// The dossiers of an account, the newest first: at most so many, sent before the dossier at which the last page ended.
    async fn dossiers_of_citizen(
        &self,
        citizen: CitizenId,
        before: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<MineDossier>, StoreError>;

    /// Takes the dossier with this code into an account.
    async fn claim_dossier(&self, code_hash: Hash, citizen: CitizenId, now: Moment) -> Result<Claimed, StoreError>;

    /// Whether an account has the dossier with this code as its own: it sent it, or another did for it by its consent. One that was
    /// claimed by code and digits is not meant.
    async fn is_own(&self, code_hash: Hash, citizen: CitizenId) -> Result<bool, StoreError>;

    /// Takes a dossier out of an account. Tells whether it was in it.
    async fn leave_dossier(&self, id: DossierId, citizen: CitizenId, now: Moment) -> Result<bool, StoreError>;
}

/// A dossier of an account: where it stands, and nothing that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MineDossier {
    /// Which.
    pub id: DossierId,
    /// The key it was sent with, of which its lookup code is made.
    pub key: DraftKey,
    /// The procedure's id.
    pub procedure: String,
    /// What its code would show.
    pub tracked: Tracked,
    /// Who filed it by a consent; nothing when its owner did.
    pub filer: Option<String>,
}

/// What came of taking a dossier into an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is in it now, or was before.
    Done,
    /// There is none with this code, or it is another account's.
    Not,
}
