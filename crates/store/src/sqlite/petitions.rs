//! SQLite behind [`Petitions`]: what was sent, and what is done with it. What the public sees is in `published.rs`.

use super::{SqliteStore, published, record};
use crate::desk::DeskStore as _;
use crate::petitions::{
    KeptPetition, NewPetition, NewPetitionAct, PetitionActSaved, PetitionCounts, PetitionFigures, PetitionFiguresAsked,
    PetitionList, PetitionRow, PetitionSaved, Petitions, PetitionsAsked, PublishedAsked, PublishedPetition,
};
use crate::{DraftKey, Hash, StoreError};
use account::CitizenId;
use async_trait::async_trait;
use petition::{Course, Event, EventKind, PetitionId, PublicId, State};
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

#[async_trait]
impl Petitions for SqliteStore {
    async fn petition_before(&self, key: DraftKey, body_hash: Hash) -> Result<PetitionSaved, StoreError> {
        self.readers.run(|db| before(db, key, &body_hash))
    }

    async fn save_petition(&self, new: NewPetition) -> Result<PetitionSaved, StoreError> {
        let text = json(&new.petition)?;
        self.writer.run(move |db, _| save(db, &new, &text)).await
    }

    async fn petition_of_code(&self, code_hash: Hash) -> Result<Option<KeptPetition>, StoreError> {
        self.readers.run(|db| one(db, "code_hash = ?1", &code_hash))
    }

    async fn petitions_of_citizen(
        &self,
        citizen: CitizenId,
        most: u32,
    ) -> Result<Vec<(DraftKey, KeptPetition)>, StoreError> {
        self.readers.run(|db| of_citizen(db, citizen, most))
    }

    async fn petition(&self, id: PetitionId) -> Result<Option<KeptPetition>, StoreError> {
        self.readers.run(|db| one(db, "uid = ?1", &id.0))
    }

    async fn read_petition(
        &self,
        id: PetitionId,
        officer: OfficerId,
        now: Moment,
    ) -> Result<Option<KeptPetition>, StoreError> {
        let read = move |db: &Connection, _: &crate::blobs::Blobs| {
            let kept = one(db, "uid = ?1", &id.0)?;
            if kept.is_some() {
                record(db, now, "petition-read", &id.to_string(), &format!("by {officer}"))?;
            }
            Ok(kept)
        };
        self.writer.run(read).await
    }

    async fn read_photo(
        &self,
        id: PetitionId,
        sha256: Hash,
        officer: OfficerId,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let read = move |db: &Connection, _: &crate::blobs::Blobs| {
            let kind: Option<String> = db
                .prepare_cached(
                    "SELECT papers.kind FROM papers JOIN petitions ON petitions.id = papers.petition
                     WHERE petitions.uid = ?1 AND papers.sha256 = ?2",
                )?
                .query_row(params![id.0, sha256], |row| row.get(0))
                .optional()?;
            if kind.is_some() {
                let detail = format!("by {officer}, photo {}", crate::hex(&sha256));
                record(db, now, "petition-photo-read", &id.to_string(), &detail)?;
            }
            Ok(kind)
        };
        let Some(kind) = self.writer.run(read).await? else { return Ok(None) };
        let bytes = self.content(sha256).await?;
        Ok(Some((kind, bytes.ok_or_else(|| StoreError::Failed(format!("no bytes of {}", crate::hex(&sha256))))?)))
    }

    async fn petitions(&self, asked: PetitionsAsked) -> Result<Vec<PetitionRow>, StoreError> {
        self.readers.run(|db| list(db, &asked))
    }

    async fn petition_counts(&self, asked: PetitionsAsked) -> Result<PetitionCounts, StoreError> {
        self.readers.run(|db| counts(db, &asked))
    }

    async fn petition_act_before(&self, key: DraftKey, body_hash: Hash) -> Result<PetitionActSaved, StoreError> {
        self.readers.run(|db| act_before(db, key, &body_hash))
    }

    async fn save_petition_act(&self, new: NewPetitionAct) -> Result<PetitionActSaved, StoreError> {
        let kind = json(&new.event.kind)?;
        self.writer.run(move |db, _| save_act(db, &new, &kind)).await
    }

