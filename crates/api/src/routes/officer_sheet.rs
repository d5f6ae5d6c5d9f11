//! A workbook of officers as rows: read here, because a browser would need a program of its own for it, and looked at by the
//! administrator before anybody is made.

use super::officers::answer;
use crate::app::Shared;
use crate::error::ApiError;
use crate::sheet;
use account::roll;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use wire::{BadOfficerRow, FieldProblem, OfficerSheet, Problem};

/// Reads a workbook of at most 2 MB; nothing is kept of it.
#[utoipa::path(post, path = "/api/v1/officers/sheet",
    request_body(content = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    responses(
        (status = 200, body = OfficerSheet),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn read(State(app): State<Shared>, body: Result<Bytes, BytesRejection>) -> Result<Response, ApiError> {
    let bytes = body.map_err(|_| ApiError::TooLarge)?;
    if bytes.len() > sheet::MOST_BYTES {
        return Err(ApiError::TooLarge);
    }
    let cells = tokio::task::spawn_blocking(move || sheet::read(&bytes)).await.map_err(|_| ApiError::Failed)?;
    let cells = cells.map_err(|why| {
        ApiError::Unanswered(vec![FieldProblem {
            place: "file".to_owned(),
            code: "file".to_owned(),
            says: why.says().to_owned(),
            blocks: true,
        }])
    })?;
    let (rows, mended) = roll::mended(&cells, app.agencies());
    let mended = mended.into_iter().map(|one| BadOfficerRow { row: one.row, says: one.says }).collect();
    Ok(answer(&OfficerSheet { rows, mended }))
}
