//! Agencies: the one-stop desks that receive dossiers.

use crate::Level;
use form::Date;
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A one-stop desk (Bộ phận Tiếp nhận và Trả kết quả) of an administrative unit.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Agency {
    /// Code of the unit: 5 digits for a commune, 3 for a district of before July 2025, 2 for a province.
    pub code: String,
    /// "UBND xã Triệu Phong".
    pub name: String,
    /// Of which level.
    pub level: Level,
    /// Code of the agency above it.
    pub parent: Option<String>,
    /// Where people come to.
    pub address: String,
    /// The help line.
    pub phone: String,
}

/// All agencies of the province.
#[derive(Clone, Debug, Default, PartialEq, Pack, Serialize, Deserialize)]
pub struct Agencies(pub Vec<Agency>);

impl Agencies {
    /// The agency with this code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Agency> {
        self.0.iter().find(|agency| agency.code == code)
    }

    /// A unit and those above it, from below.
    pub fn above<'a>(&'a self, agency: &'a Agency) -> impl Iterator<Item = &'a Agency> {
        // An agency stands below few others; a circle in the file must not hang anybody.
        std::iter::successors(Some(agency), |unit| self.find(unit.parent.as_deref()?)).take(4)
    }

    /// Those that receive this procedure on a day.
    pub fn receiving<'a>(&'a self, procedure: &'a crate::Procedure, on: Date) -> impl Iterator<Item = &'a Agency> {
        self.0.iter().filter(move |agency| procedure.receives_at(agency.level, on))
    }
}
