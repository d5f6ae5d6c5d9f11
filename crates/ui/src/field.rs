//! The frame around an answer: label, the paper's own wording, hint and problem, tied to whatever stands inside.

use crate::{Html, html};
use crate::{Sheet, t, words};
use form::{Question, Required};
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
        <div class="field" class:bad=bad>
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
        <fieldset class="field" class:bad=bad aria-describedby=described_by(question, place)>
            <legend class="label">{label(question)}</legend>
            {notes(question, sheet, place)}
            {inside}
        </fieldset>
    }
}

/// Whether the place has a problem that blocks.
pub fn is_bad(sheet: Sheet, place: &str) -> impl Fn() -> bool + Send + Sync + Clone + 'static {
    let place = place.to_owned();
    move || sheet.problem_at(&place).is_some_and(|problem| problem.blocks)
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
