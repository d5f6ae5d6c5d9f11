//! Opening connections: settings are read back, because SQLite answers some failures only by not changing them.

use crate::{OpenError, hex};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// Every change to the tables, in order. One that was released is never edited; a new one is added.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_dossiers", include_str!("../../migrations/sqlite/0001_dossiers.sql")),
    ("0002_uploads", include_str!("../../migrations/sqlite/0002_uploads.sql")),
    ("0003_receipts", include_str!("../../migrations/sqlite/0003_receipts.sql")),
    ("0004_handovers", include_str!("../../migrations/sqlite/0004_handovers.sql")),
    ("0005_desk", include_str!("../../migrations/sqlite/0005_desk.sql")),
    ("0006_notices", include_str!("../../migrations/sqlite/0006_notices.sql")),
    ("0007_postings", include_str!("../../migrations/sqlite/0007_postings.sql")),
    ("0008_meetings", include_str!("../../migrations/sqlite/0008_meetings.sql")),
    ("0010_absence", include_str!("../../migrations/sqlite/0010_absence.sql")),
    ("0012_messages", include_str!("../../migrations/sqlite/0012_messages.sql")),
    ("0013_turns", include_str!("../../migrations/sqlite/0013_turns.sql")),
    ("0014_payments", include_str!("../../migrations/sqlite/0014_payments.sql")),
    ("0015_citizens", include_str!("../../migrations/sqlite/0015_citizens.sql")),
    ("0016_mine", include_str!("../../migrations/sqlite/0016_mine.sql")),
    ("0017_parcels", include_str!("../../migrations/sqlite/0017_parcels.sql")),
    ("0018_voices", include_str!("../../migrations/sqlite/0018_voices.sql")),
    ("0019_citizen_papers", include_str!("../../migrations/sqlite/0019_citizen_papers.sql")),
    ("0020_identities", include_str!("../../migrations/sqlite/0020_identities.sql")),
    ("0021_consents", include_str!("../../migrations/sqlite/0021_consents.sql")),
    ("0022_citizen_notices", include_str!("../../migrations/sqlite/0022_citizen_notices.sql")),
];

const DATABASE: &str = "motcua.db";
const WAIT: Duration = Duration::from_secs(5);

/// Takes the data folder for this process, until the file is dropped or the process ends.
pub(super) fn lock(folder: &Path) -> Result<File, OpenError> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("motcua.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(OpenError(format!("another process uses the data folder {}", folder.display())))
        }
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The one connection that writes.
pub(super) fn open_writing(folder: &Path) -> Result<Connection, OpenError> {
    let mut db = Connection::open(folder.join(DATABASE))?;
    prepare_well(&db)?;
    set(&db, "journal_mode", "wal")?;
    // FULL: an acknowledged dossier must survive a power cut, so each commit waits for the disk.
    set(&db, "synchronous", "2")?;
    set(&db, "foreign_keys", "1")?;
    // Without it REPLACE would delete audit rows past their trigger.
    set(&db, "recursive_triggers", "1")?;
    set(&db, "trusted_schema", "0")?;
    // 32 MB of pages in memory, and a log of 16 MB before it is carried over into the database, which costs two flushes.
    set(&db, "cache_size", "-32768")?;
    set(&db, "wal_autocheckpoint", "4096")?;
    migrate(&mut db)?;
    Ok(db)
}

/// A connection that can only read.
pub(super) fn open_reading(folder: &Path) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(folder.join(DATABASE), flags)?;
    prepare_well(&db)?;
    set(&db, "query_only", "1")?;
    Ok(db)
}

/// Sets a pragma and refuses to go on when it does not hold.
fn set(db: &Connection, name: &str, wanted: &str) -> Result<(), OpenError> {
    // Some pragmas answer with a row when they are set and some do not; both are fine here, only reading back counts.
    db.pragma_update(None, name, wanted)?;
    let held = read(db, name)?;
    if held == wanted { Ok(()) } else { Err(OpenError(format!("SQLite keeps {name} at {held}, needed is {wanted}"))) }
}

/// What both kinds of connection have.
fn prepare_well(db: &Connection) -> Result<(), OpenError> {
    db.busy_timeout(WAIT)?;
    db.set_prepared_statement_cache_capacity(64);
    // Otherwise SQLite plans some statements anew for every bound value, which takes longer than running them.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// A pragma's value as text.
pub(super) fn read(db: &Connection, name: &str) -> Result<String, OpenError> {
    let value: rusqlite::types::Value = db.pragma_query_value(None, name, |row| row.get(0))?;
    Ok(match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    })
}

fn migrate(db: &mut Connection) -> Result<(), OpenError> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT",
    )?;
    let newest: i64 = db.query_row("SELECT coalesce(max(number), 0) FROM migrations", [], |row| row.get(0))?;
    if newest > i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX) {
        return Err(OpenError(format!("the data folder has migration {newest}, which this program does not know")));
    }
    for (number, (name, text)) in (1_i64..).zip(MIGRATIONS) {
        let sum = hex(&Sha256::digest(text));
        let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let applied: Option<String> = change
            .query_row("SELECT sha256 FROM migrations WHERE number = ?1", [number], |row| row.get(0))
            .optional()?;
        match applied {
            Some(before) if before == sum => {}
            Some(_) => {
                return Err(OpenError(format!("migration {name} differs from the one this folder was made with")));
            }
            None => {
                change.execute_batch(text)?;
                change.execute(
                    "INSERT INTO migrations (number, name, sha256) VALUES (?1, ?2, ?3)",
                    params![number, name, sum],
                )?;
            }
        }
        change.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_that_waited_before_letters_came_wait_on() {
        let db = Connection::open_in_memory().unwrap();
        let (before, letters): (Vec<_>, Vec<_>) = MIGRATIONS.iter().partition(|(name, _)| *name < "0015");
        before.iter().for_each(|(_, text)| db.execute_batch(text).unwrap());
        db.pragma_update(None, "foreign_keys", "0").unwrap();
        db.execute_batch(
            "INSERT INTO notices (uid, dossier, event, number, recipient, made_at, tries, next_at, way, unanswered)
             VALUES (zeroblob(16), 7, 2, 'H50-0001', 'thu@example.vn', 5, 3, 6, 'sms', 1)",
        )
        .unwrap();
        letters.iter().for_each(|(_, text)| db.execute_batch(text).unwrap());
        let kept: (i64, u32, String, String, u32, i64, String, bool, Option<String>) = db
            .query_row(
                "SELECT dossier, event, number, recipient, tries, next_at, way, unanswered, letter FROM notices",
                [],
                |row| {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                        row.get(5)?,
                        row.get(6)?,
                        row.get(7)?,
                        row.get(8)?,
                    ))
                },
            )
            .unwrap();
        let expected = (7, 2, "H50-0001".to_owned(), "thu@example.vn".to_owned(), 3, 6, "sms".to_owned(), true, None);
        assert_eq!(kept, expected);
    }
}
