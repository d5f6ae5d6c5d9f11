//! The frame around an answer: label, the paper's own wording, hint and problem, tied to whatever stands inside.

use crate::html::Attr;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, t, words};
use form::{Question, Required};
use std::sync::Arc;
use text::Key;

/// Ids of what describes the input at a place.
#[must_use]
pub fn described_by(question: &Question, place: &str) -> String {
    let mut ids = Vec::new();
    if !question.legal.is_empty() {
        ids.push(format!("{place}-law"));
    }
    if !question.hint.is_empty() {
        ids.push(format!("{place}-hint"));
    }
    ids.push(format!("{place}-problem"));
    ids.join(" ")
}

/// A field with one control, whose id is `control`.
pub fn single(question: &Question, sheet: Sheet, place: &str, control: &str, inside: Html) -> Html {
    let bad = is_bad(sheet, place);
    html! {
        <div class="field" class:bad=move || bad()>
            <label class="label" for=control.to_owned()>{label(question)}</label>
            {notes(question, sheet, place)}
            {inside}
        </div>
    }
}

/// A field with several controls.
pub fn grouped(question: &Question, sheet: Sheet, place: &str, inside: Html) -> Html {
    let bad = is_bad(sheet, place);
    html! {
        <fieldset class="field" class:bad=move || bad() aria-describedby=described_by(question, place)>
            <legend class="label">{label(question)}</legend>
            {notes(question, sheet, place)}
            {inside}
        </fieldset>
    }
}

/// Something that holds or not; follows signals. Of one type, so that the wasm holds what uses it once.
pub type Holds = Arc<dyn Fn() -> bool + Send + Sync>;

/// Whether the place has a problem that blocks.
#[must_use]
pub fn is_bad(sheet: Sheet, place: &str) -> Holds {
    let place = place.to_owned();
    Arc::new(move || sheet.problems.with(|all| all.iter().any(|problem| problem.blocks && problem.place == place)))
}

/// The value of `aria-invalid`.
#[must_use]
pub fn invalid(bad: Holds) -> Attr {
    Attr::Live(Box::new(move || Some(bad().to_string())))
}

fn label(question: &Question) -> String {
    match question.required {
        Required::Never => [&question.label, " ", t(Key::ApplyOptional)].concat(),
        Required::Always | Required::When(_) => question.label.clone(),
    }
}

fn notes(question: &Question, sheet: Sheet, place: &str) -> Html {
    let law = (!question.legal.is_empty()).then(|| {
        let number = if question.number.is_empty() { String::new() } else { format!(" {}", question.number) };
        let before = format!("{}{number}: ", t(Key::ApplyPaperWords));
        // Only the paper's own words are Vietnamese in every language of the page.
        html! { <p class="law" id=format!("{place}-law")>{before}<span lang="vi">{format!("“{}”", question.legal)}</span></p> }
    });
    let hint = (!question.hint.is_empty())
        .then(|| html! { <p class="hint" id=format!("{place}-hint")>{question.hint.clone()}</p> });
    let id = format!("{place}-problem");
    let place = place.to_owned();
    let problem = move || {
        sheet.problem_at(&place).map(|problem| {
            let class = if problem.blocks { "bad-text" } else { "warning" };
            html! { <p class=class>{text::problem(words(), &problem)}</p> }
        })
    };
    html! { {law}{hint}<div id=id>{problem}</div> }
}
