//! With which identity providers citizens sign in.

use super::notices::keep_letters;
use super::{SqliteStore, citizens, record};
use crate::citizens::{CitizenAdded, NewCitizen, NewCitizenSession};
use crate::identities::{
    Affirmed, Apart, Arrival, Arrived, Attempt, Fresh, Identities, Identity, IdentityRemoved, NewAttempt, Subject,
};
use crate::notices::NewLetter;
use crate::{Hash, StoreError};
use account::identity::Person;
use account::{Citizen, CitizenId, IdentityId};
use async_trait::async_trait;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};

#[async_trait]
impl Identities for SqliteStore {
    async fn begin_attempt(&self, new: NewAttempt) -> Result<(), StoreError> {
        self.writer.run(move |db, _| begin(db, &new)).await
    }

    async fn take_attempt(&self, state: Hash, browser: Hash, now: Moment) -> Result<Option<Attempt>, StoreError> {
        self.writer.run(move |db, _| take(db, &state, &browser, now)).await
    }

    async fn arrive(&self, arrival: Arrival) -> Result<Arrived, StoreError> {
        self.writer.run(move |db, _| arrive(db, &arrival)).await
    }

    async fn affirm_identity(&self, affirmed: Affirmed) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| affirm(db, &affirmed)).await
    }

    async fn stand_apart(&self, apart: Apart) -> Result<Option<CitizenId>, StoreError> {
        self.writer.run(move |db, _| stand_apart(db, &apart)).await
    }

    async fn identities(&self, citizen: CitizenId) -> Result<Vec<Identity>, StoreError> {
        self.readers.run(|db| all(db, citizen))
    }

    async fn remove_identity(
        &self,
        citizen: CitizenId,
        id: IdentityId,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<IdentityRemoved, StoreError> {
        self.writer.run(move |db, _| remove(db, citizen, id, &letters, now)).await
    }

    async fn record_disbelief(&self, provider: String, why: &'static str, now: Moment) -> Result<(), StoreError> {
        self.writer.run(move |db, _| record(db, now, "identity-not-believed", &provider, why)).await
    }
}

fn begin(db: &Connection, NewAttempt { state, browser, attempt, now }: &NewAttempt) -> Result<(), StoreError> {
    // Whoever never came back is forgotten by the next who goes.
    db.prepare_cached("DELETE FROM identity_attempts WHERE until <= ?1")?.execute([now.0])?;
    db.prepare_cached("DELETE FROM identity_tickets WHERE until <= ?1")?.execute([now.0])?;
    db.prepare_cached(
        "INSERT INTO identity_attempts (state_hash, browser_hash, provider, next, citizen, until)
         VALUES (?1, ?2, ?3, ?4, (SELECT id FROM citizens WHERE uid = ?5), ?6)",
    )?
    .execute(params![
        state,
        browser,
        attempt.provider,
        attempt.next,
        attempt.citizen.map(|citizen| citizen.0),
        attempt.until.0
    ])?;
    Ok(())
}

fn take(db: &Connection, state: &Hash, browser: &Hash, now: Moment) -> Result<Option<Attempt>, StoreError> {
    let found = db
        .prepare_cached(
            "DELETE FROM identity_attempts WHERE state_hash = ?1 AND browser_hash = ?2
             RETURNING provider, next, until, (SELECT uid FROM citizens WHERE citizens.id = identity_attempts.citizen)",
        )?
        .query_row(params![state, browser], |row| {
            let citizen = row.get::<_, Option<[u8; 16]>>(3)?.map(CitizenId);
            Ok(Attempt { provider: row.get(0)?, next: row.get(1)?, until: Moment(row.get(2)?), citizen })
        })
        .optional()?;
    Ok(found.filter(|attempt| now.0 < attempt.until.0))
}

