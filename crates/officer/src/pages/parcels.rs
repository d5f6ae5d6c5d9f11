//! "Bưu điện": what the unit has to have fetched and delivered, and the labels of what is chosen.

use super::dossier::parcels::{standing, what};
use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::download;
use crate::route::Page;
use crate::task::background;
use std::collections::BTreeSet;
use ui::prelude::*;
use ui::{Html, html};
use wire::{ParcelRow, Parcels};

const TITLE: &str = "Bưu điện";
/// The most labels at once: five sheets.
const MOST: usize = 40;

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Board {
    all: RwSignal<Option<Result<Parcels, Failure>>>,
    /// What is chosen, by the names that labels are asked by.
    chosen: RwSignal<BTreeSet<String>>,
    /// How the labels stand.
    fetched: RwSignal<String>,
}

pub fn draw() -> Html {
    app::title(TITLE);
    let board = Board {
        all: RwSignal::new(None),
        chosen: RwSignal::new(BTreeSet::new()),
        fetched: RwSignal::new(String::new()),
    };
    board.load();
    let inside = move || match board.all.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không gửi bưu phẩm."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| board.load()),
        Some(Ok(all)) => list(board, &all),
    };
    html! { <h1>{TITLE}</h1>{inside} }
}

impl Board {
    /// Fetches the list, with all chosen that can be sent now.
    fn load(self) {
        background(async move {
            let found = Request::get("/api/v1/desk/parcels").json::<Parcels>().await;
            if let Ok(found) = &found {
                let now = found.rows.iter().filter(|row| can_be_sent(row)).take(MOST);
                self.chosen.try_set(now.map(name).collect());
                app().told.set(format!("{} bưu phẩm trong danh sách", found.rows.len()));
            }
            // The officer may have gone elsewhere meanwhile.
            self.all.try_set(Some(found));
        });
    }

    fn print(self) {
        let chosen: Vec<String> = self.chosen.get_untracked().into_iter().collect();
        if chosen.is_empty() {
            self.fetched.set("Hãy chọn ít nhất một bưu phẩm để in nhãn.".to_owned());
        } else if chosen.len() > MOST {
            self.fetched.set(format!("Mỗi lần in nhiều nhất {MOST} nhãn. Hãy bỏ chọn bớt."));
        } else {
            let path = format!("/api/v1/desk/parcels/labels?of={}", chosen.join(","));
            download::give(self.fetched, path, "application/pdf", "nhan-buu-dien.pdf".to_owned());
        }
    }
}

fn can_be_sent(row: &ParcelRow) -> bool {
    row.parcel.steps.iter().any(|step| step == "posted")
}

fn name(row: &ParcelRow) -> String {
    format!("{}.{}", row.id, row.parcel.parcel)
}

fn list(board: Board, all: &Parcels) -> Html {
    if all.rows.is_empty() {
        return html! {
            <p class="nothing">"Không có bưu phẩm nào. Hồ sơ hiện ở đây khi người dân nhờ bưu điện lấy giấy tờ hoặc gửi kết quả đến nhà."</p>
        };
    }
    let rows: Vec<_> = all.rows.iter().map(|one| row(board, one)).collect();
    let count = move || board.chosen.with(BTreeSet::len);
    html! {
        <p class="hint">{all.fee.clone()}</p>
        <fieldset class="field">
            <legend class="label">"Chọn bưu phẩm để in nhãn"</legend>
            {rows}
        </fieldset>
        <button type="button" class="button" on:click=move |_| board.print()>{move || format!("In nhãn ({})", count())}</button>
        <p class="hint" role="status">{move || board.fetched.get()}</p>
        <p class="hint">"Sau khi giao bưu điện, mở hồ sơ để ghi số hiệu bưu gửi."</p>
    }
}

fn row(board: Board, one: &ParcelRow) -> Html {
    let key = name(one);
    let tick = {
        let key = key.clone();
        move |_| {
            board.chosen.update(|chosen| {
                if !chosen.remove(&key) {
                    chosen.insert(key.clone());
                }
            });
        }
    };
    let checked = {
        let key = key.clone();
        move || board.chosen.with(|chosen| chosen.contains(&key))
    };
    let id = format!("tick-{key}");
    let parcel = &one.parcel;
    let (class, stands) = standing(parcel);
    let number = one.number.clone().unwrap_or_else(|| "chưa tiếp nhận".to_owned());
    let home = [&parcel.name, &parcel.address, &parcel.phone, &parcel.time].map(String::as_str);
    let home = home.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    html! {
        <label class="choice" for=id.clone()>
            <input type="checkbox" id=id prop:checked=checked on:change=tick />
            <span>
                <b>{what(&parcel.parcel)}": "{one.person.clone()}</b>" "<span class=class>{stands}</span>
                <small>{home}</small>
                <small>{number}" · "{one.procedure.clone()}</small>
            </span>
        </label>
        <p><a href=Page::Dossier(one.id.clone()).address()>"Mở hồ sơ "<span class="unseen">{one.person.clone()}</span></a></p>
    }
}
