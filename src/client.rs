//! Talking to the server: files of the site, papers, dossiers, look-ups.

mod fetch;
pub mod dossiers;
pub mod papers;
pub mod track;

pub use fetch::{Answer, Failure, get, send};
