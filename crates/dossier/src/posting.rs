//! Public posting (niêm yết công khai) as one dossier goes through it: posted, objected to, re-checked, posted again.
//!
//! Here stands what it does to where the dossier stands and to its clocks; what the public sees of it is made by the crate
//! `posting`, which knows nothing of dossiers.

use crate::meeting;
use crate::{ActKind, ActRefused, Clock, Course, Desk};
use procedure::calendar::{Due, Moment, due, worked_ms};
use serde::{Deserialize, Serialize};

/// For how many working days a dossier is posted again once a re-check has found that it stands (Decision 71/QĐ-UBND, B.3
/// step 2: "niêm yết lại 3 ngày làm việc").
pub const AGAIN_DAYS: u8 = 3;
/// Within how many working days an objection is to be re-checked (the same step).
pub const RECHECK_DAYS: u8 = 7;
/// The most signs of what an objector writes.
pub const MOST_OBJECTION_SIGNS: usize = 2_000;
/// The most signs of an objector's name or address.
pub const MOST_CONTACT_SIGNS: usize = 120;
/// The most objections to one list that a dossier takes: who floods it is one, and the officers must still read.
pub const MOST_OBJECTIONS: usize = 50;

/// Names a list. Made of chance alone, so that it tells neither when nor of what it was made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PostingId(pub [u8; 16]);

procedure::hex_id!(PostingId, "a posting's id has 32 hexadecimal digits");

/// A dossier's place on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The list.
    pub posting: PostingId,
    /// Its line on it, from 1 on.
    pub line: u32,
    /// The last moment at which the list is shown.
    pub not_after: Moment,
}

/// What somebody holds against a line of a list. Officers of the dossier see it, and nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// The list.
    pub posting: PostingId,
    /// Who objects, as they call themselves.
    pub name: String,
    /// Their telephone number or e-mail address.
    pub contact: String,
    /// What is wrong.
    pub says: String,
}

