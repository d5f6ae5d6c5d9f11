//! One line of text: names, texts, numbers, personal numbers, telephones, e-mail.

use crate::Sheet;
use crate::field::{described_by, invalid, is_bad, single};
use crate::focus::typed;
use crate::{Html, html};
use form::Question;
use form::kind::{number::Number, text::Text};

/// What tells one line from another: the keyboard it opens and what the browser may fill in.
pub(super) struct Look {
    mode: &'static str,
    class: &'static str,
    unit: String,
    suggestions: Vec<String>,
}

impl Look {
    pub(super) fn text(kind: &Text) -> Self {
        Self { mode: "text", class: "", unit: String::new(), suggestions: kind.suggestions.clone() }
    }
    pub(super) fn number(kind: &Number) -> Self {
        Self { mode: "numeric", class: "short", unit: kind.unit.clone(), suggestions: Vec::new() }
    }
    pub(super) fn personal_id() -> Self {
        Self { mode: "numeric", class: "medium", unit: String::new(), suggestions: Vec::new() }
    }
    pub(super) fn phone() -> Self {
        Self { mode: "tel", class: "medium", unit: String::new(), suggestions: Vec::new() }
    }
    pub(super) fn email() -> Self {
        Self { mode: "email", class: "", unit: String::new(), suggestions: Vec::new() }
    }
}

pub(super) fn draw(question: &Question, sheet: Sheet, place: &str, look: &Look) -> Html {
    let at = place.to_owned();
    let keep = move |event| sheet.write(&at, &typed(&event));
    let list = (!look.suggestions.is_empty()).then(|| format!("{place}-list"));
    let options: Vec<_> = look.suggestions.iter().map(|text| html! { <option value=text.clone()></option> }).collect();
    let offered = list.clone().map(|id| html! { <datalist id=id>{options}</datalist> });
    let unit = (!look.unit.is_empty()).then(|| html! { <span class="unit">{look.unit.clone()}</span> });
    let bad = is_bad(sheet, place);
    let inside = html! {
        <div class="line">
            <input type="text" id=place.to_owned() class=look.class inputmode=look.mode list=list autocomplete="off"
                aria-describedby=described_by(question, place) aria-invalid=invalid(bad)
                prop:value=sheet.peek(place) on:input=keep />
            {unit}
        </div>
        {offered}
    };
    single(question, sheet, place, place, inside)
}
