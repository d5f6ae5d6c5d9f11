//! Handovers in SQLite: rows here, ciphertext in files. Rows go first and files after, as with papers.

use super::SqliteStore;
use super::record;
use crate::blobs::Blobs;
use crate::handovers::{
    AskedPart, By, Ended, Ending, HandoverBegun, HandoverId, HandoverState, Handovers, Meant, NewHandover, NewPart,
    Opened, Opening, PartKept, Standing,
};
use crate::{Hash, StoreError, hex};
use async_trait::async_trait;
use procedure::calendar::{DAY_MS, Moment};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[async_trait]
impl Handovers for SqliteStore {
    async fn begin_handover(&self, new: NewHandover) -> Result<HandoverBegun, StoreError> {
        self.writer.run(move |db, _| begin(db, &new)).await
    }

    async fn put_handover_part(&self, part: NewPart) -> Result<PartKept, StoreError> {
        // Refused before ten megabytes are written for nothing; the writer looks again.
        let bytes = part.content.len() as u64;
        let now = self.readers.run(|db| may_keep(db, &part, bytes))?;
        if now != PartKept::Kept {
            return Ok(now);
        }
        let NewPart { sha256, .. } = part;
        let (files, content) = (Arc::clone(&self.handovers), part.content);
        let row = NewPart { content: Vec::new(), ..part };
        let write = tokio::task::spawn_blocking(move || files.write(&sha256, &content));
        write.await.map_err(|error| StoreError::Failed(error.to_string()))??;
        let files = Arc::clone(&self.handovers);
        let kept = self.writer.run_then(
            move |db, _| keep_part(db, &row, bytes),
            move |db, _, (_, replaced)| delete_files(db, &files, replaced).map(|_| ()),
        );
        Ok(kept.await?.0)
    }

    async fn open_handover(&self, opening: Opening) -> Result<Opened, StoreError> {
        self.writer.run(move |db, _| open(db, &opening)).await
    }

    async fn handover_part(&self, asked: AskedPart) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(sha256) = self.writer.run(move |db, _| lease(db, &asked)).await? else { return Ok(None) };
        let files = Arc::clone(&self.handovers);
        let read = tokio::task::spawn_blocking(move || std::fs::read(files.path(&sha256)));
        Ok(Some(read.await.map_err(|error| StoreError::Failed(error.to_string()))??))
    }

    async fn end_handover(&self, ending: Ending) -> Result<Ended, StoreError> {
        let files = Arc::clone(&self.handovers);
        let ended = self.writer.run_then(
            move |db, _| end(db, &ending),
            move |db, _, (_, gone)| delete_files(db, &files, gone).map(|_| ()),
        );
        Ok(ended.await?.0)
    }

    async fn handover(&self, id: HandoverId, sender: Hash, now: Moment) -> Result<Option<Standing>, StoreError> {
        let row = self.readers.run(|db| Row::by_id(db, id, now))?;
        Ok(row.filter(|row| row.sender == sender).map(|row| row.standing))
    }

    async fn clear_handovers(&self, now: Moment) -> Result<u64, StoreError> {
        // A file without a row was being written when the process ended; nothing younger than a day and a bit is touched.
        let files = Arc::clone(&self.handovers);
        let millis = u64::try_from(now.0 - DAY_MS - 3_600_000).unwrap_or(0);
        let before = SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        let old = tokio::task::spawn_blocking(move || files.older_than(before));
        let old = old.await.map_err(|error| StoreError::Failed(error.to_string()))??;
        let files = Arc::clone(&self.handovers);
        let cleared = self.writer.run_then(
            move |db, _| Ok((clear(db, now)?, 0)),
            move |db, _, (gone, count)| {
                gone.extend(&old);
                *count = delete_files(db, &files, gone)?;
                Ok(())
            },
        );
        Ok(cleared.await?.1)
    }
}

/// A handover whose day has not ended.
struct Row {
    number: i64,
    id: HandoverId,
    sender: Hash,
    by_key: Hash,
    by_code: Hash,
    wrapped: Vec<u8>,
    parts: u32,
    bytes: u64,
    opener: Option<Hash>,
    standing: Standing,
}

impl Row {
    fn by_id(db: &Connection, id: HandoverId, now: Moment) -> Result<Option<Self>, StoreError> {
        Self::find(db, "uid", id.0, now)
    }

