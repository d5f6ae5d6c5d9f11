//! What is sent to have a paper printed.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/forms/{fingerprint}/pdf`. Nothing of it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrintRequest {
    /// Place → what was chosen or typed, as far as it is answered; what is missing stays a dotted line.
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub answers: form::Answers,
    /// Code of the receiving agency, when it was chosen: the paper is addressed to it.
    #[serde(default)]
    pub agency: Option<String>,
    /// When the dossier was sent, as its receipt says, in milliseconds since 1970 in UTC: the day beside the signature.
    /// Left out before that: whoever signs writes the day.
    #[serde(default)]
    pub sent_at: Option<i64>,
}
