//! What citizens say of the office, below the figures of dossiers: how petitions were handled, and how satisfied people were.

use crate::client::{Failure, Request};
use crate::route::Period;
use crate::task::background;
use serde::de::DeserializeOwned;
use ui::prelude::*;
use ui::{Html, html};
use wire::{PetitionFigures, PetitionFiguresRow, RatingFigures, RatingRow};

const PETITIONS: [&str; 7] = [
    "Đã nhận",
    "Trả lời đúng hạn",
    "Trả lời trễ hạn",
    "Đang giải quyết",
    "Trong đó quá hạn",
    "Từ chối",
    "Đã công khai",
];
const LEVELS: [&str; 5] = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"];

pub fn draw(period: &Period) -> Html {
    html! {
        {section(period, "petitions", "Phản ánh, kiến nghị", petitions)}
        {section(period, "ratings", "Mức độ hài lòng", ratings)}
    }
}

/// A part that is asked for by itself: when it fails, what stands above it stays.
fn section<T: DeserializeOwned + Clone + Send + Sync + 'static>(
    period: &Period,
    name: &'static str,
    title: &'static str,
    draw: fn(&T) -> Html,
) -> Html {
    let found = RwSignal::new(None::<Result<T, Failure>>);
    let path = format!("/api/v1/desk/figures/{name}{}", period.query());
    let load = move || {
        found.set(None);
        let path = path.clone();
        background(async move {
            let answered = Request::get(path).json::<T>().await;
            // The officer may have gone elsewhere meanwhile.
            found.try_set(Some(answered));
        });
    };
    load();
    let inside = move || match found.get() {
        None => super::super::loading(),
        Some(Err(failure)) => {
            let load = load.clone();
            super::super::failed(&failure, move |_| load())
        }
        Some(Ok(found)) => draw(&found),
    };
    let id = format!("{name}-title");
    html! { <section aria-labelledby=id.clone()><h2 id=id>{title}</h2>{inside}</section> }
}

fn table(label: &'static str, names: &'static [&'static str], rows: Vec<(String, Vec<u64>)>) -> Html {
    let heads: Vec<_> =
        names.iter().map(|name| html! { <th role="columnheader" scope="col" class="number">{*name}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(unit, numbers)| {
            let cells: Vec<_> = names
                .iter()
                .zip(numbers)
                .map(|(name, number)| html! { <td role="cell" class="number" data-name=*name>{super::grouped(number)}</td> })
                .collect();
            html! { <tr role="row"><td role="rowheader" class="agency">{unit}</td>{cells}</tr> }
        })
        .collect();
    // Roles are written out, because a table drawn as cards on a phone would lose them.
    html! {
        <table class="figures" role="table" aria-label=label>
            <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">"Đơn vị"</th>{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn petitions(found: &PetitionFigures) -> Html {
    if found.rows.is_empty() {
        return html! { <p class="nothing">"Trong kỳ này không có phản ánh nào."</p> };
    }
    let row = |row: &PetitionFiguresRow| {
        let unit = if row.unit.is_empty() { "Tổng cộng".to_owned() } else { row.unit.clone() };
        (unit, vec![row.came, row.on_time, row.late, row.open, row.overdue, row.refused, row.published])
    };
    table("Phản ánh theo đơn vị", &PETITIONS, found.rows.iter().chain([&found.total]).map(row).collect())
}

fn ratings(found: &RatingFigures) -> Html {
    let hint = html! {
        <p class="hint">"Tính theo tháng trọn vẹn, từng nhóm 5 lượt, sau 7 ngày kể từ khi đánh giá, để không đoán được của ai."</p>
    };
    if found.rows.is_empty() {
        return html! { <p class="nothing">"Chưa đủ 5 lượt đánh giá để hiện."</p>{hint} };
    }
    let rows = found.rows.iter().map(|row: &RatingRow| (row.unit.clone(), row.levels.to_vec())).collect();
    let words: Vec<_> = found
        .words
        .iter()
        .map(|one| html! { <li><p>{one.words.clone()}</p><small>{one.unit.clone()}</small></li> })
        .collect();
    let words = (!words.is_empty()).then(|| html! { <h3>"Người dân viết"</h3><ul class="list">{words}</ul> });
    html! { {table("Mức độ hài lòng theo đơn vị", &LEVELS, rows)}{words}{hint} }
}
