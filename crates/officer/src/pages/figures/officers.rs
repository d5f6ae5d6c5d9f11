//! What each officer has done in the period and holds now, below the figures of the units.

use super::{files, grouped};
use crate::client::{Failure, Request};
use crate::route::Period;
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wire::{OfficerFigures, OfficerFiguresRow};

/// What the columns of numbers are called, as in the files to download.
const COLUMNS: [&str; 4] = ["Việc làm đúng hạn", "Việc làm trễ hạn", "Đang giữ", "Trong đó quá hạn"];

pub fn draw(period: &Period) -> Html {
    let found = RwSignal::new(None::<Result<OfficerFigures, Failure>>);
    let load = {
        let path = format!("/api/v1/desk/figures/officers{}", period.query());
        move || {
            found.set(None);
            let path = path.clone();
            background(async move {
                let figures = Request::get(path).json::<OfficerFigures>().await;
                // The officer may have gone elsewhere meanwhile.
                found.try_set(Some(figures));
            });
        }
    };
    load();
    let says = RwSignal::new(String::new());
    let inside = {
        let period = period.clone();
        move || match found.get() {
            None => crate::pages::loading(),
            Some(Err(failure)) => {
                let again = load.clone();
                crate::pages::failed(&failure, move |_| again())
            }
            Some(Ok(figures)) if figures.rows.is_empty() => {
                html! { <p class="nothing">"Trong kỳ này chưa cán bộ nào làm việc gì."</p> }
            }
            Some(Ok(figures)) => html! {
                {table(&figures)}
                {files(&period, "/api/v1/desk/figures/officers", "so-lieu-can-bo", says)}
            },
        }
    };
    html! {
        <section aria-labelledby="officers-title">
            <h2 id="officers-title">"Theo cán bộ"</h2>
            <p class="hint">"Mỗi lần xong phần việc của mình được tính một việc. Đang giữ là tính đến lúc này."</p>
            {inside}
        </section>
    }
}

fn table(figures: &OfficerFigures) -> Html {
    let heads = COLUMNS.map(|name| html! { <th role="columnheader" scope="col" class="number">{name}</th> });
    let rows: Vec<_> = figures.rows.iter().map(row).collect();
    // Roles are written out, because a table drawn as cards on a phone would lose them.
    html! {
        <table class="figures" role="table" aria-labelledby="officers-title">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Cán bộ"</th>
                    <th role="columnheader" scope="col">"Đơn vị"</th>
                    {heads.to_vec()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn row(row: &OfficerFiguresRow) -> Html {
    let numbers = [row.on_time, row.late, row.holding, row.overdue];
    let cells = COLUMNS.into_iter().zip(numbers).map(|(name, number)| {
        html! { <td role="cell" class="number" data-name=name>{grouped(number)}</td> }
    });
    html! {
        <tr role="row">
            <td role="rowheader" class="agency">{row.officer.clone()}</td>
            <td role="cell" class="procedure">{row.unit.clone()}</td>
            {cells.collect::<Vec<_>>()}
        </tr>
    }
}
