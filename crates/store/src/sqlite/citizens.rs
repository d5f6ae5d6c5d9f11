//! Citizens' accounts and their sessions.

use super::notices::keep_letters;
use super::{SqliteStore, citizen_links, citizen_papers, consents, record};
use crate::citizens::{
    AskedCode, AskedLink, ChangedPassword, CitizenAdded, Citizens, FinishedRegistration, FinishedReset, NewCitizen,
    NewCitizenSession, OpenedLink, SentCode,
};
use crate::notices::{NewLetter, NoticeId};
use crate::{Hash, StoreError};
use account::citizen::{CODE_TRIES, Credentials, Details, Login, Purpose, WHOLE_MS};
use account::{Citizen, CitizenId, CitizenSession, PasswordHash};
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

    async fn citizen_credentials(&self, login: &Login) -> Result<Option<Credentials>, StoreError> {
        self.readers.run(|db| credentials(db, login))
    }

    async fn ask_citizen_link(&self, asked: AskedLink) -> Result<(), StoreError> {
        self.writer.run(move |db, _| citizen_links::ask(db, &asked)).await
    }

    async fn citizen_link(&self, token: Hash, purpose: Purpose, now: Moment) -> Result<Option<OpenedLink>, StoreError> {
        self.readers.run(|db| citizen_links::open(db, &token, purpose, now))
    }

    async fn finish_registration(&self, done: FinishedRegistration) -> Result<Option<Citizen>, StoreError> {
        self.writer.run(move |db, _| citizen_links::register(db, &done)).await
    }

    async fn finish_reset(&self, done: FinishedReset) -> Result<Option<Citizen>, StoreError> {
        self.writer.run(move |db, _| citizen_links::reset(db, &done)).await
    }

    async fn finish_email(
        &self,
        token: Hash,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<Option<Citizen>, StoreError> {
        self.writer.run(move |db, _| citizen_links::email(db, &token, &letters, now)).await
    }

    async fn change_citizen_password(&self, change: ChangedPassword) -> Result<(), StoreError> {
        self.writer.run(move |db, _| change_password(db, &change)).await
    }

    async fn change_citizen_details(
        &self,
        id: CitizenId,
        name: String,
        details: Details,
        now: Moment,
    ) -> Result<(), StoreError> {
        let changed = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached("UPDATE citizens SET name = ?2, details = ?3 WHERE uid = ?1")?.execute(params![
                id.0,
                name,
                serde_json::to_string(&details)?
            ])?;
            record(db, now, "citizen-details-changed", &id.to_string(), "")
        };
        self.writer.run(changed).await
    }

    async fn ask_phone_code(&self, asked: AskedCode) -> Result<(), StoreError> {
        self.writer.run(move |db, _| ask_code(db, &asked)).await
    }

    async fn try_phone_code(&self, id: CitizenId, now: Moment) -> Result<Option<SentCode>, StoreError> {
        self.writer.run(move |db, _| try_code(db, id, now)).await
    }

    async fn finish_phone(
        &self,
        id: CitizenId,
        code: NoticeId,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<Option<CitizenAdded>, StoreError> {
        self.writer.run(move |db, _| finish_phone(db, id, code, &letters, now)).await
    }

    async fn end_citizen_sessions(&self, id: CitizenId, now: Moment) -> Result<(), StoreError> {
        let ended = move |db: &Connection, _: &crate::blobs::Blobs| {
            end_all(db, id)?;
            record(db, now, "citizen-signed-out-everywhere", &id.to_string(), "")
        };
        self.writer.run(ended).await
    }

    async fn delete_citizen(&self, id: CitizenId, letters: Vec<NewLetter>, now: Moment) -> Result<(), StoreError> {
        let work = move |db: &Connection, _: &crate::blobs::Blobs| {
            let mut papers = citizen_papers::of(db, id)?;
            papers.extend(consents::papers_of(db, id)?);
            delete(db, id, &letters, now)?;
            Ok(papers)
        };
        self.writer.run_then(work, |db, blobs, papers| citizen_papers::forget(db, blobs, papers)).await?;
        Ok(())
    }

    async fn clear_citizens(&self, now: Moment) -> Result<(), StoreError> {
        let clear = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached("DELETE FROM citizen_sessions WHERE seen_at < ?1")?.execute([now.0 - WHOLE_MS])?;
            db.prepare_cached("DELETE FROM citizen_links WHERE until <= ?1")?.execute([now.0])?;
            db.prepare_cached("DELETE FROM citizen_codes WHERE until <= ?1")?.execute([now.0])?;
            consents::clear(db, now)
        };
        self.writer.run(clear).await
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

pub(super) fn add(
    db: &Connection,
    NewCitizen { citizen, password, now }: &NewCitizen,
) -> Result<CitizenAdded, StoreError> {
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
pub(super) const COLUMNS: &str = "citizens.uid, citizens.name, citizens.email, citizens.phone, citizens.details";

/// A citizen from [`COLUMNS`], which stand first.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Result<Citizen, serde_json::Error>> {
    let details: String = row.get(4)?;
    let (id, name, email, phone) = (CitizenId(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(serde_json::from_str(&details).map(|details| Citizen { id, name, email, phone, details }))
}

pub(super) fn one(db: &Connection, id: CitizenId) -> Result<Option<Citizen>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM citizens WHERE uid = ?1");
    let found = db.prepare_cached(&sql)?.query_row([id.0], read).optional()?;
    Ok(found.transpose()?)
}

pub(super) fn begin(
    db: &Connection,
    NewCitizenSession { token, citizen, now }: &NewCitizenSession,
) -> Result<(), StoreError> {
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

pub(super) fn end(db: &Connection, token: &Hash, now: Moment) -> Result<(), StoreError> {
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

fn credentials(db: &Connection, login: &Login) -> Result<Option<Credentials>, StoreError> {
    let (column, key) = match login {
        Login::Email(email) => ("email", rusqlite::types::Value::from(email.clone())),
        Login::Phone(phone) => ("phone", phone.clone().into()),
        Login::Id(id) => ("uid", id.0.to_vec().into()),
    };
    let sql = format!("SELECT {COLUMNS}, password_salt, password_hash FROM citizens WHERE {column} = ?1");
    let found = db
        .prepare_cached(&sql)?
        .query_row([key], |row| Ok((row.get::<_, Option<[u8; 16]>>(5)?, row.get::<_, Option<Hash>>(6)?, read(row)?)))
        .optional()?;
    let Some((salt, hash, citizen)) = found else { return Ok(None) };
    let password = salt.zip(hash).map(|(salt, hash)| PasswordHash { salt, hash });
    Ok(Some(Credentials { citizen: citizen?, password }))
}

pub(super) fn set_password(db: &Connection, id: CitizenId, password: &PasswordHash) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE citizens SET password_salt = ?2, password_hash = ?3 WHERE uid = ?1")?
        .execute(params![id.0, password.salt, password.hash])?;
    Ok(())
}

/// Ends all sessions of an account.
pub(super) fn end_all(db: &Connection, id: CitizenId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM citizen_sessions WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1)")?
        .execute([id.0])?;
    Ok(())
}

fn change_password(db: &Connection, change: &ChangedPassword) -> Result<(), StoreError> {
    let ChangedPassword { id, session, password, letters, now } = change;
    set_password(db, *id, password)?;
    db.prepare_cached(
        "DELETE FROM citizen_sessions WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1) AND token_hash <> ?2",
    )?
    .execute(params![id.0, session])?;
    // A link to set a password, asked for by whoever knows the mailbox, must not outlive the change.
    citizen_links::end_of_account(db, *id)?;
    keep_letters(db, *now, letters)?;
    record(db, *now, "citizen-password-changed", &id.to_string(), "")
}

fn ask_code(db: &Connection, AskedCode { id, letter, until, now }: &AskedCode) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO citizen_codes (citizen, uid, phone, until)
         SELECT id, ?2, ?3, ?4 FROM citizens WHERE uid = ?1",
    )?
    .execute(params![id.0, letter.id.0, letter.to, until.0])?;
    keep_letters(db, *now, std::slice::from_ref(letter))?;
    record(db, *now, "citizen-phone-asked", &id.to_string(), "")
}

