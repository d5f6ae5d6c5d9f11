//! An officer signs in: telephone number, password and authenticator together.

use crate::access::COOKIE;
use crate::app::App;
use crate::error::ApiError;
use crate::source::Source;
use crate::tries;
use account::officer::Credentials;
use account::{Authenticator, session};
use axum::http::{HeaderMap, HeaderValue};
use form::kind::phone;
use procedure::OfficerId;
use sha2::{Digest as _, Sha256};
use store::hex;
use store::officers::{NewSession, Refusal};
use wire::SignIn;

/// What a new session sends back.
pub struct Begun {
    /// The officer.
    pub officer: account::Officer,
    /// The cookies.
    pub cookies: [HeaderValue; 2],
    /// The session.
    pub session: account::Session,
}

/// Signs an officer in. Whatever is wrong, the answer and its time are the same.
///
/// # Errors
/// [`ApiError::SignInWrong`], [`ApiError::TooMany`], or when the store fails.
pub async fn sign_in(app: &App, source: Source, headers: &HeaderMap, asked: &SignIn) -> Result<Begun, ApiError> {
    let phone = phone::normal(&asked.phone).unwrap_or_default();
    let credentials = app.store.credentials(&phone).await?;
    let id = credentials.as_ref().map(|found| found.officer.id);
    let paid = app.officer_tries.begin(&app.pepper, (source, headers), &phone, id.map(|id| id.0))?;
    let Some(begun) = tried(app, credentials, asked).await? else {
        let refusal = Refusal { act: "sign-in-refused", officer: id, subject: "sign-in".to_owned(), now: app.now() };
        app.store.record_refusal(refusal).await?;
        return Err(ApiError::SignInWrong);
    };
    app.officer_tries.forgive(&paid);
    Ok(begun)
}

async fn tried(app: &App, credentials: Option<Credentials>, asked: &SignIn) -> Result<Option<Begun>, ApiError> {
    let now = app.now();
    let kept = credentials.as_ref().and_then(|found| found.password.clone());
    let fits = tries::fits(app, kept, asked.password.clone()).await?;
    let Some(found) = credentials.filter(|found| fits && found.officer.enabled) else { return Ok(None) };
    let step = Authenticator::new(&found.secret).step(&asked.code, now);
    let Some(step) = step.filter(|step| *step > found.last_step) else { return Ok(None) };
    let (session, cookies) = new_session(app, found.officer.id, step)?;
    if !app.store.begin_session(session).await? {
        return Ok(None);
    }
    Ok(Some(begun(found.officer, session, cookies)))
}

pub(crate) fn begun(officer: account::Officer, session: NewSession, cookies: [HeaderValue; 2]) -> Begun {
    let session = account::Session { officer: officer.id, began_at: session.now, seen_at: session.now };
    Begun { officer, cookies, session }
}

/// A session with a token nobody can guess, and the cookies that carry it and the device.
pub(crate) fn new_session(
    app: &App,
    officer: OfficerId,
    step: i64,
) -> Result<(NewSession, [HeaderValue; 2]), ApiError> {
    let mut token = [0; 32];
    getrandom::fill(&mut token).map_err(|_| ApiError::Failed)?;
    let token = hex(&token);
    let session = NewSession { token: Sha256::digest(&token).into(), officer, step, now: app.now() };
    let ends = session::WHOLE_MS / 1000;
    let cookie = format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={ends}");
    let cookie = HeaderValue::try_from(cookie).map_err(|_| ApiError::Failed)?;
    Ok((session, [cookie, app.officer_tries.cookie(&app.pepper, officer.0)?]))
}
