//! The official paper of a form as PDF, filled or blank, and the papers of the one-stop desk.
//!
//! How a paper looks is written in Typst: `forms/templates/<id>/print.typ` over the vocabulary in `typst/paper.typ`; a
//! template without one gets the layout in `typst/generic.typ`, made from its definition; the papers that an office issues
//! lie in `typst/slips/`. This crate alone names Typst.
//! It knows no file, network or clock: the sources come in as texts, the fonts are part of the program, and equal
//! arguments give equal bytes. What people typed reaches Typst as data in a JSON file, never as source.

mod data;
mod error;
mod press;
mod printed;
mod qr;
pub mod slip;
mod world;

pub use error::PdfError;
pub use press::{Facts, Press, Printed};
pub use slip::Slip;

/// The most characters of answers that are printed. The largest template, all its rows filled to the brim, has half as many.
pub const MOST_CHARACTERS: usize = 40_000;
/// The most pages of one paper.
pub const MOST_PAGES: usize = 40;
