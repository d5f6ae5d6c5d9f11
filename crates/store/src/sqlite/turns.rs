//! What each officer has done, summed up by unit and day in the transaction of the act.

use crate::StoreError;
use crate::desk::{FiguresAsked, OfficerFigures};
use dossier::Event;
use procedure::calendar::Moment;
use rusqlite::{Connection, params};

/// Counts an act that ends a turn, for the unit that had it and by the due moment the stage had: so before the dossier gets
/// its new place.
pub(super) fn count(db: &Connection, dossier: i64, event: &Event) -> Result<(), StoreError> {
    let Some(officer) = event.by.filter(|_| event.kind.ends_turn()) else { return Ok(()) };
    db.prepare_cached(
        "INSERT INTO turns (unit, day, officer, on_time, late)
         SELECT unit, ?2, ?3, 1 - gone, gone
         FROM (SELECT unit, stands = 0 AND stage_due_at < ?4 AS gone FROM dossiers WHERE id = ?1) WHERE unit IS NOT NULL
         ON CONFLICT (unit, day, officer) DO UPDATE SET on_time = on_time + excluded.on_time, late = late + excluded.late",
    )?
    .execute(params![dossier, event.at.day_number(), officer.0, event.at.0])?;
    Ok(())
}

/// One row for each officer who did something in the period or holds something now, in the order of their names.
pub(super) fn figures(db: &Connection, asked: &FiguresAsked) -> Result<Vec<OfficerFigures>, StoreError> {
    let mut select = db.prepare_cached(
        "WITH done AS (SELECT officer, sum(on_time) AS on_time, sum(late) AS late FROM turns
                       WHERE unit = ?1 AND day >= ?2 AND day < ?3 GROUP BY officer),
              held AS (SELECT holder AS officer, count(*) AS holding, sum(stands = 0 AND stage_due_at < ?4) AS overdue
                       FROM dossiers WHERE holder IN (SELECT uid FROM officers WHERE unit = ?1) AND unit = ?1 GROUP BY holder)
         SELECT officers.name, coalesce(done.on_time, 0), coalesce(done.late, 0),
                coalesce(held.holding, 0), coalesce(held.overdue, 0)
         FROM (SELECT officer FROM done UNION SELECT officer FROM held) AS who
         JOIN officers ON officers.uid = who.officer
         LEFT JOIN done ON done.officer = who.officer
         LEFT JOIN held ON held.officer = who.officer
         ORDER BY officers.name",
    )?;
    let day = |moment: Moment| moment.day_number();
    let mut all = Vec::new();
    for unit in &asked.agencies {
        let rows = select.query_map(params![unit, day(asked.from), day(asked.until), asked.now.0], |row| {
            Ok(OfficerFigures {
                unit: unit.clone(),
                officer: row.get(0)?,
                on_time: row.get(1)?,
                late: row.get(2)?,
                holding: row.get(3)?,
                overdue: row.get(4)?,
            })
        })?;
        for row in rows {
            all.push(row?);
        }
    }
    Ok(all)
}
