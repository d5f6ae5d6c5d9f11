//! Hồ sơ của tôi: the dossiers of an account. Its holder needs no code for them; whoever has a code still follows by it.

use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::by_code::opened;
use crate::error::ApiError;
use crate::json::Json;
use crate::routes::officers::answer;
use crate::routes::track::told;
use crate::source::Source;
use account::CitizenId;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dossier::{DossierId, LookupCode};
use serde::Deserialize;
use store::mine::{Claimed, MineDossier};
use wire::{ClaimDossier, MyDossier, MyDossiers, Problem};

/// Dossiers of one page.
const MOST: u32 = 50;

/// What is asked for of the list.
#[derive(Deserialize, utoipa::IntoParams)]
pub(in crate::routes) struct Asked {
    /// The id of the last dossier of the page before.
    #[serde(default)]
    before: String,
}

impl Asked {
    /// The dossier before which a page begins; from the newest on when what was asked cannot be read.
    pub(super) fn before(asked: Result<Query<Self>, QueryRejection>) -> Option<DossierId> {
        asked.ok().and_then(|Query(asked)| DossierId::read(&asked.before))
    }
}

/// The dossiers of the account, the newest first.
#[utoipa::path(get, path = "/api/v1/citizens/me/dossiers", params(Asked),
    responses((status = 200, body = MyDossiers), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id, Asked::before(asked)).await?))
}

/// A page of the list.
///
/// # Errors
/// When the store fails or has lost a text.
pub(in crate::routes) async fn of(
    app: &App,
    citizen: CitizenId,
    before: Option<DossierId>,
) -> Result<MyDossiers, ApiError> {
    let mut found = app.store.dossiers_of_citizen(citizen, before, MOST + 1).await?;
    let more = found.len() > MOST as usize;
    found.truncate(MOST as usize);
    let mut rows = Vec::with_capacity(found.len());
    for dossier in &found {
        rows.push(row(app, dossier).await?);
    }
    Ok(MyDossiers { rows, more })
}

/// A row of a list of dossiers.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn row(app: &App, dossier: &MineDossier) -> Result<MyDossier, ApiError> {
    let MineDossier { id, key, procedure, tracked, filer } = dossier;
    let code = LookupCode::new(app.pepper.code_bits(*key));
    let (timeline, course) = told(app, app.pepper.hash(&code), tracked).await?;
    let due = (!course.is_over() && !timeline.stands).then_some(timeline.promises.result.at);
    Ok(MyDossier {
        id: id.to_string(),
        procedure: procedure.clone(),
        title: timeline.procedure,
        agency: timeline.agency,
        number: timeline.number.unwrap_or_default(),
        code: code.to_string(),
        state: timeline.state,
        sent_at: timeline.sent_at,
        due,
        fee: timeline.fee,
        filer: filer.clone().unwrap_or_default(),
    })
}

/// Takes a dossier that was sent without an account into it. One that is another account's is answered as if there were none.
#[utoipa::path(post, path = "/api/v1/citizens/me/dossiers",
    request_body = ClaimDossier,
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn claim(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ClaimDossier>,
) -> Result<StatusCode, ApiError> {
    claimed(&app, source, signed.citizen.id, &request.value).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes the dossier that code and digits open into an account.
///
/// # Errors
/// When they open none, it is another account's, or too much was tried.
pub(in crate::routes) async fn claimed(
    app: &App,
    source: Source,
    citizen: CitizenId,
    ClaimDossier { code, digits }: &ClaimDossier,
) -> Result<(), ApiError> {
    opened(app, source, code, digits).await?;
    let code = LookupCode::read(code).map_err(|_| ApiError::DigitsWrong)?;
    match app.store.claim_dossier(app.pepper.hash(&code), citizen, app.now()).await? {
        Claimed::Done => Ok(()),
        Claimed::Not => Err(ApiError::DigitsWrong),
    }
}

/// Takes a dossier out of the account; with the office it stays, and its code still opens it.
#[utoipa::path(delete, path = "/api/v1/citizens/me/dossiers/{id}",
    params(("id" = String, Path, description = "The dossier's id in the account's list")),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn leave(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = DossierId::read(&id).ok_or(ApiError::DossierUnknown)?;
    if app.store.leave_dossier(id, signed.citizen.id, app.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::DossierUnknown)
    }
}
