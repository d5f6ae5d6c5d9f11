//! Petitions at the desk: lists, one of them read on record, its photographs, and what is done with it.

use super::queue::left_of;
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::letters::to_citizen;
use crate::petitions::{chance, field, stands};
use crate::routes::desk::files::as_sent;
use crate::routes::officers::{answer, unit_name};
use account::{Action, Letter, Relation, may};
use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use petition::{Act, ActFault, ActKind, ActRefused, Event, EventKind, Leak, LeakKind, PetitionId, PublicId};
use petition::{PublicVersion, Reply, act, possible};
use procedure::OfficerId;
use procedure::calendar::{Moment, working_time_between};
use serde::Deserialize;
use store::petitions::{KeptPetition, NewPetitionAct, PetitionActSaved, PetitionList, PetitionRow, PetitionsAsked};
use store::unhex;
use wire::{
    DeskPetition, DeskPetitionEvent, DeskPetitionRow, DeskPetitions, FieldProblem, PetitionAct, PetitionActRequest,
    PetitionCounts, PetitionUnit, Problem,
};

/// The most rows of a list.
const MOST: u32 = 200;
/// So many letters of a petition stand in a list.
const BEGINS: usize = 140;

/// Which list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::routes) struct Asked {
    #[serde(default)]
    list: String,
}

/// Petitions of the officer's unit.
#[utoipa::path(get, path = "/api/v1/desk/petitions",
    params(("list" = Option<String>, Query, description = "open, new, mine, late or over")),
    responses(
        (status = 200, body = DeskPetitions),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(asked) = asked.map_err(|_| ApiError::QueueUnreadable)?;
    let list = match asked.list.as_str() {
        "" | "open" => PetitionList::Open,
        "new" => PetitionList::New,
        "mine" => PetitionList::Mine,
        "late" => PetitionList::Late,
        "over" => PetitionList::Over,
        _ => return Err(ApiError::QueueUnreadable),
    };
    let now = app.now();
    // Petitions of a unit that ended are its heir's.
    let units = app.offer.library.agencies.inherited(&signed.officer.unit, now.date());
    let units = units.into_iter().map(str::to_owned).collect();
    let asked = PetitionsAsked { units, list, officer: signed.officer.id, now, most: MOST };
    let counts = app.store.petition_counts(asked.clone()).await?;
    let rows = app.store.petitions(asked).await?;
    Ok(answer(&DeskPetitions {
        counts: PetitionCounts { open: counts.open, new: counts.new, mine: counts.mine, late: counts.late },
        rows: rows.into_iter().map(|found| row(&app, found)).collect(),
    }))
}

fn row(app: &App, found: PetitionRow) -> DeskPetitionRow {
    let library = &app.offer.library;
    let span = working_time_between(&library.calendar, &library.hours, app.now(), found.due_at);
    let flat = found.petition.says.replace('\n', " ");
    let cut = flat.chars().count() > BEGINS;
    let begins: String = flat.chars().take(BEGINS).chain(cut.then_some('…')).collect();
    DeskPetitionRow {
        id: found.id.to_string(),
        field: field(app, &found.petition.field),
        begins,
        sent_at: found.sent_at.0,
        state: found.state.name().to_owned(),
        holder: found.holder.unwrap_or_default(),
        due_at: found.due_at.0,
        left: left_of(span),
        was_late: found.ended.is_some_and(|(_, late)| late),
        is_public: found.is_public,
    }
}

/// A petition that is the officer's to handle. Nothing of it has been told to anybody yet.
///
/// # Errors
/// [`ApiError::PetitionUnknown`], whether there is none or it is not theirs; the latter is put on record.
async fn theirs(app: &App, signed: &Signed, id: &str) -> Result<KeptPetition, ApiError> {
    let id = PetitionId::read(id).ok_or(ApiError::PetitionUnknown)?;
    let kept = app.store.petition(id).await?.ok_or(ApiError::PetitionUnknown)?;
    let unit = held_by(app, &stands(app, &kept).unit) == signed.officer.unit;
    if !may(&signed.officer, Action::HandlePetitions, Relation { unit, ..Relation::default() }) {
        access::refuse(app, signed, &id.to_string()).await?;
        return Err(ApiError::PetitionUnknown);
    }
    Ok(kept)
}

/// Code of the unit that has today what was written down for a unit.
fn held_by(app: &App, unit: &str) -> String {
    app.offer.library.agencies.heir(unit, app.now().date()).to_owned()
}

/// A petition, read on record.
#[utoipa::path(get, path = "/api/v1/desk/petitions/{id}",
    params(("id" = String, Path, description = "The petition's id")),
    responses(
        (status = 200, body = DeskPetition),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn one(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::PetitionUnknown)?;
    let id = theirs(&app, &signed, &id).await?.id;
    Ok(answer(&on_record(&app, &signed, id).await?))
}

async fn on_record(app: &App, signed: &Signed, id: PetitionId) -> Result<DeskPetition, ApiError> {
    let kept = app.store.read_petition(id, signed.officer.id, app.now()).await?.ok_or(ApiError::PetitionUnknown)?;
    Ok(told(app, kept))
}

