//! SQLite behind [`Payments`]: here what is read of orders, below it what is written.

mod facts;
mod orders;
mod refunds;

pub(super) use facts::withdraw;

use super::SqliteStore;
use crate::StoreError;
use crate::payments::{
    AgencyOrder, Heard, HeardSaved, KeptOrder, NewOrder, NewRefund, OrderSaved, Payments, PaymentsAsked, RefundSaved,
};
use async_trait::async_trait;
use dossier::DossierId;
use payment::{Fact, Order, OrderId, Payment, Posting, Provider};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use std::collections::BTreeSet;

#[async_trait]
impl Payments for SqliteStore {
    async fn save_order(&self, new: NewOrder) -> Result<OrderSaved, StoreError> {
        self.writer.run(move |db, _| orders::save(db, &new)).await
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
        self.writer.run(move |db, _| facts::hear(db, &heard)).await
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

    async fn payments(&self, asked: PaymentsAsked) -> Result<Vec<AgencyOrder>, StoreError> {
        self.readers.run(|db| orders::of_agencies(db, &asked))
    }

    async fn ledger_of(&self, order: &OrderId) -> Result<Vec<Posting>, StoreError> {
        self.readers.run(|db| facts::ledger(db, order))
    }

    async fn ask_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError> {
        self.writer.run(move |db, _| refunds::ask(db, &refund)).await
    }

    async fn confirm_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError> {
        self.writer.run(move |db, _| refunds::confirm(db, &refund)).await
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
    let facts: Vec<(String, i64)> = db
        .prepare_cached("SELECT fact, at FROM payment_facts WHERE payment_order = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let facts = facts.iter().map(|(text, at)| Ok((serde_json::from_str(text).map_err(failed)?, Moment(*at))));
    let facts = facts.collect::<Result<Vec<(Fact, Moment)>, StoreError>>()?;
    let claims: Vec<String> = db
        .prepare_cached(
            "SELECT claim FROM payment_messages WHERE payment_order = ?1 AND claim IS NOT NULL ORDER BY id",
        )?
        .query_map([id], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let claims = claims.iter().map(|text| serde_json::from_str(text)).collect::<Result<Vec<Payment>, _>>();
    let (claims, refunds) = (claims.map_err(failed)?, refunds::of_order(db, id, &facts)?);
    let facts: BTreeSet<Fact> = facts.into_iter().map(|(fact, _)| fact).collect();
    let told = |claim: &Payment| {
        facts.iter().any(|fact| matches!(fact, Fact::Paid(paid) if paid.transaction == claim.transaction))
    };
    let claims = claims.into_iter().filter(|claim| !told(claim)).collect();
    let (dossier, pay) = (DossierId(row.get(1)?), row.get(7)?);
    Ok((id, KeptOrder { dossier, order, pay, facts, claims, asked_at: asked_at.map(Moment), refunds }))
}
