//! A value the form works out from other answers. What a browser sends in its place is never believed.

use super::{Read, Reading};
use crate::{Operand, Value, operand::Range};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A sum or a count.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Computed {
    /// What it is worked out from.
    pub of: Operand,
    /// "người", written after it; empty when there is none.
    pub unit: String,
}

impl Computed {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        match self.of.range(&reading.scope) {
            Some(Range::Numbers(number, _)) => Read::good(Value::Number(number), number.to_string()),
            _ => Read::empty(),
        }
    }
}
