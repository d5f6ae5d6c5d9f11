//! Papers on their way, in parts: what is asked of their keeping place, what goes in and what it says back.

use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use procedure::calendar::Moment;
use sha2::{Digest as _, Sha256};

/// What an upload weighs at least against the room there is, in bytes: a row and a file are not free either.
pub const LEAST_WEIGHT: u64 = 256 * 1024;

/// The name of an upload: 128 random bits that its sender alone knows. Only their hash is kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId(pub [u8; 16]);

impl UploadId {
    /// Under what it is kept.
    pub(crate) fn hash(self) -> Hash {
        Sha256::digest(self.0).into()
    }
}

/// A paper that is to come in parts.
#[derive(Clone, Copy)]
pub struct NewUpload {
    /// Its name.
    pub id: UploadId,
    /// The draft it belongs to.
    pub draft: DraftKey,
    /// SHA-256 the whole is to have.
    pub sha256: Hash,
    /// Bytes of the whole, at least 1.
    pub bytes: u64,
    /// The network it comes from.
    pub source: [u8; 8],
    /// When it was announced.
    pub now: Moment,
}

/// How many bytes unfinished uploads may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Those of one source.
    pub of_source: u64,
    /// All together.
    pub of_all: u64,
}

/// Whose room is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// That of the source.
    Source,
    /// That of all.
    All,
}

/// What became of an announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Its parts may come.
    New,
    /// The same draft has sent this very paper before: nothing need come.
    Arrived,
    /// There is no room. Nothing is kept.
    Full(Full),
}

/// An upload as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The draft it belongs to.
    pub draft: DraftKey,
    /// SHA-256 the whole is to have.
    pub sha256: Hash,
    /// Bytes of the whole.
    pub bytes: u64,
    /// Bytes that are on the disk. They are `bytes` only once the paper itself is kept.
    pub received: u64,
    /// When the last of them came.
    pub last_at: Moment,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is on the disk.
    Now,
    /// It does not belong where the upload stands. Nothing changed.
    Elsewhere,
    /// Another part is being written this very moment. Nothing changed.
    Held,
    /// There is no such upload, or its bytes are lost.
    Unknown,
    /// There is no room. Nothing changed.
    Full(Full),
}

/// Keeping uploads.
#[async_trait]
pub trait Uploads: Send + Sync {
    /// Announces a paper that comes in parts.
    async fn begin_upload(&self, upload: NewUpload, room: Room) -> Result<Begun, StoreError>;

    /// How an upload stands. One that is whole is known as long as its paper is.
    async fn upload(&self, id: UploadId) -> Result<Option<Upload>, StoreError>;

    /// Adds a part that begins at byte `at` and does not end the upload. When this returns, its bytes are on the disk.
    async fn append(
        &self,
        id: UploadId,
        at: u64,
        part: Vec<u8>,
        room: Room,
        now: Moment,
    ) -> Result<Appended, StoreError>;

    /// The first `length` bytes, if so many have come.
    async fn arrived(&self, id: UploadId, length: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// Says that the upload is whole, after its paper was kept, and lets its parts go.
    async fn end_upload(&self, id: UploadId, now: Moment) -> Result<(), StoreError>;

    /// Takes an upload away with all that came of it; answers whether there was one.
    async fn remove_upload(&self, id: UploadId) -> Result<bool, StoreError>;
}
