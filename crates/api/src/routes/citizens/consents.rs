//! Nộp hộ: by whose consent the account's holder files for others, and who files for them.

use super::{at, read};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::consents::{code, opened, told, withdraw as take_back};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::letters::to_citizen;
use crate::routes::officers::{answer, field};
use crate::source::Source;
use account::citizen::{Details, Organisation};
use account::consent::{Consent, ConsentId, ConsentStanding, Kinship, LASTS_DAYS, Owner, Withdrawer};
use account::registration::check;
use account::{Citizen, CitizenId, Letter};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use procedure::calendar::{DAY_MS, Moment};
use store::consents::{AcceptedConsent, NewConsent};
use store::{DraftKey, unhex};
use wire::{ConsentCode, MyConsent, MyConsents, OfferConsent, Problem, RecordConsent};

/// An account gives and holds no more consents that live than any village head needs.
const MOST_CONSENTS: usize = 300;

/// The consents that the account gave and holds.
#[utoipa::path(get, path = "/api/v1/citizens/me/consents",
    responses((status = 200, body = MyConsents), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
) -> Result<Response, ApiError> {
    Ok(answer(&of(&app, signed.citizen.id).await?))
}

/// The consents of an account, the newest first.
///
/// # Errors
/// When the store fails.
pub(super) async fn of(app: &App, citizen: CitizenId) -> Result<MyConsents, ApiError> {
    let mut all = MyConsents::default();
    for (consent, dossiers) in app.store.consents_of(citizen).await? {
        let side = if consent.owner.citizen == Some(citizen) { &mut all.given } else { &mut all.held };
        side.push(told(app, &consent, dossiers, Some(citizen)));
    }
    Ok(all)
}

