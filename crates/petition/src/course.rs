//! Where a petition stands: a function of what has happened to it, and of the office's rules and calendar.

use crate::{PublicVersion, Rules};
use procedure::OfficerId;
use procedure::calendar::{Calendar, Hours, Moment, due_at};
use serde::{Deserialize, Serialize};

/// Something that happened to a petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// The officer; none for what the citizen did.
    pub by: Option<OfficerId>,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum EventKind {
    /// Tiếp nhận: the unit says that it is theirs.
    Received,
    /// Chuyển: it is another unit's. The citizen reads why.
    Routed {
        /// Code of the unit that has it now.
        to: String,
        /// Why.
        reason: String,
    },
    /// Trả lời, to the citizen alone. A later one mends an earlier one.
    Answered {
        /// The answer.
        text: String,
    },
    /// Từ chối: it is not for petitions.
    Refused {
        /// Why.
        reason: String,
        /// Where to turn.
        turn_to: String,
    },
    /// Công khai: question and answer as an officer wrote them for the public.
    Published(PublicVersion),
    /// Gỡ: it is not public any more.
    Withdrawn {
        /// Why.
        reason: String,
    },
}

impl EventKind {
    /// The name by which the audit calls it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Routed { .. } => "routed",
            Self::Answered { .. } => "answered",
            Self::Refused { .. } => "refused",
            Self::Published(_) => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Sent; nobody has received it yet.
    Sent,
    /// A unit looks into it.
    Received,
    /// Answered.
    Answered,
    /// Not for petitions.
    Refused,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sent, Self::Received, Self::Answered, Self::Refused];

    /// The name by which JSON and the store call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Answered => "answered",
            Self::Refused => "refused",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether nothing is owed any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Answered | Self::Refused)
    }
}

/// What the citizen was told at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The answer.
    Answer(String),
    /// Why it was refused, and where to turn.
    Refusal {
        /// Why.
        reason: String,
        /// Where to turn.
        turn_to: String,
    },
}

/// Where a petition stands and what is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Where it stands.
    pub state: State,
    /// Code of the unit that has it, as it was written down then.
    pub unit: String,
    /// Who has received it there.
    pub holder: Option<OfficerId>,
    /// When the next thing is due: receiving it, afterwards answering it.
    pub due_at: Moment,
    /// When it is to be answered.
    pub answer_due_at: Moment,
    /// When it was answered or refused first, and whether that was late.
    pub ended: Option<(Moment, bool)>,
    /// What the citizen was told last.
    pub reply: Option<Reply>,
    /// What the public sees now.
    pub published: Option<PublicVersion>,
}

/// Follows what has happened from when it was sent to a unit. The time to answer is the citizen's: it counts from the
/// sending, however often the petition is passed on.
#[must_use]
pub fn course(rules: &Rules, calendar: &Calendar, hours: &Hours, sent: (Moment, &str), events: &[Event]) -> Course {
    let (sent_at, unit) = sent;
    let after = |from: Moment, days: u8| due_at(calendar, hours, from, u32::from(days) * 4);
    let answer_due_at = after(sent_at, rules.answer_days);
    let to_receive = |from: Moment| after(from, rules.receive_days).min(answer_due_at);
    let mut course = Course {
        state: State::Sent,
        unit: unit.to_owned(),
        holder: None,
        due_at: to_receive(sent_at),
        answer_due_at,
        ended: None,
        reply: None,
        published: None,
    };
    for Event { at, by, kind } in events {
        match kind {
            EventKind::Received => {
                (course.state, course.due_at) = (State::Received, answer_due_at);
                course.holder = *by;
            }
            EventKind::Routed { to, .. } => {
                (course.state, course.due_at) = (State::Sent, to_receive(*at));
                course.unit.clone_from(to);
                course.holder = None;
            }
            EventKind::Answered { text } => {
                end(&mut course, State::Answered, *at);
                course.reply = Some(Reply::Answer(text.clone()));
            }
            EventKind::Refused { reason, turn_to } => {
                end(&mut course, State::Refused, *at);
                course.reply = Some(Reply::Refusal { reason: reason.clone(), turn_to: turn_to.clone() });
            }
            EventKind::Published(version) => course.published = Some(version.clone()),
            EventKind::Withdrawn { .. } => course.published = None,
        }
    }
    course
}

fn end(course: &mut Course, state: State, at: Moment) {
    course.state = state;
    course.due_at = course.answer_due_at;
    course.ended = course.ended.or(Some((at, at > course.answer_due_at)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Date;

    fn at(day: &str, hour: i64) -> Moment {
        Moment::at(Date::parse(day).unwrap_or(Date::from_days(0)), hour * 3_600_000)
    }

    #[test]
    fn the_citizens_time_goes_on_however_often_it_is_passed_on() {
        let text = "receive_days = 2\nanswer_days = 5\n[[field]]\nid = \"khac\"\nname = \"Việc khác\"\n";
        let rules = Rules::load(text).unwrap_or_else(|error| unreachable!("{error}"));
        let hours = Hours::parse(&["07:00-11:30", "13:30-17:00"]).unwrap_or_else(|error| unreachable!("{error}"));
        let calendar = Calendar::new(Vec::new(), vec![2026]);
        let event = |at, kind| Event { at, by: None, kind };
        let routed = |at| event(at, EventKind::Routed { to: "461".to_owned(), reason: "Việc của huyện".to_owned() });
        let answered = |at, text: &str| event(at, EventKind::Answered { text: text.to_owned() });
        let refusal = || EventKind::Refused { reason: "r".to_owned(), turn_to: "t".to_owned() };
        let (monday, wednesday, friday) = (at("2026-11-23", 7), at("2026-11-25", 7), at("2026-11-27", 7));
        let week = at("2026-11-27", 17);
        for (events, state, unit, due, ended) in [
            (vec![], State::Sent, "19351", at("2026-11-24", 17), None),
            (vec![event(monday, EventKind::Received)], State::Received, "19351", week, None),
            (vec![routed(wednesday)], State::Sent, "461", at("2026-11-26", 17), None),
            // Never later than the answer itself.
            (vec![routed(friday)], State::Sent, "461", week, None),
            (vec![routed(monday), event(friday, EventKind::Received)], State::Received, "461", week, None),
            (vec![answered(week, "a")], State::Answered, "19351", week, Some((week, false))),
            (vec![answered(Moment(week.0 + 1), "a")], State::Answered, "19351", week, Some((Moment(week.0 + 1), true))),
            // A mended answer changes what is told and not when it was first told.
            (
                vec![answered(friday, "a"), answered(at("2026-12-01", 9), "b")],
                State::Answered,
                "19351",
                week,
                Some((friday, false)),
            ),
            (vec![event(friday, refusal())], State::Refused, "19351", week, Some((friday, false))),
        ] {
            let found = course(&rules, &calendar, &hours, (monday, "19351"), &events);
            assert_eq!(
                (found.state, found.unit.as_str(), found.due_at, found.ended),
                (state, unit, due, ended),
                "{events:?}"
            );
            assert_eq!(found.answer_due_at, week);
            let last = events.iter().rev().find_map(|event| match &event.kind {
                EventKind::Answered { text } => Some(Reply::Answer(text.clone())),
                EventKind::Refused { .. } => Some(Reply::Refusal { reason: "r".to_owned(), turn_to: "t".to_owned() }),
                _ => None,
            });
            assert_eq!(found.reply, last);
        }
    }
}
