//! A paper goes up by its own hash, before the dossier that names it.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json;
use crate::key::Key;
use crate::source::Source;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::{Extension, Json};
use dossier::paper::{self, Fault};
use procedure::paper::MAX_BYTES;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use store::{DraftKey, NewPaper, PaperKept, hex, unhex};
use wire::{KeptPaper, Problem};

/// Keeps a paper for the draft of the key. Sending it again changes nothing.
#[utoipa::path(put, path = "/api/v1/papers/{sha256}",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the body, 64 lower-case hexadecimal digits"),
        ("Idempotency-Key" = String, Header, description = "The draft's key, a UUID"),
    ),
    request_body(content_type = "application/octet-stream", description = "JPEG, PNG, WebP or PDF, at most 10 MB"),
    responses(
        (status = 201, body = KeptPaper), (status = 200, body = KeptPaper),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn put(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    name: Result<Path<String>, PathRejection>,
    Key(draft): Key,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<KeptPaper>), ApiError> {
    let Path(name) = name.map_err(|_| ApiError::HashUnreadable)?;
    let declared: [u8; 32] = unhex(&name).ok_or(ApiError::HashUnreadable)?;
    let limit = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    if length(&headers).is_some_and(|length| length > MAX_BYTES) {
        return Err(ApiError::TooLarge);
    }
    let content = json::body(body, limit).await?;
    #[expect(clippy::cast_precision_loss, reason = "at most ten million")]
    app.uploads.take(source, content.len() as f64, Instant::now()).map_err(ApiError::TooMany)?;
    let (kept, paper) = keep(&app, draft, declared, content.into()).await?;
    let status = match kept {
        PaperKept::New => StatusCode::CREATED,
        PaperKept::Before => StatusCode::OK,
    };
    Ok((status, Json(paper)))
}

/// Keeps a paper for a draft, if it is what was declared and a file that is taken. However it came, this is its last step.
pub(super) async fn keep(
    app: &App,
    draft: DraftKey,
    declared: [u8; 32],
    content: Vec<u8>,
) -> Result<(PaperKept, KeptPaper), ApiError> {
    let (content, looked, pages) = look(content, declared).await?;
    let bytes = content.len() as u64;
    let kind = looked.kind.media_type().to_owned();
    let paper = NewPaper { draft, sha256: declared, kind: kind.clone(), pages, content, now: app.now() };
    let kept = app.store.put_paper(paper).await?;
    Ok((kept, KeptPaper { sha256: hex(&declared), bytes, kind }))
}

pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Hashes the bytes, looks at them and counts their pages on a thread where ten megabytes hold nobody up.
pub(super) async fn look(
    content: Vec<u8>,
    declared: [u8; 32],
) -> Result<(Vec<u8>, paper::Looked, Option<u32>), ApiError> {
    let task = tokio::task::spawn_blocking(move || {
        if content.is_empty() {
            return Err(ApiError::Paper(Fault::Empty));
        }
        if Sha256::digest(&content)[..] != declared {
            return Err(ApiError::HashDiffers);
        }
        let looked = paper::look(&content).map_err(ApiError::Paper)?;
        let pages = paper::pages::count(looked.kind, &content);
        Ok((content, looked, pages))
    });
    task.await.map_err(|_| ApiError::Failed)?
}
