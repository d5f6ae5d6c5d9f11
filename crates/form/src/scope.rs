//! The readable values of the answers, and how a name in a condition finds one.

use crate::{Date, Map};

/// An answer that could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, or the value of a choice, or "yes" / "no".
    Text(String),
    /// A whole number; money is in đồng.
    Number(i64),
    /// The first and the last day it can be: the same day when it is known whole.
    Dates(Date, Date),
    /// The ticked choices.
    Choices(Vec<String>),
    /// The number of rows of a repeat group.
    Rows(usize),
}

/// Place → value, of the questions that are shown.
pub type Values = Map<Value>;

/// Where a condition looks names up: in its own row first, then in the whole form.
#[derive(Clone)]
pub struct Scope<'a> {
    values: &'a Values,
    /// The day on which the check runs.
    pub today: Date,
    /// `con.0.` inside a row, empty outside.
    row: String,
}

impl<'a> Scope<'a> {
    /// The whole form.
    #[must_use]
    pub fn new(values: &'a Values, today: Date) -> Self {
        Self { values, today, row: String::new() }
    }

    /// One row of a group.
    #[must_use]
    pub fn row(&self, group: &str, number: usize) -> Self {
        Self { values: self.values, today: self.today, row: format!("{group}.{number}.") }
    }

    /// All rows of a group.
    pub fn rows(&self, group: &str) -> impl Iterator<Item = Scope<'a>> {
        let rows = match self.value(group) {
            Some(Value::Rows(rows)) => *rows,
            _ => 0,
        };
        let (group, scope) = (group.to_owned(), self.clone());
        (0..rows).map(move |number| scope.row(&group, number))
    }

    /// The value of a question, when it is shown and could be read.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        if !self.row.is_empty()
            && let Some(value) = self.values.get(&[&self.row, name].concat())
        {
            return Some(value);
        }
        self.values.get(name)
    }

    /// The text of a text, choice or yes/no.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        match self.value(name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The first and last day a date can be.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<(Date, Date)> {
        match self.value(name)? {
            Value::Dates(first, last) => Some((*first, *last)),
            _ => None,
        }
    }
}
