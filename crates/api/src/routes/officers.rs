//! Officers sign in and out, for the first time by a link.

use crate::access::{COOKIE, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::qr;
use crate::sign_in::{self, Begun};
use crate::source::Source;
use crate::tries;
use account::officer::{Credentials, FirstLink};
use account::password::{self, Weak};
use account::policy::may_ever;
use account::{Action, Authenticator, Officer, Session, authenticator, session};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use store::Hash;
use wire::{FieldProblem, FinishFirst, FirstSignIn, Me, OpenFirst, Problem, RoleName, SignIn};

/// Signs an officer in.
#[utoipa::path(post, path = "/api/v1/officers/sign-in",
    request_body = SignIn,
    responses(
        (status = 200, body = Me),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_in(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    headers: HeaderMap,
    request: Json<SignIn>,
) -> Result<Response, ApiError> {
    let begun = sign_in::sign_in(&app, source, &headers, &request.value).await?;
    Ok(signed_in(&app, begun))
}

/// Signs the officer out.
#[utoipa::path(post, path = "/api/v1/officers/sign-out",
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn sign_out(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    app.store.end_session(signed.token, app.now()).await?;
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/v1/officers/me",
    responses((status = 200, body = Me), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn me(State(app): State<Shared>, Extension(signed): Extension<Signed>) -> Response {
    answer(&told(&app, &signed.officer, &signed.session))
}

/// Opens the link for the first sign-in. It can be opened as often as one likes; nothing is used up.
#[utoipa::path(post, path = "/api/v1/officers/first",
    request_body = OpenFirst,
    responses(
        (status = 200, body = FirstSignIn),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn first(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<OpenFirst>,
) -> Result<Response, ApiError> {
    let (_, link, found) = opened(&app, source, &request.value.token).await?;
    let Credentials { officer, secret, .. } = found;
    let qr = qr::rows(&authenticator::uri(&secret, &officer.phone));
    let unit = unit_name(&app, &officer.unit);
    let secret = authenticator::written(&secret);
    Ok(answer(&FirstSignIn { name: officer.name, phone: officer.phone, unit, until: link.until.0, secret, qr }))
}

/// Uses the link up: the password is set, and the officer is signed in.
#[utoipa::path(post, path = "/api/v1/officers/first/finish",
    request_body = FinishFirst,
    responses(
        (status = 200, body = Me),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn finish(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    request: Json<FinishFirst>,
) -> Result<Response, ApiError> {
    let FinishFirst { token, password, code } = request.value;
    let (token, _, found) = opened(&app, source, &token).await?;
    let mut problems = Vec::new();
    if let Err(weak) = password::choose(&password, &found.officer.name, &[&found.officer.phone]) {
        problems.push(field("password", weak_says(weak)));
    }
    let step = Authenticator::new(&found.secret).step(&code, app.now()).filter(|step| *step > found.last_step);
    if step.is_none() {
        let says = "Mã 6 số chưa đúng hoặc đã hết hạn. Nhập mã đang hiện trên ứng dụng xác thực; nếu vẫn sai, xem lại giờ của điện thoại.";
        problems.push(field("code", says));
    }
    let Some(step) = step.filter(|_| problems.is_empty()) else {
        return Err(ApiError::Unanswered(problems));
    };
    let hash = tries::hash(&app, password).await?;
    let (session, cookies) = sign_in::new_session(&app, found.officer.id, step)?;
    if !app.store.finish_first(token, hash, session).await? {
        return Err(ApiError::LinkUnknown);
    }
    Ok(signed_in(&app, sign_in::begun(found.officer, session, cookies)))
}

/// The link with this token. A miss costs what a wrong lookup code costs.
async fn opened(app: &App, source: Source, token: &str) -> Result<(Hash, FirstLink, Credentials), ApiError> {
    app.misses.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    let hash: Hash = Sha256::digest(token).into();
    let (link, found) = app.store.first_link(hash, app.now()).await?.ok_or(ApiError::LinkUnknown)?;
    app.misses.give_back(&source, 1.0);
    Ok((hash, link, found))
}

pub(super) fn field(place: &str, says: &str) -> FieldProblem {
    FieldProblem { place: place.to_owned(), code: place.to_owned(), says: says.to_owned(), blocks: true }
}

pub(super) fn weak_says(weak: Weak) -> &'static str {
    match weak {
        Weak::TooShort => "Mật khẩu cần ít nhất 8 ký tự. Một câu ngắn dễ nhớ là tốt nhất.",
        Weak::TooLong => "Mật khẩu dài quá 200 ký tự. Hãy chọn câu ngắn hơn.",
        Weak::Common => "Mật khẩu này quá dễ đoán. Hãy chọn một câu mà chỉ bạn nghĩ ra.",
        Weak::Personal => "Mật khẩu không được chứa tên, số điện thoại hoặc địa chỉ thư của bạn.",
    }
}

fn signed_in(app: &App, begun: Begun) -> Response {
    let Begun { officer, cookies, session } = begun;
    let cookies: [_; 2] = cookies.map(|cookie: HeaderValue| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), answer(&told(app, &officer, &session))).into_response()
}

fn told(app: &App, officer: &Officer, session: &Session) -> Me {
    let roles =
        officer.roles.iter().map(|role| RoleName { role: role.name().to_owned(), says: role.says().to_owned() });
    let places = [
        ("work", Action::SeeQueue),
        ("counter", Action::EnterDossier),
        ("meetings", Action::HoldMeeting),
        ("postings", Action::Post),
        ("parcels", Action::SendParcels),
        ("figures", Action::SeeFigures),
        ("payments", Action::SeePayments),
        ("officers", Action::ManageOfficers),
        ("absences", Action::SeeAbsences),
    ];
    let places = places.into_iter().filter(|(_, action)| may_ever(officer, *action));
    Me {
        id: officer.id.to_string(),
        name: officer.name.clone(),
        unit: officer.unit.clone(),
        unit_name: unit_name(app, &officer.unit),
        roles: roles.collect(),
        places: places.map(|(name, _)| name.to_owned()).collect(),
        idle_seconds: u32::try_from(session::IDLE_MS / 1000).unwrap_or(u32::MAX),
        ends_at: session.ends_at().0,
    }
}

/// What a unit is called today, or was called last.
pub(super) fn unit_name(app: &App, code: &str) -> String {
    app.offer.library.agencies.name(code, app.now().date()).unwrap_or(code).to_owned()
}

/// JSON that no cache keeps.
pub(super) fn answer<T: serde::Serialize>(value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
            (headers, body).into_response()
        }
        Err(_) => ApiError::Failed.into_response(),
    }
}
