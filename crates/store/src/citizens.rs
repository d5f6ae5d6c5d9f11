//! Keeping citizens' accounts and their sessions. What is secret comes in and stays as a hash.

use crate::{Hash, StoreError};
use account::{Citizen, CitizenId, CitizenSession, PasswordHash};
use async_trait::async_trait;
use procedure::calendar::Moment;

/// What the product asks of the place where accounts are kept. Every change leaves an audit row in the same transaction.
#[async_trait]
pub trait Citizens: Send + Sync {
    /// Makes an account.
    async fn add_citizen(&self, new: NewCitizen) -> Result<CitizenAdded, StoreError>;

    /// An account.
    async fn citizen(&self, id: CitizenId) -> Result<Option<Citizen>, StoreError>;

    /// Begins a session.
    async fn begin_citizen_session(&self, session: NewCitizenSession) -> Result<(), StoreError>;

    /// The session with this token, and its citizen as they are now.
    async fn citizen_session(&self, token: Hash) -> Result<Option<(CitizenSession, Citizen)>, StoreError>;

    /// Writes down that a session was used.
    async fn touch_citizen_session(&self, token: Hash, now: Moment) -> Result<(), StoreError>;

    /// Ends a session.
    async fn end_citizen_session(&self, token: Hash, now: Moment) -> Result<(), StoreError>;
}

/// An account to make.
#[derive(Clone)]
pub struct NewCitizen {
    /// Whose; addresses in it are confirmed.
    pub citizen: Citizen,
    /// The password's hash; none for who signs in elsewhere.
    pub password: Option<PasswordHash>,
    /// When.
    pub now: Moment,
}

/// What became of a new account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitizenAdded {
    /// It is kept now.
    New,
    /// Somebody has this e-mail address or telephone number already. Nothing changed.
    Taken,
}

/// A session to begin.
#[derive(Clone, Copy)]
pub struct NewCitizenSession {
    /// Hash of its token.
    pub token: Hash,
    /// Whose.
    pub citizen: CitizenId,
    /// When.
    pub now: Moment,
}
