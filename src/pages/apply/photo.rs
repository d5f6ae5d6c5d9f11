//! One photograph of a paper, to be looked at before it is sent: where the paper lies, which way is up, grey or not,
//! and whether it can be read.

mod board;

use super::page;
use super::papers::taking;
use crate::app::app;
use crate::route::Part;
use crate::state::photos::{self, DraftPhoto, Fault};
use crate::state::work::Work;
use crate::task::background;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};

/// The element that takes the focus when something is wrong.
const WRONG: &str = "photo-wrong";

pub fn draw(work: &Work, key: &str, number: &str) -> Html {
    crate::app::title(t(Key::PhotoTitle));
    let draft = work.now();
    let Some(photo) = photos::all(&draft).into_iter().find(|photo| photo.number.to_string() == number) else {
        return html! {
            {crate::app::back(&page(key, Part::Papers))}
            <h1>{t(Key::PhotoTitle)}</h1>
            <p>{t(Key::PhotoGone)}</p>
        };
    };
    let name = work.procedure.papers.iter().find(|paper| paper.id == photo.paper).map(|paper| paper.name.clone());
    let name = name.unwrap_or_default();
    let all = photos::of(&draft, &photo.paper);
    let place = all.iter().take_while(|other| other.number != photo.number).count() + 1;
    let place = fill(Key::PhotoPlace, &[("number", &place.to_string()), ("count", &all.len().to_string())]);
    let hint = t(if photo.found { Key::PhotoHint } else { Key::PhotoWholeHint });
    let faults = photo.faults.clone();
    let wanted = RwSignal::new(photo);
    let busy = RwSignal::new(None::<Key>);
    let wrong = RwSignal::new(String::new());
    let turn = move |quarters: u8| move |_| wanted.update(|photo| photo.turn = (photo.turn + quarters) % 4);
    let whole = move |_| wanted.update(|photo| (photo.corners, photo.found) = (photos::whole(), true));
    let grey = move |_| wanted.update(|photo| photo.grey = !photo.grey);
    html! {
        {crate::app::back(&page(key, Part::Papers))}
        <span class="caption">{name.clone()}" · "{place}</span>
        <h1 class="small">{t(Key::PhotoTitle)}</h1>
        {warning(&faults)}
        <p class="hint" id="photo-hint">{hint}</p>
        {board::draw(&work.now().key, wanted)}
        <div class="row2 tools">
            <button type="button" class="button quiet" on:click=turn(3)>{t(Key::PhotoLeft)}</button>
            <button type="button" class="button quiet" on:click=turn(1)>{t(Key::PhotoRight)}</button>
            <button type="button" class="button quiet" on:click=whole>{t(Key::PhotoWhole)}</button>
        </div>
        <label class="choice"><input type="checkbox" prop:checked=move || wanted.with(|photo| photo.grey) on:change=grey /><span>{t(Key::PhotoGrey)}</span></label>
        <p class="bad-text" role="alert" id=WRONG tabindex="-1">{move || wrong.get()}</p>
        <p role="status">{move || busy.get().map(t)}</p>
        {choices(work, &name, wanted, &faults, busy, wrong)}
        <p class="hint keys" id="photo-keys">{t(Key::PhotoKeys)}</p>
    }
}

/// The page of the photograph with this number.
pub fn part(number: u32) -> Part {
    Part::Photo(number.to_string())
}

/// What makes it hard to read, each with what helps.
fn warning(faults: &[Fault]) -> Option<Html> {
    let says = |fault: &Fault| {
        t(match fault {
            Fault::Blurred => Key::PhotoBlurred,
            Fault::Dark => Key::PhotoDark,
            Fault::Glare => Key::PhotoGlare,
        })
    };
    let rows: Vec<Html> = faults.iter().map(|fault| html! { <p>{says(fault)}</p> }).collect();
    (!faults.is_empty()).then(|| {
        html! { <div class="warning" role="alert"><p><b>{t(Key::PhotoFaulty)}</b></p>{rows}<p>{t(Key::PhotoFaultyEnd)}</p></div> }
    })
}

/// "Use it" and "take it again"; what is wiser comes first.
fn choices(
    work: &Work,
    name: &str,
    wanted: RwSignal<DraftPhoto>,
    faults: &[Fault],
    busy: RwSignal<Option<Key>>,
    wrong: RwSignal<String>,
) -> Html {
    let fine = faults.is_empty();
    let used = {
        let work = work.clone();
        move |_| {
            if busy.get_untracked().is_none() {
                busy.set(Some(Key::PhotoWorking));
                wrong.set(String::new());
                accept(&work, wanted.get_untracked(), busy, wrong);
            }
        }
    };
    let (word, class) = if fine { (Key::PhotoUse, "button") } else { (Key::PhotoInsist, "button quiet") };
    let accept = html! { <button type="button" class=class on:click=used>{t(word)}</button> };
    let again = {
        let (work, name) = (work.clone(), name.to_owned());
        move |event: web_sys::Event| {
            let Some(file) = taking::files(&event).into_iter().next() else { return };
            if busy.get_untracked().is_none() {
                busy.set(Some(Key::PapersWorking));
                wrong.set(String::new());
                replace(&work, &name, &wanted.get_untracked(), file, busy, wrong);
            }
        }
    };
    let class = if fine { "button quiet file" } else { "button file" };
    let again = html! {
        <label class=class>{t(Key::PhotoAgain)}
            <input type="file" accept="image/*" capture="environment" class="unseen" aria-describedby=WRONG on:change=again /></label>
    };
    let both = if fine { [accept, again] } else { [again, accept] };
    html! { <div class="choices">{Vec::from(both)}</div> }
}

/// Makes the page, then goes to the next photograph that waits, or back to the papers.
fn accept(work: &Work, wanted: DraftPhoto, busy: RwSignal<Option<Key>>, wrong: RwSignal<String>) {
    let work = work.clone();
    background(async move {
        let paper = wanted.paper.clone();
        let made = photos::use_page(&work, wanted).await;
        // Who has left the page meanwhile is not called back.
        if busy.try_set(None).is_some() {
            return;
        }
        match made {
            Ok(()) => {
                let draft = work.now();
                let next =
                    photos::of(&draft, &paper).into_iter().find(|photo| photo.page.is_none()).map(|photo| photo.number);
                app().route.replace(page(&draft.key, next.map_or(Part::Papers, part)));
            }
            Err(reason) => tell(wrong, taking::refusal(reason, "")),
        }
    });
}

/// Takes another photograph in place of this one.
fn replace(
    work: &Work,
    name: &str,
    old: &DraftPhoto,
    file: web_sys::File,
    busy: RwSignal<Option<Key>>,
    wrong: RwSignal<String>,
) {
    let (work, name, paper, number) = (work.clone(), name.to_owned(), old.paper.clone(), old.number);
    background(async move {
        let taken = taking::take_one(&work, &paper, &name, &file, Some(number)).await;
        if busy.try_set(None).is_some() {
            return;
        }
        match taken {
            Ok(new) => app().route.replace(page(&work.now().key, new.map_or(Part::Papers, part))),
            Err(says) => tell(wrong, says),
        }
    });
}

fn tell(wrong: RwSignal<String>, says: String) {
    wrong.set(says);
    ui::focus_soon(WRONG);
}
