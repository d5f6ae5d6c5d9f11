//! The dossiers of citizens' accounts.

use super::submissions::{Head, by_consent, events, filing};
use super::{SqliteStore, record};
use crate::mine::{Claimed, Mine, MineDossier};
use crate::{DraftKey, Hash, StoreError};
use account::CitizenId;
use async_trait::async_trait;
use dossier::{DossierId, Tracked};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

#[async_trait]
impl Mine for SqliteStore {
    async fn dossiers_of_citizen(
        &self,
        citizen: CitizenId,
        before: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<MineDossier>, StoreError> {
        self.readers.run(|db| list(db, citizen, before, most))
    }

    async fn claim_dossier(&self, code_hash: Hash, citizen: CitizenId, now: Moment) -> Result<Claimed, StoreError> {
        self.writer.run(move |db, _| claim(db, &code_hash, citizen, now)).await
    }

    async fn is_own(&self, code_hash: Hash, citizen: CitizenId) -> Result<bool, StoreError> {
        self.readers.run(|db| {
            let sql = "SELECT 1 FROM dossiers WHERE code_hash = ?1 AND claimed_at IS NULL
                AND citizen = (SELECT id FROM citizens WHERE uid = ?2)";
            Ok(db.prepare_cached(sql)?.exists(params![code_hash, citizen.0])?)
        })
    }

    async fn leave_dossier(&self, id: DossierId, citizen: CitizenId, now: Moment) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| leave(db, id, citizen, now)).await
    }
}

/// Puts a dossier into the account of whoever sends it. An account that was deleted meanwhile takes nothing away from it.
pub(super) fn join(db: &Connection, dossier: i64, citizen: CitizenId) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE dossiers SET citizen = (SELECT id FROM citizens WHERE uid = ?2) WHERE id = ?1")?
        .execute(params![dossier, citizen.0])?;
    Ok(())
}

/// Dossiers outlive the account: the office keeps them, and their codes open them.
pub(super) fn leave_all(db: &Connection, citizen: CitizenId) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE dossiers SET citizen = NULL, claimed_at = NULL WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1)",
    )?
    .execute([citizen.0])?;
    Ok(())
}

/// The dossier in this row.
pub(super) fn one(db: &Connection, dossier: i64) -> Result<MineDossier, StoreError> {
    let sql = format!("SELECT {MINE} {FROM} WHERE dossiers.id = ?1");
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query([dossier])?;
    let row = rows.next()?.ok_or_else(|| StoreError::Failed(format!("dossier {dossier} has no answer")))?;
    mine(db, row)
}

fn list(
    db: &Connection,
    citizen: CitizenId,
    before: Option<DossierId>,
    most: u32,
) -> Result<Vec<MineDossier>, StoreError> {
    let sql = format!(
        "SELECT {MINE} {FROM}
         WHERE dossiers.citizen = (SELECT id FROM citizens WHERE uid = ?1)
           AND (?2 IS NULL OR dossiers.id < (SELECT id FROM dossiers WHERE uid = ?2))
         ORDER BY dossiers.id DESC LIMIT ?3"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query(params![citizen.0, before.map(|id| id.0), most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(mine(db, row)?);
    }
    Ok(found)
}

/// Dossiers with what [`MINE`] names.
const FROM: &str = "FROM dossiers JOIN answers ON answers.dossier = dossiers.id
    LEFT JOIN consents ON consents.id = dossiers.consent";

/// The columns that [`mine`] reads, in its order; a dossier's answer and its consent, if it rests on one, are joined.
pub(super) const MINE: &str =
    "dossiers.id, dossiers.uid, dossiers.number, dossiers.sent_at, dossiers.filing, dossiers.procedure,
    answers.key, consents.filer_name, consents.id IS NOT NULL, consents.withdrawn_at";

/// A dossier of a list, from [`MINE`], which stands first.
pub(super) fn mine(db: &Connection, row: &Row<'_>) -> Result<MineDossier, StoreError> {
    let Head { fingerprint, agency } = filing(row.get_ref(4)?)?;
    Ok(MineDossier {
        id: DossierId(row.get(1)?),
        key: DraftKey(row.get(6)?),
        procedure: row.get(5)?,
        tracked: Tracked {
            number: row.get(2)?,
            sent_at: Moment(row.get(3)?),
            fingerprint,
            agency,
            events: events(db, row.get(0)?)?,
            consent: by_consent(row, 8)?,
        },
        filer: row.get(7)?,
    })
}

fn claim(db: &Connection, code_hash: &Hash, citizen: CitizenId, now: Moment) -> Result<Claimed, StoreError> {
    // Whoever filed it for another has it among those, and does not make it their own.
    let found: Option<([u8; 16], Option<[u8; 16]>)> = db
        .prepare_cached(
            "SELECT dossiers.uid, coalesce(filers.uid, owners.uid) FROM dossiers
             LEFT JOIN citizens owners ON owners.id = dossiers.citizen
             LEFT JOIN citizens filers ON filers.id = dossiers.filed_by AND filers.uid = ?2
             WHERE dossiers.code_hash = ?1",
        )?
        .query_row(params![code_hash, citizen.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((_, Some(owner))) if owner == citizen.0 => Ok(Claimed::Done),
        Some((id, None)) => {
            db.prepare_cached(
                "UPDATE dossiers SET citizen = (SELECT id FROM citizens WHERE uid = ?2), claimed_at = ?3 WHERE code_hash = ?1",
            )?
            .execute(params![code_hash, citizen.0, now.0])?;
            record(db, now, "dossier-claimed", &DossierId(id).to_string(), &format!("by citizen {citizen}"))?;
            Ok(Claimed::Done)
        }
        _ => Ok(Claimed::Not),
    }
}

fn leave(db: &Connection, id: DossierId, citizen: CitizenId, now: Moment) -> Result<bool, StoreError> {
    let left = db
        .prepare_cached(
            "UPDATE dossiers SET citizen = NULL, claimed_at = NULL WHERE uid = ?1 AND citizen = (SELECT id FROM citizens WHERE uid = ?2)",
        )?
        .execute(params![id.0, citizen.0])?;
    if left > 0 {
        record(db, now, "dossier-left", &id.to_string(), &format!("by citizen {citizen}"))?;
    }
    Ok(left > 0)
}
