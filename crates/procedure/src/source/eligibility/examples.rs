//! Running `eligibility/<procedure>.examples.json`: what each answer and day must come to. Every outcome must have an
//! example, and every standard one on the day it changes and one on the day before.

use crate::eligibility::{Eligibility, VerdictKind};
use crate::source::{Files, Library};
use form::{Answers, Date, Given};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    about: String,
    /// The day of the question.
    today: String,
    answers: Answers,
    /// The outcome reached; left out when the answers are refused.
    #[serde(default)]
    outcome: Option<String>,
    #[serde(default)]
    verdict: Option<VerdictKind>,
    /// The total in đồng; left out when nothing is told about money.
    #[serde(default)]
    amount: Option<i64>,
    /// How many doubts are told.
    #[serde(default)]
    doubts: usize,
    /// The problems, when the answers are refused.
    #[serde(default)]
    problems: Vec<String>,
}

/// Runs every example; gives how many ran, and what went wrong as sentences.
#[must_use]
pub fn run(library: &Library, files: &Files) -> (usize, Vec<String>) {
    let mut failures = Vec::new();
    let mut ran = 0;
    for (id, rules) in &library.eligibility {
        let path = format!("eligibility/{id}.examples.json");
        let read = files.get(&path).ok_or("the file is missing".to_owned());
        match read.and_then(|text| serde_json::from_str::<Vec<Example>>(text).map_err(|error| error.to_string())) {
            Ok(examples) => {
                ran += examples.len();
                failures.extend(run_all(library, rules, &examples).into_iter().map(|says| format!("{path}: {says}")));
            }
            Err(says) => failures.push(format!("{path}: {says}")),
        }
    }
    (ran, failures)
}

fn run_all(library: &Library, rules: &Eligibility, examples: &[Example]) -> Vec<String> {
    let mut failures: Vec<String> = examples
        .iter()
        .filter_map(|example| run_one(library, rules, example).err().map(|says| format!("{}: {says}", example.about)))
        .collect();
    let reached: BTreeSet<&str> = examples.iter().filter_map(|example| example.outcome.as_deref()).collect();
    for outcome in
        rules.outcomes.iter().chain([&rules.otherwise]).filter(|outcome| !reached.contains(outcome.id.as_str()))
    {
        failures.push(format!("no example reaches the outcome \"{}\"", outcome.id));
    }
    let days: BTreeSet<Date> = examples.iter().filter_map(|example| Date::parse(&example.today)).collect();
    for rate in rules.standards.iter().flat_map(|standard| &standard.rates) {
        for day in [rate.from.add_days(-1), rate.from].into_iter().filter(|day| !days.contains(day)) {
            failures.push(format!("a standard changes on {}, and no example stands on {day}", rate.from));
        }
    }
    failures
}

fn run_one(library: &Library, rules: &Eligibility, example: &Example) -> Result<(), String> {
    let today = Date::parse(&example.today).ok_or_else(|| format!("\"{}\" is not a day", example.today))?;
    let given = Given { today, units: &library.units };
    match rules.assess(&example.answers, &given) {
        Ok(verdict) => {
            let wanted = (example.outcome.as_deref(), example.verdict, example.amount, example.doubts);
            let total = verdict.amount.as_ref().map(|amount| amount.total);
            let got = (Some(verdict.outcome.as_str()), Some(verdict.kind), total, verdict.doubts.len());
            if wanted == got { Ok(()) } else { Err(format!("should come to {wanted:?}, and comes to {got:?}")) }
        }
        Err(problems) => {
            let got: Vec<String> =
                problems.iter().map(|problem| format!("{} {}", problem.place, problem.code.as_str())).collect();
            if example.outcome.is_none() && got == example.problems {
                Ok(())
            } else {
                Err(format!("is refused with {got:?}"))
            }
        }
    }
}
