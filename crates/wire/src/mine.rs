//! What is in a citizen's account beside its dossiers: papers that were put there by themselves, and what was paid.

use crate::FeeStanding;
use serde::{Deserialize, Serialize};

/// The body of `PATCH /api/v1/citizens/me/papers/{sha256}`: another name for a paper that was put there by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NameMyPaper {
    /// What the citizen calls it, at most 150 letters on one line.
    pub name: String,
}

/// Danh sách giao dịch: answered to `GET /api/v1/citizens/me/transactions`, the newest dossiers first. Dossiers that cost nothing
/// are not among them. No provider is asked for this list; `POST /api/v1/payments/standing` asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTransactions {
    /// One for each dossier that costs or cost something.
    pub rows: Vec<MyTransaction>,
    /// Where older ones follow: asked for with `?before=` and this; there may be rows there or none.
    pub before: Option<String>,
}

/// The fee of one dossier of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyTransaction {
    /// The dossier's id in the account's addresses.
    pub dossier: String,
    /// Tên thủ tục.
    pub title: String,
    /// Mã hồ sơ, once there is one.
    pub number: String,
    /// The lookup code, by which it is paid and its receipt is had.
    pub code: String,
    /// When the dossier was sent, in milliseconds since 1970 in UTC.
    pub sent_at: i64,
    /// How much, whether it was paid, its orders, and what goes back.
    pub fee: FeeStanding,
}
