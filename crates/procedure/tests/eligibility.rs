//! "May I, and how much?" over the project's own `forms/`: examples hold, every way of answering comes to a verdict, and
//! a mistake in the rules is told with its line.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::{Answers, Date, Given, Kind};
use library::{files, load};
use procedure::source::{Library, eligibility::examples};
use procedure::{Eligibility, VerdictKind};
use std::collections::BTreeSet;

#[test]
fn every_example_holds() {
    let files = files();
    let (ran, failures) = examples::run(&load(&files), &files);
    assert!(failures.is_empty(), "{} of {ran} examples:\n{}", failures.len(), failures.join("\n"));
    assert!(ran > 60, "only {ran} examples were found");
}

#[test]
fn an_outcome_or_a_boundary_without_an_example_is_told() {
    let mut files = files();
    let path = "eligibility/ho-tro-chi-phi-mai-tang.examples.json";
    let kept: Vec<serde_json::Value> = serde_json::from_str(&files[path]).unwrap();
    let fewer: Vec<_> =
        kept.into_iter().filter(|one| one["outcome"] != "d14k2" && one["today"] != "2024-06-30").collect();
    files.insert(path.to_owned(), serde_json::to_string(&fewer).unwrap());
    let (_, failures) = examples::run(&load(&files), &files);
    assert_eq!(
        failures,
        [
            format!("{path}: no example reaches the outcome \"d14k2\""),
            format!("{path}: a standard changes on 2024-07-01, and no example stands on 2024-06-30"),
        ]
    );
}

/// Answers the first open question in every way, until nothing is open.
fn try_all(rules: &Eligibility, answers: &Answers, given: &Given<'_>, reached: &mut BTreeSet<String>) {
    let place = match rules.assess(answers, given) {
        Ok(verdict) => {
            assert!(verdict.kind != VerdictKind::No || !verdict.instead.is_empty(), "{answers:?}");
            let pays = rules.outcomes.iter().any(|one| one.id == verdict.outcome && one.pays.is_some());
            assert_eq!(verdict.amount.is_some(), pays, "{answers:?}");
            reached.insert(verdict.outcome);
            return;
        }
        Err(problems) => problems[0].place.clone(),
    };
    assert_eq!(answers.get(&place), "", "{place} = {} is refused", answers.get(&place));
    let values = match &rules.questions.question_at(&place).unwrap().kind {
        Kind::Choice(choice) => choice.options.iter().map(|option| option.value.clone()).collect(),
        Kind::YesNo(_) => vec!["yes".to_owned(), "no".to_owned()],
        Kind::Number(_) => ["0", "1", "3"].map(str::to_owned).to_vec(),
        other => panic!("{other:?}"),
    };
    for value in values {
        let mut next = answers.clone();
        next.set(&place, &value);
        let refused = rules.assess(&next, given).err().is_some_and(|problems| problems[0].place == place);
        if refused {
            assert_eq!(value, "0", "{place} = {value} is refused");
        } else {
            try_all(rules, &next, given, reached);
        }
    }
}

#[test]
fn every_way_of_answering_comes_to_a_verdict_and_every_outcome_is_reached() {
    let library = load(&files());
    for (id, rules) in &library.eligibility {
        let mut reached = BTreeSet::new();
        for today in ["2025-06-30", "2026-11-24"] {
            let given = Given { today: Date::parse(today).unwrap(), units: &library.units };
            try_all(rules, &Answers::default(), &given, &mut reached);
        }
        let missed: Vec<&str> =
            rules.outcomes.iter().map(|one| one.id.as_str()).filter(|id| !reached.contains(*id)).collect();
        assert!(missed.is_empty(), "{id}: {missed:?}");
    }
    assert_eq!(library.eligibility.len(), 3);
}

#[test]
fn a_mistake_is_told_with_its_file_and_line() {
    let path = "eligibility/tham-vieng-mo-liet-si.toml";
    for (from, to, line_of, says) in [
        ("[\"so_km\", \"so_nguoi\"]", "[\"da_nhan\"]", "id = \"duoc-di\"", "no required question of kind number"),
        ("coefficient = 100", "coefficient = 1.5", "pays =", "invalid type"),
        ("standard = \"tham-vieng-mo\"", "standard = \"khac\"", "id = \"duoc-di\"", "there is no standard \"khac\""),
        (
            "{ eq = [\"da_nhan\", \"yes\"] }",
            "{ eq = [\"la\", \"yes\"] }",
            "id = \"da-nhan-nam-nay\"",
            "which no question asks",
        ),
        ("instead = \"Hãy nhờ một thân nhân của liệt sĩ đứng đơn.\"", "", "id = \"khong-thuoc\"", "what else to try"),
        (
            "verdict = \"ask\"",
            "verdict = \"ask\"\nfrom = \"2022-01-01\"",
            "id = \"hoi-can-bo\"",
            "the last outcome must be \"ask\"",
        ),
        ("id = \"da-nhan-nam-nay\"", "id = \"duoc-di\"", "id = \"da-nhan-nam-nay\"", "two outcomes \"duoc-di\""),
        ("from = \"2026-10-01\"", "from = \"2026-10-32\"", "from = \"2026-10-01\"", "is not a day"),
        ("coefficient = 100", "coefficient = 100, rate = 1", "pays =", "unknown field"),
    ] {
        let mut files = files();
        let text = files[path].clone();
        assert!(text.contains(from), "{from}");
        // An error inside a table is told at the table's head, which stands one line above its id.
        let line = text.lines().position(|line| line.contains(line_of)).unwrap();
        let line = if line_of.starts_with("pays") { line + 1 } else { line };
        files.insert(path.to_owned(), text.replace(from, to));
        let errors = Library::load(&files).err().unwrap_or_else(|| panic!("{to} was taken")).0;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].says.contains(says), "{}", errors[0]);
        assert_eq!((errors[0].file.as_str(), errors[0].line), (path, line), "{}", errors[0]);
    }
    let mut files = files();
    let path = "standards/tro-giup-xa-hoi.toml";
    files.insert(path.to_owned(), files[path].replace("2024-07-01", "2020-07-01"));
    let errors = Library::load(&files).err().unwrap().0;
    assert!(
        errors[0].to_string().starts_with("standards/tro-giup-xa-hoi.toml:14: the rates stand oldest first"),
        "{}",
        errors[0]
    );
}
