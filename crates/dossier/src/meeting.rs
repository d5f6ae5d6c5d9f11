//! The people's meeting (họp dân): what its minutes hold, when it agrees, and what has to be mended before it is kept.
//!
//! Quyết định 24/2021/QĐ-TTg and Quyết định 71/QĐ-UBND, mục B.3, B.4: the scores of the households are put to those present;
//! where fewer than half agree, the review is done again and the meeting held again. The same check runs on the device at the
//! village, without a network, and in the API.

mod check;

pub use check::{MOST_HOUSEHOLDS, MOST_PRESENT, Wrong, check};

use crate::act::ActRefused;
use crate::event::DossierId;
use crate::{Course, Desk};
use form::text::tidy;
use procedure::OfficerId;
use procedure::calendar::Moment;
use serde::{Deserialize, Serialize};

/// Names a meeting inside the system for ever.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeetingId(pub [u8; 16]);

crate::uuid::named!(MeetingId, "a meeting's id is a UUID");

/// Where the village lies: the scores are read by other limits in towns (Thông tư 07/2021/TT-BLĐTBXH).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Khu vực nông thôn.
    #[default]
    Rural,
    /// Khu vực thành thị.
    Urban,
}

/// What the scores make of a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Hộ nghèo.
    Poor,
    /// Hộ cận nghèo.
    NearPoor,
    /// Neither.
    NotPoor,
}

impl Class {
    /// What the scores make of a household: điểm A stands for its income, điểm B for what it lacks, ten points each
    /// (Thông tư 07/2021/TT-BLĐTBXH: hộ nghèo A ≤ 140 and B ≥ 30 in the country, A ≤ 175 and B ≥ 30 in towns; hộ cận nghèo
    /// the same A and B < 30).
    #[must_use]
    pub const fn of(area: Area, score_a: u16, score_b: u16) -> Self {
        let limit = match area {
            Area::Rural => 140,
            Area::Urban => 175,
        };
        match (score_a <= limit, score_b >= 30) {
            (true, true) => Self::Poor,
            (true, false) => Self::NearPoor,
            (false, _) => Self::NotPoor,
        }
    }

    /// In the words of the circular.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Poor => "Hộ nghèo",
            Self::NearPoor => "Hộ cận nghèo",
            Self::NotPoor => "Không thuộc hộ nghèo, hộ cận nghèo",
        }
    }
}

/// A meeting as its minutes (biên bản họp dân) tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Thôn, bản, khu phố.
    pub village: String,
    /// Where it was held.
    pub place: String,
    /// Where the village lies.
    pub area: Area,
    /// When it began.
    pub begun: Moment,
    /// When it ended.
    pub ended: Moment,
    /// Chủ trì.
    pub chair: String,
    /// Thư ký.
    pub secretary: String,
    /// Those who sign for the households (đại diện các hộ dân).
    pub representatives: Vec<String>,
    /// How many were invited.
    pub invited: u32,
    /// Those present, by name.
    pub present: Vec<Present>,
    /// How many more were present, who signed on a list of paper only.
    pub on_paper: u32,
    /// The households that were discussed.
    pub households: Vec<Discussed>,
    /// What else was said; may be empty.
    pub note: String,
}

/// Somebody who was present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Their name.
    pub name: String,
    /// The household they came for, or their office; may be empty.
    pub household: String,
}

/// A household that was discussed: its dossier, its scores, and how many were for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discussed {
    /// Its dossier.
    pub dossier: DossierId,
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
    pub note: String,
}

impl Meeting {
    /// The same with every text as it is kept: trimmed and composed.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let Self { village, place, chair, secretary, representatives, present, households, note, .. } = &mut self;
        let lines = [village, place, chair, secretary].into_iter().chain(representatives);
        let lines = lines.chain(present.iter_mut().flat_map(|one| [&mut one.name, &mut one.household]));
        lines.for_each(|text| *text = tidy(text, false));
        let notes = households.iter_mut().map(|one| &mut one.note).chain([note]);
        notes.for_each(|text| *text = tidy(text, true));
        self
    }

    /// How many were present.
    #[must_use]
    pub fn present(&self) -> u32 {
        u32::try_from(self.present.len()).unwrap_or(u32::MAX).saturating_add(self.on_paper)
    }

    /// What it decided about one of its households, when `share` of a hundred have to agree.
    #[must_use]
    pub fn held(&self, id: MeetingId, discussed: &Discussed, share: u8) -> MeetingHeld {
        let Discussed { score_a, score_b, agree, against, no_opinion, .. } = *discussed;
        let present = self.present();
        MeetingHeld {
            meeting: id,
            village: self.village.clone(),
            begun: self.begun,
            ended: self.ended,
            present,
            agree,
            against,
            no_opinion,
            score_a,
            score_b,
            class: Class::of(self.area, score_a, score_b),
            agreed: agreed(share, agree, present),
        }
    }
}

/// The minutes of a meeting (biên bản họp dân) as they are kept: what was written at the village, and whose household each
/// dossier was on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// The meeting.
    pub meeting: Meeting,
    /// One for each of its households, in their order.
    pub households: Vec<Household>,
}

