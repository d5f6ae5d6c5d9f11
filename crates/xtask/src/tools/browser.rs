//! The browser that the journeys drive.

use crate::shell::{self, Outcome, ask, program, step};
use std::path::PathBuf;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// The browser to use: `$MOTCUA_CHROMIUM`, or one on the path, or one installed now.
/// `None` means that Playwright keeps its own.
pub fn find_or_install() -> Outcome<Option<PathBuf>> {
    if let Some(found) = find() {
        return Ok(Some(found));
    }
    // A font with every Vietnamese letter comes along: a bare server has none, and screenshots would show boxes.
    let packages = ["chromium", "fonts-dejavu-core"];
    let apt = super::apt(&packages, "There is no Chromium or Chrome for the browser tests");
    if let (Ok(()), Some(found)) = (&apt, find()) {
        return Ok(Some(found));
    }
    // Ubuntu has Chromium only as a snap, which a container cannot start; Playwright brings one of its own.
    let what = "Installing the Chromium that belongs to Playwright";
    step(what, "about 1 minute, once", || {
        let cli = "tests/node_modules/playwright-core/cli.js";
        let install = [cli, "install", "--with-deps", "chromium-headless-shell"];
        shell::run(program("node").args(install))
    })
    .map_err(|error| match apt {
        Ok(()) => error,
        Err(first) => format!("{first}\n{error}"),
    })?;
    Ok(None)
}

fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("MOTCUA_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    let places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    NAMES
        .iter()
        .flat_map(|name| places.iter().map(move |place| place.join(name)))
        // Asking the version tells a browser from Ubuntu's stub that only advertises the snap.
        .find(|found| found.exists() && ask(program(&found.to_string_lossy()).arg("--version")).is_some())
}
