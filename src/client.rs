//! Talking to the server: files of the site, papers, dossiers, look-ups.

pub mod dossiers;
mod fetch;
pub mod forms;
pub mod handovers;
pub mod papers;
pub mod payments;
pub mod ratings;
pub mod replies;
pub mod supplements;
pub mod track;
pub mod uploads;

pub use fetch::{Answer, Failure, begin, bytes, get, send};
