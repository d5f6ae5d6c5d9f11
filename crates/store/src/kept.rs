//! What goes into the store and what it says back.

use crate::desk::Place;
use crate::notices::NewLetter;
use account::{CitizenId, ConsentId};
use dossier::{Dossier, Event};
use procedure::calendar::Moment;
use std::fmt::Write as _;

/// A SHA-256, or a keyed hash of the same length.
pub type Hash = [u8; 32];

/// The key a draft is born with; its papers and its submission carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DraftKey(pub [u8; 16]);

/// The kinds of text that dossiers point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A form as its public JSON.
    Form,
    /// A procedure as its public JSON.
    Procedure,
}

impl TextKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Procedure => "procedure",
        }
    }
}

/// A paper whose content was looked at and whose hash was computed from these very bytes.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// The draft it belongs to.
    pub draft: DraftKey,
    /// SHA-256 of the bytes.
    pub sha256: Hash,
    /// Media type by content.
    pub kind: String,
    /// How many pages, where they could be counted.
    pub pages: Option<u32>,
    /// The bytes.
    pub content: Vec<u8>,
    /// When it came.
    pub now: Moment,
}

/// What became of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperKept {
    /// It is kept now.
    New,
    /// The same draft had sent it before.
    Before,
}

/// A decided submission, ready to keep.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    /// The draft's key, under which it is answered once.
    pub key: DraftKey,
    /// SHA-256 of the request body as it came.
    pub body_hash: Hash,
    /// Keyed hash of the lookup code; the code itself is not kept.
    pub code_hash: Hash,
    /// The dossier.
    pub dossier: Dossier,
    /// What happened to it so far.
    pub events: Vec<Event>,
    /// Where it stands in the queues.
    pub place: Place,
    /// The person it is about, for the queue.
    pub person: String,
    /// Whose account sends it, and for whom.
    pub sender: SentBy,
    /// What is written about it, beside its own notices.
    pub letters: Vec<NewLetter>,
    /// The answer as it will be given now and every time after; secrets that are kept as hashes only are left out of it.
    pub answer: Vec<u8>,
}

/// Whose account a dossier is sent from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentBy {
    /// Nobody is signed in.
    Nobody,
    /// The account of its owner, or of their family: it is among their dossiers.
    Owner(CitizenId),
    /// The account of somebody who says that they file for another.
    Filer {
        /// Who.
        citizen: CitizenId,
        /// The consent by which they do; nothing when none is on record.
        consent: Option<ConsentId>,
    },
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept now; its answer may be given.
    New,
    /// It had been kept before; this was answered.
    Before(Vec<u8>),
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// These papers (SHA-256 in hexadecimal) have not been sent up by this draft as declared. Nothing changed.
    PapersMissing(Vec<String>),
}

/// What is known about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Nothing.
    No,
    /// This was answered to the same body.
    Before(Vec<u8>),
    /// It belongs to another body.
    KeyReused,
}

/// What clearing took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// Papers of drafts that were never sent.
    pub papers: u64,
    /// Uploads that nobody went on with, or whose paper is long whole.
    pub uploads: u64,
    /// Files of bytes that nothing points to any more.
    pub files: u64,
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Exactly `N` bytes written in lower-case hexadecimal.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
