//! What conditions, bounds and computed values calculate with: numbers, dates, sums and counts of rows.

use crate::{Condition, Date, Scope, Value};
use core::cmp::Ordering;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// Something with a value. In the files: `3`, `"today"`, `"so_nguoi"` (an answer), `{ sum = [..] }`, `{ count = "tv", where = {..} }`.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(
    feature = "source",
    serde(from = "crate::source::operand::Written", into = "crate::source::operand::Written")
)]
pub enum Operand {
    /// A whole number.
    Number(i64),
    /// The day on which the check runs.
    Today,
    /// The answer to a question.
    Answer(String),
    /// All of them added; what is not answered counts as nothing.
    Sum(Vec<Operand>),
    /// How many rows of a repeat group satisfy the condition; all rows, when there is none.
    Count(String, Option<Box<Condition>>),
}

/// A range in which a value surely lies: a date of which only the year is known is a range of days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// Numbers.
    Numbers(i64, i64),
    /// Days.
    Dates(Date, Date),
}

/// How the smallest and the largest possible values compare.
#[derive(Clone, Copy, Debug)]
pub struct Order(Ordering, Ordering);

impl Order {
    /// The answer, when it is the same for every possible value.
    pub fn surely(self, test: impl Fn(Ordering) -> bool) -> Option<bool> {
        let (a, b) = (test(self.0), test(self.1));
        // Two ranges that reach over each other may also be equal somewhere in between.
        let between = if self.0 == self.1 { a } else { test(Ordering::Equal) };
        (a == b && a == between).then_some(a)
    }
}

impl Operand {
    /// Its value, when the answers tell.
    #[must_use]
    pub fn range(&self, scope: &Scope<'_>) -> Option<Range> {
        match self {
            Self::Number(number) => Some(Range::Numbers(*number, *number)),
            Self::Today => Some(Range::Dates(scope.today, scope.today)),
            Self::Answer(name) => match scope.value(name)? {
                Value::Number(number) => Some(Range::Numbers(*number, *number)),
                Value::Dates(first, last) => Some(Range::Dates(*first, *last)),
                _ => None,
            },
            Self::Sum(parts) => {
                let mut sum: i64 = 0;
                for part in parts {
                    if let Some(Range::Numbers(number, _)) = part.range(scope) {
                        sum = sum.saturating_add(number);
                    }
                }
                Some(Range::Numbers(sum, sum))
            }
            Self::Count(group, wanted) => {
                let counted = scope
                    .rows(group)
                    .filter(|row| wanted.as_ref().is_none_or(|wanted| wanted.holds(row) == Some(true)))
                    .count();
                let counted = i64::try_from(counted).unwrap_or(i64::MAX);
                Some(Range::Numbers(counted, counted))
            }
        }
    }

    /// How the two compare, when both are known and of one sort.
    #[must_use]
    pub fn compare(&self, other: &Self, scope: &Scope<'_>) -> Option<Order> {
        if let (Self::Answer(a), Self::Answer(b)) = (self, other)
            && let (Some(a), Some(b)) = (scope.text(a), scope.text(b))
        {
            return Some(Order(a.cmp(b), a.cmp(b)));
        }
        match (self.range(scope)?, other.range(scope)?) {
            (Range::Numbers(a, c), Range::Numbers(b, d)) => Some(Order(a.cmp(&d), c.cmp(&b))),
            (Range::Dates(a, c), Range::Dates(b, d)) => Some(Order(a.cmp(&d), c.cmp(&b))),
            _ => None,
        }
    }

    /// Calls `visit` with the name of every question it looks at.
    pub fn visit(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Number(_) | Self::Today => {}
            Self::Answer(name) => visit(name),
            Self::Sum(parts) => parts.iter_mut().for_each(|part| part.visit(visit)),
            Self::Count(group, wanted) => {
                visit(group);
                if let Some(wanted) = wanted {
                    wanted.visit(visit);
                }
            }
        }
    }
}

#[cfg(feature = "source")]
impl schemars::JsonSchema for Operand {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Operand".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        crate::source::operand::Written::json_schema(generator)
    }
}
