//! Reading dossiers on record, and keeping what officers do with them.

use super::submissions::{events, filing, insert_event, state};
use super::{notices, parcels, payments, queue, record, search, turns};
use crate::desk::{ActSaved, Kept, NewAct, NumberWanted, Reader, RegisterAsked};
use crate::{DraftKey, Hash, StoreError};
use dossier::{Dossier, DossierId, EventKind};
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

const COLUMNS: &str = "id, uid, state, sent_at, filing, number, person";

pub(super) fn kept(db: &Connection, id: DossierId) -> Result<Option<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM dossiers WHERE uid = ?1");
    let mut find = db.prepare_cached(&sql)?;
    let mut found = find.query([id.0])?;
    found.next()?.map(|row| read(db, row)).transpose()
}

pub(super) fn by_row(db: &Connection, row: i64) -> Result<Option<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM dossiers WHERE id = ?1");
    let mut find = db.prepare_cached(&sql)?;
    let mut found = find.query([row])?;
    found.next()?.map(|row| read(db, row)).transpose()
}

pub(super) fn of_code(db: &Connection, code_hash: &Hash) -> Result<Option<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM dossiers WHERE code_hash = ?1");
    let mut find = db.prepare_cached(&sql)?;
    let mut found = find.query([code_hash])?;
    found.next()?.map(|row| read(db, row)).transpose()
}

pub(super) fn unplaced(db: &Connection, most: u32) -> Result<Vec<Kept>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM dossiers WHERE due_at IS NULL ORDER BY id LIMIT ?1");
    let mut find = db.prepare_cached(&sql)?;
    let mut found = find.query([most])?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        all.push(read(db, row)?);
    }
    Ok(all)
}

