//! SQLite behind [`Postings`].

use super::{SqliteStore, acts, notices, queue, record, submissions};
use crate::desk::Kept;
use crate::postings::{KeptLine, KeptPosting, NewPosting, PostingSaved, Postings, WaitingAsked};
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::{DossierId, PostingId};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

const COLUMNS: &str = "uid, agency, procedure, title, made_at, not_after, \
    (SELECT count(*) FROM posting_lines WHERE posting_lines.posting = postings.id)";

#[async_trait]
impl Postings for SqliteStore {
    async fn waiting(&self, asked: WaitingAsked) -> Result<Vec<Kept>, StoreError> {
        self.readers.run(|db| waiting(db, &asked))
    }

    async fn posting_before(&self, key: DraftKey, body_hash: Hash) -> Result<PostingSaved, StoreError> {
        self.readers.run(|db| before(db, key, &body_hash))
    }

    async fn save_posting(&self, posting: NewPosting) -> Result<PostingSaved, StoreError> {
        self.writer.run(move |db, _| save(db, &posting)).await
    }

    async fn postings(&self, agency: Option<String>, now: Moment) -> Result<Vec<KeptPosting>, StoreError> {
        self.readers.run(|db| {
            let mut select = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM postings
                 WHERE not_after >= ?1 AND made_at <= ?1 AND (?2 IS NULL OR agency = ?2) ORDER BY not_after, title, uid"
            ))?;
            let rows = select.query_map(params![now.0, agency], posting)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    async fn posting(&self, id: PostingId, now: Moment) -> Result<Option<(KeptPosting, Vec<KeptLine>)>, StoreError> {
        self.readers.run(|db| {
            let found = db
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM postings WHERE uid = ?1 AND not_after >= ?2 AND made_at <= ?2"
                ))?
                .query_row(params![id.0, now.0], posting)
                .optional()?;
            let Some(posting) = found else { return Ok(None) };
            let mut select = db.prepare_cached(
                "SELECT line, name, place FROM posting_lines
                 WHERE posting = (SELECT id FROM postings WHERE uid = ?1) ORDER BY line",
            )?;
            let lines = select
                .query_map([id.0], |row| Ok(KeptLine { line: row.get(0)?, name: row.get(1)?, place: row.get(2)? }))?;
            Ok(Some((posting, lines.collect::<Result<_, _>>()?)))
        })
    }

    async fn posting_line(&self, id: PostingId, line: u32, now: Moment) -> Result<Option<DossierId>, StoreError> {
        self.readers.run(|db| {
            let found: Option<[u8; 16]> = db
                .prepare_cached(
                    "SELECT dossiers.uid FROM postings
                     JOIN posting_lines ON posting_lines.posting = postings.id
                     JOIN dossiers ON dossiers.id = posting_lines.dossier
                     WHERE postings.uid = ?1 AND line = ?2 AND not_after >= ?3 AND made_at <= ?3",
                )?
                .query_row(params![id.0, line, now.0], |row| row.get(0))
                .optional()?;
            Ok(found.map(DossierId))
        })
    }
}

fn posting(row: &Row<'_>) -> Result<KeptPosting, rusqlite::Error> {
    Ok(KeptPosting {
        id: PostingId(row.get(0)?),
        agency: row.get(1)?,
        procedure: row.get(2)?,
        title: row.get(3)?,
        made_at: Moment(row.get(4)?),
        not_after: Moment(row.get(5)?),
        lines: row.get(6)?,
    })
}

fn waiting(db: &Connection, asked: &WaitingAsked) -> Result<Vec<Kept>, StoreError> {
    // The index of the queues has unit, role and procedure, so that only those that are wanted are read.
    let mut select = db.prepare_cached(
        "SELECT uid FROM dossiers WHERE role IS NOT NULL AND stands = 0 AND unit = ?1 AND role = ?2 AND procedure = ?3
         ORDER BY stage_due_at, id LIMIT ?4",
    )?;
    let found =
        select.query_map(params![asked.unit, asked.role.name(), asked.procedure, asked.most], |row| row.get(0))?;
    let ids = found.collect::<Result<Vec<[u8; 16]>, _>>()?;
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.extend(acts::kept(db, DossierId(id))?);
    }
    Ok(all)
}

fn before(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<PostingSaved, StoreError> {
    let kept: Option<(Hash, [u8; 16])> = db
        .prepare_cached("SELECT body_hash, uid FROM postings WHERE key = ?1")?
        .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match kept {
        None => PostingSaved::New,
        Some((hash, uid)) if hash == *body_hash => PostingSaved::Before(PostingId(uid)),
        Some(_) => PostingSaved::KeyReused,
    })
}

fn save(db: &Connection, new: &NewPosting) -> Result<PostingSaved, StoreError> {
    let known = before(db, new.key, &new.body_hash)?;
    if known != PostingSaved::New {
        return Ok(known);
    }
    // Everything is looked at before anything is written.
    let mut dossiers = Vec::with_capacity(new.lines.len());
    for line in &new.lines {
        let found: Option<(i64, u32, bool)> = db
            .prepare_cached(
                "SELECT id, (SELECT count(*) FROM events WHERE dossier = dossiers.id),
                     EXISTS (SELECT 1 FROM posting_lines JOIN postings ON postings.id = posting_lines.posting
                             WHERE posting_lines.dossier = dossiers.id AND not_after >= ?2)
                 FROM dossiers WHERE uid = ?1",
            )?
            .query_row(params![line.dossier.0, new.made_at.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        match found {
            Some((dossier, version, false)) if version == line.version && !dossiers.contains(&dossier) => {
                dossiers.push(dossier);
            }
            _ => return Ok(PostingSaved::Changed),
        }
    }
    db.prepare_cached(
        "INSERT INTO postings (uid, key, body_hash, agency, procedure, title, officer, made_at, not_after)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        new.id.0,
        new.key.0,
        new.body_hash,
        new.agency,
        new.procedure,
        new.title,
        new.officer.0,
        new.made_at.0,
        new.not_after.0
    ])?;
    let posting = db.last_insert_rowid();
    for (line, dossier) in new.lines.iter().zip(dossiers) {
        db.prepare_cached(
            "INSERT INTO posting_lines (posting, line, dossier, name, place) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![posting, line.line.line, dossier, line.line.name, line.line.place])?;
        submissions::insert_event(db, dossier, i64::from(line.version), &line.event)?;
        queue::place(db, dossier, &line.place)?;
        if let Some(notice) = &line.notice {
            notices::keep(db, dossier, line.version, new.made_at, notice)?;
        }
        let detail = format!("by {}, event {}", new.officer, line.version);
        record(db, new.made_at, "dossier-posted", &line.dossier.to_string(), &detail)?;
    }
    let detail = format!("by {}, {} lines, until {}", new.officer, new.lines.len(), new.not_after.0);
    record(db, new.made_at, "posting-published", &new.id.to_string(), &detail)?;
    Ok(PostingSaved::New)
}
