//! The papers of an account, what was paid, and what was written to the office.

use super::{Fields, Holder, asked, page};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::citizens::{papers as routes, petitions as written, transactions as fees};
use crate::site::Styles;
use crate::source::Source;
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, RawForm, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use dossier::DossierId;
use plain::account::kept::{self, Done};
use sha2::{Digest as _, Sha256};
use wire::FieldProblem;

/// The list.
pub(super) async fn papers(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let done = match request.uri().query() {
        Some("kept") => Some(Done::Kept),
        Some("left") => Some(Done::Left),
        _ => None,
    };
    drawn(&app, &styles, &signed, done, "", &[]).await
}

async fn drawn(
    app: &App,
    styles: &Styles,
    signed: &SignedCitizen,
    done: Option<Done>,
    name: &str,
    wrong: &[FieldProblem],
) -> Result<Response, ApiError> {
    let all = routes::of(app, signed.citizen.id).await?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, kept::papers(styles, &all, done, name, wrong)))
}

/// Puts a paper in.
pub(super) async fn keep(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let (fields, content) = multipart(body.map_err(|_| ApiError::BodyBroken)?).await?;
    let typed = fields.get("name").to_owned();
    let kept = match routes::named(&typed) {
        Err(error) => Err(error),
        Ok(name) => {
            let sha256 = Sha256::digest(&content).into();
            routes::keep(&app, source, signed.citizen.id, sha256, name, content).await
        }
    };
    match kept {
        Ok(_) => Ok(super::lead("/account/papers?kept")),
        Err(error) => drawn(&app, &styles, &signed, None, &typed, &to_mend(error)?).await,
    }
}

/// What is wrong with the name or the file, at its field; all else is the world's.
pub(super) fn to_mend(error: ApiError) -> Result<Vec<FieldProblem>, ApiError> {
    let (place, says) = match &error {
        ApiError::PaperNameUnreadable => ("name", "Đặt tên cho giấy, từ 1 đến 150 chữ."),
        ApiError::Paper(_) => ("file", "Chọn một ảnh (JPEG, PNG, WebP) hoặc tệp PDF mở được."),
        ApiError::MyPapersFull => ("file", "Kho đã đầy. Bỏ bớt giấy không dùng nữa rồi cất lại."),
        _ => return super::to_mend(error),
    };
    Ok(vec![FieldProblem { place: place.to_owned(), code: String::new(), says: says.to_owned(), blocks: true }])
}

/// What was typed, and the file.
pub(super) async fn multipart(mut body: Multipart) -> Result<(Fields, Vec<u8>), ApiError> {
    let (mut typed, mut content) = (Vec::new(), Vec::new());
    while let Some(field) = body.next_field().await.map_err(|_| ApiError::TooLarge)? {
        let of = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| ApiError::TooLarge)?;
        match of.as_str() {
            "file" => content = bytes.to_vec(),
            _ => typed.push((of, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((Fields(typed), content))
}

/// Takes a paper out.
pub(super) async fn leave(
    State(app): State<Shared>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let sha256 = Fields::read(&form).get("sha256").to_owned();
    match routes::leave(State(app), Extension(signed), Ok(Path(sha256))).await {
        // Pressed twice, it is out of it all the same.
        Ok(_) | Err(ApiError::MyPaperUnknown) => Ok(super::lead("/account/papers?left")),
        Err(error) => Err(error),
    }
}

/// What was written to the office from the account.
pub(super) async fn petitions(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
) -> Result<Response, ApiError> {
    Ok(page(StatusCode::OK, kept::petitions(&styles, &written::of(&app, signed.citizen.id).await?)))
}

/// What was paid.
pub(super) async fn transactions(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let all = fees::of(&app, signed.citizen.id, DossierId::read(&asked(&request, "before"))).await?;
    Ok(page(StatusCode::OK, kept::transactions(&styles, &all)))
}
