//! "Vắng mặt": who is away and who acts in their place, and saying so.

use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::clock;
use crate::task::background;
use std::cell::RefCell;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Absence, AbsenceChoice, AbsenceList, Me, NewAbsence};

const TITLE: &str = "Vắng mặt";

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Away {
    list: RwSignal<Option<Result<AbsenceList, Failure>>>,
    /// Id of who is absent.
    officer: RwSignal<String>,
    delegate: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    /// What is wrong, and the control it is about.
    wrong: RwSignal<(String, String)>,
    sending: RwSignal<bool>,
    /// The absence that is asked about once more before it is withdrawn.
    asked: RwSignal<String>,
}

thread_local! {
    // The key of what is being said, kept over retries, so that nothing is said twice.
    static KEY: RefCell<String> = const { RefCell::new(String::new()) };
}

impl Away {
    fn load(self) {
        background(async move {
            let found = Request::get("/api/v1/absences").json::<AbsenceList>().await;
            self.show(found);
        });
    }

    /// Shows a list, with the first of those it may be said of chosen. The officer may have left the page meanwhile.
    fn show(self, found: Result<AbsenceList, Failure>) {
        if let Ok(list) = &found {
            let known = |id: &String| list.officers.iter().any(|one| one.officer.id == *id);
            if self.officer.try_with_untracked(|id| !known(id)).unwrap_or_default() {
                let first = list.officers.first().map(|one| one.officer.id.clone()).unwrap_or_default();
                self.officer.try_set(first);
            }
        }
        self.list.try_set(Some(found));
    }

    fn say(self) {
        if self.sending.get_untracked() {
            return;
        }
        let new = NewAbsence {
            officer: self.officer.get_untracked(),
            delegate: self.delegate.get_untracked(),
            from: self.from.get_untracked(),
            until: self.until.get_untracked(),
        };
        let missing = [
            (&new.delegate, "Hãy chọn người làm thay.", "delegate"),
            (&new.from, "Hãy chọn từ ngày.", "from"),
            (&new.until, "Hãy chọn đến ngày.", "until"),
        ];
        if let Some((_, says, id)) = missing.into_iter().find(|(text, ..)| text.is_empty()) {
            self.wrong.set((says.to_owned(), id.to_owned()));
            return ui::focus(id);
        }
        self.wrong.set((String::new(), String::new()));
        self.sending.set(true);
        let key = KEY.with_borrow_mut(|key| {
            if key.is_empty() {
                *key = window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default();
            }
            key.clone()
        });
        background(async move {
            match Request::post("/api/v1/absences", &new).key(key).json::<AbsenceList>().await {
                Ok(list) => {
                    KEY.with_borrow_mut(String::clear);
                    for typed in [self.delegate, self.from, self.until] {
                        typed.try_set(String::new());
                    }
                    self.show(Ok(list));
                    app().told.set("Đã ghi nhận người làm thay".to_owned());
                    ui::focus_soon("absences-title");
                }
                Err(failure) => {
                    // What was typed stays; the next try may say something else, so it is another one.
                    if failure.status() > 0 {
                        KEY.with_borrow_mut(String::clear);
                    }
                    let place = if failure.place().is_empty() { "delegate" } else { failure.place() };
                    self.wrong.try_set((failure.says(), place.to_owned()));
                    ui::focus_soon(place);
                }
            }
            self.sending.try_set(false);
        });
    }

    fn withdraw(self, id: String) {
        background(async move {
            match Request::delete(format!("/api/v1/absences/{id}")).bytes().await {
                Ok(_) => {
                    app().told.set("Đã kết thúc việc làm thay".to_owned());
                    self.asked.try_set(String::new());
                    self.load();
                    ui::focus_soon("absences-title");
                }
                Err(failure) => drop(self.wrong.try_set((failure.says(), String::new()))),
            }
        });
    }
}

pub fn draw(me: &Me) -> Html {
    app::title(TITLE);
    let text = || RwSignal::new(String::new());
    let away = Away {
        list: RwSignal::new(None),
        officer: text(),
        delegate: text(),
        from: text(),
        until: text(),
        wrong: RwSignal::new((String::new(), String::new())),
        sending: RwSignal::new(false),
        asked: text(),
    };
    away.load();
    let me = me.id.clone();
    let inside = move || match away.list.get() {
        None => super::loading(),
        Some(Err(failure)) => super::failed(&failure, move |_| {
            away.list.set(None);
            away.load();
        }),
        Some(Ok(list)) => html! { {table(away, &list.absences)}{form(away, list.officers, &me)} },
    };
    html! { <h1>{TITLE}</h1>{inside} }
}

fn table(away: Away, absences: &[Absence]) -> Html {
    let rows: Vec<_> = absences.iter().map(|one| row(away, one)).collect();
    let none = rows.is_empty().then(|| html! { <p class="nothing">"Chưa có ai vắng mặt."</p> });
    let general = move || away.wrong.with(|(says, id)| if id.is_empty() { says.clone() } else { String::new() });
    html! {
        <section aria-labelledby="absences-title">
            <h2 id="absences-title" tabindex="-1">"Ai làm thay ai"</h2>
            <p class="bad-text" role="alert">{general}</p>
            {none}
            <ul class="list absences">{rows}</ul>
        </section>
    }
}

