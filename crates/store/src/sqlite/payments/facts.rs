//! What is known of orders: the message, the facts, their ledger entry and the row of the audit, in one transaction.

use super::{failed, find, row_of, rows};
use crate::payments::{Heard, HeardSaved, KeptOrder};
use crate::sqlite::record;
use crate::{Hash, StoreError};
use dossier::DossierId;
use payment::ledger::entry;
use payment::{Account, Fact, OrderId, Posting};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

pub(super) fn hear(db: &Connection, heard: &Heard) -> Result<HeardSaved, StoreError> {
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
pub(in crate::sqlite) fn withdraw(
    db: &Connection,
    dossier: DossierId,
    but: Option<i64>,
    now: Moment,
) -> Result<(), StoreError> {
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

pub(super) fn ledger(db: &Connection, order: &OrderId) -> Result<Vec<Posting>, StoreError> {
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
