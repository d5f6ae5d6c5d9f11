//! The public keys of receipts, for ever.

use super::record;
use crate::{Hash, StoreError, hex};
use procedure::calendar::Moment;
use rusqlite::{Connection, params};

pub(super) fn keep(db: &Connection, public: &Hash, now: Moment) -> Result<(), StoreError> {
    let added = db
        .prepare_cached("INSERT INTO receipt_keys (public, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![public, now.0])?;
    if added > 0 {
        record(db, now, "receipt-key-kept", &hex(public), "")?;
    }
    Ok(())
}

pub(super) fn all(db: &Connection) -> Result<Vec<Hash>, StoreError> {
    let mut select = db.prepare_cached("SELECT public FROM receipt_keys ORDER BY id DESC")?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
