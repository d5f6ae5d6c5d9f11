//! SQLite behind [`Meetings`].

use super::{SqliteStore, acts, record};
use crate::meetings::{KeptMeeting, MeetingSaved, Meetings, NewMeeting};
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::MeetingId;
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

const COLUMNS: &str = "uid, unit, officer, kept_at, minutes";

#[async_trait]
impl Meetings for SqliteStore {
    async fn save_meeting(&self, meeting: NewMeeting) -> Result<MeetingSaved, StoreError> {
        self.writer.run(move |db, _| save(db, &meeting)).await
    }

    async fn meeting_before(&self, key: DraftKey, body_hash: Hash) -> Result<MeetingSaved, StoreError> {
        self.readers.run(|db| before(db, key, &body_hash))
    }

    async fn meeting(&self, id: MeetingId) -> Result<Option<KeptMeeting>, StoreError> {
        self.readers.run(|db| one(db, id))
    }

    async fn read_meeting(
        &self,
        id: MeetingId,
        unit: &str,
        reader: OfficerId,
        now: Moment,
    ) -> Result<Option<KeptMeeting>, StoreError> {
        let unit = unit.to_owned();
        let read = move |db: &Connection, _: &crate::blobs::Blobs| {
            let kept = one(db, id)?.filter(|kept| kept.unit == unit);
            if kept.is_some() {
                record(db, now, "meeting-read", &id.to_string(), &format!("by {reader}"))?;
            }
            Ok(kept)
        };
        self.writer.run(read).await
    }

    async fn meetings_of(&self, unit: &str, most: u32) -> Result<Vec<KeptMeeting>, StoreError> {
        self.readers.run(|db| {
            let sql =
                format!("SELECT {COLUMNS} FROM meetings WHERE unit = ?1 ORDER BY begun_at DESC, id DESC LIMIT ?2");
            let mut select = db.prepare_cached(&sql)?;
            let mut rows = select.query(params![unit, most])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(kept(row)?);
            }
            Ok(all)
        })
    }
}

fn one(db: &Connection, id: MeetingId) -> Result<Option<KeptMeeting>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM meetings WHERE uid = ?1");
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query([id.0])?;
    rows.next()?.map(kept).transpose()
}

fn kept(row: &Row<'_>) -> Result<KeptMeeting, StoreError> {
    let minutes: String = row.get(4)?;
    Ok(KeptMeeting {
        id: MeetingId(row.get(0)?),
        unit: row.get(1)?,
        officer: OfficerId(row.get(2)?),
        kept_at: Moment(row.get(3)?),
        minutes: serde_json::from_str(&minutes)?,
    })
}

fn before(db: &Connection, key: DraftKey, body_hash: &Hash) -> Result<MeetingSaved, StoreError> {
    let known: Option<([u8; 16], Hash)> = db
        .prepare_cached("SELECT uid, body_hash FROM meetings WHERE key = ?1")?
        .query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match known {
        None => MeetingSaved::New,
        Some((uid, hash)) if hash == *body_hash => MeetingSaved::Before(MeetingId(uid)),
        Some(_) => MeetingSaved::KeyReused,
    })
}

fn save(db: &Connection, new: &NewMeeting) -> Result<MeetingSaved, StoreError> {
    let known = before(db, new.key, &new.body_hash)?;
    if known != MeetingSaved::New {
        return Ok(known);
    }
    // Every dossier is looked at before the first one is changed.
    let mut rows = Vec::with_capacity(new.acts.len());
    let mut changed = Vec::new();
    for act in &new.acts {
        match acts::unchanged(db, act)? {
            Some(row) => rows.push(row),
            None => changed.push(act.dossier),
        }
    }
    if !changed.is_empty() {
        return Ok(MeetingSaved::Changed(changed));
    }
    let KeptMeeting { id, unit, officer, kept_at, minutes } = &new.meeting;
    let text = serde_json::to_string(minutes).map_err(|error| StoreError::Failed(error.to_string()))?;
    let begun = minutes.meeting.begun.0;
    db.prepare_cached(
        "INSERT INTO meetings (uid, key, body_hash, unit, officer, begun_at, kept_at, minutes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![id.0, new.key.0, new.body_hash, unit, officer.0, begun, kept_at.0, text])?;
    for (row, act) in rows.into_iter().zip(&new.acts) {
        acts::happen(db, row, act)?;
    }
    record(db, *kept_at, "meeting-kept", &id.to_string(), &format!("by {officer}, {} dossiers", new.acts.len()))?;
    Ok(MeetingSaved::New)
}
