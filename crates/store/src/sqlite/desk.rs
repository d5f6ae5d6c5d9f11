//! SQLite behind [`DeskStore`] and [`Officers`]: each method hands its work to the writer's thread or to a reader.

use super::{SqliteStore, acts, figures, officers, queue, record, sessions, turns};
use crate::desk::{
    ActSaved, DeskStore, Figures, FiguresAsked, Kept, NewAct, OfficerFigures, Place, QueueAsked, Queued, Reader,
    RegisterAsked,
};
use crate::officers::{Added, ChangedOfficer, NewFirstLink, NewOfficer, NewSession, Officers, Refusal};
use crate::{DraftKey, Hash, StoreError};
use account::officer::{Credentials, FirstLink};
use account::{Officer, PasswordHash, Session};
use async_trait::async_trait;
use dossier::DossierId;
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::OptionalExtension as _;

#[async_trait]
impl Officers for SqliteStore {
    async fn add_officers(
        &self,
        new: Vec<NewOfficer>,
        by: Option<OfficerId>,
        now: Moment,
    ) -> Result<Vec<Added>, StoreError> {
        self.writer.run(move |db, _| officers::add(db, &new, by, now)).await
    }

    async fn change_officer(&self, change: ChangedOfficer) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| officers::change(db, &change)).await
    }

    async fn renew_first_link(&self, link: NewFirstLink) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| officers::renew_link(db, &link)).await
    }

    async fn officers_of(&self, unit: &str) -> Result<Vec<Officer>, StoreError> {
        self.readers.run(|db| officers::of_unit(db, unit))
    }

    async fn officer(&self, id: OfficerId) -> Result<Option<Officer>, StoreError> {
        self.readers.run(|db| officers::one(db, id))
    }

    async fn credentials(&self, phone: &str) -> Result<Option<Credentials>, StoreError> {
        self.readers.run(|db| officers::credentials(db, phone))
    }

    async fn first_link(&self, token: Hash, now: Moment) -> Result<Option<(FirstLink, Credentials)>, StoreError> {
        self.readers.run(|db| officers::first_link(db, &token, now))
    }

    async fn finish_first(&self, token: Hash, password: PasswordHash, session: NewSession) -> Result<bool, StoreError> {
        let finish = move |db: &rusqlite::Connection, _: &crate::blobs::Blobs| {
            if officers::first_link(db, &token, session.now)?.is_none() {
                return Ok(false);
            }
            // The code first: one that was used before must not use the link up.
            Ok(sessions::begin(db, &session)?
                && officers::use_link(db, &token, session.officer, &password, session.now)?)
        };
        self.writer.run(finish).await
    }

    async fn begin_session(&self, session: NewSession) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| sessions::begin(db, &session)).await
    }

    async fn session(&self, token: Hash) -> Result<Option<(Session, Officer)>, StoreError> {
        self.readers.run(|db| sessions::find(db, &token))
    }

    async fn touch_session(&self, token: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| sessions::touch(db, &token, now)).await
    }

    async fn end_session(&self, token: Hash, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| sessions::end(db, &token, now)).await
    }

    async fn clear_sessions(&self, before: Moment, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| sessions::clear(db, before, now)).await
    }

    async fn record_refusal(&self, refusal: Refusal) -> Result<(), StoreError> {
        self.writer.run(move |db, _| sessions::refused(db, &refusal)).await
    }
}

#[async_trait]
impl DeskStore for SqliteStore {
    async fn queue(&self, asked: QueueAsked) -> Result<Vec<Queued>, StoreError> {
        self.readers.run(|db| queue::page(db, &asked))
    }

    async fn queue_count(&self, asked: QueueAsked, most: u32) -> Result<u32, StoreError> {
        self.readers.run(|db| queue::count(db, &asked, most))
    }

    async fn dossier(&self, id: DossierId) -> Result<Option<Kept>, StoreError> {
        self.readers.run(|db| acts::kept(db, id))
    }

    async fn read_dossier(&self, id: DossierId, reader: Reader, now: Moment) -> Result<Option<Kept>, StoreError> {
        let read = move |db: &rusqlite::Connection, _: &crate::blobs::Blobs| {
            let kept = acts::kept(db, id)?;
            if kept.is_some() {
                record(db, now, "dossier-read", &id.to_string(), &format!("by {reader}"))?;
            }
            Ok(kept)
        };
        self.writer.run(read).await
    }

    async fn read_paper(
        &self,
        id: DossierId,
        sha256: Hash,
        reader: Reader,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        let kind = self.writer.run(move |db, _| acts::read_paper(db, id, &sha256, reader, now)).await?;
        let Some(kind) = kind else { return Ok(None) };
        let path = self.blobs.path(&sha256);
        let bytes = tokio::task::spawn_blocking(move || std::fs::read(path)).await;
        Ok(Some((kind, bytes.map_err(|error| StoreError::Failed(error.to_string()))??)))
    }

    async fn register(&self, asked: RegisterAsked) -> Result<Vec<Kept>, StoreError> {
        let RegisterAsked { agency, from, before, reader, now, .. } = asked.clone();
        let told = format!("by {reader}, received from {} before {}", from.0, before.0);
        self.writer.run(move |db, _| record(db, now, "register-read", &agency, &told)).await?;
        self.readers.run(|db| acts::received(db, &asked))
    }

    async fn save_act(&self, act: NewAct) -> Result<ActSaved, StoreError> {
        self.writer.run(move |db, _| acts::save(db, &act)).await
    }

    async fn dossier_of_code(&self, code_hash: Hash) -> Result<Option<Kept>, StoreError> {
        self.readers.run(|db| acts::of_code(db, &code_hash))
    }

    async fn act_before(&self, key: DraftKey, body_hash: Hash) -> Result<ActSaved, StoreError> {
        self.readers.run(|db| acts::before(db, key, &body_hash))
    }

    async fn paper_size(&self, key: DraftKey, sha256: Hash) -> Result<Option<u64>, StoreError> {
        self.readers.run(|db| acts::paper_size(db, key, &sha256))
    }

    async fn figures(&self, asked: FiguresAsked) -> Result<Vec<Figures>, StoreError> {
        self.readers.run(|db| figures::of(db, &asked))
    }

    async fn officer_figures(&self, asked: FiguresAsked) -> Result<Vec<OfficerFigures>, StoreError> {
        self.readers.run(|db| turns::figures(db, &asked))
    }

    async fn unplaced(&self, most: u32) -> Result<Vec<Kept>, StoreError> {
        self.readers.run(|db| acts::unplaced(db, most))
    }

    async fn place(&self, id: DossierId, place: Place, person: String) -> Result<(), StoreError> {
        let put = move |db: &rusqlite::Connection, _: &crate::blobs::Blobs| {
            let row: Option<i64> = db
                .prepare_cached("UPDATE dossiers SET person = ?2 WHERE uid = ?1 RETURNING id")?
                .query_row(rusqlite::params![id.0, person], |row| row.get(0))
                .optional()?;
            row.map_or(Ok(()), |row| queue::place(db, row, &place))
        };
        self.writer.run(put).await
    }
}
