//! What the office has said to the citizen: the result, and why something was refused, not solved or late. The lookup code
//! alone shows none of it; the last digits of the telephone number beside it do.

use crate::{Course, Event, EventKind, ResultFile, State};
use procedure::calendar::Moment;

/// All that was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The result's electronic copy (bản điện tử), once it has been issued and not before.
    pub result: Option<ResultFile>,
    /// The reasons, from the first on.
    pub says: Vec<Said>,
}

/// One reason, in an officer's words for the citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The name of the event it belongs to.
    pub event: &'static str,
    /// When.
    pub at: Moment,
    /// The words.
    pub reason: String,
}

impl Reply {
    /// Whether there is anything to open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.result.is_none() && self.says.is_empty()
    }
}

/// What was said to the citizen of a dossier. What officers write to one another is not among it.
#[must_use]
pub fn reply(course: &Course, events: &[Event]) -> Reply {
    // A result that is attached and not yet issued may still change.
    let issued = matches!(course.state, State::Done | State::Returned) && course.unsolved.is_none();
    let says = events.iter().filter_map(|event| match &event.kind {
        EventKind::NotReceived { reason }
        | EventKind::ReturnedUnsolved { reason }
        | EventKind::Extended { reason, .. } => {
            Some(Said { event: event.kind.name(), at: event.at, reason: reason.clone() })
        }
        _ => None,
    });
    Reply { result: course.result.clone().filter(|_| issued), says: says.collect() }
}