    async fn published_petitions(&self, asked: PublishedAsked) -> Result<Vec<PublishedPetition>, StoreError> {
        self.readers.run(|db| published::list(db, &asked))
    }

    async fn published_petition(&self, id: PublicId) -> Result<Option<PublishedPetition>, StoreError> {
        self.readers.run(|db| published::one(db, id))
    }

    async fn petition_figures(&self, asked: PetitionFiguresAsked) -> Result<Vec<PetitionFigures>, StoreError> {
        self.readers.run(|db| figures(db, &asked))
    }
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(failed)
}

fn before(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<PetitionSaved, StoreError> {
    let kept: Option<Hash> = db
        .prepare_cached("SELECT body_hash FROM petitions WHERE key = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?;
    Ok(match kept {
        None => PetitionSaved::New,
        Some(hash) if hash == *body_hash => PetitionSaved::Before,
        Some(_) => PetitionSaved::KeyReused,
    })
}

fn save(db: &Connection, new: &NewPetition, text: &str) -> Result<PetitionSaved, StoreError> {
    let known = before(db, new.key, &new.body_hash)?;
    if known != PetitionSaved::New {
        return Ok(known);
    }
    let waits = "draft = ?1 AND sha256 = ?2 AND kind = ?3 AND bytes = ?4 AND dossier IS NULL AND petition IS NULL";
    for photo in &new.petition.photos {
        let bytes = i64::try_from(photo.bytes).map_err(failed)?;
        let sha256 = crate::unhex::<32>(&photo.sha256);
        let found = db
            .prepare_cached(&format!("SELECT 1 FROM papers WHERE {waits}"))?
            .exists(params![new.key.0, sha256, photo.kind, bytes])?;
        if !found {
            return Ok(PetitionSaved::PhotosMissing);
        }
    }
    let Course { unit, state, due_at, answer_due_at, .. } = &new.course;
    db.prepare_cached(
        "INSERT INTO petitions (uid, key, body_hash, code_hash, citizen, sent_at, sent_to, field, petition,
             unit, state, due_at, answer_due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?7, ?10, ?11, ?12)",
    )?
    .execute(params![
        new.id.0,
        new.key.0,
        new.body_hash,
        new.code_hash,
        new.citizen.map(|citizen| citizen.0),
        new.sent_at.0,
        unit,
        new.petition.field,
        text,
        state.name(),
        due_at.0,
        answer_due_at.0
    ])?;
    let row = db.last_insert_rowid();
    for photo in &new.petition.photos {
        db.prepare_cached("UPDATE papers SET petition = ?1 WHERE draft = ?2 AND sha256 = ?3")?.execute(params![
            row,
            new.key.0,
            crate::unhex::<32>(&photo.sha256)
        ])?;
    }
    record(db, new.sent_at, "petition-sent", &new.id.to_string(), &format!("to {unit}"))?;
    Ok(PetitionSaved::New)
}

fn one(db: &Connection, which: &str, given: &dyn rusqlite::ToSql) -> Result<Option<KeptPetition>, StoreError> {
    let sql = format!(
        "SELECT petitions.id, petitions.uid, citizen, sent_at, sent_to, petitions.petition, published_petitions.uid
         FROM petitions LEFT JOIN published_petitions ON published_petitions.petition = petitions.id
         WHERE petitions.{which}"
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query([given])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let events = events(db, row.get(0)?)?;
    let mut officers: Vec<(OfficerId, String)> = Vec::new();
    for id in events.iter().filter_map(|event| event.by) {
        if !officers.iter().any(|(known, _)| *known == id) {
            let name = db
                .prepare_cached("SELECT name FROM officers WHERE uid = ?1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?;
            officers.push((id, name.unwrap_or_default()));
        }
    }
    let public: Option<[u8; 16]> = row.get(6)?;
    Ok(Some(KeptPetition {
        id: PetitionId(row.get(1)?),
        citizen: row.get::<_, Option<[u8; 16]>>(2)?.map(CitizenId),
        sent_at: Moment(row.get(3)?),
        sent_to: row.get(4)?,
        petition: serde_json::from_str(row.get_ref(5)?.as_str().map_err(failed)?).map_err(failed)?,
        events,
        officers,
        public: public.map(PublicId),
    }))
}

fn of_citizen(db: &Connection, citizen: CitizenId, most: u32) -> Result<Vec<(DraftKey, KeptPetition)>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT uid, key FROM petitions WHERE citizen = ?1 ORDER BY id DESC LIMIT ?2")?;
    let rows = select.query_map(params![citizen.0, most], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get(1)?)))?;
    let mut all = Vec::new();
    for row in rows {
        let (id, key) = row?;
        all.extend(one(db, "uid = ?1", &id)?.map(|kept| (DraftKey(key), kept)));
    }
    Ok(all)
}

