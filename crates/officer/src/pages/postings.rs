//! "Niêm yết": dossiers are chosen, looked at as the public will see them, and published; below, the lists that are shown now.

mod choosing;
mod preview;

use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::clock;
use crate::task::background;
use crate::typed::new_key;
use std::collections::BTreeMap;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPostings, NewPosting, PostingHead, PostingPick, PostingPreview, PostingReady, PublicPosting};

const TITLE: &str = "Niêm yết";

/// Which dossiers may stand on one list: those of a procedure that are all posted for the first time, or all again.
type Kind = (String, bool);

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Board {
    /// What can be posted and what is, or why that is not known.
    all: RwSignal<Option<Result<DeskPostings, Failure>>>,
    /// Which of it is being chosen from.
    kind: RwSignal<Option<Kind>>,
    /// The dossiers that are chosen, and the names written to those whose declaration came by hand.
    chosen: RwSignal<BTreeMap<String, String>>,
    /// What the public will see, once that was asked for.
    preview: RwSignal<Option<PostingPreview>>,
    /// The key of the list that is being made.
    key: RwSignal<String>,
    /// What is wrong; empty when nothing is.
    wrong: RwSignal<String>,
    /// Whether something is being sent.
    sending: RwSignal<bool>,
    /// The list that was published last.
    done: RwSignal<Option<PublicPosting>>,
}

pub fn draw() -> Html {
    app::title(TITLE);
    let board = Board {
        all: RwSignal::new(None),
        kind: RwSignal::new(None),
        chosen: RwSignal::new(BTreeMap::new()),
        preview: RwSignal::new(None),
        key: RwSignal::new(new_key()),
        wrong: RwSignal::new(String::new()),
        sending: RwSignal::new(false),
        done: RwSignal::new(None),
    };
    board.load();
    let inside = move || match board.all.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không lập danh sách niêm yết."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| board.load()),
        Some(Ok(all)) => html! {
            {published(board)}
            {choosing::draw(board, &all)}
            {move || board.preview.get().map(|preview| preview::draw(board, &preview))}
            {running(&all.running)}
        },
    };
    html! { <h1>{TITLE}</h1>{inside} }
}

impl Board {
    /// Fetches what can be posted. What is shown stays until the new is there.
    fn load(self) {
        background(async move {
            let found = Request::get("/api/v1/desk/postings").json::<DeskPostings>().await;
            if let Ok(found) = &found {
                let still = |id: &String| found.ready.iter().any(|ready| ready.id == *id);
                self.chosen.try_update(|chosen| chosen.retain(|id, _| still(id)));
            }
            // The officer may have gone elsewhere meanwhile.
            self.all.try_set(Some(found));
        });
    }

    /// The dossiers that can be chosen now; follows what is chosen from.
    fn offered(self) -> Vec<PostingReady> {
        let kind = self.kind.get();
        self.all.with(|all| of_kind(all.as_ref(), kind.as_ref()))
    }

    fn request(self, seen: String) -> NewPosting {
        let chosen = self.chosen.get_untracked();
        let kind = self.kind.get_untracked();
        let offered = self.all.with_untracked(|all| of_kind(all.as_ref(), kind.as_ref()));
        let picks = offered.into_iter().filter_map(|one| {
            let name = chosen.get(&one.id)?.trim().to_owned();
            Some(PostingPick { id: one.id, version: one.version, name })
        });
        NewPosting { dossiers: picks.collect(), seen }
    }

    /// Asks what the public would see.
    fn look(self) {
        if self.sending.get_untracked() {
            return;
        }
        self.wrong.set(String::new());
        self.done.set(None);
        self.sending.set(true);
        background(async move {
            let found = Request::post("/api/v1/desk/postings/preview", &self.request(String::new())).json().await;
            match found {
                Ok(preview) => {
                    // A list that is looked at anew is another list.
                    self.key.try_set(new_key());
                    self.preview.try_set(Some(preview));
                    ui::focus_soon("preview-title");
                }
                Err(failure) => self.refused(&failure),
            }
            self.sending.try_set(false);
        });
    }

    /// Publishes what was looked at; once, however often the button is pressed.
    fn publish(self, seen: String) {
        if self.sending.get_untracked() {
            return;
        }
        self.wrong.set(String::new());
        self.sending.set(true);
        let request = Request::post("/api/v1/desk/postings", &self.request(seen)).key(self.key.get_untracked());
        background(async move {
            match request.json::<PublicPosting>().await {
                Ok(posting) => {
                    self.preview.try_set(None);
                    self.chosen.try_set(BTreeMap::new());
                    self.key.try_set(new_key());
                    self.done.try_set(Some(posting));
                    app().told.set("Đã đăng danh sách".to_owned());
                    self.load();
                    ui::focus_soon("said");
                }
                Err(failure) => self.refused(&failure),
            }
            self.sending.try_set(false);
        });
    }

    fn refused(self, failure: &Failure) {
        if matches!(failure.code(), "dossier-changed" | "dossier-held" | "act-not-now" | "posting-changed") {
            self.preview.try_set(None);
            self.load();
        }
        self.wrong.try_set(failure.says());
        ui::focus_soon("posting-problem");
    }
}

/// The dossiers that may stand on a list of this kind.
fn of_kind(all: Option<&Result<DeskPostings, Failure>>, kind: Option<&Kind>) -> Vec<PostingReady> {
    let (Some(Ok(all)), Some((procedure, again))) = (all, kind) else { return Vec::new() };
    all.ready.iter().filter(|one| one.procedure == *procedure && one.again == *again).cloned().collect()
}

/// What was published last, and what is to be done with it.
fn published(board: Board) -> Html {
    html! { {move || board.done.get().map(|posting| html! {
        <div class="panel valid" id="said" tabindex="-1">
            <p><b>"Đã đăng danh sách."</b>" Người dân thấy đến hết "{clock::due(posting.not_after)}", rồi danh sách tự gỡ."</p>
            {links(&posting.id)}
        </div>
    })} }
}

/// To the page that the public sees, and to the paper for the wall.
fn links(id: &str) -> Html {
    html! {
        <p class="slips">
            <a href=format!("/niem-yet/{id}") target="_blank" rel="noopener">"Xem trang công khai"</a>
            <a href=format!("/niem-yet/{id}.pdf") target="_blank" rel="noopener">"In khổ A3 (PDF)"</a>
        </p>
    }
}

/// The lists that are shown now.
fn running(lists: &[PostingHead]) -> Html {
    let rows: Vec<_> = lists
        .iter()
        .map(|list| {
            html! {
                <li>
                    <b>{list.title.clone()}</b>
                    <small>{format!("{} người · đăng {} · đến hết {}", list.lines, clock::moment(list.shown_from), clock::due(list.not_after))}</small>
                    {links(&list.id)}
                </li>
            }
        })
        .collect();
    if rows.is_empty() {
        return html! { <h2>"Đang niêm yết"</h2><p class="nothing">"Không có danh sách nào đang treo."</p> };
    }
    html! {
        <h2>"Đang niêm yết"</h2>
        <ul class="list">{rows}</ul>
        <p class="hint">"Hết thời gian, trang và bản PDF tự mất. Bản in ở trụ sở phải gỡ bằng tay."</p>
    }
}
