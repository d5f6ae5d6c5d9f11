//! Kho giấy tờ của tôi: the papers of an account, which later dossiers can use. Those of its dossiers lie with the dossiers and
//! are shown from there; what a citizen puts in by themselves is the account's own.

use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::{self, Json};
use crate::key::Key;
use crate::routes::desk::files::as_sent;
use crate::routes::officers::answer;
use crate::routes::papers::{length, look};
use crate::source::Source;
use crate::work::Work;
use account::CitizenId;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use dossier::reply::reply;
use dossier::{DossierId, belongings};
use form::text::{forbidden, tidy};
use percent_encoding::percent_decode_str;
use procedure::calendar::Moment;
use procedure::paper::MAX_BYTES;
use std::collections::HashMap;
use std::time::Instant;
use store::citizen_papers::{CitizenDossier, CitizenPaper, CitizenPaperKept, NewCitizenPaper, UsedCitizenPaper};
use store::desk::Reader;
use store::{Hash, PaperKept, hex, unhex};
use wire::{KeptPaper, MyPaper, MyPapers, NameMyPaper, Problem};

/// The list shows the papers of so many dossiers, the newest ones.
const DOSSIERS: u32 = 100;
/// Most letters of a name.
const NAME_LETTERS: usize = 150;
/// What a paper is called that came without a name.
const UNNAMED: &str = "Giấy tờ";

/// A paper, and the dossier that has it.
struct Found {
    paper: MyPaper,
    of: Option<DossierId>,
}

/// The papers of the account, the newest first: those put there by themselves, those sent with its dossiers, and results.
#[utoipa::path(get, path = "/api/v1/citizens/me/papers",
    responses((status = 200, body = MyPapers), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id).await?))
}

/// The papers of an account, the newest first.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn of(app: &App, citizen: CitizenId) -> Result<MyPapers, ApiError> {
    let found = papers_of(app, citizen, None).await?;
    Ok(MyPapers { rows: found.into_iter().map(|found| found.paper).collect() })
}

