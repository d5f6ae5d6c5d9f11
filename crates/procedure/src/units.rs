//! Provinces and communes: whether they existed on a day, and finding them by what people type, the old names too.
//!
//! Since 1 July 2025 there are provinces and communes only. People still think of the ward, district and province they
//! lived in before, so every unit of today carries the names of those it was made of.

#[cfg(feature = "source")]
pub mod source;
mod suggest;
#[cfg(test)]
mod tests;
pub mod trace;

pub use suggest::Suggestion;

use form::{Date, Known, Units};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// The kinds of units of the two levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
pub enum UnitKind {
    /// Tỉnh.
    Province,
    /// Thành phố under the central government.
    City,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Đặc khu.
    SpecialZone,
}

/// A province, or a city of that level.
#[derive(Clone, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
pub struct Province {
    /// Two digits, with the leading zero (Decision 19/2025/QĐ-TTg).
    pub code: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Kind and name: "tỉnh Quảng Trị".
    pub label: String,
    /// First day.
    pub from: Date,
    /// Last day, if it has ended.
    pub until: Option<Date>,
    /// Earlier provinces on its land, with another name: "tỉnh Quảng Bình".
    pub former: Vec<String>,
}

/// A commune, ward or special zone.
#[derive(Clone, Debug, PartialEq, Eq, Pack, Serialize, Deserialize)]
pub struct Commune {
    /// Five digits, with leading zeros (Decision 19/2025/QĐ-TTg).
    pub code: String,
    /// Its kind.
    pub kind: UnitKind,
    /// Kind and name: "xã Triệu Phong".
    pub label: String,
    /// First day.
    pub from: Date,
    /// Last day, if it has ended.
    pub until: Option<Date>,
    /// Earlier units on its land: "xã Triệu Độ, huyện Triệu Phong". A ward that was split stands with every part.
    pub former: Vec<String>,
}

/// The units that are known here: all provinces, and the communes of the provinces loaded so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitsBook {
    provinces: Vec<Province>,
    loaded: Vec<(String, Vec<Commune>)>,
}

impl UnitKind {
    /// What it is called before a name, in small letters.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Province => "tỉnh",
            Self::City => "thành phố",
            Self::Commune => "xã",
            Self::Ward => "phường",
            Self::SpecialZone => "đặc khu",
        }
    }

    /// The kind with that word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        [Self::Province, Self::City, Self::Commune, Self::Ward, Self::SpecialZone]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

impl Province {
    /// The name alone: "Quảng Trị".
    #[must_use]
    pub fn name(&self) -> &str {
        name_of(&self.label, self.kind)
    }
}

impl Commune {
    /// The name alone: "Triệu Phong".
    #[must_use]
    pub fn name(&self) -> &str {
        name_of(&self.label, self.kind)
    }
}

fn name_of(label: &str, kind: UnitKind) -> &str {
    label.strip_prefix(kind.word()).map_or(label, str::trim_start)
}

fn stands(from: Date, until: Option<Date>, on: Date) -> bool {
    from <= on && until.is_none_or(|last| on <= last)
}

impl UnitsBook {
    /// A book of these provinces, with no communes yet.
    #[must_use]
    pub const fn new(provinces: Vec<Province>) -> Self {
        Self { provinces, loaded: Vec::new() }
    }

    /// Reads the browser's `provinces` file.
    ///
    /// Nothing, when the bytes are not such a file.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        pack::from_bytes(bytes).map(Self::new)
    }

    /// Adds the communes of one province, in place of those it had.
    pub fn add(&mut self, province: &str, communes: Vec<Commune>) {
        self.loaded.retain(|(code, _)| code != province);
        self.loaded.push((province.to_owned(), communes));
    }

    /// Adds the communes of one province from the browser's file of that province.
    ///
    /// Nothing is added, and nothing told, when the bytes are not such a file.
    pub fn load(&mut self, province: &str, bytes: &[u8]) -> Option<()> {
        self.add(province, pack::from_bytes(bytes)?);
        Some(())
    }

    /// All provinces, those that have ended too, in the order of their names.
    #[must_use]
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The communes of a province in the order of their names, or nothing while they are not loaded.
    #[must_use]
    pub fn communes(&self, province: &str) -> Option<&[Commune]> {
        self.loaded.iter().find(|(code, _)| code == province).map(|(_, communes)| communes.as_slice())
    }
}

impl Units for UnitsBook {
    fn commune(&self, province: &str, commune: &str, on: Date) -> Known {
        let exists = |unit: &Province| unit.code == province && stands(unit.from, unit.until, on);
        if !self.provinces.is_empty() && !self.provinces.iter().any(exists) {
            return Known::No;
        }
        match self.communes(province) {
            None => Known::NotLoaded,
            Some(communes) => {
                let exists = |unit: &Commune| unit.code == commune && stands(unit.from, unit.until, on);
                if communes.iter().any(exists) { Known::Yes } else { Known::No }
            }
        }
    }

    fn province_name(&self, province: &str) -> Option<&str> {
        self.provinces.iter().find(|unit| unit.code == province).map(|unit| unit.label.as_str())
    }

    fn commune_name(&self, commune: &str) -> Option<&str> {
        let mut all = self.loaded.iter().flat_map(|(_, communes)| communes);
        all.find(|unit| unit.code == commune).map(|unit| unit.label.as_str())
    }
}
