//! The calendar of `forms/calendars/` against days known by heart, and against its own arithmetic.
#![cfg(feature = "source")]

use super::*;

const FILES: [(&str, &str); 4] = [
    ("2024.toml", include_str!("../../../../forms/calendars/2024.toml")),
    ("2025.toml", include_str!("../../../../forms/calendars/2025.toml")),
    ("2026.toml", include_str!("../../../../forms/calendars/2026.toml")),
    ("2027.toml", include_str!("../../../../forms/calendars/2027.toml")),
];

fn calendar() -> Calendar {
    source::calendar(&FILES).unwrap()
}

fn hours() -> Hours {
    source::hours("hours.toml", include_str!("../../../../forms/calendars/hours.toml")).unwrap()
}

/// Reads `2026-11-22 14:05`, as a clock in Việt Nam shows it.
fn moment(text: &str) -> Moment {
    let (date, clock) = text.split_once(' ').unwrap();
    let (hour, minute) = clock.split_once(':').unwrap();
    let minutes = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    Moment::at(Date::parse(date).unwrap(), minutes * 60_000)
}

#[test]
fn promises_end_when_they_should() {
    let (calendar, hours) = (calendar(), hours());
    for (why, from, quarter_days, until) in [
        ("an ordinary day", "2026-11-10 07:00", 4, "2026-11-10 17:00"),
        ("the pause at noon is not counted", "2026-11-10 10:30", 1, "2026-11-10 14:30"),
        ("done exactly at noon is due at noon", "2026-11-10 09:30", 1, "2026-11-10 11:30"),
        ("received in the pause at noon", "2026-11-10 12:10", 1, "2026-11-10 15:30"),
        ("received before opening", "2026-11-10 05:00", 1, "2026-11-10 09:00"),
        ("received at midnight", "2026-11-10 00:00", 1, "2026-11-10 09:00"),
        ("received after closing", "2026-11-10 20:00", 1, "2026-11-11 09:00"),
        ("received on a Sunday", "2026-11-22 14:05", 1, "2026-11-23 09:00"),
        ("received on a Sunday, one day", "2026-11-22 14:05", 4, "2026-11-23 17:00"),
        ("24 November counts as off", "2026-11-22 14:05", 8, "2026-11-25 17:00"),
        ("22 days over 24 November", "2026-11-22 08:00", 88, "2026-12-23 17:00"),
        ("one minute before the weekend", "2026-11-27 16:59", 2, "2026-11-30 10:59"),
        ("at closing before the weekend", "2026-11-27 17:00", 2, "2026-11-30 11:00"),
        ("over Tết 2026", "2026-02-13 10:00", 4, "2026-02-23 10:00"),
        ("over the swapped 2 January 2026", "2025-12-31 16:00", 4, "2026-01-05 16:00"),
        ("into the make-up Saturday of 10 January 2026", "2026-01-09 16:00", 4, "2026-01-10 16:00"),
        ("into the make-up Saturday of 22 August 2026", "2026-08-21 16:59", 1, "2026-08-22 08:59"),
        ("over the swapped 31 August 2026", "2026-08-28 16:00", 4, "2026-09-03 16:00"),
        ("over the day in place of a Sunday's holiday", "2026-04-24 16:00", 4, "2026-04-28 16:00"),
        ("from one year into the next", "2026-12-31 07:00", 8, "2027-01-04 17:00"),
        ("no time at all", "2026-11-22 14:05", 0, "2026-11-22 14:05"),
    ] {
        assert_eq!(due(&calendar, &hours, moment(from), quarter_days).at, moment(until), "{why}: {from}");
    }
}

#[test]
fn a_row_that_is_not_counted_is_as_if_it_were_not_there() {
    let switched = FILES[2].1.replace("certain = false\ncounted = true", "certain = false\ncounted = false");
    let calendar = source::calendar(&[("2026.toml", &switched)]).unwrap();
    let due = due(&calendar, &hours(), moment("2026-11-22 08:00"), 88);
    assert_eq!(due.at, moment("2026-12-22 17:00"));
}

#[test]
fn the_sum_says_why_day_by_day() {
    let (calendar, hours) = (calendar(), hours());
    let due = due(&calendar, &hours, moment("2026-11-22 14:05"), 5);
    let hour = 3_600_000;
    let days: Vec<_> =
        due.sum.iter().map(|step| (step.date.day, &step.why, step.certain, step.total_ms / hour)).collect();
    assert_eq!(
        days,
        [
            (22, &Why::Weekend, true, 0),
            (23, &Why::Working { from: 7 * hour, to: 17 * hour }, true, 8),
            (24, &Why::Holiday("Ngày Văn hóa Việt Nam".to_owned()), false, 8),
            (25, &Why::Working { from: 7 * hour, to: 9 * hour }, true, 10),
        ]
    );
    let over = super::due(&calendar, &hours, moment("2026-08-21 17:30"), 12);
    let kinds: Vec<_> = over.sum.iter().map(|step| &step.why).collect();
    assert_eq!(kinds[0], &Why::AfterHours);
    assert!(matches!(kinds[1], Why::MakeUp { name, .. } if name == "Làm bù cho 31/08/2026"));
    assert_eq!(kinds[2], &Why::Weekend);
}

