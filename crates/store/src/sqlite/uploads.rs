//! Uploads: a part's bytes first, on the disk, then the row that counts them.
//!
//! A part that fails anywhere in between leaves bytes that nothing counts, and the next part is written over them.

use super::writer::Writer;
use super::{SqliteStore, papers};
use crate::blobs::Blobs;
use crate::parts::Parts;
use crate::uploads::{Appended, Begun, Full, LEAST_WEIGHT, NewUpload, Room, Upload, UploadId, Uploads};
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::sync::Arc;
use std::time::SystemTime;

#[async_trait]
impl Uploads for SqliteStore {
    async fn begin_upload(&self, upload: NewUpload, room: Room) -> Result<Begun, StoreError> {
        self.writer.run(move |db, _| begin(db, &upload, room)).await
    }

    async fn upload(&self, id: UploadId) -> Result<Option<Upload>, StoreError> {
        let found = self.readers.run(|db| find(db, &id.hash()))?;
        let Some(upload) = found.filter(|upload| upload.received == upload.bytes) else { return Ok(found) };
        let kept = self.readers.run(|db| papers::is_kept(db, &upload.draft.0, &upload.sha256))?;
        Ok(Some(upload).filter(|_| kept))
    }

    async fn append(
        &self,
        id: UploadId,
        at: u64,
        part: Vec<u8>,
        room: Room,
        now: Moment,
    ) -> Result<Appended, StoreError> {
        append(self, id.hash(), at, part, room, now).await
    }

    async fn arrived(&self, id: UploadId, length: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let parts = Arc::clone(&self.parts);
        let read = tokio::task::spawn_blocking(move || parts.read(&id.hash(), length));
        Ok(read.await.map_err(|error| StoreError::Failed(error.to_string()))??)
    }

    async fn end_upload(&self, id: UploadId, now: Moment) -> Result<(), StoreError> {
        let (name, parts) = (id.hash(), Arc::clone(&self.parts));
        let then = move |_: &Connection, _: &Blobs, (): &mut ()| {
            parts.delete(&name)?;
            Ok(())
        };
        self.writer.run_then(move |db, _| end(db, &name, now), then).await
    }

    async fn remove_upload(&self, id: UploadId) -> Result<bool, StoreError> {
        remove(&self.writer, &self.parts, id.hash()).await
    }
}

async fn append(
    store: &SqliteStore,
    name: Hash,
    at: u64,
    part: Vec<u8>,
    room: Room,
    now: Moment,
) -> Result<Appended, StoreError> {
    let Some(hold) = store.parts.hold(name) else { return Ok(Appended::Held) };
    let length = part.len() as u64;
    match store.readers.run(|db| find(db, &name))? {
        None => return Ok(Appended::Unknown),
        Some(upload) if upload.received != at || at + length >= upload.bytes => return Ok(Appended::Elsewhere),
        Some(_) => {}
    }
    // Held through to the commit, also when whoever asked hangs up in the middle.
    let write = tokio::task::spawn_blocking(move || hold.write(at, &part).map(|there| (hold, there)));
    let (hold, there) = match write.await.map_err(|error| StoreError::Failed(error.to_string()))? {
        // The writer's thread is where a fatal failure ends the process.
        Err(error @ StoreError::Fatal(_)) => return store.writer.run(move |_, _| Err(error.clone())).await,
        other => other?,
    };
    if !there {
        remove(&store.writer, &store.parts, name).await?;
        return Ok(Appended::Unknown);
    }
    let let_go = move |_: &Connection, _: &Blobs, _: &mut Appended| {
        // Before it is answered: the next part may come at once.
        drop(hold);
        Ok(())
    };
    let appended = store.writer.run_then(move |db, _| advance(db, &name, at, length, room, now), let_go).await?;
    if appended == Appended::Unknown {
        // Taken away meanwhile: then this part was the first of a new file that nothing points to.
        store.parts.delete(&name)?;
    }
    Ok(appended)
}

