//! Conditions as data. They are never code, so an office can write them and a browser can trust them.

use crate::{Operand, Scope, Value};
use core::cmp::Ordering;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A condition over answers. What is not answered makes it unknown, neither true nor false (Kleene's three values).
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The answer is this: `{ eq = ["gioi_tinh", "nu"] }`.
    Eq(String, String),
    /// The answer is one of these: `{ in = ["dien", ["k1a", "k1b"]] }`.
    In(String, Vec<String>),
    /// Among several choices, this one is ticked: `{ has = ["dang_tat", "nhin"] }`.
    Has(String, String),
    /// Something readable was answered.
    Filled(String),
    /// No two rows of a group have the same answers to all of these: `{ unique = ["tv", ["tv_ho_ten", "tv_ngay_sinh"]] }`.
    Unique(String, Vec<String>),
    /// The age of a person born on a date: `{ age = { of = "ngay_sinh", at_least = 16, under = 23 } }`.
    Age(Age),
    /// The first is less than (before) the second: `{ lt = ["a", 3] }`.
    Lt(Operand, Operand),
    /// At most, or not after.
    Le(Operand, Operand),
    /// Greater, or after.
    Gt(Operand, Operand),
    /// At least, or not before.
    Ge(Operand, Operand),
    /// Equal numbers or dates, or equal texts.
    Same(Operand, Operand),
}

/// An age in whole years on a day.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[cfg_attr(feature = "source", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// The question that holds the date of birth.
    pub of: String,
    /// At least so many years.
    #[serde(default)]
    pub at_least: Option<i32>,
    /// Fewer than so many years.
    #[serde(default)]
    pub under: Option<i32>,
    /// The day on which the age counts: another question; today, when nothing is said.
    #[serde(default)]
    pub on: Option<String>,
}

impl Condition {
    /// Whether it holds; nothing when the answers do not tell.
    #[must_use]
    pub fn holds(&self, scope: &Scope<'_>) -> Option<bool> {
        match self {
            Self::All(parts) => join(parts, scope, false),
            Self::Any(parts) => join(parts, scope, true),
            Self::Not(part) => part.holds(scope).map(|held| !held),
            Self::Eq(name, wanted) => scope.text(name).map(|text| text == wanted),
            Self::In(name, wanted) => scope.text(name).map(|text| wanted.iter().any(|one| one == text)),
            Self::Has(name, wanted) => match scope.value(name)? {
                Value::Choices(ticked) => Some(ticked.contains(wanted)),
                _ => None,
            },
            Self::Filled(name) => Some(scope.value(name).is_some()),
            Self::Unique(group, names) => Some(unique(group, names, scope)),
            Self::Age(age) => age.holds(scope),
            Self::Lt(a, b) => a.compare(b, scope)?.surely(Ordering::is_lt),
            Self::Le(a, b) => a.compare(b, scope)?.surely(Ordering::is_le),
            Self::Gt(a, b) => a.compare(b, scope)?.surely(Ordering::is_gt),
            Self::Ge(a, b) => a.compare(b, scope)?.surely(Ordering::is_ge),
            Self::Same(a, b) => a.compare(b, scope)?.surely(Ordering::is_eq),
        }
    }

    /// Calls `visit` with the name of every question it looks at.
    pub fn visit(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.visit(visit)),
            Self::Not(part) => part.visit(visit),
            Self::Eq(name, _) | Self::In(name, _) | Self::Has(name, _) | Self::Filled(name) => visit(name),
            Self::Unique(group, names) => core::iter::once(group).chain(names).for_each(visit),
            Self::Age(age) => {
                visit(&mut age.of);
                age.on.iter_mut().for_each(visit);
            }
            Self::Lt(a, b) | Self::Le(a, b) | Self::Gt(a, b) | Self::Ge(a, b) | Self::Same(a, b) => {
                a.visit(visit);
                b.visit(visit);
            }
        }
    }
}

impl Age {
    fn holds(&self, scope: &Scope<'_>) -> Option<bool> {
        let (first, last) = scope.span(&self.of)?;
        let (from, until) = match &self.on {
            Some(name) => scope.span(name)?,
            None => (scope.today, scope.today),
        };
        // Papers may carry only a year: then the age lies between the youngest and the oldest it can be.
        let (youngest, oldest) = (last.age_on(from), first.age_on(until));
        let old_enough = self.at_least.map_or(Some(true), |limit| sure(youngest >= limit, oldest >= limit));
        let young_enough = self.under.map_or(Some(true), |limit| sure(oldest < limit, youngest < limit));
        and(old_enough, young_enough)
    }
}

/// Rows that lack one of the answers are like no other; names are compared as they are found, whatever their capitals.
fn unique(group: &str, names: &[String], scope: &Scope<'_>) -> bool {
    let told = |row: Scope<'_>| -> Option<Vec<Value>> {
        let fold = |value: &Value| match value {
            Value::Text(text) => Value::Text(crate::text::fold(text)),
            other => other.clone(),
        };
        names.iter().map(|name| row.value(name).map(fold)).collect()
    };
    let mut seen: Vec<Vec<Value>> = Vec::new();
    scope.rows(group).filter_map(told).all(|row| {
        let new = !seen.contains(&row);
        seen.push(row);
        new
    })
}

fn sure(always: bool, sometimes: bool) -> Option<bool> {
    if always == sometimes { Some(always) } else { None }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// `settles` is the value that decides at once: false for "all", true for "any".
fn join(parts: &[Condition], scope: &Scope<'_>, settles: bool) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part.holds(scope) {
            Some(held) if held == settles => return Some(settles),
            Some(_) => {}
            None => unknown = true,
        }
    }
    if unknown { None } else { Some(!settles) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Date, scope::Values};

    #[test]
    fn two_rows_with_the_same_name_and_birth_are_not_unique() {
        let born = |year| Value::Dates(Date::new(year, 1, 1).unwrap(), Date::new(year, 12, 31).unwrap());
        let mut values = Values::from([
            ("tv".to_owned(), Value::Rows(3)),
            ("tv.0.ten".to_owned(), Value::Text("Hồ Văn Păng".to_owned())),
            ("tv.0.sinh".to_owned(), born(1970)),
            ("tv.1.ten".to_owned(), Value::Text("HỒ VĂN PĂNG".to_owned())),
            ("tv.1.sinh".to_owned(), born(1998)),
            ("tv.2.ten".to_owned(), Value::Text("Hồ Thị Mừng".to_owned())),
        ]);
        let unique = Condition::Unique("tv".to_owned(), vec!["ten".to_owned(), "sinh".to_owned()]);
        let today = Date::new(2026, 11, 22).unwrap();
        assert_eq!(unique.holds(&Scope::new(&values, today)), Some(true));
        values.insert("tv.1.sinh".to_owned(), born(1970));
        assert_eq!(unique.holds(&Scope::new(&values, today)), Some(false));
    }
}
