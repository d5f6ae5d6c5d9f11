//! The papers of this case: photographed page by page or chosen as files, kept on the phone, and checked before they are
//! sent.

mod rows;
pub mod taking;
mod thumbnail;

use super::{go, page};
use crate::clock::today;
use crate::pages::print;
use crate::picture;
use crate::route::Part;
use crate::state::counter;
use crate::state::draft::DraftPaper;
use crate::state::photos;
use crate::state::work::{Work, given};
use crate::task::background;
use form::{Code, Problem};
use procedure::filing::check_papers;
use procedure::{FiledPaper, PaperKind, required_papers};
use text::Key;
use text::amount::size;
use ui::prelude::*;
use ui::{Html, html};
use ui::{error_summary, fill, t, words};

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::PapersTitle));
    picture::prepare();
    let problems = RwSignal::new(Vec::<Problem>::new());
    let binding = RwSignal::new(false);
    let needs: Vec<(PaperKind, bool)> = required_papers(&work.procedure, &work.values(), today())
        .into_iter()
        .map(|need| (need.paper.clone(), need.required))
        .collect();
    let none = needs.is_empty();
    let papers: Vec<(String, String)> = needs.iter().map(|(paper, _)| (paper.id.clone(), paper.name.clone())).collect();
    let rows: Vec<_> = needs.into_iter().map(|(paper, required)| asked(work, &paper, required, problems)).collect();
    let next = {
        let (work, key) = (work.clone(), key.to_owned());
        move |_| {
            if binding.get_untracked() {
                return;
            }
            let (work, key, papers) = (work.clone(), key.clone(), papers.clone());
            binding.set(true);
            background(async move {
                let found = finish(&work, &papers).await;
                binding.try_set(false);
                if found.is_empty() {
                    work.change(|draft| {
                        draft.done.insert("papers".to_owned(), ());
                    });
                    go(&key, Part::Tasks);
                } else if problems.try_set(found).is_none() {
                    ui::focus_soon(ui::error_summary::ID);
                }
            });
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
        <p role="status">{move || binding.get().then(|| t(Key::PapersBinding))}</p>
        <button type="button" class="button" on:click=next>{t(Key::ApplyContinue)}</button>
    }
}

/// Binds the pages of these papers (id and name) into documents; what is wrong with them, if anything is.
async fn finish(work: &Work, papers: &[(String, String)]) -> Vec<Problem> {
    let draft = work.now();
    let unseen = papers.iter().flat_map(|(paper, name)| {
        let waiting = photos::of(&draft, paper).into_iter().enumerate().filter(|(_, photo)| photo.page.is_none());
        waiting.map(move |(place, _)| {
            let says = fill(Key::ProblemPaperUnseen, &[("arg", &(place + 1).to_string()), ("label", name)]);
            problem(&format!("papers/{paper}"), says)
        })
    });
    let unseen: Vec<Problem> = unseen.collect();
    if !unseen.is_empty() {
        return unseen;
    }
    if let Err(reason) = photos::bind(work, papers).await {
        return vec![problem("papers", taking::refusal(reason, ""))];
    }
    let filed: Vec<FiledPaper> = work.now().papers.iter().map(DraftPaper::filed).collect();
    check_papers(&work.procedure, &work.values(), &filed, &given())
}

fn problem(place: &str, says: String) -> Problem {
    Problem {
        place: place.to_owned(),
        code: Code::PaperMissing,
        arg: String::new(),
        label: String::new(),
        blocks: true,
        says,
    }
}

