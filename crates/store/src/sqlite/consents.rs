//! Who may file for whom, and what was filed by it.

use super::mine::{MINE, mine};
use super::notices::keep_letters;
use super::{SqliteStore, record};
use crate::consents::{AcceptedConsent, Consents, FiledDossier, FiledFor, NewConsent, WithdrawnConsent};
use crate::kept::SentBy;
use crate::{Hash, StoreError};
use account::CitizenId;
use account::consent::{Basis, Consent, ConsentId, ConsentStanding, Filer, Kinship, Owner, Withdrawer};
use async_trait::async_trait;
use dossier::DossierId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

#[async_trait]
impl Consents for SqliteStore {
    async fn add_consent(&self, new: NewConsent) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| add(db, &new)).await
    }

    async fn consents_of(&self, citizen: CitizenId) -> Result<Vec<(Consent, u32)>, StoreError> {
        self.readers.run(|db| of(db, citizen))
    }

    async fn consent_of_code(&self, code_hash: Hash) -> Result<Option<Consent>, StoreError> {
        self.readers.run(|db| find(db, "consents.code_hash", &code_hash))
    }

    async fn accept_consent(&self, accepted: AcceptedConsent) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| accept(db, &accepted)).await
    }

    async fn withdraw_consent(&self, withdrawn: WithdrawnConsent) -> Result<bool, StoreError> {
        self.writer.run(move |db, _| withdraw(db, &withdrawn)).await
    }

    async fn dossiers_filed_by(
        &self,
        citizen: CitizenId,
        before: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<FiledDossier>, StoreError> {
        self.readers.run(|db| filed_by(db, citizen, before, most))
    }

    async fn filed_for(&self, dossier: DossierId) -> Result<Option<FiledFor>, StoreError> {
        self.readers.run(|db| filed_for(db, dossier))
    }
}

/// The account's row, whose name is the first value given.
const WHOSE: &str = "(SELECT id FROM citizens WHERE uid = ?1)";

/// What ended and carries nothing is shown for a month.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;

/// The columns that [`read`] reads, in its order.
const COLUMNS: &str =
    "consents.uid, owners.uid, consents.owner_name, consents.owner_number, filers.uid, consents.filer_name,
    consents.kinship, consents.sha256, consents.given_at, consents.accepted_at, consents.until, consents.withdrawn_at,
    consents.withdrawn_by, consents.kind, consents.procedure";
/// Where they stand.
const FROM: &str = "consents LEFT JOIN citizens owners ON owners.id = consents.owner
    LEFT JOIN citizens filers ON filers.id = consents.filer";

/// A consent from [`COLUMNS`], which stand first.
fn read(row: &Row<'_>) -> rusqlite::Result<Option<Consent>> {
    let citizen = |place| Ok::<_, rusqlite::Error>(row.get::<_, Option<[u8; 16]>>(place)?.map(CitizenId));
    let moment = |place| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(place)?.map(Moment));
    let (kinship, by): (String, Option<String>) = (row.get(6)?, row.get(12)?);
    let basis = match row.get::<_, Option<Hash>>(7)? {
        Some(sha256) => Basis::Paper { sha256, kind: row.get(13)? },
        None => Basis::Account { accepted_at: moment(9)? },
    };
    let withdrawn = moment(11)?.zip(by.as_deref().and_then(Withdrawer::of_name));
    let Some(kinship) = Kinship::of_name(&kinship) else { return Ok(None) };
    Ok(Some(Consent {
        id: ConsentId(row.get(0)?),
        owner: Owner { citizen: citizen(1)?, name: row.get(2)?, number: row.get(3)? },
        filer: Filer { citizen: citizen(4)?, name: row.get(5)? },
        kinship,
        procedure: row.get(14)?,
        basis,
        given_at: Moment(row.get(8)?),
        until: Moment(row.get(10)?),
        withdrawn,
    }))
}

