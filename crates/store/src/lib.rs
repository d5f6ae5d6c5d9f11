//! Keeping dossiers, papers and form texts: one trait by use case, and SQLite behind it.
//!
//! Each method that changes something is one transaction: what belongs together is kept together or not at all.
//! This crate has no rules of its own; what may be kept has been decided before it gets here.

pub mod absences;
pub mod audit;
mod blobs;
pub mod citizen_notices;
pub mod citizen_papers;
pub mod citizens;
pub mod consents;
pub mod desk;
mod error;
pub mod handovers;
pub mod identities;
mod kept;
pub mod meetings;
pub mod mine;
pub mod notices;
pub mod officers;
pub mod parcels;
mod parts;
pub mod payments;
pub mod petitions;
pub mod postings;
pub mod ratings;
mod sqlite;
mod uploads;

use async_trait::async_trait;
use dossier::{Dossier, Tracked};
use procedure::calendar::Moment;

pub use absences::Absences;
pub use citizen_notices::CitizenNotices;
pub use citizen_papers::CitizenPapers;
pub use citizens::Citizens;
pub use consents::Consents;
pub use desk::DeskStore;
pub use error::{OpenError, StoreError};
pub use handovers::Handovers;
pub use identities::Identities;
pub use kept::{
    Answered, Cleared, DraftKey, Hash, NewPaper, NewSubmission, PaperKept, Saved, SentBy, TextKind, hex, unhex,
};
pub use meetings::Meetings;
pub use mine::Mine;
pub use notices::Notices;
pub use officers::Officers;
pub use parcels::Parcels;
pub use payments::Payments;
pub use petitions::Petitions;
pub use postings::Postings;
pub use ratings::Ratings;
pub use sqlite::{OnFatal, Report, SqliteStore, with_audit};
pub use uploads::{Appended, Begun, Full, LEAST_WEIGHT, NewUpload, Room, Upload, UploadId, Uploads};

/// What the product asks of its keeping place. Every implementation passes the same tests, in `tests/contract.rs`.
#[async_trait]
pub trait Store:
    Uploads
    + Handovers
    + Officers
    + Citizens
    + CitizenNotices
    + CitizenPapers
    + Identities
    + Absences
    + Consents
    + DeskStore
    + Meetings
    + Mine
    + Notices
    + Parcels
    + Postings
    + Payments
    + Petitions
    + Ratings
    + Send
    + Sync
{
    /// Keeps a form's or procedure's public text under its fingerprint. Keeping it again changes nothing.
    async fn keep_text(&self, kind: TextKind, fingerprint: &str, text: &str, now: Moment) -> Result<(), StoreError>;

    /// The text kept under a fingerprint.
    async fn text(&self, kind: TextKind, fingerprint: &str) -> Result<Option<String>, StoreError>;

    /// Keeps a paper for the draft that sent it. When this returns, the bytes are on the disk.
    async fn put_paper(&self, paper: NewPaper) -> Result<PaperKept, StoreError>;

    /// How many pages each paper has that this draft sent up, by its hash.
    async fn paper_pages(&self, draft: DraftKey) -> Result<Vec<(Hash, Option<u32>)>, StoreError>;

    /// Keeps a public key that receipts are signed by. Keeping it again changes nothing; none is ever forgotten.
    async fn keep_receipt_key(&self, public: Hash, now: Moment) -> Result<(), StoreError>;

    /// Every public key that receipts were ever signed by, the newest first.
    async fn receipt_keys(&self) -> Result<Vec<Hash>, StoreError>;

    /// What was answered to this key before, so that it is answered again though it would be refused by now.
    async fn answer_for(&self, key: DraftKey, body_hash: Hash) -> Result<Answered, StoreError>;

    /// Keeps a submission: dossier, events, audit row, its papers' claim and the answer to its key, together.
    ///
    /// Only papers that the same draft sent up count, and only if kind and size are as declared.
    async fn save_submission(&self, submission: NewSubmission) -> Result<Saved, StoreError>;

    /// Where the dossier with this code stands. What a person answered is not even read.
    async fn track(&self, code_hash: Hash) -> Result<Option<Tracked>, StoreError>;

    /// The dossier with this code, whole.
    async fn sent(&self, code_hash: Hash) -> Result<Option<Dossier>, StoreError>;

    /// Of the last `among` dossiers that were sent, how many by each procedure. Of no person anything is read.
    async fn filed(&self, among: u32) -> Result<Vec<(String, u64)>, StoreError>;

    /// Deletes papers that no submission claimed and that were sent before `before`, and uploads to which nothing was
    /// added since then.
    async fn clear_unclaimed(&self, before: Moment, now: Moment) -> Result<Cleared, StoreError>;

    /// The last row of the audit chain.
    async fn audit_head(&self) -> Result<audit::Head, StoreError>;

    /// Whether reading and writing work at all.
    async fn health(&self) -> Result<(), StoreError>;
}
