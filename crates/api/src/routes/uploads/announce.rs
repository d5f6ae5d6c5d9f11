//! Announcing a paper: how long it is and what it will be, before any of it comes.

use crate::app::Shared;
use crate::error::ApiError;
use crate::key::Key;
use crate::source::Source;
use crate::tus;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use dossier::paper::Fault;
use procedure::paper::MAX_BYTES;
use store::{Begun, NewUpload, UploadId, hex};
use wire::Problem;

/// Announces a paper for the draft of the key. Its parts go to the address that is answered.
///
/// Where the same draft has sent the same paper before, `Upload-Offset` is the whole length at once.
#[utoipa::path(post, path = "/api/v1/uploads",
    params(
        ("Idempotency-Key" = String, Header, description = "The draft's key, a UUID"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Length" = u64, Header, description = "Bytes of the whole"),
        ("Upload-Metadata" = String, Header,
            description = "`sha256` and, in base64, the 64 lower-case hexadecimal digits of the whole's SHA-256"),
    ),
    responses(
        (status = 201, headers(("Location" = String), ("Upload-Offset" = u64), ("Upload-Expires" = String))),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 412, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn announce(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Key(draft): Key,
    headers: HeaderMap,
) -> Result<impl IntoResponse, ApiError> {
    let bytes = tus::number(&headers, &tus::UPLOAD_LENGTH)?;
    let sha256 = tus::sha256(&headers)?;
    match bytes {
        0 => return Err(ApiError::Paper(Fault::Empty)),
        1..=MAX_BYTES => {}
        _ => return Err(ApiError::TooLarge),
    }
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    let now = app.now();
    let upload = NewUpload { id: UploadId(id), draft, sha256, bytes, source: source.bytes(), now };
    let offset = match app.store.begin_upload(upload, app.limits.half_sent()).await? {
        Begun::New => 0,
        Begun::Arrived => bytes,
        Begun::Full(full) => return Err(super::no_room(full)),
    };
    let location = HeaderValue::try_from(format!("/api/v1/uploads/{}", hex(&id))).map_err(|_| ApiError::Failed)?;
    Ok((StatusCode::CREATED, super::stands(offset, now)?, [(header::LOCATION, location)]))
}
