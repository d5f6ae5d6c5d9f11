//! The page budget: what a first visit to the first usable form downloads, in brotli bytes, against what is allowed.

use crate::shell::Outcome;
use crate::site;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes allowed for everything up to the first usable form. On a 1.6 Mbps line that is about 0.7 s.
const LIMIT: u64 = 130_000;

/// One part of the page and the bytes it may weigh. A part over its budget is only a warning: the total decides.
struct Part {
    name: &'static str,
    belongs: fn(&str) -> bool,
    budget: u64,
}

const PARTS: [Part; 6] = [
    Part { name: "page", belongs: |file| file == "index.html", budget: 3_000 },
    Part { name: "style", belongs: |file| file.ends_with(".css"), budget: 8_000 },
    Part {
        name: "start (boot.js, old.js)",
        belongs: |file| (file.starts_with("boot") || file.starts_with("old")) && is_script(file),
        budget: 2_000,
    },
    Part { name: "glue", belongs: |file| file.starts_with("portal") && is_script(file), budget: 9_000 },
    Part { name: "program", belongs: |file| file.starts_with("portal") && file.ends_with(".wasm"), budget: 100_000 },
    Part { name: "first form (largest)", belongs: |_| false, budget: 8_000 },
];

/// What each part weighs, in the order of [`PARTS`].
pub struct Weight(Vec<(String, u64)>);

impl Weight {
    /// Bytes of all parts.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// `cargo xtask weight`: prints the table, fails when the total is over the limit.
pub fn command() -> Outcome {
    let dist = site::dist();
    let weight = measure(&dist)?;
    println!("\n{:<26}{:>9} {:>9}  file", "part", "brotli", "budget");
    for (part, (file, bytes)) in PARTS.iter().zip(&weight.0) {
        let over = if *bytes > part.budget { "  OVER" } else { "" };
        let budget = part.budget;
        println!("{:<26}{bytes:>9} {budget:>9}  {file}{over}", part.name);
    }
    let total = weight.total();
    println!("{:<26}{total:>9} {LIMIT:>9}", "total");
    if total > LIMIT {
        let over = total - LIMIT;
        return Err(format!("the first usable form weighs {total} bytes, {over} more than the {LIMIT} allowed"));
    }
    Ok(())
}

/// Weighs what is in `dist`, which has to be built and compressed.
pub fn measure(dist: &Path) -> Outcome<Weight> {
    let files = files(dist)?;
    let mut weighed = Vec::new();
    for part in &PARTS {
        let mut names = Vec::new();
        let mut bytes = 0;
        for name in files.iter().filter(|name| (part.belongs)(name)) {
            bytes += size(&dist.join(format!("{name}.br")))?;
            names.push(name.as_str());
        }
        weighed.push((names.join(" "), bytes));
    }
    if let Some(last) = weighed.last_mut() {
        *last = largest_form(&dist.join("forms"))?;
    }
    Ok(Weight(weighed))
}

/// Bytes of the program before compression, which the browser counts to show how far it is.
pub fn program(dist: &Path) -> Outcome<u64> {
    let files = files(dist)?;
    let wasm = files.iter().find(|name| name.ends_with(".wasm"));
    wasm.map_or(Ok(0), |name| size(&dist.join(name)))
}

/// The heaviest form, so that the budget holds whichever form a person opens first.
fn largest_form(folder: &Path) -> Outcome<(String, u64)> {
    let mut largest = (String::from("(no forms yet)"), 0);
    if folder.exists() {
        for name in files(folder)?.iter().filter(|name| name.ends_with(".bin")) {
            let bytes = size(&folder.join(format!("{name}.br")))?;
            if bytes > largest.1 {
                largest = (format!("forms/{name}"), bytes);
            }
        }
    }
    Ok(largest)
}

fn is_script(file: &str) -> bool {
    file.ends_with(".js")
}

/// The names of the files in a folder, in order.
fn files(folder: &Path) -> Outcome<Vec<String>> {
    let told = |why: std::io::Error| {
        let folder = folder.display();
        format!("cannot read {folder}: {why}. Build the site first: cargo xtask site")
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(told)? {
        let path: PathBuf = entry.map_err(told)?.path();
        if path.is_file() {
            names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

fn size(file: &Path) -> Outcome<u64> {
    let about = fs::metadata(file).map_err(|why| format!("cannot read {}: {why}", file.display()));
    about.map(|about| about.len())
}
