//! A dossier is followed by its code. What is not found says nothing, whatever the reason, and costs the asker's budget.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::source::Source;
use crate::work;
use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use dossier::LookupCode;
use std::time::Instant;
use wire::{Problem, Timeline, TrackRequest};

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
    request: Json<TrackRequest>,
) -> Result<impl IntoResponse, ApiError> {
    // Taken before anything is looked up, so that many at once cannot overdraw; given back when it was no miss.
    let now = Instant::now();
    app.misses.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    app.all_misses.take((), 1.0, now).map_err(ApiError::TooMany).inspect_err(|_| app.misses.give_back(&source, 1.0))?;
    let found = find(&app, &request.value.code).await;
    if !matches!(found, Err(ApiError::CodeUnknown)) {
        app.misses.give_back(&source, 1.0);
        app.all_misses.give_back(&(), 1.0);
    }
    let answer = serde_json::to_vec(&found?).map_err(|_| ApiError::Failed)?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, answer))
}

async fn find(app: &App, typed: &str) -> Result<Timeline, ApiError> {
    // What is no code at all is hashed and looked up like one, so that it is refused no sooner.
    let hash = match LookupCode::read(typed) {
        Ok(code) => app.pepper.hash(&code),
        Err(_) => app.pepper.hash_text("not a code"),
    };
    let dossier = app.store.track(hash).await?.ok_or(ApiError::CodeUnknown)?;
    let procedure = work::running(app, &dossier.fingerprint, &dossier.agency, dossier.sent_at).await?;
    let desk = work::desk(app, &procedure, &dossier.agency)?;
    Ok(Timeline::from(&dossier::timeline(&dossier, &desk, app.now())))
}
