//! Citizens' accounts.

pub(super) mod dossiers;

use super::officers::answer;
use crate::access::{CITIZEN_COOKIE, SignedCitizen};
use crate::app::{App, Shared};
use crate::error::ApiError;
use account::citizen::{Details, IDLE_MS, Organisation, WHOLE_MS};
use account::{Citizen, CitizenSession};
use axum::Extension;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use wire::{CitizenDetails, CitizenMe, CitizenOrganisation, Problem};

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/citizens/me",
    responses((status = 200, body = CitizenMe), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn me(Extension(signed): Extension<SignedCitizen>) -> Response {
    answer(&told(&signed.citizen, &signed.session))
}

/// Signs the citizen out.
#[utoipa::path(post, path = "/api/v1/citizens/sign-out",
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_out(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    let app: &App = &app;
    app.store.end_citizen_session(signed.token, app.now()).await?;
    let gone = format!("{CITIZEN_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// The citizen as their own pages are told.
fn told(citizen: &Citizen, session: &CitizenSession) -> CitizenMe {
    let Citizen { id, name, email, phone, details } = citizen.clone();
    CitizenMe {
        id: id.to_string(),
        name,
        email: email.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        password: true,
        details: details_told(details),
        idle_seconds: u32::try_from(IDLE_MS / 1000).unwrap_or(u32::MAX),
        ends_at: session.began_at.0 + WHOLE_MS,
        next: String::new(),
        sms: false,
    }
}

fn details_told(details: Details) -> CitizenDetails {
    let Details { number, birth, sex, province, commune, detail, organisation } = details;
    let organisation = organisation.map(|Organisation { name, tax_code }| CitizenOrganisation { name, tax_code });
    CitizenDetails { number, birth, sex, province, commune, detail, organisation }
}
