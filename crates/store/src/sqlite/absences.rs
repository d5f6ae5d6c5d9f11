//! Absences in SQLite.

use super::officers::{self, by};
use super::{SqliteStore, record};
use crate::absences::{AbsenceSaved, Absences, NewAbsence};
use crate::{Hash, StoreError};
use account::{Absence, Officer};
use async_trait::async_trait;
use form::Date;
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

#[async_trait]
impl Absences for SqliteStore {
    async fn add_absence(&self, new: NewAbsence) -> Result<AbsenceSaved, StoreError> {
        self.writer.run(move |db, _| add(db, &new)).await
    }

    async fn withdraw_absence(&self, id: [u8; 16], who: OfficerId, now: Moment) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| withdraw(db, id, who, now)).await
    }

    async fn absences_for(&self, delegate: OfficerId, today: Date) -> Result<Vec<(Absence, Officer)>, StoreError> {
        self.readers.run(|db| for_delegate(db, delegate, today))
    }

    async fn absences_of(&self, unit: &str, today: Date) -> Result<Vec<Absence>, StoreError> {
        self.readers.run(|db| {
            let sql = format!("{SELECT} WHERE delegations.unit = ?1 AND last_day >= ?2 AND {COUNTS} ORDER BY first_day, delegations.id");
            let mut find = db.prepare_cached(&sql)?;
            Ok(find.query_map(params![unit, today.days()], read)?.collect::<Result<_, _>>()?)
        })
    }

    async fn absence(&self, id: [u8; 16]) -> Result<Option<Absence>, StoreError> {
        self.readers.run(|db| {
            let sql = format!("{SELECT} WHERE delegations.uid = ?1 AND {COUNTS}");
            Ok(db.prepare_cached(&sql)?.query_row([id], read).optional()?)
        })
    }
}

const COUNTS: &str = "withdrawn_at IS NULL";

const SELECT: &str = "SELECT delegations.uid, absent.uid, delegate.uid, delegations.unit, first_day, last_day FROM delegations
    JOIN officers AS absent ON absent.id = delegations.officer JOIN officers AS delegate ON delegate.id = delegations.delegate";

fn read(row: &Row<'_>) -> rusqlite::Result<Absence> {
    Ok(Absence {
        id: row.get(0)?,
        officer: OfficerId(row.get(1)?),
        delegate: OfficerId(row.get(2)?),
        unit: row.get(3)?,
        from: Date::from_days(row.get(4)?),
        until: Date::from_days(row.get(5)?),
    })
}

fn for_delegate(db: &Connection, delegate: OfficerId, today: Date) -> Result<Vec<(Absence, Officer)>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE delegate.uid = ?1 AND first_day <= ?2 AND last_day >= ?2 AND {COUNTS} ORDER BY delegations.id"
    );
    let found: Vec<Absence> =
        db.prepare_cached(&sql)?.query_map(params![delegate.0, today.days()], read)?.collect::<Result<_, _>>()?;
    let mut all = Vec::with_capacity(found.len());
    for absence in found {
        all.extend(officers::one(db, absence.officer)?.map(|officer| (absence, officer)));
    }
    Ok(all)
}

fn add(db: &Connection, new: &NewAbsence) -> Result<AbsenceSaved, StoreError> {
    let NewAbsence { key, body_hash, absence, by: who, now } = new;
    let before: Option<Hash> = db
        .prepare_cached("SELECT body_hash FROM delegations WHERE key = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?;
    match before {
        Some(hash) if hash == *body_hash => return Ok(AbsenceSaved::Before),
        Some(_) => return Ok(AbsenceSaved::KeyReused),
        None => {}
    }
    let Absence { id, officer, delegate, unit, from, until } = absence;
    let mut absent = db.prepare_cached(&format!(
        "SELECT 1 FROM delegations JOIN officers ON officers.id = delegations.officer
         WHERE officers.uid = ?1 AND first_day <= ?3 AND last_day >= ?2 AND {COUNTS}"
    ))?;
    if absent.exists(params![officer.0, from.days(), until.days()])? {
        return Ok(AbsenceSaved::Overlaps);
    }
    if absent.exists(params![delegate.0, from.days(), until.days()])? {
        return Ok(AbsenceSaved::DelegateAbsent);
    }
    db.prepare_cached(
        "INSERT INTO delegations (uid, key, body_hash, officer, delegate, unit, first_day, last_day)
         VALUES (?1, ?2, ?3, (SELECT id FROM officers WHERE uid = ?4), (SELECT id FROM officers WHERE uid = ?5), ?6, ?7, ?8)",
    )?
    .execute(params![id, key.0, body_hash, officer.0, delegate.0, unit, from.days(), until.days()])?;
    let day = |day: &Date| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    let detail = format!("by {}, delegate {delegate}, from {} until {}", by(Some(*who)), day(from), day(until));
    record(db, *now, "absence-added", &officer.to_string(), &detail)?;
    Ok(AbsenceSaved::New)
}

fn withdraw(db: &Connection, id: [u8; 16], who: OfficerId, now: Moment) -> Result<bool, StoreError> {
    let found: Option<[u8; 16]> = db
        .prepare_cached(&format!(
            "UPDATE delegations SET withdrawn_at = ?2 WHERE uid = ?1 AND last_day >= ?3 AND {COUNTS}
             RETURNING (SELECT uid FROM officers WHERE officers.id = delegations.officer)"
        ))?
        .query_row(params![id, now.0, now.date().days()], |row| row.get(0))
        .optional()?;
    let Some(officer) = found else { return Ok(false) };
    let detail = format!("by {}, absence {}", by(Some(who)), crate::hex(&id));
    record(db, now, "absence-withdrawn", &OfficerId(officer).to_string(), &detail)?;
    Ok(true)
}
