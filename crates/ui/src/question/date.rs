//! A date in its boxes: day, month, year.

use crate::field::{described_by, grouped, invalid, is_bad};
use crate::focus::typed;
use crate::{Html, html};
use crate::{Sheet, t};
use form::Question;
use form::answers::join;
use form::kind::date::DateKind;
use text::Key;

pub(super) fn draw(question: &Question, kind: &DateKind, sheet: Sheet, place: &str) -> Html {
    let boxes: Vec<_> = kind
        .parts()
        .map(|part| {
            let (label, class) = match part {
                "day" => (Key::QuestionDay, "d"),
                "month" => (Key::QuestionMonth, "d"),
                _ => (Key::QuestionYear, "y"),
            };
            let id = join(place, part);
            let at = id.clone();
            let keep = move |event| sheet.write(&at, &typed(&event));
            let bad = is_bad(sheet, place);
            html! {
                <div>
                    <label for=id.clone()>{t(label)}</label>
                    <input type="text" id=id.clone() class=class inputmode="numeric" maxlength="4" autocomplete="off"
                        aria-describedby=described_by(question, place) aria-invalid=invalid(bad)
                        prop:value=sheet.peek(&id) on:input=keep />
                </div>
            }
        })
        .collect();
    grouped(question, sheet, place, html! { <div class="three">{boxes}</div> })
}
