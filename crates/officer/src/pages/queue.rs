//! "Việc của tôi": the lists of work, what is due first coming first. What is listed stands in the address.

mod many;
mod search;

use super::due_tag;
use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::route::{Filter, Page};
use crate::task::background;
use crate::{clock, keys};
use many::Many;
use std::cell::Cell;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Catalogue, Channel, Queue, QueueCounts, QueueRow};

const TITLE: &str = "Việc của tôi";
/// The links of the rows.
const ROWS: &str = ".queue a";

/// The lists, with what they are called.
const LISTS: [(&str, &str); 6] = [
    ("now", "Việc đang chờ"),
    ("mine", "Tôi đang giữ"),
    ("late", "Quá hạn"),
    ("near", "Sắp đến hạn"),
    ("stopped", "Chờ bổ sung"),
    ("stuck", "Kẹt"),
];

thread_local! {
    // Ids and names of procedures, fetched once a visit.
    static PROCEDURES: RwSignal<Vec<(String, String)>> = app::lasting(|| RwSignal::new(Vec::new()));
    // What was counted last, shown while the next list comes.
    static COUNTS: Cell<Option<QueueCounts>> = const { Cell::new(None) };
}

pub fn draw(filter: &Filter) -> Html {
    app::title(TITLE);
    if !filter.search.is_empty() {
        keys::on_key(walk);
        return html! { <h1>"Tìm hồ sơ"</h1>{search::field(filter)}{search::results(filter)} };
    }
    let many = Many::new();
    let queue = RwSignal::new(None::<Result<Queue, Failure>>);
    let more = RwSignal::new(More::Nothing);
    let load = {
        let filter = filter.clone();
        move || {
            queue.set(None);
            let path = address(&filter, None);
            background(async move {
                let found = Request::get(path).json::<Queue>().await;
                if let Ok(found) = &found {
                    COUNTS.set(Some(found.counts));
                    app().told.set(format!("{} hồ sơ trong danh sách", found.rows.len()));
                }
                // The officer may have gone to another list meanwhile.
                queue.try_set(Some(found));
            });
        }
    };
    load();
    load_procedures();
    keys::on_key(walk);
    let next = {
        let filter = filter.clone();
        move |after: String| fetch_more(address(&filter, Some(&after)), queue, more)
    };
    let again = load.clone();
    let anew = load.clone();
    let list = {
        let filter = filter.clone();
        move || match queue.get() {
            None => super::loading(),
            Some(Err(failure)) => {
                let again = again.clone();
                super::failed(&failure, move |_| again())
            }
            Some(Ok(queue)) if queue.rows.is_empty() => nothing(&filter),
            Some(Ok(queue)) => {
                let next = next.clone();
                table(&queue, many, more, next)
            }
        }
    };
    let counts = Memo::new(move |_| {
        queue
            .with(|queue| queue.as_ref().and_then(|queue| queue.as_ref().ok()).map(|queue| queue.counts))
            .or(COUNTS.get())
    });
    html! {
        <div class="head-line">
            <h1>{TITLE}</h1>
            <button type="button" class="link" on:click=move |_| load()>"Tải lại"</button>
        </div>
        {tabs(filter, counts)}
        <div class="finders">{search::field(filter)}{procedures(filter)}</div>
        {many::bar(many, anew)}
        {list}
    }
}

fn walk(key: &str) -> bool {
    match key {
        "j" => keys::walk(ROWS, 1),
        "k" => keys::walk(ROWS, -1),
        // Outside of the list arrows scroll the page, as everywhere.
        "ArrowDown" => keys::is_at(ROWS) && keys::walk(ROWS, 1),
        "ArrowUp" => keys::is_at(ROWS) && keys::walk(ROWS, -1),
        _ => false,
    }
}

/// How the next page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum More {
    Nothing,
    Coming,
    Failed,
}

