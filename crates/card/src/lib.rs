//! The QR code of a citizen's identity card (CCCD with chip since 2021, Căn cước since July 2024): what it says, the unit of today for the residence it names, and the answers it gives to a form.
//!
//! The code is not signed: it saves typing and proves nothing. Nothing here keeps, prints or logs the raw text.

mod account;
mod alignment;
mod answers;
mod card;
mod field;
mod residence;

pub use account::Kept;
pub use answers::answers;
pub use card::{Birth, Card, Doubt, NotACard, Part, Sex};
pub use residence::{Home, Residence};
