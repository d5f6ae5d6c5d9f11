//! How dossiers were handled in a period, by unit and procedure, and by officer.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/desk/figures?from=2026-11-01&until=2026-11-30`: how dossiers were handled, in the officer's unit and below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// The first day of the period.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// A row for each agency and procedure that has any.
    pub rows: Vec<FiguresRow>,
    /// All of them together.
    pub total: FiguresRow,
}

/// The figures of one agency and procedure: what was carried over and received is what ended and what is in process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FiguresRow {
    /// The agency's name; empty in a total.
    pub agency: String,
    /// The procedure, by the name people use; empty in a total.
    pub procedure: String,
    /// Kỳ trước chuyển sang.
    pub carried_over: u64,
    /// Tiếp nhận trong kỳ.
    pub received: u64,
    /// Ended in time.
    pub on_time: u64,
    /// Ended late.
    pub late: u64,
    /// Of those that ended: not granted.
    pub unsolved: u64,
    /// Not ended when the period was over.
    pub in_process: u64,
    /// Of those: past their date.
    pub overdue: u64,
    /// Of those: the citizen is waited for, as of now.
    pub supplement: u64,
}

/// `GET /api/v1/desk/figures/officers?from=…&until=…`: what each officer has done, in the unit of whoever asks and below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficerFigures {
    /// The first day of the period.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// A row for each officer who did something or holds something now.
    pub rows: Vec<OfficerFiguresRow>,
}

/// The figures of one officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfficerFiguresRow {
    /// The unit's name.
    pub unit: String,
    /// The officer's name.
    pub officer: String,
    /// Turns done within the time of their stage.
    pub on_time: u64,
    /// Turns done after it.
    pub late: u64,
    /// Dossiers taken and not yet done, as of now.
    pub holding: u64,
    /// Of those: past the time of their stage.
    pub overdue: u64,
}
