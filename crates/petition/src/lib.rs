//! Petitions and feedback (phản ánh, kiến nghị): what somebody sends with or without an account, which unit has it and until
//! when, what is done with it, and what the public may see of it.
//!
//! A petition is no dossier: it has no procedure, no papers that the law asks for and no result; it has an answer. What is
//! published is written anew by an officer ([`PublicVersion`]) and looked over by [`leaks`]; the citizen's own words have no way
//! into it.

mod act;
mod course;
mod privacy;
mod public;
mod rules;
mod sent;

pub use act::{Act, ActFault, ActKind, ActRefused, act, possible};
pub use course::{Course, Event, EventKind, Reply, State, course};
pub use privacy::{Leak, LeakKind, leaks};
pub use public::PublicVersion;
pub use rules::{Field, Rules};
pub use sent::{Fault, MOST_PHOTO_BYTES, MOST_PHOTOS, MOST_SIGNS, Petition, Photo, Typed};

/// Names a petition to the officers who work on it. Made of chance alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PetitionId(pub [u8; 16]);

procedure::hex_id!(PetitionId, "a petition's id has 32 hexadecimal digits");

/// Names what was published of a petition. It is another one than the petition's, so that neither leads to the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicId(pub [u8; 16]);

procedure::hex_id!(PublicId, "a published answer's id has 32 hexadecimal digits");
