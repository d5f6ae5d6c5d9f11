//! The official paper of a form, printed by the server.

use super::{Failure, bytes};
use wire::PrintRequest;

/// The paper with what is answered so far, as a PDF.
pub async fn filled(fingerprint: &str, request: &PrintRequest) -> Result<Vec<u8>, Failure> {
    let body = serde_json::to_string(request).map_err(|_| Failure::Unreadable)?;
    let path = format!("/api/v1/forms/{fingerprint}/pdf");
    bytes(&path, &[("Content-Type", "application/json")], Some(&body)).await
}

/// The blank paper, as a PDF.
pub async fn blank(fingerprint: &str) -> Result<Vec<u8>, Failure> {
    bytes(&format!("/api/v1/forms/{fingerprint}/blank.pdf"), &[], None).await
}

/// The paper of a form as it was sent, for a day; forms are numbered from 1 on. `key` is the key of its draft.
pub async fn sent(key: &str, number: usize) -> Result<Vec<u8>, Failure> {
    bytes(&format!("/api/v1/dossiers/forms/{number}/pdf"), &[("Idempotency-Key", key)], None).await
}
