//! The declaration, in the paper's own words, with a box to tick.

use crate::field::{grouped, invalid, is_bad};
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, t};
use form::Question;
use text::Key;

pub(super) fn draw(question: &Question, sheet: Sheet, place: &str) -> Html {
    let at = place.to_owned();
    let keep = move |event: web_sys::Event| sheet.write(&at, if event_target_checked(&event) { "yes" } else { "" });
    let checked = sheet.peek(place) == "yes";
    let bad = is_bad(sheet, place);
    let inside = html! {
        <label class="choice" for=place.to_owned()>
            <input type="checkbox" id=place.to_owned() aria-invalid=invalid(bad) prop:checked=checked on:change=keep />
            <span>{t(Key::QuestionAgree)}</span>
        </label>
    };
    grouped(question, sheet, place, inside)
}
