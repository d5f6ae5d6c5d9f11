//! The sheet that travels with a dossier: every hand-over, told by following its events one by one.

use super::Told;
use dossier::{Clock, Course, Event, EventKind};
use pdf::slip::{Control, Entry, Kept, Step};
use procedure::calendar::Moment;

/// In whose hand a dossier lies: a turn of a stage and the role that acts, or nobody's of the office.
#[derive(PartialEq)]
enum Hand {
    Citizen,
    Office { stage: usize, turn: usize, head: bool },
}

fn hand(course: &Course) -> Hand {
    if course.is_over() || course.supplement.is_some() {
        return Hand::Citizen;
    }
    Hand::Office { stage: course.stage, turn: course.turn, head: course.proposed.is_some() }
}

impl Told<'_> {
    pub(super) fn control(&self) -> Control {
        Control {
            desk: String::new(),
            applicant: self.applicant(),
            entry: Entry::default(),
            received: self.received(),
            due: self.after(usize::MAX).clock.due_at(self.desk),
            decides: self.decides(),
            helps: String::new(),
            steps: self.steps(),
        }
    }

    /// Who decides: the unit of the stage before the result is handed over.
    pub(super) fn decides(&self) -> String {
        let last = self.desk.procedure.stages.len().saturating_sub(2);
        let unit = self.desk.procedure.unit_of(last, self.desk.agency, self.desk.agencies);
        unit.map(|unit| unit.name.clone()).unwrap_or_default()
    }

    /// When it was received; before that, when it was sent.
    pub(super) fn received(&self) -> Moment {
        let kept = &self.work.kept;
        let received = kept.events.iter().find(|event| event.kind == EventKind::Received);
        received.map_or(kept.dossier.sent_at, |event| event.at)
    }

    fn steps(&self) -> Vec<Step> {
        let events = &self.work.kept.events;
        let mut before = self.after(0);
        let mut steps = vec![Step {
            from: CITIZEN.to_owned(),
            to: self.place(&before, self.taker(events)),
            at: Some(self.work.kept.dossier.sent_at),
            ..Step::default()
        }];
        for (number, event) in events.iter().enumerate() {
            let after = self.after(number + 1);
            if hand(&before) != hand(&after) {
                steps.push(self.step(&before, &after, event, events.get(number + 1..).unwrap_or_default()));
            }
            before = after;
        }
        steps
    }

    fn step(&self, before: &Course, after: &Course, event: &Event, later: &[Event]) -> Step {
        // A supplement ends no turn: the clock stands, and the same desk goes on with it.
        let ended = before.supplement.is_none() && after.supplement.is_none();
        let due = before.stage_clock.due_at(self.desk);
        Step {
            from: self.place(before, event.by.map(|id| self.name_of(id))),
            to: self.place(after, self.taker(later)),
            at: Some(event.at),
            kept: ended.then(|| kept(&before.stage_clock, due, event.at)),
            note: if ended { format!("Hạn {}", short(due)) } else { String::new() },
        }
    }

    /// Unit and person of the hand in which a dossier lies.
    fn place(&self, course: &Course, person: Option<String>) -> String {
        if hand(course) == Hand::Citizen {
            return CITIZEN.to_owned();
        }
        let unit = self.desk.agencies.find(&course.unit).map_or(course.unit.as_str(), |unit| &unit.name);
        match person.filter(|name| !name.is_empty()) {
            Some(person) => format!("{unit} ({person})"),
            None => unit.to_owned(),
        }
    }

    /// Who took the work: whoever did the next thing, or was given it. A head takes more time without having the work.
    fn taker(&self, later: &[Event]) -> Option<String> {
        let aside =
            |kind: &EventKind| matches!(kind, EventKind::Sent | EventKind::Entered { .. } | EventKind::Extended { .. });
        let next = later.iter().find(|event| !aside(&event.kind))?;
        match next.kind {
            EventKind::Claimed { officer } => Some(self.name_of(officer)),
            _ => next.by.map(|id| self.name_of(id)),
        }
    }
}

const CITIZEN: &str = "Người nộp hồ sơ";

fn kept(clock: &Clock, due: Moment, at: Moment) -> Kept {
    if clock.left_ms < 0 || at > due {
        Kept::Late
    } else if at.date() == due.date() {
        Kept::OnTime
    } else {
        Kept::Early
    }
}

/// "16:30 23/11/2026"
fn short(at: Moment) -> String {
    let ((hour, minute), date) = (at.clock(), at.date());
    format!("{hour:02}:{minute:02} {:02}/{:02}/{}", date.day, date.month, date.year)
}
