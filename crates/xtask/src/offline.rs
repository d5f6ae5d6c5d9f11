//! What the service worker keeps from the first visit on, written into `sw.js`: the page, its programs, and the data every
//! page asks for. Everything else is kept when it is first asked for.

use crate::programs;
use crate::shell::Outcome;
use std::fs;
use std::path::Path;

/// Names, by their beginning, below `dist/` and below `dist/data/`.
const FILES: [&str; 12] = [
    "site-",
    "first-",
    "boot-",
    "icon-",
    "portal-",
    "later-",
    "aside-",
    "picture-",
    "manifest.",
    "offline.",
    "simple.",
    "counter.",
];
const DATA: [&str; 4] = ["catalogue.", "texts.", "agencies-", "simple."];

/// Writes the list and its version into `dist/sw.js`. Any change of any file on it makes another service worker.
pub fn write(dist: &Path) -> Outcome {
    let told = |why: std::io::Error| format!("cannot write the list of the service worker: {why}");
    let mut files = vec!["/".to_owned()];
    let mut all = fs::read(dist.join("index.html")).map_err(told)?;
    let folders = [("", &FILES[..]), ("data/", &DATA[..]), ("data/units/", &["provinces-"][..])];
    for (folder, kept) in folders {
        let mut names: Vec<String> = fs::read_dir(dist.join(folder))
            .map_err(told)?
            .flatten()
            .map(|file| file.file_name().to_string_lossy().into_owned())
            .filter(|name| !name.ends_with(".br") && kept.iter().any(|start| name.starts_with(start)))
            .collect();
        names.sort();
        for name in names {
            all.extend(fs::read(dist.join(folder).join(&name)).map_err(told)?);
            files.push(format!("/{folder}{name}"));
        }
    }
    let script = dist.join("sw.js");
    let text = fs::read_to_string(&script).map_err(told)?;
    let text = text.replace("@files@", &files.join(" ")).replace("@version@", &programs::hash(&all));
    fs::write(script, text).map_err(told)
}
