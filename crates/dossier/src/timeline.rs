//! What whoever has the code may see: where the dossier stands, what has been and what comes, in plain words.
//!
//! It holds no answer, no name, no paper and no reason: a code read over somebody's shoulder shows nothing about the person.

use crate::parcel::Parcel;
use crate::submit::{Promises, promises, reception};
use crate::{ByConsent, Clock, Course, Desk, Event, EventKind, State, Tracked, course};
use procedure::calendar::{Moment, Span, due_at_after};

/// A dossier's way, from the day it was sent to the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Mã hồ sơ, once it was received.
    pub number: Option<String>,
    /// The procedure's legal name.
    pub procedure: String,
    /// The name of the agency that has it, and the one it was filed with where that had another.
    pub agency: String,
    /// The help line of the agency that has it.
    pub phone: String,
    /// Where it stands.
    pub state: State,
    /// When it was sent.
    pub sent_at: Moment,
    /// What has happened, is happening, and comes.
    pub entries: Vec<Entry>,
    /// What is owed and by when.
    pub promises: Promises,
    /// Whether the dates are only expected (dự kiến): an officer has not received the dossier yet.
    pub expected: bool,
    /// Whether the clock stands: nothing is due until the citizen has sent what is asked for, or it is over.
    pub stands: bool,
    /// Working time until the result is due, or since it was; while the clock stands, what was left when it stopped.
    pub left: Span,
    /// Until when it is posted publicly, while it is.
    pub posted_until: Option<Moment>,
    /// Whether the clock stands because of its posting, and not because anything is asked of the citizen.
    pub rechecked: bool,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of the event it tells of, which every language says in its own words; empty for a stage.
    pub event: &'static str,
    /// The first stage it tells of; empty for an event.
    pub stage: String,
    /// Plain words for a stage; empty for an event.
    pub says: String,
    /// Who acts at a stage, in the decision's words; empty for an event.
    pub role: String,
    /// Whether it is over.
    pub standing: Standing,
    /// When it happened, or until when it should.
    pub at: Moment,
}

/// Where an entry lies as seen from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has happened.
    Past,
    /// It is being done.
    Now,
    /// It comes later.
    Ahead,
}

/// The timeline of a dossier as of `now`.
#[must_use]
pub fn timeline(dossier: &Tracked, desk: &Desk<'_>, now: Moment) -> Timeline {
    let course = course(desk, dossier.sent_at, &dossier.events);
    let mut entries: Vec<Entry> = dossier.events.iter().filter_map(happened).collect();
    entries.extend(stages(desk, &course));
    // What is done and what comes stand in the order of the procedure already. What happened in the same moment is told as
    // people think of it: sent, then the work, then what came of it.
    entries.sort_by_key(|entry| match entry.standing {
        Standing::Past => (0, entry.at.0, place(entry)),
        Standing::Now => (1, 0, 0),
        Standing::Ahead => (2, 0, 0),
    });
    // While the clock stands nothing new is owed, and what was promised at first is told.
    let promises = match course.clock.due(desk) {
        Some(result) => Promises { reception: reception(desk, dossier.sent_at), result },
        None => promises(desk, dossier.sent_at),
    };
    let told = Timeline {
        number: dossier.number.clone(),
        procedure: desk.procedure.name.clone(),
        agency: agency(desk, dossier.sent_at),
        phone: desk.agency.phone.clone(),
        state: course.state,
        sent_at: dossier.sent_at,
        entries,
        expected: course.state == State::Sent,
        stands: course.clock.stands,
        left: course.clock.left(desk, now),
        posted_until: course.posting.list.as_ref().map(|list| list.not_after).filter(|until| now <= *until),
        rechecked: course.clock.stands && course.posting.recheck_from.is_some() && course.supplement.is_none(),
        promises,
    };
    match dossier.consent {
        Some(consent) => told.with_consent(consent),
        None => told,
    }
}

impl Timeline {
    /// With the moment at which the fee was paid among what has happened. Only that: how much is told to whoever has the
    /// digits too.
    #[must_use]
    pub fn with_fee_paid(self, at: Moment) -> Self {
        self.with("fee-paid", at)
    }

    /// With the consent by which somebody filed it for its owner, and its end where it was taken back. Only that: whose it is
    /// and who filed it is told to nobody who has the code alone.
    fn with_consent(self, ByConsent { withdrawn_at }: ByConsent) -> Self {
        let sent_at = self.sent_at;
        let filed = self.with("filed-by-consent", sent_at);
        match withdrawn_at {
            Some(at) => filed.with("consent-withdrawn", at),
            None => filed,
        }
    }

