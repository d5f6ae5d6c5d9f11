//! What everybody sees of how units handle dossiers: as JSON, and as a page that needs no script.

use super::officers::answer;
use super::plain::page;
use crate::app::Shared;
use crate::error::ApiError;
use crate::limits;
use crate::ratings::{period, public};
use crate::site::Styles;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use form::Date;
use serde::Deserialize;
use wire::{Problem, PublicFigures};

/// Which period.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    period: String,
}

/// Shares in time and of satisfaction, unit by unit; nothing that rests on fewer than five.
#[utoipa::path(get, path = "/api/v1/figures",
    params(("period" = String, Query, description = "A month, 2026-11, or a year, 2026")),
    responses(
        (status = 200, body = PublicFigures),
        (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn figures(
    State(app): State<Shared>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    Ok(answer(&public(&app, &asked.period).await?))
}

/// The address of the page.
pub(super) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    Router::new()
        .route("/so-lieu", get(show)) // GET /so-lieu
        .layer(from_fn_with_state(app.clone(), limits::ordinary))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

/// Which period, as it stands in the page's address.
#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    ky: String,
}

async fn show(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    asked: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, ApiError> {
    let today = app.now().date();
    let Chosen { ky } = asked.map_or_else(|_| Chosen { ky: String::new() }, |Query(chosen)| chosen);
    // What cannot be read, or nothing, is this year.
    let ky = if period(&ky).is_some() { ky } else { today.year.to_string() };
    let found = public(&app, &ky).await?;
    Ok(page(StatusCode::OK, plain::figures::page(&styles, &periods(today), &found)))
}

/// The periods to choose from: this year and the last, and the months of a year back.
fn periods(today: Date) -> Vec<String> {
    let years = [today.year, today.year - 1].map(|year| year.to_string());
    let mut day = crate::ratings::month_begin(today);
    let mut all = years.to_vec();
    for _ in 0..12 {
        all.push(format!("{}-{:02}", day.year, day.month));
        day = crate::ratings::month_begin(day.add_days(-1));
    }
    all
}
