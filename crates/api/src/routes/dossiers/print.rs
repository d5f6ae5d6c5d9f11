//! A form of a dossier on its official paper, for the phone that sent it, on the first day.
//!
//! The phone forgets the answers when they have arrived; this gives them back to whoever has just sent them. Not for longer:
//! a phone is lent, sold and lost, and its list of receipts must not open what is asked about somebody's health.

use crate::app::Shared;
use crate::error::ApiError;
use crate::key::Key;
use crate::printer::{self, Filled};
use crate::routes::print::answer;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use dossier::{LookupCode, official_forms};
use procedure::calendar::DAY_MS;
use wire::Problem;

/// The form with this number as it was sent, from 1 on, in the order of the dossier.
#[utoipa::path(get, path = "/api/v1/dossiers/forms/{number}/pdf",
    params(
        ("number" = usize, Path, description = "From 1 to the receipt's `forms`"),
        ("Idempotency-Key" = String, Header, description = "The key of the draft that was sent, a UUID"),
    ),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 410, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn form(
    State(app): State<Shared>,
    number: Result<Path<usize>, PathRejection>,
    Key(key): Key,
) -> Result<impl IntoResponse, ApiError> {
    let Path(number) = number.map_err(|_| ApiError::SentUnknown)?;
    // The key is the draft's secret, and of it alone comes the code.
    let code = LookupCode::new(app.pepper.code_bits(key));
    let dossier = app.store.sent(app.pepper.hash(&code)).await?.ok_or(ApiError::SentUnknown)?;
    let filled = official_forms(&dossier.filing).nth(number.wrapping_sub(1)).ok_or(ApiError::SentUnknown)?;
    if app.now().0 - dossier.sent_at.0 > DAY_MS {
        return Err(ApiError::PrintOver);
    }
    let form = app.offer.form(&filled.fingerprint, &*app.store).await?.ok_or(ApiError::Failed)?;
    let answers = filled.answers.clone();
    let agency = Some(dossier.filing.agency.clone());
    Ok(answer(printer::filled(&app, form, Filled { answers, agency, sent_at: Some(dossier.sent_at) }).await?))
}
