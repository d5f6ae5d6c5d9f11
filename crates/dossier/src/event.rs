//! A dossier (hồ sơ) and what has happened to it: the state is where the last event left it.

use procedure::Filing;
use procedure::calendar::Moment;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names a dossier inside the system for ever. A citizen meets it only as the number on a signed receipt, by which the
/// office finds the dossier; it is never a key to anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DossierId(pub [u8; 16]);

impl DossierId {
    /// A UUID of version 7 (RFC 9562 §5.7): the time first, so that rows made one after the other lie together.
    #[must_use]
    pub fn new(now: Moment, random: [u8; 16]) -> Self {
        let mut bytes = random;
        bytes[..6].copy_from_slice(&now.0.to_be_bytes()[2..]);
        bytes[6] = 0x70 | (bytes[6] & 0x0F);
        bytes[8] = 0x80 | (bytes[8] & 0x3F);
        Self(bytes)
    }
}

impl fmt::Display for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, byte) in self.0.iter().enumerate() {
            if matches!(i, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for DossierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where a dossier stands, with the numbers that systems exchange between provinces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// 1 mới đăng ký: sent, and not yet looked at by an officer.
    Sent,
    /// 2 được tiếp nhận.
    Received,
    /// 3 không được tiếp nhận.
    NotReceived,
    /// 4 đang xử lý.
    InProcess,
    /// 5 yêu cầu bổ sung giấy tờ: the clock stands still.
    SupplementAsked,
    /// 6 yêu cầu thực hiện nghĩa vụ tài chính.
    FeeAsked,
    /// 7 công dân yêu cầu rút hồ sơ.
    Withdrawn,
    /// 8 dừng xử lý.
    Stopped,
    /// 9 đã xử lý xong.
    Done,
    /// 10 đã trả kết quả.
    Returned,
}

impl State {
    const ALL: [Self; 10] = [
        Self::Sent,
        Self::Received,
        Self::NotReceived,
        Self::InProcess,
        Self::SupplementAsked,
        Self::FeeAsked,
        Self::Withdrawn,
        Self::Stopped,
        Self::Done,
        Self::Returned,
    ];

    /// The number on the national wire, 1 to 10.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The state with this number on the national wire.
    #[must_use]
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// The name by which JSON and texts call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::NotReceived => "not-received",
            Self::InProcess => "in-process",
            Self::SupplementAsked => "supplement-asked",
            Self::FeeAsked => "fee-asked",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Returned => "returned",
        }
    }
}

/// One application with everything its citizen sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Its name inside the system.
    pub id: DossierId,
    /// Where it stands.
    pub state: State,
    /// When it was sent.
    pub sent_at: Moment,
    /// What was sent: the answers with the fingerprints of the forms they answer, and the papers.
    pub filing: Filing,
}

/// What the way of a dossier is told from. Nothing that a person answered is among it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracked {
    /// Where it stands.
    pub state: State,
    /// When it was sent.
    pub sent_at: Moment,
    /// The fingerprint of its procedure.
    pub fingerprint: String,
    /// Code of the agency that receives it.
    pub agency: String,
    /// What has happened to it, from the first on.
    pub events: Vec<Event>,
}

/// Something that happened to a dossier, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What.
    pub kind: EventKind,
}

/// What can happen to a dossier. Closed: the officers' events join it as they come to exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// The citizen sent it.
    Sent,
}

impl EventKind {
    /// The name under which it is kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
        }
    }

    /// The event kept under this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "sent" => Some(Self::Sent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_keep_the_numbers_of_the_national_wire() {
        for (number, state) in (1..).zip(State::ALL) {
            assert_eq!(state.number(), number);
            assert_eq!(State::of_number(number), Some(state));
        }
        assert_eq!((State::of_number(0), State::of_number(11)), (None, None));
    }

    #[test]
    fn an_id_is_a_uuid_that_sorts_by_time() {
        let early = DossierId::new(Moment(1_795_305_600_000), [0xFF; 16]);
        let late = DossierId::new(Moment(1_795_305_600_001), [0; 16]);
        assert!(early.0 < late.0);
        assert_eq!(early.to_string(), "01a2008d-7400-7fff-bfff-ffffffffffff");
    }
}