fn try_code(db: &Connection, id: CitizenId, now: Moment) -> Result<Option<SentCode>, StoreError> {
    let sent = db
        .prepare_cached(
            "UPDATE citizen_codes SET tries = tries + 1
             WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1) AND until > ?2 AND tries < ?3
             RETURNING uid, phone",
        )?
        .query_row(params![id.0, now.0, CODE_TRIES], |row| {
            Ok(SentCode { message: NoticeId(row.get(0)?), phone: row.get(1)? })
        })
        .optional()?;
    Ok(sent)
}

fn finish_phone(
    db: &Connection,
    id: CitizenId,
    code: NoticeId,
    letters: &[NewLetter],
    now: Moment,
) -> Result<Option<CitizenAdded>, StoreError> {
    let phone: Option<String> = db
        .prepare_cached(
            "DELETE FROM citizen_codes WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1) AND uid = ?2
             RETURNING phone",
        )?
        .query_row(params![id.0, code.0], |row| row.get(0))
        .optional()?;
    let Some(phone) = phone else { return Ok(None) };
    let changed =
        db.prepare_cached("UPDATE OR IGNORE citizens SET phone = ?2 WHERE uid = ?1")?.execute(params![id.0, phone])?;
    if changed == 0 {
        return Ok(Some(CitizenAdded::Taken));
    }
    keep_letters(db, now, letters)?;
    record(db, now, "citizen-phone-changed", &id.to_string(), "")?;
    Ok(Some(CitizenAdded::New))
}

fn delete(db: &Connection, id: CitizenId, letters: &[NewLetter], now: Moment) -> Result<(), StoreError> {
    end_all(db, id)?;
    citizen_links::end_of_account(db, id)?;
    db.prepare_cached("DELETE FROM citizen_codes WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1)")?
        .execute([id.0])?;
    super::mine::leave_all(db, id)?;
    consents::leave_all(db, id, now)?;
    super::petitions::leave_all(db, id)?;
    if db.prepare_cached("DELETE FROM citizens WHERE uid = ?1")?.execute([id.0])? == 0 {
        return Ok(());
    }
    keep_letters(db, now, letters)?;
    record(db, now, "citizen-deleted", &id.to_string(), "")
}
