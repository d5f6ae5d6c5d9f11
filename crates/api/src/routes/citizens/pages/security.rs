//! How an account is opened: address, number, password, sessions, and its end.

use super::{Fields, Holder, json, lead, page, to_mend, with_cookies};
use crate::access::{self, SignedCitizen};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::citizens::{self, changes, oidc, phone, told};
use crate::site::Styles;
use crate::source::Source;
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use plain::account::settings::{self, Done};
use wire::{ChangeEmail, ChangePassword, ChangePhone, ConfirmPhone, DeleteAccount, FieldProblem};

const PATH: &str = "/account/security";

/// The page.
pub(super) async fn security(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let done = (request.uri().query() == Some("removed")).then_some(Done::Identity);
    drawn(&app, &styles, &signed, done, "", &[]).await
}

pub(super) async fn drawn(
    app: &App,
    styles: &Styles,
    signed: &SignedCitizen,
    done: Option<Done>,
    form: &str,
    wrong: &[FieldProblem],
) -> Result<Response, ApiError> {
    let me = told(app, &signed.citizen, &signed.session, "").await?;
    let known = oidc::of(app, signed.citizen.id).await?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, settings::security(styles, &me, (&known, &oidc::offered(app)), done, form, wrong)))
}

/// Changes what one of its forms asks for.
pub(super) async fn change(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(who): Holder,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let text = |name: &str| fields.get(name).to_owned();
    let (state, owner) = (State(app.clone()), Extension(who.clone()));
    let wish = fields.get("wish");
    let (answered, done) = match wish {
        "email" => {
            let body = ChangeEmail { email: text("email"), password: text("password") };
            (changes::email(state, Extension(source), owner, json(body)).await, Done::EmailAsked)
        }
        "phone" => {
            let body = ChangePhone { phone: text("phone"), password: text("password") };
            (phone::change(state, Extension(source), owner, json(body)).await, Done::PhoneAsked)
        }
        "code" => (phone::confirm(state, owner, json(ConfirmPhone { code: text("code") })).await, Done::Phone),
        "password" => {
            let body = ChangePassword { old: text("old"), password: text("password") };
            (changes::password(state, owner, json(body)).await, Done::Password)
        }
        "delete" => {
            let answered = changes::delete(state, owner, json(DeleteAccount { password: text("password") })).await;
            if let Ok(gone) = answered {
                return Ok(with_cookies(&gone, page(StatusCode::OK, settings::deleted(&styles))));
            }
            (answered, Done::Password)
        }
        _ => return Ok(lead(PATH)),
    };
    let (done, wrong) = match answered {
        Ok(_) => (Some(done), Vec::new()),
        Err(error) => (None, to_mend(error)?),
    };
    // Asked anew: the number may be another one by now.
    let who = access::citizen(&app, &headers).await?.unwrap_or(who);
    drawn(&app, &styles, &who, done, if done.is_some() { "" } else { wish }, &wrong).await
}

/// Signs out of this browser, or of all of them.
pub(super) async fn sign_out(
    State(app): State<Shared>,
    who: Result<Holder, Response>,
    form: RawForm,
) -> Result<Response, ApiError> {
    // Whoever is not signed in any more is where they wanted to be.
    let Ok(Holder(who)) = who else { return Ok(lead("/account/sign-in")) };
    let gone = if Fields::read(&form).get("wish") == "everywhere" {
        citizens::sign_out_everywhere(State(app), Extension(who)).await?
    } else {
        citizens::sign_out(State(app), Extension(who)).await?
    };
    Ok(with_cookies(&gone, lead("/")))
}
