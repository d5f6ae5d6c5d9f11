//! A sentence to agree to, in the paper's own words: "Tôi xin cam đoan …".

use super::{Read, Reading};
use crate::{Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A tick box; the label is the plain sentence, the legal wording the paper's.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Declaration {}

impl Declaration {
    #[expect(clippy::unused_self, reason = "every kind reads by the same call")]
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        match reading.answers.get(reading.place) {
            "" => Read::empty(),
            "yes" => Read::good(Value::Text("yes".to_owned()), "yes".to_owned()),
            _ => Read::bad(reading.problem(Code::NotDeclared, "")),
        }
    }
}
