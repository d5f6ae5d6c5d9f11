//! The files the browser gets: small, binary (crate `pack`), one language each, named by what they hold so that they may
//! be kept for ever. Only the catalogue has a fixed name.

use super::{Files, Library, tables};
use crate::catalogue::{Catalogue, Listed, Stored};
use crate::{Agencies, Eligibility, Level, Procedure};
use form::Date;
use form::source::translate::{Dictionary, translate};
use pack::Pack;
use std::collections::BTreeSet;

/// What the build writes below `data/`.
#[derive(Default)]
pub struct BrowserFiles {
    /// Path below `data/` → bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Language → Vietnamese texts its dictionary lacks.
    pub missing: Vec<(String, BTreeSet<String>)>,
}

/// Writes everything as of a day, in Vietnamese and in every language of `texts/`.
///
/// Where agencies are to change on a later day, the catalogue of that day lies beside today's, and whoever serves the files
/// gives it in place of today's from its day on: `catalogue.vi.2027-01-01.bin`.
///
/// # Errors
/// When the tables of units have a mistake.
pub fn write(library: &Library, files: &Files, today: Date) -> Result<BrowserFiles, String> {
    let mut out = BrowserFiles::default();
    let later = library.agencies.changes().filter(|day| *day > today);
    let days: Vec<Date> = std::iter::once(today).chain(later).collect();
    let agencies: Vec<String> = days.iter().map(|day| out.keep("agencies", "", &receiving(library, *day))).collect();
    let mut provinces = String::new();
    let mut communes = Vec::new();
    for (name, bytes) in crate::units::source::files(tables(files)).map_err(|error| error.to_string())? {
        let path = out.keep_bytes(&format!("units/{}", name.trim_end_matches(".bin")), "", bytes);
        match name.trim_end_matches(".bin").rsplit('/').next() {
            Some(code) if code.len() == 2 => communes.push((code.to_owned(), path)),
            _ => provinces = path,
        }
    }
    let languages = library.dictionaries.iter().map(|(language, words)| (language.as_str(), Some(words)));
    for (language, words) in std::iter::once(("vi", None)).chain(languages) {
        let mut missing = BTreeSet::new();
        let mut catalogue =
            Catalogue { provinces: provinces.clone(), communes: communes.clone(), ..Catalogue::default() };
        for form in library.forms.values() {
            let (told, lacks) = words.map_or_else(|| (form.clone(), Vec::new()), |words| form.translated(words));
            missing.extend(lacks);
            catalogue.forms.push(out.keep_stored("forms", &form.id, &form.fingerprint(), language, &told));
        }
        for procedure in library.procedures.values() {
            let mut lacks = Vec::new();
            let told = words.map_or_else(|| procedure.clone(), |words| translated(procedure, words, &mut lacks));
            missing.extend(lacks);
            let fingerprint = procedure.fingerprint();
            let stored = out.keep_stored("procedures", &procedure.id, &fingerprint, language, &shown(told.clone()));
            let mut listed = listed(stored, told);
            if let Some(rules) = library.eligibility.get(&procedure.id) {
                let mut lacks = Vec::new();
                let told = words.map_or_else(|| rules.clone(), |words| rules_translated(rules, words, &mut lacks));
                missing.extend(lacks);
                listed.eligibility = out.keep(&format!("eligibility/{}", procedure.id), language, &told);
            }
            catalogue.procedures.push(listed);
        }
        for (place, (day, file)) in days.iter().zip(&agencies).enumerate() {
            catalogue.agencies.clone_from(file);
            let Date { year, month, day } = day;
            let from = if place == 0 { String::new() } else { format!(".{year:04}-{month:02}-{day:02}") };
            out.files.push((format!("catalogue.{language}{from}.bin"), pack::to_bytes(&catalogue)));
        }
        if words.is_some() {
            out.missing.push((language.to_owned(), missing));
        }
    }
    Ok(out)
}

/// A province receives no dossiers, so no citizen has to choose it.
fn receiving(library: &Library, day: Date) -> Agencies {
    let all = library.agencies.on(day).0.iter();
    Agencies(all.filter(|agency| agency.level != Level::Province).cloned().collect())
}

