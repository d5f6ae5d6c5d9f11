//! What the public sees of petitions. Statements for the public name this one table, which has nothing of a citizen in it.

use crate::StoreError;
use crate::petitions::{PublishedAsked, PublishedPetition};
use form::text::fold;
use petition::{PublicId, PublicVersion};
use procedure::calendar::Moment;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

const COLUMNS: &str = "id, uid, unit, field, title, question, answer, published_at";

/// The most words that are searched for.
const MOST_WORDS: usize = 8;

/// Publishes; the row is the petition's.
pub(super) fn keep(db: &Connection, new: &PublishedPetition) -> Result<(), StoreError> {
    let PublicVersion { title, question, answer } = &new.version;
    db.prepare_cached(
        "INSERT INTO published_petitions (uid, petition, unit, field, title, question, answer, published_at, folded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        new.id.0,
        new.row,
        new.unit,
        new.field,
        title,
        question,
        answer,
        new.published_at.0,
        fold(&format!("{title} {question} {answer}"))
    ])?;
    Ok(())
}

/// Takes down what is published of a petition.
pub(super) fn withdraw(db: &Connection, petition: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM published_petitions WHERE petition = ?1")?.execute([petition])?;
    Ok(())
}

pub(super) fn list(db: &Connection, asked: &PublishedAsked) -> Result<Vec<PublishedPetition>, StoreError> {
    let json = |words: &[String]| serde_json::to_string(words).map_err(|error| StoreError::Failed(error.to_string()));
    let words: Vec<String> = fold(&asked.search).split_whitespace().take(MOST_WORDS).map(str::to_owned).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM published_petitions
         WHERE (?1 = '[]' OR unit IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR field = ?2)
             AND (?3 IS NULL OR id < ?3) AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE instr(folded, value) = 0)
         ORDER BY id DESC LIMIT ?5"
    );
    let mut select = db.prepare_cached(&sql)?;
    let given = params![json(&asked.units)?, asked.field, asked.before, json(&words)?, asked.most];
    let rows = select.query_map(given, row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn one(db: &Connection, id: PublicId) -> Result<Option<PublishedPetition>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM published_petitions WHERE uid = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([id.0], row).optional()?)
}

fn row(row: &Row<'_>) -> Result<PublishedPetition, rusqlite::Error> {
    Ok(PublishedPetition {
        row: row.get(0)?,
        id: PublicId(row.get(1)?),
        unit: row.get(2)?,
        field: row.get(3)?,
        version: PublicVersion { title: row.get(4)?, question: row.get(5)?, answer: row.get(6)? },
        published_at: Moment(row.get(7)?),
    })
}
