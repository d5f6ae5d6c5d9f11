//! One of several: radio buttons, or typing to find in a long list.

use crate::Sheet;
use crate::combobox::{Combobox, combobox};
use crate::field::{described_by, grouped, is_bad, single};
use crate::sheet::Suggestion;
use crate::{Html, html};
use form::kind::choice::Choice;
use form::{Choosable, Question};
use std::sync::Arc;

pub(super) fn draw(question: &Question, kind: &Choice, sheet: Sheet, place: &str) -> Html {
    if kind.search {
        return search(question, kind, sheet, place);
    }
    let rows = kind.options.iter().enumerate().map(|(number, option)| radio(option, sheet, place, number == 0));
    let rows: Vec<_> = rows.collect();
    grouped(question, sheet, place, html! { {rows} })
}

/// The first one carries the id of the place, so that a problem leads to it.
pub(super) fn radio(option: &Choosable, sheet: Sheet, place: &str, first: bool) -> Html {
    let id = if first { place.to_owned() } else { format!("{place}={}", option.value) };
    let (at, value) = (place.to_owned(), option.value.clone());
    let keep = move |_| sheet.write(&at, &value);
    let (at, value) = (place.to_owned(), option.value.clone());
    let checked = move || sheet.read(&at) == value;
    let hint = (!option.hint.is_empty()).then(|| html! { <small>{option.hint.clone()}</small> });
    html! {
        <label class="choice" for=id.clone()>
            <input type="radio" id=id.clone() name=place.to_owned() value=option.value.clone() prop:checked=checked on:change=keep />
            <span>{option.label.clone()}{hint}</span>
        </label>
    }
}

fn search(question: &Question, kind: &Choice, sheet: Sheet, place: &str) -> Html {
    let options: Arc<[(String, Suggestion)]> = kind
        .options
        .iter()
        .map(|option| {
            let suggestion =
                Suggestion { value: option.value.clone(), label: option.label.clone(), note: option.hint.clone() };
            (form::text::fold(&option.label), suggestion)
        })
        .collect();
    let kept = sheet.peek(place);
    let known = options.iter().find(|(_, suggestion)| suggestion.value == kept);
    let shows = known.map_or(kept.clone(), |(_, suggestion)| suggestion.label.clone());
    let suggest = move |text: &str| -> Vec<Suggestion> {
        let key = form::text::fold(text);
        let exact = options.iter().any(|(name, _)| *name == key);
        // A chosen answer does not hide the others: opening the list again shows all of them.
        let fits = options
            .iter()
            .filter(|(name, _)| exact || name.split(' ').any(|word| word.starts_with(&key)) || name.starts_with(&key));
        let mut found: Vec<&(String, Suggestion)> = fits.collect();
        if let Some(place) = found.iter().position(|(name, _)| *name == key) {
            let exact = found.remove(place);
            found.insert(0, exact);
        }
        found.into_iter().map(|(_, suggestion)| suggestion.clone()).collect()
    };
    let at = place.to_owned();
    let parts = Combobox {
        id: place.to_owned(),
        described_by: described_by(question, place),
        shows,
        suggest: Arc::new(suggest),
        keep: Arc::new(move |text| sheet.write(&at, text)),
        bad: is_bad(sheet, place),
    };
    single(question, sheet, place, place, combobox(parts))
}
