//! The result waits at the code: with the last digits of the telephone number the citizen reads what the office has said and
//! takes the electronic copy. Each opening is on record.

use super::officers::answer;
use crate::app::{App, Shared};
use crate::by_code::Asker;
use crate::error::ApiError;
use crate::json::Json;
use crate::routes::desk::files::as_sent;
use crate::work::Work;
use axum::extract::State;
use axum::response::Response;
use dossier::reply::reply;
use store::desk::Reader;
use store::unhex;
use wire::{ByCode, Problem, Reply, ReplyResult, ReplySaid};

/// Opens what was said.
#[utoipa::path(post, path = "/api/v1/replies/open",
    request_body = ByCode,
    responses(
        (status = 200, body = Reply),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open(State(app): State<Shared>, asker: Asker, request: Json<ByCode>) -> Result<Response, ApiError> {
    let ByCode { code, digits } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let id = work.kept.dossier.id;
    app.store.read_dossier(id, Reader::Citizen, app.now()).await?;
    let found = of(&app, &work)?;
    let says = found.says.into_iter();
    Ok(answer(&Reply {
        result: found.result.map(|result| ReplyResult {
            kind: kind(&result.file).to_owned(),
            number: result.number,
            bytes: result.bytes,
        }),
        says: says.map(|said| ReplySaid { event: said.event.to_owned(), at: said.at.0, reason: said.reason }).collect(),
    }))
}

/// The result's electronic copy, bit by bit as the office attached it.
#[utoipa::path(post, path = "/api/v1/replies/result",
    request_body = ByCode,
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn result(
    State(app): State<Shared>,
    asker: Asker,
    request: Json<ByCode>,
) -> Result<Response, ApiError> {
    let ByCode { code, digits } = request.value;
    let work = asker.opens(&app, &code, &digits).await?;
    let issued = of(&app, &work)?.result.ok_or(ApiError::ResultNotThere)?;
    let hash = unhex(&issued.sha256).ok_or(ApiError::Failed)?;
    let read = app.store.read_paper(work.kept.dossier.id, hash, Reader::Citizen, app.now()).await?;
    let (kind, bytes) = read.ok_or(ApiError::Failed)?;
    // No name tells what it is: among a shared phone's downloads others would read it.
    Ok(as_sent("ket-qua", kind, bytes))
}

fn of(app: &App, work: &Work) -> Result<dossier::reply::Reply, ApiError> {
    Ok(reply(&work.course(&work.desk(app)?), &work.kept.events))
}

/// What kind of file a name tells of: results are PDF, photographs of paper ones otherwise.
pub(super) fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/pdf",
    }
}
