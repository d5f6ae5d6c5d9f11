//! Every way of answering the guiding questions leads somewhere, every outcome can be reached, and no template is left
//! with a question that neither the case nor a step answers.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::{Answers, Given, Kind};
use library::{files, load};
use procedure::Procedure;
use procedure::procedure::FILER_FORM;
use procedure::source::Library;
use std::collections::BTreeSet;

fn library() -> Library {
    load(&files())
}

/// The answers a guiding question can have; guiding questions are choices, so that all ways can be tried.
fn options(kind: &Kind) -> Vec<String> {
    match kind {
        Kind::Choice(choice) => choice.options.iter().map(|option| option.value.clone()).collect(),
        Kind::YesNo(_) => vec!["yes".to_owned(), "no".to_owned()],
        other => panic!("a guiding question must be a choice, not {other:?}"),
    }
}

/// Answers the first open question in every way, until nothing is open.
fn try_all(procedure: &Procedure, case: &Answers, given: &Given<'_>, reached: &mut BTreeSet<String>) {
    let place = match form::check(&procedure.case, case, given) {
        Ok(checked) => {
            let outcome = procedure.outcome(checked.values(), given.today);
            let outcome = outcome.unwrap_or_else(|| panic!("{}: {case:?} leads nowhere", procedure.id));
            reached.insert(outcome.id.clone());
            return;
        }
        Err(problems) => problems[0].place.clone(),
    };
    assert_eq!(case.get(&place), "", "{}: {place} = {} is refused", procedure.id, case.get(&place));
    for value in options(&procedure.case.question_at(&place).unwrap().kind) {
        let mut next = case.clone();
        next.set(&place, &value);
        try_all(procedure, &next, given, reached);
    }
}

#[test]
fn every_case_leads_to_an_outcome_and_every_outcome_is_reached() {
    let library = library();
    let given = Given { today: form::Date::new(2026, 11, 22).unwrap(), units: &library.units };
    for procedure in library.procedures.values() {
        let mut reached = BTreeSet::new();
        try_all(procedure, &Answers::default(), &given, &mut reached);
        let all: BTreeSet<String> = procedure.outcomes.iter().map(|outcome| outcome.id.clone()).collect();
        assert_eq!(all.len(), procedure.outcomes.len(), "{}: two outcomes share an id", procedure.id);
        assert_eq!(all, reached, "{}", procedure.id);
    }
}

#[test]
fn outcomes_answer_every_given_question_with_an_answer_it_takes() {
    let library = library();
    for procedure in library.procedures.values() {
        for outcome in &procedure.outcomes {
            for id in procedure.forms_of(outcome).filter(|id| *id != FILER_FORM) {
                let filled = procedure.filled(outcome, id, &Answers::default());
                for (_, question) in library.forms[id].questions().filter(|(_, question)| question.given) {
                    let answer = filled.get(&question.id).to_owned();
                    let offered = options(&question.kind);
                    assert!(
                        offered.contains(&answer),
                        "{}/{}: {id}/{} = {answer:?}",
                        procedure.id,
                        outcome.id,
                        question.id
                    );
                }
            }
        }
    }
}
