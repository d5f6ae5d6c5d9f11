//! Rows of the same questions: children, members of the household.

use super::{Read, Reading};
use crate::{Code, Question, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A group that may be filled several times.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Repeat {
    /// The questions of one row.
    pub questions: Vec<Arc<Question>>,
    /// Fewest rows, when the group is required.
    pub min: u8,
    /// Most rows.
    pub max: u8,
    /// What one row is called, its number following: "Con thứ".
    pub row: String,
    /// The words on the button that adds one.
    pub add: String,
}

impl Repeat {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.answers.get(reading.place);
        if typed.is_empty() {
            return Read::empty();
        }
        let rows = reading.answers.rows(reading.place);
        if typed != rows.to_string() || rows == 0 {
            return Read::bad(reading.problem(Code::NotANumber, ""));
        }
        let mut read = Read::good(Value::Rows(rows), rows.to_string());
        if rows < usize::from(self.min) {
            read.problems.push(reading.problem(Code::RowsTooFew, self.min.to_string()));
        } else if rows > usize::from(self.max) {
            read.problems.push(reading.problem(Code::RowsTooMany, self.max.to_string()));
        }
        read
    }
}
