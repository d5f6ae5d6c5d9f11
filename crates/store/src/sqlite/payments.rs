//! SQLite behind [`Payments`].

use super::{SqliteStore, record};
use crate::payments::{
    AgencyOrder, Heard, HeardSaved, KeptOrder, NewOrder, NewRefund, OrderSaved, Payments, PaymentsAsked, RefundSaved,
};
use crate::{Hash, StoreError};
use async_trait::async_trait;
use dossier::DossierId;
use payment::ledger::entry;
use payment::{Account, Fact, Order, OrderId, Payment, Posting, Provider};
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

#[async_trait]
impl Payments for SqliteStore {
    async fn save_order(&self, new: NewOrder) -> Result<OrderSaved, StoreError> {
        self.writer.run(move |db, _| save(db, &new)).await
    }

    async fn keep_pay(&self, order: OrderId, pay: String) -> Result<(), StoreError> {
        let keep = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached("UPDATE payment_orders SET pay = ?2 WHERE name = ?1")?
                .execute(params![order.as_str(), pay])?;
            Ok(())
        };
        self.writer.run(keep).await
    }

    async fn order(&self, order: &OrderId) -> Result<Option<KeptOrder>, StoreError> {
        self.readers.run(|db| Ok(find(db, order)?.map(|(_, kept)| kept)))
    }

    async fn orders_of(&self, dossier: DossierId) -> Result<Vec<KeptOrder>, StoreError> {
        self.readers.run(|db| {
            let row = row_of(db, dossier)?;
            row.map_or(Ok(Vec::new()), |row| of_dossier(db, row))
        })
    }

    async fn hear(&self, heard: Heard) -> Result<HeardSaved, StoreError> {
        self.writer.run(move |db, _| hear(db, &heard)).await
    }

    async fn orders_to_ask(&self, now: Moment, most: u32) -> Result<Vec<KeptOrder>, StoreError> {
        self.readers.run(|db| {
            let rows =
                rows(db, "WHERE ask_at IS NOT NULL AND ask_at <= ?1 ORDER BY ask_at LIMIT ?2", params![now.0, most]);
            Ok(rows?.into_iter().map(|(_, kept)| kept).collect())
        })
    }

    async fn asked(&self, order: OrderId, heard: Option<Moment>, next: Option<Moment>) -> Result<(), StoreError> {
        let write = move |db: &Connection, _: &crate::blobs::Blobs| {
            db.prepare_cached(
                "UPDATE payment_orders SET asked_at = coalesce(?2, asked_at), ask_at = ?3 WHERE name = ?1",
            )?
            .execute(params![order.as_str(), heard.map(|at| at.0), next.map(|next| next.0)])?;
            Ok(())
        };
        self.writer.run(write).await
    }

    async fn fee_paid_at(&self, code_hash: Hash) -> Result<Option<Moment>, StoreError> {
        self.readers.run(|db| {
            let dossier: Option<i64> = db
                .prepare_cached("SELECT id FROM dossiers WHERE code_hash = ?1")?
                .query_row([code_hash], |row| row.get(0))
                .optional()?;
            let Some(dossier) = dossier else { return Ok(None) };
            Ok(of_dossier(db, dossier)?.iter().find_map(|kept| Some(Moment(kept.order.settled_by(&kept.facts)?.at))))
        })
    }

    async fn payments(&self, asked: PaymentsAsked) -> Result<Vec<AgencyOrder>, StoreError> {
        self.readers.run(|db| of_agencies(db, &asked))
    }

    async fn ledger_of(&self, order: &OrderId) -> Result<Vec<Posting>, StoreError> {
        self.readers.run(|db| ledger(db, order))
    }

    async fn ask_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError> {
        self.writer.run(move |db, _| ask_refund(db, &refund)).await
    }

    async fn confirm_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError> {
        self.writer.run(move |db, _| confirm_refund(db, &refund)).await
    }
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn row_of(db: &Connection, dossier: DossierId) -> Result<Option<i64>, StoreError> {
    let row = db.prepare_cached("SELECT id FROM dossiers WHERE uid = ?1")?.query_row([dossier.0], |row| row.get(0));
    Ok(row.optional()?)
}

const COLUMNS: &str =
    "payment_orders.id, dossiers.uid, payment_orders.name, payment_orders.provider, payment_orders.amount,
    payment_orders.made_at, payment_orders.until, payment_orders.pay, payment_orders.asked_at";

/// Orders with all that is known of them, each with its row's number.
fn rows(db: &Connection, which: &str, given: &[&dyn rusqlite::ToSql]) -> Result<Vec<(i64, KeptOrder)>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM payment_orders JOIN dossiers ON dossiers.id = payment_orders.dossier {which}");
    let mut select = db.prepare_cached(&sql)?;
    let mut found = select.query(given)?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        all.push(read(db, row)?);
    }
    Ok(all)
}