/// Keeps a paper in the account. Sending it again changes nothing.
#[utoipa::path(put, path = "/api/v1/citizens/me/papers/{sha256}",
    params(
        ("sha256" = String, Path, description = "SHA-256 of the body, 64 lower-case hexadecimal digits"),
        ("paper-name" = Option<String>, Header, description = "What the citizen calls it, percent-encoded UTF-8"),
    ),
    request_body(content_type = "application/octet-stream", description = "JPEG, PNG, WebP or PDF, at most 10 MB"),
    responses(
        (status = 201, body = KeptPaper), (status = 200, body = KeptPaper),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn put(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let sha256: Hash = path.ok().and_then(|Path(name)| unhex(&name)).ok_or(ApiError::HashUnreadable)?;
    let name = match headers.get("paper-name") {
        None => UNNAMED.to_owned(),
        Some(given) => named(&percent_decode_str(given.to_str().unwrap_or_default()).decode_utf8_lossy())?,
    };
    if length(&headers).is_some_and(|length| length > MAX_BYTES) {
        return Err(ApiError::TooLarge);
    }
    let content = json::body(body, usize::try_from(MAX_BYTES).unwrap_or(usize::MAX)).await?;
    keep(&app, source, signed.citizen.id, sha256, name, content.into()).await
}

/// Looks at a paper and keeps it in an account.
///
/// # Errors
/// When it is no paper, another one than its hash says, the account is full, too much was sent, or the store fails.
pub(super) async fn keep(
    app: &App,
    source: Source,
    citizen: CitizenId,
    sha256: Hash,
    name: String,
    content: Vec<u8>,
) -> Result<Response, ApiError> {
    #[expect(clippy::cast_precision_loss, reason = "at most ten million")]
    app.uploads.take(source, content.len() as f64, Instant::now()).map_err(ApiError::TooMany)?;
    let (content, looked, pages) = look(content, sha256).await?;
    let (bytes, kind) = (content.len() as u64, looked.kind.media_type().to_owned());
    let (room, now) = (app.limits.account(), app.now());
    let paper = NewCitizenPaper { citizen, sha256, kind: kind.clone(), pages, name, content, room, now };
    let status = match app.store.keep_citizen_paper(paper).await? {
        CitizenPaperKept::New => StatusCode::CREATED,
        CitizenPaperKept::Before => StatusCode::OK,
        CitizenPaperKept::Full => return Err(ApiError::MyPapersFull),
    };
    Ok((status, axum::Json(KeptPaper { sha256: hex(&sha256), bytes, kind })).into_response())
}

/// The bytes of a paper, bit by bit as they came. Never shown in place: what strangers sent runs nothing here.
#[utoipa::path(get, path = "/api/v1/citizens/me/papers/{sha256}",
    params(("sha256" = String, Path, description = "The paper's SHA-256")),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn one(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let (citizen, now) = (signed.citizen.id, app.now());
    let (sha256, of) = theirs(&app, citizen, path).await?;
    let read = match of {
        None => app.store.read_citizen_paper(citizen, sha256, now).await?,
        Some(dossier) => app.store.read_paper(dossier, sha256, Reader::Citizen, now).await?,
    };
    let (kind, bytes) = read.ok_or(ApiError::MyPaperUnknown)?;
    // No name tells what it is: among a shared phone's downloads others would read it.
    Ok(as_sent("giay-to", kind, bytes))
}

/// Gives a paper another name. Those of dossiers keep the procedure's.
#[utoipa::path(patch, path = "/api/v1/citizens/me/papers/{sha256}",
    params(("sha256" = String, Path, description = "The paper's SHA-256")),
    request_body = NameMyPaper,
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn name(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
    request: Json<NameMyPaper>,
) -> Result<StatusCode, ApiError> {
    let sha256 = hash(path)?;
    let name = named(&request.value.name)?;
    let there = app.store.name_citizen_paper(signed.citizen.id, sha256, name, app.now()).await?;
    if there { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::MyPaperUnknown) }
}

