//! The tools a build needs, kept in `~/.cache/motcua/tools` so that a fresh clone finds them, and installed where they miss.
//!
//! Trunk would download wasm-bindgen and wasm-opt by itself; it runs offline and finds ours on the path instead,
//! in the versions the lock file names.

pub mod browser;
mod node;
mod rust;

use crate::shell::{self, Outcome};
use std::ffi::OsString;
use std::path::PathBuf;

/// What building the site needs: the wasm target, trunk, wasm-bindgen, wasm-opt, the libraries.
pub fn for_site() -> Outcome {
    rust::target()?;
    rust::sources()?;
    rust::trunk()?;
    rust::wasm_bindgen()?;
    node::wasm_opt()?;
    rust::libraries()
}

/// What the browser journeys need: Playwright and axe, and a Chromium, whose path is returned.
/// `None` means that Playwright is to use the browser it keeps itself.
pub fn for_journeys() -> Outcome<Option<PathBuf>> {
    node::journeys()?;
    browser::find_or_install()
}

/// What the site is measured beside.
pub fn for_peers() -> Outcome {
    node::peers()
}

/// `cargo xtask setup`.
pub fn everything() -> Outcome {
    println!("Tools are kept in {}", folder().display());
    for_site()?;
    for_journeys()?;
    println!("\nAll tools are there.");
    Ok(())
}

/// Where the tools are kept: `$XDG_CACHE_HOME/motcua/tools`, by default `~/.cache/motcua/tools`.
pub fn folder() -> PathBuf {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cache"), PathBuf::from);
    cache.join("motcua/tools")
}

/// The search path with our tools first.
pub fn path() -> Option<OsString> {
    let ours = [folder().join("bin"), folder().join("npm/node_modules/.bin")];
    let theirs = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&theirs))).ok()
}

/// Installs Debian or Ubuntu packages, by sudo where we are not root.
fn apt(packages: &[&str], why: &str) -> Outcome {
    let list = packages.join(" ");
    let missing = format!("{why}, and it cannot be installed here by itself. Please install: {list}");
    if shell::ask(shell::program("apt-get").arg("--version")).is_none() {
        return Err(missing);
    }
    let root = shell::ask(shell::program("id").arg("-u")).as_deref() == Some("0");
    let apt_get = || {
        let mut command = shell::program(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let about = "about 1 minute, once";
    shell::step(&format!("Installing {list} with apt-get"), about, || {
        // An old package list is a reason to go on and try, not to stop.
        let _ = shell::run(apt_get().args(["update", "-qq"]));
        let install = ["install", "-y", "-qq", "--no-install-recommends"];
        shell::run(apt_get().args(install).args(packages))
    })
    .map_err(|error| format!("{missing}\n({error})"))
}
