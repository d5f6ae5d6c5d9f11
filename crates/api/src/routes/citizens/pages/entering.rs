//! Coming in: registering, signing in, and asking for a new password.

use super::{Fields, asked, json, lead, lead_in, local, page, to_mend};
use crate::access;
use crate::app::Shared;
use crate::citizens;
use crate::error::ApiError;
use crate::routes::citizens::oidc::offered;
use crate::routes::citizens::{details_read, faults, links};
use crate::site::Styles;
use crate::source::Source;
use account::registration::{check, local_path};
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use form::Given;
use plain::account::register;
use plain::account::sign_in as sign_in_pages;
use plain::account::typed::{Step, Typed};
use wire::{AskReset, CitizenSignIn, FieldProblem, Register};

/// The first step of registering.
pub(super) async fn begin(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    request: Request,
) -> Response {
    let mut typed = Typed::default();
    typed.set("next", local_path(&asked(&request, "next")).unwrap_or_default());
    page(StatusCode::OK, register::step(&styles, &app.offer.library.units, Step::Kind, &typed, app.reach.sms, &[]))
}

/// A step further, or back; the last one registers.
pub(super) async fn step(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let mut typed = Typed::read(fields.all());
    let units = &app.offer.library.units;
    // A commune of another province is none.
    if units.communes(typed.get("province")).is_none_or(|all| all.iter().all(|one| one.code != typed.get("commune"))) {
        typed.set("commune", "");
    }
    let here = Step::of_name(fields.get("step")).unwrap_or(Step::Kind);
    let draw = |step: Step, wrong: &[FieldProblem]| {
        let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        page(status, register::step(&styles, units, step, &typed, app.reach.sms, wrong))
    };
    match fields.get("wish") {
        "back" => return Ok(draw(typed.before(here), &[])),
        "skip" => {
            ["province", "commune", "detail"].into_iter().for_each(|name| typed.set(name, ""));
            let html = register::step(&styles, units, typed.after(here), &typed, app.reach.sms, &[]);
            return Ok(page(StatusCode::OK, html));
        }
        wish => {
            if let Some(step) = wish.strip_prefix("edit ").and_then(Step::of_name) {
                return Ok(draw(step, &[]));
            }
        }
    }
    if here != Step::Check {
        let wrong = wrong_at(&app, here, &typed);
        return Ok(if wrong.is_empty() { draw(typed.after(here), &[]) } else { draw(here, &wrong) });
    }
    let request: Register = typed.request();
    match links::register(State(app.clone()), Extension(source), json(request)).await {
        Ok(_) => Ok(page(StatusCode::OK, register::sent(&styles, typed.get("email").trim()))),
        Err(error) => {
            let wrong = to_mend(error)?;
            let first = wrong.first().map_or(Step::Check, |problem| Step::asking(&problem.place));
            Ok(draw(first, &wrong))
        }
    }
}

/// What is wrong with what one step asks; the other steps say theirs when they are left.
fn wrong_at(app: &crate::app::App, step: Step, typed: &Typed) -> Vec<FieldProblem> {
    let asked = typed.request();
    let given = Given { today: app.now().date(), units: &app.offer.library.units };
    let Err(found) = check(&asked.name, Some(&asked.email), &details_read(asked.details), &given) else {
        return Vec::new();
    };
    let ApiError::Unanswered(problems) = faults(&found) else { return Vec::new() };
    problems.into_iter().filter(|problem| step.asks().contains(&problem.place.as_str())).collect()
}

/// The page to sign in on; whoever is signed in goes on at once.
pub(super) async fn ask(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, ApiError> {
    let next = asked(&request, "next");
    let next = local_path(&next).unwrap_or_default();
    if access::citizen(&app, &headers).await?.is_some() {
        return Ok(lead(if next.is_empty() { "/account" } else { next }));
    }
    let over = request.uri().query().is_some_and(|query| query.split('&').any(|part| part == "over"));
    let why = if over {
        "Bạn chưa đăng nhập, hoặc phiên làm việc đã hết. Đăng nhập để xem tiếp."
    } else {
        ""
    };
    Ok(page(StatusCode::OK, sign_in_pages::sign_in(&styles, &offered(&app), ("", next), why, &[])))
}

/// Signs in.
pub(super) async fn sign_in(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let (login, next) = (fields.get("login").to_owned(), fields.get("next"));
    let asked = CitizenSignIn { login: login.clone(), password: fields.get("password").to_owned() };
    match citizens::sign_in(&app, source, &headers, asked).await {
        Ok(begun) => Ok(lead_in(begun, local(next))),
        Err(error) => {
            let next = local_path(next).unwrap_or_default();
            let html = sign_in_pages::sign_in(&styles, &offered(&app), (&login, next), "", &to_mend(error)?);
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}

/// Asks which account's password is forgotten.
pub(super) async fn forgotten(Extension(styles): Extension<Styles>) -> Response {
    page(StatusCode::OK, sign_in_pages::ask_reset(&styles, "", &[]))
}

/// Sends a link to set a new one.
pub(super) async fn ask_reset(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    form: RawForm,
) -> Result<Response, ApiError> {
    let login = Fields::read(&form).get("login").to_owned();
    match links::reset(State(app), Extension(source), json(AskReset { login: login.clone() })).await {
        Ok(_) => Ok(page(StatusCode::OK, sign_in_pages::reset_sent(&styles))),
        Err(error) => {
            let html = sign_in_pages::ask_reset(&styles, &login, &to_mend(error)?);
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}
