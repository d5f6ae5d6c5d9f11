//! A dossier is sent: load, check again, decide, keep, answer.

use crate::access;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::{consents, qr, units, work};
use account::CitizenId;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use dossier::{Entered, LookupCode, Random, Submitted, course};
use form::{Date, Given};
use procedure::{CheckedFiling, Filing};
use std::collections::HashMap;
use store::desk::Place;
use store::{Answered, DraftKey, Hash, NewSubmission, Saved, SentBy};
use wire::{Problem, Receipt, SubmitRequest};

/// Takes a whole dossier or nothing of it. The same key with the same body is always answered the same.
#[utoipa::path(post, path = "/api/v1/dossiers",
    params(("Idempotency-Key" = String, Header, description = "The draft's key, a UUID")),
    request_body = wire::schema::SubmitRequest,
    responses(
        (status = 201, body = Receipt),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn submit(
    State(app): State<Shared>,
    headers: HeaderMap,
    Key(key): Key,
    request: Json<SubmitRequest>,
) -> Result<Response, ApiError> {
    let sender = Sender::of(&app, &headers).await?;
    let kept = answered(&app, key, &request.value, request.hash, sender).await?;
    created(&app, key, &kept)
}

/// Who sends a dossier.
#[derive(Clone, Copy)]
pub(in crate::routes) enum Sender {
    /// Anybody with a telephone.
    Anyone,
    /// A citizen who is signed in: it is their account's from the first moment.
    Citizen(CitizenId),
    /// An officer, for whom it came on paper.
    Desk(Entered),
}

impl Sender {
    /// Whoever sends a request that needs no session.
    ///
    /// # Errors
    /// When the store fails.
    pub(in crate::routes) async fn of(app: &App, headers: &HeaderMap) -> Result<Self, ApiError> {
        Ok(access::citizen(app, headers).await?.map_or(Self::Anyone, |signed| Self::Citizen(signed.citizen.id)))
    }
}

/// The answer to a filing as it is kept, without its code. `hash` is that of the whole request.
pub(in crate::routes) async fn answered(
    app: &Shared,
    key: DraftKey,
    filing: &Filing,
    hash: Hash,
    sender: Sender,
) -> Result<Vec<u8>, ApiError> {
    match keep(app, key, filing, hash, sender).await {
        Ok(kept) => Ok(kept),
        // What was answered once is answered again, also when it would be refused by now: a form may be out of force,
        // the disk full. Asked only here, because the writer looks at the key anyway and hardly anybody sends twice.
        Err(refused) => match app.store.answer_for(key, hash).await {
            Ok(Answered::Before(kept)) => Ok(kept),
            Ok(Answered::KeyReused) => Err(ApiError::KeyReused),
            Ok(Answered::No) | Err(_) => Err(refused),
        },
    }
}

/// A kept answer as a receipt, its code made again and put in.
pub(in crate::routes) fn receipt(app: &Shared, key: DraftKey, kept: &[u8]) -> Result<Receipt, ApiError> {
    let receipt: Receipt = serde_json::from_slice(kept).map_err(|_| ApiError::Failed)?;
    Ok(Receipt { code: LookupCode::new(app.pepper.code_bits(key)).to_string(), ..receipt })
}

/// Checks, decides and keeps; gives the answer as it is kept, which is an earlier one when the dossier came before.
async fn keep(app: &Shared, key: DraftKey, filing: &Filing, hash: Hash, sender: Sender) -> Result<Vec<u8>, ApiError> {
    let filing = units::settled(app, filing);
    let (checked, person) = check(app, &filing, app.now().date()).await?;
    let (sent_by, letters) = match sender {
        Sender::Citizen(citizen) => consents::sender(app, citizen, checked.filing()).await?,
        Sender::Anyone | Sender::Desk(_) => (SentBy::Nobody, Vec::new()),
    };
    let told = !letters.is_empty();
    let (submitted, salts, place) = decide(app, key, &checked, sender).await?;
    let proof = app.signer.sign(receipt::lines(&submitted), &salts);
    // The code is kept as a hash only, so the answer is kept without it.
    let receipt = Receipt { code: String::new(), proof: Some(proof), ..Receipt::from(&submitted.receipt) };
    let kept = serde_json::to_vec(&receipt).map_err(|_| ApiError::Failed)?;
    let submission = NewSubmission {
        key,
        body_hash: hash,
        code_hash: app.pepper.hash(&submitted.code),
        dossier: submitted.dossier,
        events: submitted.events,
        place,
        person,
        sender: sent_by,
        letters,
        answer: kept.clone(),
    };
    match app.store.save_submission(submission).await? {
        Saved::New => {
            if told {
                app.post.notify_one();
            }
            Ok(kept)
        }
        Saved::Before(before) => Ok(before),
        Saved::KeyReused => Err(ApiError::KeyReused),
        Saved::PapersMissing(missing) => Err(ApiError::PapersMissing(missing)),
    }
}

/// The browser's check once more, with the very texts the filing says it answers; gives the person it is about too.
pub(in crate::routes) async fn check(
    app: &Shared,
    filing: &Filing,
    today: Date,
) -> Result<(CheckedFiling, String), ApiError> {
    let procedure = app.offer.procedure(&filing.fingerprint, &*app.store).await?.ok_or(ApiError::FormUnknown)?;
    let forms = app.offer.forms_of(filing, &*app.store).await?.ok_or(ApiError::FormUnknown)?;
    let library = &app.offer.library;
    let given = Given { today, units: &library.units };
    let form_of = |id: &str| forms.get(id).map(|form| &**form);
    match procedure::check(&procedure, &form_of, library.agencies.on(today), filing, &given) {
        Ok(checked) => Ok((checked, work::person(filing, &form_of))),
        Err(mut problems) => {
            units::explain(app, &filing.agency, &mut problems);
            Err(ApiError::Invalid(problems.iter().map(crate::routes::said).collect()))
        }
    }
}

/// Decides, draws the bytes that the receipt's lines are sealed with, and finds its place in the queues.
async fn decide(
    app: &Shared,
    key: DraftKey,
    checked: &CheckedFiling,
    sender: Sender,
) -> Result<(Submitted, [u8; 32], Place), ApiError> {
    let pages: HashMap<String, Option<u32>> = if checked.filing().papers.is_empty() {
        HashMap::new()
    } else {
        app.store.paper_pages(key).await?.into_iter().map(|(hash, pages)| (store::hex(&hash), pages)).collect()
    };
    let pages_of = |sha256: &str| pages.get(sha256).copied().flatten();
    let mut random = Random { dossier_id: [0; 16], code: app.pepper.code_bits(key) };
    let mut salts = [0; 32];
    getrandom::fill(&mut random.dossier_id).map_err(|_| ApiError::Failed)?;
    getrandom::fill(&mut salts).map_err(|_| ApiError::Failed)?;
    let now = app.now();
    let Filing { fingerprint, agency, .. } = checked.filing();
    let procedure = work::running(app, fingerprint, agency, now).await?;
    let desk = work::desk(app, &procedure, agency)?;
    let entered = if let Sender::Desk(entered) = sender { Some(entered) } else { None };
    let submitted = dossier::submit(checked, &pages_of, &desk, now, random, entered);
    let course = course(&desk, submitted.dossier.sent_at, &submitted.events);
    Ok((submitted, salts, work::place(&course, &desk)))
}

/// How every kept receipt begins: the code and its picture, the first two fields, are empty.
const WITHOUT_CODE: &[u8] = br#"{"code":"","qr":[]"#;

/// Answers with a kept receipt, its code made again and put in; all else is byte by byte what was kept.
pub(in crate::routes) fn created(app: &Shared, key: DraftKey, kept: &[u8]) -> Result<Response, ApiError> {
    let rest = kept.strip_prefix(WITHOUT_CODE).ok_or(ApiError::Failed)?;
    let code = LookupCode::new(app.pepper.code_bits(key)).to_string();
    let dots = serde_json::to_string(&qr::rows(&code)).map_err(|_| ApiError::Failed)?;
    let answer = [format!(r#"{{"code":"{code}","qr":{dots}"#).as_bytes(), rest].concat();
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, answer).into_response())
}
