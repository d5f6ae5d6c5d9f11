//! What officers do with a petition: which acts are open where it stands, and what comes of them.

use crate::public::{MOST_TEXT_SIGNS, fault};
use crate::{Course, EventKind, Leak, Petition, PublicVersion, State, leaks};
use form::text::tidy;
use procedure::Agencies;

/// The most letters of a reason.
const MOST_REASON_SIGNS: usize = 1_000;

/// A kind of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    /// Tiếp nhận.
    Receive,
    /// Chuyển đơn vị khác.
    Route,
    /// Trả lời, or mend an answer.
    Answer,
    /// Từ chối.
    Refuse,
    /// Công khai.
    Publish,
    /// Gỡ khỏi trang công khai.
    Withdraw,
}

impl ActKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Receive, Self::Answer, Self::Route, Self::Refuse, Self::Publish, Self::Withdraw];

    /// The name by which JSON calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Route => "route",
            Self::Answer => "answer",
            Self::Refuse => "refuse",
            Self::Publish => "publish",
            Self::Withdraw => "withdraw",
        }
    }
}

/// An act as an officer wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// See [`ActKind::Receive`].
    Receive,
    /// See [`ActKind::Route`].
    Route {
        /// Code of the unit.
        to: String,
        /// Why; the citizen reads it.
        reason: String,
    },
    /// See [`ActKind::Answer`].
    Answer {
        /// The answer, to the citizen alone.
        text: String,
    },
    /// See [`ActKind::Refuse`].
    Refuse {
        /// Why.
        reason: String,
        /// Where to turn.
        turn_to: String,
    },
    /// See [`ActKind::Publish`].
    Publish {
        /// What the public will read.
        version: PublicVersion,
        /// The officer has seen what [`leaks`] found and says that it is nobody's.
        seen: bool,
    },
    /// See [`ActKind::Withdraw`].
    Withdraw {
        /// Why.
        reason: String,
    },
}

impl Act {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Receive => ActKind::Receive,
            Self::Route { .. } => ActKind::Route,
            Self::Answer { .. } => ActKind::Answer,
            Self::Refuse { .. } => ActKind::Refuse,
            Self::Publish { .. } => ActKind::Publish,
            Self::Withdraw { .. } => ActKind::Withdraw,
        }
    }
}

/// What is wrong with a field of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActFault {
    /// Nothing is written.
    Empty(&'static str),
    /// More letters than this.
    TooLong(&'static str, usize),
    /// A sign that cannot be seen or printed.
    Unprintable(&'static str),
    /// `to` is no unit, or the one that has it already.
    NoUnit,
}

impl ActFault {
    /// The field.
    #[must_use]
    pub const fn place(self) -> &'static str {
        match self {
            Self::Empty(place) | Self::TooLong(place, _) | Self::Unprintable(place) => place,
            Self::NoUnit => "to",
        }
    }
}

/// Why an act is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActRefused {
    /// It is not open where the petition stands.
    NotNow,
    /// Something has to be mended.
    Faults(Vec<ActFault>),
    /// Something in it may tell who the citizen is.
    Leaks(Vec<Leak>),
}

/// Whether an act of a kind is open. What the citizen does not want published is never published.
#[must_use]
pub fn possible(petition: &Petition, course: &Course, kind: ActKind) -> bool {
    match kind {
        ActKind::Receive => course.state == State::Sent,
        ActKind::Route | ActKind::Refuse => !course.state.is_over(),
        // What was published is taken down before it is mended: both tell the same.
        ActKind::Answer => course.state != State::Refused && course.published.is_none(),
        ActKind::Publish => course.state == State::Answered && course.published.is_none() && petition.may_publish,
        ActKind::Withdraw => course.published.is_some(),
    }
}

