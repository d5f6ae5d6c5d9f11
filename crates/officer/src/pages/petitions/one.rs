//! A petition: what somebody wrote, what was done with it, and what can be done now. Opening it is on record.

use super::{panel, tag};
use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::clock;
use crate::route::Page;
use crate::task::background;
use crate::typed::Sheet;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPetition, DeskPetitionEvent, FieldProblem, Me, PetitionAct, PetitionActRequest};

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
pub struct Board {
    id: StoredValue<String>,
    /// The petition, or why it is not known.
    pub found: RwSignal<Option<Result<DeskPetition, Failure>>>,
    /// What was typed and not sent yet.
    pub sheet: Sheet,
    /// What is wrong; empty when nothing is.
    pub wrong: RwSignal<String>,
    /// What in a public version may tell of somebody.
    pub leaks: RwSignal<Vec<FieldProblem>>,
    /// The officer has seen that.
    pub seen: RwSignal<bool>,
    /// Whether something is being sent.
    pub sending: RwSignal<bool>,
    /// What has been done last.
    said: RwSignal<String>,
}

pub fn draw(id: String, me: &Me) -> Html {
    app::title("Phản ánh");
    let board = Board {
        sheet: Sheet::open(&me.id, &format!("petition/{id}")),
        id: StoredValue::new(id),
        found: RwSignal::new(None),
        wrong: RwSignal::new(String::new()),
        leaks: RwSignal::new(Vec::new()),
        seen: RwSignal::new(false),
        sending: RwSignal::new(false),
        said: RwSignal::new(String::new()),
    };
    board.load();
    let inside = move || match board.found.get() {
        None => super::super::loading(),
        Some(Err(failure)) if failure.status() == 404 => html! {
            <h1>"Không có phản ánh này"</h1>
            <p>"Phản ánh không có, hoặc đơn vị khác đang giải quyết."</p>
        },
        Some(Err(failure)) => super::super::failed(&failure, move |_| board.load()),
        Some(Ok(found)) => whole(board, &found),
    };
    html! { <a class="back" href=Page::Petitions(String::new()).address()>"‹ Phản ánh, kiến nghị"</a>{said(board)}{inside} }
}

impl Board {
    fn path(self) -> String {
        format!("/api/v1/desk/petitions/{}", self.id.get_value())
    }

    fn load(self) {
        background(async move {
            let found = Request::get(self.path()).json::<DeskPetition>().await;
            // The officer may have gone elsewhere meanwhile.
            self.found.try_set(Some(found));
        });
    }

    /// Does an act; `done` is said afterwards. What was typed stays until it is done.
    pub fn act(self, name: &'static str, act: PetitionAct, done: &'static str) {
        let version = self.found.with_untracked(|found| Some(found.as_ref()?.as_ref().ok()?.version));
        let Some(version) = version.filter(|_| !self.sending.get_untracked()) else { return };
        self.sending.set(true);
        self.wrong.set(String::new());
        let leaves = matches!(act, PetitionAct::Route { .. });
        let key = self.sheet.key(name);
        let request = Request::post(format!("{}/acts", self.path()), &PetitionActRequest { version, act });
        background(async move {
            match request.key(key).json::<DeskPetition>().await {
                Ok(found) => {
                    self.sheet.done(name);
                    self.leaks.try_set(Vec::new());
                    self.seen.try_set(false);
                    app().told.set(done.to_owned());
                    self.said.try_set(done.to_owned());
                    // What was passed on is another unit's to read.
                    if leaves {
                        app().route.go(Page::Petitions(String::new()));
                    } else {
                        self.found.try_set(Some(Ok(found)));
                        ui::focus_soon("said");
                    }
                }
                Err(failure) => self.refused(&failure),
            }
            self.sending.try_set(false);
        });
    }

