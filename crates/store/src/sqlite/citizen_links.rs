//! Links that are mailed to citizens: asked for, opened, used up. Whoever uses one first wins; the others of its kind end.

use super::citizens::{COLUMNS, add, begin, end_all, one, read, set_password};
use super::notices::keep_letters;
use super::record;
use crate::citizens::{
    AskedLink, CitizenAdded, FinishedRegistration, FinishedReset, LinkOf, NewCitizen, NewCitizenSession, NewLink,
    OpenedLink,
};
use crate::notices::NewLetter;
use crate::{Hash, StoreError};
use account::citizen::{Purpose, Registration};
use account::{Citizen, CitizenId};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

/// One transaction and one audit row whether there is a link or not, so that nobody can tell by the time it takes.
pub(super) fn ask(db: &Connection, asked: &AskedLink) -> Result<(), StoreError> {
    let AskedLink { link, letters, purpose, now } = asked;
    let mut subject = "unknown".to_owned();
    if let Some(NewLink { token, email, of, until }) = link {
        let (citizen, registration) = match of {
            LinkOf::New(registration) => (None, Some(serde_json::to_string(&**registration)?)),
            LinkOf::Account(id) => (Some(id.0), None),
        };
        if let LinkOf::Account(id) = of {
            subject = id.to_string();
        }
        db.prepare_cached(
            "INSERT INTO citizen_links (token_hash, purpose, email, citizen, registration, until)
             VALUES (?1, ?2, ?3, (SELECT id FROM citizens WHERE uid = ?4), ?5, ?6)",
        )?
        .execute(params![token, purpose.name(), email, citizen, registration, until.0])?;
    }
    keep_letters(db, *now, letters)?;
    record(db, *now, "citizen-link-asked", &subject, purpose.name())
}

pub(super) fn open(
    db: &Connection,
    token: &Hash,
    purpose: Purpose,
    now: Moment,
) -> Result<Option<OpenedLink>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, citizen_links.email, registration, until, citizens.uid IS NOT NULL FROM citizen_links
         LEFT JOIN citizens ON citizens.id = citizen_links.citizen
         WHERE token_hash = ?1 AND purpose = ?2 AND until > ?3"
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row(params![token, purpose.name(), now.0], |row| {
            let citizen = if row.get(8)? { Some(read(row)?) } else { None };
            Ok((row.get::<_, String>(5)?, row.get::<_, Option<String>>(6)?, Moment(row.get(7)?), citizen))
        })
        .optional()?;
    let Some((email, registration, until, citizen)) = found else { return Ok(None) };
    let registration = registration.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Some(OpenedLink { email, registration, citizen: citizen.transpose()?, until }))
}

/// Ends every link that changes an account.
pub(super) fn end_of_account(db: &Connection, id: CitizenId) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM citizen_links WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1)")?
        .execute([id.0])?;
    Ok(())
}

pub(super) fn register(db: &Connection, done: &FinishedRegistration) -> Result<Option<Citizen>, StoreError> {
    let FinishedRegistration { link, id, password, session, now } = done;
    let Some(opened) = open(db, link, Purpose::Register, *now)? else { return Ok(None) };
    let Some(Registration { name, details, .. }) = opened.registration else { return Ok(None) };
    let citizen = Citizen { id: *id, name, email: Some(opened.email.clone()), phone: None, details };
    let new = NewCitizen { citizen: citizen.clone(), password: Some(password.clone()), now: *now };
    if add(db, &new)? == CitizenAdded::Taken {
        return Ok(None);
    }
    db.prepare_cached("DELETE FROM citizen_links WHERE email = ?1 AND purpose = ?2")?
        .execute(params![opened.email, Purpose::Register.name()])?;
    begin(db, &NewCitizenSession { token: *session, citizen: *id, now: *now })?;
    Ok(Some(citizen))
}

pub(super) fn reset(db: &Connection, done: &FinishedReset) -> Result<Option<Citizen>, StoreError> {
    let FinishedReset { link, password, session, letters, now } = done;
    let opened = open(db, link, Purpose::Reset, *now)?;
    // The link proves a mailbox; it counts as long as the account has that mailbox.
    let mailbox = |citizen: &Citizen, email: &str| citizen.email.as_deref() == Some(email);
    let citizen = opened.and_then(|opened| opened.citizen.filter(|citizen| mailbox(citizen, &opened.email)));
    let Some(citizen) = citizen else { return Ok(None) };
    set_password(db, citizen.id, password)?;
    end_all(db, citizen.id)?;
    end_of_account(db, citizen.id)?;
    keep_letters(db, *now, letters)?;
    record(db, *now, "citizen-password-reset", &citizen.id.to_string(), "")?;
    begin(db, &NewCitizenSession { token: *session, citizen: citizen.id, now: *now })?;
    Ok(Some(citizen))
}

pub(super) fn email(
    db: &Connection,
    link: &Hash,
    letters: &[NewLetter],
    now: Moment,
) -> Result<Option<Citizen>, StoreError> {
    let opened = open(db, link, Purpose::Email, now)?;
    let Some((email, citizen)) = opened.and_then(|opened| Some((opened.email, opened.citizen?))) else {
        return Ok(None);
    };
    let changed = db
        .prepare_cached("UPDATE OR IGNORE citizens SET email = ?2 WHERE uid = ?1")?
        .execute(params![citizen.id.0, email])?;
    if changed == 0 {
        return Ok(None);
    }
    end_of_account(db, citizen.id)?;
    keep_letters(db, now, letters)?;
    record(db, now, "citizen-email-changed", &citizen.id.to_string(), "")?;
    one(db, citizen.id)
}
