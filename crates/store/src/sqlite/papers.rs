//! Papers: bytes first, then the row that points to them; the row first, then the bytes, when they go.
//!
//! Registering and deleting both happen on the writer's thread, so a row never points to bytes that are missing or short.

use super::readers::Readers;
use super::record;
use super::writer::Writer;
use crate::blobs::Blobs;
use crate::{Cleared, Hash, NewPaper, PaperKept, StoreError, hex};
use procedure::calendar::Moment;
use rusqlite::{Connection, params};
use std::sync::Arc;
use std::time::SystemTime;

/// How often a paper whose bytes were cleared away between writing and registering is written again.
const TRIES: usize = 3;

pub(super) async fn put(
    writer: &Writer,
    readers: &Readers,
    blobs: &Arc<Blobs>,
    paper: NewPaper,
) -> Result<PaperKept, StoreError> {
    let NewPaper { draft, sha256, kind, pages, content, now } = paper;
    if readers.run(|db| is_kept(db, &draft.0, &sha256))? {
        return Ok(PaperKept::Before);
    }
    let kind = Kind { sha256, kind: Arc::new(kind), pages, size: content.len() as u64 };
    let row = Row { draft: draft.0, kind };
    write_then(writer, blobs, sha256, content, move |db| register(db, &row, now)).await
}

/// Writes a paper's bytes, then lets `keep` point to them on the writer's thread, where they are sure to lie whole.
pub(super) async fn write_then<T, F>(
    writer: &Writer,
    blobs: &Arc<Blobs>,
    sha256: Hash,
    content: Vec<u8>,
    keep: F,
) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: Fn(&Connection) -> Result<T, StoreError> + Send + Sync + 'static,
{
    let (content, keep) = (Arc::new(content), Arc::new(keep));
    for _ in 0..TRIES {
        let (bytes, to) = (Arc::clone(&content), Arc::clone(blobs));
        let write = tokio::task::spawn_blocking(move || to.write(&sha256, &bytes));
        match write.await.map_err(|error| StoreError::Failed(error.to_string()))? {
            // The writer's thread is where a fatal failure ends the process.
            Err(error @ StoreError::Fatal(_)) => return writer.run(move |_, _| Err(error.clone())).await,
            other => other?,
        }
        let (keep, size) = (Arc::clone(&keep), content.len() as u64);
        // The bytes may have been cleared away meanwhile.
        let there = move |db: &Connection, blobs: &Blobs| {
            if blobs.size(&sha256) == Some(size) { keep(db).map(Some) } else { Ok(None) }
        };
        if let Some(kept) = writer.run(there).await? {
            return Ok(kept);
        }
    }
    Err(StoreError::Busy)
}

pub(super) fn is_kept(db: &Connection, draft: &[u8; 16], sha256: &Hash) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM papers WHERE draft = ?1 AND sha256 = ?2")?.exists(params![draft, sha256])?)
}

/// The pages of every paper of a draft.
pub(super) fn pages(db: &Connection, draft: &[u8; 16]) -> Result<Vec<(Hash, Option<u32>)>, StoreError> {
    let mut select = db.prepare_cached("SELECT sha256, pages FROM papers WHERE draft = ?1")?;
    Ok(select.query_map([draft], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// What is known of a paper's bytes.
pub(super) struct Kind {
    pub sha256: Hash,
    pub kind: Arc<String>,
    pub pages: Option<u32>,
    pub size: u64,
}

/// A paper as it stands in the table.
pub(super) struct Row {
    pub draft: [u8; 16],
    pub kind: Kind,
}

/// Makes a paper whose bytes lie there one of a draft.
pub(super) fn register(db: &Connection, row: &Row, now: Moment) -> Result<PaperKept, StoreError> {
    let Row { draft, kind: Kind { sha256, kind, pages, size } } = row;
    let bytes = i64::try_from(*size).map_err(|error| StoreError::Failed(error.to_string()))?;
    let added = db
        .prepare_cached(
            "INSERT INTO papers (draft, sha256, kind, bytes, pages, sent_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![draft, sha256, kind, bytes, pages, now.0])?;
    if added == 0 {
        return Ok(PaperKept::Before);
    }
    record(db, now, "paper-kept", &hex(sha256), kind)?;
    Ok(PaperKept::New)
}

/// Whether anything points to the bytes of a paper.
pub(super) fn is_used(db: &Connection, sha256: &Hash) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM papers WHERE sha256 = ?1 UNION ALL SELECT 1 FROM citizen_papers WHERE sha256 = ?1
        UNION ALL SELECT 1 FROM consents WHERE sha256 = ?1";
    Ok(db.prepare_cached(sql)?.exists([sha256])?)
}

pub(super) async fn clear(
    writer: &Writer,
    blobs: &Arc<Blobs>,
    before: Moment,
    time: SystemTime,
    now: Moment,
) -> Result<Cleared, StoreError> {
    let to = Arc::clone(blobs);
    let old = tokio::task::spawn_blocking(move || to.older_than(time));
    let old = old.await.map_err(|error| StoreError::Failed(error.to_string()))??;
    let cleared = writer.run_then(
        move |db, _| Ok((delete_rows(db, before, now)?, Cleared::default())),
        move |db, blobs, (deleted, cleared)| {
            cleared.papers = deleted.len() as u64;
            for hash in deleted.iter().chain(&old) {
                // The same bytes may belong to another draft's row, perhaps one of this very transaction, or to an account.
                if !is_used(db, hash)? && blobs.delete(hash)? {
                    cleared.files += 1;
                }
            }
            Ok(())
        },
    );
    Ok(cleared.await?.1)
}

fn delete_rows(db: &Connection, before: Moment, now: Moment) -> Result<Vec<Hash>, StoreError> {
    let deleted = db
        .prepare_cached(
            "DELETE FROM papers WHERE dossier IS NULL AND petition IS NULL AND sent_at < ?1 RETURNING sha256",
        )?
        .query_map([before.0], |row| row.get(0))?
        .collect::<Result<Vec<Hash>, _>>()?;
    if !deleted.is_empty() {
        record(db, now, "papers-cleared", "unclaimed", &deleted.len().to_string())?;
    }
    Ok(deleted)
}