/// Petitions outlive the account: the office answers them, and their codes open them.
pub(super) fn leave_all(db: &Connection, citizen: CitizenId) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE petitions SET citizen = NULL WHERE citizen = ?1")?.execute([citizen.0])?;
    Ok(())
}

fn events(db: &Connection, petition: i64) -> Result<Vec<Event>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT at, by, kind FROM petition_events WHERE petition = ?1 ORDER BY position")?;
    let mut rows = select.query([petition])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let by: Option<[u8; 16]> = row.get(1)?;
        let kind = serde_json::from_str(row.get_ref(2)?.as_str().map_err(failed)?).map_err(failed)?;
        all.push(Event { at: Moment(row.get(0)?), by: by.map(OfficerId), kind });
    }
    Ok(all)
}

/// What belongs to a list; `?2` is who asks and `?3` now.
const fn condition(list: PetitionList) -> &'static str {
    match list {
        PetitionList::Open => "ended_at IS NULL",
        PetitionList::New => "ended_at IS NULL AND state = 'sent'",
        PetitionList::Mine => "ended_at IS NULL AND holder = ?2",
        PetitionList::Late => "ended_at IS NULL AND due_at < ?3",
        PetitionList::Over => "ended_at IS NOT NULL",
    }
}

fn list(db: &Connection, asked: &PetitionsAsked) -> Result<Vec<PetitionRow>, StoreError> {
    let order = if asked.list == PetitionList::Over { "ended_at DESC, id DESC" } else { "due_at, id" };
    // Every statement names who asks and now, because all of them are given.
    let sql = format!(
        "SELECT uid, sent_at, petition, unit, state, (SELECT name FROM officers WHERE uid = petitions.holder), due_at,
             ended_at, ended_late, EXISTS (SELECT 1 FROM published_petitions WHERE petition = petitions.id)
         FROM petitions WHERE unit IN (SELECT value FROM json_each(?1)) AND {} AND ?2 IS NOT NULL AND ?3 IS NOT NULL
         ORDER BY {order} LIMIT ?4",
        condition(asked.list)
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params![json(&asked.units)?, asked.officer.0, asked.now.0, asked.most])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(self::row(row)?);
    }
    Ok(all)
}

fn row(row: &Row<'_>) -> Result<PetitionRow, StoreError> {
    let state: String = row.get(4)?;
    let ended: Option<i64> = row.get(7)?;
    let late: bool = row.get(8)?;
    Ok(PetitionRow {
        id: PetitionId(row.get(0)?),
        sent_at: Moment(row.get(1)?),
        petition: serde_json::from_str(row.get_ref(2)?.as_str().map_err(failed)?).map_err(failed)?,
        unit: row.get(3)?,
        state: State::of_name(&state).ok_or_else(|| failed("a petition's state"))?,
        holder: row.get(5)?,
        due_at: Moment(row.get(6)?),
        ended: ended.map(|at| (Moment(at), late)),
        is_public: row.get(9)?,
    })
}

fn counts(db: &Connection, asked: &PetitionsAsked) -> Result<PetitionCounts, StoreError> {
    let sum = |list| format!("count(*) FILTER (WHERE {})", condition(list));
    let [open, new, mine, late] =
        [PetitionList::Open, PetitionList::New, PetitionList::Mine, PetitionList::Late].map(sum);
    let sql = format!(
        "SELECT {open}, {new}, {mine}, {late} FROM petitions
         WHERE unit IN (SELECT value FROM json_each(?1)) AND ended_at IS NULL"
    );
    let counts =
        db.prepare_cached(&sql)?.query_row(params![json(&asked.units)?, asked.officer.0, asked.now.0], |row| {
            Ok(PetitionCounts { open: row.get(0)?, new: row.get(1)?, mine: row.get(2)?, late: row.get(3)? })
        })?;
    Ok(counts)
}

