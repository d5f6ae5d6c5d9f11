//! Agencies through time: which there were on a day, with which names and parents, and who has the work of one that ended.
//!
//! A dossier must never be without somebody. So an agency ends only by a change that says who takes over its work in
//! process, its officers and its figures: its heir (đơn vị tiếp nhận).

use super::{Agencies, Agency};
use form::Date;
use std::collections::BTreeSet;

/// Before every day that a file can name.
const ALWAYS: Date = Date { year: 1800, month: 1, day: 1 };

/// Every agency there was, is and will be.
#[derive(Clone, Debug, PartialEq)]
pub struct AgencyBook {
    /// From each day on these agencies, until the next one; the first day is before all others.
    eras: Vec<(Date, Agencies)>,
    ended: Vec<Ended>,
}

/// An agency that ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// As it was on its last day.
    pub agency: Agency,
    /// The first day without it.
    pub since: Date,
    /// Code of the agency that has its work from that day on.
    pub heir: String,
    /// Codes of the agencies it became: the heir, and after a split the others too.
    pub became: Vec<String>,
}

impl Default for AgencyBook {
    fn default() -> Self {
        Self::always(Agencies::default())
    }
}

impl AgencyBook {
    /// Agencies that never change.
    #[must_use]
    pub fn always(agencies: Agencies) -> Self {
        Self { eras: vec![(ALWAYS, agencies)], ended: Vec::new() }
    }

    /// The agencies of a day.
    #[must_use]
    pub fn on(&self, day: Date) -> &Agencies {
        let next = self.eras.partition_point(|(from, _)| *from <= day);
        &self.eras[next.saturating_sub(1)].1
    }

    /// The days on which something is not as on the day before, in order.
    pub fn changes(&self) -> impl Iterator<Item = Date> {
        self.eras.iter().skip(1).map(|(from, _)| *from)
    }

    /// Code of the agency that has the work of this one on a day: itself, or its heir, or that one's heir.
    #[must_use]
    pub fn heir<'a>(&'a self, code: &'a str, day: Date) -> &'a str {
        let mut code = code;
        // Each step goes to an agency that was there when the other ended, so no way is longer than this.
        for _ in 0..self.ended.len() {
            match self.ended(code, day) {
                Some(ended) => code = &ended.heir,
                None => break,
            }
        }
        code
    }

    /// The agency that has the work of this one on a day.
    #[must_use]
    pub fn acting(&self, code: &str, day: Date) -> Option<&Agency> {
        self.on(day).find(self.heir(code, day))
    }

    /// How an agency ended, if it had by this day.
    #[must_use]
    pub fn ended(&self, code: &str, day: Date) -> Option<&Ended> {
        self.ended.iter().find(|ended| ended.agency.code == code && ended.since <= day)
    }

    /// The agencies of a day that one which ended has become, by whatever steps.
    #[must_use]
    pub fn became(&self, code: &str, day: Date) -> Vec<&Agency> {
        let mut found: Vec<&Agency> = Vec::new();
        let mut asked: Vec<&str> = self.ended(code, day).into_iter().flat_map(parts).collect();
        for _ in 0..=self.ended.len() {
            let (gone, there): (Vec<&str>, Vec<&str>) = asked.iter().partition(|code| self.ended(code, day).is_some());
            found.extend(there.into_iter().filter_map(|code| self.on(day).find(code)));
            asked = gone.into_iter().filter_map(|code| self.ended(code, day)).flat_map(parts).collect();
        }
        found.dedup_by(|one, other| one.code == other.code);
        found
    }

    /// What an agency is called on a day, or was called last.
    #[must_use]
    pub fn name(&self, code: &str, day: Date) -> Option<&str> {
        let ended = || self.ended(code, day).map(|ended| &ended.agency);
        self.on(day).find(code).or_else(ended).map(|agency| agency.name.as_str())
    }

    /// Codes of all agencies, of whatever day, whose work this one has on a day, its own code among them.
    #[must_use]
    pub fn inherited(&self, code: &str, day: Date) -> Vec<&str> {
        let ended = self.ended.iter().map(|ended| ended.agency.code.as_str());
        let known = self.on(day).find(code).map(|agency| agency.code.as_str());
        known.into_iter().chain(ended.filter(|one| *one != code && self.heir(one, day) == code)).collect()
    }
}

/// Codes of the agencies in whose queues there may be work that has to go elsewhere when `before` becomes `now`: those
/// that ended or got another parent, and all that stood above them.
#[must_use]
pub fn unsettled(before: &Agencies, now: &Agencies) -> BTreeSet<String> {
    let moved =
        before.0.iter().filter(|agency| now.find(&agency.code).is_none_or(|today| today.parent != agency.parent));
    moved.flat_map(|agency| before.above(agency)).map(|agency| agency.code.clone()).collect()
}

/// An agency as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// As it is on its first day.
    pub agency: Agency,
    /// Its first day; always, when nothing is said.
    pub from: Option<Date>,
    /// Its last day, where that is said here too.
    pub until: Option<Date>,
}

/// A change on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The first day on which it is so.
    pub day: Date,
    /// What changes.
    pub kind: ChangeKind,
}

