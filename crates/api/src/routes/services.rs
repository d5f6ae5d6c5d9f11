//! The catalogue of services as JSON: by unit, by field, by what was typed.

pub(super) mod pages;

use crate::app::App;
use crate::app::Shared;
use crate::error::ApiError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use form::{Code, Date};
use procedure::calendar::Moment;
use procedure::service::Wanted;
use procedure::{Agency, Service};
use serde::Deserialize;
use std::sync::PoisonError;
use wire::{ListedService, Problem, ServiceField, Services};

/// What is popular is told from so many of the last dossiers.
const AMONG: u32 = 2000;
/// Fewer dossiers than this tell nothing of a service: each would be somebody's.
const LEAST: u64 = 5;
/// The most popular services that are shown.
const MOST: usize = 4;
/// For so long the counts hold, in milliseconds.
const HOLDS_MS: i64 = 10 * 60 * 1000;

/// Which services.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// What was typed.
    #[serde(default)]
    q: String,
    /// Code of the unit.
    #[serde(default)]
    unit: String,
    /// Id of the field.
    #[serde(default)]
    field: String,
}

/// What units do for people: all of it, what one unit receives, of one field, or what fits a few words.
#[utoipa::path(get, path = "/api/v1/services",
    params(
        ("q" = Option<String>, Query, description = "What was typed: without marks and with a slip is found too"),
        ("unit" = Option<String>, Query, description = "Code of the unit that receives"),
        ("field" = Option<String>, Query, description = "Id of the field (lĩnh vực)"),
    ),
    responses(
        (status = 200, body = Services),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn services(
    State(app): State<Shared>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    let Query(Asked { q, unit, field }) = asked.map_err(|_| ApiError::ServiceUnknown)?;
    let today = app.now().date();
    let library = &app.offer.library;
    let level = match unit.as_str() {
        "" => None,
        code => Some(agency(&app, code, today).ok_or_else(|| strange("unit"))?.level),
    };
    if !field.is_empty() && library.services.field(&field).is_none() {
        return Err(strange("field"));
    }
    let listed = |service: &Service| listed(&app, service, today);
    let wanted = Wanted { level, field: &field, query: &q };
    let answer = Services {
        fields: library
            .services
            .counted(level, today)
            .into_iter()
            .map(|(field, services)| ServiceField { id: field.id.clone(), name: field.name.clone(), services })
            .collect(),
        services: library.services.wanted(&wanted, today).into_iter().map(listed).collect(),
        popular: popular(&app).await?.into_iter().map(|service| service.id.clone()).collect(),
    };
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(answer)))
}

/// The unit of today with this code, or the one that has its work.
fn agency<'a>(app: &'a App, code: &str, today: Date) -> Option<&'a Agency> {
    app.offer.library.agencies.acting(code, today)
}

fn strange(place: &str) -> ApiError {
    let code = if place == "unit" { Code::AgencyUnknown } else { Code::NotAnOption };
    ApiError::Invalid(vec![super::said(&super::plain::problem(place, code))])
}

fn listed(app: &App, service: &Service, today: Date) -> ListedService {
    let open = service.open(&app.offer.library.procedures, today);
    ListedService {
        id: service.id.clone(),
        name: service.name.clone(),
        short: service.called().to_owned(),
        field: service.field.clone(),
        summary: service.summary.clone(),
        agency: service.agency.clone(),
        papers: service.papers.clone(),
        time: service.time.clone(),
        fee: service.fee.clone(),
        legal_basis: service.legal_basis.clone(),
        procedure: open.map(|procedure| procedure.id.clone()),
    }
}

/// The services that are filed most now.
async fn popular(app: &App) -> Result<Vec<&Service>, ApiError> {
    let now = app.now();
    let fresh = |at: Moment| (0..HOLDS_MS).contains(&(now.0 - at.0));
    let kept = app.filed.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let counts = match kept {
        Some((at, counts)) if fresh(at) => counts,
        _ => {
            let counts = app.store.filed(AMONG).await?;
            *app.filed.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, counts.clone()));
            counts
        }
    };
    Ok(app.offer.library.services.popular(&counts, LEAST, MOST))
}
