//! The papers: a list with small pictures, and the one that is looked at, page by page, larger, smaller and turned.

use super::desk::Desk;
use super::{marks, picture};
use crate::client::Request;
use crate::task::background;
use crate::{keys, pdf};
use std::collections::BTreeMap;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use web_sys::Url;
use wire::{DeskPaper, DeskUnsent};

/// Papers larger than this, in bytes, come only when they are looked at.
const UNASKED: u64 = 4_000_000;
/// How large a page is drawn: the classes of `papers.css`, from whole to four times the width.
pub const SIZES: [&str; 6] = ["whole", "wide", "x15", "x2", "x3", "x4"];

/// What is known of a paper's bytes.
#[derive(Clone, PartialEq, Eq)]
pub enum Pages {
    /// On their way.
    Coming,
    /// Pictures, by their address inside the browser.
    Pictures(Vec<String>),
    /// No pictures: it is opened outside.
    Other,
    /// They did not come.
    Failed(String),
}

/// Which paper is looked at, and how.
#[derive(Clone, Copy)]
pub struct View {
    pub papers: Memo<Vec<DeskPaper>>,
    pub pages: RwSignal<BTreeMap<usize, Pages>>,
    pub paper: RwSignal<usize>,
    pub page: RwSignal<usize>,
    pub size: RwSignal<usize>,
    /// Quarter turns to the right.
    pub turns: RwSignal<u32>,
}

pub fn draw(desk: Desk) -> Html {
    let papers = Memo::new(move |_| desk.read(|dossier| dossier.papers.clone()).unwrap_or_default());
    html! {
        <h2 id="papers-title">"Giấy tờ"</h2>
        {move || if papers.with(Vec::is_empty) { html! { <p class="hint">"Hồ sơ không có giấy tờ kèm theo."</p> } } else { view(desk, papers) }}
        {unsent(desk)}
    }
}

/// The papers that this case is asked for and that did not come, each with a way to ask for it.
fn unsent(desk: Desk) -> Html {
    let papers = Memo::new(move |_| desk.read(|dossier| dossier.unsent.clone()).unwrap_or_default());
    let row = move |paper: &DeskUnsent| {
        let marked = marks::is_marked(desk, &paper.place);
        let says = if paper.required { "Bắt buộc" } else { "Không bắt buộc" };
        html! {
            <li class:marked=move || marked.get()>
                <p><b>{paper.paper.clone()}</b><small>{says}</small></p>
                {marks::button_saying("Yêu cầu nộp", desk, &paper.place, &paper.paper)}
                <div class="mark">{marks::field(desk, &paper.place, &paper.paper)}</div>
            </li>
        }
    };
    let inside = move || {
        papers.with(|papers| {
            let rows: Vec<_> = papers.iter().map(row).collect();
            (!rows.is_empty()).then(|| html! { <h3>"Giấy tờ chưa nộp"</h3><ul class="papers unsent">{rows}</ul> })
        })
    };
    html! { {inside} }
}

fn view(desk: Desk, papers: Memo<Vec<DeskPaper>>) -> Html {
    let view = View {
        papers,
        pages: RwSignal::new(BTreeMap::new()),
        paper: RwSignal::new(0),
        page: RwSignal::new(0),
        size: RwSignal::new(1),
        turns: RwSignal::new(0),
    };
    on_cleanup(move || view.let_go());
    let all = papers.get_untracked();
    let list = all.clone();
    background(async move {
        // One after the other: the first is what is looked at first.
        for (place, paper) in all.iter().enumerate() {
            if place == 0 || paper.bytes <= UNASKED {
                view.fetch(desk, place, paper).await;
            }
        }
    });
    keys::on_key(move |key| view.key(desk, key));
    // Several files of one paper stand at one place, which is marked once.
    let marks = |place: usize, paper: &DeskPaper| list.iter().position(|one| one.place == paper.place) == Some(place);
    let rows = list.iter().enumerate().map(|(place, paper)| row(desk, view, place, paper, marks(place, paper)));
    let rows: Vec<_> = rows.collect();
    html! { <ul class="papers">{rows}</ul>{picture::draw(desk, view)} }
}

impl View {
    async fn fetch(self, desk: Desk, place: usize, paper: &DeskPaper) {
        let known = |pages: &BTreeMap<usize, Pages>| !matches!(pages.get(&place), None | Some(Pages::Failed(_)));
        if self.pages.try_with_untracked(known).unwrap_or(true) {
            return;
        }
        self.note(place, Pages::Coming);
        let found = Request::get(desk.path(&format!("/papers/{}", paper.sha256))).bytes().await;
        let pages = match found {
            Ok(bytes) => pages(&bytes, paper),
            Err(failure) => Pages::Failed(failure.says()),
        };
        self.note(place, pages);
    }

