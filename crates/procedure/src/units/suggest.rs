//! Suggests units while somebody types: by the name of today, or of a ward, district or province of before.

use super::{UnitsBook, stands};
use crate::search::{Fit, fit};
use form::Date;
use form::text::fold;

/// One unit offered for what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The unit's code.
    pub code: String,
    /// Kind and name, with a capital: "Xã Triệu Phong".
    pub label: String,
    /// The old name that was typed, when it was not the name of today: "xã Triệu Độ, huyện Triệu Phong".
    pub was: Option<String>,
}

/// How near a text is to what was typed. The order is the ranking.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Every word is there, some with a slip of the finger.
    Slips,
    /// Its first letters were typed, or every word or its beginning is there.
    Words,
    /// It begins with what was typed.
    Begins,
    /// It is what was typed.
    Same,
}

/// Which name was typed. The order is the ranking among names equally near.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    District,
    Former,
    Today,
}

impl UnitsBook {
    /// Provinces that fit what was typed, the best first; all of them, in order, when nothing was.
    #[must_use]
    pub fn suggest_provinces(&self, typed: &str, on: Date) -> Vec<Suggestion> {
        let units = self.provinces.iter().filter(|unit| stands(unit.from, unit.until, on));
        rank(typed, units.map(|unit| (unit.code.as_str(), unit.label.as_str(), unit.name(), unit.former.as_slice())))
    }

    /// Communes of a loaded province that fit what was typed, the best first, at most `limit`.
    ///
    /// The name of a district gives all communes on its land.
    #[must_use]
    pub fn suggest_communes(&self, province: &str, typed: &str, on: Date, limit: usize) -> Vec<Suggestion> {
        let units = self.communes(province).unwrap_or_default().iter().filter(|unit| stands(unit.from, unit.until, on));
        let mut found = rank(
            typed,
            units.map(|unit| (unit.code.as_str(), unit.label.as_str(), unit.name(), unit.former.as_slice())),
        );
        found.truncate(limit);
        found
    }
}

fn rank<'a>(typed: &str, units: impl Iterator<Item = (&'a str, &'a str, &'a str, &'a [String])>) -> Vec<Suggestion> {
    let typed = fold(typed);
    let mut found = Vec::new();
    for (code, label, name, former) in units {
        let today = near(&typed, label, name).map(|near| (near, Which::Today, None));
        let before = former.iter().filter_map(|old| near_former(&typed, old));
        // Of names equally near, the first one listed is shown.
        let best = today.into_iter().chain(before).fold(None, |best, next| match best {
            Some((near, which, _)) if (near, which) >= (next.0, next.1) => best,
            _ => Some(next),
        });
        if let Some((near, which, was)) = best {
            let suggestion = Suggestion { code: code.to_owned(), label: capital(label), was: was.map(str::to_owned) };
            found.push((near, which, suggestion));
        }
    }
    // A stable sort: units equally near stay in the order of their names.
    found.sort_by_key(|(near, which, _)| core::cmp::Reverse((*near, *which)));
    found.into_iter().map(|(.., suggestion)| suggestion).collect()
}

/// How near "xã Hải Ba, huyện Hải Lăng" is, by its ward, by its district, or by both together.
fn near_former<'a>(typed: &str, old: &'a str) -> Option<(Nearness, Which, Option<&'a str>)> {
    let ward = old.split(", ").next().unwrap_or(old);
    let district = old.rsplit(", ").next().filter(|district| *district != ward);
    let by_ward = near(typed, ward, without_kind(ward)).map(|near| (near, Which::Former, Some(old)));
    let by_district =
        district.and_then(|name| near(typed, name, without_kind(name)).map(|near| (near, Which::District, Some(name))));
    // In so many words nearly anything is there with a slip.
    let both = || near(typed, old, without_kind(old)).filter(|near| *near > Nearness::Slips);
    match (by_ward, by_district) {
        (Some(ward), Some(district)) if (ward.0, ward.1) < (district.0, district.1) => Some(district),
        (Some(ward), _) => Some(ward),
        (None, Some(district)) => Some(district),
        (None, None) => both().map(|near| (near, Which::Former, Some(old))),
    }
}

fn without_kind(name: &str) -> &str {
    ["thị trấn ", "thành phố ", "thị xã ", "phường ", "huyện ", "quận ", "tỉnh ", "xã "]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        // "Phường 1" would be found by any 1: there the kind is part of the name.
        .filter(|rest| !rest.starts_with(|sign: char| sign.is_ascii_digit()))
        .unwrap_or(name)
}

fn near(typed: &str, label: &str, name: &str) -> Option<Nearness> {
    let (label, name) = (fold(label), fold(name));
    if typed == name || typed == label {
        return Some(Nearness::Same);
    }
    if name.starts_with(typed) || label.starts_with(typed) {
        return Some(Nearness::Begins);
    }
    let worst = typed.split(' ').map(|word| fit(word, &label)).min().flatten();
    match worst {
        Some(Fit::Slip) => Some(Nearness::Slips),
        Some(_) => Some(Nearness::Words),
        // "da krong" for Đakrông, and "qt" or "hcm" for the first letters.
        None if joined(&name).starts_with(&joined(typed)) || initials(&name) == typed => Some(Nearness::Words),
        None => None,
    }
}

fn joined(text: &str) -> String {
    text.split(' ').collect()
}

fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).collect()
}

fn capital(label: &str) -> String {
    let mut signs = label.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}
