//! The tools that come from npm, each from its lock file: wasm-opt for the site, Playwright and axe for the journeys.

use crate::shell::{self, Outcome, ask, program, run, step};
use std::fs;
use std::path::Path;

/// wasm-opt, from the npm package binaryen because Debian's own is too old for what Rust writes today, and esbuild, which
/// makes wasm-bindgen's glue small.
pub fn wasm_opt() -> Outcome {
    let wanted = shell::root().join("crates/xtask/npm");
    let folder = super::folder().join("npm");
    if installed(&wanted, &folder) {
        return Ok(());
    }
    node()?;
    let what = format!("Installing wasm-opt and esbuild into {}", folder.display());
    step(&what, "about 10 seconds, once", || {
        let told = |why: std::io::Error| format!("cannot write {}: {why}", folder.display());
        fs::create_dir_all(&folder).map_err(told)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(wanted.join(name), folder.join(name)).map_err(told)?;
        }
        install(&folder)
    })
}

/// What `tests/` needs.
pub fn journeys() -> Outcome {
    let folder = shell::root().join("tests");
    if installed(&folder, &folder) {
        return Ok(());
    }
    node()?;
    let what = "Installing Playwright and axe into tests/node_modules";
    step(what, "about 10 seconds, once", || install(&folder))
}

/// What the site is measured beside.
pub fn peers() -> Outcome {
    let folder = shell::root().join("tests/peers");
    if installed(&folder, &folder) {
        return Ok(());
    }
    node()?;
    step("Installing SurveyJS and Form.io into tests/peers/node_modules", "about 20 seconds, once", || install(&folder))
}

fn install(folder: &Path) -> Outcome {
    let quiet = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    run(program("npm").args(quiet).current_dir(folder))?;
    let lock = folder.join("package-lock.json");
    let mark = folder.join("node_modules/.from-lock");
    fs::copy(lock, mark).map(drop).map_err(|why| format!("cannot write into {}: {why}", folder.display()))
}

/// Whether `folder/node_modules` was made from the lock file in `wanted`.
fn installed(wanted: &Path, folder: &Path) -> bool {
    let lock = fs::read(wanted.join("package-lock.json")).ok();
    let mark = fs::read(folder.join("node_modules/.from-lock")).ok();
    lock.is_some() && lock == mark
}

fn node() -> Outcome {
    let there = |name| ask(program(name).arg("--version")).is_some();
    if there("node") && there("npm") {
        return Ok(());
    }
    super::apt(&["nodejs", "npm"], "Node.js is missing")
}
