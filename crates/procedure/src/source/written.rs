//! `procedures/<id>.toml` as it is written, and what it must keep: outcomes and papers that name what exists.

use crate::procedure::FILER_FORM;
use crate::{
    Agency, Fee, Flow, Flows, Level, Mode, Outcome, PaperKind, Posting, Procedure, Receives, ResultPaper, Role, Stage,
};
use form::source::{LoadError, Shelf, WrittenStep, line_of, toml_error, with_steps};
use form::{Answers, Condition, Date, Form, Kind, Required};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// `units/agencies.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAgencies {
    pub agency: Vec<Agency>,
}

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
    fee: Fee,
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

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenReceives {
    level: Level,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    until: Option<String>,
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
    let mut receives = Vec::new();
    for rule in written.receives {
        let [from, until] = [rule.from, rule.until].map(|day| day.as_deref().map(date).transpose());
        receives.push(Receives { level: rule.level, from: from?, until: until? });
    }
    let mut flows = Vec::new();
    for WrittenFlow { id, law, from, until, without, stage: stages } in written.flow {
        let [from, until] = [from, until].map(|day| day.as_deref().map(date).transpose());
        flows.push(Flow { id, law, from: from?, until: until?, without, stages });
    }
    let (outcomes, outcome_lines) = with_lines(text, written.outcome, outcome);
    let (papers, paper_lines) = with_lines(text, written.paper, paper);
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
        fee: written.fee,
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
    verify(&procedure, &outcome_lines, &paper_lines, forms).map_err(|(line, says)| wrong(line, says))?;
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

/// At every stage somebody acts, and somebody whose work that is.
fn stages(stages: &[Stage]) -> Result<(), String> {
    let never = [Role::DeskHead, Role::Supervisor, Role::Administrator];
    if stages.is_empty() {
        return Err("a procedure has at least one stage".to_owned());
    }
    for stage in stages {
        match stage.acts.iter().find(|role| never.contains(role)) {
            None if stage.acts.is_empty() => return Err(format!("at stage \"{}\" nobody acts", stage.id)),
            None => {}
            Some(role) => return Err(format!("at stage \"{}\" no {} acts", stage.id, role.name())),
        }
    }
    Ok(())
}

/// Whichever way it goes, it takes the time that citizens are told, and is posted where the procedure says.
fn flows(procedure: &Procedure) -> Result<(), String> {
    for flow in &procedure.flows.0 {
        stages(&flow.stages).map_err(|says| format!("flow \"{}\": {says}", flow.id))?;
        let days: u32 = flow.stages.iter().map(|stage| u32::from(stage.quarter_days)).sum();
        if days != procedure.quarter_days() {
            let promised = procedure.quarter_days();
            return Err(format!("flow \"{}\" takes {days} quarter-days, the procedure promises {promised}", flow.id));
        }
        if let Some(stage) = flow.stages.iter().find(|stage| stage.unit == flow.without) {
            return Err(format!("stage \"{}\" of flow \"{}\" is at the level it is without", stage.id, flow.id));
        }
        if let Some(posting) = &procedure.posting
            && !flow.stages.iter().any(|stage| stage.id == posting.stage)
        {
            return Err(format!("flow \"{}\" has no stage \"{}\" to post in", flow.id, posting.stage));
        }
    }
    Ok(())
}

/// Who may bring the templates on paper is asked for that paper.
fn by_hand(procedure: &Procedure) -> Result<(), String> {
    let name = &procedure.handwritten;
    if name.is_empty() {
        return Ok(());
    }
    let question = procedure.case.question_at(name);
    if !question.is_some_and(|question| question.given && matches!(question.kind, Kind::YesNo(_))) {
        return Err(format!("handwritten = \"{name}\" names no given yes-or-no question of the case"));
    }
    let asked = |paper: &&PaperKind| procedure.is_by_hand(paper) && paper.required == Required::Always;
    match procedure.papers.iter().find(asked) {
        Some(_) => Ok(()),
        None => Err(format!("no paper is asked for by show = {{ eq = [\"{name}\", \"yes\"] }} alone")),
    }
}

fn verify(
    procedure: &Procedure,
    outcome_lines: &[usize],
    paper_lines: &[usize],
    forms: &BTreeMap<String, Form>,
) -> Result<(), (usize, String)> {
    let asks = |form: &Form, name: &str| form.questions().any(|(_, question)| question.id == name);
    by_hand(procedure).map_err(|says| (1, says))?;
    stages(&procedure.stages).map_err(|says| (1, says))?;
    flows(procedure).map_err(|says| (1, says))?;
    for (outcome, line) in procedure.outcomes.iter().zip(outcome_lines) {
        let mut stray = None;
        if let Some(mut when) = outcome.when.clone() {
            when.visit(&mut |name| {
                if !asks(&procedure.case, name) {
                    stray = Some(format!(
                        "the outcome \"{}\" looks at \"{name}\", which no guiding question asks",
                        outcome.id
                    ));
                }
            });
        }
        for form in procedure.forms_of(outcome).filter(|form| !forms.contains_key(*form)) {
            let hint = if form == FILER_FORM { " (every dossier has it)" } else { "" };
            stray = Some(format!("there is no template \"{form}\"{hint}"));
        }
        for (form, answers) in outcome.given.iter() {
            let known = forms.get(form).filter(|_| outcome.forms.iter().any(|id| id == form));
            for (place, _) in answers.iter() {
                if !known.and_then(|form| form.question_at(place)).is_some_and(|question| question.given) {
                    stray = Some(format!("\"{form}\" has no given question \"{place}\""));
                }
            }
        }
        if let Some(says) = stray {
            return Err((*line, says));
        }
    }
    for (paper, line) in procedure.papers.iter().zip(paper_lines) {
        // It becomes the name of a file.
        if !paper.sample.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err((*line, format!("the sample \"{}\" is not lower-case letters, digits, dashes", paper.sample)));
        }
        let required = match &paper.required {
            Required::When(condition) => Some(condition),
            Required::Always | Required::Never => None,
        };
        for mut condition in paper.show.iter().chain(required).cloned() {
            let mut stray = None;
            let mut row_of = None;
            condition.visit(&mut |name| match name.split_once('/') {
                Some((form, name)) => match forms.get(form) {
                    Some(form) if asks(form, name) => row_of = Some(form),
                    _ => stray = Some(name.to_owned()),
                },
                // Inside `count`, names are those of the group's rows.
                None if row_of.is_some() => {}
                None if !asks(&procedure.case, name) => stray = Some(name.clone()),
                None => {}
            });
            if let Some(name) = stray {
                return Err((*line, format!("the paper \"{}\" looks at \"{name}\", which nothing asks", paper.id)));
            }
        }
    }
    Ok(())
}
