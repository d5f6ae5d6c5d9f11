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

/// Thông báo của tôi: answered to `GET /api/v1/citizens/me/notices`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyNotices {
    /// The notices.
    pub rows: Vec<MyNotice>,
    /// Where older ones follow: asked for with `?before=` and this; there may be rows there or none.
    pub before: Option<i64>,
}

/// One notice: what the page behind the code showed from its moment on, or what happened to the account itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyNotice {
    /// When it happened, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// Of a dossier what `Timeline` names events, or `done`, `fee-unpaid`, `fee-refund`; of the account `password-changed`,
    /// `password-reset`, `email-changed`, `phone-changed`, `signed-out-everywhere`, `identity-added`, `identity-removed`.
    pub event: String,
    /// Whether it happened after the last moment that was seen.
    pub new: bool,
    /// Whether it waits for the citizen to do something.
    pub waits: bool,
    /// The dossier; nothing where it is about the account.
    pub dossier: Option<NoticeDossier>,
    /// When the result is due as it was promised with it, in milliseconds since 1970 in UTC.
    pub due: Option<i64>,
    /// Until when the dossier is posted publicly, while it is.
    pub posted_until: Option<i64>,
}

/// The dossier that a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeDossier {
    /// The dossier's id in the account's addresses.
    pub id: String,
    /// Tên thủ tục.
    pub title: String,
    /// Name of the agency that has it.
    pub agency: String,
    /// Mã hồ sơ, once there is one.
    pub number: String,
    /// The lookup code, by which it is followed, mended and paid.
    pub code: String,
}

/// The body of `POST /api/v1/citizens/me/notices/seen`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeeNotices {
    /// The moment of the newest notice that was shown; what happened after it stays new.
    pub until: i64,
}
