//! Who may come to which route: one table, and what holds it. A route without a line in it is closed, and the server does
//! not start with one.

use crate::app::{App, Shared};
use crate::error::ApiError;
use account::{Absence, Action, Citizen, CitizenSession, Officer, Session, policy};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest as _, Sha256};
use store::Hash;
use store::officers::Refusal;
use utoipa::openapi::OpenApi;

/// Who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody. What is whose is told by what the request carries: a draft's key, a lookup code, a link's token.
    Anyone,
    /// An officer with a role that allows this action; the handler looks at how far it reaches.
    Officer(Action),
    /// A citizen who is signed in; the handler looks at what is theirs.
    Citizen,
}

use Access::{Anyone, Citizen as Own, Officer as By};

/// The method, the address and who may come.
#[rustfmt::skip]
const TABLE: &[(&str, &str, Access)] = &[
    ("GET",     "/api/v1/health",                               Anyone),
    ("GET",     "/api/v1/openapi.json",                         Anyone),
    ("GET",     "/api/v1/catalogue",                            Anyone),
    ("GET",     "/api/v1/services",                             Anyone),
    ("GET",     "/api/v1/forms/{fingerprint}",                  Anyone),
    ("POST",    "/api/v1/forms/{fingerprint}/pdf",              Anyone),
    ("GET",     "/api/v1/forms/{fingerprint}/blank.pdf",        Anyone),
    ("GET",     "/api/v1/procedures/{id}/eligibility",          Anyone),
    ("POST",    "/api/v1/procedures/{id}/eligibility",          Anyone),
    ("POST",    "/api/v1/dossiers",                             Anyone),
    ("GET",     "/api/v1/dossiers/forms/{number}/pdf",          Anyone),
    ("GET",     "/api/v1/receipt-keys",                         Anyone),
    ("GET",     "/api/v1/citizens/me/dossiers",                 Own),
    ("POST",    "/api/v1/citizens/me/dossiers",                 Own),
    ("DELETE",  "/api/v1/citizens/me/dossiers/{id}",            Own),
    ("GET",     "/api/v1/citizens/me/consents",                 Own),
    ("POST",    "/api/v1/citizens/me/consents",                 Own),
    ("POST",    "/api/v1/citizens/me/consents/paper",           Own),
    ("POST",    "/api/v1/citizens/me/consents/accept",          Own),
    ("DELETE",  "/api/v1/citizens/me/consents/{id}",            Own),
    ("GET",     "/api/v1/citizens/me/petitions",                Own),
    ("GET",     "/api/v1/citizens/me/filed",                    Own),
    ("POST",    "/api/v1/consents/open",                       Anyone),
    ("POST",    "/api/v1/consents/withdraw",                   Anyone),
    ("POST",    "/api/v1/citizens/register",                   Anyone),
    ("POST",    "/api/v1/citizens/confirm/open",               Anyone),
    ("POST",    "/api/v1/citizens/confirm",                    Anyone),
    ("POST",    "/api/v1/citizens/sign-in",                    Anyone),
    ("POST",    "/api/v1/citizens/reset",                      Anyone),
    ("POST",    "/api/v1/citizens/reset/open",                 Anyone),
    ("POST",    "/api/v1/citizens/reset/finish",               Anyone),
    ("POST",    "/api/v1/citizens/email/open",                 Anyone),
    ("POST",    "/api/v1/citizens/email/finish",               Anyone),
    ("GET",     "/api/v1/citizens/me",                         Own),
    ("DELETE",  "/api/v1/citizens/me",                         Own),
    ("PUT",     "/api/v1/citizens/me/details",                 Own),
    ("PUT",     "/api/v1/citizens/me/password",                Own),
    ("PUT",     "/api/v1/citizens/me/email",                   Own),
    ("PUT",     "/api/v1/citizens/me/phone",                   Own),
    ("POST",    "/api/v1/citizens/me/phone/confirm",           Own),
    ("POST",    "/api/v1/citizens/sign-out",                   Own),
    ("POST",    "/api/v1/citizens/sign-out-everywhere",        Own),
    ("GET",     "/api/v1/citizens/me/transactions",             Own),
    ("GET",     "/api/v1/citizens/me/notices",                  Own),
    ("POST",    "/api/v1/citizens/me/notices/seen",             Own),
    ("GET",     "/api/v1/citizens/me/papers",                   Own),
    ("PUT",     "/api/v1/citizens/me/papers/{sha256}",          Own),
    ("GET",     "/api/v1/citizens/me/papers/{sha256}",          Own),
    ("PATCH",   "/api/v1/citizens/me/papers/{sha256}",          Own),
    ("DELETE",  "/api/v1/citizens/me/papers/{sha256}",          Own),
    ("POST",    "/api/v1/citizens/me/papers/{sha256}/use",      Own),
    ("GET",     "/api/v1/citizens/providers",                   Anyone),
    ("POST",    "/api/v1/citizens/providers/{id}/begin",        Anyone),
    ("GET",     "/api/v1/citizens/providers/{id}/callback",     Anyone),
    ("GET",     "/api/v1/citizens/identities",                  Own),
    ("POST",    "/api/v1/citizens/identities",                  Own),
    // Whose it is, is told by a ticket and the browser that it was made for.
    ("POST",    "/api/v1/citizens/identities/apart",            Anyone),
    ("DELETE",  "/api/v1/citizens/identities/{id}",             Own),
    ("POST",    "/api/v1/track",                                Anyone),
    ("POST",    "/api/v1/handovers",                            Anyone),
    ("POST",    "/api/v1/handovers/open",                       Anyone),
    ("GET",     "/api/v1/handovers/{id}",                       Anyone),
    ("DELETE",  "/api/v1/handovers/{id}",                       Anyone),
    ("POST",    "/api/v1/handovers/{id}/taken",                 Anyone),
    ("PUT",     "/api/v1/handovers/{id}/parts/{number}",        Anyone),
    ("GET",     "/api/v1/handovers/{id}/parts/{number}",        Anyone),
    ("PUT",     "/api/v1/papers/{sha256}",                      Anyone),
    ("POST",    "/api/v1/uploads",                              Anyone),
    ("OPTIONS", "/api/v1/uploads",                              Anyone),
    ("HEAD",    "/api/v1/uploads/{id}",                         Anyone),
    ("PATCH",   "/api/v1/uploads/{id}",                         Anyone),
    ("DELETE",  "/api/v1/uploads/{id}",                         Anyone),
    ("OPTIONS", "/api/v1/uploads/{id}",                         Anyone),
    ("POST",    "/api/v1/supplements/open",                     Anyone),
    ("POST",    "/api/v1/supplements",                          Anyone),
    ("GET",     "/api/v1/postings",                             Anyone),
    ("GET",     "/api/v1/postings/{id}",                        Anyone),
    ("GET",     "/api/v1/postings/{id}/pdf",                    Anyone),
    ("POST",    "/api/v1/replies/open",                         Anyone),
    ("POST",    "/api/v1/replies/result",                       Anyone),
    ("POST",    "/api/v1/payments",                             Anyone),
    ("POST",    "/api/v1/payments/standing",                    Anyone),
    ("POST",    "/api/v1/payments/receipt",                     Anyone),
    ("POST",    "/api/v1/petitions",                            Anyone),
    ("POST",    "/api/v1/petitions/track",                      Anyone),
    ("GET",     "/api/v1/petitions",                            Anyone),
    ("GET",     "/api/v1/petitions/{id}",                       Anyone),
    ("POST",    "/api/v1/ratings/open",                         Anyone),
    ("POST",    "/api/v1/ratings",                              Anyone),
    ("GET",     "/api/v1/figures",                              Anyone),
    // What providers say is believed for its signature.
    ("GET",     "/api/v1/payments/vnpay",                       Anyone),
    ("POST",    "/api/v1/payments/momo",                        Anyone),
    ("POST",    "/api/v1/officers/sign-in",                     Anyone),
    ("POST",    "/api/v1/officers/first",                       Anyone),
    ("POST",    "/api/v1/officers/first/finish",                Anyone),
    ("POST",    "/api/v1/officers/sign-out",                    By(Action::OwnSession)),
    ("GET",     "/api/v1/officers/me",                          By(Action::OwnSession)),
    ("POST",    "/api/v1/officers",                             By(Action::ManageOfficers)),
    ("GET",     "/api/v1/officers",                             By(Action::ManageOfficers)),
    ("POST",    "/api/v1/officers/sheet",                       By(Action::ManageOfficers)),
    ("PUT",     "/api/v1/officers/{id}",                        By(Action::ManageOfficers)),
    ("POST",    "/api/v1/officers/{id}/first-link",             By(Action::ManageOfficers)),
    ("GET",     "/api/v1/absences",                             By(Action::SeeAbsences)),
    ("POST",    "/api/v1/absences",                             By(Action::SeeAbsences)),
    ("DELETE",  "/api/v1/absences/{id}",                        By(Action::SeeAbsences)),
    ("GET",     "/api/v1/desk/dossiers",                        By(Action::SeeQueue)),
    ("POST",    "/api/v1/desk/dossiers",                        By(Action::EnterDossier)),
    ("DELETE",  "/api/v1/desk/dossiers/{id}/consent",           By(Action::WithdrawConsent)),
    ("GET",     "/api/v1/desk/search",                          By(Action::SeeQueue)),
    ("GET",     "/api/v1/desk/figures",                         By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures.csv",                     By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures.xlsx",                    By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/postings",                        By(Action::Post)),
    ("POST",    "/api/v1/desk/postings",                        By(Action::Post)),
    ("POST",    "/api/v1/desk/postings/preview",                By(Action::Post)),
    ("GET",     "/api/v1/desk/figures/officers",                By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures/officers.csv",            By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures/officers.xlsx",           By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures/petitions",               By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/figures/ratings",                 By(Action::SeeFigures)),
    ("GET",     "/api/v1/desk/petitions",                       By(Action::HandlePetitions)),
    ("GET",     "/api/v1/desk/petitions/{id}",                  By(Action::HandlePetitions)),
    ("POST",    "/api/v1/desk/petitions/{id}/acts",             By(Action::HandlePetitions)),
    ("GET",     "/api/v1/desk/petitions/{id}/photos/{sha256}",  By(Action::HandlePetitions)),
    ("GET",     "/api/v1/desk/register",                        By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/parcels",                         By(Action::SendParcels)),
    ("GET",     "/api/v1/desk/parcels/labels",                  By(Action::SendParcels)),
    ("POST",    "/api/v1/desk/dossiers/{id}/parcels/{parcel}",  By(Action::SendParcels)),
    ("GET",     "/api/v1/desk/payments",                        By(Action::SeePayments)),
    ("POST",    "/api/v1/desk/payments/{order}/refund",         By(Action::Refund)),
    ("POST",    "/api/v1/desk/statements",                      By(Action::BringStatement)),
    ("GET",     "/api/v1/desk/dossiers/{id}",                   By(Action::ReadDossier)),
    ("POST",    "/api/v1/desk/dossiers/{id}/acts",              By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/dossiers/{id}/papers/{sha256}",   By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/dossiers/{id}/forms/{number}/pdf", By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/dossiers/{id}/drafts/{name}",     By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/dossiers/{id}/slips/{name}",      By(Action::ReadDossier)),
    ("GET",     "/api/v1/desk/meetings",                        By(Action::HoldMeeting)),
    ("POST",    "/api/v1/desk/meetings",                        By(Action::HoldMeeting)),
    ("GET",     "/api/v1/desk/meetings/{id}/pdf",               By(Action::ReadDossier)),
];

/// The cookie of a session. Its name makes browsers take it only over TLS (or from this machine), for this host alone.
pub const COOKIE: &str = "__Host-officer";

/// Who is signed in, as of this very request.
#[derive(Clone)]
pub struct Signed {
    /// The officer with their roles of now.
    pub officer: Officer,
    /// The absent officers in whose place they act today, with the roles that are lent.
    pub stands_in: Vec<Officer>,
    /// The session.
    pub session: Session,
    /// Hash of its token.
    pub token: Hash,
}

/// The cookie of a citizen's session. `Lax`, unlike the officers': coming back from a bank's or an identity provider's page must
/// find it. `Path=/`, `Secure` and `HttpOnly` as theirs.
pub const CITIZEN_COOKIE: &str = "__Host-citizen";

/// The citizen who is signed in, as of this very request.
#[derive(Clone)]
pub struct SignedCitizen {
    /// The citizen.
    pub citizen: Citizen,
    /// The session.
    pub session: CitizenSession,
    /// Hash of its token.
    pub token: Hash,
}

/// Whether the table and the API have the same routes.
///
/// # Errors
/// The routes that one of them lacks.
pub fn check(document: &OpenApi) -> Result<(), String> {
    let document = serde_json::to_value(document).map_err(|error| error.to_string())?;
    let mut routes: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        routes
            .extend(methods.as_object().into_iter().flatten().map(|(method, _)| (method.to_uppercase(), path.clone())));
    }
    let listed = |method: &str, path: &str| TABLE.iter().any(|(m, p, _)| *m == method && *p == path);
    let mut wrong: Vec<String> = routes
        .iter()
        .filter(|(method, path)| !listed(method, path))
        .map(|(method, path)| format!("{method} {path} has no line in the table of access"))
        .collect();
    let exists = |method: &str, path: &str| routes.iter().any(|(m, p)| m == method && p == path);
    wrong.extend(
        TABLE.iter().filter(|(method, path, _)| !exists(method, path)).map(|(m, p, _)| format!("there is no {m} {p}")),
    );
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

/// Lets through who may come.
pub(crate) async fn hold(
    State(app): State<Shared>,
    path: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let method = request.method().clone();
    let path = path.as_ref().map_or("", MatchedPath::as_str);
    let known = |asked: &str| TABLE.iter().find(|(method, listed, _)| *method == asked && *listed == path);
    // A HEAD is a GET whose body is left out.
    let line = known(method.as_str()).or_else(|| if method == Method::HEAD { known("GET") } else { None });
    match line {
        Some((.., Access::Anyone)) => {}
        Some((.., Access::Citizen)) => {
            marked(&method, request.headers())?;
            let signed = citizen(&app, request.headers()).await?.ok_or(ApiError::NotSignedIn)?;
            request.extensions_mut().insert(signed);
        }
        Some((.., Access::Officer(action))) => {
            let signed = signed(&app, &method, request.headers()).await?;
            if !policy::may_ever(&signed.officer, *action) {
                refuse(&app, &signed, path).await?;
                return Err(ApiError::NoSuchPage);
            }
            request.extensions_mut().insert(signed);
        }
        // The route exists for another method, which its fallback says; all else is closed.
        None if TABLE.iter().any(|(_, listed, _)| *listed == path) => {}
        None => return Err(ApiError::NoSuchPage),
    }
    Ok(next.run(request).await)
}

/// Puts on record that an officer wanted what is not theirs. Where that fails, nothing is answered at all.
///
/// # Errors
/// When it cannot be kept.
pub async fn refuse(app: &App, signed: &Signed, subject: &str) -> Result<(), ApiError> {
    let subject = subject.chars().take(200).collect();
    let refusal = Refusal { act: "access-refused", officer: Some(signed.officer.id), subject, now: app.now() };
    Ok(app.store.record_refusal(refusal).await?)
}

/// Refuses a change without our header: a form of another site can send none of its own, whatever the browser tells of where
/// it comes from.
fn marked(method: &Method, headers: &HeaderMap) -> Result<(), ApiError> {
    if method.is_safe() || headers.contains_key("x-req") { Ok(()) } else { Err(ApiError::OtherSite) }
}

/// The citizen whose session the request carries, if one still stands. Where an account only adds something, as when a dossier
/// is sent, handlers ask it themselves.
///
/// # Errors
/// When the store fails.
pub(crate) async fn citizen(app: &App, headers: &HeaderMap) -> Result<Option<SignedCitizen>, ApiError> {
    let Some(token) = cookie(headers, CITIZEN_COOKIE) else { return Ok(None) };
    let token: Hash = Sha256::digest(token).into();
    let now = app.now();
    let found = app.store.citizen_session(token).await?.filter(|(session, _)| session.stands(now));
    let Some((session, citizen)) = found else { return Ok(None) };
    if session.is_to_be_touched(now) {
        app.store.touch_citizen_session(token, now).await?;
    }
    Ok(Some(SignedCitizen { citizen, session, token }))
}

async fn signed(app: &App, method: &Method, headers: &HeaderMap) -> Result<Signed, ApiError> {
    marked(method, headers)?;
    let token = cookie(headers, COOKIE).ok_or(ApiError::NotSignedIn)?;
    let token: Hash = Sha256::digest(token).into();
    let (session, mut officer) = app.store.session(token).await?.ok_or(ApiError::NotSignedIn)?;
    let now = app.now();
    // On the very day a unit ends its officers are its heir's, whether that is written down already or not.
    officer.unit = app.offer.library.agencies.heir(&officer.unit, now.date()).to_owned();
    if !session.stands(now) || !officer.enabled {
        return Err(ApiError::NotSignedIn);
    }
    if session.is_to_be_touched(now) {
        app.store.touch_session(token, now).await?;
    }
    // Asked at each request: a delegation ends with its last day, when it is withdrawn, and with either account.
    let absences = app.store.absences_for(officer.id, now.date()).await?;
    let absent = |(absence, absent): &(Absence, Officer)| absence.stand_in(absent, &officer, now.date());
    let stands_in = absences.iter().filter_map(absent).collect();
    Ok(Signed { officer, stands_in, session, token })
}

/// The value of a cookie, if exactly one has this name.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut found = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut named = found.by_ref().filter(|(known, _)| *known == name).map(|(_, value)| value);
    match (named.next(), named.next()) {
        (Some(value), None) => Some(value),
        _ => None,
    }
}
