//! Some of several: tick boxes.

use crate::field::grouped;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, t};
use form::Question;
use form::answers::join;
use form::kind::choices::Choices;
use text::Key;

pub(super) fn draw(question: &Question, kind: &Choices, sheet: Sheet, place: &str) -> Html {
    let rows: Vec<_> = kind
        .options
        .iter()
        .enumerate()
        .map(|(number, option)| {
            let part = join(place, &option.value);
            let id = if number == 0 { place.to_owned() } else { part.clone() };
            let at = part.clone();
            let keep =
                move |event: web_sys::Event| sheet.write(&at, if event_target_checked(&event) { "yes" } else { "" });
            let checked = sheet.peek(&part) == "yes";
            let hint = (!option.hint.is_empty()).then(|| html! { <small>{option.hint.clone()}</small> });
            html! {
                <label class="choice" for=id.clone()>
                    <input type="checkbox" id=id.clone() prop:checked=checked on:change=keep />
                    <span>{option.label.clone()}{hint}</span>
                </label>
            }
        })
        .collect();
    grouped(question, sheet, place, html! { <p class="hint">{t(Key::QuestionChooseSeveral)}</p>{rows} })
}
