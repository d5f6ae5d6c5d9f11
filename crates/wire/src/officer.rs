//! Officers: signing in, and who is signed in.

use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/officers/sign-in`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The officer's telephone number, which is their name here.
    pub phone: String,
    /// The password.
    pub password: String,
    /// Six digits from the authenticator (RFC 6238).
    pub code: String,
}

/// The body of `POST /api/v1/officers/first`: what the first sign-in link carries behind its `#`. Opening it uses nothing up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenFirst {
    /// The token of the link.
    pub token: String,
}

/// What a first sign-in link opens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstSignIn {
    /// The officer's name.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// The name of their unit.
    pub unit: String,
    /// Until when the link can be used, in milliseconds since 1970 in UTC.
    pub until: i64,
    /// The authenticator's secret in base 32, to type where the picture cannot be scanned.
    pub secret: String,
    /// The same as a QR picture, row by row, `1` for a dark dot.
    pub qr: Vec<String>,
}

/// The body of `POST /api/v1/officers/first/finish`: the link is used up, and the officer is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishFirst {
    /// The token of the link.
    pub token: String,
    /// The password that the officer chose.
    pub password: String,
    /// Six digits, to show that the authenticator is set up.
    pub code: String,
}

/// Who is signed in: answered to signing in and to `GET /api/v1/officers/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The officer's id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Code of their unit.
    pub unit: String,
    /// The unit's name.
    pub unit_name: String,
    /// `one-stop`, `desk-head`, `specialist`, `department-head`, `clerk`, `leader`, `supervisor`, `administrator`.
    pub roles: Vec<RoleName>,
    /// The places of the site that answer this officer: `work`, `counter`, `meetings`, `postings`, `figures`, `officers`,
    /// `absences`.
    pub places: Vec<String>,
    /// After so many seconds without a request the session ends.
    pub idle_seconds: u32,
    /// When it ends at the latest, in milliseconds since 1970 in UTC.
    pub ends_at: i64,
}

/// A role and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleName {
    /// Its name in code.
    pub role: String,
    /// In Vietnamese.
    pub says: String,
}

/// An officer whom work can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// The officer's id.
    pub id: String,
    /// Their name.
    pub name: String,
}

/// The body of `POST /api/v1/officers`: the rows of a spreadsheet or CSV file, the first saying what its columns are:
/// họ tên, số CMND/CCCD, điện thoại, đơn vị, vai trò.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficerList {
    /// The cells, row by row, at most 2,000 rows.
    pub rows: Vec<Vec<String>>,
}

/// What a workbook holds, as `POST /api/v1/officers/sheet` reads it: rows for `POST /api/v1/officers`, to be looked at before
/// they are sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficerSheet {
    /// The cells of the first sheet that has any, row by row.
    pub rows: Vec<Vec<String>>,
    /// What was mended on the way, by row.
    pub mended: Vec<BadOfficerRow>,
}

/// What became of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficersAdded {
    /// Who was made, each with a link to hand over.
    pub added: Vec<AddedOfficer>,
    /// The rows that were not taken.
    pub bad: Vec<BadOfficerRow>,
}

/// An officer who was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AddedOfficer {
    /// The row in the list, from 1 on.
    pub row: usize,
    /// Their name.
    pub name: String,
    /// The link for the first sign-in; it is told this once.
    pub link: String,
    /// Until when it can be used, in milliseconds since 1970 in UTC.
    pub until: i64,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BadOfficerRow {
    /// The row in the list, from 1 on.
    pub row: usize,
    /// What is wrong and how to mend it.
    pub says: String,
}

/// An officer, as `GET /api/v1/officers` lists them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficerListRow {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// Code of their unit.
    pub unit: String,
    /// The unit's name.
    pub unit_name: String,
    /// The names of their roles.
    pub roles: Vec<String>,
    /// Whether they may sign in.
    pub enabled: bool,
}

/// The body of `PUT /api/v1/officers/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeOfficer {
    /// Code of the unit.
    pub unit: String,
    /// The names of the roles.
    pub roles: Vec<String>,
    /// Whether they may sign in.
    pub enabled: bool,
}

/// A new link for the first sign-in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FirstLink {
    /// The link; it is told this once.
    pub link: String,
    /// Until when it can be used, in milliseconds since 1970 in UTC.
    pub until: i64,
}
