//! Entering dossiers that came on paper: the citizens' pages in this very tab, which leave a note of who types for the desk.
//!
//! `public/counter.js` reads the note before the citizens' program starts, and gives the tab a database of the officer's own.

use crate::app::app;
use serde::{Deserialize, Serialize};
use ui::prelude::*;
use wire::{Channel, Me};

/// What the tab is called, and where the note lies in it: both as `public/boot.js` and `public/counter.js` have them.
const NAME: &str = "counter";

/// Who enters dossiers in this tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The officer's id.
    pub officer: String,
    /// Their name.
    pub name: String,
    /// The name of their unit.
    pub unit: String,
    /// How the paper came.
    pub channel: Channel,
    /// The same as people call it.
    pub says: String,
    /// After so many seconds in which nobody does anything the session is over.
    pub idle_seconds: u32,
    /// The citizens' page that was left last; empty before the first.
    #[serde(default)]
    pub at: String,
}

/// Begins to enter dossiers: leaves for the citizens' pages.
pub fn begin(me: &Me, channel: Channel) {
    // A page is drawn without the session's times, so that it stays as it is when they change.
    let idle = app().session.with_untracked(|session| session.officer().map(|me| me.idle_seconds));
    let note = Note {
        officer: me.id.clone(),
        name: me.name.clone(),
        unit: me.unit_name.clone(),
        channel,
        says: channel.says().to_owned(),
        idle_seconds: idle.unwrap_or(me.idle_seconds),
        at: String::new(),
    };
    go_on(&note);
}

/// Goes on where the officer was.
pub fn go_on(note: &Note) {
    // Without the note the tab would be a citizen's.
    let kept = storage()
        .is_some_and(|storage| storage.set_item(NAME, &serde_json::to_string(note).unwrap_or_default()).is_ok());
    if kept && window().set_name(NAME).is_ok() {
        let at = if note.at.starts_with('/') && !note.at.starts_with("//") { &note.at } else { "/" };
        // A browser that refuses to go leaves the officer where they are.
        let _ = window().location().assign(at);
    }
}

/// What this officer has under way in this tab. What another one has is theirs: nothing of it is told.
pub fn under_way(me: &Me) -> Option<Note> {
    let note: Note = serde_json::from_str(&storage()?.get_item(NAME).ok()??).ok()?;
    (note.officer == me.id).then_some(note)
}

/// The tab is a citizen's again. Drafts stay with the officer who typed them.
pub fn forget() {
    if let Some(storage) = storage() {
        // A note that stays leads whoever is not this officer to the sign-in.
        let _ = storage.remove_item(NAME);
    }
    let _ = window().set_name("");
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