fn arrive(db: &Connection, arrival: &Arrival) -> Result<Arrived, StoreError> {
    let Arrival { subject, person, link, letters, fresh, now, .. } = arrival;
    match (whose(db, subject)?, link) {
        (Some(holder), Some(asks)) if holder != *asks => Ok(Arrived::Taken),
        (Some(holder), _) => {
            db.prepare_cached("UPDATE citizen_identities SET used_at = ?3 WHERE issuer = ?1 AND subject = ?2")?
                .execute(params![subject.issuer, subject.subject, now.0])?;
            sign_in(db, fresh, holder, *now)?;
            Ok(Arrived::SignedIn)
        }
        (None, Some(asks)) => {
            add(db, subject, fresh.identity, *asks, *now)?;
            keep_letters(db, *now, letters)?;
            sign_in(db, fresh, *asks, *now)?;
            Ok(Arrived::Linked)
        }
        (None, None) if somebody_is(db, person)? => {
            wait(db, arrival)?;
            Ok(Arrived::Asks)
        }
        (None, None) => {
            make(db, subject, person.clone(), fresh, *now)?;
            Ok(Arrived::New)
        }
    }
}

/// The account that this identity is of.
fn whose(db: &Connection, subject: &Subject) -> Result<Option<CitizenId>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT uid FROM citizens
             WHERE id = (SELECT citizen FROM citizen_identities WHERE issuer = ?1 AND subject = ?2)",
        )?
        .query_row([&subject.issuer, &subject.subject], |row| row.get(0).map(CitizenId))
        .optional()?)
}

/// That an account has the e-mail address ?1, the telephone number ?2 or the personal number ?3.
const IS: &str = "(citizens.email = ?1 OR citizens.phone = ?2
    OR (json_extract(details, '$.number') = ?3 AND json_extract(details, '$.number') <> ''))";

fn somebody_is(db: &Connection, person: &Person) -> Result<bool, StoreError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM citizens WHERE {IS})");
    let Person { email, phone, details, .. } = person;
    Ok(db.prepare_cached(&sql)?.query_row(params![email, phone, details.number], |row| row.get(0))?)
}

fn wait(db: &Connection, arrival: &Arrival) -> Result<(), StoreError> {
    let Arrival { subject, person, ticket, browser, until, now, .. } = arrival;
    db.prepare_cached(
        "INSERT INTO identity_tickets (ticket_hash, browser_hash, provider, issuer, subject, person, until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        ticket,
        browser,
        subject.provider,
        subject.issuer,
        subject.subject,
        serde_json::to_string(person)?,
        until.0
    ])?;
    record(db, *now, "identity-asked", &subject.provider, "")
}

/// Makes an account, with those addresses that nobody has.
fn make(db: &Connection, subject: &Subject, person: Person, fresh: &Fresh, now: Moment) -> Result<(), StoreError> {
    let free = |column: &str, value: Option<String>| -> Result<Option<String>, StoreError> {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM citizens WHERE {column} = ?1)");
        let Some(value) = value else { return Ok(None) };
        let taken: bool = db.prepare_cached(&sql)?.query_row([&value], |row| row.get(0))?;
        Ok((!taken).then_some(value))
    };
    let (email, phone) = (free("email", person.email)?, free("phone", person.phone)?);
    let citizen = Citizen { id: fresh.citizen, name: person.name, email, phone, details: person.details };
    if citizens::add(db, &NewCitizen { citizen, password: None, now })? != CitizenAdded::New {
        return Err(StoreError::Failed("a new account was there already".to_owned()));
    }
    add(db, subject, fresh.identity, fresh.citizen, now)?;
    sign_in(db, fresh, fresh.citizen, now)
}

fn add(db: &Connection, subject: &Subject, id: IdentityId, citizen: CitizenId, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO citizen_identities (issuer, subject, uid, provider, citizen, made_at, used_at)
         VALUES (?1, ?2, ?3, ?4, (SELECT id FROM citizens WHERE uid = ?5), ?6, ?6)",
    )?
    .execute(params![subject.issuer, subject.subject, id.0, subject.provider, citizen.0, now.0])?;
    record(db, now, "citizen-identity-added", &citizen.to_string(), &subject.provider)
}

/// The session before ends, and another begins.
fn sign_in(db: &Connection, fresh: &Fresh, citizen: CitizenId, now: Moment) -> Result<(), StoreError> {
    if let Some(before) = &fresh.before {
        citizens::end(db, before, now)?;
    }
    citizens::begin(db, &NewCitizenSession { token: fresh.session, citizen, now })
}

