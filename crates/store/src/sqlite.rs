//! SQLite behind the [`Store`](crate::Store) trait: one thread writes, a few connections read.

mod absences;
mod acts;
mod citizen_links;
mod citizen_notices;
mod citizen_papers;
mod citizens;
mod connection;
mod consents;
mod desk;
mod doctor;
mod figures;
mod handovers;
mod identities;
mod meetings;
mod mine;
mod notices;
mod officers;
mod papers;
mod parcels;
mod payments;
mod petitions;
mod postings;
mod published;
mod queue;
mod ratings;
mod readers;
mod receipt_keys;
mod search;
mod sessions;
mod submissions;
mod texts;
mod turns;
mod units;
mod uploads;
mod writer;

use crate::blobs::Blobs;
use crate::parts::Parts;
use crate::{
    Answered, Cleared, DraftKey, Hash, NewPaper, NewSubmission, OpenError, PaperKept, Saved, Store, StoreError,
    TextKind, audit,
};
use async_trait::async_trait;
use dossier::{Dossier, Tracked};
use procedure::calendar::Moment;
use readers::Readers;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use writer::Writer;

pub use doctor::{Report, with_audit};
pub use writer::OnFatal;

/// Connections that only read.
const READERS: usize = 4;

/// A data folder: `motcua.db`, its log files, `papers/`, `uploads/`, `handovers/`, and a lock that keeps a second process
/// out.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    blobs: Arc<Blobs>,
    parts: Arc<Parts>,
    /// Ciphertext on its way between phones; apart from the papers, which are somebody's for years.
    handovers: Arc<Blobs>,
    _lock: File,
}

impl SqliteStore {
    /// Opens or makes the data folder, brings its tables up to date and starts the writer's thread.
    ///
    /// `on_fatal` is called on that thread when the disk can no longer be trusted, before anybody is answered; it is
    /// expected to end the process.
    ///
    /// # Errors
    /// When the folder is in use, a setting does not hold, or the tables are newer than this program.
    pub fn open(folder: &Path, on_fatal: OnFatal) -> Result<Self, OpenError> {
        std::fs::create_dir_all(folder)?;
        let lock = connection::lock(folder)?;
        let blobs = Arc::new(Blobs::open(folder.join("papers"))?);
        let parts = Arc::new(Parts::open(folder.join("uploads"))?);
        let handovers = Arc::new(Blobs::open(folder.join("handovers"))?);
        let writing = connection::open_writing(folder)?;
        let readers = Readers::open(folder, READERS)?;
        let writer = Writer::start(writing, Arc::clone(&blobs), on_fatal)?;
        Ok(Self { writer, readers, blobs, parts, handovers, _lock: lock })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn keep_text(&self, kind: TextKind, fingerprint: &str, text: &str, now: Moment) -> Result<(), StoreError> {
        let (fingerprint, text) = (fingerprint.to_owned(), text.to_owned());
        self.writer.run(move |db, _| texts::keep(db, kind, &fingerprint, &text, now)).await
    }

    async fn text(&self, kind: TextKind, fingerprint: &str) -> Result<Option<String>, StoreError> {
        self.readers.run(|db| texts::read(db, kind, fingerprint))
    }

    async fn put_paper(&self, paper: NewPaper) -> Result<PaperKept, StoreError> {
        papers::put(&self.writer, &self.readers, &self.blobs, paper).await
    }

    async fn paper_pages(&self, draft: DraftKey) -> Result<Vec<(Hash, Option<u32>)>, StoreError> {
        self.readers.run(|db| papers::pages(db, &draft.0))
    }

    async fn keep_receipt_key(&self, public: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| receipt_keys::keep(db, &public, now)).await
    }

    async fn receipt_keys(&self) -> Result<Vec<Hash>, StoreError> {
        self.readers.run(receipt_keys::all)
    }

    async fn answer_for(&self, key: DraftKey, body_hash: Hash) -> Result<Answered, StoreError> {
        self.readers.run(|db| submissions::answer_for(db, key, &body_hash))
    }

    async fn save_submission(&self, submission: NewSubmission) -> Result<Saved, StoreError> {
        let filing = serde_json::to_string(&submission.dossier.filing);
        let filing = filing.map_err(|error| StoreError::Failed(error.to_string()))?;
        self.writer.run(move |db, _| submissions::save(db, &submission, &filing)).await
    }

    async fn sent(&self, code_hash: Hash) -> Result<Option<Dossier>, StoreError> {
        self.readers.run(|db| submissions::sent(db, &code_hash))
    }

    async fn track(&self, code_hash: Hash) -> Result<Option<Tracked>, StoreError> {
        self.readers.run(|db| submissions::track(db, &code_hash))
    }

    async fn filed(&self, among: u32) -> Result<Vec<(String, u64)>, StoreError> {
        self.readers.run(|db| submissions::filed(db, among))
    }

    async fn clear_unclaimed(&self, before: Moment, now: Moment) -> Result<Cleared, StoreError> {
        let millis = u64::try_from(before.0).unwrap_or(0);
        let time = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        let uploads = uploads::clear(self, before, time).await?;
        Ok(Cleared { uploads, ..papers::clear(&self.writer, &self.blobs, before, time, now).await? })
    }

    async fn audit_head(&self) -> Result<audit::Head, StoreError> {
        self.readers.run(|db| Ok(head(db)?.unwrap_or(audit::Head { id: 0, hash: audit::START })))
    }

    async fn health(&self) -> Result<(), StoreError> {
        self.writer.run(|_, _| Ok(())).await?;
        self.readers.run(|db| Ok(db.query_row("SELECT 1", [], |_| Ok(()))?))
    }
}

/// The last row of the audit chain, when there is one.
fn head(db: &Connection) -> Result<Option<audit::Head>, StoreError> {
    let last = db
        .prepare_cached("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| Ok(audit::Head { id: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last)
}

/// Adds a row to the audit chain, in the transaction that is open.
fn record(db: &Connection, at: Moment, act: &str, subject: &str, detail: &str) -> Result<(), StoreError> {
    let (id, before) = head(db)?.map_or((1, audit::START), |head| (head.id + 1, head.hash));
    let hash = audit::hash(&before, id, at, act, subject, detail);
    db.prepare_cached("INSERT INTO audit (id, at, act, subject, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![id, at.0, act, subject, detail, hash])?;
    Ok(())
}
