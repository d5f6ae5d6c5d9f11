//! The papers of citizens' accounts. Registering, using and deleting all happen on the writer's thread, as with other papers.

use super::acts::by_row;
use super::papers::{self, Row, is_used, register, write_then};
use super::{SqliteStore, record};
use crate::blobs::Blobs;
use crate::citizen_papers::{
    CitizenDossier, CitizenPaper, CitizenPaperKept, CitizenPapers, CitizenPapersFound, CitizenRoom, NewCitizenPaper,
    UsedCitizenPaper,
};
use crate::desk::DeskStore as _;
use crate::{Hash, PaperKept, StoreError, hex};
use account::CitizenId;
use async_trait::async_trait;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::sync::Arc;

#[async_trait]
impl CitizenPapers for SqliteStore {
    async fn keep_citizen_paper(&self, paper: NewCitizenPaper) -> Result<CitizenPaperKept, StoreError> {
        let NewCitizenPaper { citizen, sha256, kind, pages, name, content, room, now } = paper;
        let row = papers::Kind { sha256, kind: Arc::new(kind), pages, size: content.len() as u64 };
        // Asked before anything is written: bytes without a row lie there for days.
        if let Some(kept) = self.readers.run(|db| before(db, citizen, &sha256, row.size, room))? {
            return Ok(kept);
        }
        let add = move |db: &Connection| {
            if let Some(kept) = before(db, citizen, &row.sha256, row.size, room)? {
                return Ok(kept);
            }
            add(db, citizen, &row, &name, now)
        };
        write_then(&self.writer, &self.blobs, sha256, content, add).await
    }

    async fn citizen_papers(
        &self,
        citizen: CitizenId,
        only: Option<Hash>,
        most: u32,
    ) -> Result<CitizenPapersFound, StoreError> {
        self.readers.run(|db| found(db, citizen, only, most))
    }

    async fn name_citizen_paper(
        &self,
        citizen: CitizenId,
        sha256: Hash,
        name: String,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let rename = move |db: &Connection, _: &Blobs| {
            let sql = format!("UPDATE citizen_papers SET name = ?3 WHERE citizen = {WHOSE} AND sha256 = ?2");
            let there = db.prepare_cached(&sql)?.execute(params![citizen.0, sha256, name])? > 0;
            if there {
                record(db, now, "citizen-paper-named", &citizen.to_string(), &hex(&sha256))?;
            }
            Ok(there)
        };
        self.writer.run(rename).await
    }

    async fn leave_citizen_paper(&self, citizen: CitizenId, sha256: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer
            .run_then(move |db, _| leave(db, citizen, &sha256, now), move |db, blobs, ()| forget(db, blobs, &[sha256]))
            .await
    }

    async fn read_citizen_paper(
        &self,
        citizen: CitizenId,
        sha256: Hash,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let kind = self.writer.run(move |db, _| read(db, citizen, &sha256, now)).await?;
        let Some(kind) = kind else { return Ok(None) };
        let bytes = self.content(sha256).await?;
        Ok(bytes.map(|bytes| (kind, bytes)))
    }

    async fn use_citizen_paper(&self, paper: UsedCitizenPaper) -> Result<Option<(PaperKept, String, u64)>, StoreError> {
        self.writer
            .run(move |db, blobs| {
                let Some(kind) = source(db, &paper)? else { return Ok(None) };
                let UsedCitizenPaper { citizen, sha256, draft, now, .. } = paper;
                if blobs.size(&sha256) != Some(kind.size) {
                    return Err(StoreError::Failed(format!("no bytes of {}", hex(&sha256))));
                }
                let (media_type, size) = (kind.kind.to_string(), kind.size);
                let kept = register(db, &Row { draft: draft.0, kind }, now)?;
                if kept == PaperKept::New {
                    record(db, now, "citizen-paper-used", &citizen.to_string(), &hex(&sha256))?;
                }
                Ok(Some((kept, media_type, size)))
            })
            .await
    }
}

/// The account's row, whose name is the first value given.
const WHOSE: &str = "(SELECT id FROM citizens WHERE uid = ?1)";

