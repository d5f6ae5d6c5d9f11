//! Building both sites into `dist/`: Trunk, the programs beside the citizens', the officers' site, the compiled forms, brotli
//! beside every file, and the page's own weight.

use crate::shell::{self, Outcome, program, run, step};
use crate::{forms, officer, offline, programs, tools, weight};
use std::fs;
use std::path::{Path, PathBuf};

const COMPRESS: &str = include_str!("compress.mjs");

/// `cargo xtask site`.
pub fn command() -> Outcome {
    tools::for_site()?;
    build()?;
    println!("\nThe site is in {}", dist().display());
    Ok(())
}

/// The folder that the server serves.
pub fn dist() -> PathBuf {
    shell::root().join("dist")
}

/// Builds the site; the tools have to be there.
pub fn build() -> Outcome {
    let dist = dist();
    let about = "about 4 minutes the first time, 1 minute after a change";
    step("Building the site with trunk", about, || {
        let mut trunk = program("trunk");
        programs::small(&mut trunk);
        trunk.args(["build", "--release", "--skip-version-check"]);
        // Trunk stops at the value "1" that others give this variable.
        trunk.env_remove("NO_COLOR");
        // Its minifier cannot read wasm-bindgen's glue and says so each time; brotli makes up for that.
        trunk.env("RUST_LOG", "trunk=info,trunk::processing::minify=error");
        run(&mut trunk)
    })?;
    step("Building the programs that come later", "about 2 minutes, 1 minute after a change", || {
        programs::build(&dist)
    })?;
    step("Building the officers' site", "about 2 minutes, half a minute after a change", || officer::build(&dist))?;
    step("Compiling the forms for the browser", "1 second", || forms::compile(&dist.join("data")))?;
    step("Compressing", "about 3 seconds", || {
        compress(&dist)?;
        tell_weight(&dist)?;
        // Last, because it names the page as it is in the end.
        offline::write(&dist)?;
        offline::write_officers(&dist)?;
        compress(&dist.join("sw.js"))?;
        compress(&dist.join("officer/sw.js"))
    })
}

/// Writes `name.br` beside every file that gains by it.
fn compress(path: &Path) -> Outcome {
    run(program("node").args(["--input-type=module", "--eval", COMPRESS]).arg(path))
}

/// Puts the weight of a first visit, in whole kilobytes, into the page.
///
/// The page is part of what it weighs; the number is rounded up, so writing it down settles at once.
fn tell_weight(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let told = |why: std::io::Error| format!("cannot write the weight into the page: {why}");
    let text = fs::read_to_string(&page).map_err(told)?;
    let mut kilobytes = 0;
    for _ in 0..4 {
        fs::write(&page, text.replace("@weight@", &kilobytes.to_string())).map_err(told)?;
        compress(&page)?;
        let now = weight::measure(dist)?.total().div_ceil(1000);
        // Never told less than it is: where two numbers alternate, the greater one stays.
        if now <= kilobytes {
            break;
        }
        kilobytes = now;
    }
    Ok(())
}
