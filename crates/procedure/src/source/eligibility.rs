//! `eligibility/<procedure>.toml` and `standards/<id>.toml` as they are written, and what they must keep: names that
//! exist, amounts of whole đồng, and a last outcome that sends to an officer whoever fits no rule.

pub mod examples;

use crate::Procedure;
use crate::eligibility::{Days, Doubt, Eligibility, Outcome, Pays, Rate, Standard, VerdictKind};
use form::source::{LoadError, Shelf, WrittenStep, line_of, toml_error, with_steps};
use form::{Condition, Date, Form, Kind, Required};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// The rules as they are written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenEligibility {
    /// The first day on which the law behind these rules holds, "2021-07-01".
    in_force_from: String,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: Vec<String>,
    /// What people must be told on certain days.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenDoubt>")]
    doubt: Vec<Spanned<WrittenDoubt>>,
    /// The questions, written like the steps of a form.
    step: Vec<WrittenStep>,
    /// Tried in order.
    #[schemars(with = "Vec<WrittenOutcome>")]
    outcome: Vec<Spanned<WrittenOutcome>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenDoubt {
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    until: Option<String>,
    /// A sentence for people.
    says: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenOutcome {
    id: String,
    #[serde(default)]
    when: Option<Condition>,
    /// "probably", "no" or "ask".
    verdict: VerdictKind,
    /// The article of law.
    law: String,
    /// First day; `in_force_from`, when nothing is said.
    #[serde(default)]
    from: Option<String>,
    /// Last day.
    #[serde(default)]
    until: Option<String>,
    /// Why, in plain words.
    says: String,
    /// What else to try; a "no" must have it.
    #[serde(default)]
    instead: String,
    #[serde(default)]
    pays: Option<Pays>,
}

/// A standard as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenStandard {
    /// Its name in law.
    name: String,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: Vec<String>,
    /// Oldest first.
    #[schemars(with = "Vec<WrittenRate>")]
    rate: Vec<Spanned<WrittenRate>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenRate {
    /// In đồng.
    amount: i64,
    /// First day.
    from: String,
    /// The article of law.
    law: String,
    /// A sentence for people, when the figure is not certain.
    #[serde(default)]
    doubt: String,
}

/// The JSON Schema of `eligibility/<procedure>.toml`, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(WrittenEligibility).to_value()
}

/// The JSON Schema of `standards/<id>.toml`, for editors.
#[must_use]
pub fn standard_schema() -> serde_json::Value {
    schemars::schema_for!(WrittenStandard).to_value()
}

/// What is wrong, and in which line.
type Wrong = (usize, String);

pub(super) fn load_standard(id: &str, file: &str, text: &str) -> Result<Standard, LoadError> {
    let written: WrittenStandard = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let wrong = |(line, says): Wrong| LoadError { file: file.to_owned(), line, says };
    let mut rates: Vec<Rate> = Vec::new();
    for row in written.rate {
        let line = line_of(text, row.span().start);
        let WrittenRate { amount, from, law, doubt } = row.into_inner();
        let from = date(line, &from).map_err(wrong)?;
        if amount <= 0 {
            return Err(wrong((line, "an amount is more than nothing, in đồng".to_owned())));
        }
        if rates.last().is_some_and(|before| before.from >= from) {
            return Err(wrong((line, "the rates stand oldest first, each with its own day".to_owned())));
        }
        rates.push(Rate { amount, from, law, doubt });
    }
    if rates.is_empty() {
        return Err(wrong((1, "a standard needs at least one [[rate]]".to_owned())));
    }
    Ok(Standard { id: id.to_owned(), name: written.name, rates })
}

