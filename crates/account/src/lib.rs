//! Officers: their roles and units, who may do what, and how they show who they are. Citizens: their accounts.
//!
//! This crate knows no clock, randomness, store or network: moments, salts and secrets come in as arguments.

pub mod absence;
pub mod authenticator;
pub mod citizen;
pub mod consent;
pub mod identity;
pub mod letter;
pub mod officer;
pub mod password;
pub mod policy;
pub mod registration;
pub mod roll;
pub mod session;

pub use absence::Absence;
pub use authenticator::Authenticator;
pub use citizen::{Citizen, CitizenId, CitizenSession};
pub use consent::{Consent, ConsentId, ConsentStanding};
pub use identity::IdentityId;
pub use letter::Letter;
pub use officer::Officer;
pub use password::PasswordHash;
pub use policy::{Action, Relation, may};
pub use session::Session;
