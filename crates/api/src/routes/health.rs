//! Whether the service can read and write.

use crate::app::Shared;
use crate::error::ApiError;
use axum::Json;
use axum::extract::State;
use wire::{Health, Problem};

/// Tells whether the service works, down to the disk.
#[utoipa::path(get, path = "/api/v1/health", responses(
    (status = 200, body = Health),
    (status = 500, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn health(State(app): State<Shared>) -> Result<Json<Health>, ApiError> {
    app.store.health().await?;
    Ok(Json(Health { status: "ok".to_owned() }))
}
