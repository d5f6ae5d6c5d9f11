//! Keeping petitions: what citizens send, what officers do with it, and what is published of it.

use crate::notices::NewLetter;
use crate::{DraftKey, Hash, StoreError};
use account::CitizenId;
use async_trait::async_trait;
use petition::{Course, Event, Petition, PetitionId, PublicId, PublicVersion, State};
use procedure::OfficerId;
use procedure::calendar::Moment;

/// What the product asks of the place where petitions are kept.
#[async_trait]
pub trait Petitions: Send + Sync {
    /// What became of this key before: [`PetitionSaved::New`] when there was nothing.
    async fn petition_before(&self, key: DraftKey, body_hash: Hash) -> Result<PetitionSaved, StoreError>;

    /// Keeps a petition with the claim of its photographs and its audit row.
    async fn save_petition(&self, new: NewPetition) -> Result<PetitionSaved, StoreError>;

    /// The petition with this follow code, for its citizen.
    async fn petition_of_code(&self, code_hash: Hash) -> Result<Option<KeptPetition>, StoreError>;

    /// The petitions of an account with the keys they were sent under, the newest first, at most so many.
    async fn petitions_of_citizen(
        &self,
        citizen: CitizenId,
        most: u32,
    ) -> Result<Vec<(DraftKey, KeptPetition)>, StoreError>;

    /// A petition. Nobody is told of it: what is shown to an officer is read by [`Self::read_petition`].
    async fn petition(&self, id: PetitionId) -> Result<Option<KeptPetition>, StoreError>;

    /// A petition for an officer to read: that they did is on record before it is given.
    async fn read_petition(
        &self,
        id: PetitionId,
        officer: OfficerId,
        now: Moment,
    ) -> Result<Option<KeptPetition>, StoreError>;

    /// The media type and bytes of a photograph of a petition, read on record.
    async fn read_photo(
        &self,
        id: PetitionId,
        sha256: Hash,
        officer: OfficerId,
        now: Moment,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError>;

    /// A list of what units have.
    async fn petitions(&self, asked: PetitionsAsked) -> Result<Vec<PetitionRow>, StoreError>;

    /// How many petitions each list of these units has.
    async fn petition_counts(&self, asked: PetitionsAsked) -> Result<PetitionCounts, StoreError>;

    /// What became of an act with this key before: [`PetitionActSaved::New`] when there was none.
    async fn petition_act_before(&self, key: DraftKey, body_hash: Hash) -> Result<PetitionActSaved, StoreError>;

    /// Keeps an act: event, place, what is published or taken down, key and audit row, together.
    async fn save_petition_act(&self, new: NewPetitionAct) -> Result<PetitionActSaved, StoreError>;

    /// What is published now, the newest first.
    async fn published_petitions(&self, asked: PublishedAsked) -> Result<Vec<PublishedPetition>, StoreError>;

    /// One of them.
    async fn published_petition(&self, id: PublicId) -> Result<Option<PublishedPetition>, StoreError>;

    /// How the petitions that came in a period were handled, for each of these units that has any.
    async fn petition_figures(&self, asked: PetitionFiguresAsked) -> Result<Vec<PetitionFigures>, StoreError>;
}

/// A petition to keep.
#[derive(Clone, Debug)]
pub struct NewPetition {
    /// The key under which it is taken once; its photographs were sent up under it.
    pub key: DraftKey,
    /// SHA-256 of what was sent.
    pub body_hash: Hash,
    /// Its name.
    pub id: PetitionId,
    /// The hash of its follow code.
    pub code_hash: Hash,
    /// The account it is sent from, if any.
    pub citizen: Option<CitizenId>,
    /// When.
    pub sent_at: Moment,
    /// What is sent.
    pub petition: Petition,
    /// Where it stands at the beginning.
    pub course: Course,
}

/// What became of a petition that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionSaved {
    /// It is kept now.
    New,
    /// It had been kept before.
    Before,
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// A photograph was not sent up under this key. Nothing changed.
    PhotosMissing,
}

/// A petition as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPetition {
    /// Its name.
    pub id: PetitionId,
    /// The account it was sent from, if any. No officer is told.
    pub citizen: Option<CitizenId>,
    /// When it was sent.
    pub sent_at: Moment,
    /// Code of the unit that got it first.
    pub sent_to: String,
    /// What was sent.
    pub petition: Petition,
    /// What has happened to it.
    pub events: Vec<Event>,
    /// Names of the officers in its events.
    pub officers: Vec<(OfficerId, String)>,
    /// Names what is published of it now.
    pub public: Option<PublicId>,
}

