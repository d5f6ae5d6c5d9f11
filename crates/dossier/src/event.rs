//! A dossier (hồ sơ) and what has happened to it: the state is where the last event left it.

use crate::meeting::MeetingHeld;
use crate::parcel::Parcel;
use crate::posting::{Objection, Posted};
use procedure::calendar::Moment;
use procedure::{Filing, OfficerId};
use serde::{Deserialize, Serialize};

/// Names a dossier inside the system for ever. A citizen meets it only as the number on a signed receipt, by which the
/// office finds the dossier; it is never a key to anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct DossierId(pub [u8; 16]);

crate::uuid::named!(DossierId, "a dossier's id is a UUID");

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
    /// When it was sent.
    pub sent_at: Moment,
    /// Mã hồ sơ, once it was received.
    pub number: Option<String>,
    /// The fingerprint of its procedure.
    pub fingerprint: String,
    /// Code of the agency that receives it.
    pub agency: String,
    /// What has happened to it, from the first on.
    pub events: Vec<Event>,
    /// Whether it was filed for its owner by their consent.
    pub consent: Option<ByConsent>,
}

/// That a dossier was filed for its owner by a consent (nộp hộ).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByConsent {
    /// When the consent was taken back, if it was.
    pub withdrawn_at: Option<Moment>,
}

/// Something that happened to a dossier, when, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// The officer who did it; nobody for what the citizen did.
    pub by: Option<OfficerId>,
    /// The absent officer in whose place they did it (thay).
    pub on_behalf: Option<OfficerId>,
    /// What.
    pub kind: EventKind,
}

/// What can happen to a dossier. Closed: where a dossier stands is told from these alone, by [`crate::course()`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "detail", rename_all = "kebab-case")]
pub enum EventKind {
    /// The citizen sent it.
    Sent,
    /// It came on paper, and an officer of the one-stop desk entered it for the citizen.
    Entered {
        /// How the paper came.
        channel: Channel,
    },
    /// An officer took the work, or was given it.
    Claimed {
        /// Who has it now.
        officer: OfficerId,
    },
    /// It was given back to everybody of the role.
    Released,
    /// It was received (tiếp nhận): its official number was born with this event.
    Received,
    /// A supplement was asked for (yêu cầu bổ sung): the clock stands.
    SupplementAsked(Supplement),
    /// The citizen sent what was asked for: the clock goes on.
    Supplemented,
    /// The one-stop desk proposed to its head to refuse.
    RefusalProposed {
        /// Why.
        reason: String,
    },
    /// The head of the desk does not refuse.
    Reconsidered {
        /// Why.
        reason: String,
    },
    /// The head of the desk refused it (từ chối tiếp nhận).
    NotReceived {
        /// Why, for the citizen.
        reason: String,
    },
    /// The people's meeting was held about it (họp dân); whether it agreed stands in it.
    MeetingHeld(MeetingHeld),
    /// A turn of a stage was done.
    Forwarded {
        /// What the next one should know; may be empty.
        note: String,
    },
    /// It went back to an earlier stage.
    SentBack {
        /// The stage's id.
        stage: String,
        /// Why.
        reason: String,
    },
    /// Trả không giải quyết: it went down to the one-stop desk.
    ReturnedUnsolved {
        /// Why, for the citizen.
        reason: String,
    },
    /// More time was taken, with an apology (xin lỗi và hẹn lại).
    Extended {
        /// How much more, in quarter-days.
        quarter_days: u16,
        /// Why, for the citizen.
        reason: String,
    },
    /// The signed result was attached.
    ResultAttached(ResultFile),
    /// It was put on a public list (niêm yết công khai).
    Posted(Posted),
    /// Somebody objected to its line on the list (phản ánh): the clock stands.
    Objected(Objection),
    /// The re-check found that it stands: it is to be posted again.
    Rechecked {
        /// Why it stands.
        reason: String,
    },
    /// The citizen got the result, or the refusal in writing: it is over. With it, the originals that were compared; nothing
    /// is said in events of before that was asked.
    HandedOver(Option<Vec<Compared>>),
    /// A parcel was given to the post (đã giao bưu điện), or the post was sent for it.
    ParcelPosted {
        /// What goes.
        parcel: Parcel,
        /// The number by which the post knows it.
        number: String,
    },
    /// It arrived.
    ParcelDelivered {
        /// What went.
        parcel: Parcel,
    },
    /// It did not arrive.
    ParcelFailed {
        /// What went.
        parcel: Parcel,
        /// Why, in the words of the post.
        reason: String,
    },
}

/// How a dossier on paper came to the desk (hình thức nộp, `HinhThuc` on the national wire). What the citizen sent
/// themselves came online (trực tuyến) and has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Trực tiếp: somebody brought it.
    InPerson,
    /// Qua dịch vụ bưu chính: the post brought it.
    ByPost,
}

impl Channel {
    /// The name under which it is kept and told.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::ByPost => "by-post",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn says(self) -> &'static str {
        match self {
            Self::InPerson => "Trực tiếp",
            Self::ByPost => "Qua bưu chính",
        }
    }
}

/// How a dossier with these events came to the desk, and who entered it; nothing when the citizen sent it online.
#[must_use]
pub fn entered(events: &[Event]) -> Option<Entered> {
    let first = events.first()?;
    match (&first.kind, first.by) {
        (EventKind::Entered { channel }, Some(by)) => Some(Entered { by, channel: *channel }),
        _ => None,
    }
}

/// That a dossier was entered at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The officer who typed it.
    pub by: OfficerId,
    /// How the paper came.
    pub channel: Channel,
}

