//! `cargo xtask verdict`: the one check in the build of the browser and in the build of the API, asked about thousands
//! of generated cases; what they say must be the same bytes.

use crate::shell::{Outcome, build, cargo, program, root, run, step, target};
use crate::{forms, programs, tools};
use std::fs;

/// How many cases are made of each template, and of each procedure.
const CASES: [&str; 2] = ["125", "125"];

/// `cargo xtask verdict`, whose arguments are other numbers of cases: of each template, of each procedure.
pub fn command(counts: &[String]) -> Outcome {
    tools::for_site()?;
    step("Same verdict on both sides", "about 1 minute the first time", || {
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        ask(if counts.is_empty() { &CASES } else { &counts })
    })
}

/// What `cargo xtask test` asks; the tools have to be there.
pub fn check() -> Outcome {
    ask(&CASES)
}

fn ask(counts: &[&str]) -> Outcome {
    let out = target().join("verdict");
    let data = out.join("data");
    // Files of forms as they were before have other names and would be read along.
    let _ = fs::remove_dir_all(&data);
    fs::create_dir_all(&data).map_err(|why| format!("cannot make {}: {why}", data.display()))?;
    forms::compile(&data)?;
    browser_side(&out)?;
    let cases = out.join("cases.jsonl");
    let testkit = build(&["testkit"])?.join("testkit");
    run(program(&testkit.to_string_lossy()).arg("forms").arg(cases).args(counts))?;
    let test = root().join("tests/verdict.test.mjs");
    run(program("node").args(["--test", "--test-reporter=spec"]).arg(test).env("MOTCUA_VERDICT", &out))
}

/// The library in the profile of the site, and through the same tools as the site.
fn browser_side(out: &std::path::Path) -> Outcome {
    let triple = programs::TRIPLE;
    let library = ["build", "--locked", "--package", "testkit", "--lib", "--profile", "site", "--target", triple];
    run(programs::small(cargo().args(library)))?;
    let wasm = target().join(triple).join("site/testkit.wasm");
    run(program("wasm-bindgen").args(["--target", "nodejs", "--out-dir"]).arg(out).arg(wasm))?;
    let bound = out.join("testkit_bg.wasm");
    run(program("wasm-opt").arg("-Oz").arg(&bound).arg("-o").arg(&bound))
}
