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
