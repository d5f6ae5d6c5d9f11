//! How dossiers were handled in a period, summed up by agency and procedure.

use crate::StoreError;
use crate::desk::{Figures, FiguresAsked};
use rusqlite::{Connection, params};

/// One agency at a time, so that an index gives its dossiers and nobody else's are read.
const SUMS: &str = "
    SELECT procedure,
        sum(received_at < ?2),
        sum(received_at >= ?2),
        sum(ended_at < ?3 AND NOT ended_late),
        sum(ended_at < ?3 AND ended_late),
        sum(ended_at < ?3 AND state <> 10),
        sum(ended_at IS NULL OR ended_at >= ?3),
        sum((ended_at IS NULL OR ended_at >= ?3) AND stands = 0 AND due_at < ?4),
        sum(ended_at IS NULL AND stands = 1)
    FROM dossiers
    WHERE agency = ?1 AND received_at IS NOT NULL AND received_at < ?3 AND (ended_at IS NULL OR ended_at >= ?2)
    GROUP BY procedure ORDER BY procedure";

pub(super) fn of(db: &Connection, asked: &FiguresAsked) -> Result<Vec<Figures>, StoreError> {
    let mut all = Vec::new();
    let mut select = db.prepare_cached(SUMS)?;
    for agency in &asked.agencies {
        let rows =
            select.query_map(params![agency, asked.from.0, asked.until.0, asked.until.0.min(asked.now.0)], |row| {
                Ok(Figures {
                    agency: agency.clone(),
                    procedure: row.get(0)?,
                    carried_over: row.get(1)?,
                    received: row.get(2)?,
                    on_time: row.get::<_, Option<u64>>(3)?.unwrap_or_default(),
                    late: row.get::<_, Option<u64>>(4)?.unwrap_or_default(),
                    unsolved: row.get::<_, Option<u64>>(5)?.unwrap_or_default(),
                    in_process: row.get(6)?,
                    overdue: row.get(7)?,
                    supplement: row.get(8)?,
                })
            })?;
        for row in rows {
            all.push(row?);
        }
    }
    Ok(all)
}
