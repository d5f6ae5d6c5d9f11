//! Following a dossier by its code.

use crate::Promises;
use serde::{Deserialize, Serialize};

/// The body of `POST /api/v1/track`. The code stands in the body so that it is in no address, history or log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TrackRequest {
    /// The lookup code, however it is typed.
    pub code: String,
}

/// Where a dossier stands; nothing about the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// Mã hồ sơ, once it was received.
    #[serde(default)]
    pub number: Option<String>,
    /// The procedure's legal name.
    pub procedure: String,
    /// The receiving agency's name.
    pub agency: String,
    /// Its help line.
    pub phone: String,
    /// `sent`, `received`, `not-received`, `in-process`, `supplement-asked`, `fee-asked`, `withdrawn`, `stopped`,
    /// `done`, `returned`.
    pub state: String,
    /// The same as the number on the national wire, 1 to 10.
    pub state_number: u8,
    /// When it was sent, in milliseconds since 1970 in UTC.
    pub sent_at: i64,
    /// What has happened, is happening, and comes.
    pub entries: Vec<Entry>,
    /// What is owed and by when.
    pub promises: Promises,
    /// Whether the dates are only expected (dự kiến): the dossier has not been received yet.
    pub expected: bool,
    /// Whether the clock stands: nothing is due until the citizen has sent what is asked for, or it is over.
    #[serde(default)]
    pub stands: bool,
    /// Working time until the result is due, or since; while the clock stands, what was left when it stopped.
    pub left: Left,
    /// How many papers carry a valid digital signature; nothing once it is over.
    #[serde(default)]
    pub signed: Option<usize>,
    /// How many originals are compared when the result is collected: no names, since a code shows nothing about the person.
    #[serde(default)]
    pub originals: Option<usize>,
    /// Until when it is posted publicly, while it is.
    #[serde(default)]
    pub posted_until: Option<i64>,
    /// Whether the clock stands because of the posting, and not because anything is asked of the citizen.
    #[serde(default)]
    pub rechecked: bool,
    /// Whether a fee is to be paid; how much is told to whoever has the digits too.
    #[serde(default)]
    pub fee: FeeWord,
    /// Whether it is told to the account whose own dossier it is, to which the code opens everything without digits; left out for
    /// everybody else.
    #[serde(default, skip_serializing_if = "is_not")]
    pub own: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_not(own: &bool) -> bool {
    !*own
}

/// Whether a fee is to be paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FeeWord {
    /// Nothing is to be paid.
    #[default]
    None,
    /// It is.
    Unpaid,
    /// It was.
    Paid,
    /// What was paid is not owed any more: it goes back, or went.
    Refund,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// The event it tells of: `sent`, `entered`, `received`, `supplement-asked`, `supplemented`, `not-received`,
    /// `returned-unsolved`, `extended`, `posted`, `handed-over`, `fee-paid`, `filed-by-consent`, `consent-withdrawn`; empty for a stage.
    #[serde(default)]
    pub event: String,
    /// The first stage it tells of; empty for an event.
    pub stage: String,
    /// Plain words in Vietnamese; empty for an event.
    pub says: String,
    /// Who acts, in the decision's words; empty for an event.
    pub role: String,
    /// Whether it is over.
    pub standing: Standing,
    /// When it happened, or until when it should.
    pub at: i64,
}

/// Where an entry lies as seen from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It has happened.
    Past,
    /// It is being done.
    Now,
    /// It comes later.
    Ahead,
}

/// Working time, in working days of the office's own length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Left {
    /// Whether the moment is past: "Quá …" instead of "Còn …".
    pub late: bool,
    /// Whole working days.
    pub days: u32,
    /// Working hours beyond the days.
    pub hours: u32,
    /// Minutes beyond the hours.
    pub minutes: u32,
}

impl From<&dossier::Timeline> for Timeline {
    fn from(timeline: &dossier::Timeline) -> Self {
        let left = timeline.left;
        Self {
            number: timeline.number.clone(),
            procedure: timeline.procedure.clone(),
            agency: timeline.agency.clone(),
            phone: timeline.phone.clone(),
            state: timeline.state.name().to_owned(),
            state_number: timeline.state.number(),
            sent_at: timeline.sent_at.0,
            entries: timeline.entries.iter().map(Entry::from).collect(),
            promises: (&timeline.promises).into(),
            expected: timeline.expected,
            stands: timeline.stands,
            left: Left { late: left.late, days: left.days, hours: left.hours, minutes: left.minutes },
            signed: None,
            originals: None,
            posted_until: timeline.posted_until.map(|until| until.0),
            rechecked: timeline.rechecked,
            fee: FeeWord::None,
            own: false,
        }
    }
}

impl From<&dossier::Entry> for Entry {
    fn from(entry: &dossier::Entry) -> Self {
        Self {
            event: entry.event.to_owned(),
            stage: entry.stage.clone(),
            says: entry.says.clone(),
            role: entry.role.clone(),
            standing: match entry.standing {
                dossier::Standing::Past => Standing::Past,
                dossier::Standing::Now => Standing::Now,
                dossier::Standing::Ahead => Standing::Ahead,
            },
            at: entry.at.0,
        }
    }
}
