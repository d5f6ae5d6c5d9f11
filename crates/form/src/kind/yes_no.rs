//! Yes or no.

use super::{Read, Reading};
use crate::{Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// Two radio buttons. Follow-up questions are ordinary questions shown by a condition.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct YesNo {
    /// "Có" stands first, as some papers print it.
    pub yes_first: bool,
}

impl YesNo {
    #[expect(clippy::unused_self, reason = "every kind reads by the same call")]
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        match reading.answers.get(reading.place) {
            "" => Read::empty(),
            answer @ ("yes" | "no") => Read::good(Value::Text(answer.to_owned()), answer.to_owned()),
            _ => Read::bad(reading.problem(Code::NotAnOption, "")),
        }
    }
}
