//! Which drafts of this phone are on their way to another one, and what shows them again.
//!
//! Kept in the browser's small storage rather than in the draft: the first program only asks whether a draft is marked.
//! Should the browser forget a mark, the draft is simply open again, and its key still lets one dossier come of it.

use crate::cipher;
use receipt::{hex, unhex};
use ui::prelude::*;

/// A draft handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct HandedOver {
    /// The handover's name at the server.
    pub id: String,
    /// What its sender shows.
    pub sender: [u8; 32],
    /// The key the draft is encrypted under.
    pub secret: [u8; 32],
    /// The code to type.
    pub code: String,
    /// When it ends (milliseconds since 1970, UTC).
    pub until: i64,
}

impl HandedOver {
    /// The link that opens it; the key stands behind the `#`, which no browser sends to a server.
    pub fn link(&self) -> String {
        let origin = window().location().origin().unwrap_or_default();
        format!("{origin}/open-draft#{}.{}", self.id, hex(&self.secret))
    }
}

/// Name and key out of the part of a link behind its `#`.
pub fn of_link(fragment: &str) -> Option<(String, [u8; 32])> {
    let (id, secret) = fragment.trim_start_matches('#').split_once('.')?;
    unhex::<16>(id)?;
    Some((id.to_owned(), unhex(secret)?))
}

/// Whether a draft is marked.
pub fn is_marked(draft: &str) -> bool {
    window().local_storage().ok().flatten().is_some_and(|kept| kept.get_item(&name(draft)).ok().flatten().is_some())
}

/// What is kept of a marked draft.
pub fn find(draft: &str) -> Option<HandedOver> {
    let text = window().local_storage().ok()??.get_item(&name(draft)).ok()??;
    let mut parts = text.split(' ');
    Some(HandedOver {
        id: parts.next()?.to_owned(),
        sender: unhex(parts.next()?)?,
        secret: unhex(parts.next()?)?,
        code: parts.next()?.to_owned(),
        until: parts.next()?.parse().ok()?,
    })
}

/// Marks a draft.
pub fn mark(draft: &str, handed: &HandedOver) {
    let HandedOver { id, sender, secret, code, until } = handed;
    let text = format!("{id} {} {} {code} {until}", hex(sender), hex(secret));
    if let Some(kept) = window().local_storage().ok().flatten() {
        // Unmarked, the draft stays open on this phone too.
        let _ = kept.set_item(&name(draft), &text);
    }
}

/// Takes the mark away.
pub fn unmark(draft: &str) {
    if let Some(kept) = window().local_storage().ok().flatten() {
        // A mark that stays shows the page where it can be taken away again.
        let _ = kept.remove_item(&name(draft));
    }
}

/// What an opener is known by, made once for a handover: after a reload the same opener asks again.
pub fn opener(handover: &str) -> Option<[u8; 32]> {
    let kept = window().session_storage().ok()??;
    let name = format!("opener/{handover}");
    if let Some(secret) = kept.get_item(&name).ok()?.and_then(|text| unhex(&text)) {
        return Some(secret);
    }
    let secret = cipher::random()?;
    kept.set_item(&name, &hex(&secret)).ok()?;
    Some(secret)
}

fn name(draft: &str) -> String {
    format!("handed-over/{draft}")
}
