//! The page budget: what a first visit downloads up to the first usable form, in brotli bytes, against what is allowed.

use crate::shell::Outcome;
use crate::site;
use std::fs;
use std::path::Path;

/// Bytes everything up to the first usable form may weigh: about 0.7 s on a line of 1.6 Mbps.
const LIMIT: u64 = 130_000;

/// One part of the page, and the bytes it may weigh.
struct Part {
    name: &'static str,
    /// Which files of `dist/` it is, by their path.
    belongs: fn(&str) -> bool,
    /// Whether a visit downloads all of these files, or one of them: then the heaviest is weighed,
    /// so that the budget holds whichever a person opens.
    all: bool,
    budget: u64,
}

const PARTS: [Part; 9] = [
    Part { name: "page", belongs: |file| file == "index.html", all: true, budget: 1_360 },
    Part { name: "style", belongs: |file| is(file, "site-", ".css"), all: true, budget: 4_140 },
    Part {
        name: "start",
        belongs: |file| is(file, "boot-", ".js") || is(file, "first-", ".js"),
        all: true,
        budget: 1_310,
    },
    Part { name: "glue", belongs: |file| is(file, "portal-", ".js"), all: true, budget: 4_390 },
    Part { name: "program", belongs: |file| is(file, "portal-", ".wasm"), all: true, budget: 104_410 },
    Part { name: "catalogue", belongs: |file| is(file, "data/catalogue.", ".bin"), all: false, budget: 2_200 },
    Part { name: "agencies", belongs: |file| is(file, "data/agencies", ".bin"), all: false, budget: 860 },
    Part {
        name: "heaviest procedure",
        belongs: |file| is(file, "data/procedures/", ".bin"),
        all: false,
        budget: 5_040,
    },
    Part { name: "heaviest form", belongs: |file| is(file, "data/forms/", ".bin"), all: false, budget: 6_290 },
];

fn is(file: &str, start: &str, end: &str) -> bool {
    file.starts_with(start) && file.ends_with(end)
}

/// What each part weighs, in the order of [`PARTS`]: its file and brotli bytes.
pub struct Weight(Vec<(String, u64)>);

impl Weight {
    /// Bytes of all parts.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, bytes)| bytes).sum()
    }
}

/// `cargo xtask weight`: prints the table, fails when a part or the total is over its limit.
pub fn command() -> Outcome {
    let weight = measure(&site::dist())?;
    println!("\n  {:<20}{:>8} {:>8}  file", "part", "brotli", "budget");
    for (part, (file, bytes)) in PARTS.iter().zip(&weight.0) {
        let over = if *bytes > part.budget { "  over its budget" } else { "" };
        let budget = part.budget;
        println!("  {:<20}{bytes:>8} {budget:>8}  {file}{over}", part.name);
    }
    let total = weight.total();
    println!("  {:<20}{total:>8} {LIMIT:>8}", "total");
    if let Some((part, _)) = PARTS.iter().zip(&weight.0).find(|(part, (_, bytes))| *bytes > part.budget) {
        return Err(format!("{} is over its budget", part.name));
    }
    if total > LIMIT {
        let over = total - LIMIT;
        return Err(format!("the first usable form weighs {total} bytes, {over} more than the {LIMIT} allowed"));
    }
    Ok(())
}

/// Weighs what is in `dist`, which has to be built and compressed.
pub fn measure(dist: &Path) -> Outcome<Weight> {
    let files = compressed(dist)?;
    let weigh = |part: &Part| {
        let mine = files.iter().filter(|(file, _)| (part.belongs)(file));
        if part.all {
            let names: Vec<&str> = mine.clone().map(|(file, _)| file.as_str()).collect();
            (names.join(" "), mine.map(|(_, bytes)| bytes).sum())
        } else {
            mine.max_by_key(|(_, bytes)| bytes).cloned().unwrap_or_else(|| ("(none yet)".to_owned(), 0))
        }
    };
    Ok(Weight(PARTS.iter().map(weigh).collect()))
}

/// Every compressed file below `dist`: its path without `.br`, and its bytes.
fn compressed(dist: &Path) -> Outcome<Vec<(String, u64)>> {
    let mut found = Vec::new();
    collect(dist, "", &mut found)
        .map_err(|why| format!("cannot read {}: {why}. Build the site first: cargo xtask site", dist.display()))?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, u64)>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else if let Some(plain) = name.strip_suffix(".br") {
            found.push((format!("{prefix}{plain}"), entry.metadata()?.len()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, PARTS};

    #[test]
    fn the_parts_together_may_weigh_what_the_page_may() {
        assert_eq!(PARTS.iter().map(|part| part.budget).sum::<u64>(), LIMIT);
    }

    #[test]
    fn every_file_is_weighed_once() {
        let files = [
            "index.html",
            "site-0123456789abcdef.css",
            "boot-0123456789abcdef.js",
            "portal-0123456789abcdef.js",
            "portal-0123456789abcdef_bg.wasm",
            "data/catalogue.vi.bin",
            "data/forms/nd20-04-0123456789abcdef.vi.bin",
        ];
        for file in files {
            assert_eq!(PARTS.iter().filter(|part| (part.belongs)(file)).count(), 1, "{file}");
        }
    }
}
