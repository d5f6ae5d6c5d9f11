//! A form's or procedure's public text, for whoever wants to read or fill it with other software.

use crate::app::Shared;
use crate::error::ApiError;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use store::TextKind;

/// The JSON text with this fingerprint, of today or of any earlier day; its SHA-256 is the fingerprint.
#[utoipa::path(get, path = "/api/v1/forms/{fingerprint}",
    params(("fingerprint" = String, Path, description = "SHA-256 of the text of a form or procedure")),
    responses(
        (status = 200, content_type = "application/json", body = Object),
        (status = 404, body = wire::Problem, content_type = "application/problem+json"),
))]
pub(super) async fn form(
    State(app): State<Shared>,
    fingerprint: Result<Path<String>, PathRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Path(fingerprint) = fingerprint.map_err(|_| ApiError::TextUnknown)?;
    let form = app.store.text(TextKind::Form, &fingerprint).await?;
    let text = match form {
        None => app.store.text(TextKind::Procedure, &fingerprint).await?,
        found => found,
    };
    let text = text.ok_or(ApiError::TextUnknown)?;
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, text))
}
