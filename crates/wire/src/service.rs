//! The catalogue of services: fields with their counts, and services with what a person needs to know.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/services`: what the units do for people, and where it can be filed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Services {
    /// Fields (lĩnh vực) in which the unit receives something, with how many services; all fields, when no unit was named.
    pub fields: Vec<ServiceField>,
    /// The services that were asked for; those that fit best first, where something was typed.
    pub services: Vec<ListedService>,
    /// Ids of the services that are filed most now, the most first.
    pub popular: Vec<String>,
}

/// A field of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceField {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many services it has.
    pub services: usize,
}

/// A service. What is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListedService {
    /// Its id, which is its address below `/dich-vu`.
    pub id: String,
    /// Its legal name.
    pub name: String,
    /// The name people use.
    pub short: String,
    /// The id of its field.
    pub field: String,
    /// What it is good for.
    pub summary: String,
    /// Who decides it (cơ quan thực hiện).
    pub agency: String,
    /// What to bring.
    pub papers: Vec<String>,
    /// How long it takes, in words.
    pub time: String,
    /// What it costs, in words.
    pub fee: String,
    /// The laws.
    pub legal_basis: Vec<String>,
    /// The id of the procedure by which it is filed here now; null where it is not.
    pub procedure: Option<String>,
}
