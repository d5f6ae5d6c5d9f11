//! Signing in with an identity provider, as pages: going there, and what is asked of whoever comes back.

use super::{Fields, json, lead, lead_in, page, signed, to_mend, to_sign_in};
use crate::access::SignedCitizen;
use crate::app::Shared;
use crate::citizens;
use crate::error::ApiError;
use crate::routes::citizens::oidc;
use crate::site::Styles;
use crate::source::Source;
use account::registration::local_path;
use axum::Extension;
use axum::extract::{Path, RawForm, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use plain::account::identity as drawn;
use wire::{BeginIdentity, CitizenSignIn, IdentityTicket};

/// Says where the person goes next.
pub(super) async fn begin(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let id = fields.get("provider").to_owned();
    let next = local_path(fields.get("next")).unwrap_or_default().to_owned();
    let name = oidc::offered(&app).rows.into_iter().find(|one| one.id == id).map(|one| one.name);
    let name = name.ok_or(ApiError::IdentityProviderUnknown)?;
    let asked = BeginIdentity { next, link: !fields.get("link").is_empty() };
    match oidc::begun(&app, id, &headers, asked).await {
        Ok((cookie, begun)) => {
            let html = drawn::going(&styles, &name, &begun.location);
            Ok(([(header::SET_COOKIE, cookie)], page(StatusCode::OK, html)).into_response())
        }
        Err(error) => to_sign_in("/account/security", error),
    }
}

/// Whether the account that is there is theirs.
pub(super) async fn ask(Extension(styles): Extension<Styles>) -> Response {
    page(StatusCode::OK, drawn::ask(&styles, "", "", &[]))
}

/// It is, or it is not; or a provider is to open the account no longer.
pub(super) async fn answer(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    if fields.get("wish") == "remove" {
        let signed = match signed(&app, &headers).await {
            Ok(signed) => signed,
            Err(error) => return to_sign_in("/account/security", error),
        };
        oidc::remove(State(app), Extension(signed), Path(fields.get("id").to_owned())).await?;
        return Ok(lead("/account/security?removed"));
    }
    let ticket = fields.get("ticket").to_owned();
    if fields.get("wish") == "apart" {
        let answered = oidc::stand_apart(State(app), headers, json(IdentityTicket { ticket })).await?;
        let cookies = answered.headers().get_all(header::SET_COOKIE).iter().cloned();
        let cookies: Vec<_> = cookies.map(|cookie| (header::SET_COOKIE, cookie)).collect();
        return Ok((AppendHeaders(cookies), lead("/account")).into_response());
    }
    let login = fields.get("login").to_owned();
    let asked = CitizenSignIn { login: login.clone(), password: fields.get("password").to_owned() };
    let begun = match citizens::sign_in(&app, source, &headers, asked).await {
        Ok(begun) => begun,
        Err(error) => {
            let html = drawn::ask(&styles, &ticket, &login, &to_mend(error)?);
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html));
        }
    };
    let signed = SignedCitizen { citizen: begun.citizen.clone(), session: begun.session, token: [0; 32] };
    oidc::affirm(State(app), Extension(signed), headers, json(IdentityTicket { ticket })).await?;
    Ok(lead_in(begun, "/account"))
}
