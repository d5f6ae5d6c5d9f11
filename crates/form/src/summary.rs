//! Answers set out for reading again: on the check-answers page, on the officer's desk, in print.

use crate::check::{Walk, row_place};
use crate::{Answers, Form, Given, Kind, Question};

/// One step's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The number of the step.
    pub step: usize,
    /// The step's title.
    pub title: String,
    /// What was asked and answered.
    pub rows: Vec<Row>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The place of the answer.
    pub place: String,
    /// The question in plain words.
    pub label: String,
    /// "Con thứ 2", for an answer in a group; empty outside.
    pub row: String,
    /// The answer; empty when none was given. Yes and no stay "yes" and "no": the reader's language says them.
    pub answer: String,
    /// Whether the answer is one of the words "yes" and "no".
    pub yes_no: bool,
    /// It came from the guiding questions.
    pub given: bool,
}

/// The shown questions and their answers, step by step; steps with nothing shown are left out.
#[must_use]
pub fn summary(form: &Form, answers: &Answers, given: &Given<'_>) -> Vec<Section> {
    let walk = Walk::through(form, answers, given);
    let mut sections = Vec::new();
    for (number, step) in form.steps.iter().enumerate() {
        let mut rows = Vec::new();
        for question in step.questions.iter().filter(|question| walk.shown.contains(&question.id)) {
            match &question.kind {
                Kind::Repeat(group) => {
                    for row in 0..answers.rows(&question.id) {
                        for inner in &group.questions {
                            let place = row_place(&question.id, row, &inner.id);
                            if walk.shown.contains(&place) {
                                rows.push(told(
                                    inner,
                                    place,
                                    format!("{} {}", group.row, row + 1),
                                    &walk,
                                    answers,
                                    given,
                                ));
                            }
                        }
                    }
                }
                _ => rows.push(told(question, question.id.clone(), String::new(), &walk, answers, given)),
            }
        }
        if !rows.is_empty() {
            sections.push(Section { step: number, title: step.title.clone(), rows });
        }
    }
    sections
}

fn told(question: &Question, place: String, row: String, walk: &Walk<'_>, answers: &Answers, given: &Given<'_>) -> Row {
    let computed = matches!(question.kind, Kind::Computed(_));
    let answer = if computed {
        walk.kept.iter().find(|(kept, _)| *kept == place).map_or_else(String::new, |(_, text)| text.clone())
    } else {
        question.kind.show(answers, &place, given.units)
    };
    let yes_no = matches!(question.kind, Kind::YesNo(_) | Kind::Declaration(_));
    Row { place, label: question.label.clone(), row, answer, yes_no, given: question.given }
}