/// One paper the case asks for, with what is there of it.
fn asked(work: &Work, paper: &PaperKind, required: bool, problems: RwSignal<Vec<Problem>>) -> Html {
    let id = paper.id.clone();
    let place = format!("papers/{id}");
    let refused = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let files = {
        let (work, id) = (work.clone(), id.clone());
        Memo::new(move |_| {
            let mine = |paper: &&DraftPaper| paper.paper == id && paper.pages.is_empty();
            work.draft.with(|draft| draft.papers.iter().filter(mine).cloned().collect::<Vec<_>>())
        })
    };
    let photos = {
        let (work, id) = (work.clone(), id.clone());
        Memo::new(move |_| work.draft.with(|draft| photos::of(draft, &id)))
    };
    let unseen = move || photos.with(|photos| photos.iter().any(|photo| photo.page.is_none()));
    let empty = move || files.with(Vec::is_empty) && photos.with(Vec::is_empty);
    let tag = move || match (unseen(), empty(), required) {
        (true, _, _) => ("tag wait", t(Key::PapersUnseen)),
        (false, false, _) => ("tag ok", t(Key::PapersHave)),
        (false, true, true) => ("tag wait", t(Key::PapersNoneYet)),
        (false, true, false) => ("tag", t(Key::PapersOptional)),
    };
    let attached = {
        let work = work.clone();
        move || files.get().iter().map(|file| rows::file(&work, file)).collect::<Vec<_>>()
    };
    let pages = {
        let work = work.clone();
        move || rows::photos(&work, &photos.get())
    };
    let sizes = move || photos.with(|photos| bound(photos)).map(|says| html! { <p class="hint">{says}</p> });
    let take = {
        let (work, id, name) = (work.clone(), id.clone(), paper.name.clone());
        move |event: web_sys::Event| {
            problems.set(Vec::new());
            refused.set(String::new());
            taking::take_in(&work, &id, &name, &event, busy, refused);
        }
    };
    let wrong = {
        let place = place.clone();
        move || {
            let told = refused.get();
            if !told.is_empty() {
                return told;
            }
            let found = problems.with(|all| all.iter().find(|problem| problem.place == place).cloned());
            found.map(|problem| text::problem(words(), &problem)).unwrap_or_default()
        }
    };
    let wrong = Memo::new(move |_| wrong());
    let camera = format!("camera-{id}");
    let describes = format!("problem-{id}");
    // What comes first once there is a page is to look at it, or to go on.
    let camera_class = move || if photos.with(Vec::is_empty) { "button file" } else { "button quiet file" };
    let photograph = move || t(if photos.with(Vec::is_empty) { Key::PapersCamera } else { Key::PapersAdd });
    html! {
        <section class="paper-ask" id=place tabindex="-1" aria-label=paper.name.clone()>
            <h2>{paper.name.clone()}</h2>
            <p>{move || { let (class, word) = tag(); html! { <span class=class>{word}</span> } }}</p>
            <p class="hint">{paper.why.clone()}" "<span lang="vi">"("{paper.law.clone()}")"</span></p>
            {pages}
            {sizes}
            {attached}
            <p class="bad-text" role="alert" id=describes.clone()>{move || wrong.get()}</p>
            <p role="status">{move || busy.get().then(|| t(Key::PapersWorking))}</p>
            <div class="row2">
                <label class=camera_class>
                    {photograph}
                    <input type="file" id=camera accept="image/*" capture="environment" class="unseen" aria-describedby=describes.clone() on:change=take.clone() />
                </label>
                <label class="button quiet file">
                    {t(Key::PapersFile)}
                    <input type="file" accept="image/*,application/pdf,.heic" multiple=true class="unseen" aria-describedby=describes on:change=take />
                </label>
            </div>
            {counter::here().is_none().then(|| mine(&paper.id))}
            {super::sample::draw(paper)}
            <details>
                <summary>{t(Key::PapersMissing)}</summary>
                <p>{paper.missing.clone()}</p>
                {work.procedure.is_by_hand(paper).then(|| print::blanks(work))}
            </details>
        </section>
    }
}

/// The way to the papers of the citizen's account: `after.js` fetches the panel (`public/card/papers.js`), which gives what was chosen
/// to the file input above as a file. An officer's tab has no account.
fn mine(paper: &str) -> Html {
    html! {
        <button type="button" class="button quiet" data-mine=paper.to_owned() data-wait=t(Key::FrameLoading) data-failed=t(Key::PapersMineFailed)>
            {t(Key::PapersMine)}
        </button>
        <p role="status"></p>
    }
}

/// "3 trang, gửi thành một tệp PDF: 12,4 MB → 960 KB", once every one of several is a page.
fn bound(photos: &[photos::DraftPhoto]) -> Option<String> {
    let pages: Vec<u64> = photos.iter().filter_map(|photo| Some(photo.page.as_ref()?.bytes)).collect();
    if pages.len() < 2 || pages.len() < photos.len() {
        return None;
    }
    let before: u64 = photos.iter().map(|photo| photo.before).sum();
    let (count, before, after) = (pages.len().to_string(), size(before), size(pages.iter().sum()));
    Some(fill(Key::PapersDocument, &[("count", &count), ("before", &before), ("after", &after)]))
}
