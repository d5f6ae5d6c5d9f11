//! The pages of accounts: what was typed goes through the very functions of the JSON routes, and comes back as a page or leads to
//! the next one. Nothing of it is kept by a cache, and posts of other sites are refused before they get here.

mod by_mail;
mod entering;
mod identity;
mod kept;
mod mine;
mod notices;
mod others;
mod phone;
mod security;

use crate::access::{self, SignedCitizen};
use crate::app::Shared;
use crate::citizens::Begun;
use crate::error::ApiError;
use crate::json::Json;
use crate::limits;
use crate::routes::plain::page;
use crate::site::Styles;
use account::registration::local_path;
use axum::extract::{DefaultBodyLimit, FromRequestParts, RawForm, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use procedure::paper::MAX_BYTES;
use wire::FieldProblem;

/// The most bytes of what is typed.
const MOST_TYPED: usize = 64 * 1024;

/// The addresses of the pages.
pub(in crate::routes) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    let most = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX).saturating_add(MOST_TYPED);
    let papers = Router::new()
        .route("/account/papers", get(kept::papers).post(kept::keep)) //         GET, POST /account/papers
        .route("/account/others/paper", get(others::ask_paper).post(others::paper)) // GET, POST /account/others/paper
        .layer(DefaultBodyLimit::max(most))
        .layer(from_fn_with_state(app.clone(), limits::paper));
    Router::new()
        .route("/account", get(mine::home)) //                                   GET  /account
        .route("/account/dossiers", post(mine::dossiers)) //                     POST /account/dossiers
        .route("/account/details", get(mine::details).post(mine::change)) //     GET, POST /account/details
        .route("/account/security", get(security::security).post(security::change)) // GET, POST /account/security
        .route("/account/register", get(entering::begin).post(entering::step)) // GET, POST /account/register
        .route("/account/phone", get(phone::ask).post(phone::answer)) //         GET, POST /account/phone
        .route("/account/sign-in", get(entering::ask).post(entering::sign_in)) // GET, POST /account/sign-in
        .route("/account/sign-out", post(security::sign_out)) //                 POST /account/sign-out
        .route("/account/reset", get(entering::forgotten).post(entering::ask_reset)) // GET, POST /account/reset
        .merge(by_mail::routes())
        .route("/account/notices", get(notices::list).post(notices::see)) //     GET, POST /account/notices
        .route("/account/papers/leave", post(kept::leave)) //                    POST /account/papers/leave
        .route("/account/others", get(others::list).post(others::withdraw)) //  GET, POST /account/others
        .route("/account/others/give", get(others::ask_give).post(others::give)) // GET, POST /account/others/give
        .route("/account/others/accept", get(others::ask_accept).post(others::accept)) // GET, POST /account/others/accept
        .route("/dong-y", get(others::ask_code).post(others::by_code)) //        GET, POST /dong-y
        .route("/account/petitions", get(kept::petitions)) //                    GET  /account/petitions
        .route("/account/transactions", get(kept::transactions)) //              GET  /account/transactions
        .route("/account/providers", post(identity::begin)) //                   POST /account/providers
        .route("/account/identity", get(identity::ask).post(identity::answer)) // GET, POST /account/identity
        .route("/account/identity/remove", post(identity::remove)) //            POST /account/identity/remove
        .layer(DefaultBodyLimit::max(MOST_TYPED))
        .layer(from_fn_with_state(app.clone(), limits::ordinary))
        .merge(papers)
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

/// The fields of a post, each name once: the last one of a name counts, as a button's does.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn read(form: &RawForm) -> Self {
        Self(form_urlencoded::parse(&form.0).into_owned().collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, text)| text)
    }

    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// What a JSON route would have been sent.
fn json<T>(value: T) -> Json<T> {
    Json { value, hash: [0; 32] }
}

/// The citizen who is signed in. Where nobody is, their browser is led to signing in, and back to the page they asked for.
struct Holder(SignedCitizen);

impl FromRequestParts<Shared> for Holder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Response> {
        match access::citizen(app, &parts.headers).await {
            Ok(Some(signed)) => Ok(Self(signed)),
            Ok(None) => {
                // What was posted has no page of its own to come back to.
                let next = if parts.method == Method::GET { parts.uri.path() } else { "/account" };
                Err(lead(&format!("/account/sign-in?over&next={next}")))
            }
            Err(error) => Err(error.into_response()),
        }
    }
}

/// Leads to another page of this site.
fn lead(to: &str) -> Response {
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/account"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
        .into_response()
}

/// Where the person was, if that is a page of this site; else the account's.
fn local(next: &str) -> &str {
    local_path(next).unwrap_or("/account")
}

/// Leads to a page of this site with a new session.
fn lead_in(begun: Begun, to: &str) -> Response {
    (AppendHeaders(begun.cookies.map(|cookie| (header::SET_COOKIE, cookie))), lead(to)).into_response()
}

/// What has to be mended, of an answer that says so; all else is the world's, and a page of its own.
fn to_mend(error: ApiError) -> Result<Vec<FieldProblem>, ApiError> {
    let field = |place: &str, says: &str| {
        vec![FieldProblem { place: place.to_owned(), code: String::new(), says: says.to_owned(), blocks: true }]
    };
    match error {
        ApiError::Unanswered(problems) => Ok(problems),
        ApiError::CitizenSignInWrong => Ok(field("login", "E-mail, số điện thoại hoặc mật khẩu chưa đúng.")),
        ApiError::DigitsWrong => {
            Ok(field("code", "Mã tra cứu hoặc 4 số cuối điện thoại chưa đúng. Dùng số đã khai khi nộp hồ sơ."))
        }
        other => Err(other),
    }
}

/// A part of an address behind `?`.
fn asked(request: &Request, name: &str) -> String {
    let query = request.uri().query().unwrap_or_default();
    let found = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
    found.map_or_else(String::new, |(_, text)| text.into_owned())
}

/// A page with the cookies of a JSON route's answer.
fn with_cookies(from: &Response, mut to: Response) -> Response {
    let cookies: Vec<HeaderValue> = from.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    for cookie in cookies {
        to.headers_mut().append(header::SET_COOKIE, cookie);
    }
    to
}