    fn find(db: &Connection, by: &str, value: impl rusqlite::ToSql, now: Moment) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT id, uid, sender, by_key, by_code, wrapped, parts, bytes, opener, lease, state, changed, until
             FROM handovers WHERE {by} = ?1 AND until > ?2"
        );
        let row = db
            .prepare_cached(&sql)?
            .query_row(params![value, now.0], |row| {
                let state: String = row.get(10)?;
                let state = HandoverState::of_name(&state).ok_or(rusqlite::Error::InvalidQuery)?;
                let lease: Option<i64> = row.get(9)?;
                let lapsed = state == HandoverState::Opening && lease.is_none_or(|lease| lease <= now.0);
                let state = if lapsed { HandoverState::Lapsed } else { state };
                Ok(Self {
                    number: row.get(0)?,
                    id: HandoverId(row.get(1)?),
                    sender: row.get(2)?,
                    by_key: row.get(3)?,
                    by_code: row.get(4)?,
                    wrapped: row.get(5)?,
                    parts: row.get(6)?,
                    bytes: row.get(7)?,
                    opener: row.get(8)?,
                    standing: Standing { state, since: Moment(row.get(11)?), until: Moment(row.get(12)?) },
                })
            })
            .optional()?;
        Ok(row)
    }

    fn is_leased_to(&self, opener: &Hash) -> bool {
        self.standing.state == HandoverState::Opening && self.opener == Some(*opener)
    }

    /// Gives it another state, and tells the audit chain.
    fn change(&self, db: &Connection, state: HandoverState, now: Moment) -> Result<(), StoreError> {
        db.prepare_cached("UPDATE handovers SET state = ?1, changed = ?2 WHERE id = ?3")?.execute(params![
            state.name(),
            now.0,
            self.number
        ])?;
        record(db, now, "handover", &hex(&self.id.0), state.name())
    }
}

fn begin(db: &Connection, new: &NewHandover) -> Result<HandoverBegun, StoreError> {
    // One that has ended still has its locator until it is cleared away.
    if db.prepare_cached("SELECT 1 FROM handovers WHERE locator = ?1")?.exists([&new.locator])? {
        return Ok(HandoverBegun::LocatorTaken);
    }
    let (count, bytes) = db
        .prepare_cached(
            "SELECT count(*), coalesce(sum(iif(state IN ('waiting', 'opening'), bytes, 0)), 0) FROM handovers",
        )?
        .query_row([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))?;
    if count >= new.most || bytes.saturating_add(new.bytes) > new.most_bytes {
        return Ok(HandoverBegun::Full);
    }
    db.prepare_cached(
        "INSERT INTO handovers (uid, locator, sender, by_key, by_code, wrapped, parts, bytes, state, made_at, until, changed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', ?9, ?10, ?9)",
    )?
    .execute(params![
        new.id.0,
        new.locator,
        new.sender,
        new.by_key,
        new.by_code,
        new.wrapped,
        new.parts,
        new.bytes,
        new.now.0,
        new.until.0
    ])?;
    record(db, new.now, "handover", &hex(&new.id.0), HandoverState::Waiting.name())?;
    Ok(HandoverBegun::New)
}

fn may_keep(db: &Connection, part: &NewPart, bytes: u64) -> Result<PartKept, StoreError> {
    let Some(row) = Row::by_id(db, part.id, part.now)?.filter(|row| row.sender == part.sender) else {
        return Ok(PartKept::Unknown);
    };
    if row.standing.state != HandoverState::Waiting {
        return Ok(PartKept::Over);
    }
    let others: u64 = db
        .prepare_cached("SELECT coalesce(sum(bytes), 0) FROM handover_parts WHERE handover = ?1 AND number != ?2")?
        .query_row(params![row.number, part.number], |row| row.get(0))?;
    let fits = part.number < row.parts && others.saturating_add(bytes) <= row.bytes;
    Ok(if fits { PartKept::Kept } else { PartKept::TooMuch })
}

