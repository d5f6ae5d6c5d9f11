//! `cargo xtask bench`: the benchmarks, built with optimisation; they print ratios, which hold on a busy machine too.

use crate::shell::{Outcome, cargo, program, root, run, step, target};
use crate::{site, tools, weight};

/// Runs the benchmarks of the server, then those of a first visit; arguments are those of the server's.
/// `--only site` measures the visit alone, `--only peers` SurveyJS and Form.io beside it, any other `--only` leaves it out.
pub fn command(args: &[String]) -> Outcome {
    let only = args.iter().position(|arg| arg == "--only").and_then(|at| args.get(at + 1));
    step("Building the server", "about 7 minutes the first time", || {
        run(cargo().args(["build", "--release", "--locked", "--package", "api"]))
    })?;
    let browser = only.is_some_and(|only| only == "site" || only == "peers");
    if !browser {
        step("Running the benchmarks", "about 2 minutes to build the first time", || {
            let bench = ["run", "--release", "--locked", "--package", "bench", "--"];
            run(cargo().args(bench).args(args))
        })?;
    }
    if only.is_none_or(|only| only == "site") {
        step("Measuring a first visit", "about 1 minute", || in_browser("tests/usable.mjs"))?;
    }
    if only.is_some_and(|only| only == "peers") {
        tools::for_peers()?;
        step("Measuring SurveyJS and Form.io beside the site", "about 12 minutes", || in_browser("tests/peers.mjs"))?;
    }
    Ok(())
}

/// Runs a measurement in a browser, of the site as it was built last.
fn in_browser(script: &str) -> Outcome {
    let total = weight::measure(&site::dist())?.total();
    println!("Bytes to the first usable form: {total} (brotli)");
    let chromium = tools::for_journeys()?;
    let mut node = program("node");
    node.arg(root().join(script)).env("MOTCUA_BIN", target().join("release/motcua"));
    if let Some(chromium) = chromium {
        node.env("MOTCUA_CHROMIUM", chromium);
    }
    run(&mut node)
}