    /// With something more among what has happened. Providers tell whole seconds, and nothing comes before the dossier was sent.
    fn with(mut self, event: &'static str, at: Moment) -> Self {
        let at = at.max(self.sent_at);
        let came = |entry: &Entry| entry.standing == Standing::Past && entry.at <= at;
        let place = self.entries.iter().rposition(came).map_or(0, |last| last + 1);
        self.entries.insert(place, Entry { event, at, ..past() });
        self
    }
}

/// Something that has happened, in no words yet.
fn past() -> Entry {
    Entry {
        event: "",
        stage: String::new(),
        says: String::new(),
        role: String::new(),
        standing: Standing::Past,
        at: Moment(0),
    }
}

/// Where an entry stands among those of the same moment: how it came, then the work, then what came of it.
fn place(entry: &Entry) -> u8 {
    if matches!(entry.event, "sent" | "entered") { 0 } else { 1 + u8::from(entry.stage.is_empty()) }
}

/// Whom to ask now, and by which name they were known when the dossier was sent.
fn agency(desk: &Desk<'_>, sent_at: Moment) -> String {
    let (now, then) = (&desk.agency.name, &desk.on(sent_at.date()).agency.name);
    if now == then { now.clone() } else { format!("{now} (trước đây là {then})") }
}

/// The name by which an event is told: of a parcel also which way it goes.
pub(crate) fn told(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::ParcelPosted { parcel: Parcel::Papers, .. } => "papers-fetched-for",
        EventKind::ParcelDelivered { parcel: Parcel::Papers } => "papers-fetched",
        EventKind::ParcelFailed { parcel: Parcel::Papers, .. } => "papers-not-fetched",
        EventKind::ParcelPosted { parcel: Parcel::Result, .. } => "result-posted",
        EventKind::ParcelDelivered { parcel: Parcel::Result } => "result-delivered",
        EventKind::ParcelFailed { parcel: Parcel::Result, .. } => "result-not-delivered",
        other => other.name(),
    }
}

/// What happened, as far as it concerns the citizen: who had the work and how it went between desks does not.
fn happened(event: &Event) -> Option<Entry> {
    match event.kind {
        EventKind::Sent
        | EventKind::Entered { .. }
        | EventKind::Received
        | EventKind::SupplementAsked(_)
        | EventKind::Supplemented
        | EventKind::NotReceived { .. }
        | EventKind::ReturnedUnsolved { .. }
        | EventKind::Extended { .. }
        | EventKind::Posted(_)
        | EventKind::HandedOver(_)
        | EventKind::ParcelPosted { .. }
        | EventKind::ParcelDelivered { .. }
        | EventKind::ParcelFailed { .. } => Some(Entry { event: told(&event.kind), at: event.at, ..past() }),
        EventKind::Claimed { .. }
        | EventKind::Released
        | EventKind::RefusalProposed { .. }
        | EventKind::Reconsidered { .. }
        | EventKind::MeetingHeld(_)
        | EventKind::Forwarded { .. }
        | EventKind::SentBack { .. }
        // That somebody objected, and what, is the officers' to know.
        | EventKind::Objected(_)
        | EventKind::Rechecked { .. }
        | EventKind::ResultAttached(_) => None,
    }
}

/// The stages. Those with the same words in a row are told as one: a citizen does not see desks within an office. Of what
/// is past only what was really done is told, and nothing comes any more once it is over.
fn stages(desk: &Desk<'_>, course: &Course) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // Until when a stage should be done is told by the whole time less what comes after it: what was done sooner gives
    // the others no less time, and the last date is the promised one.
    let mut after =
        desk.procedure.stages.iter().skip(course.stage).map(|stage| i64::from(stage.quarter_days)).sum::<i64>();
    for (number, stage) in desk.procedure.stages.iter().enumerate() {
        let ended = course.left.iter().rev().find(|(left, _)| *left == number).map(|(_, at)| *at);
        let (standing, at) = if course.is_over() || number < course.stage {
            match ended {
                Some(at) => (Standing::Past, at),
                None => continue,
            }
        } else {
            after -= i64::from(stage.quarter_days);
            let standing = if number == course.stage { Standing::Now } else { Standing::Ahead };
            let Clock { since, left_ms, .. } = course.clock;
            let ms = left_ms - after * desk.hours.quarter_ms();
            (standing, due_at_after(desk.calendar, desk.hours, since, ms.max(0)))
        };
        match entries.last_mut() {
            Some(last) if last.says == stage.citizen => {
                last.at = at;
                // A step of several desks is being done from the first of them until the last has ended.
                if standing != last.standing {
                    last.standing = Standing::Now;
                }
            }
            _ => entries.push(Entry {
                event: "",
                stage: stage.id.clone(),
                says: stage.citizen.clone(),
                role: stage.role.clone(),
                standing,
                at,
            }),
        }
    }
    entries
}
