//! The papers that stay in the office: the sheet that travels with a dossier, and the register of all of them.

use super::data::{moment, perhaps};
use super::{Applicant, Entry};
use procedure::calendar::Moment;
use serde::Serialize;

/// The most rows of a register that are printed at once: a commune's busiest week.
pub const MOST_REGISTER_ROWS: usize = 1_000;

/// Mẫu số 05.
#[derive(Clone, Debug, Serialize)]
pub struct Control {
    /// As in [`super::Receipt`].
    pub desk: String,
    /// Whose dossier.
    pub applicant: Applicant,
    /// Where it stands in the register.
    pub entry: Entry,
    /// When it was received.
    #[serde(serialize_with = "moment")]
    pub received: Moment,
    /// When the result is due.
    #[serde(serialize_with = "moment")]
    pub due: Moment,
    /// Who decides.
    pub decides: String,
    /// Who is asked.
    pub helps: String,
    /// Every hand-over, in order.
    pub steps: Vec<Step>,
}

/// From one hand into another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    /// Who hands over: unit and person.
    pub from: String,
    /// Who takes it.
    pub to: String,
    /// When.
    #[serde(serialize_with = "perhaps")]
    pub at: Option<Moment>,
    /// How the step before it kept its time.
    pub kept: Option<Kept>,
    /// A note.
    pub note: String,
}

/// How a step kept its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Kept {
    /// Before it was due.
    #[serde(rename = "Trước hạn")]
    Early,
    /// On the day it was due.
    #[serde(rename = "Đúng hạn")]
    OnTime,
    /// After it.
    #[serde(rename = "Quá hạn")]
    Late,
}

/// Mẫu số 06.
#[derive(Clone, Debug, Serialize)]
pub struct Register {
    /// As in [`super::Receipt`].
    pub desk: String,
    /// *Quyển số*.
    pub book: String,
    /// The first day it tells of.
    #[serde(serialize_with = "perhaps")]
    pub from: Option<Moment>,
    /// The last.
    #[serde(serialize_with = "perhaps")]
    pub to: Option<Moment>,
    /// One row a dossier, at most [`MOST_REGISTER_ROWS`].
    pub rows: Vec<Row>,
}

/// A dossier in the register.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// Its number in the book.
    pub number: String,
    /// *Mã hồ sơ*.
    pub dossier: String,
    /// The procedure's name.
    pub procedure: String,
    /// How many sets of papers.
    pub sets: u16,
    /// The owner.
    pub owner: String,
    /// Where they live.
    pub address: String,
    /// Their telephone.
    pub phone: String,
    /// Who decides.
    pub decides: String,
    /// When it was received.
    #[serde(serialize_with = "perhaps")]
    pub received: Option<Moment>,
    /// When the result is due.
    #[serde(serialize_with = "perhaps")]
    pub due: Option<Moment>,
    /// When it went to whoever decides.
    #[serde(serialize_with = "perhaps")]
    pub passed_on: Option<Moment>,
    /// When the result came back from there.
    #[serde(serialize_with = "perhaps")]
    pub came_back: Option<Moment>,
    /// When the result was handed out.
    #[serde(serialize_with = "perhaps")]
    pub handed_out: Option<Moment>,
    /// How: "Trực tiếp", "Bưu chính", "Trực tuyến".
    pub way: String,
    /// A note.
    pub note: String,
}
