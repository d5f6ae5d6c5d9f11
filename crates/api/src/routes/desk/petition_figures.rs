//! The figures of petitions in a period: how many came to each unit and how they were handled, never whose.

use super::figures::{Asked, read};
use crate::access::Signed;
use crate::app::Shared;
use crate::error::ApiError;
use crate::routes::officers::answer;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use store::petitions::PetitionFiguresAsked;
use wire::{PetitionFigures, PetitionFiguresRow, Problem};

/// How petitions were handled by the units that are the asker's to see.
#[utoipa::path(get, path = "/api/v1/desk/figures/petitions",
    params(("from" = String, Query, description = "First day, 2026-11-01"), ("until" = String, Query, description = "Last day")),
    responses(
        (status = 200, body = PetitionFigures),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn petitions(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let (days, day, asked) = read(&app, &signed, asked)?;
    let asked = PetitionFiguresAsked { units: asked.agencies, from: asked.from, until: asked.until, now: asked.now };
    let book = &app.offer.library.agencies;
    let mut rows: Vec<PetitionFiguresRow> = Vec::new();
    let mut total = PetitionFiguresRow::default();
    for found in app.store.petition_figures(asked).await? {
        // What a unit of before had is its heir's.
        let code = book.heir(&found.unit, day);
        let unit = book.name(code, day).unwrap_or(code).to_owned();
        let row = PetitionFiguresRow {
            unit: unit.clone(),
            came: found.came,
            on_time: found.on_time,
            late: found.late,
            open: found.open,
            overdue: found.overdue,
            refused: found.refused,
            published: found.published,
        };
        add(&mut total, &row);
        match rows.iter_mut().find(|known| known.unit == unit) {
            Some(known) => add(known, &row),
            None => rows.push(row),
        }
    }
    Ok(answer(&PetitionFigures { from: days.from, until: days.until, rows, total }))
}

fn add(sum: &mut PetitionFiguresRow, row: &PetitionFiguresRow) {
    sum.came += row.came;
    sum.on_time += row.on_time;
    sum.late += row.late;
    sum.open += row.open;
    sum.overdue += row.overdue;
    sum.refused += row.refused;
    sum.published += row.published;
}
