//! "Vì sao là ngày này?": the sum behind a date, day by day.

use crate::{Html, html};
use crate::{fill, t, words};
use form::Date;
use text::Key;
use wire::{Due, DueDay, Why};

/// The days of the sum, folded away until asked for.
#[must_use]
pub fn draw(due: &Due) -> Html {
    let mut before = 0;
    let rows: Vec<_> = due
        .sum
        .iter()
        .map(|day| {
            let counted = day.total - before;
            before = day.total;
            row(day, counted)
        })
        .collect();
    let beyond = due.beyond_table.then(|| html! { <p class="hint">{t(Key::SumBeyond)}</p> });
    html! {
        <details>
            <summary>{t(Key::ReceiptWhy)}</summary>
            <p class="hint">{t(Key::SumIntro)}</p>
            <table class="sum"><tbody>{rows}</tbody></table>
            {beyond}
        </details>
    }
}

fn row(day: &DueDay, counted: i64) -> Html {
    let name = day.name.as_deref().unwrap_or_default();
    let why = match (day.why, day.counted) {
        (Why::Working | Why::MakeUp, Some((from, to))) => {
            let worked =
                fill(Key::SumPart, &[("from", &clock_of(from)), ("to", &clock_of(to)), ("count", &hours(counted))]);
            if day.why == Why::MakeUp {
                format!("{}. {worked}", fill(Key::SumMakeUp, &[("name", name)]))
            } else {
                worked
            }
        }
        (Why::Holiday, _) => fill(Key::SumHoliday, &[("name", name)]),
        (Why::Swapped, _) => fill(Key::SumSwapped, &[("name", name)]),
        (Why::AfterHours, _) => t(Key::SumAfterHours).to_owned(),
        _ => t(Key::SumWeekend).to_owned(),
    };
    let date = Date::parse(&day.date).map_or_else(|| day.date.clone(), |date| text::time::day(words(), date));
    html! { <tr class:off=move || counted == 0><th scope="row">{date}</th><td>{why}</td></tr> }
}

/// "7:30" from milliseconds of the day.
fn clock_of(ms: i64) -> String {
    format!("{}:{:02}", ms / 3_600_000, ms / 60_000 % 60)
}

/// "8 giờ", "2 giờ 30 phút".
fn hours(ms: i64) -> String {
    let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
    let hours = fill(Key::SumHours, &[("count", &hours.to_string())]);
    if minutes == 0 { hours } else { format!("{hours} {}", fill(Key::SumMinutes, &[("count", &minutes.to_string())])) }
}
