//! One application's life: submitted, followed by its lookup code; events, timeline, what a stranger may see.
//!
//! This crate knows no clock, randomness, store or network: moments and random bytes come in as arguments.

pub mod code;
pub mod event;
pub mod handover;
pub mod paper;
pub mod submit;
pub mod timeline;

pub use code::{CodeError, LookupCode};
pub use event::{Dossier, DossierId, Event, EventKind, State, Tracked};
pub use handover::HandoverCode;
pub use submit::{Desk, Promises, Random, Receipt, ReceivedPaper, Submitted, official_forms, submit};
pub use timeline::{Entry, Standing, Timeline, timeline};
