//! Keeping public postings: publishing a list, and showing it as long as it runs.

use crate::desk::{Kept, Place};
use crate::notices::NewNotice;
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::{DossierId, Event, PostingId};
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};

/// What the product asks of the place where postings are kept. What is asked "as of now" answers nothing of a list that has
/// ended, not even that it was.
#[async_trait]
pub trait Postings: Send + Sync {
    /// The dossiers of a procedure that wait for a role of a unit, those that are due first coming first.
    async fn waiting(&self, asked: WaitingAsked) -> Result<Vec<Kept>, StoreError>;

    /// What came of this key before.
    async fn posting_before(&self, key: DraftKey, body_hash: Hash) -> Result<PostingSaved, StoreError>;

    /// Publishes a list: the list, an event and a place in the queues for each dossier, the notices, audit rows and the key,
    /// together or not at all.
    async fn save_posting(&self, posting: NewPosting) -> Result<PostingSaved, StoreError>;

    /// The lists shown now: of one agency, or all.
    async fn postings(&self, agency: Option<String>, now: Moment) -> Result<Vec<KeptPosting>, StoreError>;

    /// A list with its lines in order, if it is shown now.
    async fn posting(&self, id: PostingId, now: Moment) -> Result<Option<(KeptPosting, Vec<KeptLine>)>, StoreError>;

    /// Whose a line is, if its list is shown now.
    async fn posting_line(&self, id: PostingId, line: u32, now: Moment) -> Result<Option<DossierId>, StoreError>;
}

/// Which dossiers.
#[derive(Clone, Debug)]
pub struct WaitingAsked {
    /// Code of the unit.
    pub unit: String,
    /// The role.
    pub role: Role,
    /// The procedure's id.
    pub procedure: String,
    /// At most so many.
    pub most: u32,
}

/// A list as it was decided.
#[derive(Clone, Debug)]
pub struct NewPosting {
    /// The key under which it is published once.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// Its name.
    pub id: PostingId,
    /// Code of the agency.
    pub agency: String,
    /// The procedure's id.
    pub procedure: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub officer: OfficerId,
    /// When.
    pub made_at: Moment,
    /// The last moment at which it is shown.
    pub not_after: Moment,
    /// Its lines in order.
    pub lines: Vec<NewLine>,
}

/// A line of it.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Whose it is.
    pub dossier: DossierId,
    /// How many events the dossier had when it was decided.
    pub version: u32,
    /// What the public reads.
    pub line: KeptLine,
    /// The event that comes of it.
    pub event: Event,
    /// Where the dossier stands after it.
    pub place: Place,
    /// What is to be told to the citizen.
    pub notice: Option<NewNotice>,
}

/// What became of publishing a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingSaved {
    /// It is shown now.
    New,
    /// It had been published before, under this name.
    Before(PostingId),
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// Something happened to one of its dossiers meanwhile, or it is on a list. Nothing changed.
    Changed,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPosting {
    /// Its name.
    pub id: PostingId,
    /// Code of the agency.
    pub agency: String,
    /// The procedure's id.
    pub procedure: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub made_at: Moment,
    /// The last moment at which it is shown.
    pub not_after: Moment,
    /// How many lines it has.
    pub lines: u32,
}

/// What the public reads of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLine {
    /// From 1 on.
    pub line: u32,
    /// The name.
    pub name: String,
    /// Village and commune, or the commune alone.
    pub place: String,
}
