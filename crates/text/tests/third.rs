//! A third language is one more file in `texts/`; nothing else names it, and what it lacks is listed.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "../table.rs"]
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use table::Table;

/// The project's languages in a folder of their own, and a third that holds only this.
fn with_third(name: &str, text: &str) -> Table {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    for entry in fs::read_dir(ours).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    fs::write(folder.join("xx.toml"), text).unwrap();
    Table::read(&folder).unwrap()
}

#[test]
fn one_file_makes_a_language_and_what_it_lacks_is_listed() {
    let table = with_third("third", "[frame]\nskip = \"Xx skip\"\n[nowhere]\nelse = \"stray\"\n");
    let codes: Vec<&str> = table.others.iter().map(|language| language.code.as_str()).collect();
    assert_eq!(codes, ["en", "xx"]);
    let third = &table.others[1];
    let rows = || table.vietnamese.keys().zip(&third.row);
    assert_eq!(rows().find(|(name, _)| *name == "frame.skip").unwrap().1, "Xx skip");
    let missing: Vec<&String> = rows().filter(|(_, text)| text.is_empty()).map(|(name, _)| name).collect();
    assert_eq!(missing.len(), table.vietnamese.len() - 1);
    assert!(missing.iter().any(|name| *name == "home.title"));
    assert_eq!(third.strays, ["nowhere.else"]);
}

#[test]
fn a_copy_of_english_lacks_nothing() {
    let english = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("texts/en.toml")).unwrap();
    let table = with_third("whole", &english);
    assert!(table.others.iter().all(|language| language.row.iter().all(|text| !text.is_empty())));
    assert!(table.others.iter().all(|language| language.strays.is_empty()));
}
