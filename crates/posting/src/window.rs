//! How long a list is shown.

use procedure::calendar::{Calendar, Due, Hours, Moment, due};

/// The rule in words, for whoever asks why it is this day.
pub const WHY: &str = "Ngày đăng không tính; tính trọn từng ngày làm việc tiếp theo, đến giờ đóng cửa của ngày cuối \
                       (Bộ luật Dân sự 2015, Điều 147 khoản 2).";

/// When a list of so many working days that is published now ends, and the sum behind it: `at` is the last moment at which it
/// is shown.
///
/// The day of publication does not count (Civil Code 2015, art. 147.2: "ngày đầu tiên của thời hạn không được tính"), so that
/// everybody has so many whole working days to read it, whenever it was published. It ends when the office closes on the last
/// of them, because these are working days: nobody could be heard later, and nobody should be shown for longer.
#[must_use]
pub fn window(calendar: &Calendar, hours: &Hours, now: Moment, working_days: u8) -> Due {
    let next_day = Moment::at(now.date().add_days(1), 0);
    due(calendar, hours, next_day, u32::from(working_days) * 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Date;
    use procedure::calendar::{Day, DayKind};

    fn at(day: &str, hour: i64) -> Moment {
        Moment::at(Date::parse(day).unwrap_or(Date::from_days(0)), hour * 3_600_000)
    }

    #[test]
    fn whole_working_days_after_the_day_of_publication() {
        let off = |day: &str, kind| Day {
            date: Date::parse(day).unwrap_or(Date::from_days(0)),
            kind,
            name: "Nghỉ".to_owned(),
            certain: true,
        };
        let days = vec![off("2026-11-24", DayKind::Holiday), off("2026-11-28", DayKind::Working)];
        let calendar = Calendar::new(days, vec![2026]);
        let hours = Hours::parse(&["07:00-11:30", "13:30-17:00"]).unwrap_or_else(|error| unreachable!("{error}"));
        for (published, hour, working_days, until) in [
            // Monday: Tuesday is a holiday, so Wednesday and Thursday.
            ("2026-11-23", 8, 2, "2026-11-26"),
            ("2026-11-23", 0, 2, "2026-11-26"),
            ("2026-11-23", 23, 2, "2026-11-26"),
            ("2026-11-23", 8, 3, "2026-11-27"),
            // Thursday: Friday and the Saturday that is worked.
            ("2026-11-26", 16, 2, "2026-11-28"),
            // Sunday: from Monday on; across a weekend.
            ("2026-11-29", 10, 2, "2026-12-01"),
            ("2026-12-03", 10, 3, "2026-12-08"),
        ] {
            let found = window(&calendar, &hours, at(published, hour), working_days);
            assert_eq!(found.at, at(until, 17), "{published} {hour} {working_days}");
            let counted = found.sum.iter().filter(|step| step.counted_ms > 0).count();
            assert_eq!(counted, usize::from(working_days), "{published}");
        }
    }
}