/// Offers somebody that they file for the account's holder. Sent again with its key it is the same offer.
#[utoipa::path(post, path = "/api/v1/citizens/me/consents",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this consent")),
    request_body = OfferConsent,
    responses(
        (status = 200, body = MyConsent),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn offer(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    Key(key): Key,
    request: Json<OfferConsent>,
) -> Result<Response, ApiError> {
    Ok(answer(&offered(&app, &signed.citizen, key, &request.value).await?))
}

/// Keeps an offer.
///
/// # Errors
/// When something has to be mended, or the store fails.
pub(super) async fn offered(
    app: &App,
    citizen: &Citizen,
    key: DraftKey,
    OfferConsent { filer, kinship, procedure, days }: &OfferConsent,
) -> Result<MyConsent, ApiError> {
    let owner = owner(citizen)?;
    let filer =
        read(app, |given| check(filer, None, &Details::default(), given)).map_err(|error| at(error, "filer"))?;
    let (kinship, until) = (kind(kinship)?, until(app, *days)?);
    let procedure = only(app, procedure)?;
    let (id, now) = (ConsentId(key.0), app.now());
    let code_hash = app.pepper.consent_hash(&code(app, id));
    let new =
        NewConsent { id, code_hash, owner, filer: (None, filer.name), kinship, procedure, paper: None, now, until };
    keep(app, citizen.id, new).await
}

/// Records a consent that somebody without an account signed on paper. Sent again with its key it is the same.
#[utoipa::path(post, path = "/api/v1/citizens/me/consents/paper",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this consent")),
    request_body = RecordConsent,
    responses(
        (status = 200, body = MyConsent),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn record(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    Key(key): Key,
    request: Json<RecordConsent>,
) -> Result<Response, ApiError> {
    Ok(answer(&recorded(&app, &signed.citizen, key, &request.value).await?))
}

/// Keeps a consent that was given on paper.
///
/// # Errors
/// When something has to be mended, the account has no such paper, or the store fails.
pub(super) async fn recorded(
    app: &App,
    citizen: &Citizen,
    key: DraftKey,
    request: &RecordConsent,
) -> Result<MyConsent, ApiError> {
    let (owner, kinship) = signed_by(app, request)?;
    let until = until(app, request.days)?;
    let procedure = only(app, &request.procedure)?;
    let paper = unhex(&request.paper).ok_or(ApiError::MyPaperUnknown)?;
    let (id, now) = (ConsentId(key.0), app.now());
    let code_hash = app.pepper.consent_hash(&code(app, id));
    let filer = (Some(citizen.id), citizen.name.clone());
    keep(
        app,
        citizen.id,
        NewConsent { id, code_hash, owner, filer, kinship, procedure, paper: Some(paper), now, until },
    )
    .await
}

/// Who signed a paper, and what the one who files is to them.
///
/// # Errors
/// What has to be mended.
pub(super) fn signed_by(app: &App, request: &RecordConsent) -> Result<(Owner, Kinship), ApiError> {
    let RecordConsent { owner, number, kinship, procedure, days, .. } = request;
    let told = read(app, |given| check(owner, None, &Details { number: number.clone(), ..Details::default() }, given));
    let told = told.map_err(|error| match error {
        ApiError::Unanswered(mut problems) => {
            problems
                .iter_mut()
                .filter(|problem| problem.place == "name")
                .for_each(|problem| problem.place = "owner".to_owned());
            ApiError::Unanswered(problems)
        }
        other => other,
    })?;
    if told.details.number.is_empty() {
        return Err(ApiError::Unanswered(vec![field(
            "number",
            "Nhập số định danh của người được nộp hộ: 12 chữ số trên thẻ căn cước.",
        )]));
    }
    let kinship = kind(kinship)?;
    only(app, procedure)?;
    until(app, *days)?;
    Ok((Owner { citizen: None, name: told.name, number: told.details.number }, kinship))
}

async fn keep(app: &App, citizen: CitizenId, new: NewConsent) -> Result<MyConsent, ApiError> {
    let (id, now) = (new.id, app.now());
    let all = app.store.consents_of(citizen).await?;
    let live = |consent: &Consent| matches!(consent.standing(now), ConsentStanding::Offered | ConsentStanding::InForce);
    let lives = all.iter().filter(|(consent, _)| live(consent)).count();
    let before = all.iter().any(|(consent, _)| consent.id == id);
    if lives >= MOST_CONSENTS && !before {
        return Err(ApiError::ConsentsFull);
    }
    let paper = new.paper.is_some();
    let kept = before || app.store.add_consent(new).await?;
    let found = app.store.consents_of(citizen).await?.into_iter().find(|(consent, _)| consent.id == id);
    match found {
        Some((consent, dossiers)) => Ok(told(app, &consent, dossiers, Some(citizen))),
        None if !kept && paper => Err(ApiError::MyPaperUnknown),
        None => Err(ApiError::KeyReused),
    }
}

/// Whose dossiers an account's holder lets file: their own, or their organisation's. They are known by their number.
///
/// # Errors
/// When the account has no number.
pub(super) fn owner(citizen: &Citizen) -> Result<Owner, ApiError> {
    let (name, number) = match &citizen.details.organisation {
        Some(Organisation { name, tax_code }) => (name, tax_code),
        None => (&citizen.name, &citizen.details.number),
    };
    if number.is_empty() {
        let says =
            "Hồ sơ của bạn được nhận ra bằng số định danh. Hãy ghi số này ở «Thông tin của tôi» rồi quay lại đây.";
        return Err(ApiError::Unanswered(vec![field("number", says)]));
    }
    Ok(Owner { citizen: Some(citizen.id), name: name.clone(), number: number.clone() })
}

fn kind(name: &str) -> Result<Kinship, ApiError> {
    Kinship::of_name(name).ok_or_else(|| ApiError::Unanswered(vec![field("kinship", "Chọn người nộp hộ là ai.")]))
}

/// The only procedure that a consent is to be for; nothing for all of them.
fn only(app: &App, id: &str) -> Result<Option<String>, ApiError> {
    if id.is_empty() {
        return Ok(None);
    }
    let today = app.now().date();
    let known = app.offer.library.procedures.get(id).filter(|known| known.in_force(today));
    let unknown =
        || ApiError::Unanswered(vec![field("procedure", "Chọn một thủ tục trong danh sách, hoặc mọi thủ tục.")]);
    known.map(|known| Some(known.id.clone())).ok_or_else(unknown)
}

/// The end of the last day in Việt Nam, so many days from today.
fn until(app: &App, days: u32) -> Result<Moment, ApiError> {
    if LASTS_DAYS.contains(&days) {
        let today = Moment::at(app.now().date(), 0);
        Ok(Moment(today.0 + (i64::from(days) + 1) * DAY_MS - 1))
    } else {
        Err(ApiError::Unanswered(vec![field("days", "Chọn sự đồng ý dùng đến bao giờ.")]))
    }
}

/// Takes an offer up.
#[utoipa::path(post, path = "/api/v1/citizens/me/consents/accept",
    request_body = ConsentCode,
    responses(
        (status = 200, body = MyConsent),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn accept(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ConsentCode>,
) -> Result<Response, ApiError> {
    Ok(answer(&accepted(&app, source, &signed.citizen, &request.value.code).await?))
}

/// Takes an offer up by its code.
///
/// # Errors
/// When there is none to be had with it, too much was tried, or the store fails.
pub(super) async fn accepted(app: &App, source: Source, citizen: &Citizen, typed: &str) -> Result<MyConsent, ApiError> {
    let (code_hash, consent) = opened(app, source, typed).await?;
    let letters = to_citizen(app, consent.owner.citizen, Letter::ConsentAccepted).await?;
    let taken = AcceptedConsent { code_hash, filer: citizen.clone(), letters, now: app.now() };
    let accepted = app.store.accept_consent(taken).await?;
    app.post.notify_one();
    let found = app.store.consent_of_code(code_hash).await?;
    // Pressed twice, it is theirs all the same.
    let theirs = found.filter(|found| {
        found.filer.citizen == Some(citizen.id) && (accepted || found.standing(app.now()) == ConsentStanding::InForce)
    });
    theirs.map(|consent| told(app, &consent, 0, Some(citizen.id))).ok_or(ApiError::ConsentUnknown)
}

/// Takes back a consent that the account gave, or gives up one that it holds.
#[utoipa::path(delete, path = "/api/v1/citizens/me/consents/{id}",
    params(("id" = String, Path, description = "The consent's id")),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn withdraw(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    path: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let id = path.ok().and_then(|Path(id)| ConsentId::read(&id)).ok_or(ApiError::ConsentUnknown)?;
    withdrawn(&app, signed.citizen.id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a consent of an account back.
///
/// # Errors
/// When the account has none with this id, or the store fails.
pub(super) async fn withdrawn(app: &App, citizen: CitizenId, id: ConsentId) -> Result<(), ApiError> {
    let all = app.store.consents_of(citizen).await?;
    let consent = all.into_iter().map(|(consent, _)| consent).find(|consent| consent.id == id);
    let consent: Consent = consent.ok_or(ApiError::ConsentUnknown)?;
    let by = if consent.owner.citizen == Some(citizen) { Withdrawer::Owner } else { Withdrawer::Filer };
    take_back(app, &consent, by, None).await
}
