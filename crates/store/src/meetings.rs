//! Keeping the people's meetings: minutes, and with them one event of every dossier that was discussed, or nothing at all.

use crate::desk::NewAct;
use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::meeting::Minutes;
use dossier::{DossierId, MeetingId};
use procedure::OfficerId;
use procedure::calendar::Moment;

/// What the product asks of the place where meetings are kept.
#[async_trait]
pub trait Meetings: Send + Sync {
    /// Keeps a meeting: its minutes, the event, place and audit row of each of its dossiers, and its key, together.
    async fn save_meeting(&self, meeting: NewMeeting) -> Result<MeetingSaved, StoreError>;

    /// What became of a meeting with this key before: [`MeetingSaved::New`] when there was none.
    async fn meeting_before(&self, key: DraftKey, body_hash: Hash) -> Result<MeetingSaved, StoreError>;

    /// A meeting. Nobody is told of it: what is shown to a person is read by [`Self::read_meeting`].
    async fn meeting(&self, id: MeetingId) -> Result<Option<KeptMeeting>, StoreError>;

    /// A meeting of a unit for an officer to read: that they did is on record before it is given.
    async fn read_meeting(
        &self,
        id: MeetingId,
        unit: &str,
        reader: OfficerId,
        now: Moment,
    ) -> Result<Option<KeptMeeting>, StoreError>;

    /// The meetings that a unit held, the newest first.
    async fn meetings_of(&self, unit: &str, most: u32) -> Result<Vec<KeptMeeting>, StoreError>;
}

/// A meeting to keep.
#[derive(Clone, Debug)]
pub struct NewMeeting {
    /// The key under which it is kept once.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// The meeting.
    pub meeting: KeptMeeting,
    /// What becomes of each of its dossiers; keys and hashes of their own do not count.
    pub acts: Vec<NewAct>,
}

/// A meeting as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMeeting {
    /// Its name.
    pub id: MeetingId,
    /// Code of the unit that held it.
    pub unit: String,
    /// Who wrote it down.
    pub officer: OfficerId,
    /// When it was kept.
    pub kept_at: Moment,
    /// Its minutes.
    pub minutes: Minutes,
}

/// What became of a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingSaved {
    /// It is kept now.
    New,
    /// It had been kept before, under this name.
    Before(MeetingId),
    /// The key belongs to another body. Nothing changed.
    KeyReused,
    /// Something happened to these dossiers meanwhile. Nothing changed, of the others neither.
    Changed(Vec<DossierId>),
}
