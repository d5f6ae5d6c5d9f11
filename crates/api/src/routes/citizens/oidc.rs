//! Citizens sign in with an identity provider, and say with which of them their account is opened.
//!
//! An account is never found by what a provider tells: an e-mail address or number that an account has already makes us ask, and
//! only whoever is signed in to that account can answer yes. They say the password once more, and a letter tells of every way in that
//! comes or goes: a telephone that was left open must not become somebody's own way in.

use super::changes::letters_to;
use crate::access::{self, CITIZEN_COOKIE, SignedCitizen, cookie};
use crate::app::{App, Shared};
use crate::citizens::{self, ask_again};
use crate::error::ApiError;
use crate::json::Json;
use crate::oidc::{BROWSER_COOKIE, Denied, Provider, Secrets};
use crate::routes::officers::{answer, field};
use account::identity::ATTEMPT_MS;
use account::registration::local_path;
use account::{Citizen, CitizenId, IdentityId, Letter};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use form::Given;
use form_urlencoded::{Serializer, parse};
use procedure::calendar::Moment;
use sha2::{Digest as _, Sha256};
use store::identities::{Affirmed, Apart, Arrival, Arrived, Attempt, Fresh, IdentityRemoved, NewAttempt, Subject};
use store::{Hash, hex, unhex};
use wire::{
    AffirmIdentity, BeginIdentity, CitizenIdentity, Identities, IdentityBegun, IdentityOutcome, IdentityProvider,
    IdentityProviders, IdentityTicket, Problem,
};

/// With whom citizens can sign in here.
#[utoipa::path(get, path = "/api/v1/citizens/providers", responses((status = 200, body = IdentityProviders)))]
pub(in crate::routes) async fn providers(State(app): State<Shared>) -> Response {
    answer(&offered(&app))
}

/// The providers of this office.
pub(super) fn offered(app: &App) -> IdentityProviders {
    let told = |one: &Provider| IdentityProvider { id: one.settings.id.clone(), name: one.settings.name.clone() };
    IdentityProviders { rows: app.identity.providers.iter().map(told).collect() }
}

