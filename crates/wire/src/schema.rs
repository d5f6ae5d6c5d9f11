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

/// What the receipt says, line by line sealed and signed with Ed25519 (`receipt::Proof`, where the format is defined).
#[derive(utoipa::ToSchema)]
pub struct Proof {
    /// `motcua-receipt/1`.
    format: String,
    /// Which of the keys at `/api/v1/receipt-keys` signed it.
    key: String,
    /// The signature, 128 hexadecimal digits.
    signature: String,
    /// The lines, in their order.
    lines: Vec<ProofLine>,
}

/// A line: open with `name`, `value` and `salt`, or closed with its `seal` alone. The server answers open lines only.
#[derive(utoipa::ToSchema)]
pub struct ProofLine {
    /// What it is about.
    name: Option<String>,
    /// What it says.
    value: Option<String>,
    /// 32 hexadecimal digits.
    salt: Option<String>,
    /// 64 hexadecimal digits.
    seal: Option<String>,
}
