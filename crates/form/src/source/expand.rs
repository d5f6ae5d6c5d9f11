//! Putting shared groups in place: `use = "person"` becomes the group's questions, with a prefix and changes.

use super::{Shelf, question::WrittenQuestion};
use crate::{Condition, Question, Required};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The use of a shared group in place of a question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Use {
    #[serde(rename = "use")]
    group: String,
    /// Stands before every id of the group.
    #[serde(default)]
    prefix: String,
    /// Replaces `{name}` in the group's texts.
    #[serde(default)]
    with: BTreeMap<String, String>,
    /// Leaves these questions of the group out.
    #[serde(default)]
    except: Vec<String>,
    /// Takes only these questions of the group.
    #[serde(default)]
    only: Vec<String>,
    /// Shown only then, beside the group's own conditions.
    #[serde(default)]
    show: Option<Condition>,
    /// Replaces single fields of single questions.
    #[serde(default)]
    change: BTreeMap<String, toml::Table>,
}

/// One question, or the questions of the group it uses.
pub(super) fn expand(table: toml::Table, shelf: &Shelf) -> Result<Vec<Question>, String> {
    if !table.contains_key("use") {
        return Ok(vec![build(table, shelf)?]);
    }
    let used: Use = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let group = shelf
        .groups
        .get(&used.group)
        .ok_or_else(|| format!("there is no group \"{}\" in forms/shared/", used.group))?;
    let id_of = |table: &toml::Table| table.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
    let ids: BTreeSet<String> = group.iter().map(id_of).collect();
    if let Some(stray) = used.except.iter().chain(&used.only).chain(used.change.keys()).find(|id| !ids.contains(*id)) {
        return Err(format!("the group \"{}\" has no question \"{stray}\"", used.group));
    }
    let mut questions = Vec::new();
    for table in group {
        let id = id_of(table);
        if used.except.contains(&id) || (!used.only.is_empty() && !used.only.contains(&id)) {
            continue;
        }
        let mut table = table.clone();
        for (field, value) in used.change.get(&id).into_iter().flatten() {
            table.insert(field.clone(), value.clone());
        }
        let mut value = toml::Value::Table(table);
        fill(&mut value, &used.with);
        let toml::Value::Table(table) = value else {
            continue;
        };
        let mut question = build(table, shelf).map_err(|says| format!("in the group \"{}\": {says}", used.group))?;
        question.prefix(&used.prefix, &ids);
        if let Some(outer) = &used.show {
            question.show = Some(match question.show.take() {
                Some(own) => Condition::All(vec![outer.clone(), own]),
                None => outer.clone(),
            });
        }
        questions.push(question);
    }
    Ok(questions)
}

fn build(table: toml::Table, shelf: &Shelf) -> Result<Question, String> {
    let id = table.get("id").and_then(toml::Value::as_str).unwrap_or("?").to_owned();
    let written: WrittenQuestion =
        table.try_into().map_err(|error: toml::de::Error| format!("question \"{id}\": {}", error.message()))?;
    written.build(shelf).map_err(|says| format!("question \"{id}\": {says}"))
}

/// Puts the words of `with` into every text.
fn fill(value: &mut toml::Value, with: &BTreeMap<String, String>) {
    match value {
        toml::Value::String(text) => {
            for (name, word) in with {
                *text = text.replace(&format!("{{{name}}}"), word);
            }
        }
        toml::Value::Array(parts) => parts.iter_mut().for_each(|part| fill(part, with)),
        toml::Value::Table(table) => table.iter_mut().for_each(|(_, part)| fill(part, with)),
        _ => {}
    }
}

impl Question {
    /// Puts the prefix before its id and before the names of its group that it looks at.
    fn prefix(&mut self, prefix: &str, ids: &BTreeSet<String>) {
        self.id.insert_str(0, prefix);
        self.visit(&mut |name| {
            if ids.contains(name) {
                name.insert_str(0, prefix);
            }
        });
    }

    /// Calls `visit` with the name of every other question it looks at.
    pub(super) fn visit(&mut self, visit: &mut dyn FnMut(&mut String)) {
        self.kind.visit(visit);
        let required = match &mut self.required {
            Required::When(condition) => Some(condition),
            Required::Always | Required::Never => None,
        };
        required.into_iter().chain(&mut self.show).for_each(|condition| condition.visit(visit));
        if let Some((tells, of)) = self.card.split_once('=') {
            let mut of = of.to_owned();
            visit(&mut of);
            self.card = [tells, "=", &of].concat();
        }
        self.visit_rules(visit);
    }

    /// The same for its rules, which may look at any question.
    pub(super) fn visit_rules(&mut self, visit: &mut dyn FnMut(&mut String)) {
        for rule in &mut self.rules {
            rule.when.iter_mut().chain(core::iter::once(&mut rule.holds)).for_each(|condition| condition.visit(visit));
        }
    }
}
