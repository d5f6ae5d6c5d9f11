//! Keeping a submission, answering its key again, and finding it by its code.

use super::{parcels, record};
use crate::{Answered, DraftKey, Hash, NewSubmission, Saved, StoreError, unhex};
use dossier::{ByConsent, Dossier, DossierId, Entered, Event, EventKind, State, Tracked};
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// Keeps dossier, events, audit row, the claim of its papers and the answer. Checks everything before it writes.
pub(super) fn save(db: &Connection, new: &NewSubmission, filing: &str) -> Result<Saved, StoreError> {
    match answer_for(db, new.key, &new.body_hash)? {
        Answered::Before(answer) => return Ok(Saved::Before(answer)),
        Answered::KeyReused => return Ok(Saved::KeyReused),
        Answered::No => {}
    }
    let missing = missing_papers(db, new)?;
    if !missing.is_empty() {
        return Ok(Saved::PapersMissing(missing));
    }
    for form in &new.dossier.filing.forms {
        if !db.prepare_cached("SELECT 1 FROM texts WHERE fingerprint = ?1")?.exists([&form.fingerprint])? {
            return Err(StoreError::Failed(format!("no form is kept under {}", form.fingerprint)));
        }
    }
    let number = insert_dossier(db, new, filing)?;
    parcels::wish(db, number, &new.dossier.filing)?;
    for (position, event) in (0_i64..).zip(&new.events) {
        insert_event(db, number, position, event)?;
    }
    super::queue::place(db, number, &new.place)?;
    super::search::put(db, number, &new.place.seen_by)?;
    let now = new.dossier.sent_at;
    super::consents::sent_by(db, number, &new.sender, now)?;
    super::notices::keep_letters(db, now, &new.letters)?;
    // Only what the dossier names is claimed; what else the draft sent up is cleared with the unclaimed.
    for paper in &new.dossier.filing.papers {
        db.prepare_cached("UPDATE papers SET dossier = ?1 WHERE draft = ?2 AND sha256 = ?3")?.execute(params![
            number,
            new.key.0,
            unhex::<32>(&paper.sha256)
        ])?;
    }
    db.prepare_cached("INSERT INTO answers (key, body_hash, answer, dossier, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![new.key.0, new.body_hash, new.answer, number, now.0])?;
    let body = crate::hex(&new.body_hash);
    let (act, detail) = match dossier::entered(&new.events) {
        None => ("dossier-sent", body),
        Some(Entered { by, channel }) => ("dossier-entered", format!("by {by}, {}, {body}", channel.name())),
    };
    record(db, now, act, &new.dossier.id.to_string(), &detail)?;
    Ok(Saved::New)
}

fn insert_dossier(db: &Connection, new: &NewSubmission, text: &str) -> Result<i64, StoreError> {
    let Dossier { id, state, sent_at, filing } = &new.dossier;
    db.prepare_cached(
        "INSERT INTO dossiers (uid, code_hash, state, sent_at, procedure, fingerprint, agency, filing, person)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        id.0,
        new.code_hash,
        state.number(),
        sent_at.0,
        filing.procedure,
        filing.fingerprint,
        filing.agency,
        text,
        new.person
    ])?;
    Ok(db.last_insert_rowid())
}

/// Writes an event down: its name for whoever looks into the table, what belongs to it as JSON.
pub(super) fn insert_event(db: &Connection, dossier: i64, position: i64, event: &Event) -> Result<(), StoreError> {
    let kept = serde_json::to_value(&event.kind).map_err(|error| StoreError::Failed(error.to_string()))?;
    let detail = kept.get("detail").map(ToString::to_string);
    db.prepare_cached(
        "INSERT INTO events (dossier, position, at, kind, officer, detail, on_behalf)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        dossier,
        position,
        event.at.0,
        event.kind.name(),
        event.by.map(|id| id.0),
        detail,
        event.on_behalf.map(|id| id.0)
    ])?;
    Ok(())
}

/// The declared papers that this draft has not sent up with this kind and size.
fn missing_papers(db: &Connection, new: &NewSubmission) -> Result<Vec<String>, StoreError> {
    let mut missing = Vec::new();
    let mut find = db.prepare_cached(
        "SELECT 1 FROM papers WHERE draft = ?1 AND sha256 = ?2 AND kind = ?3 AND bytes = ?4 AND dossier IS NULL",
    )?;
    for paper in &new.dossier.filing.papers {
        let kept = match (unhex::<32>(&paper.sha256), i64::try_from(paper.bytes)) {
            (Some(hash), Ok(bytes)) => find.exists(params![new.key.0, hash, paper.kind, bytes])?,
            _ => false,
        };
        if !kept && !missing.contains(&paper.sha256) {
            missing.push(paper.sha256.clone());
        }
    }
    Ok(missing)
}

