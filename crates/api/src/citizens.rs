//! A citizen signs in, and says their password once more before something that matters.

use crate::access::{CITIZEN_COOKIE, SignedCitizen, cookie};
use crate::app::App;
use crate::error::ApiError;
use crate::source::Source;
use crate::tries;
use account::citizen::{Credentials, FRESH_MS, Login, WHOLE_MS};
use account::{Citizen, CitizenId, CitizenSession};
use axum::http::{HeaderMap, HeaderValue};
use procedure::calendar::Moment;
use sha2::{Digest as _, Sha256};
use store::citizens::NewCitizenSession;
use store::officers::Refusal;
use store::{Hash, hex};
use wire::{CitizenSignIn, FieldProblem};

/// What a new session sends back.
pub(crate) struct Begun {
    /// Whose it is.
    pub citizen: Citizen,
    /// The session.
    pub session: CitizenSession,
    /// The cookies.
    pub cookies: [HeaderValue; 2],
}

/// A session's token before it is begun.
pub(crate) struct Token {
    /// What is kept of it.
    pub hash: Hash,
    /// What the browser is given.
    pub cookie: HeaderValue,
}

/// A token nobody can guess.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn token() -> Result<Token, ApiError> {
    let mut token = [0; 32];
    getrandom::fill(&mut token).map_err(|_| ApiError::Failed)?;
    let token = hex(&token);
    let ends = WHOLE_MS / 1000;
    let cookie = format!("{CITIZEN_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={ends}");
    let cookie = HeaderValue::try_from(cookie).map_err(|_| ApiError::Failed)?;
    Ok(Token { hash: Sha256::digest(&token).into(), cookie })
}

/// A session that was begun with this token at this moment.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn begun(app: &App, citizen: Citizen, token: Token, now: Moment) -> Result<Begun, ApiError> {
    let device = app.citizen_tries.cookie(&app.pepper, citizen.id.0)?;
    let session = CitizenSession { citizen: citizen.id, began_at: now, seen_at: now };
    Ok(Begun { citizen, session, cookies: [token.cookie, device] })
}

/// Ends the session that the browser had before, whosever it was: it has another one now, and the old token is worth nothing.
///
/// # Errors
/// When the store fails.
pub(crate) async fn end_before(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    if let Some(before) = cookie(headers, CITIZEN_COOKIE) {
        app.store.end_citizen_session(Sha256::digest(before).into(), app.now()).await?;
    }
    Ok(())
}

/// Signs a citizen in. Whatever is wrong, the answer and its time are the same.
///
/// # Errors
/// [`ApiError::CitizenSignInWrong`], [`ApiError::TooMany`], or when the store fails.
pub(crate) async fn sign_in(
    app: &App,
    source: Source,
    headers: &HeaderMap,
    asked: CitizenSignIn,
) -> Result<Begun, ApiError> {
    let login = Login::read(&asked.login);
    let found = app.store.citizen_credentials(&login).await?;
    let id = found.as_ref().map(|found| found.citizen.id);
    let (Login::Email(written) | Login::Phone(written)) = login else { return Err(ApiError::CitizenSignInWrong) };
    let paid = app.citizen_tries.begin(&app.pepper, (source, headers), &written, id.map(|id| id.0))?;
    let kept = found.as_ref().and_then(|found| found.password.clone());
    let fits = tries::fits(app, kept, asked.password).await?;
    let Some(Credentials { citizen, .. }) = found.filter(|_| fits) else {
        refused(app, id).await?;
        return Err(ApiError::CitizenSignInWrong);
    };
    app.citizen_tries.forgive(&paid);
    end_before(app, headers).await?;
    let (token, now) = (token()?, app.now());
    app.store.begin_citizen_session(NewCitizenSession { token: token.hash, citizen: citizen.id, now }).await?;
    begun(app, citizen, token, now)
}

async fn refused(app: &App, id: Option<CitizenId>) -> Result<(), ApiError> {
    let subject = id.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    let refusal = Refusal { act: "citizen-sign-in-refused", officer: None, subject, now: app.now() };
    Ok(app.store.record_refusal(refusal).await?)
}

/// Whether they signed in just now: whoever has the telephone is still who said the password.
pub(crate) fn is_fresh(app: &App, signed: &SignedCitizen) -> bool {
    app.now().0 < signed.session.began_at.0 + FRESH_MS
}

/// Asks who is signed in for their password once more. Whoever has none must have signed in just now. `place` is the field in which
/// it was typed.
///
/// # Errors
/// [`ApiError::Unanswered`] when it is wrong, [`ApiError::TooMany`], or when the store fails.
pub(crate) async fn ask_again(
    app: &App,
    signed: &SignedCitizen,
    password: String,
    place: &str,
) -> Result<(), ApiError> {
    let id = signed.citizen.id;
    app.citizen_tries.begin_again(id.0)?;
    let found = app.store.citizen_credentials(&Login::Id(id)).await?.ok_or(ApiError::NotSignedIn)?;
    let (right, says) = match found.password {
        Some(kept) => (tries::fits(app, Some(kept), password).await?, "Mật khẩu hiện tại chưa đúng."),
        None => (
            is_fresh(app, signed),
            "Tài khoản này chưa có mật khẩu. Hãy đăng xuất, đăng nhập lại rồi làm ngay việc này.",
        ),
    };
    if right {
        app.citizen_tries.forgive_again(id.0);
        return Ok(());
    }
    refused(app, Some(id)).await?;
    let (place, code, says) = (place.to_owned(), "password-wrong".to_owned(), says.to_owned());
    Err(ApiError::Unanswered(vec![FieldProblem { place, code, says, blocks: true }]))
}
