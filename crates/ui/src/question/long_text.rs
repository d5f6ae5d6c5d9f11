//! Several lines of text, with what is left to write.

use crate::Sheet;
use crate::field::{described_by, invalid, is_bad, single};
use crate::prelude::*;
use crate::{Html, html};
use form::Question;
use form::kind::text::Text;

pub(super) fn draw(question: &Question, kind: &Text, sheet: Sheet, place: &str) -> Html {
    let at = place.to_owned();
    let keep = move |event: web_sys::Event| sheet.write(&at, &event_target_value(&event));
    let at = place.to_owned();
    let most = usize::from(kind.max);
    let left = move || format!("{} / {most}", sheet.answers.with(|answers| form::text::length(answers.get(&at))));
    let bad = is_bad(sheet, place);
    let inside = html! {
        <textarea id=place.to_owned() rows="4" aria-describedby=described_by(question, place)
            aria-invalid=invalid(bad) prop:value=sheet.peek(place) on:input=keep></textarea>
        <p class="hint count">{left}</p>
    };
    single(question, sheet, place, place, inside)
}
