//! The catalogue of services as pages that need no script.

use super::{Asked, agency, popular};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::limits;
use crate::site::Styles;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Router};
use form::Date;
use plain::services::{Catalogue, Chosen};
use procedure::Agency;

/// The addresses of the catalogue.
pub(in crate::routes) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    Router::new()
        .route("/dich-vu", get(list)) //      GET /dich-vu
        .route("/dich-vu/{id}", get(one)) //  GET /dich-vu/{id}
        .layer(from_fn_with_state(app.clone(), limits::ordinary))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

async fn list(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    // An address that somebody shortened or mistyped still shows everything.
    let Query(asked) = asked.unwrap_or_default();
    let today = app.now().date();
    let popular = popular(&app).await?;
    let units = units(&app, today);
    let chosen = Chosen { unit: agency(&app, &asked.unit, today), field: &asked.field, query: &asked.q };
    Ok(page(catalogue(&app, &units, today).list(&styles, &chosen, &popular)))
}

async fn one(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    path: Result<Path<String>, PathRejection>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::ServiceUnknown)?;
    let Query(asked) = asked.unwrap_or_default();
    let today = app.now().date();
    let service = app.offer.library.services.find(&id).ok_or(ApiError::ServiceUnknown)?;
    let units = units(&app, today);
    Ok(page(catalogue(&app, &units, today).service(&styles, service, agency(&app, &asked.unit, today))))
}

fn catalogue<'a>(app: &'a App, units: &'a [&'a Agency], today: Date) -> Catalogue<'a> {
    let library = &app.offer.library;
    Catalogue {
        services: &library.services,
        procedures: &library.procedures,
        units,
        hours: &library.hours,
        open_today: library.calendar.works(today),
        today,
    }
}

/// The units that receive something today.
fn units(app: &App, today: Date) -> Vec<&Agency> {
    let library = &app.offer.library;
    let receives = |level| library.services.services.iter().any(|service| service.receives_at(level, today));
    library.agencies.on(today).0.iter().filter(|agency| receives(agency.level)).collect()
}

/// A page that says the same to everybody, and may be found by whoever searches the web.
fn page(html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, html).into_response()
}
