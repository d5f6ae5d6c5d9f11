//! The public keys by which anybody can check a receipt.

use crate::app::Shared;
use crate::error::ApiError;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use receipt::{hex, key_id};
use wire::{ReceiptKey, ReceiptKeys};

/// Every key that ever signed a receipt, the newest first.
#[utoipa::path(get, path = "/api/v1/receipt-keys", responses((status = 200, body = ReceiptKeys)))]
pub(super) async fn receipt_keys(State(app): State<Shared>) -> Result<impl IntoResponse, ApiError> {
    let keys = app.store.receipt_keys().await?;
    let keys = keys.iter().map(|key| ReceiptKey { id: key_id(key), public: hex(key) }).collect();
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(ReceiptKeys { keys })))
}
