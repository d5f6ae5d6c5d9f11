//! A link for the first sign-in as it is handed over: it is told once, so it is easy to copy and hard to overlook.

use crate::clock;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A link, whose it is, and until when it can be used.
pub fn draw(name: &str, link: &str, until: i64) -> Html {
    let whole = whole(link);
    let says = RwSignal::new("Sao chép");
    let copied = whole.clone();
    let of = name.to_owned();
    let called = move || format!("{}: đường dẫn của {of}", says.get());
    html! {
        <div class="line">
            <input type="text" readonly="" value=whole aria-label=format!("Đường dẫn của {name}") on:focus=|event| select(&event) />
            <button type="button" class="button quiet small" aria-label=called
                on:click=move |_| copy(copied.clone(), says)>{move || says.get()}</button>
        </div>
        <small>"Dùng được một lần, đến "{clock::moment(until)}</small>
    }
}

/// The link with the address of this site before it.
pub fn whole(link: &str) -> String {
    format!("{}{link}", window().location().origin().unwrap_or_default())
}

/// Puts a text into the clipboard, and says how that went on the button.
pub fn copy(text: String, says: RwSignal<&'static str>) {
    crate::task::background(async move {
        let navigator = window().navigator();
        // Browsers have no clipboard for pages that came over an open line; there the text is copied by hand.
        let known = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object());
        let done = known && JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok();
        // The page may be another one meanwhile.
        says.try_set(if done { "Đã sao chép" } else { "Hãy chép bằng tay" });
    });
}

/// Selects all of the input that was reached, to be copied by hand.
fn select(event: &web_sys::Event) {
    if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.select();
    }
}