/// Keeps the row of a part whose file is written; also gives the files that nothing points to any more.
fn keep_part(db: &Connection, part: &NewPart, bytes: u64) -> Result<(PartKept, Vec<Hash>), StoreError> {
    let may = may_keep(db, part, bytes)?;
    if may != PartKept::Kept {
        return Ok((may, vec![part.sha256]));
    }
    let of = "handover = (SELECT id FROM handovers WHERE uid = ?1) AND number = ?2";
    let replaced = db
        .prepare_cached(&format!("DELETE FROM handover_parts WHERE {of} RETURNING sha256"))?
        .query_map(params![part.id.0, part.number], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    db.prepare_cached(
        "INSERT INTO handover_parts (handover, number, sha256, bytes)
         SELECT id, ?2, ?3, ?4 FROM handovers WHERE uid = ?1",
    )?
    .execute(params![part.id.0, part.number, part.sha256, bytes])?;
    Ok((PartKept::Kept, replaced))
}

fn open(db: &Connection, opening: &Opening) -> Result<Opened, StoreError> {
    let now = opening.now;
    let (row, is_proof): (_, fn(&Row) -> Hash) = match &opening.meant {
        Meant::Id(id) => (Row::by_id(db, *id, now)?, |row| row.by_key),
        Meant::Locator(locator) => (Row::find(db, "locator", locator, now)?, |row| row.by_code),
    };
    // Hashes of random secrets are compared: how long that takes tells nothing about the secrets.
    let Some(row) = row.filter(|row| is_proof(row) == opening.proof) else { return Ok(Opened::Unknown) };
    match row.standing.state {
        HandoverState::TakenBack => return Ok(Opened::TakenBack),
        HandoverState::Taken | HandoverState::Lapsed => return Ok(Opened::Before),
        HandoverState::Opening if !row.is_leased_to(&opening.opener) => return Ok(Opened::Before),
        HandoverState::Waiting | HandoverState::Opening => {}
    }
    let arrived: u32 = db
        .prepare_cached("SELECT count(*) FROM handover_parts WHERE handover = ?1")?
        .query_row([row.number], |row| row.get(0))?;
    if arrived < row.parts {
        return Ok(Opened::NotReady);
    }
    db.prepare_cached("UPDATE handovers SET opener = ?1, lease = ?2 WHERE id = ?3")?.execute(params![
        opening.opener,
        opening.lease.0,
        row.number
    ])?;
    if row.standing.state == HandoverState::Waiting {
        row.change(db, HandoverState::Opening, now)?;
    }
    Ok(Opened::Yours { id: row.id, wrapped: row.wrapped, parts: row.parts })
}

/// Renews the lease; gives the hash of the part.
fn lease(db: &Connection, asked: &AskedPart) -> Result<Option<Hash>, StoreError> {
    let row = Row::by_id(db, asked.id, asked.now)?.filter(|row| row.is_leased_to(&asked.opener));
    let Some(row) = row else { return Ok(None) };
    db.prepare_cached("UPDATE handovers SET lease = ?1 WHERE id = ?2")?.execute(params![asked.lease.0, row.number])?;
    Ok(db
        .prepare_cached("SELECT sha256 FROM handover_parts WHERE handover = ?1 AND number = ?2")?
        .query_row(params![row.number, asked.number], |row| row.get(0))
        .optional()?)
}

/// Ends one; also gives the files of its content.
fn end(db: &Connection, ending: &Ending) -> Result<(Ended, Vec<Hash>), StoreError> {
    let none = |ended| Ok((ended, Vec::new()));
    let Some(row) = Row::by_id(db, ending.id, ending.now)? else { return none(Ended::Unknown) };
    let theirs = match ending.by {
        By::Sender => row.sender == ending.token,
        By::Opener => row.opener == Some(ending.token),
    };
    let end = match (ending.by, row.standing.state) {
        _ if !theirs => return none(Ended::Unknown),
        (By::Sender, HandoverState::TakenBack) | (By::Opener, HandoverState::Taken) => return none(Ended::Done),
        (By::Sender, HandoverState::Waiting) => HandoverState::TakenBack,
        // Whoever has everything has it, also when saying so took longer than the lease.
        (By::Opener, HandoverState::Opening | HandoverState::Lapsed) => HandoverState::Taken,
        (By::Sender, _) => return none(Ended::Opened),
        (By::Opener, _) => return none(Ended::Unknown),
    };
    row.change(db, end, ending.now)?;
    Ok((Ended::Done, empty(db, row.number)?))
}

/// Deletes the content of a handover and leaves the row, which tells until its day ends what became of it.
fn empty(db: &Connection, number: i64) -> Result<Vec<Hash>, StoreError> {
    db.prepare_cached("UPDATE handovers SET wrapped = x'' WHERE id = ?1")?.execute([number])?;
    let mut delete = db.prepare_cached("DELETE FROM handover_parts WHERE handover = ?1 RETURNING sha256")?;
    Ok(delete.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn clear(db: &Connection, now: Moment) -> Result<Vec<Hash>, StoreError> {
    let over = db
        .prepare_cached("SELECT id FROM handovers WHERE until <= ?1 OR (state = 'opening' AND lease <= ?1)")?
        .query_map([now.0], |row| row.get::<_, i64>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut gone = Vec::new();
    for number in over {
        gone.extend(empty(db, number)?);
    }
    db.prepare_cached(
        "UPDATE handovers SET state = 'lapsed', changed = lease WHERE state = 'opening' AND lease <= ?1",
    )?
    .execute([now.0])?;
    let ended = db.prepare_cached("DELETE FROM handovers WHERE until <= ?1")?.execute([now.0])?;
    if ended > 0 {
        record(db, now, "handovers-cleared", "ended", &ended.to_string())?;
    }
    Ok(gone)
}

fn delete_files(db: &Connection, files: &Blobs, gone: &[Hash]) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for hash in gone {
        let used = db.prepare_cached("SELECT 1 FROM handover_parts WHERE sha256 = ?1")?.exists([hash])?;
        if !used && files.delete(hash)? {
            deleted += 1;
        }
    }
    Ok(deleted)
}
