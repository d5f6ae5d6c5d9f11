//! Citizens' accounts: registering, signing in, and what is in an account.
//!
//! What has to be mended is told at the names of the body's fields; those of `details` stand without it: `name`, `email`, `phone`,
//! `number`, `birth`, `sex`, `province`, `commune`, `detail`, `organisation.name`, `organisation.tax_code`, `password`, `old`,
//! `code`. Mailed links lead to `/account/confirm#…`, `/account/reset#…` and `/account/email#…`; mails name `/account/sign-in`,
//! `/account/register` and `/account/reset` too.

use crate::FeeWord;
use serde::{Deserialize, Serialize};

/// What a citizen keeps in their account so as not to type it again. Every part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CitizenDetails {
    /// Số định danh cá nhân (12 digits) or CMND (9 digits).
    pub number: String,
    /// Date of birth (`1962-03-15`), or the year alone.
    pub birth: String,
    /// `nam` or `nu`.
    pub sex: String,
    /// Code of the province of residence.
    pub province: String,
    /// Code of the commune of residence.
    pub commune: String,
    /// House, street, village.
    pub detail: String,
    /// The organisation for which they act, when the account is an organisation's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<CitizenOrganisation>,
}

/// An organisation (tổ chức, doanh nghiệp, hộ kinh doanh).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CitizenOrganisation {
    /// Its name.
    pub name: String,
    /// Mã số thuế: 10, 12 or 13 digits.
    pub tax_code: String,
}

/// The body of `POST /api/v1/citizens/register`. It is answered the same whether the address is known or not: a mail goes to
/// it, which has the link that goes on, or says that there is an account already.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Họ tên.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What is told of the person, and of the organisation where the account is one's.
    pub details: CitizenDetails,
    /// Where the person was, as a path of the site (`/drafts/…/check`), so that the link leads back there; empty for nowhere.
    #[serde(default)]
    pub next: String,
}

/// The body of `POST /api/v1/citizens/confirm/open`, `…/reset/open` and `…/email/open`: what a mailed link carries behind its
/// `#`. Opening it uses nothing up, however often a mail's scanner does it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenLink {
    /// The token of the link.
    pub token: String,
}

/// What a mailed link opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenLinkOpened {
    /// Họ tên.
    pub name: String,
    /// The e-mail address that the link confirms, or of the account whose password it sets.
    pub email: String,
    /// Name of the organisation, or empty.
    pub organisation: String,
    /// Until when the link can be used, in milliseconds since 1970 in UTC.
    pub until: i64,
}

/// The body of `POST /api/v1/citizens/confirm`: the button below the link. The password is chosen by whoever holds the mail, so
/// that nobody can prepare an account for somebody else's address. Answered with [`CitizenMe`] and a session.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    /// The token of the link.
    pub token: String,
    /// The password that they chose.
    pub password: String,
}

/// The body of `POST /api/v1/citizens/sign-in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CitizenSignIn {
    /// E-mail address or telephone number, loosely written.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Who is signed in: answered to signing in, to confirming, and to `GET /api/v1/citizens/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CitizenMe {
    /// The account's name, 32 hexadecimal digits.
    pub id: String,
    /// Họ tên.
    pub name: String,
    /// The confirmed e-mail address, or empty.
    pub email: String,
    /// The confirmed telephone number, or empty.
    pub phone: String,
    /// Whether a password is set; who came by an identity provider may have none.
    pub password: bool,
    /// What fills forms.
    pub details: CitizenDetails,
    /// Seconds without a request after which the session ends.
    pub idle_seconds: u32,
    /// When it ends at the latest, in milliseconds since 1970 in UTC.
    pub ends_at: i64,
    /// Where they were when they registered, as a path of the site; empty otherwise.
    #[serde(default)]
    pub next: String,
    /// Whether a telephone number can be confirmed here: a text-message gateway is set.
    pub sms: bool,
}

/// The body of `POST /api/v1/citizens/reset`: a link to set a new password, by mail; answered the same for every address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AskReset {
    /// E-mail address or telephone number.
    pub login: String,
}

/// The body of `POST /api/v1/citizens/reset/finish`. All sessions end, and one begins.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishReset {
    /// The token of the link.
    pub token: String,
    /// The new password.
    pub password: String,
}

/// The body of `PUT /api/v1/citizens/me/details`. Answered with [`CitizenMe`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeDetails {
    /// Họ tên.
    pub name: String,
    /// The rest.
    pub details: CitizenDetails,
}

/// The body of `PUT /api/v1/citizens/me/password`. All other sessions end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password of now; empty when none is set.
    pub old: String,
    /// The new one.
    pub password: String,
}

/// The body of `PUT /api/v1/citizens/me/email`: a link goes to the new address (`POST …/email/open` and `…/email/finish` take its
/// [`OpenLink`]), word of it to the old one. Answered with 202.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    /// The new address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// The body of `PUT /api/v1/citizens/me/phone`: six digits go to the new number by text message, word of it to the old one.
/// Answered with 202.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePhone {
    /// The new number.
    pub phone: String,
    /// The password.
    pub password: String,
}

/// The body of `POST /api/v1/citizens/me/phone/confirm`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmPhone {
    /// The six digits.
    pub code: String,
}

/// The body of `DELETE /api/v1/citizens/me`: the account goes; dossiers that were sent stay with the offices, which the law
/// makes keep them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeleteAccount {
    /// The password.
    pub password: String,
}

/// Hồ sơ của tôi: answered to `GET /api/v1/citizens/me/dossiers`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDossiers {
    /// The dossiers.
    pub rows: Vec<MyDossier>,
    /// Whether older ones follow: asked for with `?before=` and the last one's id.
    #[serde(default)]
    pub more: bool,
}

/// A dossier of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDossier {
    /// The dossier's id in the account's addresses.
    pub id: String,
    /// The procedure's id.
    pub procedure: String,
    /// Tên thủ tục.
    pub title: String,
    /// Name of the agency that received it.
    pub agency: String,
    /// Mã hồ sơ, once there is one.
    pub number: String,
    /// The lookup code, so that the account's holder can follow, mend and pay on the pages everybody uses.
    pub code: String,
    /// Where it stands, as `Timeline` names states.
    pub state: String,
    /// When it was sent, in milliseconds since 1970 in UTC.
    pub sent_at: i64,
    /// When the result is due, in milliseconds since 1970 in UTC; nothing while the clock stands and once it is over.
    pub due: Option<i64>,
    /// Whether a fee is to be paid.
    pub fee: FeeWord,
    /// Who filed it by a consent; empty when its owner did.
    #[serde(default)]
    pub filer: String,
}

/// The body of `POST /api/v1/citizens/me/dossiers`: takes a dossier that was sent without an account into it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimDossier {
    /// The lookup code.
    pub code: String,
    /// The last four digits of the filer's telephone number.
    pub digits: String,
}

/// Kho giấy tờ của tôi: answered to `GET /api/v1/citizens/me/papers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPapers {
    /// The papers, the newest first.
    pub rows: Vec<MyPaper>,
}

/// A paper of the account, which later dossiers can use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPaper {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is, as the citizen or the procedure calls it.
    pub name: String,
    /// The paper's id in procedures where that is known, so that a later dossier can offer it at the right place; or empty.
    pub paper: String,
    /// `application/pdf`, `image/jpeg`, …
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// Since when it is in the account, in milliseconds since 1970 in UTC.
    pub kept_at: i64,
    /// `uploaded`, `sent` (with a dossier) or `result`.
    pub origin: String,
    /// Mã hồ sơ or title of the procedure it came with; or empty.
    pub of: String,
}
