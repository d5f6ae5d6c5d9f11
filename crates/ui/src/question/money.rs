//! An amount in đồng, said in words below while it is typed.

use crate::field::{described_by, invalid, is_bad, single};
use crate::focus::typed;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, fill};
use form::Question;
use form::kind::money::{group, parse, words};
use text::Key;

pub(super) fn draw(question: &Question, sheet: Sheet, place: &str) -> Html {
    let shown = RwSignal::new(sheet.peek(place));
    let at = place.to_owned();
    let keep = move |event| {
        let text = typed(&event);
        shown.set(text.clone());
        sheet.write(&at, &text);
    };
    // Grouping while one types moves the cursor about; it is done when the field is left.
    let tidy = move |_| {
        if let Some(amount) = parse(&shown.get_untracked()) {
            shown.set(group(amount));
        }
    };
    let said = move || parse(&shown.get()).map(|amount| fill(Key::QuestionMoneyWords, &[("words", &words(amount))]));
    let bad = is_bad(sheet, place);
    let inside = html! {
        <div class="line">
            <input type="text" id=place.to_owned() class="medium" inputmode="numeric" autocomplete="off"
                aria-describedby=described_by(question, place) aria-invalid=invalid(bad)
                prop:value=move || shown.get() on:input=keep on:change=tidy />
            <span class="unit">"đồng"</span>
        </div>
        <p class="words" aria-live="polite" lang="vi">{said}</p>
    };
    single(question, sheet, place, place, inside)
}
