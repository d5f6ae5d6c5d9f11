//! An officer (cán bộ, công chức): a person in a unit. Accounts belong to persons, never to units, so that what was done
//! names somebody.

use crate::PasswordHash;
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};

/// An officer as the desk knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Their name in events and the audit, for ever.
    pub id: OfficerId,
    /// Họ tên.
    pub name: String,
    /// Their telephone number, ten digits: the name by which they sign in.
    pub phone: String,
    /// Code of their unit.
    pub unit: String,
    /// What they are there.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub enabled: bool,
}

/// What an officer signs in by. Kept apart from the officer, so that nothing that only shows officers ever holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub officer: Officer,
    /// The password's hash; none before the first sign-in.
    pub password: Option<PasswordHash>,
    /// The authenticator's secret.
    pub secret: [u8; 20],
    /// The last step of the authenticator that was used: no code counts twice (RFC 6238 §5.2).
    pub last_step: i64,
}

/// The link by which an officer signs in for the first time, or anew after they lost password or telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstLink {
    /// Who it is for.
    pub officer: OfficerId,
    /// Until when it can be used.
    pub until: Moment,
}

impl Officer {
    /// Whether they have a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}
