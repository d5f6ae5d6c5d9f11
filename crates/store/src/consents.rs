//! Keeping who may file for whom (nộp hộ), and what was filed by it.

use crate::mine::MineDossier;
use crate::notices::NewLetter;
use crate::{Hash, StoreError};
use account::consent::{Consent, ConsentId, Kinship, Owner, Withdrawer};
use account::{Citizen, CitizenId};
use async_trait::async_trait;
use dossier::DossierId;
use procedure::OfficerId;
use procedure::calendar::Moment;

/// What the product asks of the place where consents are kept. Every change leaves an audit row in the same transaction.
#[async_trait]
pub trait Consents: Send + Sync {
    /// Keeps a consent that is offered from an account, or that was given on paper. Tells whether it is kept: the paper must be
    /// one that the filer's account has.
    async fn add_consent(&self, new: NewConsent) -> Result<bool, StoreError>;

    /// The consents that an account gave or holds, the newest first, with how many dossiers rest on each.
    async fn consents_of(&self, citizen: CitizenId) -> Result<Vec<(Consent, u32)>, StoreError>;

    /// The consent with this code, whatever became of it.
    async fn consent_of_code(&self, code_hash: Hash) -> Result<Option<Consent>, StoreError>;

    /// Takes an offer up. Tells whether it was to be had: it waits, its time is not over, and its owner is somebody else.
    async fn accept_consent(&self, accepted: AcceptedConsent) -> Result<bool, StoreError>;

    /// Takes a consent back. Tells whether that changed anything.
    async fn withdraw_consent(&self, withdrawn: WithdrawnConsent) -> Result<bool, StoreError>;

    /// What an account filed for others, the newest first, without what rests on a consent that was taken back: at most so many,
    /// sent before the dossier at which the last page ended.
    async fn dossiers_filed_by(
        &self,
        citizen: CitizenId,
        before: Option<DossierId>,
        most: u32,
    ) -> Result<Vec<FiledDossier>, StoreError>;

    /// By whose account a dossier was filed for another, and the consent it rests on; nothing when it was not.
    async fn filed_for(&self, dossier: DossierId) -> Result<Option<FiledFor>, StoreError>;
}

/// A consent to keep.
#[derive(Clone)]
pub struct NewConsent {
    /// Its name.
    pub id: ConsentId,
    /// Hash of its code.
    pub code_hash: Hash,
    /// Whose dossiers.
    pub owner: Owner,
    /// Who files them: their account where it is known, and the name.
    pub filer: (Option<CitizenId>, String),
    /// What they are to the owner.
    pub kinship: Kinship,
    /// The id of the only procedure that it is for; nothing when it is for all of them.
    pub procedure: Option<String>,
    /// SHA-256 of the paper on which it was given; nothing when it is offered from the owner's account.
    pub paper: Option<Hash>,
    /// When.
    pub now: Moment,
    /// Until when it holds.
    pub until: Moment,
}

/// An offer that somebody takes up.
#[derive(Clone)]
pub struct AcceptedConsent {
    /// Hash of the code that they typed.
    pub code_hash: Hash,
    /// Who.
    pub filer: Citizen,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// When.
    pub now: Moment,
}

/// A consent that is taken back.
#[derive(Clone)]
pub struct WithdrawnConsent {
    /// Which.
    pub id: ConsentId,
    /// By whom.
    pub by: Withdrawer,
    /// The officer who did it for the owner, at the desk.
    pub officer: Option<OfficerId>,
    /// What is written.
    pub letters: Vec<NewLetter>,
    /// When.
    pub now: Moment,
}

/// A dossier that an account filed for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledDossier {
    /// The dossier.
    pub dossier: MineDossier,
    /// The person it is about.
    pub person: String,
    /// The consent it rests on, where one was on record.
    pub consent: Option<ConsentId>,
}

/// By whom a dossier was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledFor {
    /// The account; nothing when it was deleted.
    pub filer: Option<CitizenId>,
    /// The consent it rests on, where one was on record.
    pub consent: Option<Consent>,
}
