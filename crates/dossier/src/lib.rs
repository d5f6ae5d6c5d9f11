//! One application's life: submitted, followed by its lookup code; events, timeline, what a stranger may see.
//!
//! This crate knows no clock, randomness, store or network: moments and random bytes come in as arguments.

pub mod act;
pub mod belongings;
pub mod code;
pub mod course;
pub mod event;
pub mod handover;
pub mod meeting;
pub mod mend;
pub mod notice;
pub mod paper;
pub mod parcel;
pub mod posting;
pub mod rating;
pub mod reply;
pub mod submit;
pub mod timeline;
mod uuid;

pub use act::{Act, ActKind, ActRefused, act};
pub use belongings::{Belonging, belongings};
pub use code::{CodeError, LookupCode};
pub use course::{Clock, Course, course};
pub use event::{
    ByConsent, Channel, Compared, Dossier, DossierId, Entered, Event, EventKind, ResultFile, State, Supplement,
    SupplementItem, Tracked, entered,
};
pub use handover::HandoverCode;
pub use meeting::{Meeting, MeetingHeld, MeetingId};
pub use parcel::{Parcel, ParcelStanding};
pub use posting::PostingId;
pub use submit::{Desk, Promises, Random, Receipt, ReceivedPaper, Submitted, official_forms, submit};
pub use timeline::{Entry, Standing, Timeline, timeline};
