//! Absence and delegation: who is away, and who acts in their place.

use crate::Colleague;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/absences`: the absences that concern the officer, and whom they may say it of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AbsenceList {
    /// Those that have not ended, the first to begin first.
    pub absences: Vec<Absence>,
    /// Whom an absence can be said of, the officer themselves first.
    pub officers: Vec<AbsenceChoice>,
}

/// An absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Absence {
    /// Its name.
    pub id: String,
    /// Who is absent.
    pub officer: Colleague,
    /// Who acts in their place.
    pub delegate: Colleague,
    /// The first day, 2026-12-01.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Whether it counts today.
    pub counts: bool,
    /// Whether this officer may withdraw it.
    pub withdraw: bool,
}

/// Somebody who can be absent, and who can act for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AbsenceChoice {
    /// Who.
    pub officer: Colleague,
    /// Those of their unit whose role may stand in for theirs; nobody where there is none.
    pub delegates: Vec<Colleague>,
}

/// The body of `POST /api/v1/absences`, with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    /// Id of who is absent.
    pub officer: String,
    /// Id of who acts in their place.
    pub delegate: String,
    /// The first day, 2026-12-01; not before today.
    pub from: String,
    /// The last day.
    pub until: String,
}
