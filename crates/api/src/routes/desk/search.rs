//! Searching for dossiers by mã hồ sơ or name. What is found is looked at by the policy once more, each by itself: the index
//! knows which units have had to do with a dossier, and only the policy which of them may still see it.

use super::queue::row;
use crate::access::Signed;
use crate::app::Shared;
use crate::error::ApiError;
use crate::routes::officers::answer;
use crate::work::{Work, relation};
use account::{Action, may};
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use store::desk::SearchAsked;
use wire::{Found, Problem};

/// The most rows.
const MOST: usize = 50;
/// The most signs that are searched for.
const MOST_SIGNS: usize = 100;

/// What is searched for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    q: String,
}

/// Dossiers by mã hồ sơ or name, with marks or without, whole words or their beginnings.
#[utoipa::path(get, path = "/api/v1/desk/search",
    params(("q" = String, Query, description = "Words of a name, or of a number; each or its beginning")),
    responses(
        (status = 200, body = Found),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn search(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Asked { q }) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let now = app.now();
    let units = app.offer.library.agencies.inherited(&signed.officer.unit, now.date());
    let found = app.store.search(SearchAsked {
        units: units.into_iter().map(str::to_owned).collect(),
        typed: q.chars().take(MOST_SIGNS).collect(),
        most: u32::try_from(MOST + 1).unwrap_or(u32::MAX),
    });
    let found = found.await?;
    let more = found.len() > MOST;
    let mut rows = Vec::with_capacity(found.len().min(MOST));
    for queued in found.into_iter().take(MOST) {
        let Some(kept) = app.store.dossier(queued.id).await? else { continue };
        let work = Work::of(&app, kept).await?;
        let seen = {
            let desk = work.desk(&app)?;
            let relation = relation(&signed.officer, &work.course(&desk), &desk);
            may(&signed.officer, Action::ReadDossier, relation)
        };
        if seen {
            rows.push(row(&app, &signed, queued, now).await?);
        }
    }
    Ok(answer(&Found { rows, more }))
}
