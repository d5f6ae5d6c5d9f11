//! What the form language asks about administrative units: whether a commune exists, and its name.

use crate::Date;

/// Provinces and communes as they stood on a day. The API knows all of them; the browser those it has loaded.
pub trait Units {
    /// Whether `commune` (five digits) was a unit of `province` (two digits) on that day.
    fn commune(&self, province: &str, commune: &str, on: Date) -> Known;
    /// "tỉnh Quảng Trị", for any province there has been.
    fn province_name(&self, province: &str) -> Option<&str>;
    /// "xã Triệu Phong", for any commune there has been.
    fn commune_name(&self, commune: &str) -> Option<&str>;
}

/// An answer that admits not knowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It exists.
    Yes,
    /// It does not.
    No,
    /// The list that would tell has not been loaded here; the API will tell.
    NotLoaded,
}

/// No units at all: for forms without addresses, and for tests.
pub struct NoUnits;

impl Units for NoUnits {
    fn commune(&self, _: &str, _: &str, _: Date) -> Known {
        Known::NotLoaded
    }
    fn province_name(&self, _: &str) -> Option<&str> {
        None
    }
    fn commune_name(&self, _: &str) -> Option<&str> {
        None
    }
}
