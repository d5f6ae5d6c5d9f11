//! Keeping the work on dossiers: queues, reading on record, and acts.

use crate::notices::NewNotice;
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::{Channel, Dossier, DossierId, Event, State};
use procedure::calendar::Moment;
use procedure::{Filing, OfficerId, Role};
use std::fmt;

/// What the product asks of the place where dossiers are worked on.
#[async_trait]
pub trait DeskStore: Send + Sync {
    /// A page of a queue.
    async fn queue(&self, asked: QueueAsked) -> Result<Vec<Queued>, StoreError>;

    /// How many dossiers a queue has, at most `most`: counting ends there.
    async fn queue_count(&self, asked: QueueAsked, most: u32) -> Result<u32, StoreError>;

    /// A dossier with what has happened to it. Nobody is told of it: what is shown to a person is read by
    /// [`Self::read_dossier`].
    async fn dossier(&self, id: DossierId) -> Result<Option<Kept>, StoreError>;

    /// A dossier for somebody to read: that they did is on record before it is given.
    async fn read_dossier(&self, id: DossierId, reader: Reader, now: Moment) -> Result<Option<Kept>, StoreError>;

    /// The bytes of a paper of a dossier with its media type, read on record.
    async fn read_paper(
        &self,
        id: DossierId,
        sha256: Hash,
        reader: Reader,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError>;

    /// The bytes with this hash, for the system to look at: whether they are signed. Nobody is told of them; what is shown to
    /// a person is read by [`Self::read_paper`].
    async fn content(&self, sha256: Hash) -> Result<Option<Vec<u8>>, StoreError>;

    /// What an agency received in some days, in the order of reception: that it is read is on record before it is given.
    async fn register(&self, asked: RegisterAsked) -> Result<Vec<Kept>, StoreError>;

    /// Keeps an act: event, place in the queues, number, the claim of its file, its notice, audit row, together.
    async fn save_act(&self, act: NewAct) -> Result<ActSaved, StoreError>;

    /// The dossier with this lookup code, to be mended by its citizen.
    async fn dossier_of_code(&self, code_hash: Hash) -> Result<Option<Kept>, StoreError>;

    /// What became of an act with this key before: [`ActSaved::New`] when there was none.
    async fn act_before(&self, key: DraftKey, body_hash: Hash) -> Result<ActSaved, StoreError>;

    /// The size in bytes of a file that was sent up under this key.
    async fn paper_size(&self, key: DraftKey, sha256: Hash) -> Result<Option<u64>, StoreError>;

    /// How dossiers were handled, for each agency and procedure that has any.
    async fn figures(&self, asked: FiguresAsked) -> Result<Vec<Figures>, StoreError>;

    /// What officers have done in a period and hold now, for each who has or does.
    async fn officer_figures(&self, asked: FiguresAsked) -> Result<Vec<OfficerFigures>, StoreError>;

    /// Dossiers that have no place in any queue yet: those of before there were queues.
    async fn unplaced(&self, most: u32) -> Result<Vec<Kept>, StoreError>;

    /// Gives such a dossier its place.
    async fn place(&self, id: DossierId, place: Place, person: String) -> Result<(), StoreError>;

    /// Dossiers that units may see, by the words of their name or number.
    async fn search(&self, asked: SearchAsked) -> Result<Vec<Queued>, StoreError>;

    /// Dossiers that no search finds yet: those of before there was one.
    async fn unsearched(&self, most: u32) -> Result<Vec<Kept>, StoreError>;

    /// The agencies as of which the dossiers were placed last, as they were written; none before that was first done.
    async fn placed_by(&self) -> Result<Option<String>, StoreError>;

    /// The open dossiers in the queues of a unit.
    async fn open_in(&self, unit: &str) -> Result<Vec<DossierId>, StoreError>;

    /// Puts dossiers whose unit has changed where they are now. One that something happened to meanwhile has its place
    /// already and stays there.
    async fn move_dossiers(&self, moved: Vec<MovedDossier>, now: Moment) -> Result<(), StoreError>;

    /// Gives the officers of a unit that ended to its heir.
    async fn move_officers(&self, unit: &str, heir: &str, now: Moment) -> Result<u32, StoreError>;

    /// Writes down as of which agencies the dossiers are placed now.
    async fn keep_placed_by(&self, agencies: String, now: Moment) -> Result<(), StoreError>;
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// An officer.
    Officer(OfficerId),
    /// The citizen, by lookup code and digits.
    Citizen,
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Officer(officer) => officer.fmt(f),
            Self::Citizen => f.write_str("the citizen"),
        }
    }
}