/// What comes of an act. `held_by` is the code of the unit that has it today.
///
/// # Errors
/// Why it is not done.
pub fn act(
    petition: &Petition,
    course: &Course,
    agencies: &Agencies,
    held_by: &str,
    act: &Act,
) -> Result<EventKind, ActRefused> {
    if !possible(petition, course, act.kind()) {
        return Err(ActRefused::NotNow);
    }
    let (lines, mut faults) = (|text: &str| tidy(text, true), Vec::new());
    let mut checked = |place, text: &str, most| {
        faults.extend(fault(place, text, most));
    };
    let event = match act {
        Act::Receive => EventKind::Received,
        Act::Route { to, reason } => {
            let reason = lines(reason);
            checked("reason", &reason, MOST_REASON_SIGNS);
            if agencies.find(to).is_none() || to == held_by {
                faults.insert(0, ActFault::NoUnit);
            }
            EventKind::Routed { to: to.clone(), reason }
        }
        Act::Answer { text } => {
            let text = lines(text);
            checked("text", &text, MOST_TEXT_SIGNS);
            EventKind::Answered { text }
        }
        Act::Refuse { reason, turn_to } => {
            let (reason, turn_to) = (lines(reason), lines(turn_to));
            checked("reason", &reason, MOST_REASON_SIGNS);
            checked("turn_to", &turn_to, MOST_REASON_SIGNS);
            EventKind::Refused { reason, turn_to }
        }
        Act::Publish { version, seen } => {
            let version = version.read().map_err(ActRefused::Faults)?;
            let found = leaks(&version, petition);
            if found.iter().any(|leak| leak.kind.is_the_senders() || !seen) {
                return Err(ActRefused::Leaks(found));
            }
            EventKind::Published(version)
        }
        Act::Withdraw { reason } => {
            let reason = lines(reason);
            checked("reason", &reason, MOST_REASON_SIGNS);
            EventKind::Withdrawn { reason }
        }
    };
    if faults.is_empty() { Ok(event) } else { Err(ActRefused::Faults(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::calendar::Moment;
    use procedure::{Agency, Level};

    fn petition(may_publish: bool) -> Petition {
        Petition {
            field: "khac".to_owned(),
            unit: None,
            says: "Đèn hỏng".to_owned(),
            name: "Lê Thị Thử".to_owned(),
            contact: "0900000123".to_owned(),
            may_publish,
            photos: Vec::new(),
        }
    }

    fn stands(state: State, published: bool) -> Course {
        let moment = Moment(0);
        Course {
            state,
            unit: "19351".to_owned(),
            holder: None,
            due_at: moment,
            answer_due_at: moment,
            ended: state.is_over().then_some((moment, false)),
            reply: None,
            published: published.then(PublicVersion::default),
        }
    }

    #[test]
    fn what_is_open_where_it_stands() {
        // In the order of `ActKind::ALL`: receive, answer, route, refuse, publish, withdraw.
        for (state, published, may_publish, open) in [
            (State::Sent, false, true, "yyyy--"),
            (State::Received, false, true, "-yyy--"),
            (State::Answered, false, true, "-y--y-"),
            (State::Answered, false, false, "-y----"),
            (State::Answered, true, true, "-----y"),
            (State::Refused, false, true, "------"),
        ] {
            let (petition, course) = (petition(may_publish), stands(state, published));
            let found = ActKind::ALL.map(|kind| if possible(&petition, &course, kind) { 'y' } else { '-' });
            assert_eq!(found.iter().collect::<String>(), open, "{state:?} {published} {may_publish}");
        }
    }

    #[test]
    fn what_is_missing_is_told_and_what_tells_of_the_sender_is_never_published() {
        let unit = |code: &str| Agency {
            code: code.to_owned(),
            name: String::new(),
            level: Level::Commune,
            parent: None,
            address: String::new(),
            phone: String::new(),
        };
        let agencies = Agencies(vec![unit("19351"), unit("461")]);
        let text = |text: &str| text.to_owned();
        let route = |to: &str, reason: &str| Act::Route { to: text(to), reason: text(reason) };
        let publish = |question: &str, seen| {
            let version = PublicVersion { title: text("Đèn"), question: text(question), answer: text("Đã sửa") };
            Act::Publish { version, seen }
        };
        let (open, over) = (stands(State::Received, false), stands(State::Answered, false));
        let done = |course: &Course, wanted: &Act| act(&petition(true), course, &agencies, "19351", wanted);
        let faults = |found: Result<EventKind, ActRefused>| match found {
            Err(ActRefused::Faults(faults)) => faults,
            _ => Vec::new(),
        };
        assert_eq!(faults(done(&open, &route("19351", " "))), [ActFault::NoUnit, ActFault::Empty("reason")]);
        assert_eq!(faults(done(&open, &route("1", "r"))), [ActFault::NoUnit]);
        assert_eq!(done(&open, &route("461", " r ")), Ok(EventKind::Routed { to: text("461"), reason: text("r") }));
        assert_eq!(done(&over, &route("461", "r")), Err(ActRefused::NotNow));
        assert_eq!(faults(done(&open, &Act::Answer { text: "d".repeat(5_001) })), [ActFault::TooLong("text", 5_000)]);
        assert!(matches!(done(&over, &publish("Chị Hoa hỏi đèn", false)), Err(ActRefused::Leaks(_))));
        assert!(matches!(done(&over, &publish("Chị Hoa hỏi đèn", true)), Ok(EventKind::Published(_))));
        assert!(matches!(done(&over, &publish("Bà LE THI THU hỏi", true)), Err(ActRefused::Leaks(_))));
        assert!(matches!(done(&over, &publish("Gọi 0900 000 123", true)), Err(ActRefused::Leaks(_))));
        assert!(matches!(done(&over, &publish("Đèn hỏng ba ngày", false)), Ok(EventKind::Published(_))));
    }
}
