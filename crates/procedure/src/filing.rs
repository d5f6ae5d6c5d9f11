//! A filing: everything a person sends at once, and the one check of it that browser and API both run.

use crate::paper::{MAX_BYTES, MAX_DOSSIER_BYTES, MAX_FILES, MEDIA_TYPES};
use crate::{Agencies, Need, Outcome, Procedure, required_papers};
use form::check::Walk;
use form::scope::Values;
use form::{Answers, Code, Form, Given, Problem};
use pack::Pack;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is sent. Its JSON is the public language, together with [`Answers`].
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The procedure's id.
    pub procedure: String,
    /// The procedure's fingerprint.
    pub fingerprint: String,
    /// Code of the receiving agency.
    pub agency: String,
    /// Answers to the guiding questions.
    pub case: Answers,
    /// The filled forms, in the order of the outcome.
    pub forms: Vec<FilledForm>,
    /// The papers; their bytes went up before, by their SHA-256.
    pub papers: Vec<FiledPaper>,
}

/// One filled form.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilledForm {
    /// The form's id.
    pub form: String,
    /// The fingerprint of the form as it was filled.
    pub fingerprint: String,
    /// The answers.
    pub answers: Answers,
}

/// One attached file.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiledPaper {
    /// Which paper of the procedure it is.
    pub paper: String,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The file's name, as data: never a path.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A filing that passed. Only [`check`] makes it.
#[derive(Clone, Debug)]
pub struct CheckedFiling {
    filing: Filing,
    outcome: Outcome,
    warnings: Vec<Problem>,
}

impl CheckedFiling {
    /// The filing, with tidy answers and only those that are shown.
    #[must_use]
    pub fn filing(&self) -> &Filing {
        &self.filing
    }

    /// Where the case led.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What deserves a second look by the officer.
    #[must_use]
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }
}

/// Checks a whole filing. Places read `agency`, `case/<place>`, `<form>/<place>`, `papers/<id>`.
///
/// # Errors
/// All problems, warnings among them, when at least one blocks.
pub fn check<'f>(
    procedure: &Procedure,
    form_of: &dyn Fn(&str) -> Option<&'f Form>,
    agencies: &Agencies,
    filing: &Filing,
    given: &Given<'_>,
) -> Result<CheckedFiling, Vec<Problem>> {
    let mut problems = Vec::new();
    let received = agencies.find(&filing.agency).is_some_and(|agency| procedure.receives_at(agency.level, given.today));
    if !received {
        problems.push(problem("agency", Code::AgencyUnknown, ""));
    }
    if filing.procedure != procedure.id || !procedure.in_force(given.today) {
        problems.push(problem("procedure", Code::NotInForce, ""));
    }
    let case = match form::check(&procedure.case, &filing.case, given) {
        Ok(case) => case,
        Err(found) => {
            problems.extend(placed("case", found));
            return Err(problems);
        }
    };
    let outcome = procedure.outcome(case.values(), given.today).filter(|outcome| !outcome.forms.is_empty());
    let Some(outcome) = outcome else {
        problems.push(problem("case", Code::CaseStops, ""));
        return Err(problems);
    };
    let mut values = case.values().clone();
    let mut forms = Vec::new();
    let wanted: Vec<&str> = procedure.forms_to_fill(outcome, case.values()).collect();
    let sent: Vec<&str> = filing.forms.iter().map(|filled| filled.form.as_str()).collect();
    if wanted != sent {
        problems.push(problem("forms", Code::FormsDiffer, &wanted.join(", ")));
        return Err(problems);
    }
    for filled in &filing.forms {
        let Some(form) = form_of(&filled.form) else {
            problems.push(problem(&filled.form, Code::FormsDiffer, &filled.form));
            continue;
        };
        let answers = procedure.filled(outcome, &filled.form, &filled.answers);
        match form::check(form, &answers, given) {
            Ok(checked) => {
                problems.extend(placed(&filled.form, checked.warnings().to_vec()));
                values.extend(under(&filled.form, checked.values()));
                forms.push(FilledForm { answers: checked.answers().clone(), ..filled.clone() });
            }
            Err(found) => {
                problems.extend(placed(&filled.form, found));
                values.extend(under(&filled.form, &Walk::through(form, &answers, given).values));
            }
        }
    }
    let papers = check_papers(procedure, &values, &filing.papers, given);
    // Which papers are needed follows from the answers. While some of those are missing, what is needed so far is told
    // together with them, so that nobody mends one list only to meet the next; but no paper is called superfluous yet.
    let whole = forms.len() == filing.forms.len();
    problems.extend(papers.into_iter().filter(|problem| whole || problem.code == Code::PaperMissing));
    if problems.iter().any(|problem| problem.blocks) {
        return Err(problems);
    }
    let filing = Filing { case: case.answers().clone(), forms, ..filing.clone() };
    Ok(CheckedFiling { filing, outcome: outcome.clone(), warnings: problems })
}

