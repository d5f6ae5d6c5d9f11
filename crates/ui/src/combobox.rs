//! An input that offers what fits while one types (WAI-ARIA combobox with a listbox), by thumb and by keyboard.
//!
//! What is typed is always kept: as the value of the suggestion it names, or else as typed, so that nothing is lost
//! and the check can say what is missing.

use crate::field::{Holds, invalid};
use crate::focus::typed;
use crate::prelude::*;
use crate::sheet::Suggestion;
use crate::{Html, html};
use crate::{fill, t};
use std::sync::Arc;
use text::Key;
use wasm_bindgen::JsCast as _;

/// Gives suggestions for what was typed.
pub type Suggest = Arc<dyn Fn(&str) -> Vec<Suggestion> + Send + Sync>;

/// What a combobox needs.
pub struct Combobox {
    /// The id of the input.
    pub id: String,
    /// Ids of what describes it.
    pub described_by: String,
    /// What the input shows at first.
    pub shows: String,
    /// Suggestions for a text.
    pub suggest: Suggest,
    /// Keeps a value, or a text that names none.
    pub keep: Arc<dyn Fn(&str) + Send + Sync>,
    /// Whether its field has a problem.
    pub bad: Holds,
}

/// Draws it.
pub fn combobox(parts: Combobox) -> Html {
    let Combobox { id, described_by, shows, suggest, keep, bad } = parts;
    let text = RwSignal::new(shows);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let found = Memo::new(move |_| if open.get() { suggest(&text.get()) } else { Vec::new() });
    let list = format!("{id}-list");
    let option_id = {
        let list = list.clone();
        move |place: usize| format!("{list}-{place}")
    };
    let choose = {
        let keep = keep.clone();
        move |suggestion: &Suggestion| {
            keep(&suggestion.value);
            text.set(suggestion.label.clone());
            open.set(false);
            active.set(None);
        }
    };
    let on_input = {
        let keep = keep.clone();
        move |event: web_sys::Event| {
            let now = typed(&event);
            text.set(now.clone());
            open.set(true);
            active.set(None);
            let named = found.with_untracked(|found| named(&now, found).cloned());
            keep(named.as_ref().map_or(now.as_str(), |suggestion| &suggestion.value));
        }
    };
    let on_key = {
        let choose = choose.clone();
        move |event: web_sys::Event| {
            let key = event.unchecked_ref::<web_sys::KeyboardEvent>().key();
            let count = found.with_untracked(Vec::len);
            match key.as_str() {
                "ArrowDown" | "ArrowUp" => {
                    event.prevent_default();
                    open.set(true);
                    let down = key == "ArrowDown";
                    let count = if count == 0 { found.with_untracked(Vec::len) } else { count };
                    active.update(|active| *active = step(*active, count, down));
                }
                "Enter" if open.get_untracked() => {
                    let chosen = active
                        .get_untracked()
                        .and_then(|place| found.with_untracked(|found| found.get(place).cloned()));
                    if let Some(suggestion) = chosen {
                        event.prevent_default();
                        choose(&suggestion);
                    }
                }
                "Escape" => open.set(false),
                _ => {}
            }
        }
    };
    let on_blur = {
        let choose = choose.clone();
        move |_| {
            let only = found.with_untracked(|found| named(&text.get_untracked(), found).cloned());
            if let Some(suggestion) = only.filter(|_| !text.get_untracked().is_empty()) {
                choose(&suggestion);
            }
            open.set(false);
        }
    };
    let on_focus = move |_| open.set(true);
    let options = {
        let option_id = option_id.clone();
        move || {
            let choose = choose.clone();
            let rows: Vec<_> = found
                .get()
                .into_iter()
                .enumerate()
                .map(|(place, suggestion)| {
                    let chosen = suggestion.clone();
                    let choose = choose.clone();
                    // Pressing must not take the focus from the input: its blur would close the list first.
                    let press = move |event: web_sys::Event| {
                        event.prevent_default();
                        choose(&chosen);
                    };
                    let note = (!suggestion.note.is_empty()).then(|| html! { <small>{suggestion.note.clone()}</small> });
                    let selected = move || (active.get() == Some(place)).to_string();
                    html! { <li role="option" id=option_id(place) aria-selected=selected on:mousedown=press>{suggestion.label.clone()}{note}</li> }
                })
                .collect();
            rows
        }
    };
    let told = move || match (open.get() && !text.get().is_empty(), found.with(Vec::len)) {
        (false, _) => String::new(),
        (true, 0) => t(Key::QuestionNoMatch).to_owned(),
        (true, count) => fill(Key::QuestionMatches, &[("count", &count.to_string())]),
    };
    let expanded = move || (open.get() && !found.with(Vec::is_empty)).to_string();
    let current = move || active.get().map(&option_id);
    let hidden = move || !open.get() || found.with(Vec::is_empty);
    html! {
        <div class="combobox">
            <input type="text" id=id role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list"
                aria-controls=list.clone() aria-expanded=expanded aria-activedescendant=current
                aria-describedby=described_by aria-invalid=invalid(bad)
                prop:value=move || text.get() on:input=on_input on:keydown=on_key on:focus=on_focus on:blur=on_blur />
            <ul class="suggestions" role="listbox" id=list aria-label=t(Key::QuestionSearchList) hidden=hidden>{options}</ul>
            <p class="hint" role="status">{told}</p>
        </div>
    }
}

/// The suggestion that the text names, with or without marks.
fn named<'a>(text: &str, found: &'a [Suggestion]) -> Option<&'a Suggestion> {
    let key = form::text::fold(text);
    let mut same = found.iter().filter(|suggestion| form::text::fold(&suggestion.label) == key);
    let first = same.next()?;
    same.next().is_none().then_some(first)
}

fn step(active: Option<usize>, count: usize, down: bool) -> Option<usize> {
    match (active, count) {
        (_, 0) => None,
        (None, _) if down => Some(0),
        (None, _) => Some(count - 1),
        (Some(place), _) if down => Some((place + 1) % count),
        (Some(place), _) => Some((place + count - 1) % count),
    }
}
