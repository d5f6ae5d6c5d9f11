//! A paper that comes in parts, by tus 1.0.0: announced, added to, asked about, taken away.
//!
//! The offset that is told is always on the disk. It reaches the length only when the paper itself is kept, so whoever
//! is cut off before the last answer asks, and sends at most the last part again.

pub(super) mod add;
pub(super) mod announce;

use super::KEPT_MS;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::tus;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use procedure::calendar::Moment;
use store::{Full, Upload, UploadId, unhex};
use wire::Problem;

type Name = Result<Path<String>, PathRejection>;

/// Tells what uploads this server can take.
#[utoipa::path(options, path = "/api/v1/uploads",
    responses((status = 204, headers(
        ("Tus-Version" = String, description = "1.0.0"), ("Tus-Extension" = String), ("Tus-Max-Size" = u64),
        ("Tus-Checksum-Algorithm" = String),
))))]
pub(super) async fn abilities() -> impl IntoResponse {
    (StatusCode::NO_CONTENT, tus::abilities())
}

/// Tells what uploads this server can take, asked at one of them.
#[utoipa::path(options, path = "/api/v1/uploads/{id}",
    params(("id" = String, Path, description = "As the announcement's Location says")),
    responses((status = 204, headers(
        ("Tus-Version" = String, description = "1.0.0"), ("Tus-Extension" = String), ("Tus-Max-Size" = u64),
        ("Tus-Checksum-Algorithm" = String),
))))]
pub(super) async fn abilities_of_one() -> impl IntoResponse {
    abilities().await
}

/// Tells how many bytes have arrived.
#[utoipa::path(head, path = "/api/v1/uploads/{id}",
    params(
        ("id" = String, Path, description = "As the announcement's Location says"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 200, headers(
            ("Upload-Offset" = u64), ("Upload-Length" = u64), ("Upload-Metadata" = String), ("Upload-Expires" = String),
        )),
        (status = 404, description = "No upload has this address, or not any more"),
        (status = 412, description = "Another version of tus"),
        (status = 423, description = "A part is being looked at; ask again"),
))]
pub(super) async fn head(State(app): State<Shared>, name: Name) -> Result<impl IntoResponse, ApiError> {
    let id = named(name)?;
    // Whoever is still adding keeps what has arrived and stops: what is told does not grow behind the asker's back.
    let _turn = app.turns.take(id).await?;
    let upload = find(&app, id).await?;
    let told = [
        (tus::UPLOAD_LENGTH, HeaderValue::from(upload.bytes)),
        (tus::UPLOAD_METADATA, HeaderValue::try_from(tus::metadata(&upload.sha256)).map_err(|_| ApiError::Failed)?),
    ];
    Ok((stands(upload.received, upload.last_at)?, told))
}

/// Takes an upload away with all that came of it. A paper that is whole stays with its draft.
#[utoipa::path(delete, path = "/api/v1/uploads/{id}",
    params(
        ("id" = String, Path, description = "As the announcement's Location says"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 423, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn delete(State(app): State<Shared>, name: Name) -> Result<StatusCode, ApiError> {
    let id = named(name)?;
    let _turn = app.turns.take(id).await?;
    find(&app, id).await?;
    if app.store.remove_upload(id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::UploadUnknown) }
}

/// Which upload an address names.
fn named(name: Name) -> Result<UploadId, ApiError> {
    let Path(name) = name.map_err(|_| ApiError::UploadUnknown)?;
    unhex(&name).map(UploadId).ok_or(ApiError::UploadUnknown)
}

/// An upload, unless its time is over.
async fn find(app: &App, id: UploadId) -> Result<Upload, ApiError> {
    let upload = app.store.upload(id).await?.filter(|upload| app.now() < expires(upload.last_at));
    upload.ok_or(ApiError::UploadUnknown)
}

fn expires(last_at: Moment) -> Moment {
    Moment(last_at.0 + KEPT_MS)
}

/// The headers that say where an upload stands, and until when it is kept.
fn stands(offset: u64, last_at: Moment) -> Result<HeaderMap, ApiError> {
    Ok([
        (tus::UPLOAD_OFFSET, HeaderValue::from(offset)),
        (tus::UPLOAD_EXPIRES, tus::date(expires(last_at))?),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
    .into_iter()
    .collect())
}

/// What is told to whoever finds no room.
fn no_room(full: Full) -> ApiError {
    match full {
        Full::Source => ApiError::TooMany(std::time::Duration::from_secs(600)),
        Full::All => {
            tracing::error!("half sent papers hold all the room they may");
            ApiError::DiskFull
        }
    }
}
