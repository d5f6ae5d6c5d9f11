//! Drawing a question: one file below for each kind, chosen here and nowhere else.

mod address;
mod card;
mod choice;
mod choices;
mod computed;
mod date;
mod declaration;
mod line;
mod long_text;
mod money;
mod repeat;
mod yes_no;

use crate::Sheet;
use crate::prelude::*;
use crate::{Html, html};
use form::{Form, Kind, Problem, Question};
use std::sync::Arc;

/// Draws a question that comes and goes with its condition.
pub fn question(question: &Arc<Question>, sheet: Sheet) -> Html {
    at(question, sheet, &question.id)
}

/// The same at another place, such as a row of a group.
pub fn at(question: &Arc<Question>, sheet: Sheet, place: &str) -> Html {
    let question = question.clone();
    let place = place.to_owned();
    let is_shown = {
        let place = place.clone();
        Memo::new(move |_| sheet.told.with(|told| told.shown.contains(&place)))
    };
    html! { {move || {
        // What a card wrote is drawn anew: inputs only show what was typed into them.
        sheet.filled.track();
        is_shown.get().then(|| drawn(&question, sheet, &place))
    }} }
}

fn drawn(question: &Question, sheet: Sheet, place: &str) -> Html {
    match &question.kind {
        Kind::Text(kind) if !question.card.is_empty() => {
            html! { {card::draw(question, sheet, place)}{line::draw(question, sheet, place, &line::Look::text(kind))} }
        }
        Kind::Text(kind) if kind.long => long_text::draw(question, kind, sheet, place),
        Kind::Text(kind) => line::draw(question, sheet, place, &line::Look::text(kind)),
        Kind::Number(kind) => line::draw(question, sheet, place, &line::Look::number(kind)),
        Kind::PersonalId(_) => line::draw(question, sheet, place, &line::Look::personal_id()),
        Kind::Phone(_) => line::draw(question, sheet, place, &line::Look::phone()),
        Kind::Email(_) => line::draw(question, sheet, place, &line::Look::email()),
        Kind::Money(_) => money::draw(question, sheet, place),
        Kind::Date(kind) => date::draw(question, kind, sheet, place),
        Kind::Choice(kind) => choice::draw(question, kind, sheet, place),
        Kind::Choices(kind) => choices::draw(question, kind, sheet, place),
        Kind::YesNo(kind) => yes_no::draw(question, kind, sheet, place),
        Kind::Address(_) => address::draw(question, sheet, place),
        Kind::Repeat(kind) => repeat::draw(question, kind, sheet, place),
        Kind::Declaration(_) => declaration::draw(question, sheet, place),
        Kind::Computed(kind) => computed::draw(question, kind, sheet, place),
    }
}

/// The id of the element that takes the focus for a problem.
#[must_use]
pub fn focus_target(form: &Form, problem: &Problem) -> String {
    let part = form.question_at(&problem.place).map_or("", |question| match (&question.kind, problem.arg.as_str()) {
        (Kind::Address(_), part @ ("commune" | "detail")) => part_of(part),
        _ => question.kind.first_part(),
    });
    if part.is_empty() { problem.place.clone() } else { form::answers::join(&problem.place, part) }
}

fn part_of(part: &str) -> &'static str {
    form::kind::address::PARTS.into_iter().find(|known| *known == part).unwrap_or("province")
}
