//! What mailed links open: making the account, a new password, another address. All three arrive with a token, show what they are for,
//! and do it when the button is pressed.

use super::phone::after_registering;
use super::{Fields, json, lead_in, page, to_mend};
use crate::app::Shared;
use crate::error::ApiError;
use crate::routes::citizens::{details_told, links};
use crate::site::Styles;
use crate::source::Source;
use account::citizen::Purpose;
use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use plain::account::links::{self as drawn, Link};
use plain::account::typed::Typed;
use wire::{Confirm, FinishReset, OpenLink};

/// GET and POST of each of the three.
pub(super) fn routes() -> Router<Shared> {
    [Link::Confirm, Link::Reset, Link::Email].into_iter().fold(Router::new(), |routes, link| {
        let arrived = move |Extension(styles): Extension<Styles>| async move {
            page(StatusCode::OK, drawn::arrived(&styles, link))
        };
        let answer = move |app: State<Shared>, source, styles, headers: HeaderMap, form: RawForm| async move {
            answered(link, app, source, styles, headers, form).await
        };
        routes.route(link.path(), get(arrived).post(answer))
    })
}

/// Shows what the link is for, or does it.
async fn answered(
    link: Link,
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let (token, password) = (fields.get("token").trim().to_owned(), fields.get("password").to_owned());
    let purpose = match link {
        Link::Confirm => Purpose::Register,
        Link::Reset => Purpose::Reset,
        Link::Email => Purpose::Email,
    };
    let opened = links::opened(&app, source, &token, purpose).await?.1;
    let registering = opened.registration.as_ref();
    let registering = registering.map(|asked| Typed::of(&asked.name, &details_told(asked.details.clone())));
    let shown = links::shown_of(opened);
    let draw = |status, wrong: &[_]| {
        let registering = registering.as_ref().map(|typed| (typed, app.reach.sms));
        page(status, drawn::opened(&styles, link, &token, &shown, registering, wrong))
    };
    if fields.get("wish") != "finish" {
        return Ok(draw(StatusCode::OK, &[]));
    }
    let token = token.clone();
    let done = match link {
        Link::Confirm => links::confirmed(&app, source, &headers, Confirm { token, password })
            .await
            .map(|(begun, next)| lead_in(begun, &after_registering(&app, &next))),
        Link::Reset => links::set_anew(&app, source, &headers, FinishReset { token, password })
            .await
            .map(|begun| lead_in(begun, "/account")),
        Link::Email => links::finish_email(State(app.clone()), Extension(source), json(OpenLink { token }))
            .await
            .map(|_| page(StatusCode::OK, drawn::email_changed(&styles))),
    };
    match done {
        Ok(response) => Ok(response),
        Err(error) => Ok(draw(StatusCode::UNPROCESSABLE_ENTITY, &to_mend(error)?)),
    }
}
