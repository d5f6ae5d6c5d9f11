//! Leptos components both sites use: fields, error summary, summary list.
//!
//! Nothing here has rules: components draw questions of `form` and hand typed texts on.

// The macro writes paths that begin with `::ui`, here as everywhere.
extern crate self as ui;

pub mod blob;
pub mod combobox;
pub mod error_summary;
pub mod field;
pub mod focus;
pub mod html;
pub mod prelude;
pub mod question;
pub mod sheet;
pub mod sum;
pub mod summary_list;
pub mod words;

pub use error_summary::error_summary;
pub use focus::{focus, focus_soon};
pub use html::{Html, effect};
pub use markup::html;
pub use sheet::{Sheet, Told, UnitNames};
pub use words::{fill, set_words, t, words};
