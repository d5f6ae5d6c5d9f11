//! The frame around an answer, as `ui::field` draws it, and which answers a page has drawn.

use crate::frame::t;
use form::check::Walk;
use form::{Answers, Problem, Question, Required, Scope};
use maud::{Markup, html};
use std::cell::RefCell;
use std::collections::BTreeSet;
use text::{Key, Words};

/// Names of the fields that a person sees on a page; what was typed elsewhere travels along unseen.
pub(crate) type Drawn = RefCell<BTreeSet<String>>;

/// One form's questions on a page.
pub(crate) struct Sheet<'a> {
    /// `case`, or the form's id.
    pub scope: &'a str,
    pub answers: &'a Answers,
    pub walk: &'a Walk<'a>,
    pub problems: &'a [Problem],
    pub units: &'a procedure::units::UnitsBook,
    pub today: form::Date,
    pub drawn: &'a Drawn,
}

impl Sheet<'_> {
    /// The name and the id of the field at a place.
    pub fn name(&self, place: &str) -> String {
        format!("{}/{place}", self.scope)
    }

    /// The same, of a field that is drawn now.
    pub fn draw(&self, place: &str) -> String {
        let name = self.name(place);
        self.drawn.borrow_mut().insert(name.clone());
        name
    }

    /// Where conditions at this place look names up: inside a row, in the row first.
    pub fn scope_at(&self, place: &str) -> Scope<'_> {
        let whole = Scope::new(&self.walk.values, self.today);
        let mut parts = place.split('.');
        match (parts.next(), parts.next().and_then(|row| row.parse().ok()), parts.next()) {
            (Some(group), Some(row), Some(_)) => whole.row(group, row),
            _ => whole,
        }
    }

    fn problems_at(&self, place: &str) -> impl Iterator<Item = &Problem> {
        let name = self.name(place);
        self.problems.iter().filter(move |problem| problem.place == name)
    }

    /// The value of `aria-invalid`.
    pub fn invalid(&self, place: &str) -> Option<&'static str> {
        self.problems_at(place).any(|problem| problem.blocks).then_some("true")
    }

    /// Ids of what describes the field at a place.
    pub fn described_by(&self, question: &Question, place: &str) -> Option<String> {
        let id = self.name(place);
        let parts = [
            (!question.legal.is_empty(), "law"),
            (!question.hint.is_empty(), "hint"),
            (self.problems_at(place).next().is_some(), "problem"),
        ];
        let ids: Vec<String> = parts.iter().filter(|(is, _)| *is).map(|(_, part)| format!("{id}-{part}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// A field with one control, which has the place's own id.
pub(crate) fn single(question: &Question, sheet: &Sheet<'_>, place: &str, inside: &Markup) -> Markup {
    html! {
        div.field.bad[sheet.invalid(place).is_some()] {
            label.label for=(sheet.name(place)) { (label(question)) }
            (notes(question, sheet, place))
            (inside)
        }
    }
}

/// A field with several controls.
pub(crate) fn grouped(question: &Question, sheet: &Sheet<'_>, place: &str, inside: &Markup) -> Markup {
    html! {
        fieldset.field.bad[sheet.invalid(place).is_some()] aria-describedby=[sheet.described_by(question, place)] {
            legend.label { (label(question)) }
            (notes(question, sheet, place))
            (inside)
        }
    }
}

fn label(question: &Question) -> String {
    match question.required {
        Required::Never => [&question.label, " ", t(Key::ApplyOptional)].concat(),
        Required::Always | Required::When(_) => question.label.clone(),
    }
}

fn notes(question: &Question, sheet: &Sheet<'_>, place: &str) -> Markup {
    let id = sheet.name(place);
    let number = if question.number.is_empty() { String::new() } else { format!(" {}", question.number) };
    html! {
        @if !question.legal.is_empty() {
            p.law id={ (id) "-law" } { (t(Key::ApplyPaperWords)) (number) ": “" (question.legal) "”" }
        }
        @if !question.hint.is_empty() { p.hint id={ (id) "-hint" } { (question.hint) } }
        @if sheet.problems_at(place).next().is_some() {
            div id={ (id) "-problem" } {
                @for problem in sheet.problems_at(place) { (said(problem)) }
            }
        }
    }
}

/// The sentence of a problem, beside its field.
pub(crate) fn said(problem: &Problem) -> Markup {
    let class = if problem.blocks { "bad-text" } else { "warning" };
    html! { p class=(class) { (text::problem(&Words::vietnamese(), problem)) } }
}
