//! `cargo xtask test`: every check there is, in the order in which mistakes are cheapest to find.

use crate::shell::{Outcome, build, cargo, program, root, run as start, spent, step, target};
use crate::{forms, programs, site, tools, verdict, weight};
use std::path::PathBuf;
use std::time::Instant;

/// The crates that are built for the browser, and linted for it.
const BROWSER: [&str; 6] = ["--package", "portal", "--package", "officer", "--package", "ui"];
/// Those that are programs of their own; their tests run on this machine and are linted with the rest.
const PROGRAMS: [&str; 6] = ["--package", "picture", "--package", "scan", "--package", "reader"];
const NOT_BROWSER: [&str; 7] = ["--workspace", "--exclude", "portal", "--exclude", "officer", "--exclude", "ui"];

/// Runs all checks. The first that fails ends it: what comes later would only repeat it.
pub fn run() -> Outcome {
    let start = Instant::now();
    let mut done = Vec::new();
    let result = all(&mut done);
    println!("\n──── summary");
    for (name, time) in &done {
        println!("  ok      {name} ({time})");
    }
    let total = spent(start.elapsed());
    match result {
        Ok(()) => println!("  all {} checks passed in {total}", done.len()),
        Err(_) => println!("  FAILED  the check after these, at {total}"),
    }
    result
}

fn all(done: &mut Vec<(&'static str, String)>) -> Outcome {
    let mut check = |name: &'static str, about: &str, work: &dyn Fn() -> Outcome| {
        let start = Instant::now();
        step(name, about, work).map_err(|error| format!("{name}: {error}"))?;
        done.push((name, spent(start.elapsed())));
        Ok::<(), String>(())
    };
    check("Formatting", "2 seconds", &|| start(cargo().args(["fmt", "--all", "--check"])))?;
    check("Tools for the site", "10 minutes the first time, then nothing", &tools::for_site)?;
    let cold = "about 4 minutes the first time";
    check("Lints", cold, &|| lint(&NOT_BROWSER, &["--all-targets"]))?;
    check("Lints for the browser", cold, &|| {
        lint(&BROWSER, &["--all-targets", "--target", programs::TRIPLE])?;
        lint(&PROGRAMS, &["--lib", "--target", programs::TRIPLE])
    })?;
    check("Tests", "about 8 minutes the first time", &|| start(cargo().args(["test", "--locked", "--workspace"])))?;
    check("Forms", "1 second", &forms::check)?;
    check("Site", cold, &site::build)?;
    check("Same verdict on both sides", "about 30 seconds, 1 minute the first time", &verdict::check)?;
    check("Weight", "nothing", &weight::command)?;
    check("Server", "some seconds, the tests have built it", &server)?;
    check("Browser journeys", "about 15 minutes", &|| journeys(&[]))
}

fn server() -> Outcome {
    build(&["motcua", "xtask", "gateway"]).map(drop)
}

fn lint(packages: &[&str], extra: &[&str]) -> Outcome {
    let deny = ["--", "--deny", "warnings"];
    let mut command = cargo();
    command.args(["clippy", "--locked"]).args(packages);
    start(command.args(extra).args(deny))
}

/// `cargo xtask journeys [files]`: only the browser journeys, on the site as it was built last.
pub fn journeys_command(files: &[String]) -> Outcome {
    step("Building the server", "about 4 minutes the first time", server)?;
    step("Running the browser journeys", "about 15 minutes", || journeys(files))
}

/// The files given, or every `tests/journeys/*.test.mjs`, against the debug server and the site in `dist/`.
fn journeys(files: &[String]) -> Outcome {
    let chromium = tools::for_journeys()?;
    let mut node = program("node");
    // One at a time: two browsers on a small machine only make each other slow.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    if files.is_empty() {
        node.args(all_journeys()?)
    } else {
        node.args(files)
    };
    node.env("MOTCUA_BIN", target().join("debug/motcua"));
    // By its place, not by what runs now: the tests before may have built this very program anew.
    node.env("MOTCUA_XTASK", target().join("debug/xtask"));
    node.env("MOTCUA_GATEWAY", target().join("debug/gateway"));
    if let Some(chromium) = chromium {
        node.env("MOTCUA_CHROMIUM", chromium);
    }
    start(&mut node)
}

fn all_journeys() -> Outcome<Vec<PathBuf>> {
    let folder = root().join("tests/journeys");
    let listed = std::fs::read_dir(&folder).map_err(|why| format!("cannot read {}: {why}", folder.display()))?;
    let mut files: Vec<PathBuf> = listed
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    Ok(files)
}
