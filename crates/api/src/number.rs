//! The pattern of official numbers (mã hồ sơ), which an office sets: Circular 01/2018/TT-VPCP, Điều 19, puts the unit's
//! code first, then the day, then the running number of that day.

use std::str::FromStr;

/// A pattern with `{agency}`, `{day}` and `{number}` in it, e.g. `H50.{agency}-{day}-{number}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberPattern {
    before: String,
    after: String,
}

/// At least so many digits, as in the circular.
const DIGITS: usize = 4;

/// The codes of the demonstration are not those of offices; an office sets its own pattern.
impl Default for NumberPattern {
    fn default() -> Self {
        Self { before: "H50.{agency}-{day}-".to_owned(), after: String::new() }
    }
}

impl FromStr for NumberPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split("{number}").collect();
        let [before, after] = parts.as_slice() else {
            return Err("the pattern has {number} in it once".to_owned());
        };
        // Without them two units, or two days, would give the same number.
        if let Some(missing) = ["{agency}", "{day}"].iter().find(|part| text.matches(**part).count() != 1) {
            return Err(format!("the pattern has {missing} in it once"));
        }
        Ok(Self { before: (*before).to_owned(), after: (*after).to_owned() })
    }
}

impl NumberPattern {
    /// What stands before the running number, its digits, and what stands after it. A day is `261122`; a code of five
    /// digits is written `193.51`, in the groups of the codes of offices.
    #[must_use]
    pub fn around(&self, agency: &str, day: &str) -> (String, usize, String) {
        let grouped = match agency.split_at_checked(3) {
            Some((first, rest)) if !rest.is_empty() => format!("{first}.{rest}"),
            _ => agency.to_owned(),
        };
        let filled = |text: &str| text.replace("{agency}", &grouped).replace("{day}", day);
        (filled(&self.before), DIGITS, filled(&self.after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_unit_day_and_running_number() {
        let pattern: NumberPattern = "H50.{agency}-{day}-{number}".parse().unwrap();
        assert_eq!(pattern.around("19351", "261122"), ("H50.193.51-261122-".to_owned(), 4, String::new()));
        let old: NumberPattern = "000.00.{agency}.H50-{day}-{number}/M".parse().unwrap();
        assert_eq!(old.around("461", "261122"), ("000.00.461.H50-261122-".to_owned(), 4, "/M".to_owned()));
        for wrong in ["", "{agency}-{day}", "{day}-{number}", "{agency}-{number}", "{agency}{day}{number}{number}"] {
            assert!(wrong.parse::<NumberPattern>().is_err(), "{wrong}");
        }
    }
}
