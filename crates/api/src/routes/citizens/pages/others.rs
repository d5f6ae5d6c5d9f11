//! The pages of filing for others, and the one on which a consent is taken back by its code alone.

use super::{Fields, Holder, asked, lead, page};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::key;
use crate::routes::citizens::{consents, filed as dossiers, papers};
use crate::routes::consents as public;
use crate::routes::plain::new_key;
use crate::site::Styles;
use crate::source::Source;
use account::consent::ConsentId;
use axum::Extension;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, RawForm, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use dossier::DossierId;
use plain::account::consent::{self as html, Paper};
use plain::account::others::{self, Done};
use sha2::{Digest as _, Sha256};
use store::{DraftKey, hex};
use wire::{FieldProblem, OfferConsent, RecordConsent};

/// The list.
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let citizen = signed.citizen.id;
    let all = consents::of(&app, citizen).await?;
    let filed = dossiers::of(&app, citizen, DossierId::read(&asked(&request, "before"))).await?;
    Ok(page(StatusCode::OK, others::others(&styles, &all, &filed, Done::read(request.uri().query()))))
}

/// Takes a consent back, or gives one up.
pub(super) async fn withdraw(
    State(app): State<Shared>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let id = ConsentId::read(Fields::read(&form).get("id")).ok_or(ApiError::ConsentUnknown)?;
    consents::withdrawn(&app, signed.citizen.id, id).await?;
    Ok(lead("/account/others?withdrawn"))
}

/// The page on which a consent is offered.
pub(super) async fn ask_give(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
) -> Result<Response, ApiError> {
    let number = consents::owner(&signed.citizen).is_ok();
    Ok(page(StatusCode::OK, html::give(&styles, &new_key()?, &procedures(&app), [""; 4], number, &[])))
}

/// Offers a consent.
pub(super) async fn give(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let key = read_key(fields.get("key"))?;
    let offer = OfferConsent {
        filer: fields.get("filer").to_owned(),
        kinship: fields.get("kinship").to_owned(),
        procedure: fields.get("procedure").to_owned(),
        days: fields.get("days").parse().unwrap_or_default(),
    };
    match consents::offered(&app, &signed.citizen, key, &offer).await {
        Ok(_) => Ok(lead("/account/others?offered")),
        Err(error) => {
            let number = consents::owner(&signed.citizen).is_ok();
            let typed = [offer.filer.as_str(), &offer.kinship, &offer.procedure, fields.get("days")];
            let html = html::give(&styles, fields.get("key"), &procedures(&app), typed, number, &to_mend(error)?);
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}

/// The page on which a code is typed.
pub(super) async fn ask_accept(Extension(styles): Extension<Styles>, Holder(_): Holder) -> Response {
    page(StatusCode::OK, html::accept(&styles, "", &[]))
}

/// Takes an offer up.
pub(super) async fn accept(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let code = fields.get("consent-code");
    match consents::accepted(&app, source, &signed.citizen, code).await {
        Ok(_) => Ok(lead("/account/others?accepted")),
        Err(error) => Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html::accept(&styles, code, &to_mend(error)?))),
    }
}

/// The page on which a paper is recorded.
pub(super) async fn ask_paper(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
) -> Result<Response, ApiError> {
    let html = html::paper(&styles, (&new_key()?, &signed.citizen.name), &procedures(&app), Paper::default(), &[]);
    Ok(page(StatusCode::OK, html))
}

