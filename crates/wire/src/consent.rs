//! Filing for others with their consent (nộp hộ).
//!
//! What has to be mended is told at the names of the body's fields.

use crate::MyDossier;
use serde::{Deserialize, Serialize};

/// Answered to `GET /api/v1/citizens/me/consents`, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyConsents {
    /// Those by which others file for the account's holder.
    pub given: Vec<MyConsent>,
    /// Those by which the account's holder files for others.
    pub held: Vec<MyConsent>,
}

/// A consent, as both sides see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyConsent {
    /// Its id, 32 hexadecimal digits.
    pub id: String,
    /// Name of the one whose dossiers they are (chủ hồ sơ).
    pub owner: String,
    /// Their number, by which a filing is known to be theirs: for whoever files by it while it is in force; empty otherwise.
    pub number: String,
    /// Name of the one who files (người nộp).
    pub filer: String,
    /// What the one who files is to the other: `relative`, `village-head`, `staff`, `other`.
    pub kinship: String,
    /// Name of the only procedure that it is for; empty for all of them.
    pub procedure: String,
    /// `account` when it was given from the owner's account, `paper` when on paper that they signed.
    pub basis: String,
    /// `offered`, `in-force`, `ended`, `withdrawn`.
    pub standing: String,
    /// Its code, by which an offer is taken up and a consent taken back; for the owner, and for whoever recorded it from paper
    /// and gives it to them. Empty once it is over, and for anybody else.
    pub code: String,
    /// When it was given, in milliseconds since 1970 in UTC.
    pub given_at: i64,
    /// Until when its code can be typed, while it is offered; until when it holds, otherwise.
    pub until: i64,
    /// When it was taken back.
    pub withdrawn_at: Option<i64>,
    /// How many dossiers were filed by it.
    pub dossiers: u32,
}

/// The body of `POST /api/v1/citizens/me/consents`: offers somebody that they file for the account's holder. Answered with
/// [`MyConsent`], whose code is told to them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferConsent {
    /// Name of the one who shall file.
    pub filer: String,
    /// What they are to the account's holder.
    pub kinship: String,
    /// The id of the only procedure that it is for; empty for all of them.
    #[serde(default)]
    pub procedure: String,
    /// How many days it holds: 30, 183 or 365.
    pub days: u32,
}

/// The body of `POST /api/v1/citizens/me/consents/paper`: records a consent that somebody without an account signed on paper.
/// Answered with [`MyConsent`], whose code is given to them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordConsent {
    /// Name of the one whose dossiers they are.
    pub owner: String,
    /// Their number: số định danh cá nhân (12 digits) or CMND (9 digits).
    pub number: String,
    /// What the account's holder is to them.
    pub kinship: String,
    /// The id of the only procedure that it is for; empty for all of them.
    #[serde(default)]
    pub procedure: String,
    /// How many days it holds: 30, 183 or 365.
    pub days: u32,
    /// SHA-256 of the paper, which is among the account's papers.
    pub paper: String,
}

/// The body of `POST /api/v1/citizens/me/consents/accept`, `POST /api/v1/consents/open` and `POST /api/v1/consents/withdraw`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentCode {
    /// The consent's code, loosely written.
    pub code: String,
}

/// Answered to `GET /api/v1/citizens/me/filed`: what the account filed for others, the newest first. What rests on a consent that
/// was taken back is not among it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiledDossiers {
    /// The dossiers.
    pub rows: Vec<FiledForOther>,
    /// Whether older ones follow: asked for with `?before=` and the last one's id.
    #[serde(default)]
    pub more: bool,
}

/// A dossier that was filed for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiledForOther {
    /// The dossier.
    pub dossier: MyDossier,
    /// Whose it is.
    pub person: String,
    /// The id of the consent it rests on; empty when none was on record when it was sent.
    pub consent: String,
}
