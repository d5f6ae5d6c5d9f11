//! When units change: the open dossiers of a unit, their new places, and the officers that go with them.

use super::{queue, record, search};
use crate::StoreError;
use crate::desk::MovedDossier;
use dossier::DossierId;
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

pub(super) fn placed_by(db: &Connection) -> Result<Option<String>, StoreError> {
    let kept = db.prepare_cached("SELECT agencies FROM placed_by")?.query_row([], |row| row.get(0));
    Ok(kept.optional()?)
}

pub(super) fn keep_placed_by(db: &Connection, agencies: &str, now: Moment) -> Result<(), StoreError> {
    let changed = db
        .prepare_cached(
            "INSERT INTO placed_by (id, agencies) VALUES (1, ?1)
             ON CONFLICT (id) DO UPDATE SET agencies = excluded.agencies WHERE agencies <> excluded.agencies",
        )?
        .execute([agencies])?;
    if changed > 0 { record(db, now, "units-changed", "agencies", "") } else { Ok(()) }
}

/// Two indexes have them: those whose clock goes, and those whose clock stands.
pub(super) fn open_in(db: &Connection, unit: &str) -> Result<Vec<DossierId>, StoreError> {
    let mut all = Vec::new();
    for stands in [0, 1] {
        let sql = format!("SELECT uid FROM dossiers WHERE role IS NOT NULL AND stands = {stands} AND unit = ?1");
        let mut find = db.prepare_cached(&sql)?;
        let rows = find.query_map([unit], |row| row.get(0).map(DossierId))?;
        all.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(all)
}

pub(super) fn move_dossiers(db: &Connection, moved: &[MovedDossier], now: Moment) -> Result<(), StoreError> {
    for MovedDossier { id, version, from, place } in moved {
        let row: Option<i64> = db
            .prepare_cached(
                "SELECT id FROM dossiers
                 WHERE uid = ?1 AND (SELECT count(*) FROM events WHERE dossier = dossiers.id) = ?2",
            )?
            .query_row(params![id.0, version], |row| row.get(0))
            .optional()?;
        let Some(row) = row else { continue };
        queue::place(db, row, place)?;
        search::put(db, row, &place.seen_by)?;
        if *from != place.unit {
            record(db, now, "dossier-moved", &id.to_string(), &format!("from {from} to {}", place.unit))?;
        }
    }
    Ok(())
}

pub(super) fn move_officers(db: &Connection, unit: &str, heir: &str, now: Moment) -> Result<u32, StoreError> {
    let ids: Vec<[u8; 16]> = db
        .prepare_cached("UPDATE officers SET unit = ?2 WHERE unit = ?1 RETURNING uid")?
        .query_map([unit, heir], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    // Both sides of a delegation go together, so it goes with them.
    db.prepare_cached("UPDATE delegations SET unit = ?2 WHERE unit = ?1")?.execute([unit, heir])?;
    for id in &ids {
        record(db, now, "officer-moved", &OfficerId(*id).to_string(), &format!("from {unit} to {heir}"))?;
    }
    Ok(u32::try_from(ids.len()).unwrap_or(u32::MAX))
}
