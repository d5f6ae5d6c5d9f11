//! A draft goes from one phone to another: ciphertext up in parts, opened once, down in parts, gone.
//!
//! Nothing about what is in it is known here, so nothing of it can be logged. Who has neither the link nor the code is
//! answered like one who asks for what was never there, and pays for it like a wrong lookup code.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::{self, Json};
use crate::source::Source;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use dossier::handover::{LASTS_MS, LEASE_MS, MAX_HANDOVER_BYTES, MAX_PART_BYTES, MAX_PARTS, is_locator};
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use store::handovers::{
    AskedPart, By, Ended, Ending, HandoverBegun as Begun, HandoverId, Meant, NewHandover as New, NewPart, Opened,
    Opening, PartKept,
};
use store::{Hash, hex, unhex};
use wire::{HandoverBegun, HandoverOpened, HandoverStanding, NewHandover, OpenHandover, Problem};

/// Bytes of the wrapped key: a nonce of 12, the key of 32, a tag of 16.
const WRAPPED: usize = 60;

/// Makes room for a handover. Its parts follow.
#[utoipa::path(post, path = "/api/v1/handovers", request_body = NewHandover,
    responses(
        (status = 201, body = HandoverBegun),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn begin(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<NewHandover>,
) -> Result<impl IntoResponse, ApiError> {
    let asked = request.value;
    if asked.bytes > MAX_HANDOVER_BYTES || asked.parts > MAX_PARTS {
        return Err(ApiError::TooLarge);
    }
    let secret = |text: &str| unhex::<32>(text).ok_or(ApiError::HandoverUnreadable);
    if !is_locator(&asked.locator) || asked.parts == 0 {
        return Err(ApiError::HandoverUnreadable);
    }
    let now = app.now();
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    let new = New {
        id: HandoverId(id),
        sender: secret(&asked.sender)?,
        by_key: secret(&asked.by_key)?,
        by_code: secret(&asked.by_code)?,
        wrapped: unhex::<WRAPPED>(&asked.wrapped).ok_or(ApiError::HandoverUnreadable)?.to_vec(),
        locator: asked.locator,
        parts: asked.parts,
        bytes: asked.bytes,
        now,
        until: now.plus_ms(LASTS_MS),
        most: app.limits.handovers_at_once,
        most_bytes: app.limits.handover_megabytes.saturating_mul(1_000_000),
    };
    app.handovers.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    let until = new.until.0;
    match app.store.begin_handover(new).await? {
        Begun::New => Ok((StatusCode::CREATED, no_store(), axum::Json(HandoverBegun { id: hex(&id), until }))),
        Begun::LocatorTaken => {
            app.handovers.give_back(&source, 1.0);
            Err(ApiError::LocatorTaken)
        }
        Begun::Full => Err(ApiError::HandoversFull),
    }
}

/// Keeps a part. Sending it again replaces it.
#[utoipa::path(put, path = "/api/v1/handovers/{id}/parts/{number}",
    params(
        ("id" = String, Path, description = "The handover's name"),
        ("number" = u32, Path, description = "0 for the draft itself, then its papers"),
        ("Handover-Secret" = String, Header, description = "The sender's secret"),
    ),
    request_body(content_type = "application/octet-stream", description = "Ciphertext, at most 10 MB and a little"),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn put_part(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    place: Result<Path<(String, u32)>, PathRejection>,
    Secret(sender): Secret,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let (id, number) = part_of(place)?;
    let content = json::body(body, usize::try_from(MAX_PART_BYTES).unwrap_or(usize::MAX)).await?;
    #[expect(clippy::cast_precision_loss, reason = "some ten millions at most")]
    app.uploads.take(source, content.len() as f64, Instant::now()).map_err(ApiError::TooMany)?;
    let content: Vec<u8> = content.into();
    let task = tokio::task::spawn_blocking(move || (Hash::from(Sha256::digest(&content)), content));
    let (sha256, content) = task.await.map_err(|_| ApiError::Failed)?;
    match app.store.put_handover_part(NewPart { id, sender, number, sha256, content, now: app.now() }).await? {
        PartKept::Kept => Ok(StatusCode::NO_CONTENT),
        PartKept::Unknown => Err(ApiError::HandoverUnknown),
        PartKept::Over => Err(ApiError::HandoverOpened),
        PartKept::TooMuch => Err(ApiError::TooLarge),
    }
}

/// Opens a handover: from now on it is this opener's, who may ask again while they get its parts, and nobody else's.
#[utoipa::path(post, path = "/api/v1/handovers/open", request_body = OpenHandover,
    responses(
        (status = 200, body = HandoverOpened),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenHandover>,
) -> Result<impl IntoResponse, ApiError> {
    // Taken before anything is looked up, so that many at once cannot overdraw; given back when it was no miss.
    let now = Instant::now();
    app.misses.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    app.all_misses.take((), 1.0, now).map_err(ApiError::TooMany).inspect_err(|_| app.misses.give_back(&source, 1.0))?;
    let found = find(&app, &request.value).await;
    if !matches!(found, Err(ApiError::HandoverUnknown)) {
        app.misses.give_back(&source, 1.0);
        app.all_misses.give_back(&(), 1.0);
    }
    Ok((no_store(), axum::Json(found?)))
}

async fn find(app: &App, asked: &OpenHandover) -> Result<HandoverOpened, ApiError> {
    let meant = match unhex::<16>(&asked.handover) {
        Some(id) => Meant::Id(HandoverId(id)),
        None if is_locator(&asked.handover) => Meant::Locator(asked.handover.clone()),
        None => return Err(ApiError::HandoverUnknown),
    };
    let proof = unhex::<32>(&asked.proof).ok_or(ApiError::HandoverUnknown)?;
    let opener = unhex(&asked.opener).ok_or(ApiError::HandoverUnreadable)?;
    let now = app.now();
    let opening = Opening { meant, proof: Sha256::digest(proof).into(), opener, now, lease: now.plus_ms(LEASE_MS) };
    match app.store.open_handover(opening).await? {
        Opened::Yours { id, wrapped, parts } => Ok(HandoverOpened { id: hex(&id.0), wrapped: hex(&wrapped), parts }),
        Opened::Unknown => Err(ApiError::HandoverUnknown),
        Opened::NotReady => Err(ApiError::HandoverNotReady),
        Opened::Before => Err(ApiError::HandoverOpened),
        Opened::TakenBack => Err(ApiError::HandoverTakenBack),
    }
}

/// A part, for the opener whose time has not run out; it begins anew with each part.
#[utoipa::path(get, path = "/api/v1/handovers/{id}/parts/{number}",
    params(
        ("id" = String, Path, description = "The handover's name"),
        ("number" = u32, Path, description = "0 for the draft itself, then its papers"),
        ("Handover-Secret" = String, Header, description = "The opener's secret"),
    ),
    responses(
        (status = 200, content_type = "application/octet-stream", description = "Ciphertext"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn part(
    State(app): State<Shared>,
    place: Result<Path<(String, u32)>, PathRejection>,
    Secret(opener): Secret,
) -> Result<impl IntoResponse, ApiError> {
    let (id, number) = part_of(place)?;
    let now = app.now();
    let asked = AskedPart { id, opener, number, now, lease: now.plus_ms(LEASE_MS) };
    let content = app.store.handover_part(asked).await?.ok_or(ApiError::HandoverUnknown)?;
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, content))
}

/// The opener has everything: the content is deleted.
#[utoipa::path(post, path = "/api/v1/handovers/{id}/taken",
    params(
        ("id" = String, Path, description = "The handover's name"),
        ("Handover-Secret" = String, Header, description = "The opener's secret"),
    ),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn taken(
    State(app): State<Shared>,
    id: Result<Path<String>, PathRejection>,
    Secret(token): Secret,
) -> Result<StatusCode, ApiError> {
    end(&app, Ending { id: named(id)?, by: By::Opener, token, now: app.now() }).await
}

/// The sender takes it back, as long as nobody has opened it: the content is deleted.
#[utoipa::path(delete, path = "/api/v1/handovers/{id}",
    params(
        ("id" = String, Path, description = "The handover's name"),
        ("Handover-Secret" = String, Header, description = "The sender's secret"),
    ),
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn take_back(
    State(app): State<Shared>,
    id: Result<Path<String>, PathRejection>,
    Secret(token): Secret,
) -> Result<StatusCode, ApiError> {
    end(&app, Ending { id: named(id)?, by: By::Sender, token, now: app.now() }).await
}

async fn end(app: &App, ending: Ending) -> Result<StatusCode, ApiError> {
    match app.store.end_handover(ending).await? {
        Ended::Done => Ok(StatusCode::NO_CONTENT),
        Ended::Unknown => Err(ApiError::HandoverUnknown),
        Ended::Opened => Err(ApiError::HandoverOpened),
    }
}

/// How it stands, for its sender.
#[utoipa::path(get, path = "/api/v1/handovers/{id}",
    params(
        ("id" = String, Path, description = "The handover's name"),
        ("Handover-Secret" = String, Header, description = "The sender's secret"),
    ),
    responses(
        (status = 200, body = HandoverStanding),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn standing(
    State(app): State<Shared>,
    id: Result<Path<String>, PathRejection>,
    Secret(sender): Secret,
) -> Result<impl IntoResponse, ApiError> {
    let found = app.store.handover(named(id)?, sender, app.now()).await?.ok_or(ApiError::HandoverUnknown)?;
    let state = found.state.name().to_owned();
    Ok((no_store(), axum::Json(HandoverStanding { state, since: found.since.0, until: found.until.0 })))
}

/// Hash of the secret in the header `Handover-Secret`; without a readable one nothing is known to the asker.
pub(super) struct Secret(Hash);

impl<S: Sync> FromRequestParts<S> for Secret {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let given = parts.headers.get("handover-secret").and_then(|value| value.to_str().ok());
        let secret = given.and_then(unhex::<32>).ok_or(ApiError::HandoverUnknown)?;
        Ok(Self(Sha256::digest(secret).into()))
    }
}

fn named(id: Result<Path<String>, PathRejection>) -> Result<HandoverId, ApiError> {
    let Path(id) = id.map_err(|_| ApiError::HandoverUnknown)?;
    unhex(&id).map(HandoverId).ok_or(ApiError::HandoverUnknown)
}

fn part_of(place: Result<Path<(String, u32)>, PathRejection>) -> Result<(HandoverId, u32), ApiError> {
    let Path((id, number)) = place.map_err(|_| ApiError::HandoverUnknown)?;
    Ok((unhex(&id).map(HandoverId).ok_or(ApiError::HandoverUnknown)?, number))
}

fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