impl Entered {
    /// The event it is kept as.
    #[must_use]
    pub fn event(self, at: Moment) -> Event {
        Event { at, by: Some(self.by), on_behalf: None, kind: EventKind::Entered { channel: self.channel } }
    }
}

/// What the citizen is asked to mend or add, all in one request (NĐ 61/2018/NĐ-CP, Điều 17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// Each field or paper.
    pub items: Vec<SupplementItem>,
    /// What else is to be said; may be empty.
    pub note: String,
}

/// One field or paper to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementItem {
    /// `nd20-04/ho_ten` or `paper/giay-chung-tu`.
    pub place: String,
    /// What to mend, in words for the citizen.
    pub says: String,
}

/// A paper whose original was laid beside what was sent (đối chiếu bản chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The paper's id in the procedure: `giay-chung-tu`.
    pub paper: String,
    /// In what the original differs; empty when it is the same.
    pub differs: String,
}

/// The file of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultFile {
    /// Number of the decision: "12/QĐ-UBND".
    pub number: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The file's name.
    pub file: String,
    /// Size in bytes.
    pub bytes: u64,
}

impl EventKind {
    /// Whether it ends a turn: whoever did it has done the work that waited for them. To take work or give it on does not.
    #[must_use]
    pub fn ends_turn(&self) -> bool {
        match self {
            Self::Received
            | Self::SupplementAsked(_)
            | Self::RefusalProposed { .. }
            | Self::Reconsidered { .. }
            | Self::NotReceived { .. }
            | Self::Forwarded { .. }
            | Self::SentBack { .. }
            | Self::ReturnedUnsolved { .. }
            | Self::HandedOver(_) => true,
            Self::Sent
            | Self::Entered { .. }
            | Self::Claimed { .. }
            | Self::Released
            | Self::Supplemented
            | Self::Extended { .. }
            | Self::MeetingHeld(_)
            | Self::Posted(_)
            | Self::Objected(_)
            | Self::Rechecked { .. }
            | Self::ResultAttached(_)
            | Self::ParcelPosted { .. }
            | Self::ParcelDelivered { .. }
            | Self::ParcelFailed { .. } => false,
        }
    }

    /// The name under which it is kept and told.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Entered { .. } => "entered",
            Self::Claimed { .. } => "claimed",
            Self::Released => "released",
            Self::Received => "received",
            Self::SupplementAsked(_) => "supplement-asked",
            Self::Supplemented => "supplemented",
            Self::RefusalProposed { .. } => "refusal-proposed",
            Self::Reconsidered { .. } => "reconsidered",
            Self::NotReceived { .. } => "not-received",
            Self::MeetingHeld(_) => "meeting-held",
            Self::Forwarded { .. } => "forwarded",
            Self::SentBack { .. } => "sent-back",
            Self::ReturnedUnsolved { .. } => "returned-unsolved",
            Self::Extended { .. } => "extended",
            Self::ResultAttached(_) => "result-attached",
            Self::Posted(_) => "posted",
            Self::Objected(_) => "objected",
            Self::Rechecked { .. } => "rechecked",
            Self::HandedOver(_) => "handed-over",
            Self::ParcelPosted { .. } => "parcel-posted",
            Self::ParcelDelivered { .. } => "parcel-delivered",
            Self::ParcelFailed { .. } => "parcel-failed",
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

    #[test]
    fn only_what_an_officer_entered_first_came_by_another_way() {
        let by = OfficerId([7; 16]);
        let (sent, received) = (EventKind::Sent, EventKind::Received);
        let at = |by, kind| Event { at: Moment(1), by, on_behalf: None, kind };
        let came = |channel| EventKind::Entered { channel };
        for (events, found) in [
            (vec![], None),
            (vec![at(None, sent.clone()), at(Some(by), received.clone())], None),
            (vec![at(Some(by), came(Channel::InPerson)), at(Some(by), received)], Some(Channel::InPerson)),
            (vec![at(Some(by), came(Channel::ByPost))], Some(Channel::ByPost)),
            // What nobody entered, nobody answers for.
            (vec![at(None, came(Channel::ByPost))], None),
            (vec![at(None, sent), at(Some(by), came(Channel::ByPost))], None),
        ] {
            assert_eq!(entered(&events), found.map(|channel| Entered { by, channel }));
        }
    }

    #[test]
    fn an_event_is_kept_as_its_name_and_its_detail() {
        let supplement = Supplement {
            items: vec![SupplementItem { place: "nd20-04/ho_ten".to_owned(), says: "Ghi đủ họ tên".to_owned() }],
            note: String::new(),
        };
        for kind in [
            EventKind::Sent,
            EventKind::Entered { channel: Channel::ByPost },
            EventKind::Claimed { officer: OfficerId([7; 16]) },
            EventKind::SupplementAsked(supplement),
            EventKind::Extended { quarter_days: 8, reason: "Mưa lũ".to_owned() },
            EventKind::ParcelPosted { parcel: Parcel::Result, number: "CP123456789VN".to_owned() },
            EventKind::HandedOver(Some(vec![Compared { paper: "giay-chung-tu".to_owned(), differs: String::new() }])),
        ] {
            let json = serde_json::to_value(&kind).unwrap();
            assert_eq!(json["kind"], kind.name());
            assert_eq!(serde_json::from_value::<EventKind>(json).unwrap(), kind);
        }
        let early = serde_json::json!({ "kind": "handed-over" });
        assert_eq!(serde_json::from_value::<EventKind>(early).unwrap(), EventKind::HandedOver(None));
    }
}
