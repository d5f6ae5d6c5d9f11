//! The API's side: makes the cases, asks the check as the API builds it, and writes both, one JSON line each.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(says) => {
            eprintln!("testkit: {says}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(target_family = "wasm")]
fn run() -> Result<(), String> {
    Err("the browser's side is the library".to_owned())
}

/// `testkit FORMS OUT [CASES OF EACH TEMPLATE] [CASES OF EACH PROCEDURE]`
#[cfg(not(target_family = "wasm"))]
fn run() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [forms, out, counts @ ..] = args.as_slice() else {
        return Err("testkit FORMS OUT [CASES OF EACH TEMPLATE] [CASES OF EACH PROCEDURE]".to_owned());
    };
    let count = |place: usize, usual: usize| counts.get(place).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let mut files = procedure::source::Files::new();
    collect(Path::new(forms), "", &mut files).map_err(|why| format!("cannot read {forms}: {why}"))?;
    let library = procedure::source::Library::load(&files).map_err(|errors| errors.to_string())?;
    let world = testkit::World::from(library);
    let told = |why: &dyn std::fmt::Display| format!("cannot write {out}: {why}");
    let mut lines = std::io::BufWriter::new(fs::File::create(out).map_err(|why| told(&why))?);
    for case in testkit::cases::cases(&world, &files, count(0, 200), count(1, 200)) {
        let case = serde_json::to_string(&case).map_err(|why| told(&why))?;
        let line = serde_json::json!({ "verdict": world.verdict(&case), "case": case });
        writeln!(lines, "{line}").map_err(|why| told(&why))?;
    }
    lines.flush().map_err(|why| told(&why))
}

#[cfg(not(target_family = "wasm"))]
fn collect(folder: &Path, prefix: &str, files: &mut procedure::source::Files) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if [".toml", ".tsv", ".json"].iter().any(|end| path.ends_with(end)) {
            files.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