fn find(db: &Connection, order: &OrderId) -> Result<Option<(i64, KeptOrder)>, StoreError> {
    Ok(rows(db, "WHERE payment_orders.name = ?1", params![order.as_str()])?.pop())
}

fn of_dossier(db: &Connection, dossier: i64) -> Result<Vec<KeptOrder>, StoreError> {
    let rows = rows(db, "WHERE payment_orders.dossier = ?1 ORDER BY payment_orders.id", params![dossier])?;
    Ok(rows.into_iter().map(|(_, kept)| kept).collect())
}

fn read(db: &Connection, row: &Row<'_>) -> Result<(i64, KeptOrder), StoreError> {
    let id: i64 = row.get(0)?;
    let (name, provider): (String, String) = (row.get(2)?, row.get(3)?);
    let order = Order {
        id: OrderId::read(&name).ok_or_else(|| failed("an order's name"))?,
        provider: Provider::of_name(&provider).ok_or_else(|| failed("an order's provider"))?,
        amount: row.get(4)?,
        made_at: Moment(row.get(5)?),
        until: Moment(row.get(6)?),
    };
    let asked_at: Option<i64> = row.get(8)?;
    let texts = |sql: &str| -> Result<Vec<String>, StoreError> {
        Ok(db.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let facts = texts("SELECT fact FROM payment_facts WHERE payment_order = ?1")?;
    let claims =
        texts("SELECT claim FROM payment_messages WHERE payment_order = ?1 AND claim IS NOT NULL ORDER BY id")?;
    let refunds = db
        .prepare_cached("SELECT number, asked_by, confirmed_by FROM refunds WHERE payment_order = ?1")?
        .query_map([id], |row| {
            let confirmed: Option<[u8; 16]> = row.get(2)?;
            Ok((row.get(0)?, OfficerId(row.get(1)?), confirmed.map(OfficerId)))
        })?
        .collect::<Result<_, _>>()?;
    let facts = facts.iter().map(|text| serde_json::from_str(text)).collect::<Result<BTreeSet<Fact>, _>>();
    let claims = claims.iter().map(|text| serde_json::from_str(text)).collect::<Result<Vec<Payment>, _>>();
    let (facts, claims) = (facts.map_err(failed)?, claims.map_err(failed)?);
    let told = |claim: &Payment| {
        facts.iter().any(|fact| matches!(fact, Fact::Paid(paid) if paid.transaction == claim.transaction))
    };
    let claims = claims.into_iter().filter(|claim| !told(claim)).collect();
    let (dossier, pay) = (DossierId(row.get(1)?), row.get(7)?);
    Ok((id, KeptOrder { dossier, order, pay, facts, claims, asked_at: asked_at.map(Moment), refunds }))
}

fn save(db: &Connection, new: &NewOrder) -> Result<OrderSaved, StoreError> {
    let before: Option<(Hash, String)> = db
        .prepare_cached(
            "SELECT body_hash, name FROM payment_keys JOIN payment_orders ON payment_orders.id = payment_order WHERE key = ?1",
        )?
        .query_row([new.key.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((hash, name)) = before {
        let same = (hash == new.body_hash).then(|| OrderId::read(&name)).flatten();
        return Ok(same.map_or(OrderSaved::KeyReused, OrderSaved::Before));
    }
    let order = &new.order;
    let dossier = row_of(db, new.dossier)?.ok_or_else(|| failed("an order of no dossier"))?;
    let others = rows(db, "WHERE payment_orders.dossier = ?1 ORDER BY payment_orders.id", params![dossier])?;
    if others.iter().any(|(_, other)| other.order.settled_by(&other.facts).is_some()) {
        return Ok(OrderSaved::NothingToPay);
    }
    // One of which nothing is known yet is paid in place of another; MoMo's only where it said how.
    let open = others.iter().find(|(_, kept)| {
        let other = &kept.order;
        (other.provider, other.amount) == (order.provider, order.amount)
            && order.made_at < other.until
            && kept.facts.is_empty()
            && (other.provider != Provider::Momo || !kept.pay.is_empty())
    });
    let (row, saved) = match open {
        Some((row, kept)) => (*row, OrderSaved::Before(kept.order.id.clone())),
        None => (insert(db, dossier, new)?, OrderSaved::New),
    };
    db.prepare_cached("INSERT INTO payment_keys (key, body_hash, payment_order) VALUES (?1, ?2, ?3)")?
        .execute(params![new.key.0, new.body_hash, row])?;
    Ok(saved)
}

fn insert(db: &Connection, dossier: i64, new: &NewOrder) -> Result<i64, StoreError> {
    let Order { id, provider, amount, made_at, until } = &new.order;
    db.prepare_cached(
        "INSERT INTO payment_orders (name, dossier, provider, amount, made_at, until, ask_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id.as_str(),
        dossier,
        provider.name(),
        amount,
        made_at.0,
        until.0,
        new.ask_at.map(|at| at.0)
    ])?;
    let row = db.last_insert_rowid();
    record(
        db,
        *made_at,
        "payment-ordered",
        &new.dossier.to_string(),
        &format!("order {id}, {}, {amount}", provider.name()),
    )?;
    Ok(row)
}

fn hear(db: &Connection, heard: &Heard) -> Result<HeardSaved, StoreError> {
    let Some((row, kept)) = find(db, &heard.order)? else { return Ok(HeardSaved::NoOrder) };
    let new: Vec<&Fact> = heard.facts.iter().filter(|fact| !kept.facts.contains(fact)).collect();
    for fact in &new {
        let Fact::Paid(payment) = fact else { continue };
        let owner: Option<i64> = db
            .prepare_cached("SELECT payment_order FROM payment_transactions WHERE provider = ?1 AND number = ?2")?
            .query_row(params![kept.order.provider.name(), payment.transaction], |row| row.get(0))
            .optional()?;
        if owner.is_some_and(|owner| owner != row) {
            return Ok(HeardSaved::OtherOrder);
        }
    }
    let claim = heard.claim.as_ref().map(serde_json::to_string).transpose().map_err(failed)?;
    let hash: Hash = Sha256::digest(&heard.said).into();
    let unheard = db
        .prepare_cached(
            "INSERT INTO payment_messages (payment_order, sha256, at, said, claim) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![row, hash, heard.now.0, heard.said, claim])?;
    let facts: Vec<Fact> = new.into_iter().cloned().collect();
    let by = heard.by.map_or_else(|| kept.order.provider.name().to_owned(), |officer| officer.to_string());
    learn(db, (row, &kept), &facts, &by, heard.now)?;
    // A payment that was told is asked for at once.
    let asks = claim.is_some() && unheard > 0;
    if asks {
        db.prepare_cached("UPDATE payment_orders SET ask_at = min(coalesce(ask_at, ?2), ?2) WHERE id = ?1")?
            .execute(params![row, heard.now.0])?;
    }
    Ok(if asks || !facts.is_empty() { HeardSaved::New } else { HeardSaved::Before })
}

/// Keeps facts with the ledger's entry and a row of the audit. Where the fee is paid by them, nothing is to be paid for any
/// other order of the dossier: what still comes for one goes back.
fn learn(
    db: &Connection,
    (row, kept): (i64, &KeptOrder),
    facts: &[Fact],
    by: &str,
    now: Moment,
) -> Result<(), StoreError> {
    if facts.is_empty() {
        return Ok(());
    }
    let order = &kept.order;
    let mut after = kept.facts.clone();
    for fact in facts {
        let text = serde_json::to_string(fact).map_err(failed)?;
        db.prepare_cached("INSERT INTO payment_facts (payment_order, fact, at) VALUES (?1, ?2, ?3)")?
            .execute(params![row, text, now.0])?;
        if let Fact::Paid(payment) = fact {
            db.prepare_cached(
                "INSERT INTO payment_transactions (provider, number, payment_order) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![order.provider.name(), payment.transaction, row])?;
        }
        let (act, about) = said(fact);
        record(db, now, act, &kept.dossier.to_string(), &format!("order {}, {about}, by {by}", order.id))?;
        after.insert(fact.clone());
    }
    if let Some(entry) = entry(order, &kept.facts, &after) {
        let of = |account| entry.postings.iter().find(|one| one.account == account).map_or(0, |one| one.amount);
        db.prepare_cached(
            "INSERT INTO ledger (payment_order, at, with_provider, fee, to_refund) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            row,
            now.0,
            of(Account::With(order.provider)),
            of(Account::Fee),
            of(Account::ToRefund)
        ])?;
    }
    if kept.order.settled_by(&kept.facts).is_none() && order.settled_by(&after).is_some() {
        withdraw(db, kept.dossier, Some(row), now)?;
    }
    Ok(())
}

/// Nothing is to be paid any more for the orders of a dossier, but for one.
pub(super) fn withdraw(db: &Connection, dossier: DossierId, but: Option<i64>, now: Moment) -> Result<(), StoreError> {
    let Some(dossier) = row_of(db, dossier)? else { return Ok(()) };
    let all = rows(db, "WHERE payment_orders.dossier = ?1 ORDER BY payment_orders.id", params![dossier])?;
    for (row, kept) in all.iter().filter(|(row, kept)| Some(*row) != but && !kept.facts.contains(&Fact::Withdrawn)) {
        learn(db, (*row, kept), &[Fact::Withdrawn], "the dossier", now)?;
    }
    Ok(())
}

/// The audit's name of a fact, and what belongs to it.
fn said(fact: &Fact) -> (&'static str, String) {
    match fact {
        Fact::Paid(payment) => ("payment-paid", format!("{} of {}", payment.amount, payment.transaction)),
        Fact::Failed { transaction, code } => ("payment-failed", format!("{code} of {transaction}")),
        Fact::Withdrawn => ("payment-withdrawn", "nothing to pay any more".to_owned()),
        Fact::Refunded { transaction, amount } => ("payment-refunded", format!("{amount} of {transaction}")),
    }
}

fn ledger(db: &Connection, order: &OrderId) -> Result<Vec<Posting>, StoreError> {
    let Some((row, kept)) = find(db, order)? else { return Ok(Vec::new()) };
    let sums: (i64, i64, i64) = db
        .prepare_cached(
            "SELECT coalesce(sum(with_provider), 0), coalesce(sum(fee), 0), coalesce(sum(to_refund), 0)
             FROM ledger WHERE payment_order = ?1",
        )?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let accounts = [Account::With(kept.order.provider), Account::Fee, Account::ToRefund];
    let sides = accounts.into_iter().zip([sums.0, sums.1, sums.2]);
    Ok(sides.filter(|(_, sum)| *sum != 0).map(|(account, amount)| Posting { account, amount }).collect())
}

fn of_agencies(db: &Connection, asked: &PaymentsAsked) -> Result<Vec<AgencyOrder>, StoreError> {
    let mut all = Vec::new();
    for agency in &asked.agencies {
        // What is to be given back is shown until it has gone, however old it is.
        let which = "WHERE dossiers.agency = ?1 AND ((payment_orders.made_at >= ?2 AND payment_orders.made_at < ?3) OR
            (SELECT coalesce(sum(to_refund), 0) FROM ledger WHERE payment_order = payment_orders.id) <> 0)
            ORDER BY payment_orders.id DESC LIMIT ?4";
        let found = rows(db, which, params![agency, asked.from.0, asked.before.0, asked.most])?;
        for (_, kept) in found {
            let number: Option<String> = db
                .prepare_cached("SELECT number FROM dossiers WHERE uid = ?1")?
                .query_row([kept.dossier.0], |row| row.get(0))?;
            all.push(AgencyOrder { agency: agency.clone(), number, kept });
        }
    }
    Ok(all)
}

fn ask_refund(db: &Connection, refund: &NewRefund) -> Result<RefundSaved, StoreError> {
    let Some((row, kept)) = find(db, &refund.order)? else { return Ok(RefundSaved::NotAsked) };
    let written = db
        .prepare_cached(
            "INSERT INTO refunds (payment_order, number, amount, asked_by, asked_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![row, refund.payment.transaction, refund.payment.amount, refund.by.0, refund.now.0])?;
    if written == 0 {
        return Ok(RefundSaved::Before);
    }
    let detail = format!(
        "order {}, {} of {}, by {}",
        refund.order, refund.payment.amount, refund.payment.transaction, refund.by
    );
    record(db, refund.now, "refund-asked", &kept.dossier.to_string(), &detail)?;
    Ok(RefundSaved::Done)
}

fn confirm_refund(db: &Connection, refund: &NewRefund) -> Result<RefundSaved, StoreError> {
    let Some((row, kept)) = find(db, &refund.order)? else { return Ok(RefundSaved::NotAsked) };
    let known = kept.refunds.iter().find(|(number, ..)| *number == refund.payment.transaction);
    match known {
        None => return Ok(RefundSaved::NotAsked),
        Some((_, asked_by, _)) if *asked_by == refund.by => return Ok(RefundSaved::SamePerson),
        Some((.., Some(_))) => return Ok(RefundSaved::Before),
        Some(_) => {}
    }
    db.prepare_cached(
        "UPDATE refunds SET confirmed_by = ?3, confirmed_at = ?4 WHERE payment_order = ?1 AND number = ?2",
    )?
    .execute(params![row, refund.payment.transaction, refund.by.0, refund.now.0])?;
    let detail = format!(
        "order {}, {} of {}, by {}",
        refund.order, refund.payment.amount, refund.payment.transaction, refund.by
    );
    record(db, refund.now, "refund-confirmed", &kept.dossier.to_string(), &detail)?;
    Ok(RefundSaved::Done)
}
