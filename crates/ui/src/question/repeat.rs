//! Rows of the same questions, with a button to add one and a button to take each away.

use crate::field::grouped;
use crate::prelude::*;
use crate::{Html, html};
use crate::{Sheet, fill, focus, focus_soon, t};
use form::Question;
use form::check::row_place;
use form::kind::repeat::Repeat;
use text::Key;

pub(super) fn draw(question: &Question, kind: &Repeat, sheet: Sheet, place: &str) -> Html {
    let (kind, group) = (kind.clone(), place.to_owned());
    let most = usize::from(kind.max);
    // Taking a row away moves the answers of the others, so every row is drawn anew from them.
    let version = RwSignal::new(0_u32);
    let count = {
        let group = group.clone();
        Memo::new(move |_| sheet.answers.with(|answers| answers.rows(&group)))
    };
    let add = {
        let (group, first) =
            (group.clone(), kind.questions.first().map(|question| question.id.clone()).unwrap_or_default());
        move |_| {
            let rows = count.get_untracked();
            sheet.write(&group, &(rows + 1).to_string());
            focus_soon(&row_place(&group, rows, &first));
        }
    };
    let words = kind.add.clone();
    let rows = {
        let group = group.clone();
        move || {
            version.track();
            let rows: Vec<_> = (0..count.get()).map(|row| drawn(&kind, sheet, &group, row, version)).collect();
            rows
        }
    };
    let none = move || (count.get() == 0).then(|| html! { <p class="hint">{t(Key::QuestionRowsNone)}</p> });
    let full = move || count.get() >= most;
    let inside = html! {
        {none}
        {rows}
        <button type="button" class="button quiet" id=group disabled=full on:click=add>{words}</button>
    };
    grouped(question, sheet, place, inside)
}

fn drawn(kind: &Repeat, sheet: Sheet, group: &str, row: usize, version: RwSignal<u32>) -> Html {
    let name = format!("{} {}", kind.row, row + 1);
    let questions: Vec<_> = kind
        .questions
        .iter()
        .map(|question| super::at(question, sheet, &row_place(group, row, &question.id)))
        .collect();
    let group = group.to_owned();
    let remove = {
        let group = group.clone();
        move |_| {
            sheet.answers.update(|answers| answers.remove_row(&group, row));
            sheet.problems.set(Vec::new());
            version.update(|version| *version += 1);
            focus(&group);
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
