//! The personal number: CMND of 9 digits, or CCCD / căn cước / số định danh of 12.
//!
//! Circular 59/2021/TT-BCA, art. 4: three digits for the place of birth registration, one for century and sex,
//! two for the year of birth, six at random. There is no check digit, so what disagrees is a warning, never a block.

use super::{Read, Reading};
use crate::{Answers, Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// A personal number, compared with the birth and sex given elsewhere.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct PersonalId {
    /// The question with the date of birth.
    pub birth: Option<String>,
    /// The question with the sex: "nam" or "nu".
    pub sex: Option<String>,
    /// The question with another person's number.
    pub differs_from: Option<String>,
}

impl PersonalId {
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.tidy();
        if typed.is_empty() {
            return Read::empty();
        }
        let digits: String = typed.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.')).collect();
        if !matches!(digits.len(), 9 | 12) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Read::bad(reading.problem(Code::IdLength, ""));
        }
        let mut read = Read::good(Value::Text(digits.clone()), digits.clone());
        if let Some(other) = &self.differs_from
            && reading.scope.text(other) == Some(&digits)
        {
            read.problems.push(reading.problem(Code::IdSame, (reading.label_of)(other)));
        }
        if let Some((year, male)) = born(&digits) {
            if let Some((first, last)) = self.birth.as_ref().and_then(|name| reading.scope.span(name))
                && !(first.year..=last.year).contains(&year)
            {
                read.problems.push(reading.warning(Code::IdBirth, year.to_string()));
            }
            if let Some(sex) = self.sex.as_ref().and_then(|name| reading.scope.text(name))
                && matches!((sex, male), ("nam", false) | ("nu", true))
            {
                read.problems.push(reading.warning(Code::IdSex, if male { "nam" } else { "nu" }));
            }
        }
        read
    }

    #[expect(clippy::unused_self, reason = "every kind shows by the same call")]
    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        group(answers.get(place))
    }
}

/// The year of birth and whether it is a man's number, from the 4th to 6th digits of 12.
#[must_use]
pub fn born(digits: &str) -> Option<(u16, bool)> {
    if digits.len() != 12 {
        return None;
    }
    let century_sex: u16 = digits.get(3..4)?.parse().ok()?;
    let year: u16 = digits.get(4..6)?.parse().ok()?;
    Some((1900 + century_sex / 2 * 100 + year, century_sex.is_multiple_of(2)))
}

/// Groups of three, three and six, as people read it aloud; 9 digits in threes.
#[must_use]
pub fn group(digits: &str) -> String {
    if matches!(digits.len(), 9 | 12) && digits.is_ascii() {
        format!("{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    } else {
        digits.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_tells_year_and_sex() {
        for (digits, told) in [
            ("000162000017", Some((1962, false))),
            ("000062000017", Some((1962, true))),
            ("000315000017", Some((2015, false))),
            ("000215000017", Some((2015, true))),
            ("123456789", None),
        ] {
            assert_eq!(born(digits), told);
        }
        assert_eq!(group("000162000017"), "000 162 000017");
    }
}
