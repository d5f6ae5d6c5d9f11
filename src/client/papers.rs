//! Sending a paper's bytes, by their SHA-256, under the draft's key.

use super::{Failure, send};
use crate::state::draft::DraftPaper;
use web_sys::Blob;

/// Sends one paper. Sending it again is harmless.
pub async fn put(key: &str, paper: &DraftPaper, blob: &Blob) -> Result<super::Answer, Failure> {
    let path = format!("/api/v1/papers/{}", paper.sha256);
    send("PUT", &path, &[("Idempotency-Key", key), ("Content-Type", &paper.kind)], blob).await
}
