//! The way in for an identity card: a button above the name of a person whose questions a card can answer.
//!
//! Nothing else of it is here. `boot.js` fetches the panel when the button is pressed; what the panel read comes back as the
//! button's own value, a line for each place, and is written on the sheet as if it had been typed.

use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, focus_soon, t};
use form::Question;
use js_sys::Reflect;
use text::Key;

pub(super) fn draw(question: &Question, sheet: Sheet, place: &str) -> Html {
    let at = place.to_owned();
    let write = move |event: web_sys::Event| {
        let value = event.target().and_then(|button| Reflect::get(&button, &"value".into()).ok()?.as_string());
        sheet.answers.update(|answers| {
            for (place, text) in value.iter().flat_map(|lines| lines.lines()).filter_map(|line| line.split_once('\t')) {
                answers.set(place, text);
            }
        });
        sheet.filled.set(at.clone());
        focus_soon(&at);
    };
    let told = if sheet.filled.get_untracked() == place { t(Key::CardFilled) } else { "" };
    html! {
        <button type="button" class="button quiet" data-card=question.card.clone() data-name=place.to_owned() data-wait=t(Key::FrameLoading)
            data-failed=t(Key::CardFailed) on:input=write>
            {t(Key::CardScan)}
        </button>
        <p role="status">{told}</p>
    }
}
