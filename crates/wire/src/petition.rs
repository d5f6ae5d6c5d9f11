//! Petitions and feedback: sending and following them, what is published, and what officers do with them.

use crate::Left;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/petitions`: what is sent. Photographs go up before it, by `PUT /api/v1/papers/{sha256}` under the same key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewPetition {
    /// Id of the field it is about.
    pub field: String,
    /// Code of the unit it is for; empty for "I do not know".
    #[serde(default)]
    pub unit: String,
    /// What is written.
    pub says: String,
    /// Who writes; may be empty.
    #[serde(default)]
    pub name: String,
    /// Telephone number or e-mail address; may be empty.
    #[serde(default)]
    pub contact: String,
    /// Whether the answer may be published, without what tells of anybody.
    #[serde(default)]
    pub may_publish: bool,
    /// At most three photographs.
    #[serde(default)]
    pub photos: Vec<PetitionPhoto>,
}

/// A photograph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PetitionPhoto {
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
    /// `image/jpeg` or `image/png`.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What is answered to a petition that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionTaken {
    /// The code it is followed by; it is told only here.
    pub code: String,
    /// Where it stands.
    pub standing: PetitionStanding,
}

/// `POST /api/v1/petitions/track`: where a petition stands. What its citizen wrote is not in it: a code may be read over
/// somebody's shoulder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionStanding {
    /// `sent`, `received`, `answered` or `refused`.
    pub state: String,
    /// What it is about, in words.
    pub field: String,
    /// When it was sent, in milliseconds since 1970 in UTC.
    pub sent_at: i64,
    /// The name of the unit that has it.
    pub unit: String,
    /// The unit's help line.
    pub phone: String,
    /// When it is to be answered.
    pub answer_due_at: i64,
    /// Whether that is past and it is not answered, or was answered late.
    pub late: bool,
    /// What has happened, from the first on.
    pub events: Vec<PetitionStep>,
    /// The answer, or why it was refused; empty before that.
    pub answer: String,
    /// Where to turn, when it was refused.
    pub turn_to: String,
    /// Names the published answer in addresses; empty when it is not published.
    pub public: String,
}

/// Answered to `GET /api/v1/citizens/me/petitions`, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPetitions {
    /// The petitions that were sent from the account.
    pub rows: Vec<MyPetition>,
}

/// A petition of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyPetition {
    /// The code by which it is followed.
    pub code: String,
    /// Where it stands.
    pub standing: PetitionStanding,
}

/// Something that happened, for its citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionStep {
    /// When.
    pub at: i64,
    /// `sent`, `received`, `routed`, `answered`, `refused`, `published` or `withdrawn`.
    pub name: String,
    /// The unit it went to, of `sent` and `routed`; else empty.
    pub unit: String,
    /// Why it was passed on; else empty.
    pub reason: String,
}

/// `GET /api/v1/petitions`: answers that are published, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedPetitions {
    /// The fields there are.
    pub fields: Vec<PetitionField>,
    /// At most twenty.
    pub petitions: Vec<PublishedPetition>,
    /// What to ask for in `before` to get the next ones; nothing at the end.
    pub next: Option<i64>,
}

/// What petitions may be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionField {
    /// Its name in requests.
    pub id: String,
    /// What people read.
    pub name: String,
}

/// `GET /api/v1/petitions/{id}`: a question and its answer, as an officer wrote them for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedPetition {
    /// Its name in addresses.
    pub id: String,
    /// The name of the unit that answers.
    pub unit: String,
    /// What it is about, in words.
    pub field: String,
    /// When it was published.
    pub published_at: i64,
    /// What it is about.
    pub title: String,
    /// What was asked.
    pub question: String,
    /// What is answered.
    pub answer: String,
}

/// `GET /api/v1/desk/petitions?list=open`: petitions of the officer's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPetitions {
    /// How many there are in each list.
    pub counts: PetitionCounts,
    /// At most two hundred.
    pub rows: Vec<DeskPetitionRow>,
}

/// How many petitions each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionCounts {
    /// Neither answered nor refused.
    pub open: u64,
    /// Of those: received by nobody yet.
    pub new: u64,
    /// Of those: received by the asker.
    pub mine: u64,
    /// Of those: what is due is late.
    pub late: u64,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPetitionRow {
    /// Its id.
    pub id: String,
    /// What it is about, in words.
    pub field: String,
    /// How its text begins.
    pub begins: String,
    /// When it was sent.
    pub sent_at: i64,
    /// Where it stands.
    pub state: String,
    /// Who has received it; empty when nobody has.
    pub holder: String,
    /// When the next thing is due: receiving, then answering.
    pub due_at: i64,
    /// Working time until then, or since.
    pub left: Left,
    /// Whether it was answered late.
    pub was_late: bool,
    /// Whether its answer is published.
    pub is_public: bool,
}

/// `GET /api/v1/desk/petitions/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPetition {
    /// The row of it.
    pub row: DeskPetitionRow,
    /// How many events it has had.
    pub version: u32,
    /// What its citizen wrote.
    pub says: String,
    /// Who wrote; empty when they did not say.
    pub name: String,
    /// How to reach them; empty when they did not say.
    pub contact: String,
    /// The unit they named; empty when they did not know.
    pub asked_unit: String,
    /// Whether the answer may be published.
    pub may_publish: bool,
    /// SHA-256 of each photograph.
    pub photos: Vec<String>,
    /// When it is to be answered.
    pub answer_due_at: i64,
    /// The answer that was given last, or the reason it was refused for.
    pub answer: String,
    /// What has happened, from the first on.
    pub events: Vec<DeskPetitionEvent>,
    /// What can be done now.
    pub acts: Vec<String>,
    /// Names what is published of it in addresses; empty when nothing is.
    pub public: String,
    /// The units it can be passed on to.
    pub units: Vec<PetitionUnit>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionUnit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Something that happened, for officers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPetitionEvent {
    /// When.
    pub at: i64,
    /// Who; empty for the citizen.
    pub by: String,
    /// What, in words.
    pub says: String,
    /// What was written to it.
    pub note: String,
}

/// `POST /api/v1/desk/petitions/{id}/acts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PetitionActRequest {
    /// The version the officer has seen.
    pub version: u32,
    /// What to do.
    pub act: PetitionAct,
}

