//! Where a dossier stands, told from its procedure and what has happened to it: stage and turn, who acts, both clocks.

use crate::posting::Posting;
use crate::{Desk, Event, EventKind, MeetingHeld, ResultFile, State, Supplement};
use procedure::calendar::{Due, Moment, Span, due_after, due_at_after, worked_ms, working_time_between};
use procedure::{OfficerId, Role, Stage};

/// Where a dossier stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its state on the national wire.
    pub state: State,
    /// The number of its stage, from 0 on.
    pub stage: usize,
    /// Which of the stage's roles acts, from 0 on.
    pub turn: usize,
    /// The role that acts; none once it is over.
    pub role: Option<Role>,
    /// Code of the unit that acts.
    pub unit: String,
    /// When it was received, once it was.
    pub received_at: Option<Moment>,
    /// When it ended, once it did.
    pub ended_at: Option<Moment>,
    /// Who has taken the work.
    pub holder: Option<OfficerId>,
    /// When somebody last did something.
    pub acted_at: Moment,
    /// The clock of the stage.
    pub stage_clock: Clock,
    /// The clock of the whole.
    pub clock: Clock,
    /// When each stage that was left was left, in order.
    pub left: Vec<(usize, Moment)>,
    /// What the citizen was asked to mend, while that is awaited.
    pub supplement: Option<Supplement>,
    /// Why the desk proposes to refuse, while its head has not decided.
    pub proposed: Option<String>,
    /// The people's meeting that was held last about it; the next stages keep it.
    pub meeting: Option<MeetingHeld>,
    /// Whether time was taken once already (NĐ 61/2018/NĐ-CP, Điều 19: at most once).
    pub extended: bool,
    /// Why it is not solved, once that was decided.
    pub unsolved: Option<String>,
    /// The result, once it is there.
    pub result: Option<ResultFile>,
    /// How it stands with its public posting, in this stage.
    pub posting: Posting,
}

/// A clock of working time: from a moment so much is left, unless it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Since when it goes; when it stands, since when it stands.
    pub since: Moment,
    /// The working milliseconds left at that moment; below zero when it was late already.
    pub left_ms: i64,
    /// Whether it stands.
    pub stands: bool,
}

impl Clock {
    fn begin(since: Moment, left_ms: i64) -> Self {
        Self { since, left_ms, stands: false }
    }

    pub(crate) fn stop(&mut self, desk: &Desk<'_>, at: Moment) {
        if !self.stands {
            let left_ms = self.left_ms - worked_ms(desk.calendar, desk.hours, self.since, at);
            *self = Self { since: at, left_ms, stands: true };
        }
    }

    pub(crate) fn go_on(&mut self, at: Moment) {
        if self.stands {
            *self = Self { since: at, left_ms: self.left_ms, stands: false };
        }
    }

    /// When the time ends, or would end had the clock not stopped. What was late before it went on is due at once.
    #[must_use]
    pub fn due_at(&self, desk: &Desk<'_>) -> Moment {
        due_at_after(desk.calendar, desk.hours, self.since, self.left_ms.max(0))
    }

    /// The same with the sum behind it; nothing while it stands, because then nothing is due.
    #[must_use]
    pub fn due(&self, desk: &Desk<'_>) -> Option<Due> {
        (!self.stands).then(|| due_after(desk.calendar, desk.hours, self.since, self.left_ms.max(0)))
    }

    /// Working time left at a moment, or gone by since; while it stands, what was left when it stopped.
    #[must_use]
    pub fn left(&self, desk: &Desk<'_>, now: Moment) -> Span {
        let ms = if self.stands || self.left_ms < 0 {
            let gone = if self.stands { 0 } else { worked_ms(desk.calendar, desk.hours, self.since, now) };
            self.left_ms - gone
        } else {
            return working_time_between(desk.calendar, desk.hours, now, self.due_at(desk));
        };
        let (days, rest) = (ms.unsigned_abs() / day(desk), ms.unsigned_abs() % day(desk));
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Span {
            late: ms < 0,
            days: small(days),
            hours: small(rest / 3_600_000),
            minutes: small(rest % 3_600_000 / 60_000),
        }
    }
}

