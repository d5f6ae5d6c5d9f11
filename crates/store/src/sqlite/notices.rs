//! SQLite behind [`Notices`].

use super::{SqliteStore, record};
use crate::StoreError;
use crate::notices::{NewNotice, NoticeEnd, NoticeId, Notices, WaitingNotice};
use async_trait::async_trait;
use dossier::DossierId;
use dossier::notice::Way;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

#[async_trait]
impl Notices for SqliteStore {
    async fn due_notices(&self, ways: &[Way], now: Moment, most: u32) -> Result<Vec<WaitingNotice>, StoreError> {
        self.readers.run(|db| due(db, ways, now, most))
    }

    async fn try_notice(&self, id: NoticeId, next_at: Moment) -> Result<(), StoreError> {
        let tried = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached(
                "UPDATE notices SET tries = tries + 1, next_at = ?2, unanswered = 1
                 WHERE uid = ?1 AND next_at IS NOT NULL",
            )?
            .execute(params![id.0, next_at.0])?;
            Ok(())
        };
        self.writer.run(tried).await
    }

    async fn keep_notice(&self, id: NoticeId, way: Way) -> Result<(), StoreError> {
        let kept = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached("UPDATE notices SET unanswered = 0, way = ?2 WHERE uid = ?1 AND next_at IS NOT NULL")?
                .execute(params![id.0, way.name()])?;
            Ok(())
        };
        self.writer.run(kept).await
    }

    async fn end_notice(&self, id: NoticeId, end: NoticeEnd, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| ended(db, id, end, now)).await
    }

    async fn clear_notices(&self, before: Moment) -> Result<u64, StoreError> {
        let clear = move |db: &Connection, _: &crate::blobs::Blobs| {
            let cleared = db.prepare_cached("DELETE FROM notices WHERE made_at < ?1")?.execute([before.0])?;
            Ok(u64::try_from(cleared).unwrap_or(u64::MAX))
        };
        self.writer.run(clear).await
    }
}

/// Keeps a notice, in the transaction of its event.
pub(super) fn keep(
    db: &Connection,
    dossier: i64,
    event: u32,
    at: Moment,
    notice: &NewNotice,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO notices (uid, dossier, event, number, recipient, made_at, next_at, way)
         SELECT ?1, id, ?3, number, ?4, ?5, ?5, ?6 FROM dossiers WHERE id = ?2",
    )?
    .execute(params![notice.id.0, dossier, event, notice.to, at.0, notice.way.name()])?;
    Ok(())
}

fn due(db: &Connection, ways: &[Way], now: Moment, most: u32) -> Result<Vec<WaitingNotice>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT notices.uid, dossiers.uid, recipient, notices.number, dossiers.sent_at, made_at, tries, way, unanswered
         FROM notices JOIN dossiers ON dossiers.id = notices.dossier
         WHERE next_at IS NOT NULL AND next_at <= ?1 AND way IN (?3, ?4, ?5) ORDER BY next_at, notices.id LIMIT ?2",
    )?;
    let asked = |way: Way| ways.contains(&way).then(|| way.name());
    let [mail, sms, zalo] = Way::ALL.map(asked);
    let rows = select.query_map(params![now.0, most, mail, sms, zalo], |row| {
        let way: String = row.get(7)?;
        Ok(WaitingNotice {
            // The table's own rule lets no other in.
            way: Way::of_name(&way).unwrap_or(Way::Email),
            unanswered: row.get(8)?,
            id: NoticeId(row.get(0)?),
            dossier: DossierId(row.get(1)?),
            to: row.get(2)?,
            number: row.get(3)?,
            sent_at: Moment(row.get(4)?),
            made_at: Moment(row.get(5)?),
            tries: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn ended(db: &Connection, id: NoticeId, end: NoticeEnd, now: Moment) -> Result<(), StoreError> {
    let dossier: Option<[u8; 16]> = db
        .prepare_cached(
            "UPDATE notices SET recipient = NULL, next_at = NULL WHERE uid = ?1 AND next_at IS NOT NULL
             RETURNING (SELECT uid FROM dossiers WHERE dossiers.id = notices.dossier)",
        )?
        .query_row([id.0], |row| row.get(0))
        .optional()?;
    let Some(dossier) = dossier else { return Ok(()) };
    let act = match end {
        NoticeEnd::Sent => "notice-sent",
        NoticeEnd::Unknown => "notice-unknown",
        NoticeEnd::GivenUp => "notice-given-up",
    };
    record(db, now, act, &DossierId(dossier).to_string(), &crate::hex(&id.0))
}
