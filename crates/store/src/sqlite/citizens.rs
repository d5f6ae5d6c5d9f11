//! Citizens' accounts and their sessions.

use super::{SqliteStore, record};
use crate::citizens::{CitizenAdded, Citizens, NewCitizen, NewCitizenSession};
use crate::{Hash, StoreError};
use account::{Citizen, CitizenId, CitizenSession};
use async_trait::async_trait;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

#[async_trait]
impl Citizens for SqliteStore {
    async fn add_citizen(&self, new: NewCitizen) -> Result<CitizenAdded, StoreError> {
        self.writer.run(move |db, _| add(db, &new)).await
    }

    async fn citizen(&self, id: CitizenId) -> Result<Option<Citizen>, StoreError> {
        self.readers.run(|db| one(db, id))
    }

    async fn begin_citizen_session(&self, session: NewCitizenSession) -> Result<(), StoreError> {
        self.writer.run(move |db, _| begin(db, &session)).await
    }

    async fn citizen_session(&self, token: Hash) -> Result<Option<(CitizenSession, Citizen)>, StoreError> {
        self.readers.run(|db| find(db, &token))
    }

    async fn touch_citizen_session(&self, token: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer
            .run(move |db, _| {
                db.prepare_cached("UPDATE citizen_sessions SET seen_at = max(seen_at, ?2) WHERE token_hash = ?1")?
                    .execute(params![token, now.0])?;
                Ok(())
            })
            .await
    }

    async fn end_citizen_session(&self, token: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| end(db, &token, now)).await
    }
}

fn add(db: &Connection, NewCitizen { citizen, password, now }: &NewCitizen) -> Result<CitizenAdded, StoreError> {
    let Citizen { id, name, email, phone, details } = citizen;
    let made = db
        .prepare_cached(
            "INSERT INTO citizens (uid, name, email, phone, details, password_salt, password_hash, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id.0,
            name,
            email,
            phone,
            serde_json::to_string(details)?,
            password.as_ref().map(|kept| kept.salt),
            password.as_ref().map(|kept| kept.hash),
            now.0
        ])?;
    if made == 0 {
        return Ok(CitizenAdded::Taken);
    }
    record(db, *now, "citizen-added", &id.to_string(), "")?;
    Ok(CitizenAdded::New)
}

/// The columns that [`read`] reads, in its order.
const COLUMNS: &str = "citizens.uid, citizens.name, citizens.email, citizens.phone, citizens.details";

/// A citizen from [`COLUMNS`], which stand first.
fn read(row: &Row<'_>) -> rusqlite::Result<Result<Citizen, serde_json::Error>> {
    let details: String = row.get(4)?;
    let (id, name, email, phone) = (CitizenId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(serde_json::from_str(&details).map(|details| Citizen { id, name, email, phone, details }))
}

fn one(db: &Connection, id: CitizenId) -> Result<Option<Citizen>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM citizens WHERE uid = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id.0], read).optional()?;
    Ok(found.transpose()?)
}

fn begin(db: &Connection, NewCitizenSession { token, citizen, now }: &NewCitizenSession) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO citizen_sessions (token_hash, citizen, began_at, seen_at)
         VALUES (?1, (SELECT id FROM citizens WHERE uid = ?2), ?3, ?3)",
    )?
    .execute(params![token, citizen.0, now.0])?;
    record(db, *now, "citizen-signed-in", &citizen.to_string(), "")
}

fn find(db: &Connection, token: &Hash) -> Result<Option<(CitizenSession, Citizen)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, citizen_sessions.began_at, citizen_sessions.seen_at FROM citizen_sessions
         JOIN citizens ON citizens.id = citizen_sessions.citizen WHERE citizen_sessions.token_hash = ?1"
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row([token], |row| Ok((Moment(row.get(5)?), Moment(row.get(6)?), read(row)?)))
        .optional()?;
    let Some((began_at, seen_at, citizen)) = found else { return Ok(None) };
    let citizen = citizen?;
    Ok(Some((CitizenSession { citizen: citizen.id, began_at, seen_at }, citizen)))
}

fn end(db: &Connection, token: &Hash, now: Moment) -> Result<(), StoreError> {
    let citizen: Option<[u8; 16]> = db
        .prepare_cached(
            "DELETE FROM citizen_sessions WHERE token_hash = ?1
             RETURNING (SELECT uid FROM citizens WHERE citizens.id = citizen_sessions.citizen)",
        )?
        .query_row([token], |row| row.get(0))
        .optional()?;
    match citizen {
        Some(uid) => record(db, now, "citizen-signed-out", &CitizenId(uid).to_string(), ""),
        None => Ok(()),
    }
}
