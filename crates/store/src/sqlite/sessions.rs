//! Sessions of officers.

use super::officers::{COLUMNS, read};
use super::record;
use crate::officers::{NewSession, Refusal};
use crate::{Hash, StoreError};
use account::{Officer, Session};
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Begins a session if the authenticator's step is newer than the last one that was used.
pub(super) fn begin(db: &Connection, new: &NewSession) -> Result<bool, StoreError> {
    let NewSession { token, officer, step, now } = new;
    let row: Option<i64> = db
        .prepare_cached("UPDATE officers SET last_step = ?2 WHERE uid = ?1 AND last_step < ?2 RETURNING id")?
        .query_row(params![officer.0, step], |row| row.get(0))
        .optional()?;
    let Some(row) = row else { return Ok(false) };
    db.prepare_cached("INSERT INTO sessions (token_hash, officer, began_at, seen_at) VALUES (?1, ?2, ?3, ?3)")?
        .execute(params![token, row, now.0])?;
    record(db, *now, "signed-in", &officer.to_string(), "")?;
    Ok(true)
}

pub(super) fn find(db: &Connection, token: &Hash) -> Result<Option<(Session, Officer)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, sessions.began_at, sessions.seen_at FROM sessions
         JOIN officers ON officers.id = sessions.officer WHERE sessions.token_hash = ?1"
    );
    let found = db.prepare_cached(&sql)?.query_row([token], |row| {
        let officer = read(row, 0)?;
        let session = Session { officer: officer.id, began_at: Moment(row.get(7)?), seen_at: Moment(row.get(8)?) };
        Ok((session, officer))
    });
    Ok(found.optional()?)
}

pub(super) fn touch(db: &Connection, token: &Hash, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE sessions SET seen_at = max(seen_at, ?2) WHERE token_hash = ?1")?
        .execute(params![token, now.0])?;
    Ok(())
}

pub(super) fn end(db: &Connection, token: &Hash, now: Moment) -> Result<(), StoreError> {
    let officer: Option<[u8; 16]> = db
        .prepare_cached(
            "DELETE FROM sessions WHERE token_hash = ?1
             RETURNING (SELECT uid FROM officers WHERE officers.id = sessions.officer)",
        )?
        .query_row([token], |row| row.get(0))
        .optional()?;
    match officer {
        Some(uid) => record(db, now, "signed-out", &OfficerId(uid).to_string(), ""),
        None => Ok(()),
    }
}

pub(super) fn end_all(db: &Connection, officer_row: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM sessions WHERE officer = ?1")?.execute([officer_row])?;
    Ok(())
}

pub(super) fn clear(db: &Connection, before: Moment, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM sessions WHERE seen_at < ?1")?.execute([before.0])?;
    db.prepare_cached("DELETE FROM first_links WHERE until <= ?1")?.execute([now.0])?;
    Ok(())
}

pub(super) fn refused(db: &Connection, refusal: &Refusal) -> Result<(), StoreError> {
    let who = refusal.officer.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    record(db, refusal.now, refusal.act, &refusal.subject, &format!("by {who}"))
}
