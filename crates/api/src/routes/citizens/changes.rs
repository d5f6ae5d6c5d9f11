//! A citizen changes their account, or ends it. Whatever opens it is changed only with the password, and whoever reads the address
//! of before is told.

use super::links::{ask, may_write};
use super::{choose, details_read, gone, read, told};
use crate::access::SignedCitizen;
use crate::app::Shared;
use crate::citizens::ask_again;
use crate::error::ApiError;
use crate::json::Json;
use crate::letters;
use crate::routes::officers::{answer, field};
use crate::source::Source;
use crate::tries;
use account::citizen::{Login, Purpose};
use account::registration::check;
use account::{Citizen, Letter, registration};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use store::citizens::{AskedLink, ChangedPassword, LinkOf};
use wire::{ChangeDetails, ChangeEmail, ChangePassword, CitizenMe, DeleteAccount, Problem};

/// Changes what the citizen tells of themselves.
#[utoipa::path(put, path = "/api/v1/citizens/me/details",
    request_body = ChangeDetails,
    responses(
        (status = 200, body = CitizenMe),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn details(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ChangeDetails>,
) -> Result<Response, ApiError> {
    let ChangeDetails { name, details } = request.value;
    let told_of = read(&app, |given| check(&name, None, &details_read(details), given))?;
    let citizen = Citizen { name: told_of.name, details: told_of.details, ..signed.citizen };
    let (name, details) = (citizen.name.clone(), citizen.details.clone());
    app.store.change_citizen_details(citizen.id, name, details, app.now()).await?;
    Ok(answer(&told(&app, &citizen, &signed.session, "").await?))
}

/// Sets another password; all other sessions end.
#[utoipa::path(put, path = "/api/v1/citizens/me/password",
    request_body = ChangePassword,
    responses(
        (status = 204),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn password(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ChangePassword>,
) -> Result<Response, ApiError> {
    let ChangePassword { old, password } = request.value;
    let Citizen { id, name, email, phone, .. } = &signed.citizen;
    let (mailbox, phone) = (email.as_deref().unwrap_or_default(), phone.as_deref().unwrap_or_default());
    choose(&password, name, mailbox, phone)?;
    ask_again(&app, &signed, old, "old").await?;
    let password = tries::hash(&app, password).await?;
    let letters = letters_to(email.as_deref(), Letter::PasswordChanged)?;
    let change = ChangedPassword { id: *id, session: signed.token, password, letters, now: app.now() };
    app.store.change_citizen_password(change).await?;
    app.post.notify_one();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Asks for another e-mail address: a link goes to it, and word of it to the one of now.
#[utoipa::path(put, path = "/api/v1/citizens/me/email",
    request_body = ChangeEmail,
    responses(
        (status = 202),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn email(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ChangeEmail>,
) -> Result<Response, ApiError> {
    let ChangeEmail { email, password } = request.value;
    let email = read(&app, |given| registration::email(&email, given))?;
    let old = signed.citizen.email.as_deref();
    if old == Some(email.as_str()) {
        return Err(ApiError::Unanswered(vec![field("email", "Tài khoản đang dùng địa chỉ này rồi.")]));
    }
    ask_again(&app, &signed, password, "password").await?;
    may_write(&app, source, &email)?;
    let known = app.store.citizen_credentials(&Login::Email(email.clone())).await?.is_some();
    let mut letters = letters_to(old, Letter::EmailAsked)?;
    // Whether the address has an account is told to whoever reads its mail, and to nobody else.
    let link = if known {
        letters.push(letters::mail(Letter::Known, &email)?);
        None
    } else {
        let (link, letter) = letters::link(&app, Purpose::Email, &email, LinkOf::Account(signed.citizen.id))?;
        letters.push(letter);
        Some(link)
    };
    ask(&app, AskedLink { link, letters, purpose: Purpose::Email, now: app.now() }).await
}

/// Erases the account: all it keeps of the person, its sessions and links. Dossiers that were sent stay with the offices, which the
/// law makes keep them (Luật Lưu trữ), and are followed by their codes; the audit keeps the account's bare name.
#[utoipa::path(delete, path = "/api/v1/citizens/me",
    request_body = DeleteAccount,
    responses(
        (status = 204),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn delete(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<DeleteAccount>,
) -> Result<Response, ApiError> {
    ask_again(&app, &signed, request.value.password, "password").await?;
    let letters = letters_to(signed.citizen.email.as_deref(), Letter::Deleted)?;
    app.store.delete_citizen(signed.citizen.id, letters, app.now()).await?;
    app.post.notify_one();
    Ok(gone())
}

/// A letter to the account's address, if it has one.
pub(super) fn letters_to(email: Option<&str>, letter: Letter) -> Result<Vec<store::notices::NewLetter>, ApiError> {
    Ok(email.map(|email| letters::mail(letter, email)).transpose()?.into_iter().collect())
}