fn add(db: &Connection, new: &NewConsent) -> Result<bool, StoreError> {
    let NewConsent { id, code_hash, owner, filer, kinship, procedure, paper, now, until } = new;
    let kept = db.prepare_cached(
        "INSERT INTO consents
             (uid, code_hash, owner, owner_name, owner_number, filer, filer_name, kinship, sha256, kind, given_at, until,
              procedure)
         SELECT ?1, ?2, (SELECT id FROM citizens WHERE uid = ?3), ?4, ?5, (SELECT id FROM citizens WHERE uid = ?6), ?7, ?8,
             ?9, papers.kind, ?10, ?11, ?12
         FROM (SELECT 1) LEFT JOIN citizen_papers papers
             ON papers.sha256 = ?9 AND papers.citizen = (SELECT id FROM citizens WHERE uid = ?6)
         WHERE ?9 IS NULL OR papers.kind IS NOT NULL ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        id.0,
        code_hash,
        owner.citizen.map(|citizen| citizen.0),
        owner.name,
        owner.number,
        filer.0.map(|citizen| citizen.0),
        filer.1,
        kinship.name(),
        paper,
        now.0,
        until.0,
        procedure
    ])?;
    if kept == 0 {
        return Ok(false);
    }
    let (act, by) = match paper {
        None => ("consent-offered", owner.citizen),
        Some(_) => ("consent-recorded", filer.0),
    };
    record(db, *now, act, &id.to_string(), &by_citizen(by))?;
    Ok(true)
}

fn by_citizen(citizen: Option<CitizenId>) -> String {
    citizen.map_or_else(String::new, |citizen| format!("by citizen {citizen}"))
}

/// The consents of an account, each with how many dossiers rest on it.
fn of_account() -> String {
    format!(
        "SELECT {COLUMNS}, (SELECT count(*) FROM dossiers WHERE dossiers.consent = consents.id) FROM {FROM}
         WHERE consents.owner = {WHOSE} OR consents.filer = {WHOSE} ORDER BY consents.id DESC"
    )
}

fn of(db: &Connection, citizen: CitizenId) -> Result<Vec<(Consent, u32)>, StoreError> {
    let mut select = db.prepare_cached(&of_account())?;
    let rows = select.query_map([citizen.0], |row| Ok((read(row)?, row.get(15)?)))?;
    let mut all = Vec::new();
    for row in rows {
        let (consent, dossiers) = row?;
        all.extend(consent.map(|consent| (consent, dossiers)));
    }
    Ok(all)
}

fn find(db: &Connection, column: &str, key: &[u8]) -> Result<Option<Consent>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE {column} = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([key], read).optional()?.flatten())
}

fn accept(
    db: &Connection,
    AcceptedConsent { code_hash, filer, letters, now }: &AcceptedConsent,
) -> Result<bool, StoreError> {
    let waits = find(db, "consents.code_hash", code_hash)?
        .filter(|found| found.standing(*now) == ConsentStanding::Offered && found.owner.citizen != Some(filer.id));
    let Some(consent) = waits else { return Ok(false) };
    db.prepare_cached(
        "UPDATE consents SET filer = (SELECT id FROM citizens WHERE uid = ?2), filer_name = ?3, accepted_at = ?4
         WHERE uid = ?1",
    )?
    .execute(params![consent.id.0, filer.id.0, filer.name, now.0])?;
    keep_letters(db, *now, letters)?;
    record(db, *now, "consent-accepted", &consent.id.to_string(), &by_citizen(Some(filer.id)))?;
    Ok(true)
}

fn withdraw(db: &Connection, withdrawn: &WithdrawnConsent) -> Result<bool, StoreError> {
    let WithdrawnConsent { id, by, officer, letters, now } = withdrawn;
    let changed = db
        .prepare_cached(
            "UPDATE consents SET withdrawn_at = ?2, withdrawn_by = ?3 WHERE uid = ?1 AND withdrawn_at IS NULL",
        )?
        .execute(params![id.0, now.0, by.name()])?;
    if changed > 0 {
        let by = officer.map_or_else(|| by.name().to_owned(), |officer| format!("{} by {officer}", by.name()));
        record(db, *now, "consent-withdrawn", &id.to_string(), &by)?;
        keep_letters(db, *now, letters)?;
    }
    Ok(changed > 0)
}

/// Puts a dossier where its sender's account, or the account of the one for whom they filed, finds it. A consent that was taken back
/// meanwhile carries nothing; the dossier is kept all the same.
pub(super) fn sent_by(db: &Connection, dossier: i64, sender: &SentBy, now: Moment) -> Result<(), StoreError> {
    match sender {
        SentBy::Nobody => Ok(()),
        SentBy::Owner(citizen) => super::mine::join(db, dossier, *citizen),
        SentBy::Filer { citizen, consent } => {
            let holds = "FROM consents WHERE uid = ?3 AND withdrawn_at IS NULL AND until > ?4";
            let sql = format!(
                "UPDATE dossiers SET filed_by = (SELECT id FROM citizens WHERE uid = ?2),
                     consent = (SELECT id {holds}), citizen = (SELECT owner {holds}) WHERE id = ?1"
            );
            let consent = consent.map(|consent| consent.0);
            db.prepare_cached(&sql)?.execute(params![dossier, citizen.0, consent, now.0])?;
            Ok(())
        }
    }
}