fn act_before(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<PetitionActSaved, StoreError> {
    let kept: Option<Hash> = db
        .prepare_cached("SELECT body_hash FROM petition_act_keys WHERE key = ?1")?
        .query_row([key.0], |row| row.get(0))
        .optional()?;
    Ok(match kept {
        None => PetitionActSaved::New,
        Some(hash) if hash == *body_hash => PetitionActSaved::Before,
        Some(_) => PetitionActSaved::KeyReused,
    })
}

fn save_act(db: &Connection, new: &NewPetitionAct, kind: &str) -> Result<PetitionActSaved, StoreError> {
    let known = act_before(db, new.key, &new.body_hash)?;
    if known != PetitionActSaved::New {
        return Ok(known);
    }
    let found: Option<(i64, u32, String)> = db
        .prepare_cached(
            "SELECT id, (SELECT count(*) FROM petition_events WHERE petition = petitions.id), field
             FROM petitions WHERE uid = ?1",
        )?
        .query_row([new.id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((petition, _, field)) = found.filter(|(_, version, _)| *version == new.version) else {
        return Ok(PetitionActSaved::Changed);
    };
    let Event { at, by, kind: what } = &new.event;
    db.prepare_cached("INSERT INTO petition_events (petition, position, at, by, kind) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![petition, new.version, at.0, by.map(|by| by.0), kind])?;
    let Course { unit, state, holder, due_at, answer_due_at, ended, .. } = &new.course;
    db.prepare_cached(
        "UPDATE petitions SET unit = ?2, state = ?3, holder = ?4, due_at = ?5, answer_due_at = ?6, ended_at = ?7,
             ended_late = ?8 WHERE id = ?1",
    )?
    .execute(params![
        petition,
        unit,
        state.name(),
        holder.map(|holder| holder.0),
        due_at.0,
        answer_due_at.0,
        ended.map(|(at, _)| at.0),
        ended.is_some_and(|(_, late)| late)
    ])?;
    match (what, &new.public) {
        (EventKind::Published(version), Some((id, unit))) => {
            let version = PublishedPetition {
                row: petition,
                id: *id,
                unit: unit.clone(),
                field,
                version: version.clone(),
                published_at: *at,
            };
            published::keep(db, &version)?;
        }
        (EventKind::Withdrawn { .. }, _) => published::withdraw(db, petition)?,
        _ => {}
    }
    db.prepare_cached("INSERT INTO petition_act_keys (key, body_hash, petition) VALUES (?1, ?2, ?3)")?
        .execute(params![new.key.0, new.body_hash, petition])?;
    super::notices::keep_letters(db, *at, &new.letters)?;
    let detail = format!("by {}, event {}, unit {unit}", super::officers::by(*by), new.version);
    record(db, *at, &format!("petition-{}", what.name()), &new.id.to_string(), &detail)?;
    Ok(PetitionActSaved::New)
}

fn figures(db: &Connection, asked: &PetitionFiguresAsked) -> Result<Vec<PetitionFigures>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT unit, count(*), sum(ended_at IS NOT NULL AND NOT ended_late), sum(ended_late), sum(ended_at IS NULL),
             sum(ended_at IS NULL AND answer_due_at < ?4), sum(state = 'refused'),
             sum(EXISTS (SELECT 1 FROM published_petitions WHERE petition = petitions.id))
         FROM petitions WHERE unit IN (SELECT value FROM json_each(?1)) AND sent_at >= ?2 AND sent_at < ?3
         GROUP BY unit ORDER BY unit",
    )?;
    let rows = select.query_map(params![json(&asked.units)?, asked.from.0, asked.until.0, asked.now.0], |row| {
        Ok(PetitionFigures {
            unit: row.get(0)?,
            came: row.get(1)?,
            on_time: row.get(2)?,
            late: row.get(3)?,
            open: row.get(4)?,
            overdue: row.get(5)?,
            refused: row.get(6)?,
            published: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
