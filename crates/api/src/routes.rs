//! Every address of the API on one screen, each in the group whose limits it lives under.

mod absences;
mod catalogue;
mod citizens;
mod consents;
mod desk;
mod dossiers;
mod eligibility;
mod forms;
mod handovers;
mod health;
pub mod officer_list;
mod officer_sheet;
pub(crate) mod officers;
mod openapi;
mod papers;
mod payments;
mod petitions;
mod plain;
pub mod postings;
mod print;
mod public_figures;
mod ratings;
mod receipt_keys;
mod replies;
mod services;
mod supplements;
mod track;
mod uploads;

use crate::access;
use crate::app::Shared;
use crate::error::ApiError;
use crate::site::Site;
use crate::{headers, limits, tus};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any_service;
use procedure::calendar::DAY_MS;
use std::sync::Arc;
use text::Words;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::{router, routes};
use wire::FieldProblem;

/// How long a paper is kept that no dossier claims, and an upload after its last byte.
pub(crate) const KEPT_MS: i64 = 7 * DAY_MS;

/// The routes and the document that describes them.
fn table(app: &Shared) -> OpenApiRouter<Shared> {
    let probe = OpenApiRouter::new().routes(routes!(health::health)); //             GET  /api/v1/health
    let ordinary = OpenApiRouter::new()
        .routes(routes!(openapi::openapi)) //            GET  /api/v1/openapi.json
        .routes(routes!(catalogue::catalogue)) //        GET  /api/v1/catalogue
        .routes(routes!(services::services)) //          GET  /api/v1/services
        .routes(routes!(forms::form)) //                 GET  /api/v1/forms/{fingerprint}
        .routes(routes!(print::filled)) //               POST /api/v1/forms/{fingerprint}/pdf
        .routes(routes!(print::blank)) //                GET  /api/v1/forms/{fingerprint}/blank.pdf
        .routes(routes!(eligibility::rules, eligibility::assess)) // GET, POST /api/v1/procedures/{id}/eligibility
        .routes(routes!(dossiers::submit::submit)) //    POST /api/v1/dossiers
        .routes(routes!(dossiers::print::form)) //       GET  /api/v1/dossiers/forms/{number}/pdf
        .routes(routes!(receipt_keys::receipt_keys)) //  GET  /api/v1/receipt-keys
        .routes(routes!(track::track)) //                POST /api/v1/track
        .routes(routes!(handovers::begin)) //            POST /api/v1/handovers
        .routes(routes!(handovers::open)) //             POST /api/v1/handovers/open
        .routes(routes!(handovers::standing, handovers::take_back)) // GET, DELETE /api/v1/handovers/{id}
        .routes(routes!(handovers::taken)) //            POST /api/v1/handovers/{id}/taken
        .routes(routes!(supplements::open)) //           POST /api/v1/supplements/open
        .routes(routes!(supplements::send)) //           POST /api/v1/supplements
        .routes(routes!(replies::open)) //               POST /api/v1/replies/open
        .routes(routes!(replies::result)) //             POST /api/v1/replies/result
        .routes(routes!(payments::begin)) //             POST /api/v1/payments
        .routes(routes!(payments::standing)) //          POST /api/v1/payments/standing
        .routes(routes!(payments::receipt)) //           POST /api/v1/payments/receipt
        .routes(routes!(payments::calls::vnpay)) //      GET  /api/v1/payments/vnpay
        .routes(routes!(payments::calls::momo)) //       POST /api/v1/payments/momo
        // GET, POST /api/v1/citizens/me/consents, and POST …/paper and …/accept, DELETE …/{id}
        .routes(routes!(citizens::consents::list, citizens::consents::offer))
        .routes(routes!(citizens::consents::record))
        .routes(routes!(citizens::consents::accept))
        .routes(routes!(citizens::consents::withdraw))
        .routes(routes!(citizens::petitions::list)) //   GET  /api/v1/citizens/me/petitions
        .routes(routes!(citizens::filed::list)) //   GET  /api/v1/citizens/me/filed
        .routes(routes!(consents::open)) //              POST /api/v1/consents/open
        .routes(routes!(consents::withdraw)) //          POST /api/v1/consents/withdraw
        // GET, POST /api/v1/citizens/me/dossiers, DELETE /api/v1/citizens/me/dossiers/{id}
        .routes(routes!(citizens::dossiers::list, citizens::dossiers::claim))
        .routes(routes!(citizens::dossiers::leave))
        .routes(routes!(citizens::links::register)) //   POST /api/v1/citizens/register
        .routes(routes!(citizens::links::open_confirm)) // POST /api/v1/citizens/confirm/open
        .routes(routes!(citizens::links::confirm)) //    POST /api/v1/citizens/confirm
        .routes(routes!(citizens::sign_in)) //           POST /api/v1/citizens/sign-in
        .routes(routes!(citizens::transactions::list)) // GET /api/v1/citizens/me/transactions
        .routes(routes!(citizens::notices::list)) //     GET  /api/v1/citizens/me/notices
        .routes(routes!(citizens::notices::see)) //      POST /api/v1/citizens/me/notices/seen
        .routes(routes!(citizens::papers::list)) //      GET  /api/v1/citizens/me/papers
        .routes(routes!(citizens::papers::use_it)) //    POST /api/v1/citizens/me/papers/{sha256}/use
        .routes(routes!(citizens::sign_out)) //          POST /api/v1/citizens/sign-out
        .routes(routes!(citizens::sign_out_everywhere)) // POST /api/v1/citizens/sign-out-everywhere
        .routes(routes!(citizens::links::reset)) //      POST /api/v1/citizens/reset
        .routes(routes!(citizens::links::open_reset)) // POST /api/v1/citizens/reset/open
        .routes(routes!(citizens::links::finish_reset)) // POST /api/v1/citizens/reset/finish
        .routes(routes!(citizens::links::open_email)) // POST /api/v1/citizens/email/open
        .routes(routes!(citizens::links::finish_email)) // POST /api/v1/citizens/email/finish
        .routes(routes!(citizens::me, citizens::changes::delete)) // GET, DELETE /api/v1/citizens/me
        .routes(routes!(citizens::changes::details)) //  PUT  /api/v1/citizens/me/details
        .routes(routes!(citizens::changes::password)) // PUT  /api/v1/citizens/me/password
        .routes(routes!(citizens::changes::email)) //    PUT  /api/v1/citizens/me/email
        .routes(routes!(citizens::phone::change)) //     PUT  /api/v1/citizens/me/phone
        .routes(routes!(citizens::phone::confirm)) //    POST /api/v1/citizens/me/phone/confirm
        .routes(routes!(citizens::oidc::providers)) //   GET  /api/v1/citizens/providers
        .routes(routes!(citizens::oidc::begin)) //       POST /api/v1/citizens/providers/{id}/begin
        .routes(routes!(citizens::oidc::callback)) //    GET  /api/v1/citizens/providers/{id}/callback
        .routes(routes!(citizens::oidc::list, citizens::oidc::affirm)) // GET, POST /api/v1/citizens/identities
        .routes(routes!(citizens::oidc::stand_apart)) // POST /api/v1/citizens/identities/apart
        .routes(routes!(citizens::oidc::remove)) //      DELETE /api/v1/citizens/identities/{id}
        .routes(routes!(officers::sign_in)) //           POST /api/v1/officers/sign-in
        .routes(routes!(officers::sign_out)) //          POST /api/v1/officers/sign-out
        .routes(routes!(officers::me)) //                GET  /api/v1/officers/me
        .routes(routes!(officers::first)) //             POST /api/v1/officers/first
        .routes(routes!(officers::finish)) //            POST /api/v1/officers/first/finish
        .routes(routes!(officer_list::add, officer_list::list)) // POST, GET /api/v1/officers
        .routes(routes!(officer_sheet::read)) //         POST /api/v1/officers/sheet
        .routes(routes!(officer_list::change)) //        PUT  /api/v1/officers/{id}
        .routes(routes!(officer_list::first_link)) //    POST /api/v1/officers/{id}/first-link
        .routes(routes!(absences::list, absences::add)) // GET, POST /api/v1/absences
        .routes(routes!(absences::withdraw)) //          DELETE /api/v1/absences/{id}
        .routes(routes!(desk::queue::queue, desk::enter::enter)) // GET, POST /api/v1/desk/dossiers
        .routes(routes!(desk::search::search)) //        GET  /api/v1/desk/search
        .routes(routes!(desk::register::register)) //    GET  /api/v1/desk/register
        .routes(routes!(desk::dossier::dossier)) //      GET  /api/v1/desk/dossiers/{id}
        .routes(routes!(desk::consent::withdraw)) //     DELETE /api/v1/desk/dossiers/{id}/consent
        .routes(routes!(desk::act::act)) //              POST /api/v1/desk/dossiers/{id}/acts
        .routes(routes!(postings::list)) //              GET  /api/v1/postings
        .routes(routes!(postings::one)) //               GET  /api/v1/postings/{id}
        .routes(routes!(postings::pdf)) //               GET  /api/v1/postings/{id}/pdf
        .routes(routes!(desk::postings::list, desk::postings::publish)) // GET, POST /api/v1/desk/postings
        .routes(routes!(desk::postings::preview)) //     POST /api/v1/desk/postings/preview
        .routes(routes!(desk::figures::figures)) //      GET  /api/v1/desk/figures
        .routes(routes!(desk::figures::as_csv)) //       GET  /api/v1/desk/figures.csv
        .routes(routes!(desk::figures::as_xlsx)) //      GET  /api/v1/desk/figures.xlsx
        .routes(routes!(desk::figures::officers)) //        GET  /api/v1/desk/figures/officers
        .routes(routes!(desk::figures::officers_as_csv)) // GET  /api/v1/desk/figures/officers.csv
        .routes(routes!(desk::figures::officers_as_xlsx)) // GET /api/v1/desk/figures/officers.xlsx
        .routes(routes!(desk::parcels::list)) //         GET  /api/v1/desk/parcels
        .routes(routes!(desk::parcels::labels)) //       GET  /api/v1/desk/parcels/labels
        .routes(routes!(desk::parcels::step)) //         POST /api/v1/desk/dossiers/{id}/parcels/{parcel}
        .routes(routes!(ratings::open)) //               POST /api/v1/ratings/open
        .routes(routes!(ratings::give)) //               POST /api/v1/ratings
        .routes(routes!(public_figures::figures)) //     GET  /api/v1/figures
        .routes(routes!(desk::rating_figures::ratings)) // GET /api/v1/desk/figures/ratings
        .routes(routes!(petitions::send, petitions::list)) // POST, GET /api/v1/petitions
        .routes(routes!(petitions::track)) //            POST /api/v1/petitions/track
        .routes(routes!(petitions::one)) //              GET  /api/v1/petitions/{id}
        .routes(routes!(desk::petitions::list)) //       GET  /api/v1/desk/petitions
        .routes(routes!(desk::petitions::one)) //        GET  /api/v1/desk/petitions/{id}
        .routes(routes!(desk::petitions::acts)) //       POST /api/v1/desk/petitions/{id}/acts
        .routes(routes!(desk::petitions::photo)) //      GET  /api/v1/desk/petitions/{id}/photos/{sha256}
        .routes(routes!(desk::petition_figures::petitions)) // GET /api/v1/desk/figures/petitions
        .routes(routes!(desk::payments::list)) //        GET  /api/v1/desk/payments
        .routes(routes!(desk::payments::refund)) //      POST /api/v1/desk/payments/{order}/refund
        .routes(routes!(desk::payments::bring)) //       POST /api/v1/desk/statements
        .routes(routes!(desk::files::paper)) //          GET  /api/v1/desk/dossiers/{id}/papers/{sha256}
        .routes(routes!(desk::files::form)) //           GET  /api/v1/desk/dossiers/{id}/forms/{number}/pdf
        .routes(routes!(desk::files::draft)) //          GET  /api/v1/desk/dossiers/{id}/drafts/{name}
        .routes(routes!(desk::files::slip)) //           GET  /api/v1/desk/dossiers/{id}/slips/{name}
        .routes(routes!(desk::meetings::meetings, desk::meetings::keep)) // GET, POST /api/v1/desk/meetings
        .routes(routes!(desk::meetings::minutes)) //     GET  /api/v1/desk/meetings/{id}/pdf
        .layer(from_fn_with_state(app.clone(), limits::ordinary))
        .layer(from_fn_with_state(app.clone(), limits::by_source));
    let papers = OpenApiRouter::new()
        .routes(routes!(papers::put)) //                 PUT  /api/v1/papers/{sha256}
        // PUT, GET, PATCH, DELETE /api/v1/citizens/me/papers/{sha256}
        .routes(routes!(citizens::papers::put, citizens::papers::one, citizens::papers::name, citizens::papers::leave))
        .routes(routes!(handovers::put_part, handovers::part)) // PUT, GET /api/v1/handovers/{id}/parts/{number}
        .layer(from_fn_with_state(app.clone(), limits::paper))
        .layer(from_fn_with_state(app.clone(), limits::by_source));
    let uploads = OpenApiRouter::new()
        .routes(inside(app, routes!(uploads::announce::announce, uploads::abilities))) // POST, OPTIONS /api/v1/uploads
        // HEAD, PATCH, DELETE, OPTIONS /api/v1/uploads/{id}
        .routes(inside(app, routes!(uploads::head, uploads::add::add, uploads::delete, uploads::abilities_of_one)))
        .layer(from_fn_with_state(app.clone(), limits::part))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(from_fn(tus::speak));
    let all = router::OpenApiRouter::with_openapi(openapi::about());
    all.merge(probe).merge(ordinary).merge(papers).merge(uploads).layer(from_fn_with_state(app.clone(), access::hold))
}

