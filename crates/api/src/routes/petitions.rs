//! Petitions as JSON: sent, followed by their code, and what is published of them.

pub(super) mod pages;

use super::officers::answer;
use crate::access;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::petitions::{Wanted, follow, problems, published, published_one, read, take, told};
use crate::source::Source;
use account::CitizenId;
use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use petition::{Photo, Typed};
use serde::Deserialize;
use wire::{
    NewPetition, PetitionStanding, PetitionTaken, Problem, PublishedPetition, PublishedPetitions, TrackRequest,
};

/// Takes a petition, once for each key. Its photographs were sent up before it under the same key.
#[utoipa::path(post, path = "/api/v1/petitions",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this petition")),
    request_body = NewPetition,
    responses(
        (status = 200, body = PetitionTaken),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn send(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Key(key): Key,
    headers: HeaderMap,
    request: Json<NewPetition>,
) -> Result<Response, ApiError> {
    let NewPetition { field, unit, says, name, contact, may_publish, photos } = request.value;
    let photos = photos.into_iter().map(|one| Photo { sha256: one.sha256, kind: one.kind, bytes: one.bytes });
    let typed = Typed { field, unit, says, name, contact, may_publish, photos: photos.collect() };
    let petition = read(&app, &typed).map_err(|faults| ApiError::Unanswered(problems(&faults)))?;
    let code = take(&app, source, key, request.hash, petition, sender(&app, &headers).await?).await?.to_string();
    let kept = follow(&app, source, &code).await?;
    Ok(answer(&PetitionTaken { code, standing: told(&app, &kept) }))
}

/// The account that a petition is sent from, if one is signed in: it has it in a list of its own, and no officer is told.
async fn sender(app: &App, headers: &HeaderMap) -> Result<Option<CitizenId>, ApiError> {
    Ok(access::citizen(app, headers).await?.map(|signed| signed.citizen.id))
}

/// Tells where the petition with this code stands.
#[utoipa::path(post, path = "/api/v1/petitions/track",
    request_body = TrackRequest,
    responses(
        (status = 200, body = PetitionStanding),
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
) -> Result<Response, ApiError> {
    let kept = follow(&app, source, &request.value.code).await?;
    Ok(answer(&told(&app, &kept)))
}

/// Which published answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    field: String,
    #[serde(default)]
    search: String,
    before: Option<i64>,
}

/// Answers that are published, the newest first.
#[utoipa::path(get, path = "/api/v1/petitions",
    params(
        ("unit" = Option<String>, Query, description = "Code of the unit"),
        ("field" = Option<String>, Query, description = "Id of the field"),
        ("search" = Option<String>, Query, description = "Words, with marks or without"),
        ("before" = Option<i64>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, body = PublishedPetitions),
        (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Asked { unit, field, search, before }) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    Ok(answer(&published(&app, &Wanted { unit, field, search, before }).await?))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/petitions/{id}",
    params(("id" = String, Path, description = "The published answer's id")),
    responses(
        (status = 200, body = PublishedPetition),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn one(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::AnswerUnknown)?;
    Ok(answer(&published_one(&app, &id).await?))
}
