//! Finds the commune of today for a unit of before, as old papers name it: ward, district, province.
//!
//! Papers write "TT. Diên Sanh", "P.5" or only "Hải Dương"; kinds may be there or not, and a ward that was split, or a
//! name that cannot be told apart, gives several communes: then the citizen says which.

use super::{Commune, Province, UnitsBook, stands};
use form::Date;
use form::text::{fold, tidy};

/// The last day with districts (Resolution 202/2025/QH15 and the decisions on communes of June 2025).
pub const LAST_DAY_OF_DISTRICTS: Date = Date { year: 2025, month: 6, day: 30 };

/// How papers shorten the kinds of units, folded; each row is one kind.
const KINDS: [&[&str]; 10] = [
    &["thi tran", "tt"],
    &["thi xa", "tx"],
    &["thanh pho", "tp"],
    &["dac khu"],
    &["phuong", "p"],
    &["huyen", "h"],
    &["quan", "q"],
    &["tinh", "t"],
    &["xa", "x"],
    &["huyen dao"],
];

/// A name as written, cut into kind and bare name.
struct Named {
    kind: Option<usize>,
    /// Folded: people and papers leave marks out.
    bare: String,
    /// The whole in small letters with its marks: sixteen districts had communes that only marks tell apart.
    marked: String,
}

impl Named {
    fn read(text: &str) -> Self {
        let (folded, marked) = (fold(text), tidy(text, false).to_lowercase());
        for (kind, words) in KINDS.iter().enumerate() {
            for word in *words {
                let Some(rest) = folded.strip_prefix(word) else { continue };
                // "TX Quảng Trị", "P.5", "P5" and "Quận 3", but neither "Phan Thiết" nor a place that is called "Xã".
                let digits = rest.starts_with(|sign: char| sign.is_ascii_digit());
                if let Some(bare) = rest.strip_prefix(' ').or(digits.then_some(rest)).filter(|bare| !bare.is_empty()) {
                    return Self { kind: Some(kind), bare: bare.trim_start_matches('0').to_owned(), marked };
                }
            }
        }
        Self { kind: None, bare: folded, marked }
    }

    /// The same bare name; what only one of them says does not part them.
    fn fits(&self, other: &Self) -> bool {
        self.bare == other.bare && !self.bare.is_empty()
    }

    /// How well they fit: marks weigh more than the kind, which papers often leave out.
    fn nearness(&self, other: &Self) -> u8 {
        let same_kind = self.kind.is_some() && self.kind == other.kind;
        let same_marks = self.marked.ends_with(&other.marked) || other.marked.ends_with(&self.marked);
        if self.fits(other) { 1 + u8::from(same_kind) + 4 * u8::from(same_marks) } else { 0 }
    }
}

impl UnitsBook {
    /// The province of today with this name, or the one on whose land the province of before lies.
    #[must_use]
    pub fn province_called(&self, name: &str, on: Date) -> Option<&Province> {
        let name = Named::read(&name.replace("HCM", "Hồ Chí Minh").replace("TPHồ", "TP Hồ"));
        let mut today = self.provinces.iter().filter(|unit| stands(unit.from, unit.until, on));
        let is_called = |label: &String| Named::read(label).fits(&name);
        today
            .clone()
            .find(|unit| is_called(&unit.label))
            .or_else(|| today.find(|unit| unit.former.iter().any(is_called)))
    }

    /// Communes of today on the land of a ward of before, by its name and its district's; the province must be loaded.
    #[must_use]
    pub fn communes_of_ward(&self, province: &str, ward: &str, district: &str, on: Date) -> Vec<&Commune> {
        let (ward, district) = (Named::read(ward), Named::read(district));
        self.communes_with(province, on, |old_ward, old_district| {
            // Nineteen districts had a town and a commune of one name; some districts share theirs with a city.
            let (near, district) = (old_ward.nearness(&ward), old_district.nearness(&district));
            if near == 0 || district == 0 { 0 } else { near + district }
        })
    }

    /// Communes of today on the land of a whole district of before: for a ward that had ended earlier.
    #[must_use]
    pub fn communes_of_district(&self, province: &str, district: &str, on: Date) -> Vec<&Commune> {
        let district = Named::read(district);
        self.communes_with(province, on, |_, old_district| old_district.nearness(&district))
    }

    /// Communes of today with this very name.
    #[must_use]
    pub fn communes_called(&self, province: &str, name: &str, on: Date) -> Vec<&Commune> {
        let name = Named::read(name);
        best(self.standing(province, on).map(|unit| (Named::read(&unit.label).nearness(&name), unit)))
    }

    /// The communes of which a former unit scores best; none where all score 0.
    fn communes_with(&self, province: &str, on: Date, score: impl Fn(&Named, &Named) -> u8) -> Vec<&Commune> {
        best(self.standing(province, on).map(|unit| {
            let scores = unit.former.iter().map(|old| {
                // Five island districts had no wards.
                let (ward, district) = old.split_once(',').unwrap_or(("", old));
                score(&Named::read(ward), &Named::read(district))
            });
            (scores.max().unwrap_or(0), unit)
        }))
    }

    fn standing(&self, province: &str, on: Date) -> impl Iterator<Item = &Commune> {
        self.communes(province).unwrap_or_default().iter().filter(move |unit| stands(unit.from, unit.until, on))
    }
}

fn best<'a>(scored: impl Iterator<Item = (u8, &'a Commune)>) -> Vec<&'a Commune> {
    let scored: Vec<(u8, &Commune)> = scored.filter(|(score, _)| *score > 0).collect();
    let most = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    scored.into_iter().filter(|(score, _)| *score == most).map(|(_, unit)| unit).collect()
}
