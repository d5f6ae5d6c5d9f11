//! The language of the page: chosen once, kept on this phone, changed by drawing the page anew.

use ui::prelude::*;

const KEY: &str = "language";

/// The language other than Vietnamese that was chosen, by its code.
pub fn chosen() -> Option<String> {
    let code = storage()?.get_item(KEY).ok().flatten()?;
    (code != "vi" && code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

/// The code by which files of the page's language are named.
pub fn current() -> String {
    document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_else(|| "vi".to_owned())
}

/// Tells browser and screen reader the language of the page.
pub fn mark(code: &str) {
    if let Some(root) = document().document_element() {
        // Without it the page is only read aloud in the wrong accent.
        let _ = root.set_attribute("lang", code);
    }
}

/// Keeps the choice and draws the page anew. Nothing typed is lost: it is on the disk.
pub fn choose(code: &str) {
    if let Some(storage) = storage() {
        // A phone that does not keep the choice stays with the language it has.
        let _ = storage.set_item(KEY, code);
    }
    // A reload that is refused leaves the page as it is.
    let _ = window().location().reload();
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
