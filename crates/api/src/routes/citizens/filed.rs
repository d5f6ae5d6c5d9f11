//! The dossiers that an account filed for others.

use super::dossiers::{Asked, row};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::officers::answer;
use account::CitizenId;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use dossier::DossierId;
use store::consents::FiledDossier;
use wire::{FiledDossiers, FiledForOther, Problem};

/// Dossiers of one page.
const MOST: u32 = 50;

/// What the account filed for others, the newest first.
#[utoipa::path(get, path = "/api/v1/citizens/me/filed", params(Asked),
    responses((status = 200, body = FiledDossiers), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id, Asked::before(asked)).await?))
}

/// A page of what an account filed for others.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn of(app: &App, citizen: CitizenId, before: Option<DossierId>) -> Result<FiledDossiers, ApiError> {
    let mut found = app.store.dossiers_filed_by(citizen, before, MOST + 1).await?;
    let more = found.len() > MOST as usize;
    found.truncate(MOST as usize);
    let mut rows = Vec::with_capacity(found.len());
    for FiledDossier { dossier, person, consent } in found {
        let consent = consent.map_or_else(String::new, |consent| consent.to_string());
        rows.push(FiledForOther { dossier: row(app, &dossier).await?, person, consent });
    }
    Ok(FiledDossiers { rows, more })
}
