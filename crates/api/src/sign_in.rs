//! Signing in: what is tried costs a budget, and no budget of a stranger is the officer's own, so that nobody can lock an
//! officer out by guessing.
//!
//! A browser that an officer has signed in from carries a device cookie; it has a budget of its own. All others together
//! share one budget for each telephone number (OWASP, "Device Cookies").

use crate::access::{COOKIE, cookie};
use crate::app::App;
use crate::error::ApiError;
use crate::rate::Rate;
use crate::source::Source;
use account::officer::Credentials;
use account::{Authenticator, PasswordHash, session};
use axum::http::{HeaderMap, HeaderValue};
use form::kind::phone;
use procedure::OfficerId;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use store::officers::{NewSession, Refusal};
use store::{hex, unhex};
use wire::SignIn;

/// The cookie of a browser that an officer signed in from, kept for half a year.
pub const DEVICE: &str = "__Host-device";
const DEVICE_SECONDS: u32 = 180 * 86_400;

/// Tries at one telephone number from browsers it was never signed in from: ten at once, then one every 90 seconds.
pub(crate) const STRANGE: Rate = Rate { burst: 10.0, per_second: 1.0 / 90.0 };
/// Tries from a browser that is known: five at once, then one every twelve seconds.
pub(crate) const KNOWN: Rate = Rate { burst: 5.0, per_second: 1.0 / 12.0 };

/// Password hashes worked out at once: each takes 19 MiB and a processor.
pub(crate) const HASHES_AT_ONCE: usize = 2;

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
    let now = Instant::now();
    let device = id.filter(|id| known_device(app, headers, *id));
    app.sign_ins.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    match device {
        Some(id) => app.known_sign_ins.take(id, 1.0, now).map_err(ApiError::TooMany)?,
        None => app.strange_sign_ins.take(phone.clone(), 1.0, now).map_err(ApiError::TooMany)?,
    }
    let Some(begun) = tried(app, credentials, asked).await? else {
        let refusal = Refusal { act: "sign-in-refused", officer: id, subject: "sign-in".to_owned(), now: app.now() };
        app.store.record_refusal(refusal).await?;
        return Err(ApiError::SignInWrong);
    };
    app.sign_ins.give_back(&source, 1.0);
    match device {
        Some(id) => app.known_sign_ins.give_back(&id, 1.0),
        None => app.strange_sign_ins.give_back(&phone, 1.0),
    }
    Ok(begun)
}

async fn tried(app: &App, credentials: Option<Credentials>, asked: &SignIn) -> Result<Option<Begun>, ApiError> {
    let now = app.now();
    let kept = credentials.as_ref().and_then(|found| found.password.clone());
    // Nobody with this number, or no password yet: another hash is worked out, so that it takes as long.
    let known = kept.is_some();
    let kept = kept.unwrap_or(PasswordHash { salt: [0; 16], hash: [0; 32] });
    let password = asked.password.clone();
    let fits = hashing(app, move || kept.fits(&password)).await?;
    let Some(found) = credentials.filter(|found| fits && known && found.officer.enabled) else { return Ok(None) };
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

/// Works out a password's hash on a thread of its own, when there is a place.
///
/// # Errors
/// When the server is ending.
pub(crate) async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ApiError> {
    let _place = app.hashes.acquire().await.map_err(|_| ApiError::Failed)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::Failed)
}

/// A session with a token nobody can guess, and the cookies that carry it and the device.
pub(crate) fn new_session(
    app: &App,
    officer: OfficerId,
    step: i64,
) -> Result<(NewSession, [HeaderValue; 2]), ApiError> {
    let (mut token, mut nonce) = ([0; 32], [0; 16]);
    getrandom::fill(&mut token).map_err(|_| ApiError::Failed)?;
    getrandom::fill(&mut nonce).map_err(|_| ApiError::Failed)?;
    let token = hex(&token);
    let session = NewSession { token: Sha256::digest(&token).into(), officer, step, now: app.now() };
    let ends = session::WHOLE_MS / 1000;
    let device = format!("{}.{}.{}", officer, hex(&nonce), hex(&mark(app, officer, &nonce)));
    let cookies = [
        format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={ends}"),
        format!("{DEVICE}={device}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={DEVICE_SECONDS}"),
    ];
    let [first, second] = cookies.map(|text| HeaderValue::try_from(text).map_err(|_| ApiError::Failed));
    Ok((session, [first?, second?]))
}

fn mark(app: &App, officer: OfficerId, nonce: &[u8]) -> [u8; 32] {
    app.pepper.hash_text(&format!("device {officer} {}", hex(nonce)))
}

/// Whether this browser carries a device cookie that was made for this officer.
fn known_device(app: &App, headers: &HeaderMap, officer: OfficerId) -> bool {
    let read = || {
        let mut parts = cookie(headers, DEVICE)?.split('.');
        let (id, nonce, given) = (parts.next()?, unhex::<16>(parts.next()?)?, unhex::<32>(parts.next()?)?);
        let right = mark(app, officer, &nonce);
        let same = right.iter().zip(given).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0;
        Some(OfficerId::read(id)? == officer && same)
    };
    read().unwrap_or(false)
}