    fn note(self, place: usize, now: Pages) {
        // The officer may have left the page meanwhile.
        if let Some(unused) = self.pages.try_update_untracked(|pages| pages.insert(place, now)) {
            drop(unused);
            self.pages.notify();
        }
    }

    /// The pictures take memory until they are let go.
    fn let_go(self) {
        self.pages.try_with_untracked(|pages| {
            for address in pages.values().filter_map(Pages::pictures).flatten() {
                // An address that is not let go is let go with the page.
                let _ = Url::revoke_object_url(address);
            }
        });
    }

    /// Looks at a paper.
    pub fn open(self, desk: Desk, place: usize) {
        self.paper.set(place);
        self.page.set(0);
        self.turns.set(0);
        if let Some(paper) = self.papers.with_untracked(|papers| papers.get(place).cloned()) {
            background(async move { self.fetch(desk, place, &paper).await });
        }
    }

    /// How many pages of the paper looked at can be shown; follows it.
    pub fn count(self) -> usize {
        let place = self.paper.get();
        self.pages.with(|pages| pages.get(&place).and_then(Pages::pictures).map_or(0, <[String]>::len))
    }

    /// One page on or back, into the next paper or the one before.
    pub fn step(self, desk: Desk, onward: bool) {
        let (paper, page) = (self.paper.get_untracked(), self.page.get_untracked());
        let place = self.paper.get_untracked();
        let count =
            self.pages.with_untracked(|pages| pages.get(&place).and_then(Pages::pictures).map_or(0, <[String]>::len));
        let last = self.papers.with_untracked(Vec::len).saturating_sub(1);
        match onward {
            true if page + 1 < count => self.page.set(page + 1),
            true if paper < last => self.open(desk, paper + 1),
            false if page > 0 => self.page.set(page - 1),
            false if paper > 0 => self.open(desk, paper - 1),
            _ => {}
        }
    }

    pub fn larger(self) {
        self.size.update(|size| *size = (*size + 1).min(SIZES.len() - 1));
    }

    pub fn smaller(self) {
        self.size.update(|size| *size = size.saturating_sub(1));
    }

    pub fn turn(self) {
        self.turns.update(|turns| *turns = (*turns + 1) % 4);
    }

    fn key(self, desk: Desk, key: &str) -> bool {
        match key {
            "n" => self.step(desk, true),
            "p" => self.step(desk, false),
            "+" | "=" => self.larger(),
            "-" => self.smaller(),
            "0" => self.size.set(0),
            "r" => self.turn(),
            _ => return false,
        }
        true
    }
}

impl Pages {
    /// The pictures there are.
    pub fn pictures(&self) -> Option<&[String]> {
        if let Self::Pictures(all) = self { Some(all) } else { None }
    }
}

fn pages(bytes: &[u8], paper: &DeskPaper) -> Pages {
    let pictures: Vec<&[u8]> = match paper.kind.as_str() {
        "application/pdf" => pdf::photographs(bytes, paper.pages).unwrap_or_default(),
        kind if kind.starts_with("image/") => vec![bytes],
        _ => Vec::new(),
    };
    let kind = if paper.kind == "application/pdf" { "image/jpeg" } else { &paper.kind };
    let address = |picture: &&[u8]| Url::create_object_url_with_blob(&blob::of(picture, kind)?).ok();
    match pictures.iter().filter_map(address).collect::<Vec<_>>() {
        none if none.is_empty() => Pages::Other,
        all => Pages::Pictures(all),
    }
}

fn row(desk: Desk, view: View, place: usize, paper: &DeskPaper, marks: bool) -> Html {
    let small = move || {
        view.pages.with(|pages| match pages.get(&place) {
            Some(Pages::Pictures(all)) => html! { <img src=all.first().cloned().unwrap_or_default() alt="" /> },
            Some(Pages::Coming) => html! { <span>"…"</span> },
            _ => html! { <span>"Tệp"</span> },
        })
    };
    let current = move || (view.paper.get() == place).then(|| "true".to_owned());
    let pages = paper.pages.map(|count| format!(" · {count} trang"));
    let marked = marks::is_marked(desk, &paper.place);
    let (button, field) = if marks {
        (marks::button(desk, &paper.place, &paper.paper), marks::field(desk, &paper.place, &paper.paper))
    } else {
        (Html::none(), Html::none())
    };
    html! {
        <li class:marked=move || marked.get()>
            <button type="button" class="paper" aria-current=current on:click=move |_| view.open(desk, place)>
                <span class="thumb">{small}</span>
                <span><b>{paper.paper.clone()}</b><small>{paper.name.clone()}" · "{text::amount::size(paper.bytes)}{pages}</small></span>
            </button>
            {button}
            <div class="mark">{field}</div>
        </li>
    }
}