/// What becomes of consents when an account is deleted: they end, and those on which no dossier rests are erased.
pub(super) fn leave_all(db: &Connection, citizen: CitizenId, now: Moment) -> Result<(), StoreError> {
    for (consent, _) in of(db, citizen)? {
        let (id, by) = (consent.id, Withdrawer::Deletion);
        withdraw(db, &WithdrawnConsent { id, by, officer: None, letters: Vec::new(), now })?;
    }
    for sql in [
        format!(
            "DELETE FROM consents WHERE (owner = {WHOSE} OR filer = {WHOSE})
             AND NOT EXISTS (SELECT 1 FROM dossiers WHERE dossiers.consent = consents.id)"
        ),
        format!("UPDATE consents SET owner = NULL WHERE owner = {WHOSE}"),
        format!("UPDATE consents SET filer = NULL WHERE filer = {WHOSE}"),
        format!("UPDATE dossiers SET filed_by = NULL WHERE filed_by = {WHOSE}"),
    ] {
        db.prepare_cached(&sql)?.execute([citizen.0])?;
    }
    Ok(())
}

/// Erases consents that ended a month ago and on which no dossier rests; their papers are cleared with the unclaimed.
pub(super) fn clear(db: &Connection, now: Moment) -> Result<(), StoreError> {
    db.prepare_cached(
        "DELETE FROM consents WHERE coalesce(withdrawn_at, until) < ?1
         AND NOT EXISTS (SELECT 1 FROM dossiers WHERE dossiers.consent = consents.id)",
    )?
    .execute([now.0 - KEPT_MS])?;
    Ok(())
}

/// The papers of an account's consents, which may go with it.
pub(super) fn papers_of(db: &Connection, citizen: CitizenId) -> Result<Vec<Hash>, StoreError> {
    let sql = format!("SELECT sha256 FROM consents WHERE filer = {WHOSE} AND sha256 IS NOT NULL");
    Ok(db.prepare_cached(&sql)?.query_map([citizen.0], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn filed_by(
    db: &Connection,
    citizen: CitizenId,
    before: Option<DossierId>,
    most: u32,
) -> Result<Vec<FiledDossier>, StoreError> {
    let sql = format!(
        "SELECT {MINE}, dossiers.person, consents.uid FROM dossiers JOIN answers ON answers.dossier = dossiers.id
         LEFT JOIN consents ON consents.id = dossiers.consent
         WHERE dossiers.filed_by = {WHOSE} AND consents.withdrawn_at IS NULL
           AND (?2 IS NULL OR dossiers.id < (SELECT id FROM dossiers WHERE uid = ?2))
         ORDER BY dossiers.id DESC LIMIT ?3"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query(params![citizen.0, before.map(|id| id.0), most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let consent: Option<[u8; 16]> = row.get(11)?;
        found.push(FiledDossier { dossier: mine(db, row)?, person: row.get(10)?, consent: consent.map(ConsentId) });
    }
    Ok(found)
}

fn filed_for(db: &Connection, dossier: DossierId) -> Result<Option<FiledFor>, StoreError> {
    type Names = (Option<[u8; 16]>, Option<[u8; 16]>);
    let found: Option<Names> = db
        .prepare_cached(
            "SELECT citizens.uid, consents.uid FROM dossiers LEFT JOIN citizens ON citizens.id = dossiers.filed_by
             LEFT JOIN consents ON consents.id = dossiers.consent WHERE dossiers.uid = ?1",
        )?
        .query_row([dossier.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((filer, consent)) = found.filter(|found| *found != (None, None)) else { return Ok(None) };
    let consent = match consent {
        Some(uid) => find(db, "consents.uid", &uid)?,
        None => None,
    };
    Ok(Some(FiledFor { filer: filer.map(CitizenId), consent }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::connection::open_writing;

    #[test]
    fn an_accounts_consents_are_found_without_reading_everybodys() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writing(folder.path()).unwrap();
        let plan: Vec<String> = db
            .prepare(&format!("EXPLAIN QUERY PLAN {}", of_account()))
            .unwrap()
            .query_map([[0_u8; 16]], |row| row.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:#?}");
        for index in ["consents_by_owner", "consents_by_filer"] {
            assert!(plan.iter().any(|step| step.contains(index)), "{plan:#?}");
        }
    }
}
