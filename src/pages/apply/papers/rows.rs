//! What is there of a paper: its photographed pages in order, and files as they were chosen.

use super::super::page;
use super::super::photo::part;
use super::thumbnail::thumbnail;
use crate::state::draft::{self, DraftPaper};
use crate::state::photos::{self, DraftPhoto};
use crate::state::work::Work;
use text::Key;
use text::amount::size;
use ui::{Html, html};
use ui::{fill, t};

/// The photographs of a paper, as pages that can be moved.
pub fn photos(work: &Work, photos: &[DraftPhoto]) -> Option<Html> {
    let count = photos.len();
    let rows: Vec<Html> = (1..).zip(photos).map(|(number, photo)| row(work, photo, number, count)).collect();
    (count > 0).then(|| html! { <ol class="pages">{rows}</ol> })
}

fn row(work: &Work, photo: &DraftPhoto, number: usize, count: usize) -> Html {
    let name = fill(Key::PapersPage, &[("number", &number.to_string())]);
    let shown = photo.page.as_ref().map_or(photo.number, |page| page.number);
    let edit = page(&work.now().key, part(photo.number)).path();
    let state = match &photo.page {
        Some(page) => html! { <p class="hint">{shrunk(photo.before, page.bytes)}</p> },
        None => html! { <p><span class="tag wait">{t(Key::PapersUnseen)}</span></p> },
    };
    let open = match &photo.page {
        Some(_) => html! { <a class="link" href=edit aria-label=both(Key::PapersEdit, &name)>{t(Key::PapersEdit)}</a> },
        None => html! { <a class="button" href=edit aria-label=both(Key::PapersLook, &name)>{t(Key::PapersLook)}</a> },
    };
    let id = photo.number;
    let shift = |key: Key, down: bool| {
        let work = work.clone();
        let own = format!("{}-{id}", if down { "down" } else { "up" });
        let focus = own.clone();
        let other = format!("{}-{id}", if down { "up" } else { "down" });
        let at_end = if down { number + 1 == count } else { number == 2 };
        let moved = move |_| {
            if photos::shift(&work, id, down) {
                // The row is drawn anew in its new place; there, the way on may have ended.
                ui::focus_soon(if at_end { &other } else { &focus });
            }
        };
        html! { <button type="button" class="link" id=own aria-label=both(key, &name) on:click=moved>{t(key)}</button> }
    };
    let up = (number > 1).then(|| shift(Key::PapersEarlier, false));
    let down = (number < count).then(|| shift(Key::PapersLater, true));
    let remove = {
        let work = work.clone();
        move |_| photos::remove(&work, id)
    };
    html! {
        <li class="paper">
            {thumbnail(work, shown, &name)}
            <div><b>{name.clone()}</b>{state}
                <div class="actions">{open}{up}{down}
                    <button type="button" class="link" aria-label=both(Key::PapersRemove, &name) on:click=remove>{t(Key::PapersRemove)}</button></div></div>
        </li>
    }
}

/// A file that is sent as it was chosen.
pub fn file(work: &Work, file: &DraftPaper) -> Html {
    let name = file.name.clone();
    let picture = file.kind.starts_with("image/").then(|| thumbnail(work, file.number, &name));
    let remove = {
        let (work, number) = (work.clone(), file.number);
        move |_| {
            work.change(|draft| draft.papers.retain(|paper| paper.number != number));
            draft::forget(&work.now().key, [number]);
        }
    };
    html! {
        <div class="paper">
            {picture}
            <div><b>{name.clone()}</b><p class="hint">{shrunk(file.before, file.bytes)}</p>
                <button type="button" class="link" aria-label=both(Key::PapersRemove, &name) on:click=remove>{t(Key::PapersRemove)}</button></div>
        </div>
    }
}

fn shrunk(before: u64, after: u64) -> String {
    if before > after {
        fill(Key::PapersShrunk, &[("before", &size(before)), ("after", &size(after))])
    } else {
        size(after)
    }
}

fn both(key: Key, name: &str) -> String {
    format!("{}: {name}", t(key))
}
