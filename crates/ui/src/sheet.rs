//! The sheet a page of questions is written on: the answers, what is shown, and what is wrong.

use crate::prelude::*;
use form::{Answers, Map, Problem};

/// What questions read from and write to. Cheap to copy: it only holds handles.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// Everything typed into the form.
    pub answers: RwSignal<Answers>,
    /// What follows from the answers.
    pub told: Memo<Told>,
    /// What the last check found on this page.
    pub problems: RwSignal<Vec<Problem>>,
    /// Names of provinces and communes.
    pub units: UnitNames,
    /// The place of the name whose person a card filled last: then the questions are drawn anew.
    pub filled: RwSignal<String>,
}

/// What one walk through the form tells of the answers.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// The places of the questions that are shown.
    pub shown: Map<()>,
    /// The tidy answers, computed values among them, by place.
    pub kept: Answers,
}

/// How a page finds provinces and communes.
#[derive(Clone, Copy)]
pub struct UnitNames {
    /// Grows whenever more units have been loaded.
    pub loaded: RwSignal<u32>,
    /// Loads the communes of a province, in its own time.
    pub load: fn(&str),
    /// Provinces for what was typed.
    pub provinces: fn(&str) -> Vec<Suggestion>,
    /// Communes of a province for what was typed.
    pub communes: fn(&str, &str) -> Vec<Suggestion>,
    /// The name of a unit, by its code.
    pub name: fn(&str) -> Option<String>,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A second line, empty when there is none.
    pub note: String,
}

impl Sheet {
    /// The text at a place, without watching it.
    #[must_use]
    pub fn peek(self, place: &str) -> String {
        self.answers.with_untracked(|answers| answers.get(place).to_owned())
    }

    /// The text at a place; whoever reads it in a reactive place is told when it changes.
    #[must_use]
    pub fn read(self, place: &str) -> String {
        self.answers.with(|answers| answers.get(place).to_owned())
    }

    /// Keeps a text.
    pub fn write(self, place: &str, text: &str) {
        self.answers.update(|answers| answers.set(place, text));
    }

    /// The first problem at a place.
    #[must_use]
    pub fn problem_at(self, place: &str) -> Option<Problem> {
        self.problems.with(|problems| problems.iter().find(|problem| problem.place == place).cloned())
    }
}