/// What an account has that was put there by itself; it goes with the account.
pub(super) fn of(db: &Connection, citizen: CitizenId) -> Result<Vec<Hash>, StoreError> {
    let sql = format!("SELECT sha256 FROM citizen_papers WHERE citizen = {WHOSE}");
    Ok(db.prepare_cached(&sql)?.query_map([citizen.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Deletes the bytes of papers that were taken out, once that is on the disk. The same bytes may belong to a dossier, or to
/// somebody else's account; then they stay.
pub(super) fn forget(db: &Connection, blobs: &Blobs, papers: &[Hash]) -> Result<(), StoreError> {
    for sha256 in papers {
        if !is_used(db, sha256)? {
            blobs.delete(sha256)?;
        }
    }
    Ok(())
}

/// What is answered when there is nothing to keep: it is there, or there is no room for it.
fn before(
    db: &Connection,
    citizen: CitizenId,
    sha256: &Hash,
    size: u64,
    room: CitizenRoom,
) -> Result<Option<CitizenPaperKept>, StoreError> {
    let sql = format!("SELECT 1 FROM citizen_papers WHERE citizen = {WHOSE} AND sha256 = ?2");
    if db.prepare_cached(&sql)?.exists(params![citizen.0, sha256])? {
        return Ok(Some(CitizenPaperKept::Before));
    }
    let sql = format!("SELECT count(*), coalesce(sum(bytes), 0) FROM citizen_papers WHERE citizen = {WHOSE}");
    let (papers, bytes): (u64, u64) =
        db.prepare_cached(&sql)?.query_row([citizen.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let full = papers >= room.papers || bytes.saturating_add(size) > room.bytes;
    Ok(full.then_some(CitizenPaperKept::Full))
}

fn add(
    db: &Connection,
    citizen: CitizenId,
    row: &papers::Kind,
    name: &str,
    now: Moment,
) -> Result<CitizenPaperKept, StoreError> {
    let papers::Kind { sha256, kind, pages, size } = row;
    let sql = format!(
        "INSERT INTO citizen_papers (citizen, sha256, kind, bytes, pages, name, kept_at)
         VALUES ({WHOSE}, ?2, ?3, ?4, ?5, ?6, ?7)"
    );
    db.prepare_cached(&sql)?.execute(params![citizen.0, sha256, kind, size, pages, name, now.0])?;
    record(db, now, "citizen-paper-kept", &citizen.to_string(), &hex(sha256))?;
    Ok(CitizenPaperKept::New)
}

fn found(db: &Connection, citizen: CitizenId, only: Option<Hash>, most: u32) -> Result<CitizenPapersFound, StoreError> {
    let sql = format!(
        "SELECT sha256, kind, bytes, name, kept_at FROM citizen_papers
         WHERE citizen = {WHOSE} AND (?2 IS NULL OR sha256 = ?2)"
    );
    let own = db
        .prepare_cached(&sql)?
        .query_map(params![citizen.0, only], |row| {
            let kept_at = Moment(row.get(4)?);
            Ok(CitizenPaper { sha256: row.get(0)?, kind: row.get(1)?, bytes: row.get(2)?, name: row.get(3)?, kept_at })
        })?
        .collect::<Result<_, _>>()?;
    let sql = format!("SELECT sha256, at FROM citizen_papers_left_out WHERE citizen = {WHOSE}");
    let left_out = db
        .prepare_cached(&sql)?
        .query_map([citizen.0], |row| Ok((row.get(0)?, Moment(row.get(1)?))))?
        .collect::<Result<_, _>>()?;
    let sql = format!(
        "SELECT id, claimed_at IS NOT NULL FROM dossiers
         WHERE citizen = {WHOSE} AND (?2 IS NULL OR id IN (SELECT dossier FROM papers WHERE sha256 = ?2))
         ORDER BY id DESC LIMIT ?3"
    );
    let rows: Vec<(i64, bool)> = db
        .prepare_cached(&sql)?
        .query_map(params![citizen.0, only, most], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let whole = |(row, claimed): (i64, bool)| {
        let kept = by_row(db, row).transpose()?;
        Some(kept.map(|kept| CitizenDossier { kept, claimed }))
    };
    let dossiers = rows.into_iter().filter_map(whole).collect::<Result<_, _>>()?;
    Ok(CitizenPapersFound { own, left_out, dossiers })
}

fn leave(db: &Connection, citizen: CitizenId, sha256: &Hash, now: Moment) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM citizen_papers WHERE citizen = {WHOSE} AND sha256 = ?2");
    db.prepare_cached(&sql)?.execute(params![citizen.0, sha256])?;
    let sql = format!(
        "INSERT INTO citizen_papers_left_out (citizen, sha256, at)
         SELECT {WHOSE}, ?2, ?3 WHERE EXISTS (SELECT 1 FROM papers JOIN dossiers ON dossiers.id = papers.dossier
             WHERE papers.sha256 = ?2 AND dossiers.citizen = {WHOSE})
         ON CONFLICT DO UPDATE SET at = ?3"
    );
    db.prepare_cached(&sql)?.execute(params![citizen.0, sha256, now.0])?;
    record(db, now, "citizen-paper-left", &citizen.to_string(), &hex(sha256))
}

fn read(db: &Connection, citizen: CitizenId, sha256: &Hash, now: Moment) -> Result<Option<String>, StoreError> {
    let sql = format!("SELECT kind FROM citizen_papers WHERE citizen = {WHOSE} AND sha256 = ?2");
    let kind = db.prepare_cached(&sql)?.query_row(params![citizen.0, sha256], |row| row.get(0)).optional()?;
    if kind.is_some() {
        record(db, now, "citizen-paper-read", &citizen.to_string(), &hex(sha256))?;
    }
    Ok(kind)
}

/// What is known of a paper that may be used: it is the account's own, or of a dossier that is the account's at this moment.
fn source(db: &Connection, paper: &UsedCitizenPaper) -> Result<Option<papers::Kind>, StoreError> {
    let UsedCitizenPaper { citizen, sha256, of, .. } = paper;
    let own = "SELECT kind, bytes, pages FROM citizen_papers WHERE ?3 IS NULL AND sha256 = ?2 AND citizen";
    let sent =
        "SELECT papers.kind, papers.bytes, papers.pages FROM papers JOIN dossiers ON dossiers.id = papers.dossier
        WHERE dossiers.uid = ?3 AND papers.sha256 = ?2 AND dossiers.citizen";
    let sql = format!("{own} = {WHOSE} UNION ALL {sent} = {WHOSE} LIMIT 1");
    let read = |row: &rusqlite::Row<'_>| {
        Ok(papers::Kind { sha256: *sha256, kind: Arc::new(row.get(0)?), size: row.get(1)?, pages: row.get(2)? })
    };
    Ok(db.prepare_cached(&sql)?.query_row(params![citizen.0, sha256, of.map(|id| id.0)], read).optional()?)
}
