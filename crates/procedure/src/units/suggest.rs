//! Suggests units while somebody types: by the name of today, or of a ward, district or province of before.

use super::{Commune, Province, UnitsBook, stands};
use crate::search::{Fit, best_first, fit};
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

/// What a unit is found by.
struct Named<'a> {
    code: &'a str,
    label: &'a str,
    former: &'a [String],
}

impl<'a> From<&'a Province> for Named<'a> {
    fn from(unit: &'a Province) -> Self {
        Self { code: &unit.code, label: &unit.label, former: &unit.former }
    }
}

impl<'a> From<&'a Commune> for Named<'a> {
    fn from(unit: &'a Commune) -> Self {
        Self { code: &unit.code, label: &unit.label, former: &unit.former }
    }
}

impl UnitsBook {
    /// Provinces that fit what was typed, the best first; all of them, in order, when nothing was.
    #[must_use]
    pub fn suggest_provinces(&self, typed: &str, on: Date) -> Vec<Suggestion> {
        let units = self.provinces.iter().filter(|unit| stands(unit.from, unit.until, on));
        rank(typed, &units.map(Named::from).collect::<Vec<_>>(), usize::MAX)
    }

    /// Communes of a loaded province that fit what was typed, the best first, at most `limit`.
    ///
    /// The name of a district gives all communes on its land.
    #[must_use]
    pub fn suggest_communes(&self, province: &str, typed: &str, on: Date, limit: usize) -> Vec<Suggestion> {
        let units = self.communes(province).unwrap_or_default().iter().filter(|unit| stands(unit.from, unit.until, on));
        rank(typed, &units.map(Named::from).collect::<Vec<_>>(), limit)
    }
}

fn rank(typed: &str, units: &[Named<'_>], limit: usize) -> Vec<Suggestion> {
    let typed = fold(typed);
    let mut found = Vec::new();
    let mut names = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let mut best = near(&typed, &fold(unit.label)).map(|near| (near, Which::Today, None));
        for old in unit.former {
            // Of names equally near, the first one listed is shown.
            best = match (best, near_former(&typed, old)) {
                (Some(best), Some(next)) if (best.0, best.1) < (next.0, next.1) => Some(next),
                (None, next) => next,
                (best, _) => best,
            };
        }
        if let Some((near, which, was)) = best {
            found.push((near as u32 * 4 + which as u32, place));
            names.push((place, was));
        }
    }
    best_first(&mut found);
    found.truncate(limit);
    let was = |place| names.iter().find(|(of, _)| *of == place).and_then(|(_, was)| was.map(str::to_owned));
    let suggestion = |place: usize| {
        units.get(place).map(|unit| Suggestion {
            code: unit.code.to_owned(),
            label: capital(unit.label),
            was: was(place),
        })
    };
    found.into_iter().filter_map(|(_, place)| suggestion(place)).collect()
}

/// How near "xã Hải Ba, huyện Hải Lăng" is, by its ward, by its district, or by both together.
fn near_former<'a>(typed: &str, old: &'a str) -> Option<(Nearness, Which, Option<&'a str>)> {
    let Some((ward, district)) = old.split_once(',') else {
        return near(typed, &fold(old)).map(|near| (near, Which::Former, Some(old)));
    };
    let (ward, mut both) = (fold(ward), fold(district));
    let by_ward = near(typed, &ward).map(|near| (near, Which::Former, Some(old)));
    let by_district = near(typed, &both).map(|near| (near, Which::District, Some(district.trim_start())));
    match (by_ward, by_district) {
        (Some(ward), Some(district)) if (ward.0, ward.1) < (district.0, district.1) => Some(district),
        (None, None) => {
            both.insert(0, ' ');
            both.insert_str(0, &ward);
            // In so many words nearly anything is there with a slip.
            let near = near(typed, &both).filter(|near| *near > Nearness::Slips)?;
            Some((near, Which::Former, Some(old)))
        }
        (by_ward, by_district) => by_ward.or(by_district),
    }
}

/// How near a folded name is, with its kind or without.
fn near(typed: &str, label: &str) -> Option<Nearness> {
    let name = without_kind(label);
    if typed == name || typed == label {
        return Some(Nearness::Same);
    }
    if name.starts_with(typed) || label.starts_with(typed) {
        return Some(Nearness::Begins);
    }
    let worst = typed.split(' ').map(|word| fit(word, label)).min().flatten();
    match worst {
        Some(Fit::Slip) => Some(Nearness::Slips),
        Some(_) => Some(Nearness::Words),
        // "da krong" for Đakrông, and "qt" or "hcm" for the first letters.
        None if joins(name, typed) || initials(name, typed) => Some(Nearness::Words),
        None => None,
    }
}

/// A folded label without the kind of unit it begins with.
fn without_kind(label: &str) -> &str {
    ["xa ", "phuong ", "thi tran ", "huyen ", "thi xa ", "thanh pho ", "quan ", "tinh ", "dac khu "]
        .iter()
        .find_map(|kind| label.strip_prefix(kind))
        // "Phường 1" would be found by any 1: there the kind is part of the name.
        .filter(|rest| !rest.starts_with(|sign: char| sign.is_ascii_digit()))
        .unwrap_or(label)
}

/// Whether the name begins with what was typed when spaces are not looked at.
fn joins(name: &str, typed: &str) -> bool {
    let mut letters = name.bytes().filter(|sign| *sign != b' ');
    typed.bytes().filter(|sign| *sign != b' ').all(|sign| letters.next() == Some(sign))
}

/// Whether the first letters of the name's words were typed.
fn initials(name: &str, typed: &str) -> bool {
    name.split(' ').filter_map(|word| word.bytes().next()).eq(typed.bytes())
}

/// The kinds of units begin with đ or a letter of ASCII, which saves the tables of capitals.
fn capital(label: &str) -> String {
    let mut signs = label.chars();
    let first = signs.next().map(|first| if first == 'đ' { 'Đ' } else { first.to_ascii_uppercase() });
    first.into_iter().chain(signs).collect()
}
