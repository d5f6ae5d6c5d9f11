//! The plain form: the same filing by browsers without scripts, as pages of HTML and posts of `multipart/form-data`.
//!
//! The pages are drawn by `plain`; the check, the look at papers and the keeping are those of the JSON routes.

pub(super) mod fields;
mod send;

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::limits;
use crate::routes::dossiers::submit::Sender;
use crate::site::Styles;
use crate::units;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use form::{Code, Form, Given, Problem};
use http_body_util::BodyExt as _;
use plain::{Filling, Typed};
use procedure::paper::MAX_DOSSIER_BYTES;
use procedure::{Outcome, Procedure};
use std::sync::Arc;

/// The most bytes of a post: all papers of a dossier, and everything typed.
const MAX_BYTES: u64 = MAX_DOSSIER_BYTES + fields::MAX_TYPED as u64 * 2;

/// The addresses of the plain form.
pub(super) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    let pages = get(begin).layer(from_fn_with_state(app.clone(), limits::ordinary));
    let posts = post(fill).layer(from_fn_with_state(app.clone(), limits::paper));
    Router::new()
        .route("/plain", get(list).layer(from_fn_with_state(app.clone(), limits::ordinary))) // GET /plain
        .route("/plain/{id}", pages.merge(posts)) //                                             GET, POST /plain/{id}
        .layer(DefaultBodyLimit::max(usize::try_from(MAX_BYTES).unwrap_or(usize::MAX)))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

async fn list(State(app): State<Shared>, Extension(styles): Extension<Styles>) -> Response {
    let today = app.now().date();
    let offered = app.offer.library.procedures.values().filter(|one| one.in_force(today));
    let rows = offered.map(|one| (one.id.as_str(), one.short.as_str(), one.summary.as_str()));
    page(StatusCode::OK, plain::list(&styles, rows))
}

async fn begin(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let procedure = app.offer.library.procedures.get(&id).ok_or(ApiError::NoSuchPage)?;
    let typed = Typed { key: new_key()?, version: procedure.fingerprint(), ..Typed::default() };
    Ok(drawn(&app, &styles, procedure, None, &typed, &[]))
}

async fn fill(
    State(app): State<Shared>,
    Extension(source): Extension<crate::source::Source>,
    Extension(styles): Extension<Styles>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let body = body.map_err(|_| ApiError::BodyBroken)?;
    let fields::Taken { mut typed, wish, mut problems } = fields::take(&app, source, body).await?;
    let procedure = app.offer.procedure(&typed.version, &*app.store).await?;
    let procedure = procedure.filter(|one| one.id == id).ok_or(ApiError::FormUnknown)?;
    let library = &app.offer.library;
    let today = app.now().date();
    plain::settle(&procedure.case, &mut typed.case, &library.units, today);
    let case = form::check(&procedure.case, &typed.case, &Given { today, units: &library.units });
    let led = case.as_ref().ok().map(form::Checked::values);
    let outcome = led.and_then(|case| procedure.outcome(case, today));
    let to_fill: Vec<&str> = match (outcome, led) {
        (Some(outcome), Some(case)) => procedure.forms_to_fill(outcome, case).collect(),
        _ => Vec::new(),
    };
    let forms = forms(&app, &to_fill, &mut typed).await?;
    for form in &forms {
        plain::settle(form, typed.answers_mut(&form.id), &library.units, today);
    }
    if let Some(heir) = units::only_heir(&app, &typed.agency) {
        typed.agency = heir;
    }
    let received =
        library.agencies.on(today).find(&typed.agency).is_some_and(|one| procedure.receives_at(one.level, today));
    if wish == "case" {
        return Ok(drawn(&app, &styles, &procedure, None, &typed, &[]));
    }
    let (Some(outcome), true) = (outcome, received) else {
        if !received {
            problems.push(problem("agency", Code::AgencyUnknown));
            units::explain(&app, &typed.agency, &mut problems);
        }
        let wrong = case.err().into_iter().flatten();
        problems.extend(wrong.map(|one| Problem { place: format!("case/{}", one.place), ..one }));
        return Ok(drawn(&app, &styles, &procedure, None, &typed, &problems));
    };
    let led = Led { procedure: &procedure, outcome, forms: &forms };
    if wish == "send" && !outcome.forms.is_empty() {
        let sender = Sender::of(&app, &headers).await?;
        return send::send(&app, &styles, &led, sender, typed, problems).await;
    }
    rows(&wish, &forms, &mut typed);
    Ok(drawn(&app, &styles, &procedure, Some(&led), &typed, &problems))
}

