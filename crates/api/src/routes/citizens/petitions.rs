//! The petitions that were sent from an account. They are followed by their codes as all others are.

use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::petitions::told;
use crate::routes::officers::answer;
use account::CitizenId;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use dossier::LookupCode;
use wire::{MyPetition, MyPetitions, Problem};

/// The newest ones; older ones are followed by their codes.
const MOST: u32 = 100;

/// The petitions of the account, the newest first.
#[utoipa::path(get, path = "/api/v1/citizens/me/petitions",
    responses((status = 200, body = MyPetitions), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id).await?))
}

/// The petitions of an account.
///
/// # Errors
/// When the store fails.
pub(super) async fn of(app: &App, citizen: CitizenId) -> Result<MyPetitions, ApiError> {
    let found = app.store.petitions_of_citizen(citizen, MOST).await?;
    let row = |(key, kept)| MyPetition {
        code: LookupCode::new(app.pepper.petition_bits(key)).to_string(),
        standing: told(app, &kept),
    };
    Ok(MyPetitions { rows: found.into_iter().map(row).collect() })
}
