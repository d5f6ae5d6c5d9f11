//! Choosing the dossiers of a list: first what kind of list, then whose.

use super::{Board, Kind};
use crate::clock;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPostings, PostingReady};

/// The lists that can be made, and the dossiers of the one that was chosen.
pub fn draw(board: Board, all: &DeskPostings) -> Html {
    let kinds = kinds(all);
    // What there is only one of need not be chosen; what is gone cannot stay so.
    let kept = board.kind.get_untracked().filter(|kind| kinds.iter().any(|(known, _)| known == kind));
    let only = if kinds.len() == 1 { kinds.first().map(|(kind, _)| kind.clone()) } else { None };
    board.kind.set(kept.or(only));
    if kinds.is_empty() {
        return html! {
            <h2>"Lập danh sách"</h2>
            <p class="nothing">"Không có hồ sơ nào đang chờ niêm yết. Hồ sơ hiện ở đây khi đến bước niêm yết."</p>
            {wrong(board)}
        };
    }
    let value = |(procedure, again): &Kind| format!("{procedure}/{again}");
    let options: Vec<_> = kinds
        .iter()
        .map(|(kind, says)| {
            let here = board.kind.get_untracked().as_ref() == Some(kind);
            html! { <option value=value(kind) selected=here>{says.clone()}</option> }
        })
        .collect();
    let choose = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        board.chosen.update(std::collections::BTreeMap::clear);
        board.preview.set(None);
        board.wrong.set(String::new());
        board.kind.set(kinds.iter().map(|(kind, _)| kind.clone()).find(|kind| value(kind) == chosen));
    };
    html! {
        <h2>"Lập danh sách"</h2>
        <div class="field">
            <label class="label" for="kind">"Thủ tục"</label>
            <select id="kind" on:change=choose><option value="">"Chọn…"</option>{options}</select>
        </div>
        {move || dossiers(board)}
        {wrong(board)}
    }
}

fn wrong(board: Board) -> Html {
    html! { <p class="bad-text" id="posting-problem" tabindex="-1" role="alert">{move || board.wrong.get()}</p> }
}

/// The kinds of lists that have dossiers, and what each is called.
fn kinds(all: &DeskPostings) -> Vec<(Kind, String)> {
    let mut kinds = Vec::new();
    for procedure in &all.procedures {
        for again in [false, true] {
            let of = || all.ready.iter().filter(|one| one.procedure == procedure.id && one.again == again);
            if let Some(first) = of().next() {
                let which = if again { "niêm yết lại" } else { "lần đầu" };
                let says =
                    format!("{} – {which}, {} ngày làm việc ({} hồ sơ)", procedure.name, first.days, of().count());
                kinds.push(((procedure.id.clone(), again), says));
            }
        }
    }
    kinds
}

/// The dossiers to tick, and the way on.
fn dossiers(board: Board) -> Html {
    let offered = board.offered();
    if offered.is_empty() {
        return Html::none();
    }
    let ids: Vec<String> = offered.iter().map(|one| one.id.clone()).collect();
    let all = move |_| {
        board.preview.set(None);
        board.chosen.update(|chosen| {
            let whole = ids.iter().all(|id| chosen.contains_key(id));
            for id in &ids {
                if whole {
                    chosen.remove(id);
                } else {
                    chosen.entry(id.clone()).or_default();
                }
            }
        });
    };
    let count = move || board.chosen.with(std::collections::BTreeMap::len);
    let rows: Vec<_> = offered.iter().map(|one| row(board, one)).collect();
    html! {
        <fieldset class="field">
            <legend class="label">"Hồ sơ đưa vào danh sách"</legend>
            <p class="hint">"Người dân chỉ thấy họ tên và nơi ở, không thấy gì khác."</p>
            <p><button type="button" class="link" on:click=all>"Chọn tất cả, bỏ chọn tất cả"</button></p>
            {rows}
        </fieldset>
        <button type="button" class="button quiet" on:click=move |_| board.look()>
            {move || if board.sending.get() { "Đang tải…".to_owned() } else { format!("Xem trước ({})", count()) }}
        </button>
    }
}

fn row(board: Board, one: &PostingReady) -> Html {
    let id = one.id.clone();
    let tick = {
        let id = id.clone();
        move |_| {
            board.preview.set(None);
            board.chosen.update(|chosen| {
                if chosen.remove(&id).is_none() {
                    chosen.insert(id.clone(), String::new());
                }
            });
        }
    };
    let checked = {
        let id = id.clone();
        move || board.chosen.with(|chosen| chosen.contains_key(&id))
    };
    let number = one.number.clone().unwrap_or_default();
    let says = format!("{number} · {}", clock::left(one.left));
    let by_hand = one.by_hand.then(|| by_hand(board, one));
    html! {
        <label class="choice" for=format!("tick-{id}")>
            <input type="checkbox" id=format!("tick-{id}") prop:checked=checked on:change=tick />
            <span>{one.person.clone()}<small>{says}</small></span>
        </label>
        {by_hand}
    }
}

/// Where nobody has typed whose the declaration is, the officer writes it from the paper.
fn by_hand(board: Board, one: &PostingReady) -> Html {
    let id = one.id.clone();
    let field = format!("name-{id}");
    let label = format!("Họ tên người được niêm yết, theo tờ khai viết tay do {} nộp", one.person);
    let write = {
        let id = id.clone();
        move |event: web_sys::Event| {
            board.preview.set(None);
            let name = typed(&event);
            board.chosen.update(|chosen| drop(chosen.insert(id.clone(), name)));
        }
    };
    let kept = board.chosen.with_untracked(|chosen| chosen.get(&id).cloned()).unwrap_or_default();
    html! {
        <div class="field">
            <label class="label" for=field.clone()>{label}</label>
            <input type="text" id=field class="medium" autocomplete="off" aria-describedby="posting-problem" prop:value=kept on:input=write />
        </div>
    }
}
