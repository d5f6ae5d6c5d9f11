//! A form as its official paper, filled or blank. Answers are laid out and forgotten: nothing of them is kept or logged.

use crate::app::Shared;
use crate::error::ApiError;
use crate::json::Json;
use crate::printer::{self, Filled};
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use form::Form;
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;
use std::sync::Arc;
use wire::{PrintRequest, Problem};

/// The paper with the answers given, complete or not.
#[utoipa::path(post, path = "/api/v1/forms/{fingerprint}/pdf",
    params(("fingerprint" = String, Path, description = "SHA-256 of the form's text")),
    request_body = PrintRequest,
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn filled(
    State(app): State<Shared>,
    fingerprint: Result<Path<String>, PathRejection>,
    request: Json<PrintRequest>,
) -> Result<impl IntoResponse, ApiError> {
    let form = official(&app, &fingerprint).await?;
    let PrintRequest { answers, agency, sent_at } = request.value;
    Ok(answer(printer::filled(&app, form, Filled { answers, agency, sent_at: sent_at.map(Moment) }).await?))
}

/// The blank paper, for those who write by hand.
#[utoipa::path(get, path = "/api/v1/forms/{fingerprint}/blank.pdf",
    params(("fingerprint" = String, Path, description = "SHA-256 of the form's text")),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn blank(
    State(app): State<Shared>,
    fingerprint: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let form = official(&app, &fingerprint).await?;
    let Path(fingerprint) = fingerprint.map_err(|_| ApiError::TextUnknown)?;
    Ok(answer(printer::blank(&app, form, fingerprint).await?))
}

/// The form of today or of any earlier day. Who files is asked on a form too, but there is no official paper of it.
async fn official(app: &Shared, fingerprint: &Result<Path<String>, PathRejection>) -> Result<Arc<Form>, ApiError> {
    let Ok(Path(fingerprint)) = fingerprint else {
        return Err(ApiError::TextUnknown);
    };
    let form = app.offer.form(fingerprint, &*app.store).await?;
    form.filter(|form| form.id != FILER_FORM).ok_or(ApiError::TextUnknown)
}

/// One name for every paper: among a shared phone's downloads, "nd20-1b" would say that somebody has HIV.
pub(super) fn answer(paper: Bytes) -> impl IntoResponse {
    answer_as("attachment; filename=\"to-khai.pdf\"", paper)
}

/// A paper under another name, which tells as little.
pub(super) fn answer_as(disposition: &'static str, paper: Bytes) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, paper)
}
