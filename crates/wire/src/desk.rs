//! The officers' desk: the queue, and a dossier as officers see it.

use crate::{Channel, Colleague, DeskMeeting, DeskParcel, DeskPosting, Due, Left, Standing, Supplement};
use serde::{Deserialize, Serialize};

/// `GET /api/v1/desk/dossiers?list=…&procedure=…&after=…`: the work of a list, what is due first coming first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Queue {
    /// The rows of this page, at most 50.
    pub rows: Vec<QueueRow>,
    /// What to ask for with `after` to get the next page, when there is one.
    pub next: Option<String>,
    /// How many there are in each list.
    pub counts: QueueCounts,
}

/// How many dossiers wait in each list. Nothing is counted beyond 999, so that counting takes no longer when there are many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueCounts {
    /// `now`: what this officer can do now, taken by nobody else.
    pub now: u32,
    /// `mine`: what this officer has taken.
    pub mine: u32,
    /// `late`: of `now`, what is past the time of its stage.
    pub late: u32,
    /// `near`: of `now`, what is due within one working day.
    pub near: u32,
    /// `stopped`: what the unit waits for a supplement of.
    pub stopped: u32,
    /// `stuck`: what nobody of the unit acts on.
    pub stuck: u32,
}

/// One dossier of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueRow {
    /// Its name inside the system.
    pub id: String,
    /// Mã hồ sơ; none before reception.
    pub number: Option<String>,
    /// The person it is about or who filed it.
    pub person: String,
    /// The procedure, by the name people use.
    pub procedure: String,
    /// What is to be done, in the decision's words.
    pub stage: String,
    /// "2/6": the stage among all.
    pub place: String,
    /// Where it stands: the names of [`crate::Timeline`].
    pub state: String,
    /// Who has taken it.
    pub holder: Option<String>,
    /// Whether that is the officer who asks.
    pub mine: bool,
    /// When the stage is due, in milliseconds since 1970 in UTC; while the clock stands, when it would have been.
    pub due_at: i64,
    /// Working time until then, or since.
    pub left: Left,
    /// When it was sent.
    pub sent_at: i64,
    /// Whether an objection to its posting waits to be re-checked: then it stands before all others.
    #[serde(default)]
    pub objected: bool,
    /// How it came to the desk, when an officer entered it; nothing when it was sent online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The absent officer in whose place it is done; nobody where it is the officer's own work.
    pub on_behalf: Option<String>,
    /// How many events it has had: an act on the row names it.
    pub version: u32,
}

/// `GET /api/v1/desk/search?q=…`: dossiers that the officer may see, by mã hồ sơ or name, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    /// At most 50, over ones too.
    pub rows: Vec<QueueRow>,
    /// Whether there are more: then more words have to be typed.
    pub more: bool,
}

/// `GET /api/v1/desk/dossiers/{id}`: a dossier as an officer sees it, with what they may do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskDossier {
    /// Its name inside the system.
    pub id: String,
    /// How many events it has had; an act names it, so that nobody acts on what they have not seen.
    pub version: u32,
    /// Mã hồ sơ; none before reception.
    pub number: Option<String>,
    /// Where it stands.
    pub state: String,
    /// The same as the number on the national wire, 1 to 10.
    pub state_number: u8,
    /// The procedure's legal name.
    pub procedure: String,
    /// Mã thủ tục.
    pub procedure_code: String,
    /// The receiving agency's name.
    pub agency: String,
    /// The person whose dossier it is (chủ hồ sơ).
    pub person: String,
    /// Who filed it, when that is somebody else.
    pub filer: Option<DeskFiler>,
    /// Who entered it at the desk, when it was not sent online.
    pub entered: Option<DeskEntered>,
    /// When it was sent.
    pub sent_at: i64,
    /// Who acts now; nothing when it is over.
    pub now: Option<DeskTurn>,
    /// Every stage.
    pub stages: Vec<DeskStage>,
    /// When the whole is due; nothing while the clock stands.
    pub due: Option<Due>,
    /// Working time until then, or since.
    pub left: Left,
    /// The filled forms.
    pub forms: Vec<DeskForm>,
    /// The papers.
    pub papers: Vec<DeskPaper>,
    /// Those that this case is asked for and that did not come.
    pub unsent: Vec<DeskUnsent>,
    /// The papers without a valid digital signature: `hand-over` names each as compared with its original.
    pub originals: Vec<DeskOriginal>,
    /// What has happened, the newest first.
    pub history: Vec<DeskEvent>,
    /// What is asked for, while a supplement is awaited.
    pub supplement: Option<Supplement>,
    /// Why the desk proposes to refuse, while its head has not decided.
    pub proposed: Option<String>,
    /// Its people's meeting, where the procedure has one.
    pub meeting: Option<DeskMeeting>,
    /// The result, once it is there.
    pub result: Option<DeskResult>,
    /// What the citizen asked to go by post.
    #[serde(default)]
    pub parcels: Vec<DeskParcel>,
    /// The acts open to this officer now, by the names of [`Act`].
    pub acts: Vec<String>,
    /// Those of them that are done in the place of an absent officer.
    pub in_place_of: Vec<InPlaceOf>,
    /// Whom the work can be given to.
    pub colleagues: Vec<Colleague>,
    /// The stages it can be sent back to, by their id.
    pub back_to: Vec<String>,
    /// The fee, where there is one.
    #[serde(default)]
    pub fee: Option<DeskFee>,
    /// The papers of the desk that can be printed now: `receipt`, `supplement`, `refusal`, `apology`, `control`.
    pub slips: Vec<String>,
    /// The results that can be drafted now: `letter`, `decision`, `certificate`, `reply`.
    pub drafts: Vec<String>,
    /// How it stands with its public posting, where it is posted.
    #[serde(default)]
    pub posting: Option<DeskPosting>,
}

