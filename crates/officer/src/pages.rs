//! Every page of the desk, and what it shows while it waits for what it needs.

mod absences;
mod counter;
mod dossier;
mod figures;
pub mod first;
mod meetings;
mod officers;
mod parcels;
mod payments;
mod period;
mod postings;
mod queue;
pub mod sign_in;

use crate::app::app;
use crate::client::Failure;
use crate::places::{self, Place};
use crate::route::{Filter, Page};
use ui::{Html, html};
use wire::{Left, Me};

/// Draws a page for whoever is signed in.
pub fn draw(page: Page, me: &Me) -> Html {
    match page {
        // Whoever has no work of their own begins where they may begin.
        Page::Queue(_) if !places::of(me).contains(&Place::Work) => match places::home(me) {
            Some(place) => draw(place.page(), me),
            None => nowhere(me),
        },
        Page::Queue(filter) => queue::draw(&filter),
        Page::Dossier(id) => dossier::draw(id, me),
        Page::Postings => postings::draw(),
        Page::Parcels => parcels::draw(),
        Page::Counter if places::of(me).contains(&Place::Counter) => counter::draw(me),
        Page::Meetings => meetings::draw(me),
        Page::Payments(period, standing) => payments::draw(&period, &standing, me),
        Page::Figures(period) => figures::draw(&period),
        Page::Officers => officers::draw(me),
        Page::Absences => absences::draw(me),
        Page::Counter | Page::First | Page::NotFound => {
            crate::app::title("Không có trang này");
            html! { <h1>"Không có trang này"</h1>{back()} }
        }
    }
}

/// For an officer to whom no role was given.
fn nowhere(me: &Me) -> Html {
    crate::app::title("Chưa có nhiệm vụ");
    html! {
        <h1>"Chưa có nhiệm vụ"</h1>
        <p>"Tài khoản "<b>{me.name.clone()}</b>" chưa được giao vai trò nào. Nhờ người quản trị của đơn vị giao vai trò."</p>
    }
}

/// Back to the list the officer came from.
fn back() -> Html {
    html! { <a class="back" href=move || app().route.from().address()>"‹ Danh sách việc"</a> }
}

/// Words while something comes; nothing else.
fn loading() -> Html {
    html! { <p class="loading" role="status">"Đang tải…"</p> }
}

/// What failed and a way to try again.
fn failed(failure: &Failure, again: impl FnMut(web_sys::Event) + 'static) -> Html {
    html! {
        <div class="warning" role="alert"><p>{failure.says()}</p></div>
        <button type="button" class="button quiet" on:click=again>"Thử lại"</button>
    }
}

/// How a due time stands, in words and colour.
fn due_tag(state: &str, left: Left) -> Html {
    let (class, says) = match state {
        paused if is_paused(paused) => ("tag quiet", "Tạm dừng".to_owned()),
        "returned" | "not-received" | "withdrawn" => ("tag ok", "Đã xong".to_owned()),
        _ if left.late => ("tag late", crate::clock::left(left)),
        _ if left.days == 0 => ("tag wait", crate::clock::left(left)),
        _ => ("tag", crate::clock::left(left)),
    };
    html! { <span class=class>{says}</span> }
}

/// Whether the clock stands.
fn is_paused(state: &str) -> bool {
    matches!(state, "supplement-asked" | "fee-asked" | "stopped")
}

/// Where a dossier stands, in an office's words.
fn state(name: &str) -> &'static str {
    match name {
        "sent" => "Mới gửi, chờ tiếp nhận",
        "received" => "Đã tiếp nhận",
        "not-received" => "Không được tiếp nhận",
        "in-process" => "Đang xử lý",
        "supplement-asked" => "Chờ bổ sung",
        "fee-asked" => "Chờ nộp phí, lệ phí",
        "withdrawn" => "Người dân rút hồ sơ",
        "stopped" => "Dừng xử lý",
        "done" => "Đã xử lý xong, chờ trả",
        "returned" => "Đã trả kết quả",
        _ => "Chưa rõ",
    }
}

/// The address of the lists without any filter.
fn all() -> Page {
    Page::Queue(Filter::default())
}
