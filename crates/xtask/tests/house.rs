//! Who may know whom: the edges of `ARCHITECTURE.md`, held over `cargo metadata` and the sources themselves.

#![allow(clippy::expect_used)] // In a test a panic is the answer.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use text::{Key, Words};

/// Each crate of the house and the crates of the house it may name.
/// A new crate gets its line here, and in `ARCHITECTURE.md`.
const MAY_KNOW: [(&str, &[&str]); 25] = [
    ("pack-derive", &[]),
    ("pack", &["pack-derive"]),
    ("form", &["pack"]),
    ("procedure", &["form", "pack"]),
    ("account", &["form", "procedure"]),
    ("dossier", &["form", "procedure"]),
    ("card", &["form", "procedure"]),
    ("reader", &[]),
    ("scan", &["form", "procedure", "card", "pack"]),
    ("posting", &["form", "procedure"]),
    ("petition", &["form", "procedure"]),
    ("text", &["form", "pack"]),
    ("picture", &["dossier"]),
    ("receipt", &["procedure", "dossier"]),
    ("payment", &["form", "procedure"]),
    ("wire", &["form", "procedure", "dossier", "receipt"]),
    ("store", &["form", "procedure", "account", "dossier", "payment", "petition"]),
    ("pdf", &["form", "procedure"]),
    ("pdf-signature", &[]),
    ("plain", &["account", "form", "procedure", "text", "wire"]),
    (
        "api",
        &[
            "form",
            "procedure",
            "account",
            "dossier",
            "receipt",
            "payment",
            "text",
            "wire",
            "store",
            "pdf",
            "pdf-signature",
            "plain",
            "posting",
            "petition",
        ],
    ),
    ("markup", &[]),
    ("ui", &["form", "text", "wire", "markup"]),
    ("officer", &["form", "procedure", "dossier", "text", "wire", "ui"]),
    ("portal", &["form", "procedure", "dossier", "receipt", "text", "wire", "ui", "markup", "pack"]),
];

/// Crates that may know everybody, and that nobody may know.
const OUTSIDE: [&str; 4] = ["bench", "gateway", "testkit", "xtask"];

