//! What a step of a form shows before the site's program is there: its title and the labels of its questions, drawn by the
//! build. Nothing in it takes letters, so nothing typed can be lost when the program draws the step in its place.

use form::check::Walk;
use form::{Answers, Form, Given, Kind};
use maud::html;

/// The step with this number, as it is when nothing is answered but what the case gives.
#[must_use]
pub fn skeleton(form: &Form, step: usize, given: &Given<'_>) -> String {
    let Some(drawn) = form.steps.get(step) else { return String::new() };
    let answers = likely(form);
    let walk = Walk::through(form, &answers, given);
    let asked = drawn.questions.iter().filter(|question| !question.given && walk.shown.contains(&question.id));
    let whole = html! {
        span.caption { (form.title) }
        h1 { (drawn.title) }
        @if !drawn.intro.is_empty() { p { (drawn.intro) } }
        @for question in asked {
            div.field {
                b.label { (question.label) }
                @if !question.hint.is_empty() { p.hint { (question.hint) } }
                i {}
            }
        }
    };
    whole.into_string()
}

/// What a case gives as a rule: the first of the choices.
fn likely(form: &Form) -> Answers {
    let first =
        form.questions().filter(|(_, question)| question.given).filter_map(|(_, question)| match &question.kind {
            Kind::Choice(choice) => Some((question.id.clone(), choice.options.first()?.value.clone())),
            _ => None,
        });
    first.collect()
}