/// Tells where the provider's page is, and remembers for ten minutes who goes there.
#[utoipa::path(post, path = "/api/v1/citizens/providers/{id}/begin", request_body = BeginIdentity,
    params(("id" = String, Path, description = "the provider's id")),
    responses(
        (status = 200, body = IdentityBegun),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 502, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn begin(
    State(app): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Json<BeginIdentity>,
) -> Result<Response, ApiError> {
    let (cookie, begun) = begun(&app, id, &headers, request.value).await?;
    Ok(([(header::SET_COOKIE, cookie)], answer(&begun)).into_response())
}

/// Where the provider's page is, and the cookie of the browser that goes there.
///
/// # Errors
/// When there is no such provider or it is silent, nobody is signed in to link it or their password is wrong, or the store fails.
pub(super) async fn begun(
    app: &App,
    id: String,
    headers: &HeaderMap,
    BeginIdentity { next, link, password }: BeginIdentity,
) -> Result<(String, IdentityBegun), ApiError> {
    let provider = app.identity.find(&id).ok_or(ApiError::IdentityProviderUnknown)?;
    if !next.is_empty() && local_path(&next).is_none() {
        let says = "Địa chỉ để quay lại phải là một trang của Một Cửa. Hãy tải lại trang rồi thử lại.";
        return Err(ApiError::Unanswered(vec![field("next", says)]));
    }
    let citizen = if link {
        let signed = access::citizen(app, headers).await?.ok_or(ApiError::NotSignedIn)?;
        ask_again(app, &signed, password, "password").await?;
        Some(signed.citizen.id)
    } else {
        None
    };
    let state = hex(&random::<32>()?);
    // A second page of the same browser goes on beside the first.
    let known = cookie(headers, BROWSER_COOKIE).filter(|known| unhex::<32>(known).is_some()).map(str::to_owned);
    let browser = known.map_or_else(|| random::<32>().map(|made| hex(&made)), Ok)?;
    let page = provider.page(&state, &Secrets::of(&app.pepper, &state, &browser)).await;
    let location = page.map_err(|why| told_of(&id, &why))?;
    let now = app.now();
    let attempt = Attempt { provider: id, next, citizen, until: Moment(now.0 + ATTEMPT_MS) };
    app.store.begin_attempt(NewAttempt { state: hash(&state), browser: hash(&browser), attempt, now }).await?;
    let set = format!(
        "{BROWSER_COOKIE}={browser}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
        // Long enough to answer afterwards as well.
        2 * ATTEMPT_MS / 1000
    );
    Ok((set, IdentityBegun { location }))
}

/// Somebody comes back from the provider's page.
#[utoipa::path(get, path = "/api/v1/citizens/providers/{id}/callback",
    params(
        ("id" = String, Path, description = "the provider's id"),
        ("state" = String, Query, description = "what they went with"),
        ("code" = Option<String>, Query, description = "what the provider changes into tokens"),
        ("error" = Option<String>, Query, description = "why there is no code"),
    ),
    responses(
        (status = 303, description = "to `/account`, with what happened behind the `#`"),
        (status = 403, description = "a page that says that the provider's answer is not believed", content_type = "text/html"),
        (status = 404, description = "a page that says that there is no such provider", content_type = "text/html"),
        (status = 409, description = "a page that says that the identity is another account's", content_type = "text/html"),
        (status = 410, description = "a page that says that this way back is over or was used", content_type = "text/html"),
        (status = 502, description = "a page that says that the provider is silent", content_type = "text/html"),
))]
pub(in crate::routes) async fn callback(
    State(app): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let provider = app.identity.find(&id).ok_or(ApiError::IdentityProviderUnknown)?;
    let query = query.unwrap_or_default();
    let state = only(&query, "state").ok_or(ApiError::IdentityOver)?;
    let browser = cookie(&headers, BROWSER_COOKIE).ok_or(ApiError::IdentityOver)?;
    let now = app.now();
    let taken = app.store.take_attempt(hash(&state), hash(browser), now).await?;
    let attempt = taken.ok_or(ApiError::IdentityOver)?;
    let deny = |why: Denied| deny(&app, &id, why, now);
    // Whoever went to one provider does not come back from another (RFC 9207): its code would be told to the wrong one.
    let issuer = only(&query, "iss");
    if attempt.provider != id || issuer.is_some_and(|issuer| issuer != provider.settings.issuer) {
        return deny(Denied::Untrue("the answer is another provider's")).await;
    }
    match only(&query, "error").as_deref() {
        None => {}
        Some("access_denied") => return Ok(on(IdentityOutcome::Cancelled, &id, &attempt.next, "", None)),
        Some("temporarily_unavailable" | "server_error") => {
            return deny(Denied::Silent("it says so itself".to_owned())).await;
        }
        Some(_) => return deny(Denied::Untrue("it refuses to say")).await,
    }
    let link = match attempt.citizen {
        None => None,
        Some(asked) => {
            let signed = access::citizen(&app, &headers).await?;
            // Whoever asked may have left this phone to another meanwhile.
            Some(signed.filter(|signed| signed.citizen.id == asked).ok_or(ApiError::IdentityOver)?.citizen)
        }
    };
    let letters = letters_to(link.as_ref().and_then(|citizen| citizen.email.as_deref()), Letter::IdentityAdded)?;
    let Some(code) = only(&query, "code") else { return deny(Denied::Untrue("there is no code")).await };
    let told = match provider.who(&code, &Secrets::of(&app.pepper, &state, browser), now).await {
        Ok(told) => told,
        Err(why) => return deny(why).await,
    };
    let person = provider.person(&told, &Given { today: now.date(), units: &app.offer.library.units });
    let subject = Subject { provider: id.clone(), issuer: provider.settings.issuer.clone(), subject: told.subject };
    let (fresh, session) = fresh(&headers)?;
    let ticket = hex(&random::<16>()?);
    let arrival = Arrival {
        subject,
        person,
        link: link.map(|citizen| citizen.id),
        letters,
        fresh,
        ticket: hash(&ticket),
        browser: hash(browser),
        until: Moment(now.0 + ATTEMPT_MS),
        now,
    };
    Ok(match app.store.arrive(arrival).await? {
        Arrived::SignedIn => on(IdentityOutcome::SignedIn, &id, &attempt.next, "", Some(session)),
        Arrived::New => on(IdentityOutcome::New, &id, &attempt.next, "", Some(session)),
        Arrived::Linked => {
            app.post.notify_one();
            on(IdentityOutcome::Linked, &id, &attempt.next, "", Some(session))
        }
        Arrived::Asks => on(IdentityOutcome::Ask, &id, &attempt.next, &ticket, None),
        Arrived::Taken => return Err(ApiError::IdentityTaken),
    })
}

/// With which providers the account is opened.
#[utoipa::path(get, path = "/api/v1/citizens/identities",
    responses((status = 200, body = Identities), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id).await?))
}

/// The identities of an account.
///
/// # Errors
/// When the store fails.
pub(super) async fn of(app: &App, citizen: CitizenId) -> Result<Identities, ApiError> {
    let kept = app.store.identities(citizen).await?;
    let rows = kept.into_iter().map(|one| {
        let name = app.identity.find(&one.provider).map_or(&one.provider, |known| &known.settings.name).clone();
        CitizenIdentity {
            id: one.id.to_string(),
            provider: one.provider,
            name,
            made_at: one.made_at.0,
            used_at: one.used_at.0,
        }
    });
    Ok(Identities { rows: rows.collect() })
}

