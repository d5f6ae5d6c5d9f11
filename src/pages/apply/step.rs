//! One step of questions: of the guiding questions or of a form. Checked on "Continue", never while typing.

use super::{go, page};
use crate::route::{MENDS, Part};
use crate::state::units;
use crate::state::work::{Work, given};
use form::check::Walk;
use form::{Answers, Form, Problem, Step, check_step};
use std::cell::Cell;
use std::sync::Arc;
use text::Key;
use ui::prelude::*;
use ui::question::{focus_target, question};
use ui::{Html, html};
use ui::{Sheet, Told, error_summary, fill, t};

/// `form` is nothing for the guiding questions.
pub fn draw(work: &Work, key: &str, form: Option<&String>, step: &str) -> Html {
    let asked = match form {
        None => Some(Arc::new(work.procedure.case.clone())),
        Some(id) => work.forms.get(id).cloned(),
    };
    let place = asked.as_ref().and_then(|asked| asked.steps.iter().position(|one| one.id == step));
    let (Some(asked), Some(number)) = (asked, place) else {
        return super::super::not_found(t(Key::ProcedureNone));
    };
    let typed = form.map_or_else(|| work.now().case, |id| work.answers(id));
    let sheet = sheet(work, form, &asked, typed);
    let next = {
        let (work, key, asked, form) = (work.clone(), key.to_owned(), asked.clone(), form.cloned());
        move |_| {
            let found = sheet.answers.with_untracked(|answers| check_step(&asked, number, answers, &given()));
            let blocks = found.iter().any(|problem| problem.blocks);
            // A warning is shown once; the same warning again means: yes, I looked.
            let seen = sheet.problems.with_untracked(|before| *before == found);
            if blocks || (!found.is_empty() && !seen) {
                sheet.problems.set(found);
                ui::focus_soon(ui::error_summary::ID);
                return;
            }
            let done = step_name(form.as_deref(), &asked.steps[number]);
            work.change(|draft| {
                draft.done.insert(done, ());
            });
            // Who came to mend one answer goes back to the look-over, not through all the steps again.
            let mends = window().location().search().is_ok_and(|search| search == MENDS);
            go(&key, if mends { Part::Check } else { after(&work, &asked, form.as_deref(), number) });
        }
    };
    page_of(key, form, &asked, number, sheet, next)
}

fn page_of(
    key: &str,
    form: Option<&String>,
    asked: &Arc<Form>,
    number: usize,
    sheet: Sheet,
    next: impl Fn(web_sys::Event) + 'static,
) -> Html {
    let step = &asked.steps[number];
    crate::app::title(&step.title);
    let target = {
        let asked = asked.clone();
        move |problem: &Problem| focus_target(&asked, problem)
    };
    let caption = if form.is_some() {
        let part =
            fill(Key::ApplyPart, &[("number", &(number + 1).to_string()), ("count", &asked.steps.len().to_string())]);
        if asked.number.is_empty() { part } else { format!("{} · {part}", asked.number) }
    } else {
        t(Key::TasksCase).to_owned()
    };
    let legal = (!step.legal.is_empty()).then(|| html! { <p class="law" lang="vi">{step.legal.clone()}</p> });
    let intro = (!step.intro.is_empty()).then(|| html! { <p>{step.intro.clone()}</p> });
    let questions: Vec<_> =
        step.questions.iter().filter(|question| !question.given).map(|one| question(one, sheet)).collect();
    let back = before(asked, form.map(String::as_str), number, sheet);
    html! {
        {crate::app::back(&page(key, back))}
        {error_summary(sheet.problems, target)}
        <span class="caption">{caption}</span>
        <h1>{step.title.clone()}</h1>
        {legal}
        {intro}
        {questions}
        <button type="button" class="button" on:click=next>{t(Key::ApplyContinue)}</button>
    }
}

/// The sheet the questions are written on; everything written goes into the draft, and so onto the phone.
fn sheet(work: &Work, form: Option<&String>, asked: &Arc<Form>, typed: Answers) -> Sheet {
    let answers = RwSignal::new(typed);
    let told = {
        let asked = asked.clone();
        Memo::new(move |_| {
            answers.with(|answers| {
                let given = given();
                let walk = Walk::through(&asked, answers, &given);
                Told { shown: walk.shown, kept: walk.kept.into_iter().collect() }
            })
        })
    };
    let (work, form) = (work.clone(), form.cloned());
    let first = Cell::new(true);
    ui::effect(move || {
        let now = answers.get();
        // The first run only reads what the draft already holds.
        if !first.replace(false) {
            work.change(|draft| match &form {
                None => draft.case = now,
                Some(id) => {
                    draft.forms.insert(id.clone(), now);
                }
            });
        }
    });
    Sheet {
        answers,
        told,
        problems: RwSignal::new(Vec::new()),
        units: units::names(),
        filled: RwSignal::new(String::new()),
    }
}

/// The name under which a step is marked as done.
pub fn step_name(form: Option<&str>, step: &Step) -> String {
    format!("{}/{}", form.unwrap_or("case"), step.id)
}

/// Whether a step asks anything for these answers.
pub fn asks(form: &Form, number: usize, answers: &Answers) -> bool {
    let given = given();
    let walk = Walk::through(form, answers, &given);
    form.steps[number].questions.iter().any(|question| !question.given && walk.shown.contains(&question.id))
}

fn after(work: &Work, asked: &Form, form: Option<&str>, number: usize) -> Part {
    let answers = form.map_or_else(|| work.now().case, |id| work.answers(id));
    let next = (number + 1..asked.steps.len()).find(|number| asks(asked, *number, &answers));
    match (form, next) {
        (None, Some(next)) => Part::Case(asked.steps[next].id.clone()),
        (None, None) => Part::Outcome,
        (Some(id), Some(next)) => Part::Form(id.to_owned(), asked.steps[next].id.clone()),
        (Some(_), None) => Part::Tasks,
    }
}

fn before(asked: &Form, form: Option<&str>, number: usize, sheet: Sheet) -> Part {
    let previous =
        sheet.answers.with_untracked(|answers| (0..number).rev().find(|number| asks(asked, *number, answers)));
    match (form, previous) {
        (None, Some(previous)) => Part::Case(asked.steps[previous].id.clone()),
        (None, None) => Part::Agency,
        (Some(id), Some(previous)) => Part::Form(id.to_owned(), asked.steps[previous].id.clone()),
        (Some(_), None) => Part::Tasks,
    }
}
