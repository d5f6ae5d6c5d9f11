//! Danh sách giao dịch: the fees of an account's dossiers, what was paid of them and what goes back. Paid is by code, as always.

use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::payments::DossierFee;
use crate::routes::officers::answer;
use crate::routes::payments::fee_told;
use crate::work::{Work, running};
use account::CitizenId;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use dossier::{DossierId, LookupCode};
use serde::Deserialize;
use store::mine::MineDossier;
use wire::{MyTransaction, MyTransactions, Problem};

/// Dossiers of one page, of which those without a fee are left out.
const MOST: u32 = 50;

/// What is asked for of the list.
#[derive(Deserialize, utoipa::IntoParams)]
pub(in crate::routes) struct Asked {
    /// `before` of the page before.
    #[serde(default)]
    before: String,
}

/// The fees of the account's dossiers, the newest first.
#[utoipa::path(get, path = "/api/v1/citizens/me/transactions", params(Asked),
    responses((status = 200, body = MyTransactions), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let before = asked.ok().and_then(|Query(asked)| DossierId::read(&asked.before));
    Ok(answer(&of(&app, signed.citizen.id, before).await?))
}

/// A page of the list.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn of(app: &App, citizen: CitizenId, before: Option<DossierId>) -> Result<MyTransactions, ApiError> {
    let mut found = app.store.dossiers_of_citizen(citizen, before, MOST + 1).await?;
    let more = found.len() > MOST as usize;
    found.truncate(MOST as usize);
    let before = found.last().filter(|_| more).map(|last| last.id.to_string());
    let mut rows = Vec::new();
    for dossier in &found {
        rows.extend(row(app, dossier).await?);
    }
    Ok(MyTransactions { rows, before })
}

/// The fee of a dossier; nothing when it is free.
async fn row(app: &App, MineDossier { id, key, tracked, .. }: &MineDossier) -> Result<Option<MyTransaction>, ApiError> {
    let procedure = running(app, &tracked.fingerprint, &tracked.agency, tracked.sent_at).await?;
    if procedure.fee.amount <= 0 {
        return Ok(None);
    }
    let kept = app.store.dossier(*id).await?.ok_or(ApiError::Failed)?;
    let work = Work::of(app, kept).await?;
    let fee = DossierFee::of(app, &work).await?;
    // Whoever is exempt owes nothing; a fee that is owed no more, because the dossier came to nothing, has its orders still.
    if fee.owed <= 0 && fee.orders.is_empty() {
        return Ok(None);
    }
    Ok(Some(MyTransaction {
        dossier: id.to_string(),
        title: work.procedure.name.clone(),
        number: work.kept.number.clone().unwrap_or_default(),
        code: LookupCode::new(app.pepper.code_bits(*key)).to_string(),
        sent_at: tracked.sent_at.0,
        fee: fee_told(app, &work, &fee)?,
    }))
}
