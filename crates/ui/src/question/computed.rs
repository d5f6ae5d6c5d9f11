//! A value the form works out itself, shown as it changes.

use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, t};
use form::Question;
use form::kind::computed::Computed;
use text::Key;

pub(super) fn draw(question: &Question, kind: &Computed, sheet: Sheet, place: &str) -> Html {
    let at = place.to_owned();
    let unit = kind.unit.clone();
    let value = move || sheet.told.with(|told| format!("{} {unit}", told.kept.get(&at)));
    html! {
        <div class="field">
            <span class="label">{question.label.clone()}</span>
            <p class="hint">{t(Key::QuestionComputed)}</p>
            <output id=place.to_owned()>{value}</output>
        </div>
    }
}
