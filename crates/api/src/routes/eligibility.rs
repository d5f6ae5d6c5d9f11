//! "May I, and how much?" by the rules of the procedure. Answers are read, answered and forgotten: nothing of
//! them is kept or logged, because they may say that somebody is ill or poor.

use crate::app::Shared;
use crate::error::ApiError;
use crate::json::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use form::Given;
use procedure::Eligibility;
use wire::{EligibilityRequest, Problem, Verdict};

/// The questions and rules of a procedure, as JSON.
#[utoipa::path(get, path = "/api/v1/procedures/{id}/eligibility",
    params(("id" = String, Path, description = "The procedure's id")),
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn rules(
    State(app): State<Shared>,
    id: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let rules = rules_of(&app, id)?.clone();
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(rules)))
}

/// What the answers come to today. Advice, never a decision.
#[utoipa::path(post, path = "/api/v1/procedures/{id}/eligibility",
    params(("id" = String, Path, description = "The procedure's id")),
    request_body = EligibilityRequest,
    responses(
        (status = 200, body = Verdict),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn assess(
    State(app): State<Shared>,
    id: Result<Path<String>, PathRejection>,
    request: Json<EligibilityRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let given = Given { today: app.now().date(), units: &app.offer.library.units };
    let verdict = rules_of(&app, id)?.assess(&request.value.answers, &given);
    let verdict = verdict.map_err(|problems| ApiError::Unanswered(problems.iter().map(super::said).collect()))?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(Verdict::from(verdict))))
}

fn rules_of(app: &Shared, id: Result<Path<String>, PathRejection>) -> Result<&Eligibility, ApiError> {
    let Path(id) = id.map_err(|_| ApiError::RulesUnknown)?;
    app.offer.library.eligibility.get(&id).ok_or(ApiError::RulesUnknown)
}
