//! The plain form: what a browser without scripts gets, drawn from the same definitions as the site's pages.
//!
//! Pure: a page is a function of what was typed and what is wrong with it. All that was typed travels in the page itself, so
//! the server keeps nothing of a person before they send.

pub mod account;
mod fields;
mod filling;
mod frame;
mod papers;
pub mod posting;
mod question;
mod receipt;
pub mod services;
mod skeleton;
mod typed;

pub use filling::{Filling, target};
pub use frame::{Style, list, moment, refused};
pub use receipt::receipt;
pub use skeleton::skeleton;
pub use typed::{Typed, Version, settle};
