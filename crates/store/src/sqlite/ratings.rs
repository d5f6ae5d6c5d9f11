//! SQLite behind [`Ratings`].

use super::{SqliteStore, record};
use crate::StoreError;
use crate::ratings::{NewRating, Ratings, RatingsAsked};
use async_trait::async_trait;
use dossier::DossierId;
use dossier::rating::Rating;
use procedure::calendar::Moment;
use rusqlite::{Connection, params};

#[async_trait]
impl Ratings for SqliteStore {
    async fn rating(&self, dossier: DossierId) -> Result<Option<(Rating, Moment)>, StoreError> {
        self.readers.run(|db| {
            let mut select = db.prepare_cached(
                "SELECT rating, given_at FROM ratings WHERE dossier = (SELECT id FROM dossiers WHERE uid = ?1)",
            )?;
            let mut rows = select.query([dossier.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            Ok(Some((read(row.get_ref(0)?.as_str().map_err(failed)?)?, Moment(row.get(1)?))))
        })
    }

    async fn save_rating(&self, new: NewRating) -> Result<(), StoreError> {
        let text = serde_json::to_string(&new.rating).map_err(failed)?;
        self.writer.run(move |db, _| save(db, &new, &text)).await
    }

    async fn ratings(&self, asked: RatingsAsked) -> Result<Vec<(String, Moment, Rating)>, StoreError> {
        self.readers.run(|db| {
            let mut select = db.prepare_cached(
                "SELECT agency, given_at, rating FROM ratings WHERE agency = ?1 AND given_at >= ?2 AND given_at < ?3
                 ORDER BY given_at, dossier",
            )?;
            let mut all = Vec::new();
            for agency in &asked.agencies {
                let mut rows = select.query(params![agency, asked.from.0, asked.until.0])?;
                while let Some(row) = rows.next()? {
                    let rating = read(row.get_ref(2)?.as_str().map_err(failed)?)?;
                    all.push((row.get(0)?, Moment(row.get(1)?), rating));
                }
            }
            Ok(all)
        })
    }
}

fn failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Failed(error.to_string())
}

fn read(text: &str) -> Result<Rating, StoreError> {
    serde_json::from_str(text).map_err(failed)
}

fn save(db: &Connection, new: &NewRating, text: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO ratings (dossier, agency, rating, given_at)
         SELECT id, agency, ?2, ?3 FROM dossiers WHERE uid = ?1
         ON CONFLICT (dossier) DO UPDATE SET rating = excluded.rating",
    )?
    .execute(params![new.dossier.0, text, new.now.0])?;
    record(db, new.now, "dossier-rated", &new.dossier.to_string(), "by the citizen")
}
