//! The consent by which a dossier was filed for its owner, as the desk sees it, and that the owner takes it back there.

use super::dossier::read;
use super::{id, theirs};
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::consents::{told_desk, withdraw as take_back};
use crate::error::ApiError;
use crate::routes::officers::answer;
use crate::work::{Work, relation};
use account::consent::Withdrawer;
use account::{Action, may};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use wire::{DeskDossier, DeskEvent, DeskFiler, Problem};

/// A dossier with the consent that is on record, beside who filed it and in its history. Whoever files by one is told of also where
/// their name is the owner's.
pub(super) async fn with(
    app: &App,
    signed: &Signed,
    work: &Work,
    dossier: DeskDossier,
) -> Result<DeskDossier, ApiError> {
    let filed = app.store.filed_for(work.kept.dossier.id).await?;
    let Some(consent) = filed.and_then(|filed| filed.consent) else { return Ok(dossier) };
    let desk = work.desk(app)?;
    let relation = relation(&signed.officer, &work.course(&desk), &desk);
    let told = told_desk(app, &consent, may(&signed.officer, Action::WithdrawConsent, relation));
    let event = |at: i64, says: String| DeskEvent { at, says, by: None, note: String::new() };
    let filed = event(dossier.sent_at, format!("Nộp hộ theo sự đồng ý của {}", told.owner));
    let withdrawn = told.withdrawn_at.map(|at| event(at, "Sự đồng ý cho nộp hộ được rút lại".to_owned()));
    let history = withdrawn.into_iter().chain([filed]).chain(dossier.history).collect();
    let by = || DeskFiler { name: told.filer.clone(), relation: String::new(), consent: None };
    let filer = dossier.filer.unwrap_or_else(by);
    Ok(DeskDossier { filer: Some(DeskFiler { consent: Some(told), ..filer }), history, ..dossier })
}

/// Takes the consent back for its owner, who came to the desk. Taken back twice, it is taken back.
#[utoipa::path(delete, path = "/api/v1/desk/dossiers/{id}/consent",
    params(("id" = String, Path, description = "The dossier's id")),
    responses(
        (status = 200, body = DeskDossier),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn withdraw(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let (work, relation) = theirs(&app, &signed, id(path)).await?;
    if !may(&signed.officer, Action::WithdrawConsent, relation) {
        access::refuse(&app, &signed, &format!("{} withdraw-consent", work.kept.dossier.id)).await?;
        return Err(ApiError::ActNotNow);
    }
    let filed = app.store.filed_for(work.kept.dossier.id).await?;
    let consent = filed.and_then(|filed| filed.consent).ok_or(ApiError::ConsentUnknown)?;
    take_back(&app, &consent, Withdrawer::Desk, Some(signed.officer.id)).await?;
    Ok(answer(&read(&app, &signed, &work).await?))
}
