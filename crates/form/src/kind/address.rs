//! An address: province and commune from today's list, then village, street and house in the person's words.

use super::{Read, Reading};
use crate::{Answers, Code, Known, Units, Value, answers, text};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// The parts of an address.
pub const PARTS: [&str; 3] = ["province", "commune", "detail"];

/// An address of the two levels in force since 1 July 2025 (Decision 19/2025/QĐ-TTg: provinces of 2 digits, communes of 5).
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Address {
    /// Village, street and house must be told too.
    pub detailed: bool,
}

/// The most characters of village, street and house.
const LONGEST: usize = 200;

impl Address {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.answers.part(reading.place, "detail");
        if text::forbidden(typed).is_some() {
            return Read::bad(reading.problem(Code::ForbiddenSign, ""));
        }
        let [province, commune, detail] = PARTS.map(|part| reading.tidy_part(part));
        if province.is_empty() && commune.is_empty() && detail.is_empty() {
            return Read::empty();
        }
        if province.is_empty() || commune.is_empty() || (self.detailed && detail.is_empty()) {
            let missing = if province.is_empty() {
                "province"
            } else if commune.is_empty() {
                "commune"
            } else {
                "detail"
            };
            return Read::bad(reading.problem(Code::AddressIncomplete, missing));
        }
        if text::length(&detail) > LONGEST {
            return Read::bad(reading.problem(Code::TooLong, LONGEST.to_string()));
        }
        if reading.given.units.commune(&province, &commune, reading.given.today) == Known::No {
            return Read::bad(reading.problem(Code::AddressUnknown, ""));
        }
        let value = Value::Text([&province, "/", &commune, "/", &detail].concat());
        let kept = [("province", province), ("commune", commune), ("detail", detail)];
        Read {
            value: Some(value),
            kept: kept.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
            problems: Vec::new(),
        }
    }

    #[expect(clippy::unused_self, reason = "every kind shows by the same call")]
    pub(super) fn show(&self, answers: &Answers, place: &str, units: &dyn Units) -> String {
        let text = |part| answers.get(&answers::join(place, part)).trim();
        let (province, commune) = (text("province"), text("commune"));
        let names = [
            text("detail"),
            units.commune_name(commune).unwrap_or(commune),
            units.province_name(province).unwrap_or(province),
        ];
        let told: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        told.join(", ")
    }
}
