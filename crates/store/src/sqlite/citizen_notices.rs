//! SQLite behind [`CitizenNotices`].

use super::{SqliteStore, mine};
use crate::StoreError;
use crate::citizen_notices::{AccountAct, CitizenNotices, Happenings, HappeningsAsked};
use account::CitizenId;
use async_trait::async_trait;
use dossier::notice::list::Money;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, ToSql, named_params, params};

#[async_trait]
impl CitizenNotices for SqliteStore {
    async fn citizen_happenings(&self, asked: HappeningsAsked) -> Result<Happenings, StoreError> {
        self.readers.run(|db| happenings(db, &asked))
    }

    async fn notices_seen(&self, citizen: CitizenId) -> Result<Option<Moment>, StoreError> {
        self.readers.run(|db| seen(db, citizen))
    }

    async fn see_notices(&self, citizen: CitizenId, until: Moment) -> Result<(), StoreError> {
        let see = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached(
                "INSERT INTO citizen_notices (citizen, seen_at) SELECT id, ?2 FROM citizens WHERE uid = ?1
                 ON CONFLICT (citizen) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)",
            )?
            .execute(params![citizen.0, until.0])?;
            Ok(())
        };
        self.writer.run(see).await
    }
}

/// Everything that happened, each with its moment, the dossier's row, and the act where it is the account's. The acts are written
/// out as the index of the audit has them, without which all of the audit would be read.
const HAPPENED: &str = "WITH mine (id) AS (
    SELECT id FROM dossiers WHERE citizen = (SELECT id FROM citizens WHERE uid = :citizen)
), happened (at, dossier, act) AS (
    SELECT events.at, mine.id, NULL FROM mine JOIN events ON events.dossier = mine.id
        WHERE events.kind IN (SELECT value FROM json_each(:events))
    UNION ALL SELECT ledger.at, mine.id, NULL FROM mine JOIN payment_orders ON payment_orders.dossier = mine.id
        JOIN ledger ON ledger.payment_order = payment_orders.id
    UNION ALL SELECT consents.withdrawn_at, mine.id, NULL FROM mine JOIN dossiers ON dossiers.id = mine.id
        JOIN consents ON consents.id = dossiers.consent WHERE consents.withdrawn_at IS NOT NULL
    UNION ALL SELECT at, NULL, act FROM audit WHERE subject = :subject AND act IN (
        'citizen-password-changed', 'citizen-password-reset', 'citizen-email-changed', 'citizen-phone-changed',
        'citizen-signed-out-everywhere', 'citizen-identity-added', 'citizen-identity-removed')
)";

fn seen(db: &Connection, citizen: CitizenId) -> Result<Option<Moment>, StoreError> {
    let found = db
        .prepare_cached("SELECT seen_at FROM citizen_notices WHERE citizen = (SELECT id FROM citizens WHERE uid = ?1)")?
        .query_row([citizen.0], |row| row.get(0))
        .optional()?;
    Ok(found.map(Moment))
}

fn happenings(db: &Connection, asked: &HappeningsAsked) -> Result<Happenings, StoreError> {
    let HappeningsAsked { citizen, events, after, before, most } = asked;
    let events = serde_json::to_string(events)?;
    let subject = citizen.to_string();
    let (after, before) = (after.map_or(i64::MIN, |at| at.0), before.map_or(i64::MAX, |at| at.0));
    let within = |sql: &str| format!("{HAPPENED} {sql}");

    // Where the page begins, if something older follows it.
    let sql = within("SELECT at FROM happened WHERE at > :after AND at < :before ORDER BY at DESC LIMIT :most + 1");
    let times: Vec<i64> = db
        .prepare_cached(&sql)?
        .query_map(
            named_params! { ":citizen": citizen.0, ":subject": subject, ":events": events, ":after": after, ":before": before, ":most": most },
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    let most = usize::try_from(*most).unwrap_or(usize::MAX);
    let from = times.get(most).and(times.get(most.wrapping_sub(1))).copied();
    let after = from.map_or(after, |from| from - 1);

    let window: &[(&str, &dyn ToSql)] = named_params! { ":citizen": citizen.0, ":subject": subject, ":events": events, ":after": after, ":before": before };
    let sql = within(
        "SELECT dossier, act, at FROM happened WHERE at > :after AND at < :before
         GROUP BY dossier, act, CASE WHEN dossier IS NULL THEN at END ORDER BY max(at) DESC",
    );
    let (mut dossiers, mut account) = (Vec::new(), Vec::new());
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = find.query(window)?;
    while let Some(row) = rows.next()? {
        let act: Option<String> = row.get(1)?;
        match (row.get(0)?, act.as_deref().and_then(|act| act.strip_prefix("citizen-")).and_then(AccountAct::of_name)) {
            (Some(dossier), _) => dossiers.push((mine::one(db, dossier)?, money(db, dossier)?)),
            (None, Some(act)) => account.push((Moment(row.get(2)?), act)),
            (None, None) => {}
        }
    }
    Ok(Happenings { dossiers, account, from: from.map(Moment) })
}

/// What moved for the fee of a dossier: the ledger's sides as whoever pays sees them.
fn money(db: &Connection, dossier: i64) -> Result<Vec<Money>, StoreError> {
    let mut find = db.prepare_cached(
        "SELECT ledger.at, -ledger.fee, -ledger.to_refund FROM payment_orders JOIN ledger ON ledger.payment_order = payment_orders.id
         WHERE payment_orders.dossier = ?1 ORDER BY ledger.at, ledger.id",
    )?;
    let all =
        find.query_map([dossier], |row| Ok(Money { at: Moment(row.get(0)?), fee: row.get(1)?, back: row.get(2)? }))?;
    Ok(all.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::connection::open_writing;

    #[test]
    fn what_an_account_is_told_of_itself_is_found_without_reading_all_of_the_audit() {
        let folder = tempfile::tempdir().unwrap();
        let db = open_writing(folder.path()).unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {HAPPENED} SELECT at FROM happened");
        let asked = named_params! { ":citizen": [0_u8; 16], ":subject": "", ":events": "[]" };
        let plan: Vec<String> =
            db.prepare(&sql).unwrap().query_map(asked, |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        assert!(plan.iter().any(|step| step.contains("audit USING INDEX audit_of_citizens (subject=?)")), "{plan:#?}");
        // Of nothing that is kept all rows are read.
        let scanned: Vec<&String> = plan.iter().filter(|step| step.starts_with("SCAN")).collect();
        assert_eq!(scanned, ["SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN happened"], "{plan:#?}");
        for act in AccountAct::ALL {
            assert!(HAPPENED.contains(&format!("'citizen-{}'", act.name())), "{act:?}");
        }
        assert_eq!(HAPPENED.matches("'citizen-").count(), AccountAct::ALL.len());
    }
}
