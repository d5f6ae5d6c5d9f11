//! Finding dossiers by name or number: each stands in a full-text index with its words, without marks, and with the codes of
//! the units that may see it. So a search reads what its own unit has, however many dossiers there are.

use super::acts;
use super::queue::{COLUMNS, queued};
use crate::StoreError;
use crate::desk::{Kept, Queued, SearchAsked};
use form::text::fold;
use rusqlite::{Connection, OptionalExtension as _, params};

/// Puts a dossier into the index, or what has changed of it.
pub(super) fn put(db: &Connection, dossier: i64, seen_by: &[String]) -> Result<(), StoreError> {
    let (person, number): (String, Option<String>) = db
        .prepare_cached("SELECT person, number FROM dossiers WHERE id = ?1")?
        .query_row([dossier], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let words = words(&format!("{person} {}", number.unwrap_or_default())).join(" ");
    let units = seen_by.join(" ");
    let before: Option<(String, String)> = db
        .prepare_cached("SELECT units, words FROM dossier_search WHERE rowid = ?1")?
        .query_row([dossier], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match before {
        Some((old_units, old_words)) if old_units == units && old_words == words => return Ok(()),
        Some(_) => db
            .prepare_cached("UPDATE dossier_search SET units = ?2, words = ?3 WHERE rowid = ?1")?
            .execute(params![dossier, units, words])?,
        None => db
            .prepare_cached("INSERT INTO dossier_search (rowid, units, words) VALUES (?1, ?2, ?3)")?
            .execute(params![dossier, units, words])?,
    };
    Ok(())
}

/// Letters and digits without marks, each word in small letters.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text).to_ascii_lowercase();
    folded
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The dossiers that have every word that was typed, or a word beginning so; the newest first.
pub(super) fn find(db: &Connection, asked: &SearchAsked) -> Result<Vec<Queued>, StoreError> {
    let typed = words(&asked.typed);
    if typed.is_empty() || asked.units.is_empty() {
        return Ok(Vec::new());
    }
    // Nothing but letters and digits gets in, so nothing in it is read as an operator.
    let units = asked.units.iter().flat_map(|unit| words(unit)).collect::<Vec<_>>().join("\" OR \"");
    let typed = typed.join("\"* AND \"");
    let query = format!("units : (\"{units}\") AND words : (\"{typed}\"*)");
    let sql = format!(
        "SELECT {COLUMNS} FROM dossiers WHERE id IN
             (SELECT rowid FROM dossier_search WHERE dossier_search MATCH ?1 ORDER BY rowid DESC LIMIT ?2)
         ORDER BY id DESC"
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut rows = select.query(params![query, asked.most])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(queued(row)?);
    }
    Ok(found)
}

/// Dossiers that are in no index yet: those of before there was one.
pub(super) fn missing(db: &Connection, most: u32) -> Result<Vec<Kept>, StoreError> {
    let ids: Vec<i64> = db
        .prepare_cached(
            "SELECT id FROM dossiers WHERE due_at IS NOT NULL AND id NOT IN (SELECT id FROM dossier_search_docsize)
             ORDER BY id DESC LIMIT ?1",
        )?
        .query_map([most], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    ids.into_iter().filter_map(|id| acts::by_row(db, id).transpose()).collect()
}
