//! What a citizen keeps in their account, read as if it were their card, so that the same questions are answered by it.
//!
//! An account holds no day of issue and names its residence by the units of today (`Home`), not in words.

use crate::card::{Card, Sex};
use crate::field::{birth, words};
use form::Date;

/// The texts of an account, as `GET /api/v1/citizens/me` tells them. Each may be empty.
#[derive(Clone, Copy, Default)]
pub struct Kept<'a> {
    /// Họ tên.
    pub name: &'a str,
    /// Số định danh cá nhân of 12 digits, or CMND of 9.
    pub number: &'a str,
    /// `1962-03-15`, or the year alone.
    pub birth: &'a str,
    /// `nam` or `nu`.
    pub sex: &'a str,
}

impl Card {
    /// The card that would say this. What is no number, no day and no sex counts as missing.
    #[must_use]
    pub fn of_account(kept: Kept<'_>) -> Self {
        let digits = |text: &str| matches!(text.len(), 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit());
        let name = words(kept.name);
        Self {
            number: Some(kept.number).filter(|number| digits(number)).unwrap_or_default().to_owned(),
            name: (!name.is_empty()).then_some(name),
            birth: Date::parse(kept.birth).map(crate::Birth::Day).or_else(|| birth(kept.birth)),
            sex: match kept.sex {
                "nam" => Some(Sex::Male),
                "nu" => Some(Sex::Female),
                _ => None,
            },
            residence: None,
            issued: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Part, answers};
    use form::Tells;

    #[test]
    fn only_what_the_account_holds_is_written() {
        let person: Vec<(Tells, String)> =
            Tells::ALL.into_iter().map(|tells| (tells, tells.word().to_owned())).collect();
        for (name, number, birth, sex, written) in [
            (
                "Trần Thị Lan",
                "000162000001",
                "1962-03-15",
                "nu",
                "name=Trần Thị Lan birth.day=15 birth.month=3 birth.year=1962 sex=nu number=000162000001",
            ),
            // Papers of old people have only a year and the old number.
            (
                "Lan",
                "000000001",
                "1941",
                "nam",
                "name=Lan birth.day= birth.month= birth.year=1941 sex=nam number=000000001",
            ),
            // Nothing in the account takes nothing away from the form.
            (" Võ  Minh ", "", "", "", "name=Võ Minh"),
            ("", "0001", "15/3", "khác", ""),
            ("", "000162000x01", "1962-02-31", "Nam", ""),
        ] {
            let card = Card::of_account(Kept { name, number, birth, sex });
            let told: Vec<String> =
                answers(&card, &person, None).iter().map(|(place, text)| format!("{place}={text}")).collect();
            assert_eq!(told.join(" "), written, "{name} {number} {birth} {sex}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |number| Card::of_account(Kept { name: "Lan", number, birth: "1962", sex: "nu" }).missing();
        assert_eq!(missing("000162000001"), [Part::Residence, Part::Issued]);
        assert_eq!(missing(""), [Part::Number, Part::Residence, Part::Issued]);
        assert_eq!(Card::of_account(Kept::default()).missing().len(), 6);
    }

    #[test]
    fn an_old_number_raises_no_doubt_about_its_first_digits() {
        let doubts = |number| Card::of_account(Kept { number, birth: "1962", ..Kept::default() }).doubts().len();
        assert_eq!((doubts(""), doubts("000000001"), doubts("000162000001"), doubts("044162000001")), (0, 0, 1, 0));
    }
}
