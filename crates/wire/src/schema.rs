//! Descriptions, for the OpenAPI document only, of types that pass through from the domain.
#![expect(dead_code, reason = "read by the derive, never made")]

use std::collections::BTreeMap;

/// Everything a person sends at once (`procedure::Filing`).
#[derive(utoipa::ToSchema)]
pub struct SubmitRequest {
    /// The procedure's id.
    procedure: String,
    /// The procedure's fingerprint.
    fingerprint: String,
    /// Code of the receiving agency.
    agency: String,
    /// Answers to the guiding questions: place → what was typed.
    case: BTreeMap<String, String>,
    /// The filled forms, in the order of the outcome.
    forms: Vec<FilledForm>,
    /// The papers, sent up before by their SHA-256 under the same key.
    papers: Vec<FiledPaper>,
}

/// One filled form.
#[derive(utoipa::ToSchema)]
pub struct FilledForm {
    /// The form's id.
    form: String,
    /// Fingerprint of the form as it was filled.
    fingerprint: String,
    /// Place → what was typed.
    answers: BTreeMap<String, String>,
}

/// One attached file.
#[derive(utoipa::ToSchema)]
pub struct FiledPaper {
    /// Which paper of the procedure it is.
    paper: String,
    /// SHA-256 of the bytes.
    sha256: String,
    /// The file's name.
    name: String,
    /// Media type.
    kind: String,
    /// Size in bytes.
    bytes: u64,
}
