//! What an office sets for petitions: how soon they are received and answered, who has what nobody is named for, and the
//! fields people choose from. One file, `forms/petitions.toml`.

use procedure::{Agencies, Agency};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The rules of an installation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Within how many working days a unit receives a petition, or passes it on, counted from when it came there.
    pub receive_days: u8,
    /// Within how many working days it is answered, counted from when it was sent; passing it on does not begin anew.
    pub answer_days: u8,
    /// Code of the unit that has what was sent to no unit; the one that stands above all others, when nothing is said.
    #[serde(default)]
    pub unit: Option<String>,
    /// What petitions are about, in the order in which they are offered.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// Something that petitions are about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in addresses and in the store.
    pub id: String,
    /// What people read.
    pub name: String,
}

impl Rules {
    /// Reads `petitions.toml`.
    ///
    /// # Errors
    /// What is wrong with it, with its place.
    pub fn load(text: &str) -> Result<Self, String> {
        let rules: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if rules.receive_days == 0 || rules.answer_days < rules.receive_days {
            return Err("receive_days is at least 1, and answer_days not less than it".to_owned());
        }
        let plain = |id: &str| !id.is_empty() && id.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'-');
        if let Some(field) = rules.fields.iter().find(|field| !plain(&field.id) || field.name.trim().is_empty()) {
            return Err(format!("the field \"{}\" needs an id of small letters and dashes, and a name", field.id));
        }
        let ids: BTreeSet<&str> = rules.fields.iter().map(|field| field.id.as_str()).collect();
        if ids.is_empty() || ids.len() != rules.fields.len() {
            return Err("there is at least one field, and no id stands twice".to_owned());
        }
        Ok(rules)
    }

    /// The field with this id.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The unit that has what was sent to no unit.
    #[must_use]
    pub fn unit_of_nobody<'a>(&self, agencies: &'a Agencies) -> Option<&'a Agency> {
        let named = self.unit.as_deref().and_then(|code| agencies.find(code));
        named.or_else(|| agencies.0.iter().find(|agency| agency.parent.is_none()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "receive_days = 5\nanswer_days = 15\n[[field]]\nid = \"khac\"\nname = \"Việc khác\"\n";

    #[test]
    fn a_file_with_a_mistake_is_refused() {
        assert!(Rules::load(GOOD).is_ok());
        for (from, to) in [
            ("receive_days = 5", "receive_days = 0"),
            ("receive_days = 5", "receive_days = 16"),
            ("receive_days = 5", "recieve_days = 5"),
            ("id = \"khac\"", "id = \"Khác\""),
            ("name = \"Việc khác\"", "name = \" \""),
            ("[[field]]", "[[field]]\nid = \"khac\"\nname = \"Hai lần\"\n[[field]]"),
        ] {
            assert!(Rules::load(&GOOD.replacen(from, to, 1)).is_err(), "{to}");
        }
    }
}
