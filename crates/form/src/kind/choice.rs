//! One of several offered answers.

use super::{Read, Reading};
use crate::{Answers, Choosable, Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// Radio buttons; a long list is found by typing.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Choice {
    /// In the order offered.
    pub options: Vec<Choosable>,
    /// Found by typing, because the list is long.
    pub search: bool,
}

impl Choice {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.answers.get(reading.place).trim();
        if typed.is_empty() {
            return Read::empty();
        }
        if self.options.iter().any(|option| option.value == typed && option.is_offered(reading)) {
            Read::good(Value::Text(typed.to_owned()), typed.to_owned())
        } else {
            Read::bad(reading.problem(Code::NotAnOption, ""))
        }
    }

    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let value = answers.get(place);
        self.options
            .iter()
            .find(|option| option.value == value)
            .map_or_else(|| value.to_owned(), |option| option.label.clone())
    }
}

impl Choosable {
    pub(super) fn is_offered(&self, reading: &Reading<'_>) -> bool {
        self.show.as_ref().is_none_or(|show| show.holds(&reading.scope) == Some(true))
    }
}

pub(super) fn visit_texts(options: &mut [Choosable], visit: &mut dyn FnMut(&mut String)) {
    for option in options {
        visit(&mut option.label);
        visit(&mut option.hint);
    }
}
