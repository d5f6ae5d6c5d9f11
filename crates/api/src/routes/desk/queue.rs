//! The queue: a page of a list, and how many each list has.

use crate::access::Signed;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::officers::answer;
use crate::work;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use procedure::Role;
use procedure::calendar::{Moment, Span, due_at, working_time_between};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::desk::{QueueAsked, QueueList, Queued};
use wire::{Left, Problem, Queue, QueueCounts, QueueRow};

/// Rows of a page.
const PAGE: u32 = 50;
/// Counting ends here.
const MOST: u32 = 999;

/// What is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    #[serde(default)]
    list: List,
    procedure: Option<String>,
    after: Option<String>,
}

/// The lists of a queue.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum List {
    #[default]
    Now,
    Mine,
    Late,
    Near,
    Stopped,
    Stuck,
}

/// A page of a list of work, what is due first coming first.
#[utoipa::path(get, path = "/api/v1/desk/dossiers",
    params(
        ("list" = Option<String>, Query, description = "`now`, `mine`, `late`, `near`, `stopped` or `stuck`"),
        ("procedure" = Option<String>, Query, description = "A procedure's id"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = Queue),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn queue(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let after = asked.after.as_deref().map(|text| read_after(text).ok_or(ApiError::QueueUnreadable)).transpose()?;
    let now = app.now();
    let orphaned = orphaned(&app, &signed).await?;
    let of = |list| QueueAsked {
        procedure: asked.procedure.clone().filter(|id| !id.is_empty()),
        ..about(&app, &signed, list, now, &orphaned)
    };
    let page = QueueAsked { after, most: PAGE + 1, ..of(asked.list) };
    // What waits for a re-check stands before everything else, and only there.
    let first = match asked.after {
        None => app.store.queue(QueueAsked { objected: true, ..of(asked.list) }).await?,
        Some(_) => Vec::new(),
    };
    let mut found = app.store.queue(page).await?;
    let next = if found.len() > PAGE as usize {
        found.truncate(PAGE as usize);
        found.last().map(|row| format!("{}.{}", row.stage_due_at.0, row.row))
    } else {
        None
    };
    found.retain(|row| !row.objected);
    let mut rows = Vec::with_capacity(first.len() + found.len());
    for queued in first.into_iter().chain(found) {
        rows.push(row(&app, &signed, queued, now).await?);
    }
    let count = async |list| app.store.queue_count(of(list), MOST).await;
    let counts = QueueCounts {
        now: count(List::Now).await?,
        mine: count(List::Mine).await?,
        late: count(List::Late).await?,
        near: count(List::Near).await?,
        stopped: count(List::Stopped).await?,
        stuck: count(List::Stuck).await?,
    };
    Ok(answer(&Queue { rows, next, counts }))
}

/// Roles that wait for somebody where nobody of the unit has them.
async fn orphaned(app: &App, signed: &Signed) -> Result<Vec<Role>, ApiError> {
    let all = app.store.officers_of(&signed.officer.unit).await?;
    let has = |role: &Role| all.iter().any(|officer| officer.enabled && officer.is(*role));
    Ok(Role::ALL.into_iter().filter(|role| !has(role)).collect())
}

fn about(app: &App, signed: &Signed, list: List, now: Moment, orphaned: &[Role]) -> QueueAsked {
    let officer = &signed.officer;
    let waiting = || {
        // The work of those in whose place the officer acts is theirs too, also what these have taken.
        let roles = officer.roles.iter().chain(signed.stands_in.iter().flat_map(|absent| &absent.roles));
        let roles: BTreeSet<Role> = roles.copied().collect();
        let officers = std::iter::once(officer.id).chain(signed.stands_in.iter().map(|absent| absent.id));
        let (roles, officers) = (roles.into_iter().collect(), officers.collect());
        QueueList::Waiting { unit: officer.unit.clone(), roles, officers }
    };
    let library = &app.offer.library;
    // Within one working day.
    let soon = || due_at(&library.calendar, &library.hours, now, 4);
    let (list, due_from, due_before) = match list {
        List::Now => (waiting(), None, None),
        List::Late => (waiting(), None, Some(now)),
        List::Near => (waiting(), Some(now), Some(soon())),
        List::Mine => (QueueList::Held { officer: officer.id }, None, None),
        List::Stuck => (QueueList::Stuck { unit: officer.unit.clone(), now, orphaned: orphaned.to_vec() }, None, None),
        List::Stopped => (QueueList::Standing { unit: officer.unit.clone() }, None, None),
    };
    QueueAsked { list, procedure: None, after: None, due_before, due_from, objected: false, most: PAGE }
}

fn read_after(text: &str) -> Option<(Moment, i64)> {
    let (due, row) = text.split_once('.')?;
    Some((Moment(due.parse().ok()?), row.parse().ok()?))
}

/// In whose place the officer would do what a row waits for.
fn on_behalf(signed: &Signed, queued: &Queued) -> Option<String> {
    let held_by = queued.holder.as_ref().map(|(id, _)| *id);
    let role = queued.role?;
    let absent = signed.stands_in.iter().find(|absent| match held_by {
        Some(id) => absent.id == id,
        None => absent.is(role) && !signed.officer.is(role),
    });
    absent.filter(|absent| absent.is(role)).map(|absent| absent.name.clone())
}

pub(super) async fn row(app: &App, signed: &Signed, queued: Queued, now: Moment) -> Result<QueueRow, ApiError> {
    let procedure = work::running(app, &queued.fingerprint, &queued.agency, queued.sent_at).await?;
    let library = &app.offer.library;
    let left = working_time_between(&library.calendar, &library.hours, now, queued.stage_due_at);
    let stage = procedure.stages.get(queued.stage);
    let on_behalf = on_behalf(signed, &queued);
    Ok(QueueRow {
        id: queued.id.to_string(),
        number: queued.number,
        person: queued.person,
        procedure: procedure.short.clone(),
        stage: stage.map(|stage| stage.name.clone()).unwrap_or_default(),
        place: format!("{}/{}", queued.stage + 1, procedure.stages.len()),
        state: queued.state.name().to_owned(),
        mine: queued.holder.as_ref().is_some_and(|(id, _)| *id == signed.officer.id),
        holder: queued.holder.map(|(_, name)| name),
        due_at: queued.stage_due_at.0,
        left: left_of(left),
        sent_at: queued.sent_at.0,
        objected: queued.objected,
        channel: queued.channel.map(Into::into),
        on_behalf,
        version: queued.version,
    })
}

pub(super) fn left_of(span: Span) -> Left {
    Left { late: span.late, days: span.days, hours: span.hours, minutes: span.minutes }
}
