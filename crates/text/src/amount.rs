//! Working time and sizes of files as people write them.

/// Working days from quarter-days: "5", "2,5", "0,75".
#[must_use]
pub fn days(quarter_days: u32) -> String {
    let whole = quarter_days / 4;
    match quarter_days % 4 {
        0 => whole.to_string(),
        1 => format!("{whole},25"),
        2 => format!("{whole},5"),
        _ => format!("{whole},75"),
    }
}

/// Bytes: "8,4 MB", "412 KB".
#[must_use]
pub fn size(bytes: u64) -> String {
    if bytes >= 1_000_000 {
        let tenths = bytes / 100_000;
        format!("{},{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarter_days_are_written_as_days() {
        for (quarters, written) in [(1, "0,25"), (2, "0,5"), (7, "1,75"), (8, "2"), (40, "10")] {
            assert_eq!(days(quarters), written);
        }
    }

    #[test]
    fn sizes_are_written_in_thousands_of_bytes() {
        for (bytes, written) in [(1, "1 KB"), (411_500, "412 KB"), (999_999, "1000 KB"), (8_450_000, "8,4 MB")] {
            assert_eq!(size(bytes), written);
        }
    }
}
