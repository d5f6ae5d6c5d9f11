//! `services/<field>.toml` as it is written: the services of one field. An office adds one by a few lines of text.

use super::written::{WrittenReceives, receives};
use crate::service::{Field, Service, Services};
use crate::{Procedure, Receives};
use form::Date;
use form::source::{LoadError, line_of, toml_error};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// One field and its services.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    /// Lĩnh vực. Procedures of `procedures/` with the same field stand among its services without being written here.
    name: String,
    /// Other words people look for the field by.
    #[serde(default)]
    keywords: Vec<String>,
    /// Which agencies receive its services, where a service says nothing else.
    receives: Vec<WrittenReceives>,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: Vec<String>,
    /// The services.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenService>")]
    service: Vec<Spanned<WrittenService>>,
}

/// A service. Leave out what is not certain: people are told then whom to ask.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenService {
    /// A name for its address, in small letters without marks: "dang-ky-khai-sinh". Never changes.
    id: String,
    /// The legal name.
    name: String,
    /// The name people use, where it is another.
    #[serde(default)]
    short: String,
    /// Words people search by.
    #[serde(default)]
    keywords: Vec<String>,
    /// Which agencies receive it, where not those of the field.
    #[serde(default)]
    receives: Vec<WrittenReceives>,
    /// Cơ quan thực hiện, in the law's words.
    agency: String,
    /// What it is good for and what is known of it, one to three sentences.
    summary: String,
    /// What to bring.
    #[serde(default)]
    papers: Vec<String>,
    /// How long it takes, in words.
    #[serde(default)]
    time: String,
    /// What it costs, in words.
    #[serde(default)]
    fee: String,
    /// The laws that papers, time and fee rest on.
    #[serde(default)]
    legal_basis: Vec<String>,
    /// The procedure of `procedures/` by which it is filed here, where the catalogue calls it by another name or more is to be said.
    #[serde(default)]
    procedure: String,
}

/// The JSON Schema of `services/<field>.toml`, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(WrittenField).to_value()
}

/// Reads one file into `services`.
///
/// # Errors
/// Its first mistake.
pub(super) fn load(
    services: &mut Services,
    id: &str,
    file: &str,
    text: &str,
    procedures: &BTreeMap<String, Procedure>,
) -> Result<(), LoadError> {
    let written: WrittenField = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let wrong = |line: usize, says: String| LoadError { file: file.to_owned(), line, says };
    let date = |text: &str| Date::parse(text).ok_or_else(|| format!("\"{text}\" is not a day; write it as 2024-01-17"));
    let usual = receives(written.receives, date).map_err(|says| wrong(1, says))?;
    if services.fields.iter().any(|field| field.name == written.name) {
        return Err(wrong(1, format!("two files are of the field \"{}\"", written.name)));
    }
    services.fields.push(Field { id: id.to_owned(), name: written.name, keywords: written.keywords });
    let known: BTreeSet<String> = services.services.iter().map(|one| one.id.clone()).collect();
    let mut ids = known;
    for row in written.service {
        let line = line_of(text, row.span().start);
        let own = service(row.into_inner(), id, &usual, date).map_err(|says| wrong(line, says))?;
        verify(&own, &mut ids, services, procedures).map_err(|says| wrong(line, says))?;
        services.services.push(own);
    }
    Ok(())
}

fn service(
    written: WrittenService,
    field: &str,
    usual: &[Receives],
    date: impl Fn(&str) -> Result<Date, String>,
) -> Result<Service, String> {
    let WrittenService { id, name, short, keywords, receives: own, agency, .. } = written;
    let WrittenService { summary, papers, time, fee, legal_basis, procedure, .. } = written;
    let own = receives(own, date)?;
    let receives = if own.is_empty() { usual.to_vec() } else { own };
    let field = field.to_owned();
    Ok(Service {
        id,
        name,
        short,
        field,
        keywords,
        receives,
        agency,
        summary,
        papers,
        time,
        fee,
        legal_basis,
        procedure,
    })
}

/// What a service must keep, so that its page is never a dead end and says nothing without its law.
fn verify(
    own: &Service,
    ids: &mut BTreeSet<String>,
    before: &Services,
    procedures: &BTreeMap<String, Procedure>,
) -> Result<(), String> {
    let id = &own.id;
    let small = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let certain = [&own.time, &own.fee].iter().any(|text| !text.is_empty()) || !own.papers.is_empty();
    if id.is_empty() || !id.chars().all(small) {
        Err(format!("the id \"{id}\" is made of a-z, 0-9 and -"))
    } else if !ids.insert(id.clone()) {
        Err(format!("two services are called \"{id}\""))
    } else if [&own.name, &own.agency, &own.summary].iter().any(|text| text.is_empty()) {
        Err(format!("the service \"{id}\" needs a name, an agency and a summary"))
    } else if own.receives.is_empty() {
        Err(format!("nobody receives the service \"{id}\""))
    } else if certain && own.legal_basis.is_empty() {
        Err(format!("the service \"{id}\" tells papers, time or fee, and no law for them"))
    } else if own.procedure.is_empty() {
        if procedures.contains_key(id) {
            Err(format!("\"{id}\" is a procedure already: name it in `procedure`"))
        } else {
            Ok(())
        }
    } else if !procedures.contains_key(&own.procedure) {
        Err(format!("the service \"{id}\" is filed by \"{}\", which is no procedure", own.procedure))
    } else if before.services.iter().any(|one| one.procedure == own.procedure) {
        Err(format!("two services are filed by \"{}\"", own.procedure))
    } else {
        Ok(())
    }
}
