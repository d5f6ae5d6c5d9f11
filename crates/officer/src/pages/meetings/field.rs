//! The fields of a meeting: each shows what is wrong at its place and keeps every letter on the device.

use super::hall::Hall;
use crate::meeting::Words;
use ui::focus::typed;
use ui::{Html, html};

/// The id of the control at a place.
pub fn id(place: &str) -> String {
    format!("m-{}", place.replace('/', "-"))
}

/// What is wrong at a place.
pub fn problem(hall: Hall, place: &str) -> Html {
    let (place, at) = (place.to_owned(), format!("{}-problem", id(place)));
    html! { <p class="bad-text" id=at>{move || hall.wrong_at(&place)}</p> }
}

/// A field of the meeting itself.
pub struct Line {
    /// Its place.
    pub place: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What helps with it; may be empty.
    pub hint: &'static str,
    /// `text`, `date`, `time` or `number`: the last is typed as text on a keyboard of digits.
    pub kind: &'static str,
    /// Where it is kept.
    pub of: fn(&mut Words) -> &mut String,
}

/// A line to type on.
pub fn line(hall: Hall, line: &'static Line) -> Html {
    let Line { place, label, hint, kind, of } = line;
    let id = id(place);
    let now = hall.peek(|kept| of(&mut kept.words.clone()).clone()).unwrap_or_default();
    let bad = move || !hall.wrong_at(place).is_empty();
    let write = move |event: web_sys::Event| {
        let text = typed(&event);
        hall.change(|kept| *of(&mut kept.words) = text);
    };
    let (kind, mode) = if *kind == "number" { ("text", "numeric") } else { (*kind, "text") };
    let hint = (!hint.is_empty()).then(|| html! { <p class="hint" id=format!("{id}-hint")>{*hint}</p> });
    let by = format!("{id}-hint {id}-problem");
    let by = if hint.is_some() { by } else { format!("{id}-problem") };
    html! {
        <div class="field" class:bad=bad>
            <label class="label" for=id.clone()>{*label}</label>
            {hint}
            {problem(hall, place)}
            <input type=kind inputmode=mode id=id autocomplete="off" aria-describedby=by aria-invalid=move || bad().to_string() prop:value=now on:input=write />
        </div>
    }
}
