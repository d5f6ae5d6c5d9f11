//! A dossier is followed by its code. What is not found says nothing, whatever the reason, and costs the asker's budget.

use crate::app::{App, Shared};
use crate::by_code::{Asker, found, hashed};
use crate::error::ApiError;
use crate::json::Json;
use crate::payments::DossierFee;
use crate::signatures::Found;
use crate::source::Source;
use crate::work::{self, Work};
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use dossier::act::originals;
use dossier::{Course, Tracked};
use procedure::calendar::Moment;
use store::Hash;
use wire::{FeeWord, Problem, Timeline, TrackRequest};

/// Tells where the dossier with this code stands.
#[utoipa::path(post, path = "/api/v1/track",
    request_body = TrackRequest,
    responses(
        (status = 200, body = Timeline),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn track(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    asker: Asker,
    request: Json<TrackRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let timeline = found(&app, source, find(&app, &asker, &request.value.code)).await?.ok_or(ApiError::CodeUnknown)?;
    let answer = serde_json::to_vec(&timeline).map_err(|_| ApiError::Failed)?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, answer))
}

async fn find(app: &App, asker: &Asker, typed: &str) -> Result<Option<Timeline>, ApiError> {
    let hash = hashed(app, typed, |code| app.pepper.hash(code));
    let Some(dossier) = app.store.track(hash).await? else { return Ok(None) };
    let (timeline, course) = told(app, hash, &dossier).await?;
    let timeline = Timeline { own: asker.owns(app, hash).await?, ..timeline };
    if course.is_over() {
        return Ok(Some(timeline));
    }
    with_originals(app, hash, &course, timeline).await.map(Some)
}

/// Where a dossier stands, with what is to be paid; `hash` is its code's.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn told(app: &App, hash: Hash, dossier: &Tracked) -> Result<(Timeline, Course), ApiError> {
    let procedure = work::running(app, &dossier.fingerprint, &dossier.agency, dossier.sent_at).await?;
    let desk = work::desk(app, &procedure, &dossier.agency)?;
    let told = dossier::timeline(dossier, &desk, app.now());
    let (fee, paid_at) = if procedure.fee.amount > 0 { fee(app, hash).await? } else { (FeeWord::None, None) };
    let told = match paid_at {
        Some(at) => told.with_fee_paid(at),
        None => told,
    };
    let timeline = Timeline { fee, ..Timeline::from(&told) };
    let course = dossier::course(&desk, dossier.sent_at, &dossier.events);
    Ok((timeline, course))
}

/// Whether a fee is to be paid, and when it was.
async fn fee(app: &App, code: Hash) -> Result<(FeeWord, Option<Moment>), ApiError> {
    let kept = app.store.dossier_of_code(code).await?.ok_or(ApiError::CodeUnknown)?;
    let fee = DossierFee::of(app, &Work::of(app, kept).await?).await?;
    let paid_at = fee.paid().map(|(_, payment)| Moment(payment.at));
    let word = match paid_at {
        Some(_) => FeeWord::Paid,
        None if fee.owed > 0 => FeeWord::Unpaid,
        None if !fee.back().is_empty() => FeeWord::Refund,
        None => FeeWord::None,
    };
    Ok((word, paid_at))
}

/// How many papers are signed and how many originals are compared at the end. Numbers alone: a name of a paper can be a
/// diagnosis.
async fn with_originals(app: &App, code: Hash, course: &Course, timeline: Timeline) -> Result<Timeline, ApiError> {
    let kept = app.store.dossier_of_code(code).await?.ok_or(ApiError::CodeUnknown)?;
    let work = Work::of(app, kept).await?;
    let found = Found::of(app, &work, None).await?;
    let filing = &work.kept.dossier.filing;
    let signed = filing.papers.iter().filter(|paper| found.is_signed(&paper.sha256)).count();
    let originals = originals(course, filing, &|sha256| found.is_signed(sha256)).len();
    Ok(Timeline { signed: Some(signed), originals: Some(originals), ..timeline })
}
