//! Rows of the same questions, with a button to add one and a button to take each away.
//!
//! A row that is added draws itself alone: drawing all of them again, two hundred would be drawn twenty thousand times. A
//! row that is taken away moves the answers of the others, so that they are drawn anew.

use crate::field::grouped;
use crate::html::Part;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, fill, focus, focus_soon, t};
use form::Question;
use form::check::row_place;
use form::kind::repeat::Repeat;
use std::cell::Cell;
use std::rc::Rc;
use text::Key;

/// What every row of a group is drawn from.
struct Rows {
    kind: Repeat,
    sheet: Sheet,
    group: String,
    /// Draws all rows.
    all: RwSignal<u32>,
    /// Draws what comes after the last row that stands there.
    next: Cell<RwSignal<u32>>,
}

impl Rows {
    fn count(&self) -> usize {
        self.sheet.answers.with_untracked(|answers| answers.rows(&self.group))
    }
}

pub(super) fn draw(question: &Question, kind: &Repeat, sheet: Sheet, place: &str) -> Html {
    let all = RwSignal::new(1);
    let rows = Rc::new(Rows { kind: kind.clone(), sheet, group: place.to_owned(), all, next: Cell::new(all) });
    let add = {
        let rows = rows.clone();
        move |_| {
            let row = rows.count();
            sheet.write(&rows.group, &(row + 1).to_string());
            redraw(rows.next.get());
            let first = rows.kind.questions.first().map_or("", |question| &question.id);
            focus_soon(&row_place(&rows.group, row, first));
        }
    };
    let none = {
        let rows = rows.clone();
        move || {
            sheet.answers.track();
            (rows.count() == 0).then(|| html! { <p class="hint">{t(Key::QuestionRowsNone)}</p> })
        }
    };
    let full = {
        let rows = rows.clone();
        move || {
            sheet.answers.track();
            rows.count() >= usize::from(rows.kind.max)
        }
    };
    let inside = html! {
        {none}
        {standing(&rows, 0, all)}
        <button type="button" class="button quiet" id=place.to_owned() disabled=full on:click=add>{kind.add.clone()}</button>
    };
    grouped(question, sheet, place, inside)
}

/// The rows from this one on, as soon as `asked` is no longer zero; behind them stand those that are added, in the same way.
fn standing(rows: &Rc<Rows>, first: usize, asked: RwSignal<u32>) -> Part {
    let rows = rows.clone();
    Part::Live(Box::new(move || {
        if asked.get() == 0 {
            return Part::Nothing;
        }
        let next = RwSignal::new(0);
        rows.next.set(next);
        let here = rows.count();
        let mut parts: Vec<_> = (first..here).map(|row| Part::Html(drawn(&rows, row))).collect();
        parts.push(standing(&rows, here, next));
        Part::Several(parts)
    }))
}

fn drawn(rows: &Rc<Rows>, row: usize) -> Html {
    let Rows { kind, sheet, group, .. } = &**rows;
    let name = format!("{} {}", kind.row, row + 1);
    let questions: Vec<_> = kind
        .questions
        .iter()
        .map(|question| super::at(question, *sheet, &row_place(group, row, &question.id)))
        .collect();
    let remove = {
        let rows = rows.clone();
        move |_| {
            rows.sheet.answers.update(|answers| answers.remove_row(&rows.group, row));
            rows.sheet.problems.set(Vec::new());
            redraw(rows.all);
            focus(&rows.group);
        }
    };
    html! {
        <section class="panel row-panel" aria-label=name.clone()>
            <h2>{name.clone()}</h2>
            {questions}
            <button type="button" class="button quiet danger" on:click=remove>{fill(Key::QuestionRemoveRow, &[("row", &name)])}</button>
        </section>
    }
}

fn redraw(what: RwSignal<u32>) {
    what.update(|times| *times += 1);
}
