//! Reading what the notices of an account are made of, and keeping until when they have been seen.

use crate::StoreError;
use crate::mine::MineDossier;
use account::CitizenId;
use async_trait::async_trait;
use dossier::notice::list::Money;
use procedure::calendar::Moment;

/// What the product asks of the place where accounts' notices come from.
#[async_trait]
pub trait CitizenNotices: Send + Sync {
    /// What happened to an account and its dossiers, the newest first.
    async fn citizen_happenings(&self, asked: HappeningsAsked) -> Result<Happenings, StoreError>;

    /// Until when the account's notices have been seen; nothing before the first time.
    async fn notices_seen(&self, citizen: CitizenId) -> Result<Option<Moment>, StoreError>;

    /// They have been seen until this moment, or until a later one as before. It is a bookmark and no act, so no row of the
    /// audit tells of it.
    async fn see_notices(&self, citizen: CitizenId, until: Moment) -> Result<(), StoreError>;
}

/// Which happenings.
#[derive(Clone, Copy, Debug)]
pub struct HappeningsAsked {
    /// Whose.
    pub citizen: CitizenId,
    /// The names of the events that count.
    pub events: &'static [&'static str],
    /// Those after this moment.
    pub after: Option<Moment>,
    /// Those before this moment.
    pub before: Option<Moment>,
    /// About so many: what happened in the same moment is not parted.
    pub most: u32,
}

/// What happened, as far as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happenings {
    /// The dossiers to which something happened, with all that happened to them at any time.
    pub dossiers: Vec<(MineDossier, Vec<Money>)>,
    /// What happened to the account itself, the newest first.
    pub account: Vec<(Moment, AccountAct)>,
    /// The first moment that is in it; nothing where nothing older happened.
    pub from: Option<Moment>,
}

/// What happened to an account itself, of which its holder is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountAct {
    /// Its holder changed the password.
    PasswordChanged,
    /// The password was set by a mailed link.
    PasswordReset,
    /// Another mail address is used.
    EmailChanged,
    /// Another telephone number is used.
    PhoneChanged,
    /// All sessions were ended.
    SignedOutEverywhere,
    /// An identity provider's account was added.
    IdentityAdded,
    /// One was removed.
    IdentityRemoved,
}

impl AccountAct {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::EmailChanged,
        Self::PhoneChanged,
        Self::SignedOutEverywhere,
        Self::IdentityAdded,
        Self::IdentityRemoved,
    ];

    /// The name by which JSON calls it; the audit's has `citizen-` before it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::EmailChanged => "email-changed",
            Self::PhoneChanged => "phone-changed",
            Self::SignedOutEverywhere => "signed-out-everywhere",
            Self::IdentityAdded => "identity-added",
            Self::IdentityRemoved => "identity-removed",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}
