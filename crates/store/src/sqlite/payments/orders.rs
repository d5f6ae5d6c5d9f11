//! Orders: made once for each key, and listed for an office.

use super::{failed, row_of, rows};
use crate::payments::{AgencyOrder, NewOrder, OrderSaved, PaymentsAsked};
use crate::sqlite::record;
use crate::{Hash, StoreError};
use payment::{Order, OrderId, Provider};
use rusqlite::{Connection, OptionalExtension as _, params};

pub(super) fn save(db: &Connection, new: &NewOrder) -> Result<OrderSaved, StoreError> {
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

pub(super) fn of_agencies(db: &Connection, asked: &PaymentsAsked) -> Result<Vec<AgencyOrder>, StoreError> {
    let mut all = Vec::new();
    for agency in &asked.agencies {
        // What is to be given back is shown until it has gone, however old it is.
        let which = "WHERE dossiers.agency = ?1 AND ((payment_orders.made_at >= ?2 AND payment_orders.made_at < ?3) OR
            EXISTS (SELECT 1 FROM ledger WHERE payment_order = payment_orders.id AND at >= ?2 AND at < ?3) OR
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
