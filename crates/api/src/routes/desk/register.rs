//! The register of what the officer's own unit received, as a paper. That it was read is on record before it is told.

use crate::access::Signed;
use crate::app::Shared;
use crate::error::ApiError;
use crate::printer::{self, About};
use crate::routes::print::answer_as;
use crate::slips;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use form::Date;
use pdf::slip::MOST_REGISTER_ROWS;
use procedure::calendar::Moment;
use serde::Deserialize;
use store::desk::RegisterAsked;
use wire::{FieldProblem, Problem};

/// The first day and the last, `2026-11-01`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    from: String,
    until: String,
}

/// The register of some days: at most 1,000 dossiers.
#[utoipa::path(get, path = "/api/v1/desk/register",
    params(
        ("from" = String, Query, description = "The first day of reception, `2026-11-01`"),
        ("until" = String, Query, description = "The last day of reception, `2026-11-30`"),
    ),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn register(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let day = |text: &str| Date::parse(text).ok_or(ApiError::QueueUnreadable);
    let (from, until) = (day(&asked.from)?, day(&asked.until)?);
    let unit = signed.officer.unit.clone();
    let book = &app.offer.library.agencies;
    let found = app.store.register(RegisterAsked {
        // What units of before received whose work this one has belongs to its register.
        agencies: book.inherited(&unit, app.now().date()).into_iter().map(str::to_owned).collect(),
        from: Moment::at(from, 0),
        before: Moment::at(until.add_days(1), 0),
        most: u32::try_from(MOST_REGISTER_ROWS + 1).unwrap_or(u32::MAX),
        reader: signed.officer.id,
        now: app.now(),
    });
    let found = found.await?;
    // A register that leaves something out would be read as if it left nothing out.
    if found.len() > MOST_REGISTER_ROWS {
        return Err(too_many());
    }
    let slip = slips::register(&app, from, until, found).await?;
    let about = About { procedure_code: String::new(), dossier: String::new(), agency: unit, signed_on: None };
    let paper = printer::slip(&app, slip, about).await?;
    Ok(answer_as("attachment; filename=\"so-theo-doi.pdf\"", paper).into_response())
}

fn too_many() -> ApiError {
    ApiError::Unanswered(vec![FieldProblem {
        place: "until".to_owned(),
        code: "until".to_owned(),
        says: "Có hơn 1.000 hồ sơ trong khoảng ngày này. Hãy chọn khoảng ngày ngắn hơn.".to_owned(),
        blocks: true,
    }])
}
