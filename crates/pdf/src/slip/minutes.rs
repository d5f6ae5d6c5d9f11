//! The minutes of a people's meeting (biên bản họp dân), which Quyết định 71/QĐ-UBND, mục B.3, asks for in two copies: one stays
//! in the village, one goes to the commune's committee. No form of it was published that could be read; its parts are those
//! the decision names.

use super::data::moment;
use procedure::calendar::Moment;
use serde::Serialize;

/// Biên bản họp dân.
#[derive(Clone, Debug, Serialize)]
pub struct Minutes {
    /// Thôn, bản, khu phố.
    pub village: String,
    /// Where it was held.
    pub place: String,
    /// "Khu vực nông thôn" or "Khu vực thành thị".
    pub area: String,
    /// When it began.
    #[serde(serialize_with = "moment")]
    pub begun: Moment,
    /// When it ended.
    #[serde(serialize_with = "moment")]
    pub ended: Moment,
    /// Chủ trì.
    pub chair: String,
    /// Thư ký.
    pub secretary: String,
    /// Đại diện các hộ dân.
    pub representatives: Vec<String>,
    /// How many were invited.
    pub invited: u32,
    /// How many were present.
    pub present: u32,
    /// How many of them signed on a list of paper only.
    pub on_paper: u32,
    /// Those present, by name.
    pub attendees: Vec<Attendee>,
    /// The households that were discussed.
    pub households: Vec<Discussed>,
    /// What else was said.
    pub note: String,
}

/// Somebody who was present.
#[derive(Clone, Debug, Serialize)]
pub struct Attendee {
    /// Their name.
    pub name: String,
    /// The household they came for, or their office.
    pub household: String,
}

/// A household that was discussed.
#[derive(Clone, Debug, Serialize)]
pub struct Discussed {
    /// Who asks for it.
    pub person: String,
    /// Mã hồ sơ.
    pub number: String,
    /// Điểm A.
    pub score_a: u16,
    /// Điểm B.
    pub score_b: u16,
    /// "Hộ nghèo", "Hộ cận nghèo" or neither.
    pub class: String,
    /// So many agree.
    pub agree: u32,
    /// So many do not.
    pub against: u32,
    /// So many have no opinion.
    pub no_opinion: u32,
    /// Whether enough agreed.
    pub agreed: bool,
    /// "18 trên 31 người có mặt đồng ý: đủ 50%".
    pub tally: String,
    /// What was said about it.
    pub note: String,
}
