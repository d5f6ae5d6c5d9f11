//! Citizens' accounts: who is signed in, signing in and out.

pub(super) mod changes;
pub(super) mod consents;
pub(super) mod dossiers;
pub(super) mod filed;
pub(super) mod links;
pub(super) mod notices;
pub(super) mod oidc;
pub(super) mod pages;
pub(super) mod papers;
pub(super) mod petitions;
pub(super) mod phone;
pub(super) mod transactions;

use super::officers::{answer, field, weak_says};
use super::said;
use crate::access::{CITIZEN_COOKIE, SignedCitizen};
use crate::app::{App, Shared};
use crate::citizens::{self, Begun};
use crate::error::ApiError;
use crate::json::Json;
use crate::source::Source;
use account::citizen::{Details, IDLE_MS, Login, Organisation, WHOLE_MS};
use account::password;
use account::registration::{Fault, local_path};
use account::{Citizen, CitizenSession};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use form::Given;
use wire::{CitizenDetails, CitizenMe, CitizenOrganisation, CitizenSignIn, FieldProblem, Problem};

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/citizens/me",
    responses((status = 200, body = CitizenMe), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn me(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    Ok(answer(&told(&app, &signed.citizen, &signed.session, "").await?))
}

/// Signs a citizen in.
#[utoipa::path(post, path = "/api/v1/citizens/sign-in",
    request_body = CitizenSignIn,
    responses(
        (status = 200, body = CitizenMe),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_in(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
    request: Json<CitizenSignIn>,
) -> Result<Response, ApiError> {
    let begun = citizens::sign_in(&app, source, &headers, request.value).await?;
    signed_in(&app, begun, "").await
}

/// Signs the citizen out.
#[utoipa::path(post, path = "/api/v1/citizens/sign-out",
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_out(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    app.store.end_citizen_session(signed.token, app.now()).await?;
    Ok(gone())
}

/// Signs the citizen out wherever they are signed in.
#[utoipa::path(post, path = "/api/v1/citizens/sign-out-everywhere",
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_out_everywhere(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    app.store.end_citizen_sessions(signed.citizen.id, app.now()).await?;
    Ok(gone())
}

/// Nothing to say, and the browser forgets its session.
fn gone() -> Response {
    let gone = format!("{CITIZEN_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response()
}

/// Answers with a new session. `next` is where the person was when they registered.
async fn signed_in(app: &App, begun: Begun, next: &str) -> Result<Response, ApiError> {
    let Begun { citizen, session, cookies } = begun;
    let body = answer(&told(app, &citizen, &session, next).await?);
    Ok((AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie))), body).into_response())
}

/// The citizen as their own pages are told.
async fn told(app: &App, citizen: &Citizen, session: &CitizenSession, next: &str) -> Result<CitizenMe, ApiError> {
    let found = app.store.citizen_credentials(&Login::Id(citizen.id)).await?;
    let Citizen { id, name, email, phone, details } = citizen.clone();
    Ok(CitizenMe {
        id: id.to_string(),
        name,
        email: email.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        password: found.is_some_and(|found| found.password.is_some()),
        details: details_told(details),
        idle_seconds: u32::try_from(IDLE_MS / 1000).unwrap_or(u32::MAX),
        ends_at: session.began_at.0 + WHOLE_MS,
        next: local_path(next).unwrap_or_default().to_owned(),
        sms: app.reach.sms,
    })
}

fn details_told(details: Details) -> CitizenDetails {
    let Details { number, birth, sex, province, commune, detail, organisation } = details;
    let organisation = organisation.map(|Organisation { name, tax_code }| CitizenOrganisation { name, tax_code });
    CitizenDetails { number, birth, sex, province, commune, detail, organisation }
}

fn details_read(details: CitizenDetails) -> Details {
    let CitizenDetails { number, birth, sex, province, commune, detail, organisation } = details;
    let organisation = organisation.map(|CitizenOrganisation { name, tax_code }| Organisation { name, tax_code });
    Details { number, birth, sex, province, commune, detail, organisation }
}

/// What was typed, checked as of today.
fn read<T>(app: &App, check: impl FnOnce(&Given<'_>) -> Result<T, Vec<Fault>>) -> Result<T, ApiError> {
    check(&Given { today: app.now().date(), units: &app.offer.library.units }).map_err(|found| faults(&found))
}

/// What has to be mended, as people read it.
fn faults(faults: &[Fault]) -> ApiError {
    let told = |fault: &Fault| match fault {
        Fault::Answer(problem) => said(problem),
        Fault::TaxCode => FieldProblem {
            place: "organisation.tax_code".to_owned(),
            code: "tax-code".to_owned(),
            says: "Mã số thuế chưa đúng. Nhập 10 chữ số, 13 chữ số nếu là chi nhánh, \
                   hoặc 12 số định danh nếu là hộ kinh doanh, cá nhân."
                .to_owned(),
            blocks: true,
        },
    };
    ApiError::Unanswered(faults.iter().map(told).collect())
}

/// The same problems at another field.
fn at(error: ApiError, place: &str) -> ApiError {
    match error {
        ApiError::Unanswered(mut problems) => {
            problems.iter_mut().for_each(|problem| place.clone_into(&mut problem.place));
            ApiError::Unanswered(problems)
        }
        other => other,
    }
}

/// Whether a citizen may choose this password.
fn choose(password: &str, name: &str, email: &str, phone: &str) -> Result<(), ApiError> {
    let mailbox = email.split('@').next().unwrap_or_default();
    password::choose(password, name, &[mailbox, phone])
        .map_err(|weak| ApiError::Unanswered(vec![field("password", weak_says(weak))]))
}

/// The same for every address: somebody who reads its mail knows more.
fn accepted() -> Response {
    (StatusCode::ACCEPTED, [(header::CACHE_CONTROL, "no-store")]).into_response()
}