#[test]
fn a_promise_in_parts_ends_when_the_whole_does() {
    let calendar = calendar();
    // The second hours do not divide into quarters of whole minutes; the third have no pause.
    for hours in
        [hours(), Hours::parse(&["07:00-11:31", "13:30-17:00"]).unwrap(), Hours::parse(&["08:00-16:00"]).unwrap()]
    {
        let mut from = moment("2025-12-20 00:00");
        while from < moment("2026-12-31 00:00") {
            for (first, second) in [(1, 1), (2, 22), (0, 3), (3, 0), (28, 60)] {
                let part = due(&calendar, &hours, from, first);
                let whole = due(&calendar, &hours, from, first + second);
                assert_eq!(due(&calendar, &hours, part.at, second).at, whole.at, "{from} {first} {second}");
                assert_eq!(
                    whole.sum.iter().map(|step| step.counted_ms).sum::<i64>(),
                    hours.quarter_ms() * i64::from(first + second)
                );
                let left = working_time_between(&calendar, &hours, from, whole.at);
                assert_eq!((left.late, left.days), (false, (first + second) / 4), "{from}");
            }
            // Seven hours and a little: every hour, minute and odd millisecond comes by.
            from = from.plus_ms(26_131_337);
        }
    }
}

#[test]
fn time_left_and_time_over_are_working_time() {
    let (calendar, hours) = (calendar(), hours());
    for (now, until, late, days, hour, minute) in [
        ("2026-11-10 14:00", "2026-11-11 17:00", false, 1, 3, 0),
        ("2026-11-10 15:00", "2026-11-10 10:00", true, 0, 3, 0),
        ("2026-11-28 09:00", "2026-11-27 17:00", true, 0, 0, 0),
        ("2026-11-28 09:00", "2026-11-30 07:45", false, 0, 0, 45),
        ("2026-02-13 16:00", "2026-02-23 07:30", false, 0, 1, 30),
        ("2026-11-10 10:00", "2026-11-10 10:00", false, 0, 0, 0),
    ] {
        let span = working_time_between(&calendar, &hours, moment(now), moment(until));
        assert_eq!(span, Span { late, days, hours: hour, minutes: minute }, "{now} {until}");
    }
}

#[test]
fn years_that_are_not_known_leave_out_weekends_only_and_say_so() {
    let (calendar, hours) = (calendar(), hours());
    let known = due(&calendar, &hours, moment("2027-12-30 07:00"), 8);
    assert_eq!((known.at, known.beyond_table), (moment("2027-12-31 17:00"), false));
    let beyond = due(&calendar, &hours, moment("2027-12-30 07:00"), 12);
    assert_eq!((beyond.at, beyond.beyond_table), (moment("2028-01-03 17:00"), true));
}

#[test]
fn a_moment_is_read_in_viet_nam_wherever_it_runs() {
    assert_eq!(Moment(0).to_string(), "1970-01-01T07:00:00+07:00");
    assert_eq!(Moment(-1).to_string(), "1970-01-01T06:59:59+07:00");
    assert_eq!(moment("2026-11-22 00:00"), Moment(1_795_280_400_000));
    assert_eq!(Moment(1_795_280_400_000 - 1).date(), Date::new(2026, 11, 21).unwrap());
    assert_eq!(moment("2026-11-22 23:59").clock(), (23, 59));
}

#[test]
fn the_ends_of_time_do_not_hang() {
    let (calendar, hours) = (calendar(), hours());
    for far in [Moment(i64::MIN), Moment(i64::MAX)] {
        assert!(due(&calendar, &hours, far, u32::MAX).sum.len() < 200_000);
        assert!(working_time_between(&calendar, &hours, far, Moment(0)).days < 80_000);
        assert!(working_time_between(&calendar, &hours, Moment(0), far).days < 80_000);
    }
}

#[test]
fn the_files_hold_what_they_should() {
    let calendar = calendar();
    assert_eq!(calendar.days().len(), 59);
    assert!(calendar.days().iter().filter(|day| !day.certain).count() >= 1);
}

#[test]
fn mistakes_in_files_are_named() {
    let row = |date: &str, kind: &str| {
        format!(
            "[[day]]\ndate = {date}\nkind = \"{kind}\"\nname = \"\"\nsource = \"\"\ncertain = true\ncounted = true\n"
        )
    };
    for (name, text, says) in [
        ("2026.toml", row("2027-01-01", "holiday"), "another year"),
        ("2026.toml", row("2026-11-23", "holiday").repeat(2), "twice"),
        ("2026.toml", row("2026-11-23", "working"), "already that"),
        ("2026.toml", row("2026-11-22", "swapped"), "already that"),
        ("2026.toml", row("2026-11-23", "feast"), "feast"),
        ("year.toml", row("2026-11-23", "holiday"), "named after its year"),
    ] {
        let error = source::calendar(&[(name, &text)]).unwrap_err();
        assert!(error.says.contains(says), "{error}");
    }
    for hours in [&[][..], &["7-11"], &["11:00-07:00"], &["07:00-11:00", "10:00-12:00"], &["07:00-25:00"]] {
        assert!(Hours::parse(hours).is_err());
    }
}
