//! Sending a paper's bytes, by their SHA-256, under the draft's key.

use super::{Failure, send};
use crate::state::draft::DraftPaper;
use web_sys::Blob;

/// Sends the bytes of a paper that stands in no draft.
pub async fn put_bytes(key: &str, sha256: &str, kind: &str, blob: &Blob) -> Result<super::Answer, Failure> {
    let path = format!("/api/v1/papers/{sha256}");
    send("PUT", &path, &[("Idempotency-Key", key), ("Content-Type", kind)], blob).await
}

/// Sends one paper. Sending it again is harmless.
pub async fn put(key: &str, paper: &DraftPaper, blob: &Blob) -> Result<super::Answer, Failure> {
    put_bytes(key, &paper.sha256, &paper.kind, blob).await
}