/// Where a case has led.
struct Led<'a> {
    procedure: &'a Procedure,
    outcome: &'a Outcome,
    forms: &'a [Arc<Form>],
}

/// The forms of these ids in the versions the page was drawn from, today's where it has none yet.
async fn forms(app: &App, ids: &[&str], typed: &mut Typed) -> Result<Vec<Arc<Form>>, ApiError> {
    let mut forms = Vec::new();
    for &id in ids {
        if !typed.versions.contains_key(id) {
            let form = app.offer.library.forms.get(id).ok_or(ApiError::FormUnknown)?;
            typed.versions.insert(id.to_owned(), form.fingerprint());
        }
        let form = app.offer.form(typed.versions.get(id).map_or("", String::as_str), &*app.store).await?;
        forms.push(form.filter(|form| form.id == id).ok_or(ApiError::FormUnknown)?);
    }
    Ok(forms)
}

/// `add <form>/<group>` and `remove <form>/<group> <row>`.
fn rows(wish: &str, forms: &[Arc<Form>], typed: &mut Typed) {
    let mut words = wish.split(' ');
    let (what, group, row) = (words.next(), words.next().and_then(|place| place.split_once('/')), words.next());
    let Some((scope, group)) = group else { return };
    let form = forms.iter().find(|form| form.id == scope);
    let Some(form::Kind::Repeat(kind)) = form.and_then(|form| form.question_at(group)).map(|one| &one.kind) else {
        return;
    };
    let answers = typed.answers_mut(scope);
    let count = answers.rows(group);
    match (what, row.and_then(|row| row.parse().ok())) {
        (Some("add"), _) if count < usize::from(kind.max) => answers.set(group, &(count + 1).to_string()),
        (Some("remove"), Some(row)) => answers.remove_row(group, row),
        _ => {}
    }
}

pub(super) fn problem(place: &str, code: Code) -> Problem {
    Problem {
        place: place.to_owned(),
        code,
        arg: String::new(),
        label: String::new(),
        blocks: true,
        says: String::new(),
    }
}

/// The page to fill, with 422 where something has to be mended.
fn drawn(
    app: &App,
    styles: &Styles,
    procedure: &Procedure,
    led: Option<&Led<'_>>,
    typed: &Typed,
    problems: &[Problem],
) -> Response {
    let library = &app.offer.library;
    let today = app.now().date();
    let agencies: Vec<_> = library.agencies.on(today).receiving(procedure, today).collect();
    let forms: Vec<&Form> = led.iter().flat_map(|led| led.forms).map(|form| &**form).collect();
    let outcome = led.map(|led| (led.outcome, forms.as_slice()));
    let filling = Filling { procedure, agencies: &agencies, units: &library.units, today, typed, problems, outcome };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(status, filling.page(styles))
}

/// A page that nobody keeps. Its own posts tell where they come from, so that those of other sites are known.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (status, headers, html).into_response()
}

/// A UUID of chance, in the form that idempotency keys have.
pub(super) fn new_key() -> Result<String, ApiError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::Failed)?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = store::hex(&bytes);
    Ok([&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-"))
}

/// Makes pages of the problems that the plain form's addresses answer, whichever layer they come from.
pub(super) async fn as_page(State(styles): State<Styles>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let below = |first: &str| path.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    // Whatever else may stand on them, pages of refusal are not for search engines.
    let refused = match () {
        () if below("/niem-yet") => Some(plain::posting::refused as fn(&plain::Style, &str, &str) -> String),
        () if below("/phan-anh") => Some(plain::petition::refused as _),
        // What can be refused there, too many requests, is said as there.
        () if below("/so-lieu") => Some(plain::petition::refused as _),
        () if below("/account") => Some(plain::account::refused as _),
        () if below("/api/v1/citizens/providers") && path.ends_with("/callback") => Some(plain::identity::refused as _),
        () if below("/dong-y") => Some(plain::refused as _),
        () if below("/dich-vu") => Some(plain::services::refused as _),
        () if below("/plain") => Some(plain::refused as _),
        () => None,
    };
    let response = next.run(request).await;
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    let Some(refused) = refused.filter(|_| is_problem) else { return response };
    let (mut parts, body) = response.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let Ok(problem) = serde_json::from_slice::<wire::Problem>(&body) else {
        return ApiError::Failed.into_response();
    };
    let html = refused(&styles, &problem.title, &problem.detail);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, html.into())
}
