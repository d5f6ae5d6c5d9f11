//! Moving the keyboard's focus, so that nobody has to look for what changed.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Focuses the element with this id, and scrolls it into view. Nothing happens when there is none.
pub fn focus(id: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let element = document.and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // A focus that fails leaves the person where they were.
        let _ = element.focus();
    }
}

/// The same once what has just changed is drawn: signals draw only when the event that changed them is over.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    crate::prelude::set_timeout(move || focus(&id), core::time::Duration::ZERO);
}

/// The text of the input an event came from.
#[must_use]
pub fn typed(event: &web_sys::Event) -> String {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
