//! Reading the whole `forms/` folder: forms, procedures, agencies, calendars, units and other languages' words.
//!
//! Only the build and the API have this. Files come in as texts: this crate opens none.

mod agencies;
pub mod browser;
pub mod eligibility;
pub mod examples;
mod fee;
pub mod post;
pub mod services;
mod verify;
pub mod written;

use crate::calendar::{Calendar, Hours};
use crate::units::UnitsBook;
use crate::units::source::Tables;
use crate::{AgencyBook, Eligibility, Procedure, Services};
use core::fmt;
use form::Form;
use form::source::translate::Dictionary;
use form::source::{LoadError, Shelf};
use std::collections::BTreeMap;

/// Path below `forms/`, with forward slashes → text.
pub type Files = BTreeMap<String, String>;

/// Everything the folder holds, read and verified.
pub struct Library {
    /// Templates by id.
    pub forms: BTreeMap<String, Form>,
    /// Procedures by id.
    pub procedures: BTreeMap<String, Procedure>,
    /// Who may probably have what, by procedure; not every procedure has such rules.
    pub eligibility: BTreeMap<String, Eligibility>,
    /// Everything that units do for people, whether it can be filed here or not.
    pub services: Services,
    /// The one-stop desks, of every day.
    pub agencies: AgencyBook,
    /// Holidays and swapped days.
    pub calendar: Calendar,
    /// Office hours.
    pub hours: Hours,
    /// Who pays the public post; says nothing where there is no such file.
    pub post: post::Post,
    /// Provinces and communes.
    pub units: UnitsBook,
    /// Language → its words.
    pub dictionaries: BTreeMap<String, Dictionary>,
    /// How papers look: path → Typst source, `templates/<id>/print.typ` and what several share. The crate `pdf` reads it.
    pub prints: Files,
}

/// Everything wrong with the folder.
#[derive(Debug)]
pub struct LibraryErrors(pub Vec<LoadError>);

impl fmt::Display for LibraryErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|error| writeln!(f, "{error}"))
    }
}

impl core::error::Error for LibraryErrors {}

impl Library {
    /// Reads the folder.
    ///
    /// # Errors
    /// The first mistake of each file.
    pub fn load(files: &Files) -> Result<Self, LibraryErrors> {
        let mut errors = Vec::new();
        let mut shelf = Shelf::default();
        for (name, path, text) in named(files, "lists/") {
            note(shelf.add_list(name, path, text), &mut errors);
        }
        for (name, path, text) in named(files, "shared/") {
            note(shelf.add_group(name, path, text), &mut errors);
        }
        let mut forms = BTreeMap::new();
        for (path, text) in files {
            let Some(id) = path.strip_prefix("templates/").and_then(|rest| rest.strip_suffix("/form.toml")) else {
                continue;
            };
            if let Some(form) = note(form::source::load(path, text, &shelf), &mut errors) {
                if form.id != id {
                    errors.push(wrong(path, format!("the id \"{}\" must be the folder's name", form.id)));
                }
                forms.insert(form.id.clone(), form);
            }
        }
        let mut procedures = BTreeMap::new();
        for (name, path, text) in named(files, "procedures/") {
            if let Some(procedure) = note(written::load(name, path, text, &shelf, &forms), &mut errors) {
                procedures.insert(name.to_owned(), procedure);
            }
        }
        let mut services = Services::default();
        for (name, path, text) in named(files, "services/") {
            note(services::load(&mut services, name, path, text, &procedures), &mut errors);
        }
        services.add_procedures(&procedures);
        let prints = prints(files, &forms, &mut errors);
        let eligibility = eligibility_rules(files, &shelf, &procedures, &mut errors);
        let mut dictionaries = BTreeMap::new();
        for (name, path, text) in named(files, "texts/") {
            let read = toml::from_str::<Dictionary>(text);
            let read = read.map_err(|error| form::source::toml_error(path, text, &error));
            dictionaries.extend(note(read, &mut errors).map(|dictionary| (name.to_owned(), dictionary)));
        }
        let agencies = note(agencies(files), &mut errors);
        let calendar = note(calendar(files), &mut errors);
        let post = files.get("post.toml").map(|text| post::load("post.toml", text));
        let post = post.and_then(|read| note(read, &mut errors)).unwrap_or_default();
        let hours = note(hours(files), &mut errors);
        let units = note(units(files), &mut errors);
        match (agencies, calendar, hours, units) {
            (Some(agencies), Some(calendar), Some(hours), Some(units)) if errors.is_empty() => Ok(Self {
                forms,
                procedures,
                eligibility,
                services,
                agencies,
                calendar,
                hours,
                post,
                units,
                dictionaries,
                prints,
            }),
            _ => Err(LibraryErrors(errors)),
        }
    }
}