/// Who filed a dossier that is another person's (người nộp).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskFiler {
    /// Their name.
    pub name: String,
    /// What they are to the owner: "Trưởng thôn"; empty when it was not said.
    pub relation: String,
    /// The owner's consent that is on record; nothing when none is.
    pub consent: Option<DeskConsent>,
}

/// The consent by which a dossier was filed for its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskConsent {
    /// Who gave it.
    pub owner: String,
    /// By whose account the dossier was filed.
    pub filer: String,
    /// What the one who files is to the owner, in plain words.
    pub kinship: String,
    /// Name of the only procedure that it is for; empty for all of them.
    pub procedure: String,
    /// When it was given, in milliseconds since 1970 in UTC.
    pub given_at: i64,
    /// Until when it holds, or held.
    pub until: i64,
    /// When it was taken back.
    pub withdrawn_at: Option<i64>,
    /// Whether the officer may take it back for its owner.
    pub may_withdraw: bool,
    /// SHA-256 of the paper on which it was given, to be had among the dossier's papers; empty when it was given from the owner's
    /// account.
    pub paper: String,
    /// Media type of that paper, or empty.
    pub paper_kind: String,
}

/// That a dossier came on paper and was entered at the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEntered {
    /// How the paper came.
    pub channel: Channel,
    /// The name of the officer who typed it.
    pub by: String,
}

/// An act that is done in somebody's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InPlaceOf {
    /// The act's name.
    pub act: String,
    /// The absent officer's name.
    pub officer: String,
}

/// The fee of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskFee {
    /// In đồng.
    pub amount: i64,
    /// The same as people read it: "150.000 đồng".
    pub says: String,
    /// When it was paid online, once it was.
    pub paid_at: Option<i64>,
}

/// Who acts now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskTurn {
    /// The stage's id.
    pub stage: String,
    /// What is to be done, in the decision's words.
    pub name: String,
    /// Who acts, in the decision's words.
    pub role: String,
    /// The name of the role that acts.
    pub acts: String,
    /// The name of the unit that acts.
    pub unit: String,
    /// Who has taken it.
    pub holder: Option<Colleague>,
    /// Whether that is the officer who asks.
    pub mine: bool,
    /// When the stage is due; nothing while the clock stands.
    pub due: Option<Due>,
    /// Working time until then, or since.
    pub left: Left,
}

/// One stage of the procedure, as this dossier has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskStage {
    /// Its id.
    pub id: String,
    /// What is done, in the decision's words.
    pub name: String,
    /// Who acts, in the decision's words.
    pub role: String,
    /// The name of the unit that acts.
    pub unit: String,
    /// Working time in quarter-days.
    pub quarter_days: u16,
    /// Whether it is over.
    pub standing: Standing,
}

/// A filled form, its answers set out for reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskForm {
    /// Its id.
    pub form: String,
    /// "Mẫu số 04"; empty when it has none.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its number among the forms that have an official paper, from 1 on: `GET …/forms/{number}/pdf`.
    pub print: Option<u32>,
    /// Its steps, those with something in them.
    pub sections: Vec<DeskSection>,
}

/// The answers of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskSection {
    /// The step's title.
    pub title: String,
    /// What was asked and answered.
    pub rows: Vec<DeskAnswer>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskAnswer {
    /// Its place, with the form before it: `nd20-04/ho_ten`. A supplement names it. Empty where the guiding questions
    /// answered: that cannot be mended on the form.
    pub place: String,
    /// The question.
    pub label: String,
    /// The answer in words; empty when none was given.
    pub answer: String,
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskPaper {
    /// What a supplement names it by: `paper/giay-chung-tu`.
    pub place: String,
    /// What it is, in the procedure's words.
    pub paper: String,
    /// The file's name.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// How many pages, where they could be counted.
    pub pages: Option<u32>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256; its bytes are at `GET …/papers/{sha256}`.
    pub sha256: String,
    /// The digital signatures found in it, in the order in which they were made.
    pub signatures: Vec<PaperSignature>,
}

/// A digital signature in a PDF, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaperSignature {
    /// Whose it is, by the certificate: to be believed only with the verdict `valid`.
    pub signer: String,
    /// Their organisation; empty when none stands there.
    pub organisation: String,
    /// "MST:…", "CCCD:…" or what else the certificate numbers them by; empty when nothing does.
    pub number: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// When it was made, in milliseconds since 1970 in UTC.
    pub at: Option<i64>,
    /// Whether a trusted time-stamping service says so; else the signer's own machine does.
    pub stamped: bool,
    /// `valid`, `altered`, `changed-afterwards`, `untrusted`, `expired`, `weak`, `unreadable`.
    pub verdict: String,
    /// The verdict in a sentence.
    pub says: String,
}

/// A paper whose original is laid beside it before the result is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskOriginal {
    /// The paper's id in the procedure: `giay-chung-tu`.
    pub paper: String,
    /// What it is, in the procedure's words.
    pub name: String,
}

/// A paper that did not come: a supplement may ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskUnsent {
    /// What a supplement names it by: `paper/giay-chung-tu`.
    pub place: String,
    /// What it is, in the procedure's words.
    pub paper: String,
    /// Whether this case must have it.
    pub required: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskEvent {
    /// When, in milliseconds since 1970 in UTC.
    pub at: i64,
    /// What, in Vietnamese.
    pub says: String,
    /// Who did it; nothing for the citizen and the system.
    pub by: Option<String>,
    /// What they wrote to it; empty when nothing.
    pub note: String,
}

/// The result as it was attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskResult {
    /// Number of the decision: "12/QĐ-UBND".
    pub number: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The file's name.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// The digital signatures found in it.
    pub signatures: Vec<PaperSignature>,
}
