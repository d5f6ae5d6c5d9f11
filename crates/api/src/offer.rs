//! What may be filed: the `forms/` folder as it was read at start, and older texts by their fingerprint from the store.

use axum::body::Bytes;
use form::{Date, Form};
use procedure::calendar::Moment;
use procedure::source::{Files, Library};
use procedure::{Filing, Procedure};
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, StoreError, TextKind};
use wire::{Catalogue, CatalogueAgency, CatalogueForm, CatalogueProcedure};

/// The offer.
pub struct Offer {
    /// The folder as it was read; the agencies in it are those of every day.
    pub library: Library,
    /// What the office sets for petitions.
    pub petitions: petition::Rules,
    /// The catalogue as JSON, ready to send, from each day on.
    catalogues: Vec<(Date, Bytes)>,
    forms: Texts<Form>,
    procedures: Texts<Procedure>,
    /// By fingerprint and number, the other ways in which procedures run: a queue shows them row by row.
    ways: RwLock<HashMap<(String, usize), Arc<Procedure>>>,
}

/// Parsed texts by fingerprint: today's, and those older ones that somebody has used. Only what was once kept gets in,
/// so strangers cannot fill it.
type Texts<T> = RwLock<HashMap<String, Arc<T>>>;

impl Offer {
    /// Reads a `forms/` folder.
    ///
    /// # Errors
    /// When a file cannot be read, or everything that is wrong with them.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let mut files = Files::new();
        collect(folder, "", &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
        Self::of(&files)
    }

    /// An offer of these files.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn of(files: &Files) -> Result<Self, String> {
        let library = Library::load(files).map_err(|errors| errors.to_string())?;
        let path = "petitions.toml";
        let petitions = files.get(path).ok_or_else(|| format!("{path}: the file is missing"))?;
        let petitions = petition::Rules::load(petitions).map_err(|why| format!("{path}: {why}"))?;
        let first = Date { year: 1800, month: 1, day: 1 };
        let mut catalogues = Vec::new();
        for day in std::iter::once(first).chain(library.agencies.changes()) {
            let json = serde_json::to_vec(&catalogue(&library, day)).map_err(|error| error.to_string())?;
            catalogues.push((day, json.into()));
        }
        let forms = library.forms.values().map(|form| (form.fingerprint(), Arc::new(form.clone()))).collect();
        let procedures = library.procedures.values().map(|one| (one.fingerprint(), Arc::new(one.clone()))).collect();
        Ok(Self {
            library,
            petitions,
            catalogues,
            forms: RwLock::new(forms),
            procedures: RwLock::new(procedures),
            ways: RwLock::default(),
        })
    }

    /// The catalogue of a day as JSON.
    #[must_use]
    pub fn catalogue(&self, day: Date) -> Bytes {
        let of = self.catalogues.iter().rev().find(|(from, _)| *from <= day);
        of.map_or_else(Bytes::new, |(_, json)| json.clone())
    }

    /// Keeps every text of today, so that dossiers may point to it for ever.
    ///
    /// # Errors
    /// When one cannot be kept.
    pub async fn keep(&self, store: &dyn Store, now: Moment) -> Result<(), StoreError> {
        for form in self.library.forms.values() {
            store.keep_text(TextKind::Form, &form.fingerprint(), &form.to_json(), now).await?;
        }
        for procedure in self.library.procedures.values() {
            store.keep_text(TextKind::Procedure, &procedure.fingerprint(), &procedure.to_json(), now).await?;
        }
        Ok(())
    }

    /// The form with this fingerprint, of today or of any earlier day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn form(&self, fingerprint: &str, store: &dyn Store) -> Result<Option<Arc<Form>>, StoreError> {
        text(&self.forms, TextKind::Form, fingerprint, store).await
    }

    /// The forms that a filing says it answers, by their ids; nothing when one of them was never published here.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forms_of(
        &self,
        filing: &Filing,
        store: &dyn Store,
    ) -> Result<Option<HashMap<String, Arc<Form>>>, StoreError> {
        let mut forms = HashMap::new();
        for filled in &filing.forms {
            match self.form(&filled.fingerprint, store).await?.filter(|form| form.id == filled.form) {
                Some(form) => forms.insert(filled.form.clone(), form),
                None => return Ok(None),
            };
        }
        Ok(Some(forms))
    }

    /// The procedure with this fingerprint, of today or of any earlier day.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn procedure(&self, fingerprint: &str, store: &dyn Store) -> Result<Option<Arc<Procedure>>, StoreError> {
        text(&self.procedures, TextKind::Procedure, fingerprint, store).await
    }
}

impl Offer {
    /// The procedure with this fingerprint as it runs by one of its other ways.
    pub fn by_way(&self, procedure: &Procedure, fingerprint: &str, way: usize) -> Arc<Procedure> {
        let named = (fingerprint.to_owned(), way);
        if let Some(found) = self.ways.read().unwrap_or_else(PoisonError::into_inner).get(&named) {
            return Arc::clone(found);
        }
        let made = Arc::new(procedure.by_way(way));
        self.ways.write().unwrap_or_else(PoisonError::into_inner).insert(named, Arc::clone(&made));
        made
    }
}

async fn text<T: serde::de::DeserializeOwned>(
    known: &Texts<T>,
    kind: TextKind,
    fingerprint: &str,
    store: &dyn Store,
) -> Result<Option<Arc<T>>, StoreError> {
    if let Some(found) = known.read().unwrap_or_else(PoisonError::into_inner).get(fingerprint) {
        return Ok(Some(Arc::clone(found)));
    }
    let Some(json) = store.text(kind, fingerprint).await? else {
        return Ok(None);
    };
    let read: T = serde_json::from_str(&json).map_err(|error| StoreError::Failed(error.to_string()))?;
    let read = Arc::new(read);
    known.write().unwrap_or_else(PoisonError::into_inner).insert(fingerprint.to_owned(), Arc::clone(&read));
    Ok(Some(read))
}

fn catalogue(library: &Library, day: Date) -> Catalogue {
    let procedures = library.procedures.values().map(|one| CatalogueProcedure {
        id: one.id.clone(),
        code: one.code.clone(),
        name: one.name.clone(),
        short: one.short.clone(),
        field: one.field.clone(),
        fingerprint: one.fingerprint(),
        quarter_days: one.quarter_days(),
    });
    let forms = library.forms.values().map(|form| CatalogueForm {
        id: form.id.clone(),
        number: form.number.clone(),
        title: form.title.clone(),
        fingerprint: form.fingerprint(),
    });
    let agencies = library.agencies.on(day).0.iter().map(|agency| CatalogueAgency {
        code: agency.code.clone(),
        name: agency.name.clone(),
        parent: agency.parent.clone(),
    });
    Catalogue { procedures: procedures.collect(), forms: forms.collect(), agencies: agencies.collect() }
}

/// Reads every TOML, TSV and Typst file below a folder.
fn collect(folder: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, files)?;
        } else if Path::new(&path).extension().is_some_and(|kind| kind == "toml" || kind == "tsv" || kind == "typ") {
            files.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