fn row(away: Away, one: &Absence) -> Html {
    let days = format!("Từ {} đến hết {}", day(&one.from), day(&one.until));
    let stands = if one.counts {
        html! { <span class="tag ok">"Đang làm thay"</span> }
    } else {
        let later = one.from > today();
        html! { <span class="tag quiet">{if later { "Chưa đến ngày" } else { "Không còn hiệu lực" }}</span> }
    };
    let (id, name) = (one.id.clone(), one.officer.name.clone());
    let withdraw = one.withdraw.then(|| {
        let (asks, called) = (id.clone(), format!("Kết thúc: {}", one.officer.name));
        let ask = move |_| {
            away.asked.set(asks.clone());
            ui::focus_soon("really");
        };
        html! { <button type="button" class="button quiet small" aria-label=called on:click=ask>"Kết thúc"</button> }
    });
    let really = move || {
        (away.asked.get() == id).then(|| {
            let id = id.clone();
            html! {
                <div class="really" id="really" tabindex="-1" role="group" aria-label="Kết thúc việc làm thay?">
                    <p><b>"Kết thúc việc làm thay "{name.clone()}"?"</b>" Người làm thay không làm tiếp được ngay từ lúc này; những gì đã làm vẫn giữ nguyên."</p>
                    <div class="row2">
                        <button type="button" class="button danger small" on:click=move |_| away.withdraw(id.clone())>"Đồng ý kết thúc"</button>
                        <button type="button" class="button quiet small" on:click=move |_| away.asked.set(String::new())>"Thôi"</button>
                    </div>
                </div>
            }
        })
    };
    html! {
        <li>
            <p><b>{one.delegate.name.clone()}" thay "{one.officer.name.clone()}</b>" "{stands}<small>{days}</small></p>
            {withdraw}{really}
        </li>
    }
}

fn form(away: Away, officers: Vec<AbsenceChoice>, me: &str) -> Option<Html> {
    if officers.is_empty() {
        return None;
    }
    let name = |one: &AbsenceChoice| {
        if one.officer.id == me { format!("Tôi ({})", one.officer.name) } else { one.officer.name.clone() }
    };
    let chosen = away.officer.get_untracked();
    let whom: Vec<_> = officers
        .iter()
        .map(
            |one| html! { <option value=one.officer.id.clone() selected=one.officer.id == chosen>{name(one)}</option> },
        )
        .collect();
    let of = move |id: &str| officers.iter().find(|one| one.officer.id == id).map(|one| one.delegates.clone());
    let delegates = Memo::new(move |_| away.officer.with(|id| of(id).unwrap_or_default()));
    let options = move || {
        let option = |(id, name): (String, String)| html! { <option value=id>{name}</option> };
        delegates.get().into_iter().map(|one| option((one.id, one.name))).collect::<Vec<_>>()
    };
    let nobody = move || {
        delegates.with(Vec::is_empty).then(|| {
            html! { <p class="hint">"Trong đơn vị chưa có ai có vai trò làm thay được. Nhờ người quản trị của đơn vị giao vai trò."</p> }
        })
    };
    let says = move |id: &'static str| {
        move || away.wrong.with(|(says, at)| if at == id { says.clone() } else { String::new() })
    };
    let bad = move |id: &'static str| move || away.wrong.with(|(_, at)| at == id).to_string();
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        away.say();
    };
    Some(html! {
        <form class="away" on:submit=submit novalidate>
            <h2>"Báo vắng mặt"</h2>
            <p class="hint">"Người làm thay thấy việc này trong danh sách của họ, có ghi “thay …”. Hết ngày cuối thì tự thôi. Trong hồ sơ luôn ghi ai làm thay ai."</p>
            <div class="field">
                <label class="label" for="officer">"Ai vắng mặt"</label>
                <select id="officer" on:change=move |event| { away.delegate.set(String::new()); away.officer.set(event_target_value(&event)); }>{whom}</select>
            </div>
            <div class="field">
                <label class="label" for="delegate">"Người làm thay"</label>
                <p class="bad-text" id="delegate-problem" role="alert">{says("delegate")}</p>
                <select id="delegate" aria-describedby="delegate-problem" aria-invalid=bad("delegate") prop:value=move || away.delegate.get()
                    on:change=move |event| away.delegate.set(event_target_value(&event))><option value="">"Chọn người làm thay"</option>{options}</select>
                {nobody}
            </div>
            <div class="days">
                {date(away.from, "from", "Từ ngày", says("from"), bad("from"))}
                {date(away.until, "until", "Đến hết ngày", says("until"), bad("until"))}
            </div>
            <button class="button">{move || if away.sending.get() { "Đang ghi…" } else { "Ghi nhận" }}</button>
        </form>
    })
}

fn date(
    typed: RwSignal<String>,
    id: &'static str,
    label: &'static str,
    says: impl Fn() -> String + 'static,
    bad: impl Fn() -> String + 'static,
) -> Html {
    let problem = format!("{id}-problem");
    html! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            <p class="bad-text" id=problem.clone() role="alert">{says}</p>
            <input type="date" id=id aria-describedby=problem aria-invalid=bad min=today() prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event)) />
        </div>
    }
}

/// Today as an address and a field of dates have it.
fn today() -> String {
    let date = clock::now().date();
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// "1/12/2026".
fn day(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').map(|part| part.trim_start_matches('0')).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}
