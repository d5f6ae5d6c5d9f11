//! Dossiers: so far they are only sent.

pub(super) mod submit;