/// What is wrong with an objection as it was typed: the field, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectionFault {
    /// `name`, `contact` or `says` is empty.
    Empty(&'static str),
    /// It is longer than anybody reads.
    TooLong(&'static str),
    /// `contact` is neither a telephone number nor an e-mail address.
    NoContact,
}

impl Objection {
    /// Reads what was typed into the public form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields.
    pub fn read(posting: PostingId, name: &str, contact: &str, says: &str) -> Result<Self, Vec<ObjectionFault>> {
        use form::text::tidy;
        let read = Self { posting, name: tidy(name, false), contact: tidy(contact, false), says: tidy(says, true) };
        let fields = [
            ("name", &read.name, MOST_CONTACT_SIGNS),
            ("contact", &read.contact, MOST_CONTACT_SIGNS),
            ("says", &read.says, MOST_OBJECTION_SIGNS),
        ];
        let mut faults = Vec::new();
        for (field, text, most) in fields {
            if text.is_empty() {
                faults.push(ObjectionFault::Empty(field));
            } else if text.chars().count() > most {
                faults.push(ObjectionFault::TooLong(field));
            } else if field == "contact" && !reaches(text) {
                faults.push(ObjectionFault::NoContact);
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

/// Whether somebody can be reached so: nine to fifteen digits, or a word with an `@` and a dot behind it.
fn reaches(contact: &str) -> bool {
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    let number =
        contact.chars().all(|sign| sign.is_ascii_digit() || " +.-()".contains(sign)) && (9..=15).contains(&digits);
    let mail = contact.split_once('@').is_some_and(|(name, host)| {
        let (before, after) = host.rsplit_once('.').unwrap_or_default();
        !name.is_empty() && !before.is_empty() && !after.is_empty() && !contact.contains([' ', ','])
    });
    number || mail
}

/// Where a dossier stands with its posting, in the stage it is in now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// The newest list it is or was on.
    pub list: Option<Posted>,
    /// The objections that nobody has re-checked yet, with when they came.
    pub open: Vec<(Moment, Objection)>,
    /// From when the time of the re-check is counted, until it is posted again.
    pub recheck_from: Option<Moment>,
    /// Whether a re-check found that it stands, and it is still to be posted again.
    pub again: bool,
    /// The last moment of a second posting: its clocks go on then and not before.
    clock_from: Option<Moment>,
}

impl Posting {
    /// Whether the public sees it at a moment.
    #[must_use]
    pub fn runs(&self, now: Moment) -> bool {
        self.list.as_ref().is_some_and(|list| now <= list.not_after)
    }

    /// By when the re-check is to be done, with the sum behind it; nothing when none is.
    #[must_use]
    pub fn recheck_due(&self, desk: &Desk<'_>) -> Option<Due> {
        let quarters = u32::from(RECHECK_DAYS) * 4;
        self.recheck_from.map(|from| due(desk.calendar, desk.hours, from, quarters))
    }

    fn waits(&self) -> bool {
        !self.open.is_empty() || self.again
    }
}

/// Whether a dossier stands where it is posted, in the turn of whoever posts it: the first of the stage. Those that had
/// passed that turn when posting came to be are not called back.
fn is_here(course: &Course, desk: &Desk<'_>) -> bool {
    let rule = desk.procedure.posting.as_ref();
    let here = rule.zip(course.stage_of(desk)).is_some_and(|(rule, stage)| rule.stage == stage.id);
    here && course.turn == 0 && !course.is_over() && course.unsolved.is_none()
}

/// For how many working days a dossier is to be posted now; nothing when it is not.
#[must_use]
pub fn wanted(course: &Course, desk: &Desk<'_>, now: Moment) -> Option<u8> {
    let posting = &course.posting;
    // What is posted is what the people have agreed to, where they meet.
    let agreed = meeting::forward(course, desk).is_ok();
    let free = is_here(course, desk) && agreed && course.goes_on() && !posting.runs(now);
    match (free, posting.again, &posting.list) {
        (true, true, _) => Some(AGAIN_DAYS),
        (true, false, None) => desk.procedure.posting.as_ref().map(|rule| rule.working_days),
        _ => None,
    }
}

/// Why an act that leaves the posting's stage is not done yet.
#[must_use]
pub fn refuses(course: &Course, desk: &Desk<'_>, kind: ActKind, now: Moment) -> Option<ActRefused> {
    let posting = &course.posting;
    let leaves = matches!(kind, ActKind::Forward | ActKind::SendBack);
    let meets = kind == ActKind::Forward && meeting::forward(course, desk).is_err();
    if !leaves || meets || !is_here(course, desk) || course.supplement.is_some() {
        return None;
    }
    if !posting.open.is_empty() {
        return Some(ActRefused::Objected);
    }
    match &posting.list {
        // What the public still sees does not go away under an objection that may come in the last minute.
        Some(list) if posting.runs(now) => Some(ActRefused::StillPosted(list.not_after)),
        _ if kind == ActKind::SendBack => None,
        Some(_) if posting.again => Some(ActRefused::NotPostedAgain),
        None => Some(ActRefused::NotPosted),
        Some(_) => None,
    }
}

impl Course {
    /// It is on a list. The stage cannot end before the list does: whoever goes on with it has at least a quarter of a day
    /// after that, the least time that any step is given. The clock of the whole is the citizen's promise and keeps its date.
    pub(crate) fn posted(&mut self, desk: &Desk<'_>, posted: &Posted, at: Moment) {
        let (from, again) = (posted.not_after, self.posting.again);
        self.posting.list = Some(posted.clone());
        let quarter = desk.hours.quarter_ms();
        if again {
            (self.posting.again, self.posting.recheck_from) = (false, None);
            self.posting.clock_from = Some(from);
            self.resume(from);
            self.stage_clock.left_ms = self.stage_clock.left_ms.max(quarter);
        } else {
            let left = self.stage_clock.left_ms - worked_ms(desk.calendar, desk.hours, self.stage_clock.since, at);
            let least = worked_ms(desk.calendar, desk.hours, at, from) + quarter;
            if !self.stage_clock.stands && left < least {
                self.stage_clock = Clock { since: at, left_ms: least, stands: false };
            }
        }
    }

    /// Somebody objects: both clocks stand. An objection to what was returned unsolved meanwhile, or has left the stage, is
    /// kept and read, and stops nothing.
    pub(crate) fn objected(&mut self, desk: &Desk<'_>, objection: &Objection, at: Moment) {
        let listed = self.posting.list.as_ref().is_some_and(|list| list.posting == objection.posting);
        if !listed || self.is_over() || self.unsolved.is_some() {
            return;
        }
        if self.posting.again || self.posting.recheck_from.is_none() {
            (self.posting.again, self.posting.recheck_from) = (false, Some(at));
        }
        self.posting.open.push((at, objection.clone()));
        self.stage_clock.stop(desk, at);
        self.clock.stop(desk, at);
    }

    /// The re-check found that it stands: what was objected is answered, and it has to be posted again.
    pub(crate) fn rechecked(&mut self) {
        if !self.posting.open.is_empty() {
            self.posting.open.clear();
            self.posting.again = true;
        }
    }

    /// Both clocks go on, as far as nothing else is waited for, and never before a second posting has ended.
    pub(crate) fn resume(&mut self, at: Moment) {
        if self.supplement.is_none() && !self.posting.waits() {
            let from = self.posting.clock_from.map_or(at, |from| from.max(at));
            self.stage_clock.go_on(from);
            self.clock.go_on(from);
        }
    }
}
