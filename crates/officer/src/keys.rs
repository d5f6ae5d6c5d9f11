//! The keyboard at the desk: one place that hears keys pressed outside of fields, and the list of them behind `?`.
//!
//! A single letter is a shortcut only while it is wanted (WCAG 2.1.4): it can be switched off, and the machine remembers it.

use crate::app::lasting;
use std::cell::RefCell;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Where it is remembered that letters are no shortcuts.
const OFF: &str = "desk-keys-off";

/// Keys and what they do, as the list shows them.
const LIST: [(&str, &str); 9] = [
    ("j, k", "Xuống, lên một hồ sơ trong danh sách (trong danh sách: cả phím mũi tên)"),
    ("Enter", "Mở hồ sơ đang chọn"),
    ("l", "Về danh sách việc"),
    ("n, p", "Trang giấy tờ sau, trước"),
    ("+, -", "Phóng to, thu nhỏ giấy tờ"),
    ("0", "Giấy tờ vừa khung"),
    ("r", "Xoay giấy tờ"),
    ("a", "Đến các nút việc cần làm của hồ sơ"),
    ("?", "Hiện, ẩn bảng phím tắt này"),
];

type Hear = Box<dyn Fn(&str) -> bool>;

thread_local! {
    static HEARERS: RefCell<Vec<(u32, Hear)>> = const { RefCell::new(Vec::new()) };
    static SHOWN: RwSignal<bool> = lasting(|| RwSignal::new(false));
    static ON: RwSignal<bool> = lasting(|| RwSignal::new(kept().is_none_or(|kept| kept != "1")));
}

/// Hears keys until the part of the page it belongs to goes. `hear` answers whether the key was for it.
pub fn on_key(hear: impl Fn(&str) -> bool + 'static) {
    let number = HEARERS.with_borrow_mut(|all| {
        let number = all.last().map_or(0, |(number, _)| number + 1);
        all.push((number, Box::new(hear)));
        number
    });
    on_cleanup(move || HEARERS.with_borrow_mut(|all| all.retain(|(one, _)| *one != number)));
}

/// Starts to listen, once.
pub fn listen() {
    let hear = Closure::<dyn FnMut(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let shown = SHOWN.with(|shown| *shown);
        if event.key() == "Escape" && shown.get_untracked() {
            close();
            return;
        }
        if is_field(event.target()) || !ON.with(|on| on.get_untracked()) || behind() {
            return;
        }
        let key = event.key();
        let heard = if key == "?" {
            if shown.get_untracked() {
                close();
            } else {
                open();
            }
            true
        } else {
            HEARERS.with_borrow(|all| all.iter().rev().any(|(_, hear)| hear(&key)))
        };
        if heard {
            event.prevent_default();
        }
    });
    // Lives as long as the page.
    let _ = window().add_event_listener_with_callback("keydown", hear.into_js_value().unchecked_ref());
}

/// Whether somebody types there: then a letter is a letter.
fn is_field(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches("input, textarea, select").unwrap_or(false))
}

/// Whether the page lies under the sign-in.
fn behind() -> bool {
    document().query_selector(".on-top").ok().flatten().is_some()
}

fn kept() -> Option<String> {
    window().local_storage().ok().flatten()?.get_item(OFF).ok().flatten()
}

fn open() {
    SHOWN.with(|shown| shown.set(true));
    ui::focus_soon("keys-title");
}

fn close() {
    SHOWN.with(|shown| shown.set(false));
    ui::focus_soon("main");
}

/// The list of keys, and the button that shows it.
pub fn help() -> Html {
    let (shown, on) = (SHOWN.with(|shown| *shown), ON.with(|on| *on));
    let switch = move |_| {
        on.update(|on| *on = !*on);
        if let Ok(Some(storage)) = window().local_storage() {
            // A machine that keeps nothing has the keys on again next time.
            let _ = storage.set_item(OFF, if on.get_untracked() { "0" } else { "1" });
        }
    };
    let list = move || {
        shown.get().then(|| {
            let rows: Vec<_> = LIST
                .iter()
                .map(|(key, does)| html! { <div class="row"><dt>{*key}</dt><dd>{*does}</dd></div> })
                .collect();
            html! {
                <section class="keys panel" aria-labelledby="keys-title">
                    <h2 id="keys-title" tabindex="-1">"Phím tắt"</h2>
                    <dl class="answers">{rows}</dl>
                    <div class="row2">
                        <button type="button" class="button quiet" on:click=switch>
                            {move || if on.get() { "Tắt phím tắt trên máy này" } else { "Bật lại phím tắt" }}
                        </button>
                        <button type="button" class="button" on:click=|_| close()>"Đóng"</button>
                    </div>
                </section>
            }
        })
    };
    html! {
        {list}
        <p class="keys-button">
            <button type="button" class="link" on:click=move |_| if shown.get_untracked() { close() } else { open() }>"Phím tắt (?)"</button>
        </p>
    }
}

/// Whether the focus is on one of this kind.
pub fn is_at(kind: &str) -> bool {
    document().active_element().is_some_and(|now| now.matches(kind).unwrap_or(false))
}

/// Moves the focus among links or buttons of one kind, `step` further; answers whether there are any.
pub fn walk(kind: &str, step: i32) -> bool {
    let Ok(all) = document().query_selector_all(kind) else { return false };
    let all: Vec<HtmlElement> =
        (0..all.length()).filter_map(|place| all.get(place)?.dyn_into::<HtmlElement>().ok()).collect();
    let now = document().active_element().and_then(|now| all.iter().position(|one| **one == now));
    let next = match (now, step > 0) {
        (None, true) => Some(0),
        (None, false) => all.len().checked_sub(1),
        (Some(now), true) => Some((now + 1).min(all.len().saturating_sub(1))),
        (Some(now), false) => Some(now.saturating_sub(1)),
    };
    if let Some(one) = next.and_then(|next| all.get(next)) {
        // A focus that fails leaves the officer where they were.
        let _ = one.focus();
    }
    !all.is_empty()
}