fn day(desk: &Desk<'_>) -> u64 {
    desk.hours.day_ms().unsigned_abs().max(1)
}

/// Tells where a dossier stands, with the units as of the desk's day: where a unit has ended meanwhile, its heir acts. What cannot have happened changes nothing, so that no text in a store can do harm.
#[must_use]
pub fn course(desk: &Desk<'_>, sent_at: Moment, events: &[Event]) -> Course {
    let total = desk.hours.quarter_ms() * i64::from(desk.procedure.quarter_days());
    let mut course = Course {
        state: State::Sent,
        stage: 0,
        turn: 0,
        role: None,
        unit: desk.agency.code.clone(),
        received_at: None,
        ended_at: None,
        holder: None,
        acted_at: sent_at,
        stage_clock: Clock::begin(sent_at, 0),
        clock: Clock::begin(sent_at, total),
        left: Vec::new(),
        supplement: None,
        proposed: None,
        meeting: None,
        extended: false,
        unsolved: None,
        result: None,
        posting: Posting::default(),
    };
    course.enter(desk, 0, sent_at);
    let mut taken_on = sent_at;
    for event in events {
        course.follow(desk, event);
        if matches!(event.kind, EventKind::Claimed { .. }) {
            taken_on = event.at;
        }
    }
    // Officers go with their unit's work to its heir. Where the work went elsewhere, nobody there has taken it yet.
    if desk.heir_of(course.stage, taken_on.date()) != course.unit {
        course.holder = None;
    }
    course
}