/// A household as it was known on the day of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Who asks for it.
    pub person: String,
    /// Mã hồ sơ.
    pub number: String,
    /// Mã thủ tục.
    pub code: String,
    /// Of a hundred people present, so many had to agree.
    pub share: u8,
}

/// A meeting as an event of one of its dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingHeld {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Thôn, bản, khu phố.
    pub village: String,
    /// When it began.
    pub begun: Moment,
    /// When it ended.
    pub ended: Moment,
    /// How many were present.
    pub present: u32,
    /// So many agreed with the scores.
    pub agree: u32,
    /// So many did not.
    pub against: u32,
    /// So many had no opinion.
    pub no_opinion: u32,
    /// Điểm A.
    pub score_a: u16,
    /// Điểm B.
    pub score_b: u16,
    /// What the scores make of the household.
    pub class: Class,
    /// Whether enough agreed.
    pub agreed: bool,
}

/// Whether enough agree: at least `share` of a hundred of all who are present, not only of those who voted. Where nobody is
/// present nobody agrees.
#[must_use]
pub fn agreed(share: u8, agree: u32, present: u32) -> bool {
    present > 0 && u64::from(agree) * 100 >= u64::from(share) * u64::from(present)
}

/// The least number of people who have to agree.
#[must_use]
pub fn needed(share: u8, present: u32) -> u32 {
    let least = (u64::from(share) * u64::from(present)).div_ceil(100);
    u32::try_from(least).unwrap_or(u32::MAX)
}

/// How a vote stands, in a plain sentence: "18 trên 31 người có mặt đồng ý: đủ 50%".
#[must_use]
pub fn tally(share: u8, agree: u32, present: u32) -> String {
    if present == 0 {
        return "Chưa có ai trong danh sách có mặt.".to_owned();
    }
    let stands = format!("{agree} trên {present} người có mặt đồng ý");
    if agreed(share, agree, present) {
        format!("{stands}: đủ {share}%")
    } else {
        let lacks = needed(share, present).saturating_sub(agree);
        format!("{stands}: chưa đủ {share}%, cần thêm {lacks} người")
    }
}

/// Why a dossier is in no meeting. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingRefused {
    /// It is not in the stage in which the meeting is held, or its clock stands.
    NotInStage,
    /// Another officer has taken the work.
    Held,
    /// The meeting began before the dossier was received.
    BeforeReception,
    /// Another meeting about it ended after this one began.
    BeforeAnother,
}

impl MeetingRefused {
    /// What is the matter, and what to do about it.
    #[must_use]
    pub fn says(self, household: &str) -> String {
        match self {
            Self::NotInStage => {
                format!("Hồ sơ của hộ {household} không còn ở bước họp dân. Hãy bỏ hộ này ra rồi gửi lại.")
            }
            Self::Held => {
                format!(
                    "Hồ sơ của hộ {household} đang do cán bộ khác giữ. Hãy nhờ người ấy trả việc, hoặc bỏ hộ này ra."
                )
            }
            Self::BeforeReception => {
                format!("Hồ sơ của hộ {household} được tiếp nhận sau khi họp. Hãy sửa giờ họp, hoặc bỏ hộ này ra.")
            }
            Self::BeforeAnother => format!(
                "Hộ {household} đã có biên bản của một cuộc họp vào giờ đó hoặc muộn hơn. Hãy sửa giờ họp, hoặc bỏ hộ này ra."
            ),
        }
    }
}

/// Whether the dossier stands where a meeting is held about it, and how many of a hundred have to agree there.
#[must_use]
pub fn share_of(course: &Course, desk: &Desk<'_>) -> Option<u8> {
    let stage = course.stage_of(desk).filter(|_| !course.is_over() && course.unsolved.is_none())?;
    stage.meeting.map(|meeting| meeting.share)
}

/// Whether an officer can keep a meeting about a dossier that began at this moment; how many of a hundred have to agree.
///
/// # Errors
/// Why not.
pub fn possible(course: &Course, desk: &Desk<'_>, officer: OfficerId, begun: Moment) -> Result<u8, MeetingRefused> {
    let share = share_of(course, desk).filter(|_| course.goes_on()).ok_or(MeetingRefused::NotInStage)?;
    if course.holder.is_some_and(|holder| holder != officer) {
        return Err(MeetingRefused::Held);
    }
    // Minutes tell time by the minute.
    let minute = |at: Moment| at.0.div_euclid(60_000);
    if course.received_at.is_none_or(|received| minute(begun) < minute(received)) {
        return Err(MeetingRefused::BeforeReception);
    }
    if course.meeting.as_ref().is_some_and(|before| begun < before.ended) {
        return Err(MeetingRefused::BeforeAnother);
    }
    Ok(share)
}

/// Whether the dossier may go on: where a meeting is to be held, the last one has agreed.
///
/// # Errors
/// [`ActRefused::MeetingNeeded`].
pub fn forward(course: &Course, desk: &Desk<'_>) -> Result<(), ActRefused> {
    let agreed = course.meeting.as_ref().is_some_and(|held| held.agreed);
    if share_of(course, desk).is_some() && !agreed { Err(ActRefused::MeetingNeeded) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
