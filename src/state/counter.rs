//! Whether this tab enters dossiers at the desk: then who does, and how the paper came. `public/counter.js` says so, before
//! the program starts, and has given the tab a database of its own.

use crate::client::Failure;
use js_sys::Reflect;
use procedure::Filing;
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wire::{Channel, EnterRequest};

/// Where the note lies from which `public/counter.js` knows it.
const NOTE: &str = "counter";

/// An officer who enters dossiers.
pub struct Counter {
    /// The officer's id.
    officer: String,
    /// How the paper came.
    pub channel: Channel,
}

/// Whoever enters dossiers in this tab; nobody in a citizen's.
pub fn here() -> Option<Counter> {
    let note = Reflect::get(&window(), &"motcuaCounter".into()).ok().filter(JsValue::is_object)?;
    let said = |name: &str| Reflect::get(&note, &name.into()).ok()?.as_string();
    let channel = match said("channel")?.as_str() {
        "by-post" => Channel::ByPost,
        _ => Channel::InPerson,
    };
    Some(Counter { officer: said("officer")?, channel })
}

impl Counter {
    /// What is sent instead of what a citizen sends.
    pub fn entering(self, filing: Filing) -> EnterRequest {
        EnterRequest { officer: self.officer, channel: self.channel, filing }
    }
}

/// Goes to a page of the officers' site, and leaves nothing of this dossier in the tab: it is a citizen's again.
pub fn leave(path: &str) -> Result<(), Failure> {
    let window = window();
    if let Some(storage) = window.session_storage().ok().flatten() {
        storage.remove_item(NOTE).map_err(|_| Failure::Storage)?;
    }
    window.set_name("").map_err(|_| Failure::Storage)?;
    // In place of this page, so that "back" does not return to it.
    window.location().replace(path).map_err(|_| Failure::Storage)
}
