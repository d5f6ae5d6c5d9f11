//! Leptos' signals, by its own parts: the package `leptos` itself brings server functions along, whose streams the wasm
//! would carry for nothing (`docs/decisions/0003-one-type-of-element.md`).

pub use leptos_dom::helpers::{document, event_target_checked, event_target_value, set_timeout, window};
pub use reactive_graph::computed::Memo;
pub use reactive_graph::owner::{LocalStorage, Owner, StoredValue, on_cleanup};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::RwSignal;
