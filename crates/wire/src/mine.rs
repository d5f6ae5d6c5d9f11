//! What is in a citizen's account beside its dossiers: papers that were put there by themselves.

use serde::{Deserialize, Serialize};

/// The body of `PATCH /api/v1/citizens/me/papers/{sha256}`: another name for a paper that was put there by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NameMyPaper {
    /// What the citizen calls it, at most 150 letters on one line.
    pub name: String,
}
