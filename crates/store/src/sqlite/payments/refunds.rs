//! Giving back: one officer asks, another one confirms.

use super::find;
use crate::StoreError;
use crate::payments::{KeptRefund, NewRefund, RefundSaved};
use crate::sqlite::record;
use payment::Fact;
use procedure::OfficerId;
use procedure::calendar::Moment;
use rusqlite::{Connection, params};

/// What is asked to go back of an order, told with the facts that are known of it and when they came.
pub(super) fn of_order(db: &Connection, order: i64, facts: &[(Fact, Moment)]) -> Result<Vec<KeptRefund>, StoreError> {
    let gone = |number: &str| {
        let back = |fact: &Fact| matches!(fact, Fact::Refunded { transaction, .. } if transaction == number);
        facts.iter().find(|(fact, _)| back(fact)).map(|(_, at)| *at)
    };
    let mut select = db.prepare_cached(
        "SELECT number, amount, asked_by, coalesce(name, ''), asked_at, confirmed_by, confirmed_at
         FROM refunds LEFT JOIN officers ON officers.uid = asked_by WHERE payment_order = ?1 ORDER BY asked_at",
    )?;
    let all = select.query_map([order], |row| {
        let (transaction, confirmed_by): (String, Option<[u8; 16]>) = (row.get(0)?, row.get(5)?);
        Ok(KeptRefund {
            gone_at: gone(&transaction),
            transaction,
            amount: row.get(1)?,
            asked_by: OfficerId(row.get(2)?),
            asker: row.get(3)?,
            asked_at: Moment(row.get(4)?),
            confirmed_by: confirmed_by.map(OfficerId),
            confirmed_at: row.get::<_, Option<i64>>(6)?.map(Moment),
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

pub(super) fn ask(db: &Connection, refund: &NewRefund) -> Result<RefundSaved, StoreError> {
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

pub(super) fn confirm(db: &Connection, refund: &NewRefund) -> Result<RefundSaved, StoreError> {
    let Some((row, kept)) = find(db, &refund.order)? else { return Ok(RefundSaved::NotAsked) };
    let known = kept.refunds.iter().find(|known| known.transaction == refund.payment.transaction);
    match known {
        None => return Ok(RefundSaved::NotAsked),
        Some(known) if known.asked_by == refund.by => return Ok(RefundSaved::SamePerson),
        Some(known) if known.confirmed_by.is_some() => return Ok(RefundSaved::Before),
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
