//! Keeping notices to citizens until they are sent: an outbox, filled in the transaction of what is told: an event of a
//! dossier, or a change of an account.

use crate::StoreError;
use account::Letter;
use async_trait::async_trait;
use dossier::DossierId;
use dossier::notice::Way;
use procedure::calendar::Moment;

/// What the product asks of the place where notices wait.
#[async_trait]
pub trait Notices: Send + Sync {
    /// Notices that are to be tried by now, the longest waiting first.
    async fn due_notices(&self, asked: DueAsked<'_>) -> Result<Vec<WaitingNotice>, StoreError>;

    /// Writes a try down before it is made, and when the next one would be.
    async fn try_notice(&self, id: NoticeId, next_at: Moment) -> Result<(), StoreError>;

    /// The try has been answered: the message did not go out. From now on it goes in this way.
    async fn keep_notice(&self, id: NoticeId, way: Way) -> Result<(), StoreError>;

    /// A notice was sent, or is given up: its address is forgotten, and the audit says which of them.
    async fn end_notice(&self, id: NoticeId, end: NoticeEnd, now: Moment) -> Result<(), StoreError>;

    /// Forgets the notices made before a moment, sent or not. Tells how many.
    async fn clear_notices(&self, before: Moment) -> Result<u64, StoreError>;
}

/// Which notices.
#[derive(Clone, Copy, Debug)]
pub struct DueAsked<'a> {
    /// Those that go in one of these ways.
    pub ways: &'a [Way],
    /// And those that somebody waits for, which go in one of these.
    pub awaited: &'a [Way],
    /// To be tried by then.
    pub now: Moment,
    /// At most so many.
    pub most: u32,
}

/// Names a notice on its mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoticeId(pub [u8; 16]);

/// A notice to keep with its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNotice {
    /// Its name: random, so that a mail tells nothing of how many there are.
    pub id: NoticeId,
    /// How it goes.
    pub way: Way,
    /// The e-mail address or telephone number.
    pub to: String,
}

/// A letter about an account, to keep with what it tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetter {
    /// Its name: random.
    pub id: NoticeId,
    /// What is told.
    pub letter: Letter,
    /// How it goes.
    pub way: Way,
    /// The e-mail address or telephone number.
    pub to: String,
    /// Until when it is of use to anybody; nothing when somebody may read it any time.
    pub until: Option<Moment>,
}

/// What a notice tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Something happened to a dossier.
    Dossier {
        /// Which.
        id: DossierId,
        /// Mã hồ sơ, if the dossier had one when it happened.
        number: Option<String>,
        /// When the dossier was sent.
        sent_at: Moment,
    },
    /// An account.
    Account {
        /// What is told.
        letter: Letter,
        /// Until when it is of use.
        until: Option<Moment>,
    },
}

/// A notice that waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingNotice {
    /// Its name.
    pub id: NoticeId,
    /// What it tells of.
    pub about: About,
    /// How it goes.
    pub way: Way,
    /// The e-mail address or telephone number.
    pub to: String,
    /// When what it tells of happened.
    pub made_at: Moment,
    /// How often it was tried.
    pub tries: u32,
    /// Whether what came of the last try is not known.
    pub unanswered: bool,
}

/// How a notice ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeEnd {
    /// Whoever carries it has taken it.
    Sent,
    /// It may have gone out or not, and would come twice if it were sent again.
    Unknown,
    /// It is not tried any more.
    GivenUp,
}
