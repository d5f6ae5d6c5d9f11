//! What there is to ask for, and short answers.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/catalogue`: what may be filed now. Texts of forms and procedures are fetched by fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Catalogue {
    /// The procedures.
    pub procedures: Vec<CatalogueProcedure>,
    /// The forms they use.
    pub forms: Vec<CatalogueForm>,
    /// The agencies that receive dossiers.
    pub agencies: Vec<CatalogueAgency>,
}

/// A procedure in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueProcedure {
    /// Its id.
    pub id: String,
    /// Its national code (mã thủ tục), empty when none was printed.
    pub code: String,
    /// Its legal name.
    pub name: String,
    /// The name people use.
    pub short: String,
    /// Its field (lĩnh vực).
    pub field: String,
    /// Fingerprint of its text.
    pub fingerprint: String,
    /// The whole time in quarters of a working day.
    pub quarter_days: u32,
}

/// A form in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueForm {
    /// Its id.
    pub id: String,
    /// Its number as printed ("Mẫu số 1a").
    pub number: String,
    /// Its title as printed.
    pub title: String,
    /// Fingerprint of its text.
    pub fingerprint: String,
}

/// An agency in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueAgency {
    /// Code of its unit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the agency above it.
    pub parent: Option<String>,
}

/// `GET /api/v1/health`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok`; anything else is a problem with its own status.
    pub status: String,
}

/// `PUT /api/v1/papers/{sha256}`: the paper as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptPaper {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// Media type, by content.
    pub kind: String,
}