fn address(filter: &Filter, after: Option<&str>) -> String {
    let mut path = format!("/api/v1/desk/dossiers?list={}", filter.list());
    for (name, value) in [("procedure", filter.procedure.as_str()), ("after", after.unwrap_or_default())] {
        if !value.is_empty() {
            path.push_str(&format!("&{name}={}", String::from(js_sys::encode_uri_component(value))));
        }
    }
    path
}

fn fetch_more(path: String, queue: RwSignal<Option<Result<Queue, Failure>>>, more: RwSignal<More>) {
    if more.get_untracked() == More::Coming {
        return;
    }
    more.set(More::Coming);
    background(async move {
        match Request::get(path).json::<Queue>().await {
            Ok(next) => {
                let first = next.rows.first().map(|row| row.id.clone()).unwrap_or_default();
                app().told.set(format!("Thêm {} hồ sơ", next.rows.len()));
                // The officer may have gone to another list meanwhile.
                queue.try_update(|queue| {
                    if let Some(Ok(queue)) = queue {
                        queue.rows.extend(next.rows);
                        queue.next = next.next;
                        queue.counts = next.counts;
                    }
                });
                more.try_set(More::Nothing);
                ui::focus_soon(&format!("row-{first}"));
            }
            Err(_) => drop(more.try_set(More::Failed)),
        }
    });
}

fn tabs(filter: &Filter, counts: Memo<Option<QueueCounts>>) -> Html {
    let tabs: Vec<_> = LISTS
        .into_iter()
        .map(|(list, says)| {
            let here = filter.list() == list;
            let to = Page::Queue(Filter { list: list.to_owned(), ..filter.clone() });
            let count = move || counts.get().map(|counts| told(count_of(counts, list)));
            let urgent = move || list == "late" && counts.get().is_some_and(|counts| counts.late > 0);
            let current = here.then(|| "page".to_owned());
            html! { <li><a href=to.address() aria-current=current class:urgent=urgent>{says}" "<b>{count}</b></a></li> }
        })
        .collect();
    html! { <nav class="tabs" aria-label="Danh sách việc"><ul>{tabs}</ul></nav> }
}

fn count_of(counts: QueueCounts, list: &str) -> u32 {
    match list {
        "mine" => counts.mine,
        "late" => counts.late,
        "near" => counts.near,
        "stopped" => counts.stopped,
        "stuck" => counts.stuck,
        _ => counts.now,
    }
}

/// Beyond 999 nothing is counted.
fn told(count: u32) -> String {
    if count >= 999 { "999+".to_owned() } else { count.to_string() }
}

fn procedures(filter: &Filter) -> Html {
    let all = PROCEDURES.with(|all| *all);
    let filter = filter.clone();
    let chosen = filter.procedure.clone();
    let choose = move |event: web_sys::Event| {
        let procedure = event_target_value(&event);
        app().route.go(Page::Queue(Filter { procedure, ..filter.clone() }));
    };
    let options = move || {
        let option = |(id, name): &(String, String)| {
            html! { <option value=id.clone() selected=*id == chosen>{name.clone()}</option> }
        };
        all.with(|all| all.iter().map(option).collect::<Vec<_>>())
    };
    html! {
        <div class="filter">
            <label for="procedure">"Thủ tục"</label>
            <select id="procedure" on:change=choose><option value="">"Tất cả thủ tục"</option>{options}</select>
        </div>
    }
}

fn load_procedures() {
    let all = PROCEDURES.with(|all| *all);
    if !all.with_untracked(Vec::is_empty) {
        return;
    }
    background(async move {
        // Without the names the lists are there all the same, only not filtered by them.
        if let Ok(catalogue) = Request::get("/api/v1/catalogue").json::<Catalogue>().await {
            all.set(catalogue.procedures.into_iter().map(|one| (one.id, one.short)).collect());
        }
    });
}