    fn refused(self, failure: &Failure) {
        let found = if let Failure::Told(problem) = failure { problem.problems.clone() } else { Vec::new() };
        let is_leak = |one: &FieldProblem| one.code != "wrong";
        let leaks: Vec<FieldProblem> = found.into_iter().filter(is_leak).collect();
        let says = match (leaks.is_empty(), leaks.iter().any(|leak| leak.blocks)) {
            (true, _) => failure.says(),
            (false, true) => "Chưa đăng được: còn thông tin của người gửi. Hãy sửa lại.".to_owned(),
            (false, false) => "Hãy xem lại các chỗ sau trước khi đăng.".to_owned(),
        };
        self.leaks.try_set(leaks);
        self.seen.try_set(false);
        self.wrong.try_set(says);
        ui::focus_soon("panel-problem");
    }
}

fn said(board: Board) -> Html {
    html! { {move || {
        let says = board.said.get();
        (!says.is_empty()).then(|| html! { <div class="panel valid" id="said" tabindex="-1"><p><b>{says}</b></p></div> })
    }} }
}

fn whole(board: Board, found: &DeskPetition) -> Html {
    let lines = |text: &str| text.lines().map(|line| html! { <p>{line.to_owned()}</p> }).collect::<Vec<_>>();
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let publish = if found.may_publish { "Đồng ý" } else { "Không đồng ý" };
    let public = (!found.public.is_empty()).then(|| {
        let address = format!("/phan-anh/tra-loi/{}", found.public);
        html! { <p><a href=address target="_blank" rel="noopener">"Xem trang công khai"</a></p> }
    });
    let answer = (!found.answer.is_empty()).then(|| {
        html! {
            <section aria-labelledby="answer-title">
                <h2 id="answer-title">"Đã trả lời người gửi"</h2>
                {lines(&found.answer)}
                {public}
            </section>
        }
    });
    let events: Vec<_> = found.events.iter().map(event).collect();
    html! {
        <span class="caption">{found.row.field.clone()}</span>
        <h1>"Phản ánh gửi "{clock::moment(found.row.sent_at)}</h1>
        <p>{tag(&found.row)}" "<small>{format!("Hạn trả lời: {}", clock::due(found.answer_due_at))}</small></p>
        {panel::acts(board, found)}
        {panel::draw(board, found)}
        <section aria-labelledby="says-title">
            <h2 id="says-title">"Nội dung"</h2>
            {lines(&found.says)}
            {photos(found)}
        </section>
        <dl class="answers">
            <div class="row"><dt>"Người gửi"</dt><dd>{or(&found.name, "Không ghi tên")}</dd></div>
            <div class="row"><dt>"Liên hệ"</dt><dd>{or(&found.contact, "Không ghi")}</dd></div>
            <div class="row"><dt>"Đơn vị người gửi chọn"</dt><dd>{or(&found.asked_unit, "Không biết")}</dd></div>
            <div class="row"><dt>"Công khai câu trả lời"</dt><dd>{publish}</dd></div>
        </dl>
        {answer}
        <section aria-labelledby="events-title">
            <h2 id="events-title">"Đã diễn ra"</h2>
            <ul class="list">{events}</ul>
        </section>
    }
}

fn photos(found: &DeskPetition) -> Html {
    let all: Vec<_> = found.photos.iter().enumerate().map(|(place, sha256)| {
        let address = format!("/api/v1/desk/petitions/{}/photos/{sha256}", found.row.id);
        let says = format!("Ảnh {} kèm phản ánh", place + 1);
        html! { <a href=address.clone() download=format!("anh-{}", place + 1)><img class="photo" src=address alt=says loading="lazy" /></a> }
    }).collect();
    html! { <p class="photos">{all}</p> }
}

fn event(event: &DeskPetitionEvent) -> Html {
    let by = if event.by.is_empty() { String::new() } else { format!(" · {}", event.by) };
    let note: Vec<_> = event.note.lines().map(|line| html! { <p>{line.to_owned()}</p> }).collect();
    html! { <li><b>{event.says.clone()}</b><small>{clock::moment(event.at)}{by}</small>{note}</li> }
}