impl BrowserFiles {
    fn keep_stored<T: Pack>(&mut self, folder: &str, id: &str, fingerprint: &str, language: &str, what: &T) -> Stored {
        let mut bytes = pack::to_bytes(&fingerprint.to_owned());
        what.write(&mut bytes);
        let file = self.keep_bytes(&format!("{folder}/{id}"), language, bytes);
        let version = u64::from_str_radix(&fingerprint[..16], 16).unwrap_or_default();
        Stored { id: id.to_owned(), version, file }
    }

    fn keep<T: Pack>(&mut self, name: &str, language: &str, what: &T) -> String {
        self.keep_bytes(name, language, pack::to_bytes(what))
    }

    /// Names the file by its content: a changed file is another file, and no cache is ever wrong. 48 bits of its hash are
    /// enough to tell its own versions apart, and every name weighs in the catalogue.
    fn keep_bytes(&mut self, name: &str, language: &str, bytes: Vec<u8>) -> String {
        let hash = form::source::fingerprint_bytes(&bytes);
        let dot = if language.is_empty() { "" } else { "." };
        let path = format!("{name}-{}{dot}{language}.bin", &hash[..12]);
        self.files.push((path.clone(), bytes));
        path
    }
}

/// Only what a citizen's page shows or asks: the catalogue has the search words, and the desk has its own words for stages.
fn shown(mut procedure: Procedure) -> Procedure {
    procedure.keywords.clear();
    procedure.flows.0.clear();
    let exemptions = std::mem::take(&mut procedure.fee.exemptions);
    procedure.fee.exempt = exemptions.into_iter().map(|exemption| exemption.says).collect();
    for stage in &mut procedure.stages {
        for text in [&mut stage.part, &mut stage.name, &mut stage.role] {
            text.clear();
        }
        stage.acts.clear();
    }
    procedure
}

fn listed(stored: Stored, procedure: Procedure) -> Listed {
    let quarter_days = procedure.quarter_days();
    let Procedure { name, short, field, keywords, summary, fee, .. } = procedure;
    Listed { stored, name, short, field, keywords, summary, quarter_days, fee: fee.says, eligibility: String::new() }
}

/// The procedure in the dictionary's language; law and the decision's own words stay Vietnamese.
fn translated(procedure: &Procedure, words: &Dictionary, missing: &mut Vec<String>) -> Procedure {
    let mut told = procedure.clone();
    let (case, lacks) = told.case.translated(words);
    told.case = case;
    missing.extend(lacks);
    let mut put = |text: &mut String| translate(text, words, missing);
    for text in [&mut told.name, &mut told.short, &mut told.field, &mut told.summary] {
        put(text);
    }
    for text in [&mut told.fee.says, &mut told.fee.name, &mut told.fee.recipient] {
        put(text);
    }
    told.fee.exemptions.iter_mut().for_each(|exemption| put(&mut exemption.says));
    put(&mut told.result.name);
    told.who.iter_mut().for_each(&mut put);
    told.outcomes.iter_mut().for_each(|outcome| put(&mut outcome.says));
    for paper in &mut told.papers {
        put(&mut paper.name);
        put(&mut paper.why);
        put(&mut paper.missing);
    }
    told.stages.iter_mut().for_each(|stage| put(&mut stage.citizen));
    told.posting.iter_mut().for_each(|posting| put(&mut posting.says));
    told
}

/// The rules in the dictionary's language; law stays Vietnamese.
fn rules_translated(rules: &Eligibility, words: &Dictionary, missing: &mut Vec<String>) -> Eligibility {
    let mut told = rules.clone();
    let (questions, lacks) = told.questions.translated(words);
    told.questions = questions;
    missing.extend(lacks);
    let mut put = |text: &mut String| translate(text, words, missing);
    for outcome in told.outcomes.iter_mut().chain([&mut told.otherwise]) {
        put(&mut outcome.says);
        put(&mut outcome.instead);
    }
    for standard in &mut told.standards {
        put(&mut standard.name);
        standard.rates.iter_mut().for_each(|rate| put(&mut rate.doubt));
    }
    told.doubts.iter_mut().for_each(|doubt| put(&mut doubt.says));
    told
}
