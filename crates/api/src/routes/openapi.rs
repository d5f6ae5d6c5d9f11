//! The document that describes this API.

use crate::app::Shared;
use axum::Json;
use axum::extract::State;
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder};

/// The OpenAPI document of the routes.
#[utoipa::path(get, path = "/api/v1/openapi.json", responses((status = 200, content_type = "application/json", body = Object)))]
pub(super) async fn openapi(State(app): State<Shared>) -> Json<OpenApi> {
    Json(super::document(&app))
}

/// What stands at the head of the document.
pub(super) fn about() -> OpenApi {
    let mut info = Info::new("Một Cửa", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Filing and following dossiers. Every error is application/problem+json with a stable code and a Vietnamese \
         sentence. Moments are milliseconds since 1970 in UTC."
            .to_owned(),
    );
    OpenApiBuilder::new().info(info).build()
}
