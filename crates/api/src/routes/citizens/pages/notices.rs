//! Thông báo của tôi.

use super::{Fields, Holder, asked, lead, page};
use crate::app::Shared;
use crate::error::ApiError;
use crate::routes::citizens::notices;
use crate::site::Styles;
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use procedure::calendar::Moment;
use wire::SeeNotices;

/// The list.
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let before = asked(&request, "before").parse().ok().map(Moment);
    let all = notices::of(&app, signed.citizen.id, before).await?;
    Ok(page(StatusCode::OK, plain::account::notices::notices(&styles, &all)))
}

/// It has been seen.
pub(super) async fn see(
    State(app): State<Shared>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    // What is no moment has seen nothing, and the page comes as it was.
    if let Ok(until) = Fields::read(&form).get("until").parse() {
        notices::seen(&app, signed.citizen.id, SeeNotices { until }).await?;
    }
    Ok(lead("/account/notices"))
}
