//! A whole number, such as how many people live in the household.

use super::{Read, Reading};
use crate::{Answers, Code, Operand, Value, operand::Range};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A whole number between bounds, which may be other answers.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Number {
    /// At least this.
    pub min: Option<Operand>,
    /// At most this.
    pub max: Option<Operand>,
    /// "người", written after the box; empty when there is none.
    pub unit: String,
}

impl Number {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.tidy();
        if typed.is_empty() {
            return Read::empty();
        }
        let Some(number) = whole(&typed) else {
            return Read::bad(reading.problem(Code::NotANumber, ""));
        };
        let bound = |bound: &Option<Operand>| match bound.as_ref()?.range(&reading.scope)? {
            Range::Numbers(number, _) => Some(number),
            Range::Dates(..) => None,
        };
        if let Some(min) = bound(&self.min).filter(|min| number < *min) {
            return Read::bad(reading.problem(Code::NumberTooSmall, min.to_string()));
        }
        if let Some(max) = bound(&self.max).filter(|max| number > *max) {
            return Read::bad(reading.problem(Code::NumberTooLarge, max.to_string()));
        }
        Read::good(Value::Number(number), number.to_string())
    }

    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let typed = answers.get(place);
        if typed.is_empty() || self.unit.is_empty() { typed.to_owned() } else { [typed, " ", &self.unit].concat() }
    }
}

/// Digits only, no sign, at most nine of them: no household is larger, and no sum of them overflows.
pub(super) fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
