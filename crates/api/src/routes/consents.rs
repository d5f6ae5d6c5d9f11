//! A consent by its code: whoever gave it on paper has no account, and takes it back by this alone. It can only end it.

use super::officers::answer;
use crate::app::{App, Shared};
use crate::consents::{opened, told, withdraw as take_back};
use crate::error::ApiError;
use crate::json::Json;
use crate::source::Source;
use account::consent::Withdrawer;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use wire::{ConsentCode, MyConsent, Problem};

/// What the consent with this code is. Nothing is changed.
#[utoipa::path(post, path = "/api/v1/consents/open",
    request_body = ConsentCode,
    responses(
        (status = 200, body = MyConsent),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn open(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<ConsentCode>,
) -> Result<Response, ApiError> {
    Ok(answer(&shown(&app, source, &request.value.code).await?))
}

/// Takes the consent with this code back.
#[utoipa::path(post, path = "/api/v1/consents/withdraw",
    request_body = ConsentCode,
    responses(
        (status = 200, body = MyConsent),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn withdraw(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<ConsentCode>,
) -> Result<Response, ApiError> {
    Ok(answer(&withdrawn(&app, source, &request.value.code).await?))
}

/// What a code opens.
///
/// # Errors
/// When it opens nothing, or too much was tried.
pub(super) async fn shown(app: &App, source: Source, code: &str) -> Result<MyConsent, ApiError> {
    let (_, consent) = opened(app, source, code).await?;
    Ok(told(app, &consent, 0, None))
}

/// Takes back what a code opens.
///
/// # Errors
/// When it opens nothing, too much was tried, or the store fails.
pub(super) async fn withdrawn(app: &App, source: Source, code: &str) -> Result<MyConsent, ApiError> {
    let (hash, consent) = opened(app, source, code).await?;
    take_back(app, &consent, Withdrawer::Code, None).await?;
    let now = app.store.consent_of_code(hash).await?.unwrap_or(consent);
    Ok(told(app, &now, 0, None))
}
