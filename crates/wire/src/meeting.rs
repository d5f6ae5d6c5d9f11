//! The people's meeting (họp dân): what an officer takes along to the village, and what comes back from it.

use dossier::meeting::{Area, Discussed, Meeting, Present};
use dossier::{DossierId, MeetingHeld};
use procedure::calendar::Moment;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/desk/meetings`: the households a meeting can be held about now, and the meetings that were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meetings {
    /// Every dossier that stands where a meeting is held and waits for this officer, what is due first coming first; at most 200.
    pub households: Vec<MeetingHousehold>,
    /// The meetings of the officer's unit, the newest first; at most 50.
    pub held: Vec<HeldMeeting>,
}

/// A household that a meeting can be held about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingHousehold {
    /// Its dossier's id.
    pub dossier: String,
    /// Mã hồ sơ.
    pub number: String,
    /// Who asks for it.
    pub person: String,
    /// Where they live; empty where the form came by hand.
    pub address: String,
    /// What is asked for, by the name people use.
    pub procedure: String,
    /// Of a hundred people present, so many have to agree.
    pub share: u8,
    /// The meeting that was held last about it.
    pub last: Option<MeetingVote>,
}

/// What a meeting decided about a household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingVote {
    /// The meeting's id; its minutes are at `GET /api/v1/desk/meetings/{id}/pdf`.
    pub meeting: String,
    /// When it began, in milliseconds since 1970 in UTC.
    pub begun_at: i64,
    /// When it ended.
    pub ended_at: i64,
    /// Thôn, bản, khu phố.
    pub village: String,
    /// So many were present.
    pub present: u32,
    /// So many agreed with the scores.
    pub agree: u32,
    /// Whether that is enough.
    pub agreed: bool,
}

impl From<&MeetingHeld> for MeetingVote {
    fn from(held: &MeetingHeld) -> Self {
        Self {
            meeting: held.meeting.to_string(),
            begun_at: held.begun.0,
            ended_at: held.ended.0,
            village: held.village.clone(),
            present: held.present,
            agree: held.agree,
            agreed: held.agreed,
        }
    }
}

/// A meeting that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldMeeting {
    /// Its id; its minutes are at `GET /api/v1/desk/meetings/{id}/pdf`.
    pub id: String,
    /// When it began, in milliseconds since 1970 in UTC.
    pub begun_at: i64,
    /// Thôn, bản, khu phố.
    pub village: String,
    /// So many were present.
    pub present: u32,
    /// How each household came out of it.
    pub households: Vec<MeetingOutcome>,
}

/// How a household came out of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingOutcome {
    /// Its dossier's id.
    pub dossier: String,
    /// Who asked for it.
    pub person: String,
    /// So many agreed with the scores.
    pub agree: u32,
    /// Whether that was enough.
    pub agreed: bool,
}

/// What a dossier's page says about its people's meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskMeeting {
    /// Of a hundred people present, so many have to agree, while the dossier stands in that stage and too few have agreed;
    /// nothing otherwise.
    pub needed: Option<u8>,
    /// The meetings that were held about it, the newest first.
    pub held: Vec<MeetingVote>,
}

/// The body of `POST /api/v1/desk/meetings`, with an `Idempotency-Key`. Answered with the [`HeldMeeting`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingRequest {
    /// Thôn, bản, khu phố.
    pub village: String,
    /// Where it was held.
    pub place: String,
    /// Where the village lies.
    pub area: MeetingArea,
    /// When it began, in milliseconds since 1970 in UTC.
    pub begun_at: i64,
    /// When it ended.
    pub ended_at: i64,
    /// Chủ trì.
    pub chair: String,
    /// Thư ký.
    pub secretary: String,
    /// Đại diện các hộ dân.
    pub representatives: Vec<String>,
    /// How many were invited.
    pub invited: u32,
    /// Those present, by name.
    pub present: Vec<MeetingPresent>,
    /// How many more were present, who signed on a list of paper only.
    pub on_paper: u32,
    /// The households that were discussed.
    pub households: Vec<MeetingDiscussed>,
    /// What else was said; may be empty.
    #[serde(default)]
    pub note: String,
}

/// Where a village lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MeetingArea {
    /// Khu vực nông thôn.
    #[default]
    Rural,
    /// Khu vực thành thị.
    Urban,
}

/// Somebody who was present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingPresent {
    /// Their name.
    pub name: String,
    /// The household they came for, or their office; may be empty.
    #[serde(default)]
    pub household: String,
}

/// A household that was discussed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingDiscussed {
    /// Its dossier's id.
    pub dossier: String,
    /// Điểm A.
    pub score_a: u16,
    /// Điểm B.
    pub score_b: u16,
    /// So many agree.
    pub agree: u32,
    /// So many do not.
    pub against: u32,
    /// So many have no opinion.
    pub no_opinion: u32,
    /// What was said about it; may be empty.
    #[serde(default)]
    pub note: String,
}

impl From<MeetingArea> for Area {
    fn from(area: MeetingArea) -> Self {
        match area {
            MeetingArea::Rural => Self::Rural,
            MeetingArea::Urban => Self::Urban,
        }
    }
}

impl MeetingRequest {
    /// The meeting as the domain knows it; none, when a dossier's id is no id.
    #[must_use]
    pub fn meeting(&self) -> Option<Meeting> {
        let discussed = |one: &MeetingDiscussed| {
            Some(Discussed {
                dossier: DossierId::read(&one.dossier)?,
                score_a: one.score_a,
                score_b: one.score_b,
                agree: one.agree,
                against: one.against,
                no_opinion: one.no_opinion,
                note: one.note.clone(),
            })
        };
        let present = |one: &MeetingPresent| Present { name: one.name.clone(), household: one.household.clone() };
        Some(Meeting {
            village: self.village.clone(),
            place: self.place.clone(),
            area: self.area.into(),
            begun: Moment(self.begun_at),
            ended: Moment(self.ended_at),
            chair: self.chair.clone(),
            secretary: self.secretary.clone(),
            representatives: self.representatives.clone(),
            invited: self.invited,
            present: self.present.iter().map(present).collect(),
            on_paper: self.on_paper,
            households: self.households.iter().map(discussed).collect::<Option<_>>()?,
            note: self.note.clone(),
        })
    }
}
