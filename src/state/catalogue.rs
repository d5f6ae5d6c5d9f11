//! The catalogue and the files it names, each fetched once and kept while the page lives.

use crate::client::{Failure, begin, get};
use crate::state::{language, units};
use form::{Form, Map};
use pack::Pack;
use procedure::catalogue::{Catalogue, Stored};
use procedure::{Agencies, Eligibility, Procedure};
use std::cell::RefCell;
use std::sync::Arc;

#[derive(Default)]
struct Kept {
    catalogue: Option<Arc<Catalogue>>,
    agencies: Option<Arc<Agencies>>,
    /// By file, as the next two.
    procedures: Map<Arc<Procedure>>,
    forms: Map<Arc<Form>>,
    fingerprints: Map<String>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// The catalogue in the page's language.
pub async fn catalogue() -> Result<Arc<Catalogue>, Failure> {
    if let Some(catalogue) = KEPT.with_borrow(|kept| kept.catalogue.clone()) {
        return Ok(catalogue);
    }
    let catalogue: Catalogue = read(&get(&format!("/data/catalogue.{}.bin", language::current())).await?)?;
    let catalogue = Arc::new(catalogue);
    KEPT.with_borrow_mut(|kept| kept.catalogue = Some(catalogue.clone()));
    Ok(catalogue)
}

/// A procedure by id, in today's version; `Status(404)` when there is none.
pub async fn procedure(id: &str) -> Result<Arc<Procedure>, Failure> {
    Ok(procedure_of(id, None).await?.0)
}

/// A procedure in the version a draft was begun with, and which that is.
pub async fn procedure_of(id: &str, begun: Option<&Stored>) -> Result<(Arc<Procedure>, Stored), Failure> {
    let names = catalogue().await?;
    let today = names.procedure(id).map(|listed| &listed.stored);
    let stored = version(today, begun)?;
    if let Some(procedure) = KEPT.with_borrow(|kept| kept.procedures.get(&stored.file).cloned()) {
        return Ok((procedure, stored));
    }
    let (stored, bytes) = fetch(stored, today).await?;
    let procedure: Arc<Procedure> = fingerprinted(&stored, &bytes)?;
    KEPT.with_borrow_mut(|kept| kept.procedures.insert(stored.file.clone(), procedure.clone()));
    Ok((procedure, stored))
}

/// Whether a procedure has rules of who may have what; no, while the catalogue has not come.
pub fn has_eligibility(id: &str) -> bool {
    let catalogue = KEPT.with_borrow(|kept| kept.catalogue.clone());
    catalogue.is_some_and(|catalogue| catalogue.procedure(id).is_some_and(|listed| !listed.eligibility.is_empty()))
}

/// A procedure's rules of who may have what; `Status(404)` when there are none.
pub async fn eligibility(id: &str) -> Result<Arc<Eligibility>, Failure> {
    let catalogue = catalogue().await?;
    let listed = catalogue.procedure(id).filter(|listed| !listed.eligibility.is_empty());
    let listed = listed.ok_or(Failure::Status(404))?;
    Ok(Arc::new(read(&file(&listed.eligibility).await?)?))
}

/// A form in the version a draft was begun with, and which that is.
pub async fn form_of(id: &str, begun: Option<&Stored>) -> Result<(Arc<Form>, Stored), Failure> {
    let names = catalogue().await?;
    let today = names.form(id);
    let stored = version(today, begun)?;
    if let Some(form) = KEPT.with_borrow(|kept| kept.forms.get(&stored.file).cloned()) {
        return Ok((form, stored));
    }
    let (stored, bytes) = fetch(stored, today).await?;
    let form: Arc<Form> = fingerprinted(&stored, &bytes)?;
    KEPT.with_borrow_mut(|kept| kept.forms.insert(stored.file.clone(), form.clone()));
    Ok((form, stored))
}

/// The fingerprint of something that has been fetched, 64 hexadecimal digits; empty before.
pub fn fingerprint(stored: &Stored) -> String {
    KEPT.with_borrow(|kept| kept.fingerprints.get(&stored.file).cloned().unwrap_or_default())
}

/// The version a draft goes on with: the one it was begun with, in the language of the page where the site still has it.
fn version(today: Option<&Stored>, begun: Option<&Stored>) -> Result<Stored, Failure> {
    match (today, begun) {
        (Some(today), Some(begun)) if today.version != begun.version => Ok(begun.clone()),
        (Some(today), _) => Ok(today.clone()),
        (None, Some(begun)) => Ok(begun.clone()),
        (None, None) => Err(Failure::Status(404)),
    }
}

/// The file of a version. One that neither phone nor site has any more gives way to today's: the answers stay.
async fn fetch(stored: Stored, today: Option<&Stored>) -> Result<(Stored, Vec<u8>), Failure> {
    match (file(&stored.file).await, today) {
        (Err(Failure::Status(404)), Some(today)) if *today != stored => {
            let bytes = file(&today.file).await?;
            Ok((today.clone(), bytes))
        }
        (bytes, _) => Ok((stored, bytes?)),
    }
}

fn fingerprinted<T: Pack>(stored: &Stored, bytes: &[u8]) -> Result<Arc<T>, Failure> {
    let (fingerprint, value): (String, T) = read(bytes)?;
    KEPT.with_borrow_mut(|kept| kept.fingerprints.insert(stored.file.clone(), fingerprint));
    Ok(Arc::new(value))
}

/// The one-stop desks.
pub async fn agencies() -> Result<Arc<Agencies>, Failure> {
    if let Some(agencies) = KEPT.with_borrow(|kept| kept.agencies.clone()) {
        return Ok(agencies);
    }
    let catalogue = catalogue().await?;
    let agencies: Arc<Agencies> = Arc::new(read(&file(&catalogue.agencies).await?)?);
    KEPT.with_borrow_mut(|kept| kept.agencies = Some(agencies.clone()));
    Ok(agencies)
}

/// A file below `data/`, named by what it holds.
pub async fn file(name: &str) -> Result<Vec<u8>, Failure> {
    get(&address(name)).await
}

/// Begins to fetch what every page of a draft asks for, as far as it is not there: its procedure, the desks, the provinces.
pub fn begin_draft(catalogue: &Catalogue, procedure: &str, begun: Option<&Stored>) {
    KEPT.with_borrow(|kept| {
        if kept.agencies.is_none() {
            begin(&address(&catalogue.agencies));
        }
        begin_version(catalogue.procedure(procedure).map(|listed| &listed.stored), begun, |file| {
            kept.procedures.contains(file)
        });
    });
    begin_units(catalogue, "");
}

/// The same for the forms of a draft and the communes of the provinces it names.
pub fn begin_forms(catalogue: &Catalogue, forms: &[String], begun: &Map<Stored>, provinces: &[String]) {
    KEPT.with_borrow(|kept| {
        for id in forms {
            begin_version(catalogue.form(id), begun.get(id), |file| kept.forms.contains(file));
        }
    });
    for province in provinces {
        begin_units(catalogue, province);
    }
}

fn begin_version(today: Option<&Stored>, begun: Option<&Stored>, is_there: impl Fn(&str) -> bool) {
    if let Ok(stored) = version(today, begun)
        && !is_there(&stored.file)
    {
        begin(&address(&stored.file));
    }
}

fn begin_units(catalogue: &Catalogue, province: &str) {
    if !units::asked(province)
        && let Some(file) = units::file(catalogue, province)
    {
        begin(&address(file));
    }
}

fn address(name: &str) -> String {
    format!("/data/{name}")
}

fn read<T: Pack>(bytes: &[u8]) -> Result<T, Failure> {
    pack::from_bytes(bytes).ok_or(Failure::Unreadable)
}
