//! What may be filed now.

use crate::app::Shared;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

/// Procedures, forms and agencies of today.
#[utoipa::path(get, path = "/api/v1/catalogue", responses((status = 200, body = wire::Catalogue)))]
pub(super) async fn catalogue(State(app): State<Shared>) -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, app.offer.catalogue(app.now().date()))
}