/// Uses a ticket up.
fn ticket(db: &Connection, by: (&Hash, &Hash), now: Moment) -> Result<Option<(Subject, Person)>, StoreError> {
    let found = db
        .prepare_cached(
            "DELETE FROM identity_tickets WHERE ticket_hash = ?1 AND browser_hash = ?2 AND until > ?3
             RETURNING provider, issuer, subject, person",
        )?
        .query_row(params![by.0, by.1, now.0], |row| {
            let subject = Subject { provider: row.get(0)?, issuer: row.get(1)?, subject: row.get(2)? };
            Ok((subject, row.get::<_, String>(3)?))
        })
        .optional()?;
    let Some((subject, person)) = found else { return Ok(None) };
    Ok(Some((subject, serde_json::from_str(&person)?)))
}

fn affirm(db: &Connection, affirmed: &Affirmed) -> Result<bool, StoreError> {
    let Affirmed { ticket: hash, browser, citizen, identity, letters, now } = affirmed;
    // Who signed in to another account than the one that is meant keeps the ticket, and can try again.
    let told: Option<String> = db
        .prepare_cached("SELECT person FROM identity_tickets WHERE ticket_hash = ?1 AND browser_hash = ?2")?
        .query_row([hash, browser], |row| row.get(0))
        .optional()?;
    let Some(told) = told else { return Ok(false) };
    let Person { email, phone, details, .. } = serde_json::from_str(&told)?;
    let sql = format!("SELECT EXISTS (SELECT 1 FROM citizens WHERE uid = ?4 AND {IS})");
    let theirs: bool =
        db.prepare_cached(&sql)?.query_row(params![email, phone, details.number, citizen.0], |row| row.get(0))?;
    if !theirs {
        return Ok(false);
    }
    let Some((subject, _)) = ticket(db, (hash, browser), *now)? else { return Ok(false) };
    if whose(db, &subject)?.is_some() {
        return Ok(false);
    }
    add(db, &subject, *identity, *citizen, *now)?;
    keep_letters(db, *now, letters)?;
    Ok(true)
}

fn stand_apart(db: &Connection, apart: &Apart) -> Result<Option<CitizenId>, StoreError> {
    let Apart { ticket: hash, browser, fresh, now } = apart;
    let Some((subject, person)) = ticket(db, (hash, browser), *now)? else { return Ok(None) };
    if whose(db, &subject)?.is_some() {
        return Ok(None);
    }
    make(db, &subject, person, fresh, *now)?;
    Ok(Some(fresh.citizen))
}

fn all(db: &Connection, citizen: CitizenId) -> Result<Vec<Identity>, StoreError> {
    let mut found = db.prepare_cached(
        "SELECT uid, provider, made_at, used_at FROM citizen_identities
         WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1) ORDER BY made_at, uid",
    )?;
    let rows = found.query_map([citizen.0], |row| {
        Ok(Identity {
            id: IdentityId(row.get(0)?),
            provider: row.get(1)?,
            made_at: Moment(row.get(2)?),
            used_at: Moment(row.get(3)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn remove(
    db: &Connection,
    citizen: CitizenId,
    id: IdentityId,
    letters: &[NewLetter],
    now: Moment,
) -> Result<IdentityRemoved, StoreError> {
    let known = all(db, citizen)?;
    let Some(identity) = known.iter().find(|identity| identity.id == id) else { return Ok(IdentityRemoved::Unknown) };
    let password: bool = db
        .prepare_cached("SELECT password_hash IS NOT NULL FROM citizens WHERE uid = ?1")?
        .query_row([citizen.0], |row| row.get(0))?;
    if known.len() == 1 && !password {
        return Ok(IdentityRemoved::Last);
    }
    db.prepare_cached("DELETE FROM citizen_identities WHERE uid = ?1")?.execute([id.0])?;
    keep_letters(db, now, letters)?;
    record(db, now, "citizen-identity-removed", &citizen.to_string(), &identity.provider)?;
    Ok(IdentityRemoved::Gone)
}
