//! Reads the calendar as an office writes it: one `<year>.toml` a year, and `hours.toml`.

use super::{Calendar, Day, DayKind, Hours};
use core::fmt;
use form::Date;
use serde::Deserialize;

/// One row of a year's file, with what the browser need not know.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    date: toml::value::Datetime,
    /// What the day is.
    pub kind: DayKind,
    /// What people call it, in Vietnamese.
    pub name: String,
    /// The decree, plan or list that says so.
    pub source: String,
    /// False while no decree or plan confirms it.
    pub certain: bool,
    /// The administrator's switch: a row that is not counted is as if it were not there.
    pub counted: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    day: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursFile {
    hours: Hours,
}

/// What is wrong with a calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarError {
    /// The file, as it was named to the reader.
    pub file: String,
    /// What is wrong, in English, with the line where the reader knows it.
    pub says: String,
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.says)
    }
}

impl core::error::Error for CalendarError {}

impl Row {
    /// The day, when the row has a whole date without a time.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        let date = self.date.date.filter(|_| self.date.time.is_none())?;
        Date::new(date.year, date.month, date.day)
    }
}

/// Reads files named `<year>.toml` into one calendar.
///
/// # Errors
/// When a file is not in the language above, is not named after a year, holds a day of another year or a day twice,
/// marks a Monday to Friday as worked, or gives free a day that nobody works anyway as a swap.
pub fn calendar(files: &[(&str, &str)]) -> Result<Calendar, CalendarError> {
    let mut days: Vec<Day> = Vec::new();
    let mut years = Vec::new();
    for (name, text) in files {
        let wrong = |says: String| CalendarError { file: (*name).to_owned(), says };
        let stem = name.rsplit('/').next().and_then(|file| file.strip_suffix(".toml"));
        let year: u16 = stem
            .and_then(|stem| stem.parse().ok())
            .ok_or_else(|| wrong("a calendar is named after its year, like 2026.toml".to_owned()))?;
        let file: YearFile = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for row in file.day {
            let date = row.date().ok_or_else(|| wrong(format!("{} is not a day", row.date)))?;
            let weekday = date.weekday() <= 5;
            if date.year != year {
                return Err(wrong(format!("{date} is a day of another year")));
            }
            if days.iter().any(|day| day.date == date) {
                return Err(wrong(format!("{date} is written twice")));
            }
            if (row.kind == DayKind::Working && weekday) || (row.kind == DayKind::Swapped && !weekday) {
                return Err(wrong(format!("{date} is already that by its weekday")));
            }
            if row.counted {
                days.push(Day { date, kind: row.kind, name: row.name, certain: row.certain });
            }
        }
        years.push(year);
    }
    Ok(Calendar::new(days, years))
}

/// Reads `hours.toml`.
///
/// # Errors
/// When the file is not in its language or the hours make no sense.
pub fn hours(name: &str, text: &str) -> Result<Hours, CalendarError> {
    toml::from_str::<HoursFile>(text)
        .map(|file| file.hours)
        .map_err(|error| CalendarError { file: name.to_owned(), says: error.to_string() })
}
