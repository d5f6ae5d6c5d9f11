//! SQLite behind [`Notices`].

use super::{SqliteStore, record};
use crate::StoreError;
use crate::notices::{About, DueAsked, NewLetter, NewNotice, NoticeEnd, NoticeId, Notices, WaitingNotice};
use account::Letter;
use async_trait::async_trait;
use dossier::DossierId;
use dossier::notice::Way;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

#[async_trait]
impl Notices for SqliteStore {
    async fn due_notices(&self, asked: DueAsked<'_>) -> Result<Vec<WaitingNotice>, StoreError> {
        self.readers.run(|db| due(db, &asked))
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

/// Keeps letters about an account, in the transaction of what they tell of.
pub(super) fn keep_letters(db: &Connection, at: Moment, letters: &[NewLetter]) -> Result<(), StoreError> {
    for NewLetter { id, letter, way, to, until } in letters {
        db.prepare_cached(
            "INSERT INTO notices (uid, letter, until, recipient, made_at, next_at, way)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
        )?
        .execute(params![id.0, letter.name(), until.map(|until| until.0), to, at.0, way.name()])?;
    }
    Ok(())
}

fn due(db: &Connection, asked: &DueAsked<'_>) -> Result<Vec<WaitingNotice>, StoreError> {
    let DueAsked { ways, awaited, now, most } = asked;
    let mut select = db.prepare_cached(
        "SELECT notices.uid, dossiers.uid, recipient, notices.number, dossiers.sent_at, made_at, tries, way, unanswered,
            letter, until
         FROM notices LEFT JOIN dossiers ON dossiers.id = notices.dossier
         WHERE next_at IS NOT NULL AND next_at <= ?1
            AND (way IN (?3, ?4, ?5) OR (until IS NOT NULL AND way IN (?6, ?7, ?8)))
         ORDER BY next_at, notices.id LIMIT ?2",
    )?;
    let among = |ways: &[Way]| Way::ALL.map(|way| ways.contains(&way).then(|| way.name()));
    let ([mail, sms, zalo], [mail_now, sms_now, zalo_now]) = (among(ways), among(awaited));
    let rows = select.query_map(params![now.0, most, mail, sms, zalo, mail_now, sms_now, zalo_now], |row| {
        let (way, letter): (String, Option<String>) = (row.get(7)?, row.get(9)?);
        let about = match letter.as_deref().and_then(Letter::of_name) {
            Some(letter) => About::Account { letter, until: row.get::<_, Option<i64>>(10)?.map(Moment) },
            None => About::Dossier { id: DossierId(row.get(1)?), number: row.get(3)?, sent_at: Moment(row.get(4)?) },
        };
        Ok(WaitingNotice {
            // The table's own rule lets no other in.
            way: Way::of_name(&way).unwrap_or(Way::Email),
            unanswered: row.get(8)?,
            id: NoticeId(row.get(0)?),
            about,
            to: row.get(2)?,
            made_at: Moment(row.get(5)?),
            tries: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn ended(db: &Connection, id: NoticeId, end: NoticeEnd, now: Moment) -> Result<(), StoreError> {
    let told: Option<(Option<[u8; 16]>, Option<String>)> = db
        .prepare_cached(
            "UPDATE notices SET recipient = NULL, next_at = NULL WHERE uid = ?1 AND next_at IS NOT NULL
             RETURNING (SELECT uid FROM dossiers WHERE dossiers.id = notices.dossier), letter",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((dossier, letter)) = told else { return Ok(()) };
    let subject = dossier.map_or_else(|| letter.unwrap_or_default(), |dossier| DossierId(dossier).to_string());
    let act = match end {
        NoticeEnd::Sent => "notice-sent",
        NoticeEnd::Unknown => "notice-unknown",
        NoticeEnd::GivenUp => "notice-given-up",
    };
    record(db, now, act, &subject, &crate::hex(&id.0))
}
