//! Petitions as pages that need no script: written, followed by code, and what is published. Nobody keeps these pages.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::limits;
use crate::petitions::{Wanted, follow, published, published_one, read, take, told};
use crate::routes::papers;
use crate::routes::plain::fields::{broken, file_name, whole};
use crate::routes::plain::{new_key, page};
use crate::site::Styles;
use crate::source::Source;
use axum::extract::multipart::{Field, MultipartRejection};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use dossier::LookupCode;
use dossier::paper::{FileKind, look};
use petition::{Fault, MOST_PHOTO_BYTES, MOST_PHOTOS, Typed};
use plain::petition as html;
use plain::petition::{Looking, Photo, Writing};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use text::Key;
use wire::PetitionField;

/// The most bytes of what is typed.
const MOST_TYPED: usize = 64 * 1024;
/// The most bytes of a post. Far more than is kept, so that who chooses too large a photograph is told so on the page and
/// loses nothing of what they wrote.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The most fields of a post.
const MOST_FIELDS: usize = 100;
/// Published answers on the first page.
const NEWEST: usize = 3;

/// The addresses of petitions.
pub(in crate::routes) fn routes(app: &Shared, styles: Styles) -> Router<Shared> {
    let ordinary = || from_fn_with_state(app.clone(), limits::ordinary);
    let writing = get(begin).layer(ordinary());
    let sending = post(send).layer(from_fn_with_state(app.clone(), limits::paper));
    Router::new()
        .route("/phan-anh", get(start).layer(ordinary())) //                      GET /phan-anh
        .route("/phan-anh/gui", writing.merge(sending)) //                        GET, POST /phan-anh/gui
        .route("/phan-anh/theo-doi", get(ask).post(stands).layer(ordinary())) //  GET, POST /phan-anh/theo-doi
        .route("/phan-anh/tra-loi", get(list).layer(ordinary())) //               GET /phan-anh/tra-loi
        .route("/phan-anh/tra-loi/{id}", get(one).layer(ordinary())) //           GET /phan-anh/tra-loi/{id}
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(app.clone(), limits::by_source))
        .layer(Extension(styles))
}

async fn start(State(app): State<Shared>, Extension(styles): Extension<Styles>) -> Result<Response, ApiError> {
    let mut newest = published(&app, &Wanted::default()).await?.petitions;
    newest.truncate(NEWEST);
    let rules = &app.offer.petitions;
    let days = (rules.receive_days, rules.answer_days);
    Ok(page(StatusCode::OK, html::start(&styles, days, &newest)))
}

async fn begin(State(app): State<Shared>, Extension(styles): Extension<Styles>) -> Result<Response, ApiError> {
    // Nothing is agreed to before somebody has ticked it.
    let typed = Writing { key: new_key()?, ..Writing::default() };
    Ok(drawn(&app, &styles, &typed, &[]))
}

/// The form, with 422 where something has to be mended.
fn drawn(app: &App, styles: &Styles, typed: &Writing, faults: &[Fault]) -> Response {
    let fields = app.offer.petitions.fields.iter();
    let fields: Vec<_> = fields.map(|one| PetitionField { id: one.id.clone(), name: one.name.clone() }).collect();
    let told: Vec<_> = faults.iter().map(|fault| (fault.place(), fault.code())).collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(status, html::write(styles, &app.agencies().0, &fields, typed, &told))
}

/// Takes a petition, once for each key.
async fn send(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    headers: HeaderMap,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let (writing, refused) = fields(&app, source, body.map_err(|_| ApiError::BodyBroken)?).await?;
    let key = crate::key::read(&writing.key).ok_or(ApiError::KeyMissing)?;
    let photos = writing.photos.iter().map(|photo| petition_photo(photo.clone()));
    let typed = Typed {
        field: writing.field.clone(),
        unit: writing.unit.clone(),
        says: writing.says.clone(),
        name: writing.name.clone(),
        contact: writing.contact.clone(),
        may_publish: writing.may_publish,
        photos: photos.collect(),
    };
    let petition = match (read(&app, &typed), refused) {
        (Ok(petition), false) => petition,
        (found, refused) => {
            let mut faults = found.err().unwrap_or_default();
            if refused && !faults.iter().any(|fault| fault.place() == "photos") {
                faults.push(Fault::PhotoRefused);
            }
            return Ok(drawn(&app, &styles, &writing, &faults));
        }
    };
    let body_hash: [u8; 32] = Sha256::digest(format!("{petition:?}")).into();
    let citizen = super::sender(&app, &headers).await?;
    let code = take(&app, source, key, body_hash, petition, citizen).await?.to_string();
    let kept = follow(&app, source, &code).await?;
    Ok(page(StatusCode::OK, html::taken(&styles, &code, &told(&app, &kept), citizen.is_some())))
}

fn petition_photo(photo: Photo) -> petition::Photo {
    petition::Photo { sha256: photo.sha256, kind: photo.kind, bytes: photo.bytes }
}

