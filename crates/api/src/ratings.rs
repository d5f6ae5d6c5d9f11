//! Ratings as they may be told: by unit and calendar month, in settled batches, and the public's figures beside them.

use crate::app::App;
use crate::error::ApiError;
use crate::routes::officers::unit_name;
use dossier::rating::{Rating, count, told};
use form::Date;
use procedure::calendar::Moment;
use std::collections::BTreeMap;
use store::desk::FiguresAsked;
use store::petitions::PetitionFiguresAsked;
use store::ratings::RatingsAsked;
use wire::{PublicFigures, PublicFiguresRow};

/// What rests on fewer is not told.
const LEAST: u64 = 5;

/// The first day of a day's month.
#[must_use]
pub fn month_begin(day: Date) -> Date {
    Date { day: 1, ..day }
}

/// The first day after a day's month.
#[must_use]
pub fn month_end(day: Date) -> Date {
    month_begin(month_begin(day).add_days(31))
}

/// The ratings of agencies that may be told now, by the code of the unit that has their work on a day. The period is whole
/// months: with any other, what is told of two could be taken from one another.
///
/// # Errors
/// When the store fails.
pub async fn by_unit(
    app: &App,
    agencies: Vec<String>,
    months: (Date, Date),
    day: Date,
) -> Result<BTreeMap<String, Vec<Rating>>, ApiError> {
    let (from, until) = (Moment::at(month_begin(months.0), 0), Moment::at(month_end(months.1), 0));
    let book = &app.offer.library.agencies;
    let mut given: BTreeMap<(String, Date), Vec<(Moment, Rating)>> = BTreeMap::new();
    for (agency, at, rating) in app.store.ratings(RatingsAsked { agencies, from, until }).await? {
        // By the agency of then, so that a change of units opens no batch that was told.
        given.entry((agency, month_begin(at.date()))).or_default().push((at, rating));
    }
    let mut units: BTreeMap<String, Vec<Rating>> = BTreeMap::new();
    for ((agency, _), ratings) in given {
        let found = told(ratings, app.now());
        if !found.is_empty() {
            units.entry(book.heir(&agency, day).to_owned()).or_default().extend(found);
        }
    }
    Ok(units)
}

/// A period of the public's figures: a month as 2026-11, or a year as 2026. Gives its first and last month.
#[must_use]
pub fn period(text: &str) -> Option<(Date, Date)> {
    match text.len() {
        4 => Some((Date::parse(&format!("{text}-01-01"))?, Date::parse(&format!("{text}-12-01"))?)),
        7 => Date::parse(&format!("{text}-01")).map(|day| (day, day)),
        _ => None,
    }
}

/// How units have handled dossiers and petitions, and how satisfied people were, for everybody.
///
/// # Errors
/// [`ApiError::QueueUnreadable`] when the period is none; or the store fails.
pub async fn public(app: &App, asked: &str) -> Result<PublicFigures, ApiError> {
    let months = period(asked).ok_or(ApiError::QueueUnreadable)?;
    let (from, until) = (Moment::at(months.0, 0), Moment::at(month_end(months.1), 0));
    let (book, now) = (&app.offer.library.agencies, app.now());
    let day = month_end(months.1).add_days(-1).min(now.date());
    let codes = book.on(day).0.iter().flat_map(|agency| book.inherited(&agency.code, day));
    let agencies: Vec<String> = codes.map(str::to_owned).collect();
    let mut rows: BTreeMap<String, (u64, u64, u64, u64, u64, u64)> = BTreeMap::new();
    for one in app.store.figures(FiguresAsked { agencies: agencies.clone(), from, until, now }).await? {
        let row = rows.entry(book.heir(&one.agency, day).to_owned()).or_default();
        *row = (row.0 + one.received, row.1 + one.on_time, row.2 + one.late, row.3, row.4, row.5);
    }
    let asked_petitions = PetitionFiguresAsked { units: agencies.clone(), from, until, now };
    for one in app.store.petition_figures(asked_petitions).await? {
        let row = rows.entry(book.heir(&one.unit, day).to_owned()).or_default();
        *row = (row.0, row.1, row.2, row.3 + one.came, row.4 + one.on_time, row.5 + one.late);
    }
    let ratings = by_unit(app, agencies, months, day).await?;
    for unit in ratings.keys() {
        rows.entry(unit.clone()).or_default();
    }
    // What was carried over alone tells nothing of the period.
    rows.retain(|unit, row| ratings.contains_key(unit) || row.0 + row.1 + row.2 + row.3 > 0);
    let enough = |number: u64| (number >= LEAST).then_some(number);
    let share =
        |part: u64, whole: u64| enough(whole).and_then(|whole| u8::try_from((part * 100 + whole / 2) / whole).ok());
    let rows = rows.into_iter().map(|(unit, (received, on_time, late, came, answered, answered_late))| {
        let levels = count(ratings.get(&unit).into_iter().flatten().map(|rating| rating.level));
        let all: u64 = levels.iter().sum();
        PublicFiguresRow {
            unit: unit_name(app, &unit),
            received: enough(received),
            ended: enough(on_time + late),
            on_time: share(on_time, on_time + late),
            ratings: all,
            satisfied: share(levels[3] + levels[4], all),
            petitions: enough(came),
            petitions_on_time: share(answered, answered + answered_late),
        }
    });
    Ok(PublicFigures { period: asked.to_owned(), rows: rows.collect() })
}
