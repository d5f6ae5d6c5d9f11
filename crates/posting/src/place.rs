//! Places below the commune: which part of an address is a village, and whether enough people live there for it to be told.

use std::collections::BTreeMap;

/// A village is told only of at least so many people of one list; fewer are not told apart from the rest of the commune.
pub const LEAST_GROUP: usize = 5;
/// The most signs of a village's name; longer ones are something else.
const MOST_SIGNS: usize = 40;

/// The words by which villages and their like begin, longer ones before those that they begin with.
const KINDS: [&str; 13] = [
    "tổ dân phố",
    "khu dân cư",
    "khu phố",
    "thôn",
    "xóm",
    "làng",
    "bản",
    "ấp",
    "buôn",
    "khóm",
    "sóc",
    "tiểu khu",
    "tổ",
];

/// The village in what was written below the commune: "12 ngõ 3, Thôn  Đông" → "thôn Đông". Nothing when no part of it
/// between commas begins as a village does.
#[must_use]
pub fn village(detail: &str) -> Option<String> {
    detail.split([',', ';']).find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let part = words.join(" ");
        let lower = part.to_lowercase();
        let kind = KINDS.iter().find(|kind| lower.strip_prefix(**kind).is_some_and(|rest| rest.starts_with(' ')))?;
        // The words of a kind are as many in either case.
        let name = words.get(kind.split(' ').count()..)?.join(" ");
        let plain = |sign: char| sign.is_alphanumeric() || " -./".contains(sign);
        let fits = !name.is_empty() && name.chars().count() <= MOST_SIGNS && name.chars().all(plain);
        fits.then(|| format!("{kind} {name}"))
    })
}

/// The villages of a list that enough people live in, and how their names are written.
pub(crate) struct Groups(BTreeMap<String, String>);

impl Groups {
    pub(crate) fn of(villages: &[Option<String>]) -> Self {
        let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for village in villages.iter().flatten() {
            groups.entry(village.to_lowercase()).or_default().push(village);
        }
        groups.retain(|_, people| people.len() >= LEAST_GROUP);
        // Of several spellings the one most of them use, of equal ones the same one always.
        let spelling = |people: &[&str]| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            people.iter().for_each(|village| *counts.entry(village).or_default() += 1);
            counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or("", |(village, _)| village).to_owned()
        };
        Self(groups.iter().map(|(key, people)| (key.clone(), spelling(people))).collect())
    }

    /// The place as the public reads it.
    pub(crate) fn shown(&self, village: Option<&str>, commune: &str) -> String {
        match village.and_then(|village| self.0.get(&village.to_lowercase())) {
            Some(village) => format!("{village}, {commune}"),
            None => commune.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_village_is_found_in_what_people_write() {
        for (detail, found) in [
            ("thôn Thử", Some("thôn Thử")),
            ("  Thôn   An  Lợi ", Some("thôn An Lợi")),
            ("12 ngõ 3, THÔN Đông", Some("thôn Đông")),
            ("Khu phố 4; gần chợ", Some("khu phố 4")),
            ("tổ dân phố 7", Some("tổ dân phố 7")),
            ("Tổ 7", Some("tổ 7")),
            ("thôn", None),
            ("thônđông", None),
            ("số 5 đường Trần Phú", None),
            ("", None),
            ("nhà ở thôn Đông", None),
            ("thôn <b>Đông</b>", None),
            ("thôn có một cái tên dài đến nỗi không thể nào là tên của một thôn được", None),
        ] {
            assert_eq!(village(detail).as_deref(), found, "{detail}");
        }
    }
}
