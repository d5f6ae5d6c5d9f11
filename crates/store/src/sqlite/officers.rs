//! Officers, their roles and first links.

use super::{record, sessions};
use crate::officers::{Added, ChangedOfficer, NewFirstLink, NewOfficer};
use crate::{Hash, StoreError};
use account::officer::{Credentials, FirstLink};
use account::{Officer, PasswordHash};
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// Who did something, as the audit tells it.
pub(super) fn by(officer: Option<OfficerId>) -> String {
    officer.map_or_else(|| "machine".to_owned(), |id| id.to_string())
}

pub(super) fn add(
    db: &Connection,
    new: &[NewOfficer],
    who: Option<OfficerId>,
    now: Moment,
) -> Result<Vec<Added>, StoreError> {
    let mut added = Vec::with_capacity(new.len());
    for NewOfficer { officer, secret, token, until } in new {
        if db.prepare_cached("SELECT 1 FROM officers WHERE phone = ?1")?.exists([&officer.phone])? {
            added.push(Added::PhoneTaken);
            continue;
        }
        db.prepare_cached(
            "INSERT INTO officers (uid, name, phone, unit, enabled, secret, last_step, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)",
        )?
        .execute(params![
            officer.id.0,
            officer.name,
            officer.phone,
            officer.unit,
            officer.enabled,
            secret,
            now.0
        ])?;
        let row = db.last_insert_rowid();
        set_roles(db, row, &officer.roles)?;
        db.prepare_cached("INSERT INTO first_links (token_hash, officer, until) VALUES (?1, ?2, ?3)")?
            .execute(params![token, row, until.0])?;
        let detail = format!("by {}, unit {}, roles {}", by(who), officer.unit, names(&officer.roles));
        record(db, now, "officer-added", &officer.id.to_string(), &detail)?;
        added.push(Added::New);
    }
    Ok(added)
}

fn set_roles(db: &Connection, row: i64, roles: &[Role]) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM officer_roles WHERE officer = ?1")?.execute([row])?;
    for role in roles {
        db.prepare_cached("INSERT INTO officer_roles (officer, role) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute(params![row, role.name()])?;
    }
    Ok(())
}

fn names(roles: &[Role]) -> String {
    roles.iter().map(|role| role.name()).collect::<Vec<_>>().join("+")
}

pub(super) fn change(db: &Connection, change: &ChangedOfficer) -> Result<bool, StoreError> {
    let ChangedOfficer { id, unit, roles, enabled, by: who, now } = change;
    let Some(row) = row_of(db, *id)? else { return Ok(false) };
    db.prepare_cached("UPDATE officers SET unit = ?2, enabled = ?3 WHERE id = ?1")?
        .execute(params![row, unit, enabled])?;
    set_roles(db, row, roles)?;
    if !enabled {
        sessions::end_all(db, row)?;
    }
    let detail = format!("by {}, unit {unit}, roles {}, enabled {enabled}", by(*who), names(roles));
    record(db, *now, "officer-changed", &id.to_string(), &detail)?;
    Ok(true)
}

pub(super) fn renew_link(db: &Connection, link: &NewFirstLink) -> Result<bool, StoreError> {
    let Some(row) = row_of(db, link.officer)? else { return Ok(false) };
    // A new authenticator and no password: whoever has the old ones must not get in beside the link.
    db.prepare_cached(
        "UPDATE officers SET secret = ?2, last_step = 0, password_salt = NULL, password_hash = NULL WHERE id = ?1",
    )?
    .execute(params![row, link.secret])?;
    db.prepare_cached("DELETE FROM first_links WHERE officer = ?1")?.execute([row])?;
    sessions::end_all(db, row)?;
    db.prepare_cached("INSERT INTO first_links (token_hash, officer, until) VALUES (?1, ?2, ?3)")?.execute(params![
        link.token,
        row,
        link.until.0
    ])?;
    record(db, link.now, "first-link-renewed", &link.officer.to_string(), &format!("by {}", by(link.by)))?;
    Ok(true)
}