/// What can change.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// Several become one (sáp nhập), which may be one of them.
    Merge {
        /// Codes of those that are joined.
        of: Vec<String>,
        /// Code of the one they become.
        into: String,
    },
    /// One becomes several (chia tách).
    Split {
        /// Its code.
        of: String,
        /// Codes of those it becomes.
        into: Vec<String>,
        /// Code of the one among them that takes over the work in process.
        work: String,
    },
    /// It is called something else (đổi tên).
    Rename {
        /// Its code.
        of: String,
        /// The new name.
        name: String,
    },
    /// Another agency stands above it (chuyển cấp trên).
    HandOver {
        /// Its code.
        of: String,
        /// Code of the new parent.
        to: String,
    },
}

impl AgencyBook {
    /// Puts a book together.
    ///
    /// # Errors
    /// What does not fit, in English, for whoever writes the file.
    pub fn new(written: &[Written], changes: &[Change]) -> Result<Self, String> {
        let mut ended: Vec<Ended> = Vec::new();
        for change in changes {
            let (of, heir, became) = match &change.kind {
                ChangeKind::Merge { of, into } => (of.as_slice(), into, vec![into.clone()]),
                ChangeKind::Split { of, into, work } if into.contains(work) => {
                    (std::slice::from_ref(of), work, into.clone())
                }
                ChangeKind::Split { .. } => return Err("`work` must be one of `into`".to_owned()),
                ChangeKind::Rename { of, .. } | ChangeKind::HandOver { of, .. } => {
                    known(written, of)?;
                    continue;
                }
            };
            for code in of.iter().filter(|code| !became.contains(code)) {
                let agency = known(written, code)?.agency.clone();
                if ended.iter().any(|one| one.agency.code == *code) {
                    return Err(format!("{code} ends twice"));
                }
                ended.push(Ended { agency, since: change.day, heir: heir.clone(), became: became.clone() });
            }
        }
        for one in written {
            let code = &one.agency.code;
            let since = ended.iter().find(|ended| ended.agency.code == *code).map(|ended| ended.since);
            let until = one.until.map(|last| last.add_days(1));
            if until.is_some() && until != since {
                return Err(format!("{code} ends, but no merge or split of the next day says who has its work then"));
            }
            if written.iter().filter(|other| other.agency.code == *code).count() > 1 {
                return Err(format!("{code} is there twice; an agency with another name is a change, not another row"));
            }
        }
        let mut book = Self { eras: Vec::new(), ended };
        let days = written.iter().filter_map(|one| one.from).chain(changes.iter().map(|change| change.day));
        let days: BTreeSet<Date> = days.chain([ALWAYS]).collect();
        for day in days {
            let agencies = book.era(written, changes, day);
            verify(&agencies).map_err(|says| format!("on {:04}-{:02}-{:02}: {says}", day.year, day.month, day.day))?;
            book.eras.push((day, agencies));
        }
        book.verify_ends()?;
        Ok(book)
    }

    fn era(&self, written: &[Written], changes: &[Change], day: Date) -> Agencies {
        let there =
            |one: &&Written| one.from.is_none_or(|from| from <= day) && self.ended(&one.agency.code, day).is_none();
        let mut made: Vec<&Change> = changes.iter().filter(|change| change.day <= day).collect();
        made.sort_by_key(|change| change.day);
        let agency = |one: &Written| {
            let mut agency = one.agency.clone();
            for change in &made {
                match &change.kind {
                    ChangeKind::Rename { of, name } if *of == agency.code => agency.name.clone_from(name),
                    ChangeKind::HandOver { of, to } if *of == agency.code => agency.parent = Some(to.clone()),
                    _ => {}
                }
            }
            // What stood below an agency that ended stands below its heir, unless it is that heir itself.
            let parent = agency.parent.as_deref().map(|parent| self.heir(parent, day).to_owned());
            agency.parent = parent.filter(|parent| *parent != agency.code);
            agency
        };
        Agencies(written.iter().filter(there).map(agency).collect())
    }

    /// Each heir is there on the day it inherits, and what ended is kept as it was on its last day.
    fn verify_ends(&mut self) -> Result<(), String> {
        let last: Vec<Option<Agency>> = self
            .ended
            .iter()
            .map(|ended| self.on(ended.since.add_days(-1)).find(&ended.agency.code).cloned())
            .collect();
        for ended in &self.ended {
            let there = |code: &String| self.on(ended.since).find(code).is_some();
            if let Some(code) = ended.became.iter().find(|code| !there(code)) {
                return Err(format!("{} becomes {code}, which is not there on that day", ended.agency.code));
            }
        }
        for (ended, last) in self.ended.iter_mut().zip(last) {
            ended.agency = last.ok_or(format!("{} ends before it was there", ended.agency.code))?;
        }
        Ok(())
    }
}

fn parts(ended: &Ended) -> impl Iterator<Item = &str> {
    ended.became.iter().map(String::as_str)
}

fn known<'a>(written: &'a [Written], code: &str) -> Result<&'a Written, String> {
    written.iter().find(|one| one.agency.code == code).ok_or(format!("there is no agency {code}"))
}

/// Every parent is there, and nobody stands above themselves.
fn verify(agencies: &Agencies) -> Result<(), String> {
    for agency in &agencies.0 {
        let above: Vec<&Agency> = agencies.above(agency).collect();
        let top = above.last().unwrap_or(&agency);
        match &top.parent {
            None => {}
            Some(parent) if agencies.find(parent).is_none() => {
                return Err(format!("{} stands below {parent}, which is not there", top.code));
            }
            Some(_) => return Err(format!("{} stands above itself", agency.code)),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
