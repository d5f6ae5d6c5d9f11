//! A dossier in the making: kept on this phone from the first key, file by file and letter by letter.

use super::database::{self, Store};
use super::sent;
use super::{Saved, work};
use crate::app::app;
use crate::client::Failure;
use crate::clock::now;
use crate::route::Page;
use crate::task::background;
use form::{Answers, Map};
use js_sys::Promise;
use pack::Pack;
use procedure::catalogue::Stored;
use procedure::{FiledPaper, Procedure};
use std::cell::RefCell;
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// A dossier in the making.
#[derive(Clone, Debug, PartialEq, Pack)]
pub struct Draft {
    /// Random, made with the draft: the idempotency key of its submission.
    pub key: String,
    /// The procedure's id.
    pub procedure: String,
    /// The procedure's common name, for the list of drafts.
    pub name: String,
    /// Code of the receiving agency, empty before it is chosen.
    pub agency: String,
    /// Answers to the guiding questions.
    pub case: Answers,
    /// Answers by form.
    pub forms: Map<Answers>,
    /// The papers; their bytes lie beside it.
    pub papers: Vec<DraftPaper>,
    /// Steps that passed their check: "case/<step>", "<form>/<step>", "papers".
    pub done: Map<()>,
    /// When it was last kept (milliseconds since 1970, UTC).
    pub saved_at: i64,
    /// The versions it was begun with, of its procedure and its forms, by id.
    pub begun_with: Map<Stored>,
    /// It waits in the outbox to be sent.
    pub queued: bool,
    /// The last number given to bytes that lie beside it.
    pub numbers: u32,
    /// The photographs papers are made of, packed: `state::photos` reads them. The first program only hands them on, and
    /// is spared the code for it.
    pub photos: Vec<u8>,
}

/// A paper of a draft.
#[derive(Clone, Debug, PartialEq, Pack)]
pub struct DraftPaper {
    /// Its number in this draft, never used twice.
    pub number: u32,
    /// Which paper of the procedure it is.
    pub paper: String,
    /// The file's name.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Size in bytes as it will be sent.
    pub bytes: u64,
    /// Size of the file that was chosen.
    pub before: u64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The numbers of the pages it is bound from, packed; empty of a file that was chosen as it is.
    pub pages: Vec<u8>,
}

impl Draft {
    /// A number for bytes that are to lie beside the draft, never used before.
    pub fn number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// The keys of all bytes that may lie beside it. Those of numbers that were given up are empty.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        (1..=self.numbers).flat_map(|number| [paper_key(&self.key, number), sent::place(&self.key, number)])
    }
}

impl DraftPaper {
    /// As it is filed.
    pub fn filed(&self) -> FiledPaper {
        FiledPaper {
            paper: self.paper.clone(),
            sha256: self.sha256.clone(),
            name: self.name.clone(),
            kind: self.kind.clone(),
            bytes: self.bytes,
        }
    }
}

/// The marker outside the database: it tells when the browser has thrown drafts away.
const MARKER: &str = "drafts";

/// Starts a draft and keeps it.
pub async fn begin(procedure: &Procedure) -> Result<String, Failure> {
    let draft = Draft {
        key: random_key(),
        procedure: procedure.id.clone(),
        name: procedure.short.clone(),
        agency: String::new(),
        case: Answers::default(),
        forms: Map::new(),
        papers: Vec::new(),
        done: Map::new(),
        saved_at: now().0,
        begun_with: Map::new(),
        queued: false,
        numbers: 0,
        photos: Vec::new(),
    };
    // Asked once there is something to lose; a browser that says no still keeps it as long as it can.
    let _ = window().navigator().storage().persist();
    put(&draft).await?;
    Ok(draft.key)
}

/// All drafts on this phone, the last one first.
pub async fn all() -> Vec<Draft> {
    let kept = database::all(Store::Drafts).await.unwrap_or_default();
    let mut drafts: Vec<Draft> = Vec::new();
    for draft in kept.iter().filter_map(database::unpacked::<Draft>) {
        let place = drafts.iter().take_while(|newer| newer.saved_at > draft.saved_at).count();
        drafts.insert(place, draft);
    }
    drafts
}

