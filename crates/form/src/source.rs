//! Reading `form.toml` and its shared groups and lists; fingerprints; the JSON Schema for editors.
//!
//! Only the build and the API have this: the browser gets forms already read.

pub mod expand;
pub mod operand;
pub mod question;
pub mod shelf;
pub mod translate;
pub mod verify;

use crate::{Condition, Date, Form, Step};
use core::fmt;
use question::WrittenQuestion;
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};
pub use shelf::Shelf;
use std::sync::Arc;
use toml::Spanned;

/// Why a file could not be taken, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub says: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.says)
    }
}

impl std::error::Error for LoadError {}

/// A form as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenForm {
    /// Lower-case letters, digits and hyphens; the folder's name.
    id: String,
    /// "Mẫu số 1a".
    #[serde(default)]
    number: String,
    /// The title as printed.
    title: String,
    /// The line below the title.
    #[serde(default)]
    subtitle: String,
    /// Who it is for, in plain words.
    #[serde(default)]
    about: String,
    /// Decrees and articles.
    #[serde(default)]
    legal_basis: Vec<String>,
    /// First day of use, "2021-07-01".
    in_force_from: String,
    /// Last day of use.
    #[serde(default)]
    in_force_until: Option<String>,
    /// What the sources leave uncertain, for whoever looks at the file next; no reader of the form sees it.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: Vec<String>,
    /// The steps.
    step: Vec<WrittenStep>,
}

/// A step as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenStep {
    /// Lower-case letters, digits and hyphens.
    id: String,
    /// Plain words.
    title: String,
    /// The paper's heading.
    #[serde(default)]
    legal: String,
    /// A sentence or two before the questions.
    #[serde(default)]
    intro: String,
    /// Shown only then.
    #[serde(default)]
    show: Option<Condition>,
    /// The questions.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenQuestion>")]
    question: Vec<Spanned<toml::Table>>,
}

/// Reads a form.
///
/// # Errors
/// The first thing wrong, with file and line.
pub fn load(file: &str, text: &str, shelf: &Shelf) -> Result<Form, LoadError> {
    let written: WrittenForm = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let date = |text: &str| {
        let says = format!("\"{text}\" is not a day; write it as 2021-07-01");
        Date::parse(text).ok_or_else(|| LoadError { file: file.to_owned(), line: 1, says })
    };
    let form = Form {
        id: written.id,
        number: written.number,
        title: written.title,
        subtitle: written.subtitle,
        about: written.about,
        legal_basis: written.legal_basis,
        in_force_from: date(&written.in_force_from)?,
        in_force_until: written.in_force_until.as_deref().map(date).transpose()?,
        steps: Vec::new(),
    };
    with_steps(form, written.step, file, text, shelf)
}

/// Puts the written steps into a form and verifies the whole. `text` is the file, for the lines of what is wrong.
///
/// # Errors
/// The first thing wrong, with file and line.
pub fn with_steps(
    mut form: Form,
    written: Vec<WrittenStep>,
    file: &str,
    text: &str,
    shelf: &Shelf,
) -> Result<Form, LoadError> {
    let wrong = |line: usize, says: String| LoadError { file: file.to_owned(), line, says };
    let mut lines = Vec::new();
    for step in written {
        let mut questions = Vec::new();
        for table in step.question {
            let line = line_of(text, table.span().start);
            for question in expand::expand(table.into_inner(), shelf).map_err(|says| wrong(line, says))? {
                lines.push(line);
                questions.push(Arc::new(question));
            }
        }
        let WrittenStep { id, title, legal, intro, show, .. } = step;
        form.steps.push(Step { id, title, legal, intro, show, questions });
    }
    verify::verify(&mut form, &lines).map_err(|(line, says)| wrong(line, says))?;
    Ok(form)
}

impl Form {
    /// The form as everybody but our own browser code reads it.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of the JSON, 64 lower-case hexadecimal digits: two forms with the same fingerprint ask the same.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.to_json())
    }
}

/// SHA-256 of a text, 64 lower-case hexadecimal digits.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    fingerprint_bytes(text.as_bytes())
}

/// SHA-256 of bytes, 64 lower-case hexadecimal digits.
#[must_use]
pub fn fingerprint_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The JSON Schema of `form.toml`, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(WrittenForm).to_value()
}

/// What the reader of TOML says, with file and line.
#[must_use]
pub fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> LoadError {
    let line = line_of(text, error.span().map_or(0, |span| span.start));
    LoadError { file: file.to_owned(), line, says: error.message().to_owned() }
}

/// The line of a byte offset, from 1.
#[must_use]
pub fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