/// Records a paper. Its picture goes into the account first, so that it is not lost when something else has to be mended.
pub(super) async fn paper(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    body: Result<Multipart, MultipartRejection>,
) -> Result<Response, ApiError> {
    let (fields, content) = super::kept::multipart(body.map_err(|_| ApiError::BodyBroken)?).await?;
    let key = read_key(fields.get("key"))?;
    let mut request = RecordConsent {
        owner: fields.get("owner").to_owned(),
        number: fields.get("number").to_owned(),
        kinship: fields.get("kinship").to_owned(),
        procedure: fields.get("procedure").to_owned(),
        days: fields.get("days").parse().unwrap_or_default(),
        paper: fields.get("paper").to_owned(),
    };
    let mut wrong = Vec::new();
    match kept(&app, source, &signed, content).await {
        Ok(Some(sha256)) => request.paper = sha256,
        Ok(None) if request.paper.is_empty() => wrong.push(problem("file", "Chụp hoặc chọn ảnh tờ giấy đã ký.")),
        Ok(None) => {}
        Err(error) => wrong.extend(super::kept::to_mend(error)?),
    }
    if let Err(error) = consents::signed_by(&app, &request) {
        wrong.splice(0..0, to_mend(error)?);
    }
    if wrong.is_empty() {
        match consents::recorded(&app, &signed.citizen, key, &request).await {
            Ok(_) => return Ok(lead("/account/others?recorded")),
            Err(ApiError::MyPaperUnknown) => {
                request.paper.clear();
                wrong.push(problem("file", "Chụp hoặc chọn lại ảnh tờ giấy đã ký."));
            }
            Err(error) => wrong = to_mend(error)?,
        }
    }
    let typed = Paper {
        owner: &request.owner,
        number: &request.number,
        kinship: &request.kinship,
        procedure: &request.procedure,
        days: fields.get("days"),
        sha256: &request.paper,
    };
    let html = html::paper(&styles, (fields.get("key"), &signed.citizen.name), &procedures(&app), typed, &wrong);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
}

/// Puts the picture of a signed paper into the account; nothing when none came.
async fn kept(app: &App, source: Source, signed: &SignedCitizen, content: Vec<u8>) -> Result<Option<String>, ApiError> {
    if content.is_empty() {
        return Ok(None);
    }
    let sha256 = Sha256::digest(&content).into();
    papers::keep(app, source, signed.citizen.id, sha256, "Giấy đồng ý cho nộp hộ".to_owned(), content).await?;
    Ok(Some(hex(&sha256)))
}

/// The page on which a consent is taken back by its code.
pub(super) async fn ask_code(Extension(styles): Extension<Styles>) -> Response {
    page(StatusCode::OK, html::by_code(&styles, "", None, &[]))
}

/// Shows what a code opens, or takes it back.
pub(super) async fn by_code(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let code = fields.get("consent-code");
    let found = match fields.get("wish") {
        "withdraw" => public::withdrawn(&app, source, code).await,
        _ => public::shown(&app, source, code).await,
    };
    match found {
        Ok(found) => Ok(page(StatusCode::OK, html::by_code(&styles, code, Some(&found), &[]))),
        Err(error) => Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html::by_code(&styles, code, None, &to_mend(error)?))),
    }
}

/// Ids and names of the procedures that a consent can be for.
fn procedures(app: &App) -> Vec<(&str, &str)> {
    let today = app.now().date();
    let offered = app.offer.library.procedures.values().filter(|one| one.in_force(today));
    offered.map(|one| (one.id.as_str(), one.short.as_str())).collect()
}

fn read_key(given: &str) -> Result<DraftKey, ApiError> {
    key::read(given).ok_or(ApiError::KeyMissing)
}

fn problem(place: &str, says: &str) -> FieldProblem {
    FieldProblem { place: place.to_owned(), code: String::new(), says: says.to_owned(), blocks: true }
}

/// What is wrong, at its field; all else is the world's.
fn to_mend(error: ApiError) -> Result<Vec<FieldProblem>, ApiError> {
    match error {
        ApiError::ConsentUnknown => Ok(vec![problem(
            "consent-code",
            "Mã này không đúng, đã quá hạn, đã có người dùng hoặc đã được rút lại. Xem lại từng chữ, hoặc xin mã mới.",
        )]),
        other => super::to_mend(other),
    }
}
