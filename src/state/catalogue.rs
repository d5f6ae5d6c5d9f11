//! The catalogue and the files it names, each fetched once and kept while the page lives.

use crate::client::{Failure, begin, get};
use crate::state::{language, units};
use form::{Form, Map};
use pack::Pack;
use procedure::catalogue::Catalogue;
use procedure::{Agencies, Eligibility, Procedure};
use std::cell::RefCell;
use std::sync::Arc;

#[derive(Default)]
struct Kept {
    catalogue: Option<Arc<Catalogue>>,
    agencies: Option<Arc<Agencies>>,
    procedures: Map<Arc<Procedure>>,
    forms: Map<Arc<Form>>,
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

/// A procedure by id; `Status(404)` when there is none.
pub async fn procedure(id: &str) -> Result<Arc<Procedure>, Failure> {
    if let Some(procedure) = KEPT.with_borrow(|kept| kept.procedures.get(id).cloned()) {
        return Ok(procedure);
    }
    let catalogue = catalogue().await?;
    let listed = catalogue.procedure(id).ok_or(Failure::Status(404))?;
    let procedure: Arc<Procedure> = Arc::new(read(&file(&listed.stored.file).await?)?);
    KEPT.with_borrow_mut(|kept| kept.procedures.insert(id.to_owned(), procedure.clone()));
    Ok(procedure)
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

/// A form by id.
pub async fn form(id: &str) -> Result<Arc<Form>, Failure> {
    if let Some(form) = KEPT.with_borrow(|kept| kept.forms.get(id).cloned()) {
        return Ok(form);
    }
    let catalogue = catalogue().await?;
    let stored = catalogue.form(id).ok_or(Failure::Status(404))?;
    let form: Arc<Form> = Arc::new(read(&file(&stored.file).await?)?);
    KEPT.with_borrow_mut(|kept| kept.forms.insert(id.to_owned(), form.clone()));
    Ok(form)
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
pub fn begin_draft(catalogue: &Catalogue, procedure: &str) {
    KEPT.with_borrow(|kept| {
        if kept.agencies.is_none() {
            begin(&address(&catalogue.agencies));
        }
        if let Some(listed) = catalogue.procedure(procedure).filter(|_| !kept.procedures.contains(procedure)) {
            begin(&address(&listed.stored.file));
        }
    });
    begin_units(catalogue, "");
}

/// The same for the forms of a draft and the communes of the provinces it names.
pub fn begin_forms(catalogue: &Catalogue, forms: &[String], provinces: &[String]) {
    KEPT.with_borrow(|kept| {
        for stored in forms.iter().filter(|id| !kept.forms.contains(id)).filter_map(|id| catalogue.form(id)) {
            begin(&address(&stored.file));
        }
    });
    for province in provinces {
        begin_units(catalogue, province);
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
