//! The papers of this case: photographed or chosen, made small, kept on the phone, and checked before they are sent.

use super::{go, page};
use crate::clock::{size, today};
use crate::photo::{self, Refused};
use crate::route::Part;
use crate::state::draft::{self, DraftPaper};
use crate::state::work::{Work, given};
use crate::task::background;
use form::Problem;
use procedure::filing::check_papers;
use procedure::{FiledPaper, PaperKind, required_papers};
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{error_summary, fill, t, words};
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::PapersTitle));
    let problems = RwSignal::new(Vec::<Problem>::new());
    let needs: Vec<(PaperKind, bool)> = required_papers(&work.procedure, &work.values(), today())
        .into_iter()
        .map(|need| (need.paper.clone(), need.required))
        .collect();
    let none = needs.is_empty();
    let rows: Vec<_> = needs.into_iter().map(|(paper, required)| asked(work, &paper, required, problems)).collect();
    let next = {
        let (work, key) = (work.clone(), key.to_owned());
        move |_| {
            let filed: Vec<FiledPaper> = work.now().papers.iter().map(DraftPaper::filed).collect();
            let found = check_papers(&work.procedure, &work.values(), &filed, &given());
            if found.is_empty() {
                work.change(|draft| {
                    draft.done.insert("papers".to_owned(), ());
                });
                go(&key, Part::Tasks);
            } else {
                problems.set(found);
                ui::focus_soon(ui::error_summary::ID);
            }
        }
    };
    let intro = t(if none { Key::PapersNone } else { Key::PapersIntro });
    html! {
        {crate::app::back(&page(key, Part::Tasks))}
        {error_summary(problems, |problem| problem.place.clone())}
        <span class="caption">{work.procedure.short.clone()}</span>
        <h1>{t(Key::PapersTitle)}</h1>
        <p>{intro}</p>
        {rows}
        {(!none).then(|| html! { <p class="hint">{t(Key::PapersOriginal)}</p> })}
        <button type="button" class="button" on:click=next>{t(Key::ApplyContinue)}</button>
    }
}

/// One paper the case asks for, with the files attached to it.
fn asked(work: &Work, paper: &PaperKind, required: bool, problems: RwSignal<Vec<Problem>>) -> Html {
    let id = paper.id.clone();
    let place = format!("papers/{id}");
    let refused = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let files = {
        let (work, id) = (work.clone(), id.clone());
        Memo::new(move |_| {
            work.draft.with(|draft| draft.papers.iter().filter(|paper| paper.paper == id).cloned().collect::<Vec<_>>())
        })
    };
    let tag = move || match (files.with(Vec::is_empty), required) {
        (false, _) => ("tag ok", t(Key::PapersHave)),
        (true, true) => ("tag wait", t(Key::PapersNoneYet)),
        (true, false) => ("tag", t(Key::PapersOptional)),
    };
    let rows = {
        let work = work.clone();
        move || files.get().iter().map(|file| attached(&work, file)).collect::<Vec<_>>()
    };
    let take = {
        let (work, id, name) = (work.clone(), id.clone(), paper.name.clone());
        move |event: web_sys::Event| {
            problems.set(Vec::new());
            refused.set(String::new());
            take_in(&work, &id, &name, &event, busy, refused);
        }
    };
    let wrong = {
        let place = place.clone();
        move || {
            let told = refused.get();
            if told.is_empty() {
                let found = problems.with(|all| all.iter().find(|problem| problem.place == place).cloned());
                found.map(|problem| text::problem(words(), &problem)).unwrap_or_default()
            } else {
                told
            }
        }
    };
    let wrong = Memo::new(move |_| wrong());
    let camera = format!("camera-{id}");
    let describes = format!("problem-{id}");
    html! {
        <section class="paper-ask" id=place tabindex="-1" aria-label=paper.name.clone()>
            <h2>{paper.name.clone()}</h2>
            <p>{move || { let (class, word) = tag(); html! { <span class=class>{word}</span> } }}</p>
            <p class="hint">{paper.why.clone()}" "<span lang="vi">"("{paper.law.clone()}")"</span></p>
            {rows}
            <p class="bad-text" role="alert" id=describes.clone()>{move || wrong.get()}</p>
            <p role="status">{move || busy.get().then(|| t(Key::PapersWorking))}</p>
            <div class="row2">
                <label class="button file">
                    {t(Key::PapersCamera)}
                    <input type="file" id=camera accept="image/*" capture="environment" class="unseen" aria-describedby=describes.clone() on:change=take.clone() />
                </label>
                <label class="button quiet file">
                    {t(Key::PapersFile)}
                    <input type="file" accept="image/jpeg,image/png,image/webp,application/pdf,.heic" multiple=true class="unseen" aria-describedby=describes on:change=take />
                </label>
            </div>
            <details><summary>{t(Key::PapersMissing)}</summary><p>{paper.missing.clone()}</p></details>
        </section>
    }
}

