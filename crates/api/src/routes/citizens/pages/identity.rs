//! Signing in with an identity provider, as pages: going there, and what is asked of whoever comes back.

use super::{Fields, Holder, json, lead, lead_in, page, security, to_mend, with_cookies};
use crate::access;
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
use axum::response::{IntoResponse as _, Response};
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
    let link = !fields.get("link").is_empty();
    let asked = BeginIdentity { next, link, password: fields.get("password").to_owned() };
    match oidc::begun(&app, id.clone(), &headers, asked).await {
        Ok((cookie, begun)) => {
            let html = drawn::going(&styles, &name, &begun.location);
            Ok(([(header::SET_COOKIE, cookie)], page(StatusCode::OK, html)).into_response())
        }
        // Another way in is added to an account that is open.
        Err(ApiError::NotSignedIn) => Ok(lead("/account/sign-in?over&next=/account/security")),
        // The password is asked for where the way in is added.
        Err(error @ ApiError::Unanswered(_)) if link => {
            let signed = access::citizen(&app, &headers).await?.ok_or(ApiError::NotSignedIn)?;
            security::drawn(&app, &styles, &signed, None, &drawn::form(&id), &to_mend(error)?).await
        }
        Err(other) => Err(other),
    }
}

/// Whether the account that is there is theirs.
pub(super) async fn ask(Extension(styles): Extension<Styles>) -> Response {
    page(StatusCode::OK, drawn::ask(&styles, "", "", &[]))
}

/// A provider is to open the account no longer.
pub(super) async fn remove(
    State(app): State<Shared>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    oidc::remove(State(app), Extension(signed), Path(Fields::read(&form).get("id").to_owned())).await?;
    Ok(lead("/account/security?removed"))
}

/// It is, or it is not.
pub(super) async fn answer(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let ticket = fields.get("ticket").to_owned();
    if fields.get("wish") == "apart" {
        let answered = oidc::stand_apart(State(app), headers, json(IdentityTicket { ticket })).await?;
        return Ok(with_cookies(&answered, lead("/account")));
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
    oidc::affirmed(&app, &headers, &begun.citizen, &ticket).await?;
    Ok(lead_in(begun, "/account"))
}
