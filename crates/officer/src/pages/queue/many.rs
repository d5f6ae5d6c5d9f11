//! Acts on many rows at once: each dossier is an act of its own with a key of its own, and what became of it is told row by
//! row. Where an act is not possible, the API says so of that row, and the others are done all the same.

use crate::app::app;
use crate::client::{Failure, Request};
use crate::task::background;
use std::collections::BTreeMap;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Act, ActRequest, Colleague, DeskDossier, QueueRow};

/// What has been chosen and what became of it; cheap to copy.
#[derive(Clone, Copy)]
pub struct Many {
    /// The chosen rows, by id, as they were when they were chosen.
    chosen: RwSignal<Vec<QueueRow>>,
    /// What became of a row: whether it was done, and the words for it.
    results: RwSignal<BTreeMap<String, (bool, String)>>,
    /// How many are done and how many there are, while it goes on.
    going: RwSignal<Option<(usize, usize)>>,
    /// Whom the work can be given to; none before that was asked for.
    colleagues: RwSignal<Option<Vec<Colleague>>>,
    /// What was done in all.
    said: RwSignal<String>,
}

/// The acts: name, button, what is said of a row when it is done.
const ACTS: [(&str, &str, &str); 3] = [
    ("claim", "Nhận việc", "Đã nhận"),
    ("receive", "Tiếp nhận", "Đã tiếp nhận"),
    ("forward", "Xong, chuyển bước", "Đã chuyển bước"),
];

impl Many {
    pub fn new() -> Self {
        Self {
            chosen: RwSignal::new(Vec::new()),
            results: RwSignal::new(BTreeMap::new()),
            going: RwSignal::new(None),
            colleagues: RwSignal::new(None),
            said: RwSignal::new(String::new()),
        }
    }

    fn toggle(self, row: &QueueRow) {
        self.colleagues.set(None);
        self.chosen.update(|chosen| match chosen.iter().position(|one| one.id == row.id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(row.clone()),
        });
    }

    fn all(self, rows: &[QueueRow], chosen: bool) {
        self.colleagues.set(None);
        self.chosen.set(if chosen { rows.to_vec() } else { Vec::new() });
    }

    /// Does an act on every chosen row, one after the other: an office's line is slow, and the order is that of the list.
    fn start(self, act: Act, done: &'static str, reload: impl Fn() + 'static) {
        if self.going.get_untracked().is_some() {
            return;
        }
        let rows = self.chosen.get_untracked();
        self.results.set(BTreeMap::new());
        self.said.set(String::new());
        self.going.set(Some((0, rows.len())));
        background(async move {
            let mut left = Vec::new();
            for (place, row) in rows.iter().enumerate() {
                let key = window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default();
                let path = format!("/api/v1/desk/dossiers/{}/acts", row.id);
                let request = ActRequest { version: row.version, act: act.clone() };
                let answered = Request::post(path, &request).key(key).json::<DeskDossier>().await;
                let result = match &answered {
                    Ok(_) => (true, done.to_owned()),
                    Err(failure) => (false, says(failure)),
                };
                if !result.0 {
                    left.push(row.clone());
                }
                // The officer may have left the page; what was begun is done all the same.
                self.results.try_update(|results| results.insert(row.id.clone(), result));
                self.going.try_set(Some((place + 1, rows.len())));
            }
            let (good, bad) = (rows.len() - left.len(), left.len());
            let told = if bad == 0 {
                format!("{done}: {good} hồ sơ.")
            } else {
                format!("{done}: {good} hồ sơ. Chưa làm được: {bad} hồ sơ, lý do ghi ở từng dòng.")
            };
            app().told.set(told.clone());
            self.said.try_set(told);
            self.colleagues.try_set(None);
            self.chosen.try_set(Vec::new());
            self.going.try_set(None);
            reload();
            ui::focus_soon("many-said");
        });
    }

    /// Asks whom the first chosen dossier can be given to: the others that wait for the same role can be, too.
    fn ask_colleagues(self) {
        let Some(id) = self.chosen.with_untracked(|chosen| chosen.first().map(|row| row.id.clone())) else { return };
        background(async move {
            let found = Request::get(format!("/api/v1/desk/dossiers/{id}")).json::<DeskDossier>().await;
            self.colleagues.try_set(Some(found.map(|dossier| dossier.colleagues).unwrap_or_default()));
            ui::focus_soon("many-officer");
        });
    }
}

