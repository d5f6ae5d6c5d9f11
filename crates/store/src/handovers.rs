//! Drafts on their way from one phone to another. The store holds ciphertext, hashes of what each side must show, and
//! the rule that one opener gets it, once.

use crate::{Hash, StoreError};
use async_trait::async_trait;
use procedure::calendar::Moment;

/// Names a handover. It may stand in addresses: knowing it opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HandoverId(pub [u8; 16]);

/// What the product asks of the place where handovers wait. Whatever has ended by its time is as if it had never been.
#[async_trait]
pub trait Handovers: Send + Sync {
    /// Makes room for a handover.
    async fn begin_handover(&self, new: NewHandover) -> Result<HandoverBegun, StoreError>;

    /// Keeps a part of one that nobody has opened yet. The same number again replaces the part.
    async fn put_handover_part(&self, part: NewPart) -> Result<PartKept, StoreError>;

    /// Opens one for this opener. The same opener may ask again while its lease lasts; nobody else may.
    async fn open_handover(&self, opening: Opening) -> Result<Opened, StoreError>;

    /// A part for the opener whose lease lasts, which it renews.
    async fn handover_part(&self, asked: AskedPart) -> Result<Option<Vec<u8>>, StoreError>;

    /// Ends one: the opener has everything, or the sender takes it back. Its content is deleted.
    async fn end_handover(&self, ending: Ending) -> Result<Ended, StoreError>;

    /// How one stands, for its sender.
    async fn handover(&self, id: HandoverId, sender: Hash, now: Moment) -> Result<Option<Standing>, StoreError>;

    /// Deletes what has come to its end: by its day, or by a lease that ran out. Gives how many files went.
    async fn clear_handovers(&self, now: Moment) -> Result<u64, StoreError>;
}

/// A handover to make room for.
#[derive(Clone, Debug)]
pub struct NewHandover {
    /// Its name.
    pub id: HandoverId,
    /// The part of the typed code that says which is meant.
    pub locator: String,
    /// Hash of what the sender shows.
    pub sender: Hash,
    /// Hash of what an opener with the link shows.
    pub by_key: Hash,
    /// Hash of what an opener with the typed code shows.
    pub by_code: Hash,
    /// The key, encrypted under what only the typed code gives.
    pub wrapped: Vec<u8>,
    /// How many parts are to come.
    pub parts: u32,
    /// How many bytes they have together at most.
    pub bytes: u64,
    /// Now.
    pub now: Moment,
    /// When it ends.
    pub until: Moment,
    /// The most handovers at once, of everybody.
    pub most: u64,
    /// The most bytes of all of them together.
    pub most_bytes: u64,
}

/// What became of a new handover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverBegun {
    /// There is room for it.
    New,
    /// Another one has this locator; try another.
    LocatorTaken,
    /// All room is taken.
    Full,
}

/// A part of a handover, as ciphertext.
#[derive(Clone, Debug)]
pub struct NewPart {
    /// Which handover.
    pub id: HandoverId,
    /// Hash of what the sender showed.
    pub sender: Hash,
    /// 0, 1, 2 …
    pub number: u32,
    /// SHA-256 of the content.
    pub sha256: Hash,
    /// The ciphertext.
    pub content: Vec<u8>,
    /// Now.
    pub now: Moment,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKept {
    /// It is kept.
    Kept,
    /// There is no such handover, or it is somebody else's.
    Unknown,
    /// It was opened or has ended.
    Over,
    /// More parts or more bytes than were announced.
    TooMuch,
}

/// Which handover an opener means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// By the link: its name.
    Id(HandoverId),
    /// By the typed code: its locator.
    Locator(String),
}

/// Somebody opens a handover.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Which.
    pub meant: Meant,
    /// Hash of what proves that they have the link or the code.
    pub proof: Hash,
    /// Hash of what they show from now on.
    pub opener: Hash,
    /// Now.
    pub now: Moment,
    /// How long it is theirs alone.
    pub lease: Moment,
}

/// What an opener gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It is theirs until the lease ends.
    Yours {
        /// Its name.
        id: HandoverId,
        /// The key, encrypted under what only the typed code gives.
        wrapped: Vec<u8>,
        /// How many parts there are.
        parts: u32,
    },
    /// There is none, or the proof is wrong.
    Unknown,
    /// Not all of its parts have arrived.
    NotReady,
    /// Somebody else has opened it.
    Before,
    /// Its sender took it back.
    TakenBack,
}

/// A part that an opener asks for.
#[derive(Clone, Copy, Debug)]
pub struct AskedPart {
    /// Of which handover.
    pub id: HandoverId,
    /// Hash of what the opener showed.
    pub opener: Hash,
    /// Which.
    pub number: u32,
    /// Now.
    pub now: Moment,
    /// How long the handover is theirs from now on.
    pub lease: Moment,
}

/// Who ends a handover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The opener, who has everything.
    Opener,
    /// The sender, who takes it back.
    Sender,
}

/// A handover is to end.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// Which.
    pub id: HandoverId,
    /// Whose wish it is.
    pub by: By,
    /// Hash of what they showed.
    pub token: Hash,
    /// Now.
    pub now: Moment,
}

/// What became of an ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It has ended as asked, now or before.
    Done,
    /// There is no such handover, or it is not theirs.
    Unknown,
    /// It is too late to take it back: somebody has opened it.
    Opened,
}

/// How a handover stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub state: HandoverState,
    /// Since when.
    pub since: Moment,
    /// When it ends by itself.
    pub until: Moment,
}

/// Where a handover is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoverState {
    /// Waiting to be opened, or for its last parts.
    Waiting,
    /// Somebody is getting it.
    Opening,
    /// Somebody has it, and said so.
    Taken,
    /// Somebody began to get it and did not say in time that they have it.
    Lapsed,
    /// Its sender took it back.
    TakenBack,
}

impl HandoverState {
    const ALL: [Self; 5] = [Self::Waiting, Self::Opening, Self::Taken, Self::Lapsed, Self::TakenBack];

    /// Its name, in the database and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Opening => "opening",
            Self::Taken => "taken",
            Self::Lapsed => "lapsed",
            Self::TakenBack => "taken-back",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
