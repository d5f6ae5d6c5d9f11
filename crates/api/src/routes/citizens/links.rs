//! What goes by a mailed link: registering, a forgotten password, another e-mail address.
//!
//! Whoever asks is answered the same whether the address has an account or not, after the same work: one transaction and one mail.
//! Opening a link uses nothing up, because mailboxes' scanners open links too; only the button does, once.

use super::{accepted, choose, details_read, read, signed_in};
use crate::app::{App, Shared};
use crate::citizens::{self, Begun};
use crate::error::ApiError;
use crate::json::Json;
use crate::letters;
use crate::routes::officers::answer;
use crate::source::Source;
use crate::tries;
use account::citizen::{Login, Purpose, Registration};
use account::registration::{check, local_path};
use account::{CitizenId, Letter};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use std::time::Instant;
use store::Hash;
use store::citizens::{AskedLink, FinishedRegistration, FinishedReset, LinkOf, OpenedLink};
use wire::{AskReset, CitizenLinkOpened, CitizenMe, Confirm, FinishReset, OpenLink, Problem, Register};

/// Asks for an account. A mail goes to the address: a link to go on, or word that there is an account already.
#[utoipa::path(post, path = "/api/v1/citizens/register",
    request_body = Register,
    responses(
        (status = 202),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn register(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<Register>,
) -> Result<Response, ApiError> {
    let Register { name, email, details, next } = request.value;
    let told = read(&app, |given| check(&name, Some(&email), &details_read(details), given))?;
    may_write(&app, source, &told.email)?;
    let known = app.store.citizen_credentials(&Login::Email(told.email.clone())).await?.is_some();
    let next = local_path(&next).unwrap_or_default().to_owned();
    let of = LinkOf::New(Box::new(Registration { name: told.name, details: told.details, next }));
    let (link, letter) = letters::link(&app, Purpose::Register, &told.email, of)?;
    let (link, letter) = if known { (None, letters::mail(Letter::Known, &told.email)?) } else { (Some(link), letter) };
    let (letters, purpose) = (vec![letter], Purpose::Register);
    ask(&app, AskedLink { link, letters, purpose, now: app.now() }).await
}

/// Opens the link that goes on with a registration. Nothing is used up.
#[utoipa::path(post, path = "/api/v1/citizens/confirm/open",
    request_body = OpenLink,
    responses(
        (status = 200, body = CitizenLinkOpened),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn open_confirm(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenLink>,
) -> Result<Response, ApiError> {
    shown(&app, source, &request.value.token, Purpose::Register).await
}

/// Makes the account with the password that was chosen, and signs the citizen in.
#[utoipa::path(post, path = "/api/v1/citizens/confirm",
    request_body = Confirm,
    responses(
        (status = 200, body = CitizenMe),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn confirm(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
    request: Json<Confirm>,
) -> Result<Response, ApiError> {
    let (begun, next) = confirmed(&app, source, &headers, request.value).await?;
    signed_in(&app, begun, &next).await
}

/// Makes the account and begins a session; where the person was when they registered.
///
/// # Errors
/// When the link cannot be used, the password is weak, too much was tried, or the store fails.
pub(super) async fn confirmed(
    app: &App,
    source: Source,
    headers: &HeaderMap,
    Confirm { token, password }: Confirm,
) -> Result<(Begun, String), ApiError> {
    let (link, opened) = opened(app, source, &token, Purpose::Register).await?;
    let Some(Registration { name, next, .. }) = opened.registration else {
        return Err(ApiError::CitizenLinkUnknown);
    };
    choose(&password, &name, &opened.email, "")?;
    let password = tries::hash(app, password).await?;
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    let (session, now) = (citizens::token()?, app.now());
    let done = FinishedRegistration { link, id: CitizenId(id), password, session: session.hash, now };
    let Some(citizen) = app.store.finish_registration(done).await? else {
        return Err(ApiError::CitizenLinkUnknown);
    };
    citizens::end_before(app, headers).await?;
    Ok((citizens::begun(app, citizen, session, now)?, next))
}

/// Asks for a link to set a new password.
#[utoipa::path(post, path = "/api/v1/citizens/reset",
    request_body = AskReset,
    responses(
        (status = 202),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn reset(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<AskReset>,
) -> Result<Response, ApiError> {
    let login = Login::read(&request.value.login);
    // Both are typed into one field.
    let written = read(&app, |given| match &login {
        Login::Email(email) => account::registration::email(email, given),
        _ => account::registration::phone(&request.value.login, given),
    })
    .map_err(|wrong| super::at(wrong, "login"))?;
    may_write(&app, source, &written)?;
    let found = app.store.citizen_credentials(&login).await?.map(|found| found.citizen);
    let of = |citizen: account::Citizen| Some((citizen.email?, citizen.id));
    let (link, letter) = match (found.and_then(of), login) {
        (Some((email, id)), _) => {
            let (link, letter) = letters::link(&app, Purpose::Reset, &email, LinkOf::Account(id))?;
            (Some(link), Some(letter))
        }
        (None, Login::Email(email)) => (None, Some(letters::mail(Letter::NoAccount, &email)?)),
        // Nobody can be written to.
        (None, _) => (None, None),
    };
    let letters = letter.into_iter().collect();
    ask(&app, AskedLink { link, letters, purpose: Purpose::Reset, now: app.now() }).await
}

/// Opens the link for a new password. Nothing is used up.
#[utoipa::path(post, path = "/api/v1/citizens/reset/open",
    request_body = OpenLink,
    responses(
        (status = 200, body = CitizenLinkOpened),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn open_reset(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenLink>,
) -> Result<Response, ApiError> {
    shown(&app, source, &request.value.token, Purpose::Reset).await
}

/// Sets the new password, ends all sessions, and signs the citizen in.
#[utoipa::path(post, path = "/api/v1/citizens/reset/finish",
    request_body = FinishReset,
    responses(
        (status = 200, body = CitizenMe),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn finish_reset(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
    request: Json<FinishReset>,
) -> Result<Response, ApiError> {
    signed_in(&app, set_anew(&app, source, &headers, request.value).await?, "").await
}

/// Sets the new password and begins a session.
///
/// # Errors
/// When the link cannot be used, the password is weak, too much was tried, or the store fails.
pub(super) async fn set_anew(
    app: &App,
    source: Source,
    headers: &HeaderMap,
    FinishReset { token, password }: FinishReset,
) -> Result<Begun, ApiError> {
    let (link, opened) = opened(app, source, &token, Purpose::Reset).await?;
    let citizen = opened.citizen.ok_or(ApiError::CitizenLinkUnknown)?;
    choose(&password, &citizen.name, &opened.email, citizen.phone.as_deref().unwrap_or_default())?;
    let password = tries::hash(app, password).await?;
    let (session, now) = (citizens::token()?, app.now());
    let letters = vec![letters::mail(Letter::PasswordChanged, &opened.email)?];
    let done = FinishedReset { link, password, session: session.hash, letters, now };
    let Some(citizen) = app.store.finish_reset(done).await? else {
        return Err(ApiError::CitizenLinkUnknown);
    };
    app.post.notify_one();
    citizens::end_before(app, headers).await?;
    citizens::begun(app, citizen, session, now)
}

/// Opens the link that confirms another e-mail address. Nothing is used up.
#[utoipa::path(post, path = "/api/v1/citizens/email/open",
    request_body = OpenLink,
    responses(
        (status = 200, body = CitizenLinkOpened),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn open_email(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenLink>,
) -> Result<Response, ApiError> {
    shown(&app, source, &request.value.token, Purpose::Email).await
}

/// The account's e-mail address is the new one from now on; the old one is told.
#[utoipa::path(post, path = "/api/v1/citizens/email/finish",
    request_body = OpenLink,
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn finish_email(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenLink>,
) -> Result<Response, ApiError> {
    let (link, opened) = opened(&app, source, &request.value.token, Purpose::Email).await?;
    let old = opened.citizen.and_then(|citizen| citizen.email);
    let letters = old.map(|old| letters::mail(Letter::EmailChanged, &old)).transpose()?;
    match app.store.finish_email(link, letters.into_iter().collect(), app.now()).await? {
        Some(_) => {
            app.post.notify_one();
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        None => Err(ApiError::CitizenLinkUnknown),
    }
}

/// Whether a letter may be asked for now at this address, or number of an account.
pub(super) fn may_write(app: &App, source: Source, to: &str) -> Result<(), ApiError> {
    if !app.reach.mail {
        return Err(ApiError::MailNotSet);
    }
    let now = Instant::now();
    app.letters.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    app.letters_to.take(to.to_owned(), 1.0, now).map_err(ApiError::TooMany)
}

/// Keeps what was asked for; the answer is the same whatever it was.
pub(super) async fn ask(app: &App, asked: AskedLink) -> Result<Response, ApiError> {
    app.store.ask_citizen_link(asked).await?;
    app.post.notify_one();
    Ok(accepted())
}

/// The link with this token and purpose. A miss costs what a wrong lookup code costs.
///
/// # Errors
/// When it cannot be used, too much was tried, or the store fails.
pub(super) async fn opened(
    app: &App,
    source: Source,
    token: &str,
    purpose: Purpose,
) -> Result<(Hash, OpenedLink), ApiError> {
    app.misses.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    let hash = letters::hash(token);
    let found = app.store.citizen_link(hash, purpose, app.now()).await?.ok_or(ApiError::CitizenLinkUnknown)?;
    app.misses.give_back(&source, 1.0);
    Ok((hash, found))
}

/// Opens a link of this purpose. Nothing is used up.
async fn shown(app: &App, source: Source, token: &str, purpose: Purpose) -> Result<Response, ApiError> {
    Ok(answer(&shown_of(opened(app, source, token, purpose).await?.1)))
}

/// What a link is for, as whoever opens it is told.
pub(super) fn shown_of(OpenedLink { email, registration, citizen, until }: OpenedLink) -> CitizenLinkOpened {
    let told = registration.map(|asked| (asked.name, asked.details));
    let (name, details) = told.or(citizen.map(|citizen| (citizen.name, citizen.details))).unwrap_or_default();
    let organisation = details.organisation.map(|organisation| organisation.name).unwrap_or_default();
    CitizenLinkOpened { name, email, organisation, until: until.0 }
}
