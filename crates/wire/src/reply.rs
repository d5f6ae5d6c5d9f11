//! What the office has said to the citizen, opened by the lookup code and the last digits of the telephone number.

use serde::{Deserialize, Serialize};

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reply {
    /// The result's electronic copy, once it was issued.
    pub result: Option<ReplyResult>,
    /// Why something was refused, not solved or late.
    pub says: Vec<ReplySaid>,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplyResult {
    /// Number of the decision: "12/QĐ-UBND".
    pub number: String,
    /// Media type of the file.
    pub kind: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplySaid {
    /// The name of the event it belongs to, as in the timeline.
    pub event: String,
    /// When, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// The officer's words.
    pub reason: String,
}
