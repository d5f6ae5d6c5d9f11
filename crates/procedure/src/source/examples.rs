//! Running the examples beside each template: what must pass, and what must raise exactly these problems.

use super::{Files, Library};
use form::{Answers, Date, Given, Problem};
use serde::Deserialize;

/// One example as it is written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    #[expect(dead_code, reason = "kept in the file, read by people")]
    about: String,
    /// The day of the check.
    #[serde(default)]
    today: Option<String>,
    /// Another example of the same template, whose answers these change.
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    answers: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    problems: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
}

/// Runs every example; gives how many ran, and what went wrong as sentences.
#[must_use]
pub fn run(library: &Library, files: &Files) -> (usize, Vec<String>) {
    let mut failures = Vec::new();
    let mut ran = 0;
    for id in library.forms.keys() {
        let folder = format!("templates/{id}/examples/");
        let examples = files.iter().filter(|(path, _)| path.starts_with(&folder));
        let (mut good, mut bad) = (0, 0);
        for (path, text) in examples {
            ran += 1;
            let name = &path[folder.len()..];
            let must_pass = name.starts_with("ok-");
            if must_pass {
                good += 1;
            } else {
                bad += 1;
            }
            if let Err(says) = run_one(library, files, id, text, must_pass) {
                failures.push(format!("{path}: {says}"));
            }
        }
        if good < 2 || bad < 4 {
            failures.push(format!(
                "{folder}: a template needs two passing and four failing examples, not {good} and {bad}"
            ));
        }
    }
    (ran, failures)
}

fn run_one(library: &Library, files: &Files, id: &str, text: &str, must_pass: bool) -> Result<(), String> {
    let form = library.forms.get(id).ok_or("no such template")?;
    let example = read(text)?;
    let (answers, today) = filled(files, id, text)?;
    let given = Given { today, units: &library.units };
    let (passed, found) = match form::check(form, &answers, &given) {
        Ok(checked) => (true, checked.warnings().to_vec()),
        Err(found) => (false, found),
    };
    let told =
        |blocks: bool| -> Vec<String> { found.iter().filter(|problem| problem.blocks == blocks).map(line).collect() };
    if passed != must_pass {
        return Err(format!("must {}; found {:?}", if must_pass { "pass" } else { "fail" }, told(true)));
    }
    for (what, wanted, got) in
        [("problems", &example.problems, told(true)), ("warnings", &example.warnings, told(false))]
    {
        if *wanted != got {
            return Err(format!("{what} should be {wanted:?}, and are {got:?}"));
        }
    }
    Ok(())
}

/// The answers of an example, those of the examples it starts from among them, and its day.
///
/// # Errors
/// A sentence, when it cannot be read or starts from one that is not there.
pub fn filled(files: &Files, id: &str, text: &str) -> Result<(Answers, Date), String> {
    let example = read(text)?;
    let mut answers = Answers::default();
    let mut today = "2026-11-22".to_owned();
    let mut layers = vec![example];
    while let Some(from) = layers.last().and_then(|layer| layer.from.clone()) {
        let base =
            files.get(&format!("templates/{id}/examples/{from}")).ok_or_else(|| format!("there is no {from}"))?;
        layers.push(read(base)?);
        if layers.len() > 5 {
            return Err("the examples lead in a circle".to_owned());
        }
    }
    for layer in layers.iter().rev() {
        if let Some(day) = &layer.today {
            today.clone_from(day);
        }
        for (place, text) in &layer.answers {
            answers.set(place, text);
        }
    }
    let today = Date::parse(&today).ok_or_else(|| format!("\"{today}\" is not a day"))?;
    Ok((answers, today))
}

fn read(text: &str) -> Result<Example, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn line(problem: &Problem) -> String {
    format!("{} {}", problem.place, problem.code.as_str())
}
