//! The queues: each list is read from an index that begins with what is due first, so that a page costs the same however
//! many dossiers there are.

use super::submissions::{event_kind, state};
use crate::StoreError;
use crate::desk::{Place, QueueAsked, QueueList, Queued};
use dossier::{DossierId, EventKind};
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};
use rusqlite::{Connection, Row, ToSql, params};

/// What every list reads of a dossier.
pub(super) const COLUMNS: &str = "id, uid, number, person, fingerprint, agency, sent_at, state, stage, stands, holder, \
    (SELECT name FROM officers WHERE officers.uid = dossiers.holder), stage_due_at, role, \
    (SELECT count(*) FROM events WHERE events.dossier = dossiers.id), objected, \
    (SELECT detail FROM events WHERE dossier = dossiers.id AND position = 0 AND kind = 'entered')";

pub(super) fn page(db: &Connection, asked: &QueueAsked) -> Result<Vec<Queued>, StoreError> {
    let mut rows = Vec::new();
    each(
        db,
        asked,
        |rest| format!("SELECT {COLUMNS} FROM dossiers WHERE {rest}"),
        asked.most,
        |row| {
            rows.push(queued(row)?);
            Ok(())
        },
    )?;
    // Each role has its rows in order already.
    rows.sort_by_key(|row| (row.stage_due_at.0, row.row));
    rows.truncate(usize::try_from(asked.most).unwrap_or(usize::MAX));
    Ok(rows)
}

pub(super) fn count(db: &Connection, asked: &QueueAsked, most: u32) -> Result<u32, StoreError> {
    let mut count: u32 = 0;
    each(
        db,
        asked,
        |rest| format!("SELECT count(*) FROM (SELECT 1 FROM dossiers WHERE {rest})"),
        most,
        |row| {
            count = count.saturating_add(row.get(0)?);
            Ok(())
        },
    )?;
    Ok(count.min(most))
}

/// Runs a selection over a list, for each of the roles anew; `select` is given what follows WHERE.
fn each(
    db: &Connection,
    asked: &QueueAsked,
    select: impl Fn(&str) -> String,
    most: u32,
    mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let after = asked.after.map_or((i64::MIN, i64::MIN), |(due, row)| (due.0, row));
    let before = asked.due_before.map_or(i64::MAX, |moment| moment.0);
    let from = asked.due_from.map_or(i64::MIN, |moment| moment.0);
    let rest = "(stage_due_at, id) > (?1, ?2) AND stage_due_at < ?3 AND stage_due_at >= ?4 \
                AND (?5 IS NULL OR procedure = ?5)";
    // Written out and not bound, so that SQLite takes the small index of them.
    let only = if asked.objected { "objected = 1 AND" } else { "" };
    let order = "ORDER BY stage_due_at, id LIMIT ?6";
    let mut run = |list: &str, more: &[&dyn ToSql]| {
        let mut select = db.prepare_cached(&select(&format!("{only} {list} AND {rest} {order}")))?;
        let mut values: Vec<&dyn ToSql> = vec![&after.0, &after.1, &before, &from, &asked.procedure, &most];
        values.extend(more);
        let mut rows = select.query(values.as_slice())?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok::<(), StoreError>(())
    };
    match &asked.list {
        QueueList::Waiting { unit, roles, officers } => {
            let places: Vec<String> = (9..9 + officers.len()).map(|place| format!("?{place}")).collect();
            let list = format!(
                "stands = 0 AND unit = ?7 AND role = ?8 AND (holder IS NULL OR holder IN ({}))",
                places.join(", ")
            );
            roles.iter().try_for_each(|role| {
                let name = role.name();
                let mut values: Vec<&dyn ToSql> = vec![unit, &name];
                values.extend(officers.iter().map(|officer| &officer.0 as &dyn ToSql));
                run(&list, &values)
            })
        }
        QueueList::Held { officer } => run("holder = ?7", &[&officer.0]),
        QueueList::Stuck { unit, now, orphaned } => {
            // A role that nobody of the unit has is listed whole; of the others what nobody has acted on.
            let names: Vec<&str> = orphaned.iter().map(|role| role.name()).collect();
            let roles = names.join("', '");
            let list =
                format!("role IS NOT NULL AND stands = 0 AND unit = ?7 AND (stuck_at <= ?8 OR role IN ('{roles}'))");
            run(&list, &[unit, &now.0])
        }
        QueueList::Standing { unit } => run("stands = 1 AND role IS NOT NULL AND unit = ?7", &[unit]),
    }
}

pub(super) fn queued(row: &Row<'_>) -> Result<Queued, StoreError> {
    let (holder, name): (Option<[u8; 16]>, Option<String>) = (row.get(10)?, row.get(11)?);
    let entered: Option<String> = row.get(16)?;
    let entered = entered.map(|detail| event_kind("entered".to_owned(), Some(detail))).transpose()?;
    Ok(Queued {
        row: row.get(0)?,
        id: DossierId(row.get(1)?),
        number: row.get(2)?,
        person: row.get(3)?,
        fingerprint: row.get(4)?,
        agency: row.get(5)?,
        sent_at: Moment(row.get(6)?),
        state: state(row.get(7)?)?,
        stage: row.get(8)?,
        stands: row.get(9)?,
        holder: holder.map(|uid| (OfficerId(uid), name.unwrap_or_default())),
        stage_due_at: Moment(row.get(12)?),
        objected: row.get(15)?,
        channel: match entered {
            Some(EventKind::Entered { channel }) => Some(channel),
            _ => None,
        },
        role: row.get::<_, Option<String>>(13)?.as_deref().and_then(Role::of_name),
        version: row.get(14)?,
    })
}

/// Writes down where a dossier stands.
pub(super) fn place(db: &Connection, dossier: i64, place: &Place) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE dossiers SET state = ?2, stage = ?3, unit = ?4, role = ?5, holder = ?6, stage_due_at = ?7, due_at = ?8,
             stands = ?9, received_at = ?10, ended_at = ?11, ended_late = ?12, stuck_at = ?13, objected = ?14
         WHERE id = ?1",
    )?
    .execute(params![
        dossier,
        place.state.number(),
        i64::try_from(place.stage).unwrap_or(i64::MAX),
        place.unit,
        place.role.map(Role::name),
        place.holder.map(|id| id.0),
        place.stage_due_at.0,
        place.due_at.0,
        place.stands,
        place.received_at.map(|at| at.0),
        place.ended.map(|(at, _)| at.0),
        place.ended.is_some_and(|(_, late)| late),
        place.stuck_at.map(|at| at.0),
        place.objected
    ])?;
    Ok(())
}
