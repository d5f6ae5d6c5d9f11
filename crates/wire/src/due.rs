//! When something is owed, and the sum behind it, day by day.

use procedure::calendar;
use serde::{Deserialize, Serialize};

/// What the agency owes and by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Promises {
    /// The dossier is received, or the citizen is told what is missing.
    pub reception: Due,
    /// The result is there.
    pub result: Due,
}

/// A due moment with its sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Due {
    /// Milliseconds since 1970 in UTC.
    pub at: i64,
    /// Every calendar day from the start to the due one.
    pub sum: Vec<DueDay>,
    /// Whether the sum went past the years whose holidays are known.
    pub beyond_table: bool,
}

/// One calendar day of a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueDay {
    /// `2026-11-22`.
    pub date: String,
    /// Why it counts or does not.
    pub why: Why,
    /// What the holiday or make-up day is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Counted from and to, in milliseconds of the day in Việt Nam, when it counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<(i64, i64)>,
    /// Working milliseconds counted up to the end of this day.
    pub total: i64,
    /// True when no decree or plan confirms the day yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
}

/// Why a day counts, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// An ordinary working day.
    Working,
    /// A day off worked for another given free.
    MakeUp,
    /// The office had closed for the day.
    AfterHours,
    /// A Saturday or Sunday.
    Weekend,
    /// A holiday, or the day off in its place.
    Holiday,
    /// A working day given free.
    Swapped,
}

impl From<&dossier::Promises> for Promises {
    fn from(promises: &dossier::Promises) -> Self {
        Self { reception: (&promises.reception).into(), result: (&promises.result).into() }
    }
}

impl From<&calendar::Due> for Due {
    fn from(due: &calendar::Due) -> Self {
        Self { at: due.at.0, sum: due.sum.iter().map(DueDay::from).collect(), beyond_table: due.beyond_table }
    }
}

impl From<&calendar::SumStep> for DueDay {
    fn from(step: &calendar::SumStep) -> Self {
        let (why, name, counted) = match &step.why {
            calendar::Why::Working { from, to } => (Why::Working, None, Some((*from, *to))),
            calendar::Why::MakeUp { name, from, to } => (Why::MakeUp, Some(name.clone()), Some((*from, *to))),
            calendar::Why::AfterHours => (Why::AfterHours, None, None),
            calendar::Why::Weekend => (Why::Weekend, None, None),
            calendar::Why::Holiday(name) => (Why::Holiday, Some(name.clone()), None),
            calendar::Why::Swapped(name) => (Why::Swapped, Some(name.clone()), None),
        };
        Self { date: step.date.to_string(), why, name, counted, total: step.total_ms, uncertain: !step.certain }
    }
}
