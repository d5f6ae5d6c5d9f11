//! Looking a data folder over: settings, the database's own check, the audit chain, and every paper's bytes.

use super::connection::{open_reading, read};
use crate::audit::{self, Head, Row};
use crate::blobs::Blobs;
use crate::{Hash, OpenError, hex};
use procedure::calendar::Moment;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::path::Path;

/// What was found.
#[derive(Clone, Debug)]
pub struct Report {
    /// How the database keeps its log: `wal`.
    pub journal_mode: String,
    /// What SQLite's own check says: `ok`.
    pub integrity: String,
    /// The last row of the audit chain, or the number of the first that does not fit.
    pub audit: Result<Head, i64>,
    /// How many dossiers there are.
    pub dossiers: u64,
    /// How many papers were looked at.
    pub papers: u64,
    /// Papers whose bytes are missing, short or changed, by their hash.
    pub bad_papers: Vec<String>,
    /// The public keys that receipts were signed by, the newest first.
    pub receipt_keys: Vec<Hash>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.journal_mode == "wal" && self.integrity == "ok" && self.audit.is_ok() && self.bad_papers.is_empty()
    }

    /// Looks a data folder over; it may be in use.
    ///
    /// # Errors
    /// When it cannot be read at all.
    pub fn of(folder: &Path) -> Result<Self, OpenError> {
        let db = open_reading(folder)?;
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, u64>(0));
        let (papers, bad_papers) = bad_papers(&db, &Blobs::existing(folder.join("papers")))?;
        Ok(Self {
            journal_mode: read(&db, "journal_mode")?,
            integrity: db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?,
            audit: follow(&db)?,
            dossiers: count("SELECT count(*) FROM dossiers")?,
            papers,
            bad_papers,
            receipt_keys: keys(&db)?,
        })
    }
}

/// Gives every row of the audit chain of a data folder, from the first on, one after the other: a province has millions. It
/// may be in use. Gives the public keys that ever signed beside them.
///
/// # Errors
/// When it cannot be read.
pub fn with_audit<T>(
    folder: &Path,
    look: impl FnOnce(&mut dyn Iterator<Item = Row>, &[Hash]) -> T,
) -> Result<T, OpenError> {
    let db = open_reading(folder)?;
    let keys = keys(&db)?;
    each_row(&db, |rows| look(rows, &keys))
}

fn follow(db: &Connection) -> Result<Result<Head, i64>, OpenError> {
    each_row(db, |rows| audit::verify(rows))
}

fn each_row<T>(db: &Connection, look: impl FnOnce(&mut dyn Iterator<Item = Row>) -> T) -> Result<T, OpenError> {
    let mut failed = None;
    let mut select = db.prepare(ROWS)?;
    let rows = select.query_map([], row)?;
    let told = look(&mut rows.map_while(|row| row.map_err(|error| failed = Some(error)).ok()));
    failed.map_or(Ok(told), |error| Err(error.into()))
}

fn keys(db: &Connection) -> Result<Vec<Hash>, OpenError> {
    super::receipt_keys::all(db).map_err(|error| OpenError(error.to_string()))
}

const ROWS: &str = "SELECT id, at, act, subject, detail, hash FROM audit ORDER BY id";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        act: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
        hash: row.get(5)?,
    })
}

fn bad_papers(db: &Connection, blobs: &Blobs) -> Result<(u64, Vec<String>), OpenError> {
    let mut select = db.prepare("SELECT sha256, bytes FROM papers UNION SELECT sha256, bytes FROM citizen_papers")?;
    let rows = select.query_map([], |row| Ok((row.get::<_, Hash>(0)?, row.get::<_, u64>(1)?)))?;
    let (mut looked, mut bad) = (0, Vec::new());
    for row in rows {
        let (hash, bytes) = row?;
        looked += 1;
        let whole = std::fs::read(blobs.path(&hash))
            .is_ok_and(|content| content.len() as u64 == bytes && Hash::from(Sha256::digest(content)) == hash);
        if !whole {
            bad.push(hex(&hash));
        }
    }
    Ok((looked, bad))
}