/// A draft by its key.
pub async fn find(key: &str) -> Result<Option<Draft>, Failure> {
    let found: Option<Draft> = database::get(Store::Drafts, key).await?.as_ref().and_then(database::unpacked);
    SAVER.with_borrow_mut(|saver| saver.seen = found.as_ref().map_or(0, |draft| draft.saved_at));
    Ok(found)
}

/// Whether the browser has thrown away drafts it once kept; tells it only once.
pub fn lost(drafts: &[Draft]) -> bool {
    let Some(storage) = window().local_storage().ok().flatten() else { return false };
    let marked = storage.get_item(MARKER).ok().flatten().is_some();
    if drafts.is_empty() && marked {
        // Without the marker the same loss is not told twice.
        let _ = storage.remove_item(MARKER);
        return true;
    }
    false
}

/// Throws a draft and its papers away.
pub async fn discard(draft: &Draft) -> Result<(), Failure> {
    database::finish(&draft.key, &draft.keys().collect::<Vec<_>>(), None).await?;
    unmark().await;
    Ok(())
}

/// Exchanges a sent draft for its receipt.
pub async fn finish(draft: &Draft, receipt: &JsValue) -> Result<(), Failure> {
    // A write that is still under way would bring the draft back.
    let nothing_waits = Promise::new(&mut |resolve, _| {
        when_kept(move |_| {
            // Settling a promise does not fail.
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    let _ = JsFuture::from(nothing_waits).await;
    database::finish(&draft.key, &draft.keys().collect::<Vec<_>>(), Some(receipt)).await?;
    unmark().await;
    Ok(())
}

/// Keeps a draft that came from another phone, with its papers, in place of an older one: all of it or nothing.
pub async fn take_in(draft: &Draft, papers: &[(u32, Blob)]) -> Result<(), Failure> {
    let older = find(&draft.key).await?.map(|older| older.papers).unwrap_or_default();
    // The newest version there is, for a tab that still has the older one open.
    let draft = Draft { saved_at: now().0, queued: false, ..draft.clone() };
    let gone: Vec<String> = older.iter().map(|paper| paper_key(&draft.key, paper.number)).collect();
    let papers: Vec<(String, &Blob)> =
        papers.iter().map(|(number, blob)| (paper_key(&draft.key, *number), blob)).collect();
    database::replace(&draft.key, &database::packed(&draft), &gone, &papers).await?;
    mark();
    Ok(())
}

/// Keeps a paper's bytes.
pub async fn put_paper(key: &str, number: u32, blob: &Blob) -> Result<(), Failure> {
    database::put(Store::Papers, &paper_key(key, number), blob).await
}

/// A paper's bytes.
pub async fn paper(key: &str, number: u32) -> Result<Option<Blob>, Failure> {
    Ok(database::get(Store::Papers, &paper_key(key, number)).await?.and_then(|value| value.dyn_into().ok()))
}

/// Takes bytes away that the draft has ceased to speak of, once it is kept like that: a browser that is killed in
/// between leaves bytes nobody needs, never a draft whose bytes are gone. Called right after the draft was changed.
pub fn forget(key: &str, numbers: impl IntoIterator<Item = u32>) {
    let places = |number| [paper_key(key, number), sent::place(key, number)];
    let keys: Vec<String> = numbers.into_iter().flat_map(places).collect();
    when_kept(move |kept| {
        if kept {
            background(async move {
                for key in keys {
                    // What stays goes with the draft.
                    drop(database::remove(Store::Papers, &key).await);
                }
            });
        }
    });
}

async fn put(draft: &Draft) -> Result<(), Failure> {
    // Two tabs may have the same draft open: what one of them has not seen, it must not write over.
    let seen = SAVER.with_borrow(|saver| saver.seen);
    let newer = |kept: &JsValue| database::unpacked::<Draft>(kept).is_some_and(|kept| kept.saved_at > seen);
    database::put_unless(Store::Drafts, &draft.key, &database::packed(draft), newer).await?;
    SAVER.with_borrow_mut(|saver| saver.seen = draft.saved_at);
    mark();
    Ok(())
}

fn mark() {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // Without the marker a loss is not told; the draft itself is kept.
        let _ = storage.set_item(MARKER, "1");
    }
}

async fn unmark() {
    if all().await.is_empty()
        && let Some(storage) = window().local_storage().ok().flatten()
    {
        // A marker left behind would tell of a loss that was none; trying is all one can do.
        let _ = storage.remove_item(MARKER);
    }
}

/// Where a paper lies in the database.
pub fn paper_key(draft: &str, number: u32) -> String {
    format!("{draft}/{number}")
}

/// 128 random bits as a UUID of version 4 (RFC 9562), which every browser can make without a secure context.
pub fn random_key() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        // A browser without randomness has no crypto at all.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[derive(Default)]
struct Saver {
    /// The newest state not yet written.
    waiting: Option<Draft>,
    /// A write is under way.
    busy: bool,
    /// What waits until nothing is left to write.
    then: Vec<Box<dyn FnOnce(bool)>>,
    /// When the draft was kept that this tab knows (milliseconds since 1970, UTC).
    seen: i64,
}

thread_local! {
    static SAVER: RefCell<Saver> = RefCell::default();
}

/// Keeps the draft as soon as the write before it is done. Writes follow each other, so that the newest is the last.
pub fn save(draft: &Draft) {
    let saved = app().saved;
    let start = SAVER.with_borrow_mut(|saver| {
        saver.waiting = Some(draft.clone());
        !core::mem::replace(&mut saver.busy, true)
    });
    saved.set(Saved::Saving);
    if start {
        background(async move {
            while let Some(mut draft) = SAVER.with_borrow_mut(|saver| saver.waiting.take()) {
                draft.saved_at = now().0;
                let kept = put(&draft).await;
                saved.set(match kept {
                    Ok(()) => Saved::At(draft.saved_at),
                    Err(Failure::Elsewhere) => Saved::Elsewhere,
                    Err(_) => Saved::Failed,
                });
            }
            let then = SAVER.with_borrow_mut(|saver| {
                saver.busy = false;
                core::mem::take(&mut saver.then)
            });
            for then in then {
                then(matches!(saved.get_untracked(), Saved::At(_)));
            }
        });
    }
}

/// Does something once nothing waits to be written, and tells it whether everything typed is on the disk.
pub fn when_kept(then: impl FnOnce(bool) + 'static) {
    let now = SAVER.with_borrow_mut(|saver| {
        if saver.busy {
            saver.then.push(Box::new(then));
            None
        } else {
            Some(then)
        }
    });
    if let Some(then) = now {
        then(true);
    }
}

/// Closes the open draft when the page is not one of its pages.
pub fn leave_unless(page: &Page) {
    let key = match page {
        Page::Draft(key, _) => key.as_str(),
        _ => "",
    };
    if work::close_unless(key) {
        app().saved.set(Saved::Nothing);
    }
}

/// Loads the page anew when it is shown again after another tab has written into its draft: nothing is typed in a tab that
/// nobody sees, so nothing is lost.
pub fn follow_other_tabs() {
    let shown = Closure::<dyn FnMut()>::new(|| {
        let known = SAVER.with_borrow(|saver| if saver.busy { i64::MAX } else { saver.seen });
        let Some(key) = work::open_key().filter(|_| !document().hidden()) else { return };
        background(async move {
            let kept = database::get(Store::Drafts, &key).await.ok().flatten();
            let kept = kept.as_ref().and_then(database::unpacked::<Draft>);
            if kept.is_none_or(|kept| kept.saved_at > known) {
                // A reload that is refused leaves a page that will say what happened once somebody types.
                let _ = window().location().reload();
            }
        });
    });
    // Lives as long as the page.
    let _ = document().add_event_listener_with_callback("visibilitychange", shown.into_js_value().unchecked_ref());
}