pub(super) fn load(
    id: &str,
    file: &str,
    text: &str,
    shelf: &Shelf,
    procedures: &BTreeMap<String, Procedure>,
    standards: &BTreeMap<String, Standard>,
) -> Result<Eligibility, LoadError> {
    let written: WrittenEligibility = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let wrong = |(line, says): Wrong| LoadError { file: file.to_owned(), line, says };
    let procedure = procedures
        .get(id)
        .ok_or_else(|| wrong((1, format!("there is no procedure \"{id}\"; the file has its procedure's name"))))?;
    let in_force_from = date(1, &written.in_force_from).map_err(wrong)?;
    let questions = Form {
        id: id.to_owned(),
        number: String::new(),
        title: procedure.short.clone(),
        subtitle: String::new(),
        about: String::new(),
        legal_basis: Vec::new(),
        in_force_from,
        in_force_until: None,
        steps: Vec::new(),
    };
    let questions = with_steps(questions, written.step, file, text, shelf)?;
    let mut doubts = Vec::new();
    for row in written.doubt {
        let line = line_of(text, row.span().start);
        let WrittenDoubt { from, until, says } = row.into_inner();
        doubts.push(Doubt { in_force: days(line, from.as_deref(), until.as_deref()).map_err(wrong)?, says });
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut used = BTreeSet::new();
    let last = written.outcome.len();
    for (number, row) in written.outcome.into_iter().enumerate() {
        let line = line_of(text, row.span().start);
        let outcome = outcome(row.into_inner(), line, in_force_from, number + 1 == last).map_err(wrong)?;
        if outcomes.iter().any(|other| other.id == outcome.id) {
            return Err(wrong((line, format!("there are two outcomes \"{}\"", outcome.id))));
        }
        verify(&outcome, &questions, standards).map_err(|says| wrong((line, says)))?;
        used.extend(outcome.pays.iter().map(|pays| pays.standard.clone()));
        outcomes.push(outcome);
    }
    let otherwise = outcomes.pop().ok_or_else(|| wrong((1, "the rules need at least one [[outcome]]".to_owned())))?;
    let standards = used.iter().filter_map(|id| standards.get(id)).cloned().collect();
    Ok(Eligibility { questions, outcomes, otherwise, standards, doubts })
}

/// The last outcome holds always, on every day: before the law began too.
fn outcome(written: WrittenOutcome, line: usize, in_force_from: Date, last: bool) -> Result<Outcome, Wrong> {
    let WrittenOutcome { id, when, verdict, law, from, until, says, instead, pays } = written;
    let mut in_force = days(line, from.as_deref(), until.as_deref())?;
    if last {
        if when.is_some() || in_force != Days::default() || verdict != VerdictKind::Ask {
            let says = "the last outcome must be \"ask\", without when, from and until: it is for whoever fits no rule";
            return Err((line, says.to_owned()));
        }
    } else {
        in_force.from = in_force.from.or(Some(in_force_from));
    }
    Ok(Outcome { id, when, kind: verdict, law, in_force, says, instead, pays })
}

fn verify(outcome: &Outcome, questions: &Form, standards: &BTreeMap<String, Standard>) -> Result<(), String> {
    let asked = |name: &str| questions.questions().map(|(_, question)| question).find(|question| question.id == name);
    let id = &outcome.id;
    let mut stray = None;
    if let Some(mut when) = outcome.when.clone() {
        when.visit(&mut |name| {
            if asked(name).is_none() {
                stray = Some(format!("the outcome \"{id}\" looks at \"{name}\", which no question asks"));
            }
        });
    }
    if let Some(says) = stray {
        return Err(says);
    }
    if outcome.kind == VerdictKind::No && outcome.instead.is_empty() {
        return Err(format!("the outcome \"{id}\" says no; `instead` must say what else to try"));
    }
    let Some(pays) = &outcome.pays else {
        return Ok(());
    };
    if outcome.kind != VerdictKind::Probably {
        return Err(format!("the outcome \"{id}\" pays, and is not \"probably\""));
    }
    let standard =
        standards.get(&pays.standard).ok_or_else(|| format!("there is no standard \"{}\"", pays.standard))?;
    if let (Some(from), Some(first)) = (outcome.in_force.from, standard.rates.first())
        && from < first.from
    {
        return Err(format!("the outcome \"{id}\" pays before the standard \"{}\" begins", pays.standard));
    }
    if standard
        .rates
        .iter()
        .any(|rate| rate.amount.checked_mul(i64::from(pays.coefficient)).is_none_or(|n| n % 100 != 0))
    {
        return Err(format!("the outcome \"{id}\" does not pay whole đồng"));
    }
    for name in &pays.times {
        let number = asked(name).filter(|asked| matches!(asked.kind, Kind::Number(_)));
        if number.is_none_or(|asked| asked.required != Required::Always) {
            return Err(format!(
                "the outcome \"{id}\" multiplies by \"{name}\", which is no required question of kind number"
            ));
        }
    }
    Ok(())
}

fn days(line: usize, from: Option<&str>, until: Option<&str>) -> Result<Days, Wrong> {
    let [from, until] = [from, until].map(|day| day.map(|day| date(line, day)).transpose());
    let days = Days { from: from?, until: until? };
    match days {
        Days { from: Some(from), until: Some(until) } if until < from => {
            Err((line, format!("{until} is before {from}: nothing is ever in force then")))
        }
        _ => Ok(days),
    }
}

fn date(line: usize, text: &str) -> Result<Date, Wrong> {
    Date::parse(text).ok_or_else(|| (line, format!("\"{text}\" is not a day; write it as 2021-07-01")))
}