fn row_of(db: &Connection, id: OfficerId) -> Result<Option<i64>, StoreError> {
    Ok(db.prepare_cached("SELECT id FROM officers WHERE uid = ?1")?.query_row([id.0], |row| row.get(0)).optional()?)
}

/// The columns that [`read`] reads, in its order.
pub(super) const COLUMNS: &str = "officers.id, officers.uid, officers.name, officers.phone, officers.unit, \
    officers.enabled, (SELECT group_concat(role, '+') FROM officer_roles WHERE officer = officers.id)";

/// An officer from [`COLUMNS`] that begin at `first`.
pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Officer> {
    let roles: Option<String> = row.get(first + 6)?;
    Ok(Officer {
        id: OfficerId(row.get(first + 1)?),
        name: row.get(first + 2)?,
        phone: row.get(first + 3)?,
        unit: row.get(first + 4)?,
        enabled: row.get(first + 5)?,
        roles: roles.iter().flat_map(|names| names.split('+')).filter_map(Role::of_name).collect(),
    })
}

pub(super) fn of_unit(db: &Connection, unit: &str) -> Result<Vec<Officer>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM officers WHERE unit = ?1 ORDER BY name, id");
    Ok(db.prepare_cached(&sql)?.query_map([unit], |row| read(row, 0))?.collect::<Result<_, _>>()?)
}

pub(super) fn one(db: &Connection, id: OfficerId) -> Result<Option<Officer>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM officers WHERE uid = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.0], |row| read(row, 0)).optional()?)
}

fn with_credentials(row: &Row<'_>) -> rusqlite::Result<Credentials> {
    let (salt, hash): (Option<[u8; 16]>, Option<[u8; 32]>) = (row.get(7)?, row.get(8)?);
    Ok(Credentials {
        officer: read(row, 0)?,
        password: salt.zip(hash).map(|(salt, hash)| PasswordHash { salt, hash }),
        secret: row.get(9)?,
        last_step: row.get(10)?,
    })
}

const SECRETS: &str = "officers.password_salt, officers.password_hash, officers.secret, officers.last_step";

pub(super) fn credentials(db: &Connection, phone: &str) -> Result<Option<Credentials>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, {SECRETS} FROM officers WHERE phone = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([phone], with_credentials).optional()?)
}

pub(super) fn first_link(
    db: &Connection,
    token: &Hash,
    now: Moment,
) -> Result<Option<(FirstLink, Credentials)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, {SECRETS}, first_links.until FROM first_links
         JOIN officers ON officers.id = first_links.officer
         WHERE first_links.token_hash = ?1 AND first_links.until > ?2 AND officers.enabled = 1"
    );
    let found = db.prepare_cached(&sql)?.query_row(params![token, now.0], |row| {
        let credentials = with_credentials(row)?;
        let until = Moment(row.get(11)?);
        Ok((FirstLink { officer: credentials.officer.id, until }, credentials))
    });
    Ok(found.optional()?)
}

/// Takes a link away and keeps the password of the officer it is for.
pub(super) fn use_link(
    db: &Connection,
    token: &Hash,
    officer: OfficerId,
    password: &PasswordHash,
    now: Moment,
) -> Result<bool, StoreError> {
    let Some(row) = row_of(db, officer)? else { return Ok(false) };
    let gone = db
        .prepare_cached("DELETE FROM first_links WHERE token_hash = ?1 AND officer = ?2 AND until > ?3")?
        .execute(params![token, row, now.0])?;
    if gone == 0 {
        return Ok(false);
    }
    db.prepare_cached("UPDATE officers SET password_salt = ?2, password_hash = ?3 WHERE id = ?1")?.execute(params![
        row,
        password.salt,
        password.hash
    ])?;
    record(db, now, "password-set", &officer.to_string(), "by first link")?;
    Ok(true)
}
