//! Keeping officers, their first links and their sessions. What is secret comes in and stays as a hash.

use crate::{Hash, StoreError};
use account::officer::{Credentials, FirstLink};
use account::{Officer, PasswordHash, Session};
use async_trait::async_trait;
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};

/// What the product asks of the place where officers are kept. Every change leaves an audit row in the same transaction.
#[async_trait]
pub trait Officers: Send + Sync {
    /// Makes officers, each with a link for the first sign-in, all of them together.
    async fn add_officers(
        &self,
        new: Vec<NewOfficer>,
        by: Option<OfficerId>,
        now: Moment,
    ) -> Result<Vec<Added>, StoreError>;

    /// Changes unit, roles and whether they may sign in; what they had open ends when they may not.
    async fn change_officer(&self, change: ChangedOfficer) -> Result<bool, StoreError>;

    /// Gives an officer a new link for the first sign-in; older ones end, and so does what they had open.
    async fn renew_first_link(&self, link: NewFirstLink) -> Result<bool, StoreError>;

    /// The officers of a unit, by name.
    async fn officers_of(&self, unit: &str) -> Result<Vec<Officer>, StoreError>;

    /// An officer.
    async fn officer(&self, id: OfficerId) -> Result<Option<Officer>, StoreError>;

    /// What an officer with this telephone number signs in by.
    async fn credentials(&self, phone: &str) -> Result<Option<Credentials>, StoreError>;

    /// The link with this token, and whom it is for.
    async fn first_link(&self, token: Hash, now: Moment) -> Result<Option<(FirstLink, Credentials)>, StoreError>;

    /// Uses a link up: the password is kept, and a session begins. Tells whether the link was still there.
    async fn finish_first(&self, token: Hash, password: PasswordHash, session: NewSession) -> Result<bool, StoreError>;

    /// Begins a session. Tells whether the authenticator's step was new: a code counts once.
    async fn begin_session(&self, session: NewSession) -> Result<bool, StoreError>;

    /// The session with this token, and its officer as they are now.
    async fn session(&self, token: Hash) -> Result<Option<(Session, Officer)>, StoreError>;

    /// Writes down that a session was used.
    async fn touch_session(&self, token: Hash, now: Moment) -> Result<(), StoreError>;

    /// Ends a session.
    async fn end_session(&self, token: Hash, now: Moment) -> Result<(), StoreError>;

    /// Forgets sessions that nobody has used since `before`, and links that have ended.
    async fn clear_sessions(&self, before: Moment, now: Moment) -> Result<(), StoreError>;

    /// Writes down that something was refused: signing in, or what is not this officer's.
    async fn record_refusal(&self, refusal: Refusal) -> Result<(), StoreError>;
}

/// An officer to make.
#[derive(Clone)]
pub struct NewOfficer {
    /// Who.
    pub officer: Officer,
    /// The authenticator's secret.
    pub secret: [u8; 20],
    /// Hash of the token of the first link.
    pub token: Hash,
    /// Until when the link can be used.
    pub until: Moment,
}

/// What became of a new officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// They are kept now.
    New,
    /// Somebody has this telephone number already. Nothing changed.
    PhoneTaken,
}

/// An officer as they are from now on.
#[derive(Clone, Debug)]
pub struct ChangedOfficer {
    /// Who.
    pub id: OfficerId,
    /// Code of the unit.
    pub unit: String,
    /// The roles.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Who changes it; nobody on the machine itself.
    pub by: Option<OfficerId>,
    /// When.
    pub now: Moment,
}

/// A new link.
#[derive(Clone)]
pub struct NewFirstLink {
    /// Who it is for.
    pub officer: OfficerId,
    /// A new secret for the authenticator.
    pub secret: [u8; 20],
    /// Hash of its token.
    pub token: Hash,
    /// Until when it can be used.
    pub until: Moment,
    /// Who gives it; nobody on the machine itself.
    pub by: Option<OfficerId>,
    /// When.
    pub now: Moment,
}

/// A session to begin.
#[derive(Clone, Copy)]
pub struct NewSession {
    /// Hash of its token.
    pub token: Hash,
    /// Whose.
    pub officer: OfficerId,
    /// The step of the authenticator whose code was shown.
    pub step: i64,
    /// When.
    pub now: Moment,
}

/// Something that was refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What, e.g. `sign-in-refused`.
    pub act: &'static str,
    /// To whom, when that is known.
    pub officer: Option<OfficerId>,
    /// What it was about, by its identifier.
    pub subject: String,
    /// When.
    pub now: Moment,
}