/// Which petitions.
#[derive(Clone, Debug)]
pub struct PetitionsAsked {
    /// Codes of the units.
    pub units: Vec<String>,
    /// Which of their lists.
    pub list: PetitionList,
    /// Who asks.
    pub officer: OfficerId,
    /// Now.
    pub now: Moment,
    /// At most so many rows.
    pub most: u32,
}

/// A list of petitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionList {
    /// All that wait for something, those that are due first coming first.
    Open,
    /// Nobody has received them yet.
    New,
    /// The asker has received them.
    Mine,
    /// What is due has not been done in time.
    Late,
    /// Answered or refused, the last first.
    Over,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PetitionRow {
    /// Its name.
    pub id: PetitionId,
    /// When it was sent.
    pub sent_at: Moment,
    /// What was sent.
    pub petition: Petition,
    /// Code of the unit that has it, as it was written down.
    pub unit: String,
    /// Where it stands.
    pub state: State,
    /// Who has received it.
    pub holder: Option<String>,
    /// When the next thing is due.
    pub due_at: Moment,
    /// When it ended, and whether that was late.
    pub ended: Option<(Moment, bool)>,
    /// Whether its answer is published.
    pub is_public: bool,
}

/// How many each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PetitionCounts {
    /// [`PetitionList::Open`].
    pub open: u64,
    /// [`PetitionList::New`].
    pub new: u64,
    /// [`PetitionList::Mine`].
    pub mine: u64,
    /// [`PetitionList::Late`].
    pub late: u64,
}

/// An act as it was decided.
#[derive(Clone, Debug)]
pub struct NewPetitionAct {
    /// The key under which it is done once.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// The petition.
    pub id: PetitionId,
    /// How many events it had when it was decided.
    pub version: u32,
    /// The event that comes of it.
    pub event: Event,
    /// Where it stands after it.
    pub course: Course,
    /// The name of what is published by it, and the code of the unit it stands under.
    pub public: Option<(PublicId, String)>,
    /// What is written to whoever sent it.
    pub letters: Vec<NewLetter>,
}

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionActSaved {
    /// It is kept now.
    New,
    /// It had been kept before.
    Before,
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// Something happened to the petition meanwhile. Nothing changed.
    Changed,
}

/// Which published answers.
#[derive(Clone, Debug, Default)]
pub struct PublishedAsked {
    /// Codes of the units; of all, when there is none.
    pub units: Vec<String>,
    /// Id of the field; any, when nothing is said.
    pub field: Option<String>,
    /// Words that stand in it, with marks or without.
    pub search: String,
    /// Those before this row; the newest, when nothing is said.
    pub before: Option<i64>,
    /// At most so many.
    pub most: u32,
}

/// What the public sees. Nothing else of a petition has a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPetition {
    /// Its number in the store, for [`PublishedAsked::before`].
    pub row: i64,
    /// Its name.
    pub id: PublicId,
    /// Code of the unit that answers.
    pub unit: String,
    /// Id of the field.
    pub field: String,
    /// What an officer wrote.
    pub version: PublicVersion,
    /// When it was published.
    pub published_at: Moment,
}

/// Which figures.
#[derive(Clone, Debug)]
pub struct PetitionFiguresAsked {
    /// Codes of the units.
    pub units: Vec<String>,
    /// The first moment of the period.
    pub from: Moment,
    /// The first moment after it.
    pub until: Moment,
    /// Now.
    pub now: Moment,
}

/// How the petitions that came in a period and are a unit's were handled:
/// `came == on_time + late + open`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PetitionFigures {
    /// Code of the unit.
    pub unit: String,
    /// Sent in the period.
    pub came: u64,
    /// Of those: answered or refused in time.
    pub on_time: u64,
    /// Of those: answered or refused late.
    pub late: u64,
    /// Of those: neither answered nor refused yet.
    pub open: u64,
    /// Of the open ones: past the day on which the answer was due.
    pub overdue: u64,
    /// Of those that ended: refused.
    pub refused: u64,
    /// Of all: the answer is published.
    pub published: u64,
}