fn attached(work: &Work, file: &DraftPaper) -> Html {
    let key = work.now().key;
    let source = RwSignal::new(String::new());
    let number = file.number;
    if file.kind.starts_with("image/") {
        background(async move {
            if let Ok(Some(blob)) = draft::paper(&key, number).await {
                source.try_set(photo::address(&blob));
            }
        });
    }
    on_cleanup(move || photo::forget_address(&source.get_untracked()));
    let name = file.name.clone();
    let picture = {
        let label = fill(Key::PapersThumbnail, &[("name", &name)]);
        move || {
            let source = source.get();
            (!source.is_empty()).then(|| html! { <a href=source.clone() target="_blank"><img class="thumb" src=source.clone() alt=label.clone() /></a> })
        }
    };
    let sizes = if file.before > file.bytes {
        fill(Key::PapersShrunk, &[("before", &size(file.before)), ("after", &size(file.bytes))])
    } else {
        size(file.bytes)
    };
    let remove = {
        let work = work.clone();
        move |_| {
            work.change(|draft| draft.papers.retain(|paper| paper.number != number));
            let key = work.now().key;
            // Bytes left behind are taken away with the draft.
            background(async move { drop(draft::remove_paper(&key, number).await) });
        }
    };
    let label = format!("{} {name}", t(Key::PapersRemove));
    html! {
        <div class="paper">
            {picture}
            <div><b>{name}</b><p class="hint">{sizes}</p>
                <button type="button" class="link" aria-label=label on:click=remove>{t(Key::PapersRemove)}</button></div>
        </div>
    }
}

/// Takes the chosen files in, one after the other: a phone holds one picture in memory at a time.
fn take_in(
    work: &Work,
    paper: &str,
    name: &str,
    event: &web_sys::Event,
    busy: RwSignal<bool>,
    refused: RwSignal<String>,
) {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let chosen: Vec<File> =
        input.files().map(|list| (0..list.length()).filter_map(|place| list.get(place)).collect()).unwrap_or_default();
    // The same file may be chosen again after it was removed.
    input.set_value("");
    let (work, paper, name) = (work.clone(), paper.to_owned(), name.to_owned());
    busy.set(true);
    background(async move {
        for file in chosen {
            if let Err(says) = take_one(&work, &paper, &name, &file).await {
                refused.try_set(says);
            }
        }
        busy.try_set(false);
    });
}

async fn take_one(work: &Work, paper: &str, name: &str, file: &File) -> Result<(), String> {
    let ready = photo::ready(file).await.map_err(|reason| refusal(&reason, &file.name()))?;
    let key = work.now().key;
    if work.now().papers.iter().any(|kept| kept.sha256 == ready.sha256) {
        return Err(fill(Key::ProblemPaperTwice, &[("label", &file.name())]));
    }
    let number = work.now().papers.iter().map(|kept| kept.number + 1).max().unwrap_or(1);
    draft::put_paper(&key, number, &ready.blob).await.map_err(|_| t(Key::SavedFailed).to_owned())?;
    let count = work.now().papers.iter().filter(|kept| kept.paper == paper).count() + 1;
    // "Giấy chứng tử 1.jpg" tells an officer more than "IMG_2031.jpg".
    let name = format!("{name} {count}.{}", ready.ending);
    let kept = DraftPaper {
        number,
        paper: paper.to_owned(),
        name,
        kind: ready.kind,
        bytes: ready.bytes,
        before: ready.before,
        sha256: ready.sha256,
    };
    work.change(|draft| draft.papers.push(kept));
    Ok(())
}

fn refusal(reason: &Refused, name: &str) -> String {
    let key = match reason {
        Refused::Empty => Key::ProblemPaperEmpty,
        Refused::TooLarge => Key::ProblemPaperTooLarge,
        Refused::Heic => Key::ProblemPaperHeic,
        Refused::Kind => Key::ProblemPaperKind,
        Refused::Broken => Key::ProblemPaperBroken,
        Refused::Locked => Key::ProblemPaperLocked,
        Refused::Pixels => Key::ProblemPaperPixels,
    };
    fill(key, &[("label", name)])
}
