//! Some of several offered answers: each ticked one is kept as `place.value` = "yes".

use super::{Read, Reading};
use crate::{Answers, Choosable, Code, Value, answers};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// Tick boxes.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Choices {
    /// In the order offered.
    pub options: Vec<Choosable>,
}

impl Choices {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let mut ticked = Vec::new();
        let mut read = Read::empty();
        for option in &self.options {
            match reading.answers.part(reading.place, &option.value) {
                "" => {}
                "yes" if option.is_offered(reading) => ticked.push(option.value.clone()),
                _ => return Read::bad(reading.problem(Code::NotAnOption, "")),
            }
        }
        if !ticked.is_empty() {
            read.value = Some(Value::Choices(ticked));
        }
        read
    }

    pub(super) fn has_part(&self, part: &str) -> bool {
        self.options.iter().any(|option| option.value == part)
    }

    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let ticked = self.options.iter().filter(|option| answers.get(&answers::join(place, &option.value)) == "yes");
        let labels: Vec<&str> = ticked.map(|option| option.label.as_str()).collect();
        labels.join("; ")
    }
}
