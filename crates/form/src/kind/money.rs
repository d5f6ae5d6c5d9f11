//! An amount in đồng: whole, grouped by dots as it is written in Việt Nam, and said in words.

use super::{Read, Reading};
use crate::{Answers, Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// An amount from 0 to 999,999,999,999 đồng.
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Money {}

impl Money {
    #[expect(clippy::unused_self, reason = "every kind reads by the same call")]
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.tidy();
        if typed.is_empty() {
            return Read::empty();
        }
        match parse(&typed) {
            Some(amount) => Read::good(Value::Number(amount), amount.to_string()),
            None => Read::bad(reading.problem(Code::NotMoney, "")),
        }
    }

    #[expect(clippy::unused_self, reason = "every kind shows by the same call")]
    pub(super) fn show(&self, answers: &Answers, place: &str) -> String {
        let typed = answers.get(place);
        parse(typed).map_or_else(|| typed.to_owned(), |amount| group(amount) + " đồng")
    }
}

/// Reads `1.000.000`, `1,000,000`, `1 000 000`, `1000000 đồng`, `500.000đ`. Grouping, where there is any, must be in threes:
/// `1.5` could be one and a half or fifteen, so it is refused.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let mut text: String = text.trim().chars().map(crate::text::lower).collect();
    for unit in ["đồng", "vnđ", "vnd", "đ"] {
        if let Some(bare) = text.strip_suffix(unit) {
            text = bare.trim_end().to_owned();
            break;
        }
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let threes = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let all = groups.concat();
    if digits && threes && all.len() <= 12 { all.parse().ok() } else { None }
}

/// `1000000` → `1.000.000`.
#[must_use]
pub fn group(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::new();
    if amount < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// The amount in Vietnamese words, as receipts say it: `1500000` → "một triệu năm trăm nghìn đồng".
#[must_use]
pub fn words(amount: i64) -> String {
    let Ok(amount) = u64::try_from(amount) else {
        return String::new();
    };
    if amount == 0 {
        return "không đồng".to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    let billions = amount / 1_000_000_000;
    let rest = amount % 1_000_000_000;
    if billions > 0 {
        below_billion(billions % 1_000_000_000, &mut parts);
        parts.push("tỷ");
    }
    below_billion(rest, &mut parts);
    parts.push("đồng");
    parts.join(" ")
}

fn below_billion(number: u64, parts: &mut Vec<&str>) {
    for (size, name) in [(1_000_000, "triệu"), (1000, "nghìn"), (1, "")] {
        let group = number / size % 1000;
        if group > 0 {
            below_thousand(usize::try_from(group).unwrap_or(0), !parts.is_empty(), parts);
            if !name.is_empty() {
                parts.push(name);
            }
        }
    }
}

/// `full` says the hundreds even when they are none: "một nghìn không trăm linh năm".
fn below_thousand(number: usize, full: bool, parts: &mut Vec<&str>) {
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if hundreds > 0 || full {
        parts.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || full) => parts.push("linh"),
        0 => {}
        1 => parts.push("mười"),
        _ => parts.extend([DIGITS[tens], "mươi"]),
    }
    match ones {
        0 => {}
        1 if tens > 1 => parts.push("mốt"),
        4 if tens > 1 => parts.push("tư"),
        5 if tens > 0 => parts.push("lăm"),
        _ => parts.push(DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, amount) in [
            ("1.000.000", Some(1_000_000)),
            ("1000000 đồng", Some(1_000_000)),
            ("500.000đ", Some(500_000)),
            ("540 000", Some(540_000)),
            ("0", Some(0)),
            ("1.5", None),
            ("1,50", None),
            ("12.34.567", None),
            ("-5", None),
            ("1e9", None),
            ("", None),
            ("1000000000000", None),
        ] {
            assert_eq!(parse(text), amount, "{text}");
        }
        assert_eq!(group(1_000_000), "1.000.000");
        assert_eq!(group(999), "999");
    }

    #[test]
    fn amounts_are_said_as_people_say_them() {
        for (amount, said) in [
            (0, "không đồng"),
            (21, "hai mươi mốt đồng"),
            (15, "mười lăm đồng"),
            (105, "một trăm linh năm đồng"),
            (540_000, "năm trăm bốn mươi nghìn đồng"),
            (1_005_000, "một triệu không trăm linh năm nghìn đồng"),
            (1_500_000, "một triệu năm trăm nghìn đồng"),
            (24_000_000_000, "hai mươi tư tỷ đồng"),
            (1_000_000_001, "một tỷ không trăm linh một đồng"),
        ] {
            assert_eq!(words(amount), said);
        }
    }
}