impl Course {
    /// The stage it is in.
    #[must_use]
    pub fn stage_of<'a>(&self, desk: &Desk<'a>) -> Option<&'a Stage> {
        desk.procedure.stages.get(self.stage)
    }

    /// Whether this is the last stage, in which the citizen gets the result.
    #[must_use]
    pub fn is_last(&self, desk: &Desk<'_>) -> bool {
        self.stage + 1 >= desk.procedure.stages.len()
    }

    /// Whether nothing more is to be done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.role.is_none()
    }

    /// Whether the work is being done, neither waited for nor over.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        !self.is_over() && self.supplement.is_none() && self.proposed.is_none() && self.posting.open.is_empty()
    }

    fn enter(&mut self, desk: &Desk<'_>, stage: usize, at: Moment) {
        let Some(entered) = desk.procedure.stages.get(stage) else { return };
        (self.stage, self.turn, self.holder) = (stage, 0, None);
        self.posting = Posting::default();
        // A procedure of before there were roles in its file: whoever works at the desk acts.
        self.role = Some(entered.acts.first().copied().unwrap_or(Role::OneStop));
        self.unit.clone_from(&desk.unit_of(stage).code);
        self.stage_clock = Clock::begin(at, desk.hours.quarter_ms() * i64::from(entered.quarter_days));
    }

    fn end(&mut self, desk: &Desk<'_>, state: State, at: Moment) {
        (self.state, self.role, self.holder) = (state, None, None);
        // Nothing is awaited any more, of the citizen or of anybody.
        (self.supplement, self.proposed, self.ended_at) = (None, None, Some(at));
        self.posting = Posting::default();
        self.stage_clock.stop(desk, at);
        self.clock.stop(desk, at);
    }

    fn next(&mut self, desk: &Desk<'_>, at: Moment) {
        let turns = self.stage_of(desk).map_or(0, |stage| stage.acts.len());
        if self.turn + 1 < turns {
            self.turn += 1;
            self.holder = None;
            self.role = self.stage_of(desk).and_then(|stage| stage.acts.get(self.turn)).copied();
        } else if !self.is_last(desk) {
            self.left.push((self.stage, at));
            self.enter(desk, self.stage + 1, at);
        }
    }

    fn follow(&mut self, desk: &Desk<'_>, event: &Event) {
        let at = event.at;
        // The office's turn begins anew with what it was waiting for; nothing else that comes from outside is its act.
        let brings = self.supplement.is_some() && event.kind == EventKind::Supplemented;
        if event.by.is_some() || brings {
            self.acted_at = at;
        }
        match &event.kind {
            // The post carries what the desk has decided, and changes nothing in it.
            EventKind::Sent
            | EventKind::Entered { .. }
            | EventKind::ParcelPosted { .. }
            | EventKind::ParcelDelivered { .. }
            | EventKind::ParcelFailed { .. } => {}
            EventKind::Claimed { officer } => {
                self.holder = Some(*officer);
                if self.state == State::Received {
                    self.state = State::InProcess;
                }
            }
            EventKind::Released => self.holder = None,
            EventKind::Received => {
                self.state = State::Received;
                self.received_at = Some(at);
                self.next(desk, at);
            }
            EventKind::SupplementAsked(supplement) => {
                self.state = State::SupplementAsked;
                self.supplement = Some(supplement.clone());
                self.stage_clock.stop(desk, at);
                self.clock.stop(desk, at);
            }
            EventKind::Supplemented if self.supplement.is_none() => {}
            EventKind::Supplemented => {
                self.state = if self.stage == 0 { State::Sent } else { State::InProcess };
                self.supplement = None;
                self.resume(at);
            }
            EventKind::RefusalProposed { reason } => {
                (self.proposed, self.holder) = (Some(reason.clone()), None);
                self.role = Some(Role::DeskHead);
            }
            EventKind::Reconsidered { .. } => {
                (self.proposed, self.holder) = (None, None);
                self.role = self.stage_of(desk).and_then(|stage| stage.acts.get(self.turn)).copied();
            }
            EventKind::NotReceived { reason } => {
                self.unsolved = Some(reason.clone());
                self.end(desk, State::NotReceived, at);
            }
            EventKind::MeetingHeld(held) => {
                (self.state, self.meeting) = (State::InProcess, Some(held.clone()));
            }
            EventKind::Forwarded { .. } => {
                self.next(desk, at);
                let done = self.is_last(desk) && self.result.is_some();
                self.state = if done { State::Done } else { State::InProcess };
            }
            EventKind::SentBack { stage, .. } => {
                if let Some(number) = desk.procedure.stages.iter().position(|known| known.id == *stage) {
                    self.state = State::InProcess;
                    self.left.retain(|(left, _)| *left < number);
                    self.enter(desk, number, at);
                    // It is not to be posted again before it is back there.
                    self.clock.go_on(at);
                }
            }
            EventKind::ReturnedUnsolved { reason } => {
                self.unsolved = Some(reason.clone());
                self.state = State::Stopped;
                self.left.push((self.stage, at));
                self.enter(desk, desk.procedure.stages.len().saturating_sub(1), at);
                self.clock.go_on(at);
                // Nothing is left to be signed there: whoever hands over acts at once.
                if let Some(acts) = self.stage_of(desk).map(|stage| &stage.acts).filter(|acts| !acts.is_empty()) {
                    self.turn = acts.len() - 1;
                    self.role = acts.last().copied();
                }
            }
            EventKind::Extended { quarter_days, .. } => {
                let more = desk.hours.quarter_ms() * i64::from(*quarter_days);
                self.extended = true;
                self.stage_clock.left_ms += more;
                self.clock.left_ms += more;
            }
            EventKind::ResultAttached(result) => {
                self.result = Some(result.clone());
                if self.is_last(desk) {
                    self.state = State::Done;
                }
            }
            EventKind::Posted(posted) => self.posted(desk, posted, at),
            EventKind::Objected(objection) => self.objected(desk, objection, at),
            EventKind::Rechecked { .. } => self.rechecked(),
            EventKind::HandedOver(_) => {
                let state = if self.unsolved.is_some() { State::Stopped } else { State::Returned };
                self.left.push((self.stage, at));
                self.end(desk, state, at);
            }
        }
    }
}
