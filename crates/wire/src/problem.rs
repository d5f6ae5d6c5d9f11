//! Every error of the API: problem details (RFC 9457) with a stable code and a Vietnamese sentence.

use serde::{Deserialize, Serialize};

/// An error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:motcua:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in Vietnamese, for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for programs: never changes.
    pub code: String,
    /// What to do about it, in Vietnamese, for people; may be empty.
    #[serde(default)]
    pub detail: String,
    /// What is wrong with the answers, when that is the matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldProblem>,
    /// SHA-256 of papers that have to be sent up first, when that is the matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// Something wrong at one place of a filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// `agency`, `case/<place>`, `<form>/<place>`, `papers/<id>`.
    pub place: String,
    /// What is wrong, for programs.
    pub code: String,
    /// What is wrong, in Vietnamese, for people.
    pub says: String,
    /// False for a warning, which alone never stops a filing.
    pub blocks: bool,
}