/// Every `.typ` file; one in a template's folder must be its `print.typ`, or nobody would look at it.
fn prints(files: &Files, forms: &BTreeMap<String, Form>, errors: &mut Vec<LoadError>) -> Files {
    let mut prints = Files::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".typ")) {
        if let Some(rest) = path.strip_prefix("templates/") {
            let template = rest.strip_suffix("/print.typ");
            if !template.is_some_and(|id| forms.contains_key(id)) {
                errors.push(wrong(path, "a template's paper is print.typ beside its form.toml".to_owned()));
            }
        }
        prints.insert(path.clone(), text.clone());
    }
    prints
}

impl Library {
    /// The code of the one procedure that uses a template; none when several do, or it has no code.
    #[must_use]
    pub fn procedure_code_of(&self, form: &str) -> Option<&str> {
        let uses = |one: &&Procedure| one.outcomes.iter().any(|outcome| outcome.forms.iter().any(|id| id == form));
        let mut procedures = self.procedures.values().filter(uses);
        let only = procedures.next().filter(|_| procedures.next().is_none())?;
        Some(only.code.as_str()).filter(|code| !code.is_empty())
    }
}

fn eligibility_rules(
    files: &Files,
    shelf: &Shelf,
    procedures: &BTreeMap<String, Procedure>,
    errors: &mut Vec<LoadError>,
) -> BTreeMap<String, Eligibility> {
    let mut standards = BTreeMap::new();
    for (name, path, text) in named(files, "standards/") {
        let read = note(eligibility::load_standard(name, path, text), errors);
        standards.extend(read.map(|standard| (name.to_owned(), standard)));
    }
    let mut rules = BTreeMap::new();
    for (name, path, text) in named(files, "eligibility/") {
        let read = note(eligibility::load(name, path, text, shelf, procedures, &standards), errors);
        rules.extend(read.map(|read| (name.to_owned(), read)));
    }
    rules
}

/// The tables of units among the files.
#[must_use]
pub fn tables(files: &Files) -> Tables<'_> {
    let text = |name: &str| files.get(name).map_or("", String::as_str);
    Tables {
        provinces: text("units/provinces.tsv"),
        communes: text("units/communes.tsv"),
        former: text("units/former.tsv"),
    }
}

fn units(files: &Files) -> Result<UnitsBook, LoadError> {
    crate::units::source::book(tables(files)).map_err(|error| LoadError {
        file: format!("units/{}", error.table),
        line: error.line,
        says: error.says.to_owned(),
    })
}

fn calendar(files: &Files) -> Result<Calendar, LoadError> {
    let years: Vec<(&str, &str)> =
        named(files, "calendars/").filter(|(name, ..)| *name != "hours").map(|(_, path, text)| (path, text)).collect();
    crate::calendar::source::calendar(&years).map_err(|error| wrong(&error.file, error.says))
}

fn hours(files: &Files) -> Result<Hours, LoadError> {
    let path = "calendars/hours.toml";
    let text = files.get(path).ok_or_else(|| wrong(path, "the file is missing".to_owned()))?;
    crate::calendar::source::hours(path, text).map_err(|error| wrong(&error.file, error.says))
}

fn agencies(files: &Files) -> Result<AgencyBook, LoadError> {
    let path = "units/agencies.toml";
    let text = files.get(path).ok_or_else(|| wrong(path, "the file is missing".to_owned()))?;
    agencies::load(path, text)
}

/// The files `<folder><name>.toml`, as name, path and text.
fn named<'a>(files: &'a Files, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    files.iter().filter_map(move |(path, text)| {
        let name = path.strip_prefix(folder)?.strip_suffix(".toml")?;
        (!name.contains('/')).then_some((name, path.as_str(), text.as_str()))
    })
}

fn note<T>(read: Result<T, LoadError>, errors: &mut Vec<LoadError>) -> Option<T> {
    read.map_err(|error| errors.push(error)).ok()
}

fn wrong(file: &str, says: String) -> LoadError {
    LoadError { file: file.to_owned(), line: 1, says }
}

impl Procedure {
    /// The procedure as everybody but our own browser code reads it.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of the JSON.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        form::source::fingerprint(&self.to_json())
    }
}
