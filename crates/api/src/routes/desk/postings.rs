//! Posting at the desk: what can be posted, what the public will see of it, and publishing it.

use super::queue::left_of;
use crate::access::Signed;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::posting::{head, is_by_hand, prepare, public};
use crate::routes::officers::answer;
use crate::work::{Work, place, relation};
use account::{Action, may};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use dossier::PostingId;
use dossier::posting::wanted;
use procedure::Role;
use procedure::calendar::{Moment, working_time_between};
use store::postings::{PostingSaved, WaitingAsked};
use wire::{DeskPostings, NewPosting, PostingPreview, PostingProcedure, PostingReady, Problem, PublicPosting};

/// The most dossiers of a procedure that are offered at once: two full lists.
const MOST: u32 = 400;

/// What this officer can post now, and what their unit shows.
#[utoipa::path(get, path = "/api/v1/desk/postings",
    responses(
        (status = 200, body = DeskPostings),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    let now = app.now();
    let today = now.date();
    let unit = &signed.officer.unit;
    let library = &app.offer.library;
    let level = library.agencies.on(today).find(unit).map(|agency| agency.level);
    let here =
        |level| library.procedures.values().filter(move |one| one.posting.is_some() && one.receives_at(level, today));
    let procedures: Vec<_> = level.into_iter().flat_map(here).collect();
    let mut ready = Vec::new();
    for procedure in &procedures {
        let (unit, role, procedure) = (unit.clone(), Role::Specialist, procedure.id.clone());
        for kept in app.store.waiting(WaitingAsked { unit, role, procedure, most: MOST }).await? {
            ready.extend(is_ready(&app, &signed, &Work::of(&app, kept).await?, now)?);
        }
    }
    let running = app.store.postings(Some(unit.clone()), now).await?;
    Ok(answer(&DeskPostings {
        procedures: procedures
            .iter()
            .map(|one| PostingProcedure { id: one.id.clone(), name: one.short.clone() })
            .collect(),
        ready,
        running: running.iter().map(|kept| head(&app, kept)).collect(),
    }))
}

/// A dossier as it is offered; nothing when it is not to be posted now, or not by this officer.
fn is_ready(app: &App, signed: &Signed, work: &Work, now: Moment) -> Result<Option<PostingReady>, ApiError> {
    let desk = work.desk(app)?;
    let course = work.course(&desk);
    let free = course.holder.is_none_or(|holder| holder == signed.officer.id);
    let mine = may(&signed.officer, Action::Post, relation(&signed.officer, &course, &desk));
    let Some(days) = wanted(&course, &desk, now).filter(|_| free && mine) else { return Ok(None) };
    let due_at = place(&course, &desk).stage_due_at;
    let left = left_of(working_time_between(desk.calendar, desk.hours, now, due_at));
    Ok(Some(PostingReady {
        id: work.kept.dossier.id.to_string(),
        version: u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX),
        procedure: work.procedure.id.clone(),
        number: work.kept.number.clone(),
        person: work.kept.person.clone(),
        by_hand: is_by_hand(work),
        days,
        again: course.posting.again,
        due_at: due_at.0,
        left,
    }))
}

/// What the public would see of a list, and until when. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/desk/postings/preview",
    request_body = NewPosting,
    responses(
        (status = 200, body = PostingPreview),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn preview(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    request: Json<NewPosting>,
) -> Result<Response, ApiError> {
    Ok(answer(&prepare(&app, &signed, &request.value.dossiers, app.now()).await?.preview()))
}

/// Publishes a list exactly as it was previewed, once for each key.
#[utoipa::path(post, path = "/api/v1/desk/postings",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this list")),
    request_body = NewPosting,
    responses(
        (status = 200, body = PublicPosting),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn publish(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    Key(key): Key,
    request: Json<NewPosting>,
) -> Result<Response, ApiError> {
    match app.store.posting_before(key, request.hash).await? {
        PostingSaved::Before(id) => return told(&app, &signed, id).await,
        PostingSaved::KeyReused => return Err(ApiError::KeyReused),
        PostingSaved::New | PostingSaved::Changed => {}
    }
    let prepared = match prepare(&app, &signed, &request.value.dossiers, app.now()).await {
        Ok(prepared) => prepared,
        // Twice at the same time: the other one may have been kept since the look above, and stands in its own way.
        Err(refused) => match app.store.posting_before(key, request.hash).await? {
            PostingSaved::Before(id) => return told(&app, &signed, id).await,
            _ => return Err(refused),
        },
    };
    // What is published is what was looked at: not a name more, and not a day longer.
    if prepared.seen() != request.value.seen {
        return Err(ApiError::PostingChanged);
    }
    let new = prepared.decided(&app, &signed, key, request.hash)?;
    let id = new.id;
    match app.store.save_posting(new).await? {
        PostingSaved::New => told(&app, &signed, id).await,
        PostingSaved::Before(id) => told(&app, &signed, id).await,
        PostingSaved::KeyReused => Err(ApiError::KeyReused),
        PostingSaved::Changed => Err(ApiError::DossierChanged),
    }
}

/// A list that was published, to the officers of its own office.
async fn told(app: &App, signed: &Signed, id: PostingId) -> Result<Response, ApiError> {
    let found = app.store.posting(id, app.now()).await?;
    let (kept, lines) = found.filter(|(kept, _)| kept.agency == signed.officer.unit).ok_or(ApiError::PostingUnknown)?;
    Ok(answer(&public(app, &kept, lines)))
}