/// The account's holder says that the provider told of them: from now on it opens this account.
#[utoipa::path(post, path = "/api/v1/citizens/identities", request_body = AffirmIdentity,
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn affirm(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    headers: HeaderMap,
    request: Json<AffirmIdentity>,
) -> Result<StatusCode, ApiError> {
    let AffirmIdentity { ticket, password } = request.value;
    ask_again(&app, &signed, password, "password").await?;
    affirmed(&app, &headers, &signed.citizen, &ticket).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Adds what a ticket stands for to the account of somebody who has just said their password.
///
/// # Errors
/// When the ticket is not this browser's or not about this account, or the store fails.
pub(super) async fn affirmed(app: &App, headers: &HeaderMap, citizen: &Citizen, ticket: &str) -> Result<(), ApiError> {
    let browser = cookie(headers, BROWSER_COOKIE).ok_or(ApiError::IdentityTicketUnknown)?;
    let affirmed = Affirmed {
        ticket: hash(ticket),
        browser: hash(browser),
        citizen: citizen.id,
        identity: IdentityId(random()?),
        letters: letters_to(citizen.email.as_deref(), Letter::IdentityAdded)?,
        now: app.now(),
    };
    if !app.store.affirm_identity(affirmed).await? {
        return Err(ApiError::IdentityTicketUnknown);
    }
    app.post.notify_one();
    Ok(())
}

/// The account that has their address or number is not theirs: they get one of their own, and are signed in to it.
#[utoipa::path(post, path = "/api/v1/citizens/identities/apart", request_body = IdentityTicket,
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn stand_apart(
    State(app): State<Shared>,
    headers: HeaderMap,
    request: Json<IdentityTicket>,
) -> Result<Response, ApiError> {
    let browser = cookie(&headers, BROWSER_COOKIE).ok_or(ApiError::IdentityTicketUnknown)?;
    let (fresh, session) = fresh(&headers)?;
    let apart = Apart { ticket: hash(&request.value.ticket), browser: hash(browser), fresh, now: app.now() };
    app.store.stand_apart(apart).await?.ok_or(ApiError::IdentityTicketUnknown)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, session)]).into_response())
}

/// A provider opens the account no longer.
#[utoipa::path(delete, path = "/api/v1/citizens/identities/{id}",
    params(("id" = String, Path, description = "the identity's id")),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn remove(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    let id = IdentityId::read(&id).ok_or(ApiError::IdentityUnknown)?;
    let letters = letters_to(signed.citizen.email.as_deref(), Letter::IdentityRemoved)?;
    match app.store.remove_identity(signed.citizen.id, id, letters, app.now()).await? {
        IdentityRemoved::Gone => {
            app.post.notify_one();
            Ok(StatusCode::NO_CONTENT)
        }
        IdentityRemoved::Unknown => Err(ApiError::IdentityUnknown),
        IdentityRemoved::Last => Err(ApiError::LastSignIn),
    }
}

/// Puts on record that what the provider said is not believed.
async fn deny(app: &App, provider: &str, why: Denied, now: Moment) -> Result<Response, ApiError> {
    if let Denied::Untrue(says) = why {
        app.store.record_disbelief(provider.to_owned(), says, now).await?;
    }
    Err(told_of(provider, &why))
}

/// Sends somebody on to the pages of their account.
fn on(outcome: IdentityOutcome, provider: &str, next: &str, ticket: &str, session: Option<HeaderValue>) -> Response {
    let mut says = Serializer::new(String::new());
    says.append_pair("identity", outcome.name()).append_pair("provider", provider);
    for (name, value) in [("next", next), ("ticket", ticket)] {
        if !value.is_empty() {
            says.append_pair(name, value);
        }
    }
    let location = [(header::LOCATION, format!("/account#{}", says.finish()))];
    let none: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];
    let session = AppendHeaders(session.map(|session| (header::SET_COOKIE, session)));
    (StatusCode::SEE_OTHER, none, location, session).into_response()
}

/// Tells the log why, and gives what people are told.
fn told_of(provider: &str, why: &Denied) -> ApiError {
    match why {
        Denied::Silent(why) => {
            tracing::warn!(provider, why, "an identity provider is silent");
            ApiError::IdentitySilent
        }
        Denied::Untrue(why) => {
            tracing::warn!(provider, why, "an identity provider is not believed");
            ApiError::IdentityUntrue
        }
    }
}

/// Names for what may have to be made, and the cookie of the session among them.
fn fresh(headers: &HeaderMap) -> Result<(Fresh, HeaderValue), ApiError> {
    let token = citizens::token()?;
    let fresh = Fresh {
        citizen: CitizenId(random()?),
        identity: IdentityId(random()?),
        session: token.hash,
        before: cookie(headers, CITIZEN_COOKIE).map(hash),
    };
    Ok((fresh, token.cookie))
}

fn random<const N: usize>() -> Result<[u8; N], ApiError> {
    let mut random = [0; N];
    getrandom::fill(&mut random).map_err(|_| ApiError::Failed)?;
    Ok(random)
}

fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

/// The value of a name that is there once; twice the same name is nobody's.
fn only(query: &str, name: &str) -> Option<String> {
    let mut found = parse(query.as_bytes()).filter(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    match (found.next(), found.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}
