//! How an operand is written by hand: `3`, `"today"`, `"so_nguoi"`, `{ sum = [..] }`, `{ count = "tv", where = {..} }`.

use crate::{Condition, Operand};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The written form of [`Operand`].
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Written {
    /// A whole number.
    Number(i64),
    /// "today", or the id of a question.
    Name(String),
    /// All of them added.
    Sum {
        /// What is added.
        sum: Vec<Operand>,
    },
    /// How many rows of a group.
    Count {
        /// The group.
        count: String,
        /// Only the rows for which this holds.
        #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
        wanted: Option<Box<Condition>>,
    },
}

impl From<Written> for Operand {
    fn from(written: Written) -> Self {
        match written {
            Written::Number(number) => Self::Number(number),
            Written::Name(name) if name == "today" => Self::Today,
            Written::Name(name) => Self::Answer(name),
            Written::Sum { sum } => Self::Sum(sum),
            Written::Count { count, wanted } => Self::Count(count, wanted),
        }
    }
}

impl From<Operand> for Written {
    fn from(operand: Operand) -> Self {
        match operand {
            Operand::Number(number) => Self::Number(number),
            Operand::Today => Self::Name("today".to_owned()),
            Operand::Answer(name) => Self::Name(name),
            Operand::Sum(sum) => Self::Sum { sum },
            Operand::Count(count, wanted) => Self::Count { count, wanted },
        }
    }
}
