//! The residence on a card, and the commune of today it lies in.
//!
//! Cards until June 2025 name village, ward, district and province of the 63; later ones village, commune and province of
//! the 34. The text does not say which; the day of issue does, where it can be read. Whatever is found, the citizen confirms.

use core::fmt;
use form::Date;
use form::text::tidy;
use procedure::units::trace::LAST_DAY_OF_DISTRICTS;
use procedure::units::{Commune, Province, UnitsBook};

/// Nơi thường trú as the card has it. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Residence(String);

/// A home of today that the residence may mean.
#[derive(Clone, PartialEq, Eq)]
pub struct Home {
    /// Two digits.
    pub province: String,
    /// Five digits.
    pub commune: String,
    /// "xã Mỹ Thủy, tỉnh Quảng Trị".
    pub label: String,
    /// House, street, village: what stood before the commune.
    pub detail: String,
}

impl fmt::Debug for Residence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Residence(…)")
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Home(…)")
    }
}

/// Homes offered at most: the communes on the land of the largest district are not more.
const OFFERED: usize = 24;

impl Residence {
    pub(crate) fn new(text: &str) -> Self {
        Self(tidy(text, false))
    }

    /// The text on the card.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> Vec<&str> {
        self.0.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// The province of today: its communes must be loaded before [`Residence::homes`] is asked.
    #[must_use]
    pub fn province<'a>(&self, book: &'a UnitsBook, on: Date) -> Option<&'a Province> {
        book.province_called(self.parts().last()?, on)
    }

    /// The homes it may mean on that day, the likeliest first: none when no unit has such a name; several when a ward was split,
    /// when names cannot be told apart, or when only the district is known.
    #[must_use]
    pub fn homes(&self, book: &UnitsBook, issued: Option<Date>, on: Date) -> Vec<Home> {
        let Some(province) = self.province(book, on) else { return Vec::new() };
        let parts = self.parts();
        let parts = &parts[..parts.len() - 1];
        // The reading with districts; with the units of today; and with the district alone, for a ward that had ended
        // before 2025: its name stays with the street, for the officer.
        let (of_ward, of_district) = match parts {
            [detail @ .., ward, district] => (
                homes_of(province, book.communes_of_ward(&province.code, ward, district, on), detail),
                homes_of(
                    province,
                    book.communes_of_district(&province.code, district, on),
                    &[detail, &[*ward]].concat(),
                ),
            ),
            [district] => {
                (Vec::new(), homes_of(province, book.communes_of_district(&province.code, district, on), &[]))
            }
            [] => (Vec::new(), Vec::new()),
        };
        let of_today = match parts {
            [detail @ .., commune] => homes_of(province, book.communes_called(&province.code, commune, on), detail),
            [] => Vec::new(),
        };
        let before = if of_ward.is_empty() { of_district } else { of_ward.clone() };
        let likeliest = match issued {
            Some(day) if day <= LAST_DAY_OF_DISTRICTS => [before, of_today].into_iter().find(|found| !found.is_empty()),
            Some(_) if of_today.is_empty() => Some(before),
            Some(_) => Some([of_today, of_ward].concat()),
            None => Some([before, of_today].concat()),
        };
        let mut found: Vec<Home> = Vec::new();
        for home in likeliest.unwrap_or_default().into_iter().take(OFFERED) {
            if !found.contains(&home) {
                found.push(home);
            }
        }
        found
    }
}

fn homes_of(province: &Province, communes: Vec<&Commune>, detail: &[&str]) -> Vec<Home> {
    let home = |commune: &Commune| Home {
        province: province.code.clone(),
        commune: commune.code.clone(),
        label: [&commune.label, ", ", &province.label].concat(),
        detail: detail.join(", "),
    };
    communes.into_iter().map(home).collect()
}
