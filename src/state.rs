//! What the site knows and keeps: the catalogue, the language, units, and on this phone drafts and receipts.

pub mod catalogue;
pub mod counter;
pub mod database;
pub mod draft;
pub mod handed_over;
pub mod handover;
pub mod language;
pub mod outbox;
pub mod photos;
pub mod receipt_keys;
pub mod receipts;
pub mod sent;
pub mod units;
pub mod work;

/// How far the open draft is kept on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// No draft is open.
    Nothing,
    /// Something typed is being written.
    Saving,
    /// All of it is on the disk since then (milliseconds since 1970, UTC).
    At(i64),
    /// The browser refuses to keep it.
    Failed,
    /// Another tab has written into it since.
    Elsewhere,
}
