//! How satisfied people were with units, for those who watch over them: never with whom, nor with which dossier.

use super::figures::{Asked, read};
use crate::access::Signed;
use crate::app::Shared;
use crate::error::ApiError;
use crate::ratings::by_unit;
use crate::routes::officers::{answer, unit_name};
use account::{Action, policy::may_ever};
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use dossier::rating::count;
use wire::{Problem, RatingFigures, RatingRow, RatingWords};

/// The figures of whole months; what people wrote, for whoever may read it.
#[utoipa::path(get, path = "/api/v1/desk/figures/ratings",
    params(("from" = String, Query, description = "A day of the first month, 2026-11-01"), ("until" = String, Query, description = "A day of the last month")),
    responses(
        (status = 200, body = RatingFigures),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn ratings(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let (_, day, asked) = read(&app, &signed, asked)?;
    let months = (asked.from.date(), procedure::calendar::Moment(asked.until.0 - 1).date());
    let reads = may_ever(&signed.officer, Action::ReadRatings);
    let (mut rows, mut words) = (Vec::new(), Vec::new());
    for (unit, ratings) in by_unit(&app, asked.agencies, months, day).await? {
        let unit = unit_name(&app, &unit);
        rows.push(RatingRow { unit: unit.clone(), levels: count(ratings.iter().map(|rating| rating.level)) });
        let written = ratings.into_iter().map(|rating| rating.words).filter(|text| reads && !text.is_empty());
        words.extend(written.map(|words| RatingWords { unit: unit.clone(), words }));
    }
    // In no order of time: that would tell who has just been here.
    words.sort_by(|one, other| (&one.unit, &one.words).cmp(&(&other.unit, &other.words)));
    let month = |day: form::Date| format!("{}-{:02}", day.year, day.month);
    Ok(answer(&RatingFigures { from: month(months.0), until: month(months.1), rows, words }))
}
