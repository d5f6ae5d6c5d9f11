//! What many forms share: groups of questions and lists of choices.

use super::{LoadError, toml_error};
use crate::Choosable;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The groups of `forms/shared/` and the lists of `forms/lists/`, by name.
#[derive(Default)]
pub struct Shelf {
    pub(super) groups: BTreeMap<String, Vec<toml::Table>>,
    pub(super) lists: BTreeMap<String, Vec<Choosable>>,
}

/// A shared group as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenGroup {
    #[expect(dead_code, reason = "kept in the file, read by people")]
    title: String,
    question: Vec<toml::Table>,
}

/// A list as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenList {
    #[expect(dead_code, reason = "kept in the file, read by people")]
    title: String,
    #[serde(default)]
    #[expect(dead_code, reason = "kept in the file, read by people")]
    source: String,
    option: Vec<super::question::WrittenOption>,
}

impl Shelf {
    /// Adds `forms/shared/<name>.toml`.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn add_group(&mut self, name: &str, file: &str, text: &str) -> Result<(), LoadError> {
        let group: WrittenGroup = read(file, text)?;
        self.groups.insert(name.to_owned(), group.question);
        Ok(())
    }

    /// Adds `forms/lists/<name>.toml`.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn add_list(&mut self, name: &str, file: &str, text: &str) -> Result<(), LoadError> {
        let list: WrittenList = read(file, text)?;
        self.lists.insert(name.to_owned(), list.option.into_iter().map(Into::into).collect());
        Ok(())
    }
}

fn read<'de, T: Deserialize<'de>>(file: &str, text: &'de str) -> Result<T, LoadError> {
    toml::from_str(text).map_err(|error| toml_error(file, text, &error))
}