/// The bytes of a photograph as they were sent, read on record.
#[utoipa::path(get, path = "/api/v1/desk/petitions/{id}/photos/{sha256}",
    params(("id" = String, Path, description = "The petition's id"), ("sha256" = String, Path, description = "The photograph's SHA-256")),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn photo(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((id, sha256)) = path.map_err(|_| ApiError::PetitionUnknown)?;
    let id = theirs(&app, &signed, &id).await?.id;
    let hash = unhex(&sha256).ok_or(ApiError::PetitionUnknown)?;
    let read = app.store.read_photo(id, hash, signed.officer.id, app.now()).await?;
    let (kind, bytes) = read.ok_or(ApiError::PetitionUnknown)?;
    Ok(as_sent("anh", kind, bytes))
}

/// Does something with a petition, once for each key, and answers as it is then; after passing it on, as it was.
#[utoipa::path(post, path = "/api/v1/desk/petitions/{id}/acts",
    params(
        ("id" = String, Path, description = "The petition's id"),
        ("Idempotency-Key" = String, Header, description = "A UUID made for this act"),
    ),
    request_body = PetitionActRequest,
    responses(
        (status = 200, body = DeskPetition),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn acts(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
    Key(key): Key,
    request: Json<PetitionActRequest>,
) -> Result<Response, ApiError> {
    let Path(id) = path.map_err(|_| ApiError::PetitionUnknown)?;
    let mut kept = match theirs(&app, &signed, &id).await {
        Ok(kept) => kept,
        // What was passed on is another unit's by now; whoever did it is told that it is done.
        Err(refused) => return passed_on(&app, &signed, &id, key.0, &request.hash, refused).await,
    };
    match app.store.petition_act_before(key, request.hash).await? {
        PetitionActSaved::Before => return Ok(answer(&on_record(&app, &signed, kept.id).await?)),
        PetitionActSaved::KeyReused => return Err(ApiError::KeyReused),
        PetitionActSaved::New | PetitionActSaved::Changed => {}
    }
    let PetitionActRequest { version, act: wanted } = request.value;
    if usize::try_from(version).ok() != Some(kept.events.len()) {
        return Err(ApiError::PetitionChanged);
    }
    let held_by = held_by(&app, &stands(&app, &kept).unit);
    let decided = act(&kept.petition, &stands(&app, &kept), app.agencies(), &held_by, &read(wanted));
    let kind = decided.map_err(refused)?;
    let public = match &kind {
        EventKind::Published(_) => Some((PublicId(chance()?), held_by)),
        _ => None,
    };
    let event = Event { at: app.now(), by: Some(signed.officer.id), kind };
    kept.events.push(event.clone());
    let course = stands(&app, &kept);
    let ends = matches!(event.kind, EventKind::Answered { .. } | EventKind::Refused { .. });
    let letters = to_citizen(&app, kept.citizen.filter(|_| ends), Letter::PetitionEnded).await?;
    let told = !letters.is_empty();
    let new = NewPetitionAct { key, body_hash: request.hash, id: kept.id, version, event, course, public, letters };
    let saved = app.store.save_petition_act(new).await?;
    if told {
        app.post.notify_one();
    }
    match saved {
        PetitionActSaved::New | PetitionActSaved::Before => Ok(answer(&on_record(&app, &signed, kept.id).await?)),
        PetitionActSaved::KeyReused => Err(ApiError::KeyReused),
        PetitionActSaved::Changed => Err(ApiError::PetitionChanged),
    }
}

/// The same answer once more to an act by which the petition left the unit.
async fn passed_on(
    app: &App,
    signed: &Signed,
    id: &str,
    key: [u8; 16],
    hash: &store::Hash,
    refused: ApiError,
) -> Result<Response, ApiError> {
    let done = app.store.petition_act_before(store::DraftKey(key), *hash).await? == PetitionActSaved::Before;
    let id = PetitionId::read(id).filter(|_| done).ok_or_else(|| refused.clone())?;
    let kept = app.store.petition(id).await?.ok_or(ApiError::PetitionUnknown)?;
    let last_by_them = kept.events.last().and_then(|event| event.by) == Some(signed.officer.id);
    if last_by_them { Ok(answer(&on_record(app, signed, id).await?)) } else { Err(refused) }
}

fn read(wanted: PetitionAct) -> Act {
    match wanted {
        PetitionAct::Receive => Act::Receive,
        PetitionAct::Route { to, reason } => Act::Route { to, reason },
        PetitionAct::Answer { text } => Act::Answer { text },
        PetitionAct::Refuse { reason, turn_to } => Act::Refuse { reason, turn_to },
        PetitionAct::Publish { title, question, answer, seen } => {
            Act::Publish { version: PublicVersion { title, question, answer }, seen }
        }
        PetitionAct::Withdraw { reason } => Act::Withdraw { reason },
    }
}

fn refused(why: ActRefused) -> ApiError {
    match why {
        ActRefused::NotNow => ApiError::ActNotNow,
        ActRefused::Faults(faults) => ApiError::Unanswered(faults.into_iter().map(fault).collect()),
        ActRefused::Leaks(leaks) => ApiError::Unanswered(leaks.iter().map(leak).collect()),
    }
}

fn fault(fault: ActFault) -> FieldProblem {
    let what = match fault.place() {
        "reason" => "lý do",
        "turn_to" => "nơi người dân cần đến",
        "title" => "tiêu đề",
        "question" => "câu hỏi",
        _ => "câu trả lời",
    };
    let says = match fault {
        ActFault::NoUnit => "Hãy chọn đơn vị khác để chuyển đến.".to_owned(),
        ActFault::Empty(_) => format!("Hãy ghi {what}."),
        ActFault::TooLong(_, most) => format!("Phần {what} dài quá {most} ký tự. Hãy viết ngắn lại."),
        ActFault::Unprintable(_) => format!("Phần {what} có ký tự không in được. Hãy gõ lại, đừng dán."),
    };
    FieldProblem { place: fault.place().to_owned(), code: "wrong".to_owned(), says, blocks: true }
}

fn leak(leak: &Leak) -> FieldProblem {
    let found = &leak.found;
    let says = match leak.kind {
        LeakKind::SendersName => format!("Có tên người gửi: “{found}”. Không được công khai; hãy bỏ đi."),
        LeakKind::SendersContact => format!("Có điện thoại hoặc e-mail của người gửi: “{found}”. Hãy bỏ đi."),
        LeakKind::Number => format!("Có dãy số dài: “{found}”. Có phải số điện thoại hay số căn cước của ai không?"),
        LeakKind::Email => format!("Có địa chỉ e-mail: “{found}”. Có phải của người dân không?"),
        LeakKind::Person => format!("Có vẻ là tên người: “{found}”. Có cần nêu tên không?"),
    };
    let blocks = leak.kind.is_the_senders();
    FieldProblem { place: leak.place.to_owned(), code: leak.kind.name().to_owned(), says, blocks }
}

fn told(app: &App, kept: KeptPetition) -> DeskPetition {
    let course = stands(app, &kept);
    let name_of = |id: OfficerId| {
        kept.officers.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let kinds = ActKind::ALL.into_iter().filter(|kind| possible(&kept.petition, &course, *kind));
    let acts = kinds.map(|kind| kind.name().to_owned()).collect();
    let sent = DeskPetitionEvent {
        at: kept.sent_at.0,
        by: String::new(),
        says: format!("Người dân gửi đến {}", unit_name(app, &kept.sent_to)),
        note: String::new(),
    };
    let happened = kept.events.iter().map(|event| {
        let (says, note) = says(app, &event.kind);
        DeskPetitionEvent { at: event.at.0, by: event.by.map(name_of).unwrap_or_default(), says, note }
    });
    let events = std::iter::once(sent).chain(happened).collect();
    let held_by = held_by(app, &course.unit);
    let others = app.agencies().0.iter().filter(|agency| agency.code != held_by);
    let units = others.map(|agency| PetitionUnit { code: agency.code.clone(), name: agency.name.clone() }).collect();
    let found = PetitionRow {
        id: kept.id,
        sent_at: kept.sent_at,
        petition: kept.petition.clone(),
        unit: course.unit.clone(),
        state: course.state,
        holder: course.holder.map(name_of),
        due_at: course.due_at,
        ended: course.ended,
        is_public: course.published.is_some(),
    };
    let Moment(answer_due_at) = course.answer_due_at;
    DeskPetition {
        row: row(app, found),
        version: u32::try_from(kept.events.len()).unwrap_or(u32::MAX),
        says: kept.petition.says,
        name: kept.petition.name,
        contact: kept.petition.contact,
        asked_unit: kept.petition.unit.map(|unit| unit_name(app, &unit)).unwrap_or_default(),
        may_publish: kept.petition.may_publish,
        photos: kept.petition.photos.into_iter().map(|photo| photo.sha256).collect(),
        answer_due_at,
        answer: match course.reply {
            None => String::new(),
            Some(Reply::Answer(text)) => text,
            Some(Reply::Refusal { reason, .. }) => reason,
        },
        events,
        acts,
        public: kept.public.map(|id| id.to_string()).unwrap_or_default(),
        units,
    }
}

/// An event in the words of the desk, and what was written to it.
fn says(app: &App, kind: &EventKind) -> (String, String) {
    match kind {
        EventKind::Received => ("Tiếp nhận".to_owned(), String::new()),
        EventKind::Routed { to, reason } => (format!("Chuyển đến {}", unit_name(app, to)), reason.clone()),
        EventKind::Answered { text } => ("Trả lời người gửi".to_owned(), text.clone()),
        EventKind::Refused { reason, turn_to } => ("Từ chối".to_owned(), format!("{reason}\n{turn_to}")),
        EventKind::Published(version) => ("Công khai câu trả lời".to_owned(), version.title.clone()),
        EventKind::Withdrawn { reason } => ("Gỡ khỏi trang công khai".to_owned(), reason.clone()),
    }
}
