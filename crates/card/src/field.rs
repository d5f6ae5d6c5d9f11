//! One field of the code's text: its shape, and what can be read from it.

use crate::card::{Birth, Sex};
use form::Date;
use form::text::{fold, tidy};

/// What a field looks like. The shape alone mostly tells which field it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing but blanks.
    Empty,
    /// Nine digits: an old CMND.
    OldNumber,
    /// One or more personal numbers: cancelled ones.
    Numbers,
    /// A day, or a year.
    Day,
    /// Nam or Nữ.
    Sex,
    /// Words with a comma.
    Place,
    /// Other words.
    Words,
    /// None of these.
    Other,
}

/// The shape of a field, already tidied.
pub(crate) fn shape(field: &str) -> Shape {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if field.is_empty() {
        Shape::Empty
    } else if digits(field, 9) {
        Shape::OldNumber
    } else if field.split([',', ';', ' ']).filter(|one| !one.is_empty()).all(|one| digits(one, 12) || digits(one, 9)) {
        Shape::Numbers
    } else if birth(field).is_some() {
        Shape::Day
    } else if sex(field).is_some() {
        Shape::Sex
    } else if !field.contains(char::is_alphabetic) || field.len() > LONGEST {
        Shape::Other
    } else if field.contains(',') {
        Shape::Place
    } else {
        Shape::Words
    }
}

/// Bytes of the longest field that is believed.
const LONGEST: usize = 600;

/// The words of a field: composed letters, single blanks.
pub(crate) fn words(field: &str) -> String {
    tidy(field, false)
}

/// `15031962` and `15/03/1962`; only the year when the day or the month is not known (`1962`, `00001962`).
pub(crate) fn birth(field: &str) -> Option<Birth> {
    let digits: String = field.chars().filter(|sign| !matches!(sign, '/' | '-' | '.' | ' ')).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (day, month, year) = match digits.len() {
        4 => ("00", "00", &digits[..]),
        8 => (&digits[..2], &digits[2..4], &digits[4..]),
        _ => return None,
    };
    let (day, month, year) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    match (day, month) {
        (0, 0..=12) => Date::new(year, 1, 1).map(|date| Birth::Year(date.year)),
        _ => Date::new(year, month, day).map(Birth::Day),
    }
}

/// Nam, Nữ, in any letters, with marks or without.
pub(crate) fn sex(field: &str) -> Option<Sex> {
    match fold(field).as_str() {
        "nam" | "male" | "m" => Some(Sex::Male),
        "nu" | "female" | "f" => Some(Sex::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_tells_what_a_field_is() {
        for (field, told) in [
            ("", Shape::Empty),
            ("123456789", Shape::OldNumber),
            ("000162000017", Shape::Numbers),
            ("000162000017,000162000018", Shape::Numbers),
            ("15031962", Shape::Day),
            ("15/03/1962", Shape::Day),
            ("1962", Shape::Day),
            ("00001962", Shape::Day),
            ("31021962", Shape::Other),
            ("99991962", Shape::Other),
            ("Nữ", Shape::Sex),
            ("NAM", Shape::Sex),
            ("Nam Trà", Shape::Words),
            ("Thôn An Lợi, Triệu Độ", Shape::Place),
            ("!?", Shape::Other),
        ] {
            assert_eq!(shape(field), told, "{field}");
        }
    }
}
