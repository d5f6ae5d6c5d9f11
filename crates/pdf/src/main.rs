//! `pdf FORMS [--to FOLDER]`: prints every template of a `forms/` folder blank and with each of its examples, tells every
//! mistake in the print files with file and line, and keeps the papers in a folder for whoever wants to look at them.

use form::{Answers, Date, Form, Given};
use pdf::{Facts, PdfError, Press};
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;
use procedure::source::{Files, Library, examples};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [forms] => run(Path::new(forms), None),
        [forms, "--to", out] => run(Path::new(forms), Some(&PathBuf::from(out))),
        _ => Err("pdf FORMS [--to FOLDER]".to_owned()),
    };
    match done {
        Ok(papers) => {
            println!("  {papers} papers printed");
            ExitCode::SUCCESS
        }
        Err(says) => {
            eprintln!("{says}");
            ExitCode::FAILURE
        }
    }
}

/// Gives how many papers were printed.
fn run(forms: &Path, out: Option<&PathBuf>) -> Result<usize, String> {
    let mut files = Files::new();
    collect(forms, "", &mut files).map_err(|why| format!("cannot read {}: {why}", forms.display()))?;
    let library = Library::load(&files).map_err(|errors| errors.to_string())?;
    let press = Press::new(&library.prints);
    let mut faults = BTreeSet::new();
    let mut printed = 0;
    // Who files is no official paper.
    for form in library.forms.values().filter(|form| form.id != FILER_FORM) {
        for (name, filled) in papers(form, &files)? {
            let today = filled.as_ref().map_or(form.in_force_from, |(_, today)| *today);
            let given = Given { today, units: &library.units };
            let facts = Facts {
                procedure_code: library.procedure_code_of(&form.id).unwrap_or_default(),
                system: "Một Cửa",
                made_at: filled.as_ref().map(|(_, today)| Moment::at(*today, 8 * 3_600_000)),
                ..Facts::default()
            };
            let answers = filled.as_ref().map(|(answers, _)| answers);
            match press.print(form, answers, &given, &facts) {
                Ok(paper) => {
                    faults.extend(paper.faults.iter().chain(&paper.warnings).map(ToString::to_string));
                    if let Some(out) = out {
                        let bytes = paper.to_pdf().map_err(|error| error.to_string())?;
                        write(&out.join(format!("{}-{name}.pdf", form.id)), &bytes)?;
                    }
                }
                Err(PdfError::Source(errors)) => faults.extend(errors.iter().map(ToString::to_string)),
                Err(error) => {
                    faults.insert(format!("templates/{}, {name}: {error}", form.id));
                }
            }
            printed += 1;
        }
    }
    if faults.is_empty() {
        Ok(printed)
    } else {
        Err(format!("mistakes in the print files:\n{}", faults.into_iter().collect::<Vec<_>>().join("\n")))
    }
}

type Filled = Option<(Answers, Date)>;

/// The blank paper and one for each example, also of those that must fail: people print what they have so far.
fn papers(form: &Form, files: &Files) -> Result<Vec<(String, Filled)>, String> {
    let folder = format!("templates/{}/examples/", form.id);
    let mut papers = vec![("blank".to_owned(), None)];
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
        let filled = examples::filled(files, &form.id, text).map_err(|says| format!("{path}: {says}"))?;
        let name = path[folder.len()..].trim_end_matches(".json").to_owned();
        papers.push((name, Some(filled)));
    }
    Ok(papers)
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if [".toml", ".tsv", ".json", ".typ"].iter().any(|end| path.ends_with(end)) {
            files.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let parent = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(parent).and_then(|()| fs::write(path, bytes));
    written.map_err(|why| format!("cannot write {}: {why}", path.display()))
}
