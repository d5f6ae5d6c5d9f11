//! `cargo xtask bench`: the benchmarks, built with optimisation; they print ratios, which hold on a busy machine too.

use crate::shell::{Outcome, cargo, run, step};

/// Runs the benchmarks; arguments are theirs.
pub fn command(args: &[String]) -> Outcome {
    let about = "about 2 minutes to build the first time";
    step("Running the benchmarks", about, || {
        let bench = ["run", "--release", "--locked", "--package", "bench", "--"];
        run(cargo().args(bench).args(args))
    })
}