fn says(failure: &Failure) -> String {
    match failure.code() {
        "act-not-now" => "Không làm được việc này ở bước hiện tại".to_owned(),
        "dossier-held" => "Người khác đang giữ".to_owned(),
        "dossier-changed" => "Vừa có người khác xử lý".to_owned(),
        "officer-unknown" => "Người này không có vai trò của bước này".to_owned(),
        _ => failure.says(),
    }
}

/// The box that chooses a row.
pub fn choice(many: Many, row: &QueueRow) -> Html {
    let (id, one) = (row.id.clone(), row.clone());
    let chosen = move || many.chosen.with(|chosen| chosen.iter().any(|row| row.id == id));
    let called = format!("Chọn hồ sơ của {}", row.person);
    html! { <input type="checkbox" class="choose" aria-label=called prop:checked=chosen on:change=move |_| many.toggle(&one) /> }
}

/// The box that chooses all rows that are shown.
pub fn choose_all(many: Many, rows: &[QueueRow]) -> Html {
    let (rows, count) = (rows.to_vec(), rows.len());
    let all = move || many.chosen.with(|chosen| count > 0 && chosen.len() == count);
    let toggle = move |_| many.all(&rows, !many.chosen.with_untracked(|chosen| chosen.len() == count));
    html! { <label class="choose-all"><input type="checkbox" class="choose" prop:checked=all on:change=toggle />"Chọn tất cả"</label> }
}

/// What became of a row.
pub fn result(many: Many, id: &str) -> Html {
    let id = id.to_owned();
    let inside = move || {
        many.results.with(|results| results.get(&id).cloned()).map(|(done, says)| {
            let class = if done { "tag ok" } else { "tag wait" };
            html! { <span class=class>{says}</span> }
        })
    };
    html! { {inside} }
}

/// What can be done with the chosen rows; nothing while none is chosen.
pub fn bar(many: Many, reload: impl Fn() + Clone + 'static) -> Html {
    let inside = move || {
        let count = many.chosen.with(Vec::len);
        if let Some((done, all)) = many.going.get() {
            return Some(html! { <p role="status">{format!("Đang làm {done}/{all} hồ sơ…")}</p> });
        }
        (count > 0).then(|| {
            let buttons: Vec<_> = ACTS
                .into_iter()
                .map(|(name, button, done)| {
                    let reload = reload.clone();
                    let act = move || match name {
                        "claim" => Act::Claim,
                        "receive" => Act::Receive,
                        _ => Act::Forward { note: String::new() },
                    };
                    html! { <button type="button" class="button quiet small" on:click=move |_| many.start(act(), done, reload.clone())>{button}</button> }
                })
                .collect();
            let reload = reload.clone();
            html! {
                <p><b>{format!("Đã chọn {count} hồ sơ")}</b></p>
                <div class="row2">
                    {buttons}
                    <button type="button" class="button quiet small" on:click=move |_| many.ask_colleagues()>"Giao cho đồng nghiệp"</button>
                    <button type="button" class="link" on:click=move |_| many.all(&[], false)>"Bỏ chọn"</button>
                </div>
                {move || many.colleagues.get().map(|all| assign(many, all, reload.clone()))}
            }
        })
    };
    let said = move || {
        let says = many.said.get();
        (!says.is_empty()).then(|| html! { <p class="said" id="many-said" tabindex="-1"><b>{says}</b></p> })
    };
    html! { {said}<div class="many" role="group" aria-label="Làm với các hồ sơ đã chọn">{inside}</div> }
}

fn assign(many: Many, all: Vec<Colleague>, reload: impl Fn() + Clone + 'static) -> Html {
    if all.is_empty() {
        return html! { <p class="hint" role="status">"Bạn không giao được hồ sơ đầu tiên đã chọn: việc này của người phụ trách, và người nhận phải có vai trò của bước đó."</p> };
    }
    let officer = RwSignal::new(all.first().map(|one| one.id.clone()).unwrap_or_default());
    let options: Vec<_> = all.into_iter().map(|one| html! { <option value=one.id>{one.name}</option> }).collect();
    let give = move |_| many.start(Act::Assign { officer: officer.get_untracked() }, "Đã giao", reload.clone());
    html! {
        <div class="filter">
            <label for="many-officer">"Giao cho"</label>
            <select id="many-officer" on:change=move |event| officer.set(event_target_value(&event))>{options}</select>
            <button type="button" class="button small" on:click=give>"Giao"</button>
        </div>
    }
}
