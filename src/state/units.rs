//! Provinces and communes: the provinces at once, the communes of a province when it is chosen.

use super::catalogue;
use crate::clock::today;
use crate::task::background;
use form::{Date, Known, Map, Units};
use procedure::catalogue::Catalogue;
use procedure::units::UnitsBook;
use std::cell::RefCell;
use ui::UnitNames;
use ui::prelude::*;
use ui::sheet::Suggestion;

#[derive(Default)]
struct Kept {
    book: Option<UnitsBook>,
    asked: Map<()>,
    loaded: Option<RwSignal<u32>>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// How many communes are offered at a time: more than a phone shows helps nobody.
const OFFERED: usize = 12;

/// Makes the signal that tells when more units have arrived; called once, where the app's signals live.
pub fn start() {
    let loaded = RwSignal::new(0);
    KEPT.with_borrow_mut(|kept| kept.loaded = Some(loaded));
}

/// What fields ask of units.
pub fn names() -> UnitNames {
    load("");
    let loaded = KEPT.with_borrow(|kept| kept.loaded).unwrap_or_else(|| RwSignal::new(0));
    UnitNames { loaded, load, provinces, communes, name }
}

/// The units for a check: what has not been loaded counts as unknown, and the API will tell.
pub struct Loaded;

impl Units for Loaded {
    fn commune(&self, province: &str, commune: &str, on: Date) -> Known {
        with_book(|book| book.commune(province, commune, on)).unwrap_or(Known::NotLoaded)
    }
    fn province_name(&self, _: &str) -> Option<&str> {
        None
    }
    fn commune_name(&self, _: &str) -> Option<&str> {
        None
    }
}

/// The book as it is now, for showing names; empty before anything has been loaded.
pub fn book() -> UnitsBook {
    with_book(Clone::clone).unwrap_or_else(|| UnitsBook::new(Vec::new()))
}

/// Loads the provinces and the communes of these, and waits for them; what fails to load stays unknown.
pub async fn wait_for(provinces: &[String]) {
    fetch("").await;
    for province in provinces {
        fetch(province).await;
    }
}

fn load(province: &str) {
    let province = province.to_owned();
    background(async move { fetch(&province).await });
}

/// An empty code asks for the provinces themselves.
async fn fetch(province: &str) {
    let new = KEPT.with_borrow_mut(|kept| kept.asked.insert(province.to_owned(), ()));
    if !new {
        return;
    }
    let done = if province.is_empty() { provinces_file().await } else { communes_file(province).await };
    KEPT.with_borrow_mut(|kept| {
        if done.is_none() {
            // Asked again next time: the network may be back.
            kept.asked.remove(province);
        }
    });
    if let Some(loaded) = KEPT.with_borrow(|kept| kept.loaded) {
        loaded.update(|times| *times += 1);
    }
}

/// The file of the communes of a province, or of the provinces themselves for an empty code.
pub fn file<'a>(catalogue: &'a Catalogue, province: &str) -> Option<&'a str> {
    if province.is_empty() { Some(&catalogue.provinces) } else { catalogue.communes_of(province) }
}

/// Whether they have come or are on their way.
pub fn asked(province: &str) -> bool {
    KEPT.with_borrow(|kept| kept.asked.contains(province))
}

async fn provinces_file() -> Option<()> {
    let names = catalogue::catalogue().await.ok()?;
    let bytes = catalogue::file(file(&names, "")?).await.ok()?;
    let book = UnitsBook::from_bytes(&bytes)?;
    KEPT.with_borrow_mut(|kept| kept.book = Some(book));
    Some(())
}

async fn communes_file(province: &str) -> Option<()> {
    let names = catalogue::catalogue().await.ok()?;
    let bytes = catalogue::file(file(&names, province)?).await.ok()?;
    KEPT.with_borrow_mut(|kept| kept.book.as_mut()?.load(province, &bytes))
}

fn with_book<T>(look: impl FnOnce(&UnitsBook) -> T) -> Option<T> {
    KEPT.with_borrow(|kept| kept.book.as_ref().map(look))
}

fn provinces(typed: &str) -> Vec<Suggestion> {
    with_book(|book| book.suggest_provinces(typed, today())).unwrap_or_default().into_iter().map(offered).collect()
}

fn communes(province: &str, typed: &str) -> Vec<Suggestion> {
    let found = with_book(|book| book.suggest_communes(province, typed, today(), OFFERED)).unwrap_or_default();
    found.into_iter().map(offered).collect()
}

fn offered(found: procedure::units::Suggestion) -> Suggestion {
    let note = found.was.map(|was| ui::fill(text::Key::QuestionWas, &[("name", &was)])).unwrap_or_default();
    Suggestion { value: found.code, label: found.label, note }
}

fn name(code: &str) -> Option<String> {
    let known = with_book(|book| {
        let name = if code.len() == 2 { book.province_name(code) } else { book.commune_name(code) };
        name.map(capital)
    });
    known.flatten()
}

/// "xã Triệu Phong" → "Xã Triệu Phong", as suggestions are written.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", form::text::upper(first), letters.as_str()))
}
