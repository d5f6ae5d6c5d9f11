//! What a unit has fetched and delivered by the public post: the list, the labels, and what is said of a parcel.

use super::dossier::read;
use super::{id, on_record, theirs};
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::notices::named;
use crate::parcels;
use crate::printer::{self, About};
use crate::routes::officers::answer;
use crate::routes::print::answer_as;
use crate::work::{Work, place};
use account::{Action, may};
use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use dossier::notice::notice;
use dossier::parcel::{self, ParcelRefused, ParcelStep};
use dossier::{Event, Parcel, course};
use pdf::Slip;
use pdf::slip::{Labels, MOST_LABELS};
use serde::Deserialize;
use store::DraftKey;
use store::desk::{ActSaved, NewAct};
use store::parcels::ParcelsAsked;
use wire::{DeskDossier, FieldProblem, ParcelRequest, ParcelRow, Parcels, Problem};

/// The most parcels that are listed at once: more are not sent in a day.
const MOST: u32 = 200;

/// What the unit has to have fetched and delivered.
#[utoipa::path(get, path = "/api/v1/desk/parcels", responses(
    (status = 200, body = Parcels),
    (status = 401, body = Problem, content_type = "application/problem+json"),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    let (book, now) = (&app.offer.library.agencies, app.now());
    let agencies = book.inherited(&signed.officer.unit, now.date()).into_iter().map(str::to_owned).collect();
    let found = app.store.parcels(ParcelsAsked { agencies, officer: signed.officer.id, now, most: MOST }).await?;
    let mut rows = Vec::with_capacity(found.len());
    for (parcel, kept) in found {
        let work = Work::of(&app, kept).await?;
        let forms = work.forms(&app).await?;
        let desk = work.desk(&app)?;
        let all = parcels::of(&app, &signed, &work, &forms, &desk);
        let Some(told) = all.into_iter().find(|told| told.parcel == parcel.name()) else { continue };
        // Originals of what is over are fetched no more.
        if parcel == Parcel::Papers && told.steps.is_empty() {
            continue;
        }
        rows.push(ParcelRow {
            id: work.kept.dossier.id.to_string(),
            version: version(&work),
            number: work.kept.number.clone(),
            person: work.kept.person.clone(),
            procedure: work.procedure.short.clone(),
            parcel: told,
        });
    }
    // What can be done now stands before what waits for a result.
    rows.sort_by_key(|row| row.parcel.steps.is_empty());
    Ok(answer(&Parcels { rows, fee: app.offer.library.post.told() }))
}

fn version(work: &Work) -> u32 {
    u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX)
}

/// Whose labels.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    of: String,
}

/// The labels of parcels, eight on a page of A4, in the order in which they are named.
#[utoipa::path(get, path = "/api/v1/desk/parcels/labels",
    params(("of" = String, Query, description = "`<dossier's id>.result` or `.papers`, several with commas between, at most 40")),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn labels(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(Asked { of }) = asked.map_err(|_| ApiError::DossierUnknown)?;
    let named: Vec<&str> = of.split(',').collect();
    if named.len() > MOST_LABELS {
        return Err(ApiError::DossierUnknown);
    }
    let mut rows = Vec::with_capacity(named.len());
    for name in named {
        let (dossier, parcel) = name.split_once('.').ok_or(ApiError::DossierUnknown)?;
        let parcel = Parcel::of_name(parcel).ok_or(ApiError::DossierUnknown)?;
        let work = sent_by(&app, &signed, id(Ok(Path(dossier.to_owned())))).await?;
        let work = on_record(&app, &signed, work.kept.dossier.id).await?;
        rows.push(parcels::label(&app, &work, parcel).await?.ok_or(ApiError::ParcelNotNow)?);
    }
    let about = About {
        procedure_code: String::new(),
        dossier: String::new(),
        agency: signed.officer.unit.clone(),
        signed_on: None,
    };
    let paper = printer::slip(&app, Slip::Labels(Labels { rows }), about).await?;
    Ok(answer_as("attachment; filename=\"nhan-buu-dien.pdf\"", paper).into_response())
}

