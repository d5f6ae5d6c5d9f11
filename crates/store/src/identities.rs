//! Keeping with which identity providers citizens sign in. What is secret comes in and stays as a hash.

use crate::notices::NewLetter;
use crate::{Hash, StoreError};
use account::identity::Person;
use account::{CitizenId, IdentityId};
use async_trait::async_trait;
use procedure::calendar::Moment;

/// What the product asks of the place where identities are kept. Every change leaves an audit row in the same transaction.
#[async_trait]
pub trait Identities: Send + Sync {
    /// Somebody goes to a provider's page.
    async fn begin_attempt(&self, new: NewAttempt) -> Result<(), StoreError>;

    /// Somebody comes back from it: what they went with, once, in the same browser, until its end.
    async fn take_attempt(&self, state: Hash, browser: Hash, now: Moment) -> Result<Option<Attempt>, StoreError>;

    /// A provider has told who somebody is: they are signed in, or asked.
    async fn arrive(&self, arrival: Arrival) -> Result<Arrived, StoreError>;

    /// The holder of an account says that an identity is theirs. Whether it is so now: the ticket is this browser's, and the
    /// account has an address or number that the provider has told.
    async fn affirm_identity(&self, affirmed: Affirmed) -> Result<bool, StoreError>;

    /// The account that was there is not theirs: they get one of their own, without the addresses that the other one has, and are
    /// signed in. Whose it is, if the ticket is good.
    async fn stand_apart(&self, apart: Apart) -> Result<Option<CitizenId>, StoreError>;

    /// The identities of an account, the oldest first.
    async fn identities(&self, citizen: CitizenId) -> Result<Vec<Identity>, StoreError>;

    /// Takes an identity from an account.
    async fn remove_identity(
        &self,
        citizen: CitizenId,
        id: IdentityId,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<IdentityRemoved, StoreError>;

    /// Puts on record that what a provider sent was not believed.
    async fn record_disbelief(&self, provider: String, why: &'static str, now: Moment) -> Result<(), StoreError>;
}

/// Somebody who goes to a provider's page.
#[derive(Clone)]
pub struct NewAttempt {
    /// Hash of the state that they come back with.
    pub state: Hash,
    /// Hash of the browser's cookie.
    pub browser: Hash,
    /// What is kept.
    pub attempt: Attempt,
    /// When.
    pub now: Moment,
}

/// What they went with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The provider's id.
    pub provider: String,
    /// The path they were at, or empty.
    pub next: String,
    /// To whose account the identity is to be added.
    pub citizen: Option<CitizenId>,
    /// Until when they may come back.
    pub until: Moment,
}

/// Who somebody is at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The provider's id.
    pub provider: String,
    /// Its address.
    pub issuer: String,
    /// Its name for the person.
    pub subject: String,
}

/// A provider has told who somebody is.
#[derive(Clone)]
pub struct Arrival {
    /// Who.
    pub subject: Subject,
    /// What it told of them.
    pub person: Person,
    /// To whose account it is to be added, which they asked for when they were signed in.
    pub link: Option<CitizenId>,
    /// What is written when it is added.
    pub letters: Vec<NewLetter>,
    /// Names for what may have to be made.
    pub fresh: Fresh,
    /// Hash of the ticket, should they have to be asked.
    pub ticket: Hash,
    /// Hash of the browser's cookie.
    pub browser: Hash,
    /// Until when they can answer.
    pub until: Moment,
    /// When.
    pub now: Moment,
}

/// Random names, made beforehand.
#[derive(Clone, Copy)]
pub struct Fresh {
    /// Of the account.
    pub citizen: CitizenId,
    /// Of the identity.
    pub identity: IdentityId,
    /// Hash of the session's token.
    pub session: Hash,
    /// Hash of the token of the session that the browser had before, which ends.
    pub before: Option<Hash>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// A known person is signed in.
    SignedIn,
    /// A new account was made, and they are signed in.
    New,
    /// It was added to the account that asked for it, and they are signed in anew.
    Linked,
    /// An account has one of the addresses or the number. A ticket waits for its holder.
    Asks,
    /// The identity is another account's.
    Taken,
}

/// Somebody who was asked, and says yes.
#[derive(Clone)]
pub struct Affirmed {
    /// Hash of the ticket.
    pub ticket: Hash,
    /// Hash of the browser's cookie.
    pub browser: Hash,
    /// Whose account it is.
    pub citizen: CitizenId,
    /// A name for the identity.
    pub identity: IdentityId,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// When.
    pub now: Moment,
}

/// Somebody who was asked, and says no.
#[derive(Clone, Copy)]
pub struct Apart {
    /// Hash of the ticket.
    pub ticket: Hash,
    /// Hash of the browser's cookie.
    pub browser: Hash,
    /// Names for what is made.
    pub fresh: Fresh,
    /// When.
    pub now: Moment,
}

/// A way to sign in of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub id: IdentityId,
    /// The provider's id.
    pub provider: String,
    /// Since when.
    pub made_at: Moment,
    /// When they last signed in with it.
    pub used_at: Moment,
}

/// What became of an identity to take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityRemoved {
    /// It is gone.
    Gone,
    /// The account has none with this name.
    Unknown,
    /// Without it nobody could sign in any more. It stays.
    Last,
}
