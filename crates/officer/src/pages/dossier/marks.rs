//! "Cần sửa": a field or paper marked where it stands, with one line of text; all marks are sent at once.

use super::desk::Desk;
use crate::acts;
use crate::typed::Mark;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};

fn field_id(place: &str) -> String {
    format!("mark-{place}")
}

/// Whether a place is marked.
pub fn is_marked(desk: Desk, place: &str) -> Memo<bool> {
    let place = place.to_owned();
    Memo::new(move |_| desk.sheet.with(|typed| typed.marks.iter().any(|mark| mark.place == place)))
}

/// The button that marks a place, while a supplement can be asked for.
pub fn button(desk: Desk, place: &str, label: &str) -> Html {
    button_saying("Cần sửa", desk, place, label)
}

/// The same, called otherwise.
pub fn button_saying(mark: &'static str, desk: Desk, place: &str, label: &str) -> Html {
    let marked = is_marked(desk, place);
    let may = Memo::new(move |_| desk.may("ask-supplement"));
    let (place, label) = (place.to_owned(), label.to_owned());
    html! { {move || {
        let (place, label) = (place.clone(), label.clone());
        may.get().then(|| {
            let (place, of) = (place.clone(), label.clone());
            let press = move |_| if marked.get_untracked() { take_away(desk, &place) } else { add(desk, &place, &of) };
            let says = move || if marked.get() { "Bỏ" } else { mark };
            let name = move || format!("{}: {label}", says());
            html! {
                <button type="button" class="link" aria-label=name on:click=press>{says}</button>
            }
        })
    }} }
}

/// The line in which is said what to mend.
pub fn field(desk: Desk, place: &str, label: &str) -> Html {
    let marked = is_marked(desk, place);
    let may = Memo::new(move |_| desk.may("ask-supplement"));
    let (place, label) = (place.to_owned(), label.to_owned());
    html! { {move || {
        let (place, label) = (place.clone(), label.clone());
        (may.get() && marked.get()).then(|| line(desk, &place, &label))
    }} }
}

fn line(desk: Desk, place: &str, label: &str) -> Html {
    let kept =
        desk.sheet.peek(|typed| typed.marks.iter().find(|mark| mark.place == place).map(|mark| mark.says.clone()));
    let id = field_id(place);
    let write = {
        let place = place.to_owned();
        move |event: web_sys::Event| {
            let says = typed(&event);
            desk.sheet.change(|typed| {
                if let Some(mark) = typed.marks.iter_mut().find(|mark| mark.place == place) {
                    mark.says = says;
                }
            });
        }
    };
    html! {
        <label for=id.clone()>"Cần sửa gì? Viết cho người dân."<span class="unseen">{format!(" {label}")}</span></label>
        <input type="text" id=id autocomplete="off" prop:value=kept.unwrap_or_default() on:input=write />
    }
}

fn add(desk: Desk, place: &str, label: &str) {
    desk.sheet.change(|typed| {
        typed.marks.push(Mark { place: place.to_owned(), label: label.to_owned(), says: String::new() });
    });
    ui::focus_soon(&field_id(place));
}

fn take_away(desk: Desk, place: &str) {
    desk.sheet.change(|typed| typed.marks.retain(|mark| mark.place != place));
}

/// All marks, in the panel that sends them.
pub fn list(desk: Desk) -> Html {
    let rows = move || {
        let marks = desk.sheet.with(|typed| typed.marks.clone());
        if marks.is_empty() {
            return html! { <p class="hint">"Chưa đánh dấu chỗ nào."</p> };
        }
        let rows: Vec<_> = marks.iter().map(|mark| row(desk, mark)).collect();
        html! { <ul class="list marks">{rows}</ul> }
    };
    html! { <div id=acts::id(acts::Field::Marks) tabindex="-1">{rows}</div> }
}

fn row(desk: Desk, mark: &Mark) -> Html {
    let says = if mark.says.trim().is_empty() {
        html! { <span class="bad-text">"Chưa ghi cần sửa gì"</span> }
    } else {
        html! { {mark.says.clone()} }
    };
    let target = field_id(&mark.place);
    let go = move |event: web_sys::Event| {
        event.prevent_default();
        ui::focus(&target);
    };
    let name = format!("Bỏ: {}", mark.label);
    let href = format!("#{}", field_id(&mark.place));
    let place = mark.place.clone();
    html! {
        <li>
            <div><a href=href on:click=go>{mark.label.clone()}</a>{says}</div>
            <button type="button" class="link" aria-label=name on:click=move |_| take_away(desk, &place)>"Bỏ"</button>
        </li>
    }
}

/// At the lower edge while marks wait and no panel is open, so that nobody marks and forgets to send.
pub fn waiting(desk: Desk) -> Html {
    let count = Memo::new(move |_| {
        let typed = desk.sheet.with(|typed| if typed.open.is_empty() { typed.marks.len() } else { 0 });
        if desk.may("ask-supplement") { typed } else { 0 }
    });
    let inside = move || {
        let begin = move |_| {
            if let Some(act) = acts::known("ask-supplement") {
                desk.begin(act);
            }
        };
        (count.get() > 0).then(|| {
            html! {
                <div class="waiting-marks">
                    <p>{format!("Đã đánh dấu {} chỗ cần sửa, chưa gửi.", count.get())}</p>
                    <button type="button" class="button small" on:click=begin>"Xem và gửi"</button>
                </div>
            }
        })
    };
    html! { {inside} }
}

/// "Yêu cầu bổ sung (3)": how many marks wait.
pub fn count(desk: Desk) -> String {
    match desk.sheet.with(|typed| typed.marks.len()) {
        0 => String::new(),
        count => format!(" ({count})"),
    }
}