/// A dossier whose parcels the officer may send.
async fn sent_by(app: &App, signed: &Signed, id: Option<dossier::DossierId>) -> Result<Work, ApiError> {
    let (work, relation) = theirs(app, signed, id).await?;
    if !may(&signed.officer, Action::SendParcels, relation) {
        access::refuse(app, signed, &format!("{} send-parcels", work.kept.dossier.id)).await?;
        return Err(ApiError::ActNotNow);
    }
    Ok(work)
}

/// Says what became of a parcel, once for each key.
#[utoipa::path(post, path = "/api/v1/desk/dossiers/{id}/parcels/{parcel}",
    params(
        ("id" = String, Path, description = "The dossier's id"),
        ("parcel" = String, Path, description = "`papers` or `result`"),
        ("Idempotency-Key" = String, Header, description = "A UUID made for this step"),
    ),
    request_body = ParcelRequest,
    responses(
        (status = 200, body = DeskDossier),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn step(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, String)>, PathRejection>,
    Key(key): Key,
    request: Json<ParcelRequest>,
) -> Result<Response, ApiError> {
    let Path((dossier, name)) = path.map_err(|_| ApiError::DossierUnknown)?;
    let work = sent_by(&app, &signed, id(Ok(Path(dossier)))).await?;
    // What was said before is answered again, though it could not be said a second time.
    match app.store.act_before(key, request.hash).await? {
        ActSaved::Before => return Ok(answer(&read(&app, &signed, &work).await?)),
        ActSaved::KeyReused => return Err(ApiError::KeyReused),
        _ => {}
    }
    let parcel = Parcel::of_name(&name).ok_or(ApiError::DossierUnknown)?;
    let new = decide(&app, &signed, &work, parcel, key, &request)?;
    match app.store.save_act(new).await? {
        ActSaved::New | ActSaved::Before => Ok(answer(&read(&app, &signed, &work).await?)),
        ActSaved::KeyReused => Err(ApiError::KeyReused),
        ActSaved::Changed => Err(ApiError::DossierChanged),
        ActSaved::FilesMissing(missing) => Err(ApiError::PapersMissing(missing)),
    }
}

fn decide(
    app: &App,
    signed: &Signed,
    work: &Work,
    parcel: Parcel,
    key: DraftKey,
    request: &Json<ParcelRequest>,
) -> Result<NewAct, ApiError> {
    let said = match request.value.step.clone() {
        wire::ParcelStep::Posted { number } => ParcelStep::Posted(number),
        wire::ParcelStep::Delivered => ParcelStep::Delivered,
        wire::ParcelStep::Failed { reason } => ParcelStep::Failed(reason),
    };
    let version = version(work);
    if request.value.version != version {
        return Err(ApiError::DossierChanged);
    }
    let kept = &work.kept;
    let desk = work.desk(app)?;
    let before = work.course(&desk);
    let kind = parcel::step(&kept.dossier.filing, &before, &kept.events, parcel, said).map_err(refused)?;
    let event = Event { at: app.now(), by: Some(signed.officer.id), on_behalf: None, kind };
    let mut events = kept.events.clone();
    events.push(event.clone());
    let after = course(&desk, kept.dossier.sent_at, &events);
    let notice = named(notice(&before, &after, &event.kind, &kept.dossier.filing))?;
    let (number, files, filing, place) = (None, Vec::new(), None, place(&after, &desk));
    let (dossier, body_hash) = (kept.dossier.id, request.hash);
    Ok(NewAct { key, body_hash, dossier, version, event, place, number, files, filing, notice })
}

fn refused(why: ParcelRefused) -> ApiError {
    let field = |place: &str, says: &str| {
        let (place, code) = (place.to_owned(), format!("parcel-{place}"));
        ApiError::Unanswered(vec![FieldProblem { place, code, says: says.to_owned(), blocks: true }])
    };
    match why {
        ParcelRefused::NotNow => ApiError::ParcelNotNow,
        ParcelRefused::NoResult => field("number", "Chưa có kết quả để gửi. Hãy đính kèm kết quả trước."),
        ParcelRefused::NoNumber => {
            field("number", "Ghi số hiệu bưu gửi trên biên nhận của bưu điện, gồm chữ và số, ví dụ CP123456789VN.")
        }
        ParcelRefused::NoReason => field("reason", "Ghi lý do bưu điện báo, ví dụ: vắng nhà, sai địa chỉ."),
        ParcelRefused::TooLong => field("reason", "Nội dung dài quá 2.000 ký tự. Hãy viết ngắn lại."),
    }
}
