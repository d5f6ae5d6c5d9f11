//! Taking in a post of the plain form: texts are remembered, files are looked at and kept as they arrive, one at a time.

use crate::app::App;
use crate::error::ApiError;
use crate::key;
use crate::routes::papers;
use crate::source::Source;
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use form::{Code, Problem};
use plain::Typed;
use procedure::FiledPaper;
use procedure::paper::{MAX_BYTES, MAX_FILES};
use sha2::{Digest as _, Sha256};
use std::time::Instant;

/// The most bytes of all texts together.
pub(super) const MAX_TYPED: usize = crate::json::MAX_BYTES;
/// The most fields.
const MAX_FIELDS: usize = 5_000;

/// What came in.
pub(super) struct Taken {
    pub typed: Typed,
    /// Which button was pressed.
    pub wish: String,
    /// What is wrong with files that came.
    pub problems: Vec<Problem>,
}

/// Reads all fields.
///
/// # Errors
/// When they are too many or too large, break off, or have no key; what is wrong with a file is told among the problems.
pub(super) async fn take(app: &App, source: Source, mut body: Multipart) -> Result<Taken, ApiError> {
    let mut taken = Taken { typed: Typed::default(), wish: String::new(), problems: Vec::new() };
    let mut files = Vec::new();
    let (mut fields, mut bytes) = (0, 0);
    while let Some(field) = body.next_field().await.map_err(|error| broken(&error))? {
        fields += 1;
        if fields > MAX_FIELDS {
            return Err(ApiError::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name().map(file_name) {
            if let (Some(paper), Some(file)) = (name.strip_prefix("papers/"), file) {
                match keep(app, source, &taken.typed.key, paper, &file, field).await? {
                    Ok(paper) => files.push(paper),
                    Err(problem) => taken.problems.push(problem),
                }
                if files.len() > MAX_FILES {
                    return Err(ApiError::TooLarge);
                }
            }
            continue;
        }
        let text = whole(field, MAX_TYPED - bytes).await?.ok_or(ApiError::TooLarge)?;
        bytes += text.len();
        let text = String::from_utf8_lossy(&text);
        // A hidden button comes too when it is the one pressed; of two, the later one counts.
        if name == "do" {
            taken.wish = text.into_owned();
        } else {
            taken.typed.set(&name, &text);
        }
    }
    key::read(&taken.typed.key).ok_or(ApiError::KeyMissing)?;
    for file in files {
        let known = taken.typed.papers.iter().any(|one| one.paper == file.paper && one.sha256 == file.sha256);
        if !known {
            taken.typed.papers.push(file);
        }
    }
    Ok(taken)
}

/// Keeps one file for the draft, or says what is wrong with it.
async fn keep(
    app: &App,
    source: Source,
    draft: &str,
    paper: &str,
    name: &str,
    field: Field<'_>,
) -> Result<Result<FiledPaper, Problem>, ApiError> {
    let draft = key::read(draft).ok_or(ApiError::KeyMissing)?;
    let wrong = |says: &str, code: Code| {
        let says = format!("{name}: {says}");
        Problem { says, label: name.to_owned(), ..super::problem(&format!("papers/{paper}"), code) }
    };
    let most = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    let Some(content) = whole(field, most).await? else {
        let too_large = ApiError::Paper(dossier::paper::Fault::TooLarge);
        return Ok(Err(wrong(&too_large.detail(), Code::PaperTooLarge)));
    };
    #[expect(clippy::cast_precision_loss, reason = "at most ten million")]
    app.uploads.take(source, content.len() as f64, Instant::now()).map_err(ApiError::TooMany)?;
    let sha256: [u8; 32] = Sha256::digest(&content).into();
    match papers::keep(app, draft, sha256, content).await {
        Ok((_, kept)) => Ok(Ok(FiledPaper {
            paper: paper.to_owned(),
            sha256: kept.sha256,
            name: name.to_owned(),
            kind: kept.kind,
            bytes: kept.bytes,
        })),
        Err(refused @ ApiError::Paper(_)) => Ok(Err(wrong(&refused.detail(), Code::PaperKind))),
        Err(other) => Err(other),
    }
}

/// The whole field; nothing when it is larger than `most`. What is too large is read to its end without being kept, so
/// that the fields behind it are not lost.
pub(in crate::routes) async fn whole(mut field: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, ApiError> {
    let mut content = Some(Vec::new());
    while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
        if let Some(so_far) = &mut content {
            if so_far.len() + part.len() > most {
                content = None;
            } else {
                so_far.extend_from_slice(&part);
            }
        }
    }
    Ok(content)
}

pub(in crate::routes) fn broken(error: &axum::extract::multipart::MultipartError) -> ApiError {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { ApiError::TooLarge } else { ApiError::BodyBroken }
}

/// The file's name without any folder, in signs and a length that names may have; nothing when no file was chosen.
pub(in crate::routes) fn file_name(sent: &str) -> Option<String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|sign| !sign.is_control()).collect();
    let clean: String = clean.chars().filter(|sign| form::text::forbidden(&sign.to_string()).is_none()).collect();
    // The end tells what it is, so a long name loses its beginning.
    let long = clean.chars().count().saturating_sub(150);
    let clean: String = clean.trim().chars().skip(long).collect();
    (!clean.is_empty()).then_some(clean)
}