/// Those that an agency received in some days, in the order of reception.
pub(super) fn received(db: &Connection, asked: &RegisterAsked) -> Result<Vec<Kept>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT received_at, id FROM dossiers
         WHERE agency = ?1 AND received_at IS NOT NULL AND received_at >= ?2 AND received_at < ?3
         ORDER BY received_at, id LIMIT ?4",
    )?;
    let mut order: Vec<(i64, i64)> = Vec::new();
    for agency in &asked.agencies {
        let rows = find.query_map(params![agency, asked.from.0, asked.before.0, asked.most], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        order.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    order.sort_unstable();
    order.truncate(usize::try_from(asked.most).unwrap_or(usize::MAX));
    order.into_iter().filter_map(|(_, id)| by_row(db, id).transpose()).collect()
}

fn read(db: &Connection, row: &rusqlite::Row<'_>) -> Result<Kept, StoreError> {
    let number: i64 = row.get(0)?;
    let events = events(db, number)?;
    let mut officers: Vec<(OfficerId, String)> = Vec::new();
    let ids = events.iter().flat_map(|event| match event.kind {
        EventKind::Claimed { officer } => [event.by, event.on_behalf, Some(officer)],
        _ => [event.by, event.on_behalf, None],
    });
    for id in ids.flatten() {
        if !officers.iter().any(|(known, _)| *known == id) {
            let name = db
                .prepare_cached("SELECT name FROM officers WHERE uid = ?1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?;
            officers.push((id, name.unwrap_or_default()));
        }
    }
    let pages = db
        .prepare_cached("SELECT sha256, pages FROM papers WHERE dossier = ?1")?
        .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(Kept {
        dossier: Dossier {
            id: DossierId(row.get(1)?),
            state: state(row.get(2)?)?,
            sent_at: Moment(row.get(3)?),
            filing: filing(row.get_ref(4)?)?,
        },
        number: row.get(5)?,
        person: row.get(6)?,
        events,
        pages,
        officers,
    })
}

/// The media type of a paper of a dossier, once it is on record that the officer reads it.
pub(super) fn read_paper(
    db: &Connection,
    id: DossierId,
    sha256: &Hash,
    reader: Reader,
    now: Moment,
) -> Result<Option<String>, StoreError> {
    let kind: Option<String> = db
        .prepare_cached(
            "SELECT papers.kind FROM papers JOIN dossiers ON dossiers.id = papers.dossier
             WHERE dossiers.uid = ?1 AND papers.sha256 = ?2
             UNION ALL SELECT consents.kind FROM consents JOIN dossiers ON dossiers.consent = consents.id
             WHERE dossiers.uid = ?1 AND consents.sha256 = ?2 LIMIT 1",
        )?
        .query_row(params![id.0, sha256], |row| row.get(0))
        .optional()?;
    if kind.is_some() {
        record(db, now, "paper-read", &id.to_string(), &format!("by {reader}, paper {}", crate::hex(sha256)))?;
    }
    Ok(kind)
}

pub(super) fn before(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<ActSaved, StoreError> {
    let kept: Option<Hash> = db
        .prepare_cached("SELECT body_hash FROM act_keys WHERE key = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?;
    Ok(match kept {
        None => ActSaved::New,
        Some(hash) if hash == *body_hash => ActSaved::Before,
        Some(_) => ActSaved::KeyReused,
    })
}

pub(super) fn paper_size(db: &Connection, key: DraftKey, sha256: &Hash) -> Result<Option<u64>, StoreError> {
    let bytes: Option<i64> = db
        .prepare_cached("SELECT bytes FROM papers WHERE draft = ?1 AND sha256 = ?2")?
        .query_row(params![key.0, sha256], |row| row.get(0))
        .optional()?;
    Ok(bytes.and_then(|bytes| u64::try_from(bytes).ok()))
}

pub(super) fn save(db: &Connection, new: &NewAct) -> Result<ActSaved, StoreError> {
    let known = before(db, new.key, &new.body_hash)?;
    if known != ActSaved::New {
        return Ok(known);
    }
    let Some(dossier) = unchanged(db, new)? else {
        return Ok(ActSaved::Changed);
    };
    let missing = claim(db, dossier, new)?;
    if !missing.is_empty() {
        return Ok(ActSaved::FilesMissing(missing));
    }
    if let Some(filing) = &new.filing {
        let text = serde_json::to_string(filing).map_err(|error| StoreError::Failed(error.to_string()))?;
        db.prepare_cached(
            "INSERT INTO earlier_filings (dossier, version, filing) SELECT id, ?2, filing FROM dossiers WHERE id = ?1",
        )?
        .execute(params![dossier, new.version])?;
        db.prepare_cached("UPDATE dossiers SET filing = ?2 WHERE id = ?1")?.execute(params![dossier, text])?;
        parcels::wish(db, dossier, filing)?;
    }
    happen(db, dossier, new)?;
    db.prepare_cached("INSERT INTO act_keys (key, body_hash, dossier) VALUES (?1, ?2, ?3)")?.execute(params![
        new.key.0,
        new.body_hash,
        dossier
    ])?;
    Ok(ActSaved::New)
}

/// The row of the dossier, if nothing has happened to it since the act was decided.
pub(super) fn unchanged(db: &Connection, new: &NewAct) -> Result<Option<i64>, StoreError> {
    let found: Option<(i64, u32)> = db
        .prepare_cached(
            "SELECT id, (SELECT count(*) FROM events WHERE dossier = dossiers.id) FROM dossiers WHERE uid = ?1",
        )?
        .query_row([new.dossier.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.filter(|(_, version)| *version == new.version).map(|(row, _)| row))
}

/// The event of an act, with the place, number, notice and audit row that come of it.
pub(super) fn happen(db: &Connection, dossier: i64, new: &NewAct) -> Result<(), StoreError> {
    insert_event(db, dossier, i64::from(new.version), &new.event)?;
    turns::count(db, dossier, &new.event)?;
    parcels::follow(db, dossier, &new.event.kind)?;
    queue::place(db, dossier, &new.place)?;
    if let Some(wanted) = &new.number {
        let number = next_number(db, wanted)?;
        db.prepare_cached("UPDATE dossiers SET number = ?2 WHERE id = ?1")?.execute(params![dossier, number])?;
    }
    search::put(db, dossier, &new.place.seen_by)?;
    // What is not received costs nothing: a payment that came, or still comes, goes back.
    if matches!(new.event.kind, EventKind::NotReceived { .. }) {
        payments::withdraw(db, new.dossier, None, new.event.at)?;
    }
    if let Some(notice) = &new.notice {
        notices::keep(db, dossier, new.version, new.event.at, notice)?;
    }
    let place_of = new.event.on_behalf.map(|id| format!(" for {id}")).unwrap_or_default();
    let detail = format!("by {}{place_of}, event {}", super::officers::by(new.event.by), new.version);
    record(db, new.event.at, &format!("dossier-{}", new.event.kind.name()), &new.dossier.to_string(), &detail)
}

/// Claims the files of an act when all of them are there; gives those that are not, and then claims none.
fn claim(db: &Connection, dossier: i64, new: &NewAct) -> Result<Vec<String>, StoreError> {
    let waits = "draft = ?1 AND sha256 = ?2 AND bytes = ?3 AND dossier IS NULL";
    let mut find = db.prepare_cached(&format!("SELECT 1 FROM papers WHERE {waits}"))?;
    let mut missing = Vec::new();
    for (sha256, bytes) in &new.files {
        let bytes = i64::try_from(*bytes).map_err(|error| StoreError::Failed(error.to_string()))?;
        if !find.exists(params![new.key.0, sha256, bytes])? {
            missing.push(crate::hex(sha256));
        }
    }
    if missing.is_empty() {
        for (sha256, _) in &new.files {
            db.prepare_cached("UPDATE papers SET dossier = ?1 WHERE draft = ?2 AND sha256 = ?3")?
                .execute(params![dossier, new.key.0, sha256])?;
        }
    }
    Ok(missing)
}

fn next_number(db: &Connection, wanted: &NumberWanted) -> Result<String, StoreError> {
    let NumberWanted { unit, day, before, after, digits } = wanted;
    let last: i64 = db
        .prepare_cached(
            "INSERT INTO numbers (unit, day, last) VALUES (?1, ?2, 1)
             ON CONFLICT (unit, day) DO UPDATE SET last = last + 1 RETURNING last",
        )?
        .query_row(params![unit, day], |row| row.get(0))?;
    Ok(format!("{before}{last:0digits$}{after}"))
}
