//! "Phản ánh": the petitions of the officer's unit, list by list; which list stands in the address.

pub mod one;
mod panel;

use crate::app;
use crate::client::{Failure, Request};
use crate::route::Page;
use crate::task::background;
use crate::{clock, keys};
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPetitionRow, DeskPetitions, PetitionCounts};

const TITLE: &str = "Phản ánh, kiến nghị";

/// The lists: name in addresses, and what the tab says.
const LISTS: [(&str, &str); 5] = [
    ("open", "Đang giải quyết"),
    ("new", "Mới gửi"),
    ("mine", "Tôi tiếp nhận"),
    ("late", "Quá hạn"),
    ("over", "Đã xong"),
];

pub fn draw(list: &str) -> Html {
    app::title(TITLE);
    let list = LISTS.iter().map(|(name, _)| *name).find(|name| *name == list).unwrap_or("open");
    let found = RwSignal::new(None::<Result<DeskPetitions, Failure>>);
    let load = move || {
        found.set(None);
        background(async move {
            let answered = Request::get(format!("/api/v1/desk/petitions?list={list}")).json::<DeskPetitions>().await;
            // The officer may have gone elsewhere meanwhile.
            found.try_set(Some(answered));
        });
    };
    load();
    keys::on_key(|key| match key {
        "j" => keys::walk(".petitions a", 1),
        "k" => keys::walk(".petitions a", -1),
        _ => false,
    });
    let counts = Memo::new(move |_| {
        found.with(|found| found.as_ref().and_then(|found| found.as_ref().ok()).map(|found| found.counts))
    });
    let inside = move || match found.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không giải quyết phản ánh. Việc này của lãnh đạo và văn phòng đơn vị."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| load()),
        Some(Ok(found)) if found.rows.is_empty() => {
            html! { <p class="nothing">"Không có phản ánh nào trong danh sách này."</p> }
        }
        Some(Ok(found)) => {
            let rows: Vec<_> = found.rows.iter().map(row).collect();
            html! { <ul class="list petitions">{rows}</ul> }
        }
    };
    html! { <h1>{TITLE}</h1>{tabs(list, counts)}{inside} }
}

fn tabs(list: &'static str, counts: Memo<Option<PetitionCounts>>) -> Html {
    let tabs = LISTS.map(|(name, says)| {
        let count = move || {
            let PetitionCounts { open, new, mine, late } = counts.get()?;
            let number = match name {
                "open" => open,
                "new" => new,
                "mine" => mine,
                "late" => late,
                _ => return None,
            };
            Some(html! { <b>{number.to_string()}</b> })
        };
        let current = (name == list).then(|| "page".to_owned());
        let urgent = move || {
            let any = name == "late" && counts.get().is_some_and(|counts| counts.late > 0);
            if any { "urgent".to_owned() } else { String::new() }
        };
        let address = Page::Petitions(if name == "open" { String::new() } else { name.to_owned() }).address();
        html! { <li><a href=address class=urgent aria-current=current>{says}" "{count}</a></li> }
    });
    html! { <nav class="tabs" aria-label="Danh sách phản ánh"><ul>{tabs.to_vec()}</ul></nav> }
}

fn row(row: &DeskPetitionRow) -> Html {
    let holder = if row.holder.is_empty() { String::new() } else { format!(" · {} tiếp nhận", row.holder) };
    let says = format!("{} · gửi {}{holder}", row.field, clock::moment(row.sent_at));
    html! {
        <li>
            <a href=Page::Petition(row.id.clone()).address()>{row.begins.clone()}</a>
            <small>{says}</small>
            <p>{tag(row)}</p>
        </li>
    }
}

/// How it stands, in words and colour.
fn tag(row: &DeskPetitionRow) -> Html {
    let public = row.is_public.then(|| html! { " "<span class="tag ok">"Đã công khai"</span> });
    let (class, says) = match (row.state.as_str(), row.was_late) {
        ("answered", false) => ("tag ok", "Đã trả lời".to_owned()),
        ("answered", true) => ("tag late", "Đã trả lời, trễ hạn".to_owned()),
        ("refused", _) => ("tag quiet", "Đã từ chối".to_owned()),
        (state, _) => {
            let what = if state == "sent" { "Tiếp nhận" } else { "Trả lời" };
            let class = if row.left.late {
                "tag late"
            } else if row.left.days == 0 {
                "tag wait"
            } else {
                "tag"
            };
            (class, format!("{what}: {}", clock::left(row.left)))
        }
    };
    html! { <span class=class>{says}</span>{public} }
}
