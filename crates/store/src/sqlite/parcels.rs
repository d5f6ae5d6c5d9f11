//! SQLite behind [`Parcels`], and what keeps its table true: a filing's wishes and a dossier's events.

use super::{SqliteStore, acts, record};
use crate::StoreError;
use crate::desk::Kept;
use crate::parcels::{Parcels, ParcelsAsked};
use async_trait::async_trait;
use dossier::{DossierId, EventKind, Parcel, parcel};
use procedure::Filing;
use rusqlite::{Connection, params};

#[async_trait]
impl Parcels for SqliteStore {
    async fn parcels(&self, asked: ParcelsAsked) -> Result<Vec<(Parcel, Kept)>, StoreError> {
        self.writer.run(move |db, _| open(db, &asked)).await
    }

    async fn parcels_of(&self, dossier: DossierId) -> Result<Vec<(Parcel, u8)>, StoreError> {
        self.readers.run(|db| {
            let mut select = db.prepare_cached(
                "SELECT parcel, standing FROM parcels WHERE dossier = (SELECT id FROM dossiers WHERE uid = ?1) ORDER BY parcel",
            )?;
            let rows = select.query_map([dossier.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
            rows.map(|row| row.map_err(StoreError::from).and_then(|(name, standing)| Ok((named(&name)?, standing)))).collect()
        })
    }
}

fn named(name: &str) -> Result<Parcel, StoreError> {
    Parcel::of_name(name).ok_or_else(|| StoreError::Failed(format!("no parcel is called {name}")))
}

fn open(db: &Connection, asked: &ParcelsAsked) -> Result<Vec<(Parcel, Kept)>, StoreError> {
    let mut select = db.prepare_cached(
        "SELECT dossier, parcel FROM parcels WHERE agency = ?1 AND standing <> 2 ORDER BY dossier, parcel LIMIT ?2",
    )?;
    let mut order: Vec<(i64, String)> = Vec::new();
    for agency in &asked.agencies {
        let rows = select.query_map(params![agency, asked.most], |row| Ok((row.get(0)?, row.get(1)?)))?;
        order.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    order.sort_unstable();
    order.truncate(usize::try_from(asked.most).unwrap_or(usize::MAX));
    let mut all = Vec::with_capacity(order.len());
    for (row, name) in order {
        if let Some(kept) = acts::by_row(db, row)? {
            record(db, asked.now, "parcel-read", &kept.dossier.id.to_string(), &format!("by {}", asked.officer))?;
            all.push((named(&name)?, kept));
        }
    }
    Ok(all)
}

/// Keeps what a filing asks to go by post; what it does not ask for any more, and nobody has begun, is gone.
pub(super) fn wish(db: &Connection, dossier: i64, filing: &Filing) -> Result<(), StoreError> {
    let wishes = parcel::wishes(filing);
    for parcel in Parcel::ALL {
        if wishes.contains(&parcel) {
            db.prepare_cached(
                "INSERT OR IGNORE INTO parcels (dossier, parcel, agency, standing) VALUES (?1, ?2, ?3, 0)",
            )?
            .execute(params![dossier, parcel.name(), filing.agency])?;
        } else {
            db.prepare_cached("DELETE FROM parcels WHERE dossier = ?1 AND parcel = ?2 AND standing = 0")?
                .execute(params![dossier, parcel.name()])?;
        }
    }
    Ok(())
}

/// Keeps how a parcel stands after an event.
pub(super) fn follow(db: &Connection, dossier: i64, kind: &EventKind) -> Result<(), StoreError> {
    let (parcel, standing) = match kind {
        EventKind::ParcelPosted { parcel, .. } => (parcel, 1),
        EventKind::ParcelDelivered { parcel } => (parcel, 2),
        EventKind::ParcelFailed { parcel, .. } => (parcel, 3),
        _ => return Ok(()),
    };
    db.prepare_cached("UPDATE parcels SET standing = ?3 WHERE dossier = ?1 AND parcel = ?2")?.execute(params![
        dossier,
        parcel.name(),
        standing
    ])?;
    Ok(())
}
