//! `procedures/<id>.toml` as it is written.

use super::fee::{self, WrittenFee};
use super::verify::verify;
use crate::{Flow, Flows, Level, Mode, Outcome, PaperKind, Posting, Procedure, Receives, ResultPaper, Stage};
use form::source::{LoadError, Shelf, WrittenStep, line_of, toml_error, with_steps};
use form::{Answers, Condition, Date, Form, Required};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A procedure as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenProcedure {
    /// Mã thủ tục.
    #[serde(default)]
    code: String,
    /// The legal name.
    name: String,
    /// The name people use.
    short: String,
    /// Lĩnh vực.
    field: String,
    /// Words people search by.
    keywords: Vec<String>,
    /// "full" (toàn trình) or "partial" (một phần).
    mode: Mode,
    /// One or two sentences.
    summary: String,
    /// Who may ask.
    who: Vec<String>,
    /// Decrees and articles.
    legal_basis: Vec<String>,
    /// First day of use, "2024-01-17".
    in_force_from: String,
    /// Last day of use.
    #[serde(default)]
    in_force_until: Option<String>,
    /// What the sources leave uncertain, for whoever looks at the file next.
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    uncertain: Vec<String>,
    /// What it costs.
    fee: WrittenFee,
    /// Which agencies receive it.
    receives: Vec<WrittenReceives>,
    /// The guiding questions, written like the steps of a form.
    #[serde(default)]
    step: Vec<WrittenStep>,
    /// Where cases lead.
    #[schemars(with = "Vec<WrittenOutcome>")]
    outcome: Vec<Spanned<WrittenOutcome>>,
    /// The given yes-or-no question of the case whose "yes" says that the templates come written by hand, as a paper; left out
    /// where that is not taken.
    #[serde(default)]
    handwritten: String,
    /// Papers.
    #[serde(default)]
    #[schemars(with = "Vec<WrittenPaper>")]
    paper: Vec<Spanned<WrittenPaper>>,
    /// Stages.
    stage: Vec<Stage>,
    /// Other ways for the stages, where agencies lack a level.
    #[serde(default)]
    flow: Vec<WrittenFlow>,
    /// Public posting.
    #[serde(default)]
    posting: Option<Posting>,
    /// What comes out.
    result: ResultPaper,
}

/// From when until when agencies of a level receive it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenReceives {
    level: Level,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    until: Option<String>,
}

/// The rules with their days read by `date`.
///
/// # Errors
/// Those of `date`.
pub(super) fn receives<E>(
    rules: Vec<WrittenReceives>,
    date: impl Fn(&str) -> Result<Date, E>,
) -> Result<Vec<Receives>, E> {
    let read = |rule: WrittenReceives| {
        let [from, until] = [rule.from, rule.until].map(|day| day.as_deref().map(&date).transpose());
        Ok(Receives { level: rule.level, from: from?, until: until? })
    };
    rules.into_iter().map(read).collect()
}

/// Another way for the stages.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenFlow {
    /// A name.
    id: String,
    /// What it rests on.
    law: String,
    /// First day, by when the dossier was sent.
    #[serde(default)]
    from: Option<String>,
    /// Last day.
    #[serde(default)]
    until: Option<String>,
    /// The level that agencies of this way do not have above them.
    without: Level,
    /// Its stages; together they take as long as the procedure's own.
    stage: Vec<Stage>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenOutcome {
    id: String,
    #[serde(default)]
    when: Option<Condition>,
    law: String,
    says: String,
    /// Templates to fill; left out when the answer is no.
    #[serde(default)]
    forms: Vec<String>,
    /// `{ "nd20-1a" = { dien = "k1a" } }`.
    #[serde(default)]
    given: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenPaper {
    id: String,
    name: String,
    why: String,
    law: String,
    missing: String,
    #[serde(default)]
    show: Option<Condition>,
    /// true, false, or a condition. True when nothing is said.
    #[serde(default)]
    required: Option<WrittenRequired>,
    #[serde(default)]
    max_files: Option<u8>,
    /// The drawing that shows what it looks like: `public/samples/<sample>.svg`.
    #[serde(default)]
    sample: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenRequired {
    Plain(bool),
    When(Condition),
}

/// The JSON Schema of `procedures/<id>.toml`, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(WrittenProcedure).to_value()
}

pub(super) fn load(
    id: &str,
    file: &str,
    text: &str,
    shelf: &Shelf,
    forms: &BTreeMap<String, Form>,
) -> Result<Procedure, LoadError> {
    let written: WrittenProcedure = toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
    let wrong = |line: usize, says: String| LoadError { file: file.to_owned(), line, says };
    let date = |text: &str| {
        Date::parse(text).ok_or_else(|| wrong(1, format!("\"{text}\" is not a day; write it as 2024-01-17")))
    };
    let in_force_from = date(&written.in_force_from)?;
    let case = Form {
        id: id.to_owned(),
        number: String::new(),
        title: written.short.clone(),
        subtitle: String::new(),
        about: String::new(),
        legal_basis: Vec::new(),
        in_force_from,
        in_force_until: None,
        steps: Vec::new(),
    };
    let receives = receives(written.receives, date)?;
    let mut flows = Vec::new();
    for WrittenFlow { id, law, from, until, without, stage: stages } in written.flow {
        let [from, until] = [from, until].map(|day| day.as_deref().map(date).transpose());
        flows.push(Flow { id, law, from: from?, until: until?, without, stages });
    }
    let (outcomes, outcome_lines) = with_lines(text, written.outcome, outcome);
    let (papers, paper_lines) = with_lines(text, written.paper, paper);
    let (fee, exemption_lines) = fee::fee(text, written.fee);
    let procedure = Procedure {
        id: id.to_owned(),
        code: written.code,
        name: written.name,
        short: written.short,
        field: written.field,
        keywords: written.keywords,
        mode: written.mode,
        summary: written.summary,
        who: written.who,
        legal_basis: written.legal_basis,
        in_force_from,
        in_force_until: written.in_force_until.as_deref().map(date).transpose()?,
        fee,
        receives,
        case: with_steps(case, written.step, file, text, shelf)?,
        outcomes,
        handwritten: written.handwritten,
        papers,
        stages: written.stage,
        flows: Flows(flows),
        posting: written.posting,
        result: written.result,
    };
    verify(&procedure, &outcome_lines, &paper_lines, forms)
        .and_then(|()| fee::verify(&procedure, &exemption_lines, forms))
        .map_err(|(line, says)| wrong(line, says))?;
    Ok(procedure)
}

fn with_lines<W, T>(text: &str, rows: Vec<Spanned<W>>, make: impl Fn(W) -> T) -> (Vec<T>, Vec<usize>) {
    rows.into_iter()
        .map(|row| (line_of(text, row.span().start), row))
        .map(|(line, row)| (make(row.into_inner()), line))
        .unzip()
}

fn outcome(written: WrittenOutcome) -> Outcome {
    let WrittenOutcome { id, when, law, says, forms, given } = written;
    let given = given.into_iter().map(|(form, rows)| (form, rows.into_iter().collect::<Answers>())).collect();
    Outcome { id, when, law, says, forms, given }
}

fn paper(written: WrittenPaper) -> PaperKind {
    let WrittenPaper { id, name, why, law, missing, show, required, max_files, sample } = written;
    let required = match required {
        None | Some(WrittenRequired::Plain(true)) => Required::Always,
        Some(WrittenRequired::Plain(false)) => Required::Never,
        Some(WrittenRequired::When(condition)) => Required::When(condition),
    };
    PaperKind { id, name, why, law, missing, show, required, max_files: max_files.unwrap_or(10), sample }
}
