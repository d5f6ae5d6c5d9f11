//! Public lists as pages that need no script and that nobody keeps, and objections to a line of them.

use super::{find, printed, shown};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::MAX_BYTES;
use crate::limits;
use crate::routes::plain::{new_key, page};
use crate::site::Styles;
use crate::source::Source;
use crate::work::{Work, place};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use dossier::posting::{MOST_OBJECTIONS, Objection, ObjectionFault};
use dossier::{Event, EventKind, PostingId, course};
use plain::posting::{self, Objecting};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use store::desk::{ActSaved, NewAct};
use wire::{PublicLine, PublicPosting};

/// An objection is looked at again so often when somebody else works on the dossier at the same moment.
const TRIES: u8 = 5;
/// The most bytes of what is typed.
const MOST_TYPED: usize = 64 * 1024;

/// The addresses of the public lists.
pub(in crate::routes) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    Router::new()
        .route("/niem-yet", get(list)) //                        GET /niem-yet
        .route("/niem-yet/{id}", get(one)) //                    GET /niem-yet/{id}, GET /niem-yet/{id}.pdf
        .route("/niem-yet/{id}/{line}", get(form).post(object)) // GET, POST /niem-yet/{id}/{line}
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .layer(from_fn_with_state(app.clone(), limits::ordinary))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    xa: String,
}

async fn list(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::PostingUnknown)?;
    let today = app.now().date();
    let library = &app.offer.library;
    let posts = |level| library.procedures.values().any(|one| one.posting.is_some() && one.receives_at(level, today));
    let agencies: Vec<_> = library.agencies.on(today).0.iter().filter(|agency| posts(agency.level)).collect();
    let chosen = agencies.iter().find(|agency| agency.code == asked.xa).copied();
    let found = match chosen {
        Some(agency) => Some(shown(&app, &agency.code).await?.postings),
        None => None,
    };
    Ok(page(StatusCode::OK, posting::list(&styles, &agencies, chosen, found.as_deref())))
}

async fn one(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::PostingUnknown)?;
    match id.strip_suffix(".pdf") {
        Some(id) => printed(&app, id).await,
        None => Ok(page(StatusCode::OK, posting::posting(&styles, &find(&app, &id).await?))),
    }
}

async fn form(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    path: Result<Path<(String, u32)>, PathRejection>,
) -> Result<Response, ApiError> {
    let (posting, line) = line(&app, path).await?;
    let typed = Objecting { key: new_key()?, ..Objecting::default() };
    Ok(page(StatusCode::OK, posting::object(&styles, &posting, &line, &typed, &[])))
}

/// The list and the line that an address names.
async fn line(
    app: &App,
    path: Result<Path<(String, u32)>, PathRejection>,
) -> Result<(PublicPosting, PublicLine), ApiError> {
    let Path((id, number)) = path.map_err(|_| ApiError::PostingUnknown)?;
    let posting = find(app, &id).await?;
    let line = posting.lines.iter().find(|line| line.line == number).cloned().ok_or(ApiError::PostingUnknown)?;
    Ok((posting, line))
}

/// Takes an objection, once for each key.
async fn object(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    path: Result<Path<(String, u32)>, PathRejection>,
    body: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    let (posting, line) = line(&app, path).await?;
    let typed = read(body.map_err(|_| ApiError::BodyBroken)?).await?;
    let key = crate::key::read(&typed.key).ok_or(ApiError::KeyMissing)?;
    let id = PostingId::read(&posting.id).ok_or(ApiError::PostingUnknown)?;
    let objection = match Objection::read(id, &typed.name, &typed.contact, &typed.says) {
        Ok(objection) => objection,
        Err(faults) => {
            let html = posting::object(&styles, &posting, &line, &typed, &told(&faults));
            return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html));
        }
    };
    app.objections.take(source, 1.0, Instant::now()).map_err(ApiError::TooMany)?;
    let body_hash: [u8; 32] = Sha256::digest(format!("{id} {} {objection:?}", line.line)).into();
    for _ in 0..TRIES {
        // Time is asked anew: what comes in after the end was never there to be objected to.
        let now = app.now();
        let dossier = app.store.posting_line(id, line.line, now).await?.ok_or(ApiError::PostingUnknown)?;
        match app.store.act_before(key, body_hash).await? {
            ActSaved::Before => return Ok(page(StatusCode::OK, posting::objected(&styles, &posting, &line))),
            ActSaved::KeyReused => return Err(ApiError::KeyReused),
            _ => {}
        }
        let kept = app.store.dossier(dossier).await?.ok_or(ApiError::Failed)?;
        let work = Work::of(&app, kept).await?;
        let of_list = |event: &&Event| matches!(&event.kind, EventKind::Objected(known) if known.posting == id);
        if work.kept.events.iter().filter(of_list).count() >= MOST_OBJECTIONS {
            return Err(ApiError::ObjectionsFull);
        }
        let event = Event { at: now, by: None, on_behalf: None, kind: EventKind::Objected(objection.clone()) };
        let version = u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX);
        let place = {
            let desk = work.desk(&app)?;
            let mut events = work.kept.events.clone();
            events.push(event.clone());
            place(&course(&desk, work.kept.dossier.sent_at, &events), &desk)
        };
        let (number, files, filing, notice) = (None, Vec::new(), None, None);
        let new = NewAct { key, body_hash, dossier, version, event, place, number, files, filing, notice };
        match app.store.save_act(new).await? {
            ActSaved::New | ActSaved::Before => {
                return Ok(page(StatusCode::OK, posting::objected(&styles, &posting, &line)));
            }
            ActSaved::KeyReused => return Err(ApiError::KeyReused),
            ActSaved::Changed | ActSaved::FilesMissing(_) => {}
        }
    }
    Err(ApiError::Busy(limits::jitter()))
}

/// What was typed: the fields of the form, and nothing else.
async fn read(mut body: Multipart) -> Result<Objecting, ApiError> {
    let mut typed = Objecting::default();
    let mut bytes = 0;
    while let Some(field) = body.next_field().await.map_err(|_| ApiError::BodyBroken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let text = field.bytes().await.map_err(|_| ApiError::BodyBroken)?;
        bytes += text.len();
        if bytes > MOST_TYPED {
            return Err(ApiError::TooLarge);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        match name.as_str() {
            "key" => typed.key = text,
            "name" => typed.name = text,
            "contact" => typed.contact = text,
            "says" => typed.says = text,
            _ => {}
        }
    }
    Ok(typed)
}

fn told(faults: &[ObjectionFault]) -> Vec<(&'static str, text::Key)> {
    use text::Key;
    let told = faults.iter().map(|fault| match fault {
        ObjectionFault::Empty(field @ "name") => (*field, Key::PostingNameMissing),
        ObjectionFault::Empty(field @ "contact") => (*field, Key::PostingContactMissing),
        ObjectionFault::Empty(field) => (*field, Key::PostingSaysMissing),
        ObjectionFault::TooLong(field @ "says") => (*field, Key::PostingSaysLong),
        ObjectionFault::TooLong(field) => (*field, Key::PostingFieldLong),
        ObjectionFault::NoContact => ("contact", Key::PostingContactWrong),
    });
    told.collect()
}
