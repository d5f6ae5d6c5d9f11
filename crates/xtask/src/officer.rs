//! Building the officers' site into `dist/officer/`: a page, a program and styles of its own, of which the citizens' knows nothing.

use crate::programs;
use crate::shell::{Outcome, program, run};
use std::fs;
use std::path::{Path, PathBuf};

/// Builds it below `dist`. Trunk clears that folder for the citizens' site, so this comes after it.
pub fn build(dist: &Path) -> Outcome {
    let mut trunk = program("trunk");
    programs::small(&mut trunk);
    trunk.args(["build", "--release", "--skip-version-check", "--config", "crates/officer/Trunk.toml"]);
    // Trunk stops at the value "1" that others give this variable.
    trunk.env_remove("NO_COLOR");
    // Its minifier cannot read wasm-bindgen's glue and says so each time; esbuild, below, can.
    trunk.env("RUST_LOG", "trunk=info,trunk::processing::minify=error");
    run(&mut trunk)?;
    let folder = dist.join("officer");
    let told = |why: std::io::Error| format!("cannot read {}: {why}", folder.display());
    let files = fs::read_dir(&folder).map_err(told)?.flatten().map(|file| file.path());
    let scripts: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "js")).collect();
    run(program("esbuild")
        .args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning", "--allow-overwrite"])
        .arg(format!("--outdir={}", folder.display()))
        .args(scripts))
}