/// What an officer does with a petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PetitionAct {
    /// Tiếp nhận.
    Receive,
    /// Chuyển đơn vị khác.
    Route {
        /// Code of the unit.
        to: String,
        /// Why; the citizen reads it.
        reason: String,
    },
    /// Trả lời.
    Answer {
        /// The answer, to the citizen alone.
        text: String,
    },
    /// Từ chối.
    Refuse {
        /// Why.
        reason: String,
        /// Where to turn.
        turn_to: String,
    },
    /// Công khai. What may tell of somebody is answered with 422 and has to be seen before it is sent again.
    Publish {
        /// What it is about.
        title: String,
        /// What was asked.
        question: String,
        /// What is answered.
        answer: String,
        /// The officer has seen what was found and says that it is nobody's.
        #[serde(default)]
        seen: bool,
    },
    /// Gỡ khỏi trang công khai.
    Withdraw {
        /// Why.
        reason: String,
    },
}

/// `GET /api/v1/desk/figures/petitions?from=2026-11-01&until=2026-11-30`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionFigures {
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// One row a unit that has any.
    pub rows: Vec<PetitionFiguresRow>,
    /// All of them together, without a unit.
    pub total: PetitionFiguresRow,
}

/// How petitions that came in a period were handled: `came == on_time + late + open`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PetitionFiguresRow {
    /// The unit's name.
    pub unit: String,
    /// Came in the period.
    pub came: u64,
    /// Answered or refused in time.
    pub on_time: u64,
    /// Answered or refused late.
    pub late: u64,
    /// Neither yet.
    pub open: u64,
    /// Of those: late.
    pub overdue: u64,
    /// Of those that ended: refused.
    pub refused: u64,
    /// The answer is published.
    pub published: u64,
}
