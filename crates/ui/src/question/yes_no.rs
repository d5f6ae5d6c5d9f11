//! Yes or no, in the order the paper prints them.

use super::choice::radio;
use crate::field::grouped;
use crate::{Html, html};
use crate::{Sheet, t};
use form::kind::yes_no::YesNo;
use form::{Choosable, Question};
use text::Key;

pub(super) fn draw(question: &Question, kind: &YesNo, sheet: Sheet, place: &str) -> Html {
    let mut answers = [("no", Key::FrameNo), ("yes", Key::FrameYes)];
    if kind.yes_first {
        answers.reverse();
    }
    let mut first = true;
    let rows: Vec<_> = answers
        .into_iter()
        .map(|(value, key)| {
            let option =
                Choosable { value: value.to_owned(), label: t(key).to_owned(), hint: String::new(), show: None };
            radio(&option, sheet, place, core::mem::take(&mut first))
        })
        .collect();
    grouped(question, sheet, place, html! { <div class="side-by-side">{rows}</div> })
}