/// Takes a paper out of the account. What was sent with a dossier stays with the office.
#[utoipa::path(delete, path = "/api/v1/citizens/me/papers/{sha256}",
    params(("sha256" = String, Path, description = "The paper's SHA-256")),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn leave(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let (sha256, _) = theirs(&app, signed.citizen.id, path).await?;
    app.store.leave_citizen_paper(signed.citizen.id, sha256, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a paper of the account one of a draft, as if the draft had sent it up.
#[utoipa::path(post, path = "/api/v1/citizens/me/papers/{sha256}/use",
    params(
        ("sha256" = String, Path, description = "The paper's SHA-256"),
        ("Idempotency-Key" = String, Header, description = "The draft's key, a UUID"),
    ),
    responses(
        (status = 201, body = KeptPaper), (status = 200, body = KeptPaper),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn use_it(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
    Key(draft): Key,
) -> Result<Response, ApiError> {
    let citizen = signed.citizen.id;
    let (sha256, of) = theirs(&app, citizen, path).await?;
    let used = UsedCitizenPaper { citizen, sha256, of, draft, now: app.now() };
    let (kept, kind, bytes) = app.store.use_citizen_paper(used).await?.ok_or(ApiError::MyPaperUnknown)?;
    let status = match kept {
        PaperKept::New => StatusCode::CREATED,
        PaperKept::Before => StatusCode::OK,
    };
    Ok((status, axum::Json(KeptPaper { sha256: hex(&sha256), bytes, kind })).into_response())
}

/// What is no hash names no paper.
fn hash(path: Result<Path<String>, PathRejection>) -> Result<Hash, ApiError> {
    path.ok().and_then(|Path(name)| unhex(&name)).ok_or(ApiError::MyPaperUnknown)
}

/// A name as it is kept.
pub(super) fn named(given: &str) -> Result<String, ApiError> {
    let name = tidy(given, false);
    let fits = (1..=NAME_LETTERS).contains(&form::text::length(&name)) && forbidden(&name).is_none();
    if fits { Ok(name) } else { Err(ApiError::PaperNameUnreadable) }
}

/// A paper of the account, and the dossier that has it.
async fn theirs(
    app: &App,
    citizen: CitizenId,
    path: Result<Path<String>, PathRejection>,
) -> Result<(Hash, Option<DossierId>), ApiError> {
    let sha256 = hash(path)?;
    let found = papers_of(app, citizen, Some(sha256)).await?.pop().ok_or(ApiError::MyPaperUnknown)?;
    Ok((sha256, found.of))
}

/// The papers of an account, or the one with these bytes, the newest first. Of the same bytes the account's own come before a
/// dossier's, and a newer dossier's before an older one's.
async fn papers_of(app: &App, citizen: CitizenId, only: Option<Hash>) -> Result<Vec<Found>, ApiError> {
    let known = app.store.citizen_papers(citizen, only, DOSSIERS).await?;
    let left_out: HashMap<String, Moment> = known.left_out.iter().map(|(hash, at)| (hex(hash), *at)).collect();
    let mut all: Vec<Found> = known.own.into_iter().map(own).collect();
    for dossier in known.dossiers {
        for found in of_dossier(app, dossier).await? {
            let sha256 = &found.paper.sha256;
            let wanted = only.is_none_or(|only| hex(&only) == *sha256);
            let left_out = left_out.get(sha256).is_some_and(|at| at.0 >= found.paper.kept_at);
            if wanted && !left_out && !all.iter().any(|other| other.paper.sha256 == *sha256) {
                all.push(found);
            }
        }
    }
    all.sort_by_key(|found| std::cmp::Reverse(found.paper.kept_at));
    Ok(all)
}

fn own(paper: CitizenPaper) -> Found {
    let CitizenPaper { sha256, kind, bytes, name, kept_at } = paper;
    let paper = MyPaper {
        sha256: hex(&sha256),
        name,
        paper: String::new(),
        media_type: kind,
        size: bytes,
        kept_at: kept_at.0,
        origin: "uploaded".to_owned(),
        of: String::new(),
    };
    Found { paper, of: None }
}

/// The papers of one of the account's dossiers. One that was claimed shows its result alone: code and digits open no more.
async fn of_dossier(app: &App, CitizenDossier { kept, claimed }: CitizenDossier) -> Result<Vec<Found>, ApiError> {
    let work = Work::of(app, kept).await?;
    let course = work.course(&work.desk(app)?);
    let result = reply(&course, &work.kept.events).result;
    let dossier = &work.kept.dossier;
    let sent = if claimed { &[] } else { dossier.filing.papers.as_slice() };
    let issued_at = course.ended_at.unwrap_or(course.acted_at);
    let of = work.kept.number.clone().unwrap_or_else(|| work.procedure.name.clone());
    let belongings = belongings(&work.procedure.papers, sent, result.as_ref());
    let told = belongings.into_iter().filter_map(|belonging| {
        let filed = sent.iter().find(|paper| paper.sha256 == belonging.sha256);
        let (media_type, size, kept_at, origin) = match (&belonging.paper, filed, &result) {
            (Some(_), Some(paper), _) => (paper.kind.clone(), paper.bytes, dossier.sent_at, "sent"),
            (None, _, Some(file)) => {
                (crate::routes::replies::kind(&file.file).to_owned(), file.bytes, issued_at, "result")
            }
            _ => return None,
        };
        let paper = MyPaper {
            sha256: belonging.sha256,
            name: belonging.name,
            paper: belonging.paper.unwrap_or_default(),
            media_type,
            size,
            kept_at: kept_at.0,
            origin: origin.to_owned(),
            of: of.clone(),
        };
        Some(Found { paper, of: Some(dossier.id) })
    });
    Ok(told.collect())
}
