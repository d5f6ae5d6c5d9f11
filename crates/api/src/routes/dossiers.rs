//! Dossiers: sent, and for a day given back on paper.

pub(super) mod print;
pub(super) mod submit;
