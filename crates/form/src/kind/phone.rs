//! A Vietnamese telephone number: mobile, or landline with its area code.

use super::{Read, Reading};
use crate::{Answers, Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A number that starts with 0 (or +84).
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Phone {}

impl Phone {
    #[expect(clippy::unused_self, reason = "every kind reads by the same call")]
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.tidy();
        if typed.is_empty() {
            return Read::empty();
        }
        match normal(&typed) {
            Some(number) => Read::good(Value::Text(number.clone()), number),
            None => Read::bad(reading.problem(Code::NotAPhone, "")),
        }
    }

    #[expect(clippy::unused_self, reason = "every kind shows by the same call")]
    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let typed = answers.get(place);
        match normal(typed) {
            Some(number) if number.len() == 10 => {
                format!("{} {} {}", &number[..4], &number[4..7], &number[7..])
            }
            _ => typed.to_owned(),
        }
    }
}

/// `+84 900-000-123` → `0900000123`. Mobile numbers have 10 digits and begin with 03, 05, 07, 08 or 09;
/// landlines have 11 and begin with 02 (numbering plan of Circular 22/2014/TT-BTTTT; libphonenumber agrees).
/// Carriers are not told apart: numbers move between them.
#[must_use]
pub fn normal(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.' | '(' | ')')).collect();
    let national = bare
        .strip_prefix("+84")
        .or_else(|| bare.strip_prefix("84").filter(|rest| rest.len() >= 9))
        .or_else(|| bare.strip_prefix('0'))?;
    let digits = national.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match national.as_bytes().first()? {
        b'3' | b'5' | b'7' | b'8' | b'9' => national.len() == 9,
        b'2' => national.len() == 10,
        _ => false,
    };
    (digits && fits).then(|| format!("0{national}"))
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, kept) in [
            ("0900 000 123", Some("0900000123")),
            ("+84 900-000-123", Some("0900000123")),
            ("84900000123", Some("0900000123")),
            ("(0233) 000 0000", Some("02330000000")),
            ("0233 3000 000", Some("02333000000")),
            ("090000012", None),
            ("0100000123", None),
            ("09000001234", None),
            ("chín không", None),
        ] {
            assert_eq!(normal(typed).as_deref(), kept, "{typed}");
        }
    }
}
