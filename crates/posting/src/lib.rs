//! What the public sees of dossiers that are posted (niêm yết công khai): a name and a place for each, and until when.
//!
//! A [`PublicEntry`] has no room for anything else. No category, clause of law, coefficient, amount, form, paper, number or
//! date of a dossier comes into this crate, so none can come out of it: what is posted "trừ những thông tin liên quan đến
//! HIV/AIDS" (Decision 71/QĐ-UBND, B.1 step 1.2) is so by construction. Order, size and group are functions of names and
//! places alone.

mod entry;
mod place;
mod window;

pub use entry::{Line, Person, PublicEntry, lines};
pub use place::{LEAST_GROUP, village};
pub use window::{WHY, window};
