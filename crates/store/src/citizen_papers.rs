//! Keeping the papers of citizens' accounts (kho giấy tờ): those that were put there by themselves, and a way to those of the
//! account's dossiers, which lie with the dossiers and nowhere else.

use crate::desk::Kept;
use crate::{DraftKey, Hash, PaperKept, StoreError};
use account::CitizenId;
use async_trait::async_trait;
use dossier::DossierId;
use procedure::calendar::Moment;

/// What the product asks of the place where accounts' papers are kept. Every change leaves an audit row in the same transaction.
#[async_trait]
pub trait CitizenPapers: Send + Sync {
    /// Keeps a paper in an account. When this returns, the bytes are on the disk.
    async fn keep_citizen_paper(&self, paper: NewCitizenPaper) -> Result<CitizenPaperKept, StoreError>;

    /// All from which an account's papers are told, or what is to be known of one of them; at most so many dossiers, the newest.
    async fn citizen_papers(
        &self,
        citizen: CitizenId,
        only: Option<Hash>,
        most: u32,
    ) -> Result<CitizenPapersFound, StoreError>;

    /// Gives a paper that was put there by itself another name. Tells whether there is one.
    async fn name_citizen_paper(
        &self,
        citizen: CitizenId,
        sha256: Hash,
        name: String,
        now: Moment,
    ) -> Result<bool, StoreError>;

    /// Takes a paper out of an account. What a dossier has is with the office as before.
    async fn leave_citizen_paper(&self, citizen: CitizenId, sha256: Hash, now: Moment) -> Result<(), StoreError>;

    /// Media type and bytes of a paper that was put there by itself, read on record.
    async fn read_citizen_paper(
        &self,
        citizen: CitizenId,
        sha256: Hash,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError>;

    /// Makes a paper of an account one of a draft, as if the draft had sent it up, and tells its media type and size; nothing
    /// when it is not the account's.
    async fn use_citizen_paper(&self, paper: UsedCitizenPaper) -> Result<Option<(PaperKept, String, u64)>, StoreError>;
}

/// A paper for an account, whose content was looked at and whose hash was computed from these very bytes.
#[derive(Clone, Debug)]
pub struct NewCitizenPaper {
    /// Whose.
    pub citizen: CitizenId,
    /// SHA-256 of the bytes.
    pub sha256: Hash,
    /// Media type by content.
    pub kind: String,
    /// How many pages, where they could be counted.
    pub pages: Option<u32>,
    /// What the citizen calls it.
    pub name: String,
    /// The bytes.
    pub content: Vec<u8>,
    /// What an account has room for.
    pub room: CitizenRoom,
    /// When it came.
    pub now: Moment,
}

/// What an account has room for. What came with dossiers takes none of it.
#[derive(Clone, Copy, Debug)]
pub struct CitizenRoom {
    /// Bytes of all its papers.
    pub bytes: u64,
    /// Papers.
    pub papers: u64,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitizenPaperKept {
    /// It is kept now.
    New,
    /// It was there before, and keeps the name it had.
    Before,
    /// There is no room for it. Nothing changed.
    Full,
}

/// From what the papers of an account are told.
#[derive(Clone, Debug, Default)]
pub struct CitizenPapersFound {
    /// Those that were put there by themselves.
    pub own: Vec<CitizenPaper>,
    /// Those of dossiers that the citizen took out, and when.
    pub left_out: Vec<(Hash, Moment)>,
    /// The account's dossiers, the newest first.
    pub dossiers: Vec<CitizenDossier>,
}

/// A paper that was put into an account by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitizenPaper {
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// Media type.
    pub kind: String,
    /// Size in bytes.
    pub bytes: u64,
    /// What the citizen calls it.
    pub name: String,
    /// Since when it is there.
    pub kept_at: Moment,
}

/// A dossier of an account, whole.
#[derive(Clone, Debug)]
pub struct CitizenDossier {
    /// The dossier.
    pub kept: Kept,
    /// Whether it was claimed by code and digits, and not sent by the account.
    pub claimed: bool,
}

/// A paper to use in a draft.
#[derive(Clone, Copy, Debug)]
pub struct UsedCitizenPaper {
    /// Whose account.
    pub citizen: CitizenId,
    /// SHA-256 of its bytes.
    pub sha256: Hash,
    /// The dossier of the account that has it; none when it was put there by itself.
    pub of: Option<DossierId>,
    /// The draft.
    pub draft: DraftKey,
    /// When.
    pub now: Moment,
}