pub(super) fn answer_for(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<Answered, StoreError> {
    let kept = db
        .prepare_cached("SELECT body_hash, answer FROM answers WHERE key = ?1")?
        .query_row([key.0], |row| Ok((row.get::<_, Hash>(0)?, row.get(1)?)))
        .optional()?;
    Ok(match kept {
        None => Answered::No,
        Some((hash, answer)) if hash == *body_hash => Answered::Before(answer),
        Some(_) => Answered::KeyReused,
    })
}

/// The last so many dossiers by procedure: however many there are, no more of them are read.
pub(super) fn filed(db: &Connection, among: u32) -> Result<Vec<(String, u64)>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT procedure, count(*) FROM (SELECT procedure FROM dossiers ORDER BY id DESC LIMIT ?1)
         GROUP BY procedure ORDER BY procedure",
    )?;
    let rows = select.query_map([among], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn track(db: &Connection, code_hash: &Hash) -> Result<Option<Tracked>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT dossiers.id, dossiers.number, dossiers.sent_at, dossiers.filing, consents.id IS NOT NULL, consents.withdrawn_at
         FROM dossiers LEFT JOIN consents ON consents.id = dossiers.consent WHERE dossiers.code_hash = ?1",
    )?;
    // Its row stays open while the events are read: both are seen as of one moment, and SQLite locks once, not twice.
    let mut found = find.query([code_hash])?;
    let Some(row) = found.next()? else {
        return Ok(None);
    };
    let Head { fingerprint, agency } = filing(row.get_ref(3)?)?;
    Ok(Some(Tracked {
        number: row.get(1)?,
        sent_at: Moment(row.get(2)?),
        fingerprint,
        agency,
        events: events(db, row.get(0)?)?,
        consent: by_consent(row, 4)?,
    }))
}

/// Whether a dossier was filed by a consent, from two columns that stand at a place: whether it was, and when that was taken back.
pub(super) fn by_consent(row: &Row<'_>, place: usize) -> rusqlite::Result<Option<ByConsent>> {
    let (is, withdrawn_at): (bool, Option<i64>) = (row.get(place)?, row.get(place + 1)?);
    Ok(is.then_some(ByConsent { withdrawn_at: withdrawn_at.map(Moment) }))
}

/// What is read of a filing to tell its way.
#[derive(serde::Deserialize)]
pub(super) struct Head {
    pub fingerprint: String,
    pub agency: String,
}

pub(super) fn sent(db: &Connection, code_hash: &Hash) -> Result<Option<Dossier>, StoreError> {
    let mut find = db.prepare_cached("SELECT uid, state, sent_at, filing FROM dossiers WHERE code_hash = ?1")?;
    let mut found = find.query([code_hash])?;
    let Some(row) = found.next()? else {
        return Ok(None);
    };
    Ok(Some(Dossier {
        id: DossierId(row.get(0)?),
        state: state(row.get(1)?)?,
        sent_at: Moment(row.get(2)?),
        filing: filing(row.get_ref(3)?)?,
    }))
}

pub(super) fn state(number: u8) -> Result<State, StoreError> {
    State::of_number(number).ok_or_else(|| unknown("state", &number.to_string()))
}

pub(super) fn filing<T: serde::de::DeserializeOwned>(kept: ValueRef<'_>) -> Result<T, StoreError> {
    let bytes = kept.as_bytes().map_err(|error| unknown("filing", &error.to_string()))?;
    serde_json::from_slice(bytes).map_err(|error| unknown("filing", &error.to_string()))
}

pub(super) fn events(db: &Connection, number: i64) -> Result<Vec<Event>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT at, kind, officer, detail, on_behalf FROM events WHERE dossier = ?1 ORDER BY position",
    )?;
    let mut rows = select.query([number])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, detail): (String, Option<String>) = (row.get(1)?, row.get(3)?);
        let (by, on_behalf): (Option<[u8; 16]>, Option<[u8; 16]>) = (row.get(2)?, row.get(4)?);
        events.push(Event {
            at: Moment(row.get(0)?),
            by: by.map(OfficerId),
            on_behalf: on_behalf.map(OfficerId),
            kind: event_kind(kind, detail)?,
        });
    }
    Ok(events)
}

pub(super) fn event_kind(kind: String, detail: Option<String>) -> Result<EventKind, StoreError> {
    let told = |error: serde_json::Error| unknown("event", &error.to_string());
    let mut kept = serde_json::Map::new();
    if let Some(detail) = detail {
        kept.insert("detail".to_owned(), serde_json::from_str(&detail).map_err(told)?);
    }
    kept.insert("kind".to_owned(), kind.into());
    serde_json::from_value(kept.into()).map_err(told)
}

fn unknown(what: &str, value: &str) -> StoreError {
    StoreError::Failed(format!("the {what} kept is not understood: {value}"))
}
