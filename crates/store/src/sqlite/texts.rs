//! Forms and procedures by fingerprint.

use super::record;
use crate::{StoreError, TextKind};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

pub(super) fn keep(
    db: &Connection,
    kind: TextKind,
    fingerprint: &str,
    text: &str,
    now: Moment,
) -> Result<(), StoreError> {
    let added = db
        .prepare_cached("INSERT INTO texts (fingerprint, kind, text) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![fingerprint, kind.name(), text])?;
    if added > 0 {
        record(db, now, "text-kept", fingerprint, kind.name())?;
    }
    Ok(())
}

pub(super) fn read(db: &Connection, kind: TextKind, fingerprint: &str) -> Result<Option<String>, StoreError> {
    Ok(db
        .prepare_cached("SELECT text FROM texts WHERE fingerprint = ?1 AND kind = ?2")?
        .query_row(params![fingerprint, kind.name()], |row| row.get(0))
        .optional()?)
}
