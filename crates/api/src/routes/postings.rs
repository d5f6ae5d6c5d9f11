//! Public lists as JSON and PDF: there while they are shown, and afterwards as if they had never been.

pub(super) mod pages;

use super::officers::answer;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::posting::{head, public};
use crate::printer::{self, About};
use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use dossier::PostingId;
use pdf::Slip;
use pdf::slip::{Posting, PostingRow};
use procedure::calendar::Moment;
use serde::Deserialize;
use wire::{Postings, Problem, PublicPosting};

/// Which lists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Code of the agency; all, when nothing is said.
    #[serde(default)]
    agency: String,
}

/// The lists shown now.
#[utoipa::path(get, path = "/api/v1/postings",
    params(("agency" = Option<String>, Query, description = "Code of the agency")),
    responses(
        (status = 200, body = Postings),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::PostingUnknown)?;
    Ok(hidden(answer(&shown(&app, &asked.agency).await?)))
}

/// One list with its lines.
#[utoipa::path(get, path = "/api/v1/postings/{id}",
    params(("id" = String, Path, description = "The list's id")),
    responses(
        (status = 200, body = PublicPosting),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn one(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::PostingUnknown)?;
    Ok(hidden(answer(&find(&app, &id).await?)))
}

/// The same to be hung up at the office: one sheet of A3 or more.
#[utoipa::path(get, path = "/api/v1/postings/{id}/pdf",
    params(("id" = String, Path, description = "The list's id")),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn pdf(
    State(app): State<Shared>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::PostingUnknown)?;
    printed(&app, &id).await
}

/// The lists shown now, of one agency or of all.
async fn shown(app: &App, agency: &str) -> Result<Postings, ApiError> {
    let agency = (!agency.is_empty()).then(|| agency.to_owned());
    let found = app.store.postings(agency, app.now()).await?;
    let mut postings: Vec<_> = found.iter().map(|kept| head(app, kept)).collect();
    postings
        .sort_by(|one, other| (&one.title, one.not_after, &one.id).cmp(&(&other.title, other.not_after, &other.id)));
    Ok(Postings { postings })
}

/// A list that is shown now.
async fn find(app: &App, id: &str) -> Result<PublicPosting, ApiError> {
    let id = PostingId::read(id).ok_or(ApiError::PostingUnknown)?;
    let (kept, lines) = app.store.posting(id, app.now()).await?.ok_or(ApiError::PostingUnknown)?;
    Ok(public(app, &kept, lines))
}

/// The paper of a list that is shown now.
async fn printed(app: &Shared, id: &str) -> Result<Response, ApiError> {
    let id = PostingId::read(id).ok_or(ApiError::PostingUnknown)?;
    let (kept, lines) = app.store.posting(id, app.now()).await?.ok_or(ApiError::PostingUnknown)?;
    let procedure = app.offer.library.procedures.get(&kept.procedure);
    let about = About {
        procedure_code: procedure.map(|procedure| procedure.code.clone()).unwrap_or_default(),
        dossier: String::new(),
        agency: kept.agency.clone(),
        signed_on: Some(kept.made_at.date()),
    };
    let paper = paper(&public(app, &kept, lines), &about.procedure_code, &app.public_address);
    let bytes: Bytes = printer::slip(app, paper, about).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"niem-yet.pdf\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    // It may have ended while it was being laid out.
    app.store.posting(id, app.now()).await?.ok_or(ApiError::PostingUnknown)?;
    Ok(hidden((headers, bytes).into_response()))
}

/// A list as it is printed: what the page says, and the page's address as a picture.
#[must_use]
pub fn paper(posting: &PublicPosting, code: &str, site: &str) -> Slip {
    let link = if site.is_empty() { String::new() } else { format!("{site}/niem-yet/{}", posting.id) };
    let rows = posting.lines.iter();
    let rows = rows.map(|line| PostingRow { line: line.line, name: line.name.clone(), place: line.place.clone() });
    Slip::Posting(Posting {
        title: posting.title.clone(),
        code: code.to_owned(),
        phone: posting.phone.clone(),
        shown_from: Moment(posting.shown_from),
        not_after: Moment(posting.not_after),
        link,
        rows: rows.collect(),
    })
}

/// Asks search engines to forget what they see here.
fn hidden(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}
