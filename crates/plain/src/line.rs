//! A field of a public form with its hint and what is wrong with it, and the list of all that is wrong.

use crate::frame::{fill, t};
use maud::{Markup, html};
use text::Key;

/// What is wrong: the field, and the sentence that says why.
pub(crate) type Wrong<'a> = &'a [(&'static str, Key)];

/// What is wrong with a field, if anything is.
pub(crate) fn says(wrong: Wrong<'_>, field: &str) -> Option<&'static str> {
    wrong.iter().find(|(at, _)| *at == field).map(|(_, key)| t(*key))
}

/// All that is wrong, each a link to its field; it takes the focus when the page comes.
pub(crate) fn summary(wrong: Wrong<'_>) -> Markup {
    summary_of(&wrong.iter().map(|(field, key)| ((*field).to_owned(), t(*key))).collect::<Vec<_>>())
}

/// The same of ids and sentences.
pub(crate) fn summary_of(wrong: &[(String, &str)]) -> Markup {
    let title = match wrong.len() {
        0 | 1 => t(Key::ErrorsTitleOne).to_owned(),
        count => fill(Key::ErrorsTitle, &[("count", &count.to_string())]),
    };
    html! {
        @if !wrong.is_empty() {
            div.summary #problems tabindex="-1" role="alert" aria-labelledby="problems-title" autofocus {
                h2 #problems-title { (title) }
                ul { @for (id, says) in wrong { li { a href={ "#" (id) } { (says) } } } }
            }
        }
    }
}

/// The ids of a control's hint and problem.
pub(crate) fn described(id: &str, hint: bool, wrong: Option<&str>) -> Option<String> {
    let parts = [(hint, "hint"), (wrong.is_some(), "problem")];
    let ids: Vec<String> = parts.iter().filter(|(is, _)| *is).map(|(_, part)| format!("{id}-{part}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A control with its label, hint and problem.
pub(crate) fn text_field(id: &str, label: Key, hint: Option<Key>, wrong: Option<&str>, inside: &Markup) -> Markup {
    framed(id, t(label), hint.map_or("", t), wrong, inside)
}

/// The same of sentences; an empty hint is none.
pub(crate) fn framed(id: &str, label: &str, hint: &str, wrong: Option<&str>, inside: &Markup) -> Markup {
    html! {
        div.field.bad[wrong.is_some()] {
            label.label for=(id) { (label) }
            @if !hint.is_empty() { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(wrong) = wrong { div id={ (id) "-problem" } { p.bad-text { (wrong) } } }
            (inside)
        }
    }
}
