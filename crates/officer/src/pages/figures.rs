//! "Số liệu": how dossiers were handled in a period. The period stands in the address, so that it can be kept and sent on.

mod officers;

use super::period;
use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::download;
use crate::route::{Page, Period};
use crate::task::background;
use std::collections::BTreeMap;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Figures, FiguresRow};

const TITLE: &str = "Số liệu";

/// What the columns of numbers are called, as in the files to download.
const COLUMNS: [&str; 8] = [
    "Kỳ trước chuyển sang",
    "Tiếp nhận trong kỳ",
    "Trả đúng hạn",
    "Trả trễ hạn",
    "Trong đó không giải quyết",
    "Đang giải quyết",
    "Trong đó quá hạn",
    "Trong đó chờ bổ sung",
];

/// The files: what the button says, how the name ends, media type.
const FILES: [(&str, &str, &str); 2] = [
    ("Tải XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("Tải CSV", "csv", "text/csv"),
];

pub fn draw(asked: &Period) -> Html {
    app::title(TITLE);
    let period = period::whole(asked);
    let figures = RwSignal::new(None::<Result<Figures, Failure>>);
    let load = {
        let path = format!("/api/v1/desk/figures{}", period.query());
        move || {
            figures.set(None);
            let path = path.clone();
            background(async move {
                let found = Request::get(path).json::<Figures>().await;
                if found.is_ok() {
                    app().told.set("Đã có số liệu".to_owned());
                }
                // The officer may have gone elsewhere meanwhile.
                figures.try_set(Some(found));
            });
        }
    };
    load();
    let says = RwSignal::new(String::new());
    let inside = {
        let period = period.clone();
        move || match figures.get() {
            None => super::loading(),
            Some(Err(failure)) if failure.status() == 404 => {
                html! { <p>"Vai trò của bạn không xem số liệu. Cần xem thì nhờ người quản trị của đơn vị."</p> }
            }
            Some(Err(failure)) => {
                let again = load.clone();
                super::failed(&failure, move |_| again())
            }
            Some(Ok(figures)) => html! {
                <div class="figures-beside">
                    {table(&figures)}
                    <section aria-labelledby="shares-title">
                        <h2 id="shares-title">"Trả đúng hạn"</h2>
                        {shares(&figures)}
                    </section>
                </div>
                {files(&period, "/api/v1/desk/figures", "so-lieu", says)}
                {officers::draw(&period)}
            },
        }
    };
    html! { <h1>{TITLE}</h1>{period::choice(&period, Page::Figures)}{inside} }
}

fn numbers(row: &FiguresRow) -> [u64; 8] {
    let FiguresRow { carried_over, received, on_time, late, unsolved, in_process, overdue, supplement, .. } = row;
    [*carried_over, *received, *on_time, *late, *unsolved, *in_process, *overdue, *supplement]
}

fn table(figures: &Figures) -> Html {
    if figures.rows.is_empty() {
        return html! { <p class="nothing">"Trong kỳ này không có hồ sơ nào."</p> };
    }
    let heads = COLUMNS.map(|name| html! { <th role="columnheader" scope="col" class="number">{name}</th> });
    let line = |row: &FiguresRow, class: &'static str| {
        let cells = COLUMNS.into_iter().zip(numbers(row)).map(|(name, number)| {
            html! { <td role="cell" class="number" data-name=name>{grouped(number)}</td> }
        });
        let agency = if row.agency.is_empty() { "Tổng cộng".to_owned() } else { row.agency.clone() };
        html! {
            <tr role="row" class=class>
                <td role="rowheader" class="agency">{agency}</td>
                <td role="cell" class="procedure">{row.procedure.clone()}</td>
                {cells.collect::<Vec<_>>()}
            </tr>
        }
    };
    let rows: Vec<_> = figures.rows.iter().map(|row| line(row, "")).collect();
    // Roles are written out, because a table drawn as cards on a phone would lose them.
    html! {
        <table class="figures" role="table" aria-label="Số liệu theo đơn vị và thủ tục">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Đơn vị"</th>
                    <th role="columnheader" scope="col">"Thủ tục"</th>
                    {heads.to_vec()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}{line(&figures.total, "total")}</tbody>
        </table>
    }
}

/// "1.204".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut told = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push('.');
        }
        told.push(digit);
    }
    told
}

/// How many of the dossiers that ended did so in time: by unit, the least first, because those need a look.
fn shares(figures: &Figures) -> Html {
    let mut units: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in &figures.rows {
        let (in_time, all) = units.entry(&row.agency).or_default();
        *in_time += row.on_time;
        *all += row.on_time + row.late;
    }
    let mut units: Vec<_> = units.into_iter().filter(|(_, (_, all))| *all > 0).collect();
    if units.is_empty() {
        return html! { <p class="hint">"Trong kỳ này chưa trả hồ sơ nào, nên chưa có tỷ lệ."</p> };
    }
    units.sort_by_key(|(_, (in_time, all))| percent(*in_time, *all));
    let units: Vec<_> = units
        .into_iter()
        .map(|(unit, (in_time, all))| {
            let percent = percent(in_time, all);
            let says = format!("{percent}%, {} trong {} hồ sơ", grouped(in_time), grouped(all));
            html! {
                <li>
                    <b>{unit.to_owned()}</b>
                    <meter min="0" max="100" value=percent.to_string() aria-label=format!("{unit}: trả đúng hạn")>{says.clone()}</meter>
                    <span>{says}</span>
                </li>
            }
        })
        .collect();
    html! { <ul class="shares">{units}</ul> }
}

/// Rounded down, so that all is only said of all.
fn percent(part: u64, all: u64) -> u64 {
    (part * 100).checked_div(all).unwrap_or_default()
}

/// The buttons that take a table along.
fn files(period: &Period, path: &'static str, name: &'static str, says: RwSignal<String>) -> Html {
    let buttons: Vec<_> = FILES
        .into_iter()
        .map(|(button, ending, kind)| {
            let path = format!("{path}.{ending}{}", period.query());
            let name = format!("{name}-{}-{}.{ending}", period.from, period.until);
            let give = move |_| download::give(says, path.clone(), kind, name.clone());
            html! { <button type="button" class="button quiet small" on:click=give>{button}</button> }
        })
        .collect();
    html! { <div class="files">{buttons}<p role="status">{move || says.get()}</p></div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_in_groups() {
        for (number, told) in [(0, "0"), (999, "999"), (1_204, "1.204"), (1_000_000, "1.000.000")] {
            assert_eq!(grouped(number), told);
        }
    }

    #[test]
    fn all_in_time_is_said_of_all_only() {
        assert_eq!([percent(199, 200), percent(5, 5), percent(0, 0)], [99, 100, 0]);
    }
}
