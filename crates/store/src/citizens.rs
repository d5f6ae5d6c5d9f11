//! Keeping citizens' accounts and their sessions. What is secret comes in and stays as a hash.

use crate::notices::{NewLetter, NoticeId};
use crate::{Hash, StoreError};
use account::citizen::{Credentials, Details, Login, Purpose, Registration};
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

    /// An account and how it is opened.
    async fn citizen_credentials(&self, login: &Login) -> Result<Option<Credentials>, StoreError>;

    /// Puts it on record that a link was asked for, keeps it if there is one, and the letters that tell of it.
    async fn ask_citizen_link(&self, asked: AskedLink) -> Result<(), StoreError>;

    /// What an unused link of this purpose opens, as of a moment. Nothing is used up.
    async fn citizen_link(&self, token: Hash, purpose: Purpose, now: Moment) -> Result<Option<OpenedLink>, StoreError>;

    /// Uses a link up: makes the account that was asked for and begins a session. Every other link to the same address that
    /// would make one ends. Gives the account as it is now; nothing, and nothing changed, when there is no such link, or not any
    /// more, or its address has an account by now.
    async fn finish_registration(&self, done: FinishedRegistration) -> Result<Option<Citizen>, StoreError>;

    /// Uses a link up: sets the password, ends all sessions, begins one. Every link of the account ends. Gives the same.
    async fn finish_reset(&self, done: FinishedReset) -> Result<Option<Citizen>, StoreError>;

    /// Uses a link up: the account's address is the one the link was sent to. Every link of the account ends.
    /// Gives the same.
    async fn finish_email(
        &self,
        token: Hash,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<Option<Citizen>, StoreError>;

    /// Sets another password and ends the account's sessions but this one.
    async fn change_citizen_password(&self, change: ChangedPassword) -> Result<(), StoreError>;

    /// Writes down what a citizen tells of themselves.
    async fn change_citizen_details(
        &self,
        id: CitizenId,
        name: String,
        details: Details,
        now: Moment,
    ) -> Result<(), StoreError>;

    /// Keeps that digits were sent to a telephone number, in place of any before.
    async fn ask_phone_code(&self, asked: AskedCode) -> Result<(), StoreError>;

    /// Counts a try at the digits; gives what they are made of, if they may still be tried.
    async fn try_phone_code(&self, id: CitizenId, now: Moment) -> Result<Option<SentCode>, StoreError>;

    /// The digits were right: the number is the account's. Nothing, and nothing changed, when they were used up or replaced by others
    /// meanwhile.
    async fn finish_phone(
        &self,
        id: CitizenId,
        code: NoticeId,
        letters: Vec<NewLetter>,
        now: Moment,
    ) -> Result<Option<CitizenAdded>, StoreError>;

    /// Ends all sessions of an account.
    async fn end_citizen_sessions(&self, id: CitizenId, now: Moment) -> Result<(), StoreError>;

    /// Erases an account with its sessions, links and codes. The audit keeps its bare name.
    async fn delete_citizen(&self, id: CitizenId, letters: Vec<NewLetter>, now: Moment) -> Result<(), StoreError>;

    /// Forgets sessions, links and codes that have ended.
    async fn clear_citizens(&self, now: Moment) -> Result<(), StoreError>;

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

/// That a link was asked for.
#[derive(Clone)]
pub struct AskedLink {
    /// The link; none where the address has no account to change, or has the one that would be made.
    pub link: Option<NewLink>,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// What was asked for.
    pub purpose: Purpose,
    /// When.
    pub now: Moment,
}

/// A link to keep.
#[derive(Clone)]
pub struct NewLink {
    /// Hash of its token.
    pub token: Hash,
    /// The address that it is sent to.
    pub email: String,
    /// What it is about.
    pub of: LinkOf,
    /// Until when it can be used.
    pub until: Moment,
}

/// What a link is about.
#[derive(Clone)]
pub enum LinkOf {
    /// An account that would be made.
    New(Box<Registration>),
    /// An account that there is.
    Account(CitizenId),
}

/// A link that can be used.
#[derive(Clone)]
pub struct OpenedLink {
    /// The address that it was sent to.
    pub email: String,
    /// What was told on registering.
    pub registration: Option<Registration>,
    /// The account that it changes.
    pub citizen: Option<Citizen>,
    /// Until when it can be used.
    pub until: Moment,
}

/// A registration that is confirmed.
#[derive(Clone)]
pub struct FinishedRegistration {
    /// Hash of the link's token.
    pub link: Hash,
    /// The account's name.
    pub id: CitizenId,
    /// The password's hash.
    pub password: PasswordHash,
    /// Hash of the new session's token.
    pub session: Hash,
    /// When.
    pub now: Moment,
}

/// A password that is set by a link.
#[derive(Clone)]
pub struct FinishedReset {
    /// Hash of the link's token.
    pub link: Hash,
    /// The password's hash.
    pub password: PasswordHash,
    /// Hash of the new session's token.
    pub session: Hash,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// When.
    pub now: Moment,
}

/// A password that its holder changes.
#[derive(Clone)]
pub struct ChangedPassword {
    /// Whose.
    pub id: CitizenId,
    /// Hash of the token of the session that goes on.
    pub session: Hash,
    /// The password's hash.
    pub password: PasswordHash,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// When.
    pub now: Moment,
}

/// That digits are sent to a telephone number.
#[derive(Clone)]
pub struct AskedCode {
    /// Whose it is to be.
    pub id: CitizenId,
    /// The message.
    pub letter: NewLetter,
    /// Until when the digits can be typed.
    pub until: Moment,
    /// When.
    pub now: Moment,
}

/// Digits that were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// Name of the message that carried them.
    pub message: NoticeId,
    /// The number that it went to.
    pub phone: String,
}