/// Which queue.
#[derive(Clone, Debug)]
pub struct QueueAsked {
    /// Which of its lists.
    pub list: QueueList,
    /// The procedure; any, when nothing is said.
    pub procedure: Option<String>,
    /// Due, and number in the store, of the last row seen; the first page, when nothing is said.
    pub after: Option<(Moment, i64)>,
    /// Stages due before; any, when nothing is said.
    pub due_before: Option<Moment>,
    /// Stages due at or after; any, when nothing is said.
    pub due_from: Option<Moment>,
    /// Only those with an objection that waits to be re-checked.
    pub objected: bool,
    /// At most so many rows.
    pub most: u32,
}

/// What is searched for.
#[derive(Clone, Debug)]
pub struct SearchAsked {
    /// Codes of the units for which it is searched: the officer's own, and those whose work it has.
    pub units: Vec<String>,
    /// Words of a name or a number, or their beginnings, with marks or without.
    pub typed: String,
    /// At most so many.
    pub most: u32,
}

/// Which part of a register.
#[derive(Clone, Debug)]
pub struct RegisterAsked {
    /// Codes of the agencies that received.
    pub agencies: Vec<String>,
    /// Received at this moment or later.
    pub from: Moment,
    /// Received before this moment.
    pub before: Moment,
    /// At most so many.
    pub most: u32,
    /// Who reads.
    pub reader: OfficerId,
    /// When.
    pub now: Moment,
}

/// A list of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueList {
    /// What waits for one of these roles of the unit, and nobody else has taken.
    Waiting {
        /// Code of the unit.
        unit: String,
        /// The roles.
        roles: Vec<Role>,
        /// Who asks, and in whose place they act: what these have taken counts too.
        officers: Vec<OfficerId>,
    },
    /// What is stuck in the unit: nobody has acted for too long, or nobody has the role.
    Stuck {
        /// Code of the unit.
        unit: String,
        /// What was to be acted on by this moment is.
        now: Moment,
        /// Roles that none of the unit's officers has.
        orphaned: Vec<Role>,
    },
    /// What this officer has taken.
    Held {
        /// Who.
        officer: OfficerId,
    },
    /// What the unit waits for a supplement of.
    Standing {
        /// Code of the unit.
        unit: String,
    },
}

/// A row of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Its number in the store, for [`QueueAsked::after`].
    pub row: i64,
    /// Its name.
    pub id: DossierId,
    /// Mã hồ sơ.
    pub number: Option<String>,
    /// The person it is about.
    pub person: String,
    /// The fingerprint of its procedure.
    pub fingerprint: String,
    /// Code of the receiving agency.
    pub agency: String,
    /// When it was sent.
    pub sent_at: Moment,
    /// Where it stands.
    pub state: State,
    /// The number of its stage, from 0 on.
    pub stage: usize,
    /// Whether its clock stands.
    pub stands: bool,
    /// Who has taken it, with their name.
    pub holder: Option<(OfficerId, String)>,
    /// When the stage is due.
    pub stage_due_at: Moment,
    /// Whether an objection waits to be re-checked.
    pub objected: bool,
    /// How it came to the desk, when an officer entered it.
    pub channel: Option<Channel>,
    /// The role that acts; none once it is over.
    pub role: Option<Role>,
    /// How many events it has had.
    pub version: u32,
}

/// A dossier as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The dossier.
    pub dossier: Dossier,
    /// Mã hồ sơ.
    pub number: Option<String>,
    /// The person it is about.
    pub person: String,
    /// What has happened to it, from the first on.
    pub events: Vec<Event>,
    /// How many pages each paper has, by its hash.
    pub pages: Vec<(Hash, Option<u32>)>,
    /// Names of the officers in its events.
    pub officers: Vec<(OfficerId, String)>,
}