/// Libraries that belong to one place: outside it, nobody names them.
const ONLY: [(&str, &[&str]); 34] = [
    ("icu_collator", &["posting"]),
    ("maud", &["plain"]),
    ("argon2", &["account"]),
    ("totp-rs", &["account"]),
    ("calamine", &["api"]),
    ("csv", &["api"]),
    ("ureq", &["api"]),
    ("rust_xlsxwriter", &["api"]),
    ("axum", &["api"]),
    ("axum-extra", &["api"]),
    ("tower-http", &["api"]),
    ("hyper", &["api"]),
    ("lettre", &["api"]),
    ("tokio", &["api", "store"]),
    ("rusqlite", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("sqlx", &["store"]),
    ("reactive_graph", &["portal", "ui"]),
    ("leptos_dom", &["portal", "ui"]),
    ("web-sys", &["portal", "officer", "ui"]),
    ("js-sys", &["portal", "officer", "ui"]),
    ("wasm-bindgen", &["portal", "officer", "ui", "picture", "reader", "scan"]),
    ("wasm-bindgen-futures", &["portal", "officer", "ui"]),
    ("gloo-net", &["portal", "ui"]),
    ("getrandom", &["api"]),
    ("rand", &["api"]),
    ("typst", &["pdf"]),
    ("rqrr", &["reader"]),
    ("typst-layout", &["pdf"]),
    ("typst-pdf", &["pdf"]),
    ("typst-render", &["pdf"]),
    ("cms", &["pdf-signature"]),
    ("x509-cert", &["pdf-signature"]),
    ("rsa", &["pdf-signature"]),
];

/// Crates that know no clock, chance, disk or network, and the words that would show that they do.
const PURE: [&str; 15] = [
    "pack",
    "form",
    "procedure",
    "account",
    "dossier",
    "receipt",
    "text",
    "wire",
    "picture",
    "card",
    "reader",
    "plain",
    "pdf-signature",
    "posting",
    "petition",
];
const WORLD: [&str; 6] = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now"];

#[test]
fn a_crate_knows_only_whom_it_may() {
    let house = house();
    let names: BTreeSet<&str> = house.keys().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for (name, known) in &house {
        if OUTSIDE.contains(&name.as_str()) {
            continue;
        }
        let Some((_, may)) = MAY_KNOW.iter().find(|(listed, _)| listed == name) else {
            wrong.push(format!("{name} has no line in MAY_KNOW"));
            continue;
        };
        for other in known.iter().filter(|other| names.contains(other.as_str())) {
            if !may.contains(&other.as_str()) {
                wrong.push(format!("{name} names {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_library_is_named_only_in_its_place() {
    let mut wrong = Vec::new();
    for (name, known) in house() {
        for (library, places) in ONLY {
            let outside = !OUTSIDE.contains(&name.as_str()) && !places.contains(&name.as_str());
            if outside && known.contains(library) {
                wrong.push(format!("{name} names {library}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pure_crates_do_not_touch_the_world() {
    let mut wrong = Vec::new();
    for name in PURE {
        for file in sources(&root().join("crates").join(name).join("src")) {
            let text = read(&file);
            // Tests may read files; they stand last in a file, or in files of their own.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in WORLD.iter().filter(|word| code.contains(*word)) {
                wrong.push(format!("{} says {word}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_there_that_nobody_says() {
    let mut said = String::new();
    for folder in [
        "src",
        "crates/ui/src",
        "crates/officer/src",
        "crates/plain/src",
        "crates/api/src",
        "crates/text/src",
        "crates/xtask/src",
        "crates/xtask/tests",
    ] {
        sources(&root().join(folder)).iter().for_each(|file| said.push_str(&read(file)));
    }
    let said: BTreeSet<&str> = said
        .split("Key::")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
        .collect();
    let mut section = String::new();
    let mut unsaid = Vec::new();
    let texts = read(&root().join("crates/text/texts/vi.toml"));
    for line in texts.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let key: String = format!("{section}_{name}").split('_').map(capital).collect();
            if !said.contains(key.as_str()) {
                unsaid.push(format!("{section}.{name}"));
            }
        }
    }
    assert!(unsaid.is_empty(), "{}", unsaid.join("\n"));
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut files = sources(&root().join("src"));
    for name in house().keys().filter(|name| *name != "portal") {
        files.extend(sources(&root().join("crates").join(name)));
    }
    let mut wrong = Vec::new();
    for file in files {
        if !read(&file).starts_with("//! ") {
            wrong.push(format!("{} does not begin with //!", file.display()));
        }
        if file.ends_with("mod.rs") {
            wrong.push(format!("{}: use name.rs beside name/", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_first_view_says_what_the_program_will_say() {
    let page = read(&root().join("index.html"));
    let words = Words::vietnamese();
    for key in [Key::FrameSkip, Key::FrameProvince, Key::FrameName, Key::FrameTrack] {
        assert!(page.contains(words.get(key)), "index.html lacks “{}”", words.get(key));
    }
}

/// Every crate of the workspace with the names of all it depends on, tests left out: they may use anything.
fn house() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "cargo metadata failed");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let packages = metadata["packages"].as_array().expect("with packages");
    let named = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    packages
        .iter()
        .map(|package| {
            let known = package["dependencies"].as_array().into_iter().flatten();
            let known = known.filter(|dependency| dependency["kind"] != "dev");
            (named(package), known.map(named).collect())
        })
        .collect()
}

/// Every `.rs` file under a folder, except those that are only tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a source file is text")
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

#[test]
fn the_guides_name_what_stands_on_the_pages() {
    let mut site = String::new();
    // The end of entering a dossier at the desk stands on the citizens' receipt.
    for folder in ["crates/officer/src", "src/pages/receipt"] {
        for file in sources(&root().join(folder)) {
            site.push_str(&read(&file));
        }
    }
    let mut wrong = Vec::new();
    for guide in fs::read_dir(root().join("docs/guides")).expect("there are guides") {
        let path = guide.expect("a guide can be listed").path();
        if path.extension().is_none_or(|kind| kind != "md") {
            continue;
        }
        let text = read(&path);
        let named = text.split('«').skip(1).filter_map(|rest| rest.split('»').next());
        for name in named.filter(|name| *name != "…" && !name.starts_with("Còn ")) {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if !site.contains(&name) {
                wrong.push(format!("{}: «{name}» stands on no page", path.display()));
            }
        }
        let pictures = text.split("](pictures/").skip(1).filter_map(|rest| rest.split(')').next());
        for picture in pictures.filter(|picture| !root().join("docs/guides/pictures").join(picture).exists()) {
            wrong.push(format!("{}: there is no {picture}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
