//! Times as PDF and CMS write them.

/// Milliseconds since 1970 of a PDF date: `D:20261128150000+07'00'` (ISO 32000-1 §7.9.4).
pub fn of_pdf(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.strip_prefix("D:").unwrap_or(text);
    let (digits, zone) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let local = of_digits(digits)?;
    let zone: String = zone.chars().filter(|c| *c != '\'').collect();
    let sign = match zone.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ => return Some(local),
    };
    let hours: i64 = zone.get(1..3)?.parse().ok()?;
    let minutes: i64 = zone.get(3..5).unwrap_or("0").parse().ok()?;
    Some(local - sign * (hours * 60 + minutes) * 60_000)
}

/// Milliseconds since 1970 of a GeneralizedTime in UTC: `20261128080000Z`, perhaps with parts of a second, which are let go.
pub fn of_generalized(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    of_digits(text.split('.').next()?)
}

/// `YYYYMMDDHHMMSS`, from the month on as much as is there.
fn of_digits(digits: &str) -> Option<i64> {
    let part = |from: usize, until: usize, missing: i64| match digits.get(from..until) {
        Some(text) => text.parse::<i64>().ok(),
        None if digits.len() <= from => Some(missing),
        None => None,
    };
    let (year, month, day) = (part(0, 4, -1)?, part(4, 6, 1)?, part(6, 8, 1)?);
    let (hour, minute, second) = (part(8, 10, 0)?, part(10, 12, 0)?, part(12, 14, 0)?);
    let fits = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    fits.then(|| (((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

/// Days since 1970, by the rule of the civil calendar counted from March on.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, found) in [
            ("D:20261128150000+07'00'", Some(1_795_852_800_000)),
            ("D:20261128080000Z", Some(1_795_852_800_000)),
            ("20261128080000", Some(1_795_852_800_000)),
            ("D:1970", Some(0)),
            ("D:20240229000000-00'30", Some(1_709_166_600_000)),
            ("D:20261328", None),
            ("D:", None),
            ("D:2026112", None),
            ("D:20261128150000+é", None),
        ] {
            assert_eq!(of_pdf(text.as_bytes()), found, "{text}");
        }
        assert_eq!(of_generalized(b"20261128080000.5Z"), Some(1_795_852_800_000));
        assert_eq!(of_generalized(b"20261128080000"), None);
    }
}
