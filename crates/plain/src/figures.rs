//! How units handle dossiers, for everybody: in time or late, and how satisfied people were. A page of HTML alone.

use crate::frame::{Style, fill, page_of, t};
use maud::{Markup, html};
use text::Key;
use wire::{PublicFigures, PublicFiguresRow};

/// The figures of a period, with the periods to choose from.
#[must_use]
pub fn page(style: &Style, periods: &[String], found: &PublicFigures) -> String {
    let inside = html! {
        h1 { (t(Key::PublicFiguresTitle)) }
        p { (t(Key::PublicFiguresIntro)) }
        form method="get" action="/so-lieu" {
            div.field {
                label.label for="ky" { (t(Key::PublicFiguresPeriod)) }
                select #ky name="ky" {
                    @for period in periods { option value=(period) selected[*period == found.period] { (named(period)) } }
                }
            }
            button.button.quiet { (t(Key::PetitionLook)) }
        }
        h2 { (named(&found.period)) }
        @if found.rows.is_empty() { p { (t(Key::PublicFiguresNone)) } }
        ul.list { @for row in &found.rows { li { (unit(row)) } } }
        p.hint { (t(Key::PublicFiguresLeast)) }
    };
    page_of(style, t(Key::PublicFiguresTitle), "/so-lieu", &inside)
}

/// "Tháng 11/2026", "Năm 2026".
fn named(period: &str) -> String {
    match period.split_once('-') {
        Some((year, month)) => {
            fill(Key::PublicFiguresMonth, &[("month", month.trim_start_matches('0')), ("year", year)])
        }
        None => fill(Key::PublicFiguresYear, &[("year", period)]),
    }
}

fn unit(row: &PublicFiguresRow) -> Markup {
    let share = |key: Key, share: Option<u8>, count: Option<u64>| {
        share
            .zip(count)
            .map(|(share, count)| fill(key, &[("share", &share.to_string()), ("count", &count.to_string())]))
    };
    let received = row.received.map(|count| fill(Key::PublicFiguresReceived, &[("count", &count.to_string())]));
    let lines = [
        received,
        share(Key::PublicFiguresOnTime, row.on_time, row.ended),
        share(Key::PublicFiguresSatisfied, row.satisfied, Some(row.ratings)),
        share(Key::PublicFiguresPetitions, row.petitions_on_time, row.petitions),
    ];
    let told = lines.iter().flatten().count();
    html! {
        b { (row.unit) }
        @for line in lines.iter().flatten() { small { (line) } }
        @if told == 0 { small { (t(Key::PublicFiguresFew)) } }
    }
}