/// What is wrong with the papers alone.
#[must_use]
pub fn check_papers(procedure: &Procedure, values: &Values, papers: &[FiledPaper], given: &Given<'_>) -> Vec<Problem> {
    let needs = required_papers(procedure, values, given.today);
    let mut problems = Vec::new();
    for need in &needs {
        let place = format!("papers/{}", need.paper.id);
        let count = papers.iter().filter(|paper| paper.paper == need.paper.id).count();
        if need.required && count == 0 {
            problems.push(Problem { label: need.paper.name.clone(), ..problem(&place, Code::PaperMissing, "") });
        } else if count > usize::from(need.paper.max_files) {
            let most = need.paper.max_files.to_string();
            problems.push(Problem { label: need.paper.name.clone(), ..problem(&place, Code::PaperTooMany, &most) });
        }
    }
    let mut hashes = BTreeSet::new();
    for paper in papers {
        let place = format!("papers/{}", paper.paper.chars().take(60).collect::<String>());
        let code = if !needs.iter().any(|need| need.paper.id == paper.paper) {
            Code::PaperUnknown
        } else if paper.bytes == 0 {
            Code::PaperEmpty
        } else if paper.bytes > MAX_BYTES {
            Code::PaperTooLarge
        } else if !MEDIA_TYPES.contains(&paper.kind.as_str()) || !is_sha256(&paper.sha256) || !is_file_name(&paper.name)
        {
            Code::PaperKind
        } else if !hashes.insert(&paper.sha256) {
            Code::PaperTwice
        } else {
            continue;
        };
        problems.push(Problem { label: paper.name.chars().take(150).collect(), ..problem(&place, code, "") });
    }
    let total = papers.iter().fold(0_u64, |sum, paper| sum.saturating_add(paper.bytes));
    if total > MAX_DOSSIER_BYTES || papers.len() > MAX_FILES {
        problems.push(problem("papers", Code::PapersTooLarge, ""));
    }
    problems
}

/// The papers that a filing is asked for, by its answers; whether they came or not.
#[must_use]
pub fn papers_asked<'a, 'f>(
    procedure: &'a Procedure,
    form_of: &dyn Fn(&str) -> Option<&'f Form>,
    filing: &Filing,
    given: &Given<'_>,
) -> Vec<Need<'a>> {
    let mut values = Walk::through(&procedure.case, &filing.case, given).values;
    let outcome = procedure.outcome(&values, given.today);
    for filled in &filing.forms {
        let Some(form) = form_of(&filled.form) else { continue };
        let answers = match outcome {
            Some(outcome) => procedure.filled(outcome, &filled.form, &filled.answers),
            None => filled.answers.clone(),
        };
        values.extend(under(&filled.form, &Walk::through(form, &answers, given).values));
    }
    required_papers(procedure, &values, given.today)
}

/// The values of a form under the names procedures know them by: `nd20-04/nc_ho_ten`.
pub fn under<'a>(form: &'a str, values: &'a Values) -> impl Iterator<Item = (String, form::Value)> + 'a {
    values.iter().map(move |(place, value)| ([form, "/", place].concat(), value.clone()))
}

fn problem(place: &str, code: Code, arg: &str) -> Problem {
    Problem {
        place: place.to_owned(),
        code,
        arg: arg.to_owned(),
        label: String::new(),
        blocks: true,
        says: String::new(),
    }
}

fn placed(prefix: &str, problems: Vec<Problem>) -> impl Iterator<Item = Problem> {
    problems.into_iter().map(move |problem| Problem { place: [prefix, "/", &problem.place].concat(), ..problem })
}

/// 64 lower-case hexadecimal digits.
#[must_use]
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name is data shown to people: at most 150 characters, no path, no hidden signs.
fn is_file_name(name: &str) -> bool {
    let length = form::text::length(name);
    (1..=150).contains(&length)
        && form::text::forbidden(name).is_none()
        && !name.contains(['/', '\\', '\n', '\r', '\t'])
}