fn nothing(filter: &Filter) -> Html {
    let says = match filter.list() {
        "mine" => "Bạn chưa nhận giữ hồ sơ nào.",
        "late" => "Không có hồ sơ nào quá hạn.",
        "near" => "Không có hồ sơ nào đến hạn trong một ngày làm việc tới.",
        "stopped" => "Không có hồ sơ nào đang chờ người dân bổ sung.",
        "stuck" => "Không có hồ sơ nào bị kẹt: hồ sơ nào cũng có người làm, đúng nhịp của bước.",
        _ => "Không có hồ sơ nào đang chờ bạn.",
    };
    let all = (!filter.procedure.is_empty()).then(|| {
        let to = Page::Queue(Filter { procedure: String::new(), ..filter.clone() });
        html! { <p><a href=to.address()>"Xem tất cả thủ tục"</a></p> }
    });
    html! { <p class="nothing">{says}</p>{all} }
}

fn table(queue: &Queue, many: Many, more: RwSignal<More>, next: impl Fn(String) + Clone + 'static) -> Html {
    let more_button = queue.next.clone().map(|after| {
        let says = move || match more.get() {
            More::Nothing => "Xem thêm",
            More::Coming => "Đang tải thêm…",
            More::Failed => "Chưa tải được, bấm để thử lại",
        };
        html! { <button type="button" class="button quiet" on:click=move |_| next(after.clone())>{says}</button> }
    });
    html! {
        {many::choose_all(many, &queue.rows)}
        {rows(&queue.rows, Some(many))}
        {more_button}
    }
}

/// Rows without anything to choose.
fn plain_table(found: &[QueueRow]) -> Option<Html> {
    (!found.is_empty()).then(|| rows(found, None))
}

fn rows(all: &[QueueRow], many: Option<Many>) -> Html {
    let rows: Vec<_> = all.iter().map(|one| row(one, many)).collect();
    // Roles are written out, because a table drawn as cards on a phone would lose them.
    html! {
        <table class="queue" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Hạn"</th>
                    <th role="columnheader" scope="col">"Người, thủ tục"</th>
                    <th role="columnheader" scope="col">"Việc cần làm"</th>
                    <th role="columnheader" scope="col">"Số hồ sơ"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn row(row: &QueueRow, many: Option<Many>) -> Html {
    let to = Page::Dossier(row.id.clone()).address();
    let holder = match (row.mine, &row.holder) {
        (true, _) => Some("Tôi đang giữ".to_owned()),
        (false, Some(name)) => Some(format!("{name} đang giữ")),
        (false, None) => None,
    };
    let holder = holder.map(|says| html! { <small class="holder">{says}</small> });
    let on_behalf = row.on_behalf.clone().map(|name| html! { <small class="holder"><b>"thay "{name}</b></small> });
    let choice = many.map(|many| many::choice(many, row));
    let result = many.map(|many| many::result(many, &row.id));
    // What is over is due no more.
    let over = matches!(row.state.as_str(), "returned" | "not-received" | "withdrawn" | "stopped");
    // While the clock stands, when it would have been due is nobody's date.
    let due = (!super::is_paused(&row.state) && !over).then(|| html! { <small>{clock::moment(row.due_at)}</small> });
    let objected = row.objected.then(|| html! { <span class="tag late">"Có phản ánh"</span>" " });
    let number = row.number.clone().unwrap_or_else(|| "Chưa có số".to_owned());
    let came = match row.channel {
        None => "Gửi",
        Some(Channel::InPerson) => "Nộp trực tiếp",
        Some(Channel::ByPost) => "Qua bưu chính",
    };
    html! {
        <tr role="row">
            <td role="cell">{choice}{objected}{due_tag(&row.state, row.left)}{due}{result}</td>
            <td role="cell"><a id=format!("row-{}", row.id) href=to>{row.person.clone()}</a><small>{row.procedure.clone()}</small></td>
            <td role="cell">{row.stage.clone()}<small>{super::state(&row.state)}" · bước "{row.place.clone()}</small>{holder}{on_behalf}</td>
            <td role="cell"><span class="id">{number}</span><small>{came}" "{clock::moment(row.sent_at)}</small></td>
        </tr>
    }
}