/// Where a dossier stands in the queues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its state.
    pub state: State,
    /// The number of its stage, from 0 on.
    pub stage: usize,
    /// Code of the unit that acts.
    pub unit: String,
    /// The role that acts; none once it is over.
    pub role: Option<Role>,
    /// Who has taken it.
    pub holder: Option<OfficerId>,
    /// When the stage is due.
    pub stage_due_at: Moment,
    /// When the whole is due.
    pub due_at: Moment,
    /// Whether the clock stands.
    pub stands: bool,
    /// When it was received, once it was.
    pub received_at: Option<Moment>,
    /// When it ended, and whether that was late, once it did.
    pub ended: Option<(Moment, bool)>,
    /// Whether an objection waits to be re-checked.
    pub objected: bool,
    /// From when on it is stuck when nobody acts; never while it stands or once it is over.
    pub stuck_at: Option<Moment>,
    /// Codes of the units that may see it: those that received it, have it, or had it.
    pub seen_by: Vec<String>,
}

/// A dossier whose unit is another one now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDossier {
    /// The dossier.
    pub id: DossierId,
    /// How many events it had when its place was told.
    pub version: u32,
    /// Code of the unit before.
    pub from: String,
    /// Where it stands now.
    pub place: Place,
}

/// An act as it was decided.
#[derive(Clone, Debug)]
pub struct NewAct {
    /// The key under which it is done once.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// The dossier.
    pub dossier: DossierId,
    /// How many events it had when it was decided.
    pub version: u32,
    /// The event that comes of it.
    pub event: Event,
    /// Where the dossier stands after it.
    pub place: Place,
    /// The number to give it, when it is received.
    pub number: Option<NumberWanted>,
    /// The files that were sent up under the key and now belong to the dossier: hash and size.
    pub files: Vec<(Hash, u64)>,
    /// What the citizen has filed from now on; what they had filed before stays to be seen.
    pub filing: Option<Filing>,
    /// What is to be told to the citizen.
    pub notice: Option<NewNotice>,
}

/// A number to give: which counter, and what stands around its running number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberWanted {
    /// Code of the unit whose counter it is.
    pub unit: String,
    /// The day in Việt Nam, as its number since 1970.
    pub day: i64,
    /// What stands before the running number.
    pub before: String,
    /// What stands after it.
    pub after: String,
    /// At least so many digits.
    pub digits: usize,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActSaved {
    /// It is kept now.
    New,
    /// It had been kept before.
    Before,
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// Something happened to the dossier meanwhile. Nothing changed.
    Changed,
    /// These files (SHA-256 in hexadecimal) were not sent up under this key. Nothing changed.
    FilesMissing(Vec<String>),
}

/// Which figures.
#[derive(Clone, Debug)]
pub struct FiguresAsked {
    /// Codes of the receiving agencies.
    pub agencies: Vec<String>,
    /// The first moment of the period.
    pub from: Moment,
    /// The first moment after it.
    pub until: Moment,
    /// Now: what is due later is not overdue.
    pub now: Moment,
}

/// How the dossiers of one agency and procedure were handled in a period. What was carried over and what was received
/// is what ended and what is in process: `carried_over + received == on_time + late + in_process`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Code of the receiving agency.
    pub agency: String,
    /// The procedure's id.
    pub procedure: String,
    /// Kỳ trước chuyển sang: received before the period and not ended before it.
    pub carried_over: u64,
    /// Tiếp nhận trong kỳ.
    pub received: u64,
    /// Ended in the period, in time.
    pub on_time: u64,
    /// Ended in the period, late.
    pub late: u64,
    /// Of those that ended: not granted.
    pub unsolved: u64,
    /// Not ended when the period was over.
    pub in_process: u64,
    /// Of those: past their date when the period was over, or now where it still lasts.
    pub overdue: u64,
    /// Of those: the citizen is waited for, as of now.
    pub supplement: u64,
}

/// What one officer of a unit has done in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficerFigures {
    /// Code of the unit.
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