/// Routes whose method is looked at only behind the layers, which may change it.
fn inside(app: &Shared, (schemas, paths, methods): UtoipaMethodRouter<Shared>) -> UtoipaMethodRouter<Shared> {
    let methods = methods.fallback(|| async { ApiError::MethodNotAllowed }).with_state(app.clone());
    (schemas, paths, any_service(methods))
}

/// The whole service: the API, the plain form, and for every other address the site.
pub fn service(app: Shared, site: Site, https: bool) -> Router {
    let (routes, _document) = table(&app).split_for_parts();
    let styles = site.styles();
    let clock = Arc::clone(&app.clock);
    routes
        .merge(plain::routes(&app, styles.clone()))
        .merge(postings::pages::routes(&app, styles.clone()))
        .merge(citizens::pages::routes(&app, styles.clone()))
        .merge(services::pages::routes(&app, styles.clone()))
        .merge(petitions::pages::routes(&app, styles.clone()))
        .merge(public_figures::routes(&app, styles.clone()))
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .fallback(move |request: Request| site.clone().answer(request, clock().date()))
        .layer(CsrfLayer::new())
        .layer(map_response(other_site))
        .layer(CatchPanicLayer::custom(|_| ApiError::Failed.into_response()))
        .layer(from_fn_with_state(styles, plain::as_page))
        .layer(from_fn_with_state(https, headers::set))
        .with_state(app)
}

/// The document that describes the API.
pub fn document(app: &Shared) -> utoipa::openapi::OpenApi {
    table(app).into_openapi()
}

/// Turns the refusal of the layer against other sites' requests into a problem like all others.
async fn other_site(response: Response) -> Response {
    if response.extensions().get::<ProtectionError>().is_some() {
        return ApiError::OtherSite.into_response();
    }
    response
}

/// A problem of the check as the API tells it.
fn said(problem: &form::Problem) -> FieldProblem {
    FieldProblem {
        place: problem.place.clone(),
        code: problem.code.as_str().to_owned(),
        says: text::problem(&Words::vietnamese(), problem),
        blocks: problem.blocks,
    }
}