fn begin(db: &Connection, upload: &NewUpload, room: Room) -> Result<Begun, StoreError> {
    let NewUpload { id, draft, sha256, bytes, source, now } = upload;
    let arrived = papers::is_kept(db, &draft.0, sha256)?;
    if arrived {
        forget_ended(db, draft, sha256)?;
    } else if let Some(full) = full(db, source, LEAST_WEIGHT, room)? {
        return Ok(Begun::Full(full));
    }
    let (bytes, source) = (number(*bytes)?, if arrived { &[0; 8] } else { source });
    db.prepare_cached(
        "INSERT INTO uploads (id_hash, draft, sha256, source, bytes, received, last_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![id.hash(), draft.0, sha256, source, bytes, if arrived { bytes } else { 0 }, now.0])?;
    Ok(if arrived { Begun::Arrived } else { Begun::New })
}

fn find(db: &Connection, name: &Hash) -> Result<Option<Upload>, StoreError> {
    let found = db
        .prepare_cached("SELECT draft, sha256, bytes, received, last_at FROM uploads WHERE id_hash = ?1")?
        .query_row([name], |row| {
            Ok(Upload {
                draft: DraftKey(row.get(0)?),
                sha256: row.get(1)?,
                bytes: row.get(2)?,
                received: row.get(3)?,
                last_at: Moment(row.get(4)?),
            })
        })
        .optional()?;
    Ok(found)
}

/// Counts a part that is on the disk.
fn advance(
    db: &Connection,
    name: &Hash,
    at: u64,
    length: u64,
    room: Room,
    now: Moment,
) -> Result<Appended, StoreError> {
    let source: Option<[u8; 8]> = db
        .prepare_cached("SELECT source FROM uploads WHERE id_hash = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    let Some(source) = source else { return Ok(Appended::Unknown) };
    let more = (at + length).max(LEAST_WEIGHT) - at.max(LEAST_WEIGHT);
    if let Some(full) = full(db, &source, more, room)? {
        return Ok(Appended::Full(full));
    }
    let moved = db
        .prepare_cached("UPDATE uploads SET received = ?3, last_at = ?4 WHERE id_hash = ?1 AND received = ?2")?
        .execute(params![name, number(at)?, number(at + length)?, now.0])?;
    Ok(if moved == 1 { Appended::Now } else { Appended::Elsewhere })
}

/// Whose room has no place for so many bytes more.
fn full(db: &Connection, source: &[u8; 8], more: u64, room: Room) -> Result<Option<Full>, StoreError> {
    let (of_source, of_all): (u64, u64) = db
        .prepare_cached(
            "SELECT coalesce(sum(max(received, ?2)) FILTER (WHERE source = ?1), 0), coalesce(sum(max(received, ?2)), 0)
             FROM uploads WHERE received < bytes",
        )?
        .query_row(params![source, number(LEAST_WEIGHT)?], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(if of_source + more > room.of_source {
        Some(Full::Source)
    } else if of_all + more > room.of_all {
        Some(Full::All)
    } else {
        None
    })
}

fn end(db: &Connection, name: &Hash, now: Moment) -> Result<(), StoreError> {
    let Some(Upload { draft, sha256, .. }) = find(db, name)? else { return Ok(()) };
    forget_ended(db, &draft, &sha256)?;
    // Where it came from is of no use any more.
    db.prepare_cached("UPDATE uploads SET received = bytes, source = zeroblob(8), last_at = ?2 WHERE id_hash = ?1")?
        .execute(params![name, now.0])?;
    Ok(())
}

/// One whole upload of a paper is enough to remember, so that announcing it again and again fills nothing.
fn forget_ended(db: &Connection, draft: &DraftKey, sha256: &Hash) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM uploads WHERE draft = ?1 AND sha256 = ?2 AND received = bytes")?
        .execute(params![draft.0, sha256])?;
    Ok(())
}

async fn remove(writer: &Writer, parts: &Arc<Parts>, name: Hash) -> Result<bool, StoreError> {
    let parts = Arc::clone(parts);
    let delete = move |db: &Connection, _: &Blobs| {
        Ok(db.prepare_cached("DELETE FROM uploads WHERE id_hash = ?1")?.execute([name])? == 1)
    };
    let then = move |_: &Connection, _: &Blobs, _: &mut bool| {
        parts.delete(&name)?;
        Ok(())
    };
    writer.run_then(delete, then).await
}

/// Takes uploads away to which nothing was added since `before`, and files that no row counts. Answers how many.
pub(super) async fn clear(store: &SqliteStore, before: Moment, time: SystemTime) -> Result<u64, StoreError> {
    let (listed, parts) = (Arc::clone(&store.parts), Arc::clone(&store.parts));
    let old = tokio::task::spawn_blocking(move || listed.older_than(time));
    let old = old.await.map_err(|error| StoreError::Failed(error.to_string()))??;
    let delete = move |db: &Connection, _: &Blobs| {
        let deleted = db
            .prepare_cached("DELETE FROM uploads WHERE last_at < ?1 RETURNING id_hash")?
            .query_map([before.0], |row| row.get(0))?
            .collect::<Result<Vec<Hash>, _>>()?;
        Ok(deleted)
    };
    let then = move |db: &Connection, _: &Blobs, deleted: &mut Vec<Hash>| {
        for name in deleted.iter().chain(&old) {
            if find(db, name)?.is_none() {
                parts.delete(name)?;
            }
        }
        Ok(())
    };
    Ok(store.writer.run_then(delete, then).await?.len() as u64)
}

fn number(bytes: u64) -> Result<i64, StoreError> {
    i64::try_from(bytes).map_err(|error| StoreError::Failed(error.to_string()))
}
