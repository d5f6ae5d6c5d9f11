//! Papers of a dossier and its forms on official paper, for the officers who may read it. Each reading is on record.

use super::{id, on_record, theirs};
use crate::access::Signed;
use crate::app::Shared;
use crate::error::ApiError;
use crate::printer::{self, Filled};
use crate::routes::print::{answer, answer_as};
use crate::slips::{self, DraftName, Name};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use dossier::official_forms;
use pdf::Slip;
use store::desk::Reader;
use store::unhex;
use wire::Problem;

/// The bytes of a paper, bit by bit as they were sent. Never shown in place: what strangers sent runs nothing here.
#[utoipa::path(get, path = "/api/v1/desk/dossiers/{id}/papers/{sha256}",
    params(("id" = String, Path, description = "The dossier's id"), ("sha256" = String, Path, description = "The paper's SHA-256")),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn paper(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((dossier, sha256)) = path.map_err(|_| ApiError::DossierUnknown)?;
    let (work, _) = theirs(&app, &signed, id(Ok(Path(dossier)))).await?;
    let hash = unhex(&sha256).ok_or(ApiError::DossierUnknown)?;
    let read = app.store.read_paper(work.kept.dossier.id, hash, Reader::Officer(signed.officer.id), app.now()).await?;
    let (kind, bytes) = read.ok_or(ApiError::DossierUnknown)?;
    Ok(as_sent("giay-to", kind, bytes))
}

/// A file that somebody sent, to be saved under a name.
pub(in crate::routes) fn as_sent(name: &str, kind: String, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A form as it was filled, on its official paper.
#[utoipa::path(get, path = "/api/v1/desk/dossiers/{id}/forms/{number}/pdf",
    params(("id" = String, Path, description = "The dossier's id"), ("number" = usize, Path, description = "From 1 on")),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn form(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, usize)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((dossier, number)) = path.map_err(|_| ApiError::DossierUnknown)?;
    let (work, _) = theirs(&app, &signed, id(Ok(Path(dossier)))).await?;
    let kept = on_record(&app, &signed, work.kept.dossier.id).await?.kept.dossier;
    let filled = official_forms(&kept.filing).nth(number.wrapping_sub(1)).ok_or(ApiError::DossierUnknown)?;
    let form = app.offer.form(&filled.fingerprint, &*app.store).await?.ok_or(ApiError::Failed)?;
    let (answers, agency) = (filled.answers.clone(), Some(kept.filing.agency.clone()));
    let paper = printer::filled(&app, form, Filled { answers, agency, sent_at: Some(kept.sent_at) }).await?;
    Ok(answer(paper).into_response())
}

/// A paper that the desk issues: the receipt with the appointment, what is asked for, a refusal, an apology, the sheet of
/// hand-overs, that the fee was paid.
#[utoipa::path(get, path = "/api/v1/desk/dossiers/{id}/slips/{name}",
    params(
        ("id" = String, Path, description = "The dossier's id"),
        ("name" = String, Path, description = "One of the dossier's `slips`"),
    ),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn slip(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((dossier, name)) = path.map_err(|_| ApiError::DossierUnknown)?;
    let (work, _) = theirs(&app, &signed, id(Ok(Path(dossier)))).await?;
    let name = Name::read(&name).ok_or(ApiError::DossierUnknown)?;
    let work = on_record(&app, &signed, work.kept.dossier.id).await?;
    let (slip, about) = slips::slip(&app, &work, name).await?.ok_or(ApiError::DossierUnknown)?;
    let paper = printer::slip(&app, slip, about).await?;
    Ok(answer_as("attachment; filename=\"phieu.pdf\"", paper).into_response())
}

/// A result drafted from the dossier, for officers to go on with: `letter`, `decision`, `certificate`, `reply`; as PDF, or as RTF
/// that is edited where the name ends in `.rtf`. It is marked as a draft, and no result.
#[utoipa::path(get, path = "/api/v1/desk/dossiers/{id}/drafts/{name}",
    params(
        ("id" = String, Path, description = "The dossier's id"),
        ("name" = String, Path, description = "One of the dossier's `drafts`, or the same with `.rtf`"),
    ),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn draft(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((dossier, name)) = path.map_err(|_| ApiError::DossierUnknown)?;
    let (work, _) = theirs(&app, &signed, id(Ok(Path(dossier)))).await?;
    let (name, editable) = name.strip_suffix(".rtf").map_or((name.as_str(), false), |name| (name, true));
    let name = DraftName::read(name).ok_or(ApiError::DossierUnknown)?;
    let work = on_record(&app, &signed, work.kept.dossier.id).await?;
    let (draft, about) = slips::draft(&app, &work, name).await?.ok_or(ApiError::DossierUnknown)?;
    if editable {
        let headers = [
            (header::CONTENT_TYPE, "application/rtf"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"du-thao.rtf\""),
            (header::CACHE_CONTROL, "no-store"),
        ];
        return Ok((headers, draft.rtf()).into_response());
    }
    let paper = printer::slip(&app, Slip::Draft(draft), about).await?;
    Ok(answer_as("attachment; filename=\"du-thao.pdf\"", paper).into_response())
}
