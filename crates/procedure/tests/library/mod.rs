//! The project's `forms/` as the tests read it, alone or with other folders laid over it.
#![allow(dead_code, reason = "every test file uses some of it")]

use procedure::source::{Files, Library};
use std::path::Path;

/// Every file of the project's `forms/` and of these folders (from the workspace's root); no two may share a path.
pub fn files_with(folders: &[&str]) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Files::new();
    for folder in ["forms"].iter().chain(folders) {
        read(&root.join(folder), &root.join(folder), &mut files);
    }
    files
}

/// Every file of the project's `forms/`.
pub fn files() -> Files {
    files_with(&[])
}

/// What the files say.
pub fn load(files: &Files) -> Library {
    Library::load(files).unwrap_or_else(|errors| panic!("the forms do not load:\n{errors}"))
}

/// The answers of an example.
pub fn example(files: &Files, path: &str) -> form::Answers {
    let text: serde_json::Value = serde_json::from_str(&files[path]).unwrap();
    serde_json::from_value(text["answers"].clone()).unwrap()
}

fn read(folder: &Path, root: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, root, files);
        } else if path.extension().is_some_and(|kind| ["toml", "tsv", "json", "typ"].iter().any(|read| kind == *read)) {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let before = files.insert(name, std::fs::read_to_string(&path).unwrap());
            assert!(before.is_none(), "{} is there twice", path.display());
        }
    }
}
