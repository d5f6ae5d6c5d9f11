//! What whoever has the code may see: where the dossier stands, what has been and what comes, in plain words.
//!
//! It holds no answer, no name and no paper: a code read over somebody's shoulder shows nothing about the person.

use crate::submit::{Promises, promises};
use crate::{Desk, Event, EventKind, State, Tracked};
use procedure::calendar::{Moment, Span, due_at, working_time_between};

/// A dossier's way, from the day it was sent to the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The procedure's legal name.
    pub procedure: String,
    /// The receiving agency's name.
    pub agency: String,
    /// Its help line.
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
    /// Working time until the result is due, or since it was.
    pub left: Span,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The first stage it tells of; empty for the sending itself.
    pub stage: String,
    /// Plain words; empty for the sending itself, which every language says in its own.
    pub says: String,
    /// Who acts, in the decision's words; empty for the sending itself.
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
    let mut entries: Vec<Entry> = dossier.events.iter().map(happened).collect();
    entries.extend(stages(desk, dossier.sent_at));
    let promises = promises(desk, dossier.sent_at);
    Timeline {
        procedure: desk.procedure.name.clone(),
        agency: desk.agency.name.clone(),
        phone: desk.agency.phone.clone(),
        state: dossier.state,
        sent_at: dossier.sent_at,
        entries,
        expected: dossier.state == State::Sent,
        left: working_time_between(desk.calendar, desk.hours, now, promises.result.at),
        promises,
    }
}

fn happened(event: &Event) -> Entry {
    match event.kind {
        EventKind::Sent => Entry {
            stage: String::new(),
            says: String::new(),
            role: String::new(),
            standing: Standing::Past,
            at: event.at,
        },
    }
}

/// The stages ahead. Those with the same words in a row are told as one: a citizen does not see desks within an office.
fn stages(desk: &Desk<'_>, sent_at: Moment) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut quarter_days = 0;
    for stage in &desk.procedure.stages {
        quarter_days += u32::from(stage.quarter_days);
        let at = due_at(desk.calendar, desk.hours, sent_at, quarter_days);
        match entries.last_mut() {
            Some(last) if last.says == stage.citizen => last.at = at,
            before => {
                let standing = if before.is_none() { Standing::Now } else { Standing::Ahead };
                let (stage, says, role) = (stage.id.clone(), stage.citizen.clone(), stage.role.clone());
                entries.push(Entry { stage, says, role, standing, at });
            }
        }
    }
    entries
}
