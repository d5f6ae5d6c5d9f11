//! What an officer has typed about a dossier and not sent yet: kept in this tab from the first letter, so that neither a
//! reload nor signing in anew loses any of it. It goes with the tab, because it may tell of a person.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ui::prelude::*;

/// Everything typed about one dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The act whose panel is open; empty when none is.
    #[serde(default)]
    pub open: String,
    /// The idempotency key of each act that was begun.
    #[serde(default)]
    pub keys: BTreeMap<String, String>,
    /// Texts by `<act>/<field>`.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// What is to be mended.
    #[serde(default)]
    pub marks: Vec<Mark>,
}

/// A field or paper marked as to be mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its place, as the API names it.
    pub place: String,
    /// What it is called on the page.
    pub label: String,
    /// What to mend.
    pub says: String,
}

/// A new idempotency key.
pub fn new_key() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// A handle on it; cheap to copy.
#[derive(Clone, Copy)]
pub struct Sheet {
    typed: RwSignal<Typed>,
    name: StoredValue<String>,
}

impl Sheet {
    /// What this officer typed about this dossier before.
    pub fn open(officer: &str, dossier: &str) -> Self {
        let name = format!("desk/{officer}/{dossier}");
        let kept = storage().and_then(|storage| storage.get_item(&name).ok().flatten());
        let typed = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        // What is being sent when the officer leaves the page still has to be struck out afterwards.
        crate::app::lasting(|| Self { typed: RwSignal::new(typed), name: StoredValue::new(name) })
    }

    /// Reads it, and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Typed) -> T) -> T {
        self.typed.with(read)
    }

    /// Reads it once.
    pub fn peek<T>(self, read: impl FnOnce(&Typed) -> T) -> T {
        self.typed.with_untracked(read)
    }

    /// Changes it, and keeps it.
    pub fn change(self, change: impl FnOnce(&mut Typed)) {
        self.typed.update(change);
        self.keep();
    }

    fn keep(self) {
        let name = self.name.get_value();
        let Some(storage) = storage() else { return };
        // A tab that keeps nothing still shows it; only a reload would lose it.
        let _ = self.typed.with_untracked(|typed| {
            if *typed == Typed::default() {
                storage.remove_item(&name)
            } else {
                storage.set_item(&name, &serde_json::to_string(typed).unwrap_or_default())
            }
        });
    }

    /// A text without following it.
    pub fn text(self, place: &str) -> String {
        self.peek(|typed| typed.words.get(place).cloned().unwrap_or_default())
    }

    /// Keeps a text.
    pub fn write(self, place: &str, text: &str) {
        self.change(|typed| {
            typed.words.insert(place.to_owned(), text.to_owned());
        });
    }

    /// The idempotency key of an act: made when its panel is opened, and the same until the act is done.
    pub fn key(self, act: &str) -> String {
        let kept = self.peek(|typed| typed.keys.get(act).cloned());
        kept.unwrap_or_else(|| {
            let key = new_key();
            self.change(|typed| {
                typed.keys.insert(act.to_owned(), key.clone());
            });
            key
        })
    }

    /// Forgets what belonged to an act that is done.
    pub fn done(self, act: &str) {
        self.change(|typed| {
            typed.keys.remove(act);
            typed.words.retain(|place, _| place.split('/').next() != Some(act));
            if typed.open == act {
                typed.open.clear();
            }
            if act == "ask-supplement" {
                typed.marks.clear();
            }
        });
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