/// What was typed, with photographs kept, and whether one was refused.
async fn fields(app: &App, source: Source, mut body: Multipart) -> Result<(Writing, bool), ApiError> {
    let (mut writing, mut refused) = (Writing::default(), false);
    let (mut fields, mut bytes) = (0, 0);
    while let Some(field) = body.next_field().await.map_err(|error| broken(&error))? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(ApiError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name().map(file_name) {
            let Some(file) = file.filter(|_| name == "photos") else { continue };
            match photo(app, source, &writing.key, file, field).await? {
                Some(photo) if writing.photos.len() <= MOST_PHOTOS => add(&mut writing.photos, photo),
                Some(_) => {}
                None => refused = true,
            }
            continue;
        }
        let text = whole(field, MOST_TYPED - bytes).await?.ok_or(ApiError::TooLarge)?;
        bytes += text.len();
        let text = String::from_utf8_lossy(&text).into_owned();
        match name.as_str() {
            "key" => writing.key = text,
            "field" => writing.field = text,
            "unit" => writing.unit = text,
            "says" => writing.says = text,
            "name" => writing.name = text,
            "contact" => writing.contact = text,
            "may_publish" => writing.may_publish = text == "yes",
            "kept" => Photo::read(&text).into_iter().for_each(|photo| add(&mut writing.photos, photo)),
            _ => {}
        }
    }
    Ok((writing, refused))
}

fn add(photos: &mut Vec<Photo>, photo: Photo) {
    if !photos.iter().any(|known| known.sha256 == photo.sha256) {
        photos.push(photo);
    }
}

/// Keeps one photograph under the key; nothing when it is not one that is taken.
async fn photo(
    app: &App,
    source: Source,
    key: &str,
    name: String,
    field: Field<'_>,
) -> Result<Option<Photo>, ApiError> {
    let key = crate::key::read(key).ok_or(ApiError::KeyMissing)?;
    let most = usize::try_from(MOST_PHOTO_BYTES).unwrap_or(usize::MAX);
    let Some(content) = whole(field, most).await? else { return Ok(None) };
    let is_photo = look(&content).is_ok_and(|looked| matches!(looked.kind, FileKind::Jpeg | FileKind::Png));
    if !is_photo {
        return Ok(None);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most ten million")]
    app.uploads.take(source, content.len() as f64, Instant::now()).map_err(ApiError::TooMany)?;
    let sha256: [u8; 32] = Sha256::digest(&content).into();
    let (_, kept) = papers::keep(app, key, sha256, content).await?;
    Ok(Some(Photo { sha256: kept.sha256, kind: kept.kind, bytes: kept.bytes, name }))
}

async fn ask(Extension(styles): Extension<Styles>) -> Response {
    page(StatusCode::OK, html::follow(&styles, "", None))
}

/// Shows where the petition stands whose code was typed. The code comes in the body, so that no address has it.
async fn stands(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let mut body = body.map_err(|_| ApiError::BodyBroken)?;
    let mut code = String::new();
    while let Some(field) = body.next_field().await.map_err(|error| broken(&error))? {
        if field.name() == Some("code") {
            let text = whole(field, 200).await?.unwrap_or_default();
            code = String::from_utf8_lossy(&text).into_owned();
        }
    }
    let again = |status, wrong| Ok(page(status, html::follow(&styles, &code, Some(wrong))));
    if code.trim().is_empty() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, Key::PetitionCodeEmpty);
    }
    if LookupCode::read(&code).is_err() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, Key::PetitionCodeWrong);
    }
    match follow(&app, source, &code).await {
        Ok(kept) => Ok(page(StatusCode::OK, html::standing(&styles, &told(&app, &kept)))),
        Err(ApiError::PetitionCodeUnknown) => again(StatusCode::NOT_FOUND, Key::PetitionCodeUnknown),
        Err(other) => Err(other),
    }
}

/// What is looked for among the published answers.
#[derive(Deserialize)]
struct Asked {
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "viec")]
    field: String,
    #[serde(default, rename = "tu")]
    search: String,
    #[serde(rename = "truoc")]
    before: Option<i64>,
}

async fn list(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Asked { unit, field, search, before }) = asked.map_err(|_| ApiError::AnswerUnknown)?;
    let wanted = Wanted { unit, field, search, before };
    let found = published(&app, &wanted).await?;
    let Wanted { unit, field, search, .. } = wanted;
    let next = found.next.map(|next| {
        let rest = [("don-vi", &unit), ("viec", &field), ("tu", &search)];
        let rest = rest.iter().filter(|(_, text)| !text.is_empty());
        let parts: Vec<String> = rest.map(|(name, text)| format!("&{name}={}", percent(text))).collect();
        format!("/phan-anh/tra-loi?truoc={next}{}", parts.concat())
    });
    let looking = Looking { unit, field, search, next: next.unwrap_or_default() };
    Ok(page(StatusCode::OK, html::list(&styles, &app.agencies().0, &looking, &found)))
}

/// A text as it stands behind `=` in an address (RFC 3986 §2.1).
fn percent(text: &str) -> String {
    let sign = |byte: u8| {
        if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(sign).collect()
}

async fn one(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::AnswerUnknown)?;
    Ok(page(StatusCode::OK, html::one(&styles, &published_one(&app, &id).await?)))
}
