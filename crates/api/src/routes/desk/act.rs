//! What an officer does with a dossier: load, may they, decide, keep, answer.

use super::dossier::read;
use super::{id, theirs};
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::notices::named;
use crate::routes::officers::answer;
use crate::signatures::Found;
use crate::work::{Work, as_whom, place};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use dossier::notice::notice;
use dossier::{Act, ActRefused, Compared, Course, Desk, Event, EventKind, ResultFile, course};
use procedure::OfficerId;
use procedure::calendar::Moment;
use store::desk::{ActSaved, NewAct, NumberWanted};
use store::{DraftKey, unhex};
use wire::{ActRequest, DeskDossier, FieldProblem, Problem};

/// Does one act, once for each key.
#[utoipa::path(post, path = "/api/v1/desk/dossiers/{id}/acts",
    params(
        ("id" = String, Path, description = "The dossier's id"),
        ("Idempotency-Key" = String, Header, description = "A UUID made for this act"),
    ),
    request_body = ActRequest,
    responses(
        (status = 200, body = DeskDossier),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn act(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
    Key(key): Key,
    request: Json<ActRequest>,
) -> Result<Response, ApiError> {
    let (work, _) = theirs(&app, &signed, id(path)).await?;
    // What was done before is answered again, though it could not be done a second time.
    match app.store.act_before(key, request.hash).await? {
        ActSaved::Before => return Ok(answer(&read(&app, &signed, &work).await?)),
        ActSaved::KeyReused => return Err(ApiError::KeyReused),
        _ => {}
    }
    let new = decide(&app, &signed, &work, key, &request).await?;
    match app.store.save_act(new).await? {
        ActSaved::New | ActSaved::Before => Ok(answer(&read(&app, &signed, &work).await?)),
        ActSaved::KeyReused => Err(ApiError::KeyReused),
        ActSaved::Changed => Err(ApiError::DossierChanged),
        ActSaved::FilesMissing(missing) => Err(ApiError::PapersMissing(missing)),
    }
}

async fn decide(
    app: &App,
    signed: &Signed,
    work: &Work,
    key: DraftKey,
    request: &Json<ActRequest>,
) -> Result<NewAct, ApiError> {
    let what = asked(app, key, &request.value).await?;
    let desk = work.desk(app)?;
    let before = work.course(&desk);
    let Some(officer) = as_whom(signed, &before, &desk, what.kind(), app.now()) else {
        access::refuse(app, signed, &format!("{} {}", work.kept.dossier.id, what.kind().name())).await?;
        return Err(ApiError::ActNotNow);
    };
    let version = u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX);
    if request.value.version != version {
        return Err(ApiError::DossierChanged);
    }
    if let Act::Assign(officer) = what {
        assignable(app, &before, officer).await?;
    }
    let files = if let Act::AttachResult(result) = &what { vec![file(result)?] } else { Vec::new() };
    // Only handing over asks what is signed.
    let found = match what {
        Act::HandOver(_) => Found::of(app, work, None).await?,
        _ => Found::default(),
    };
    let is_signed = |sha256: &str| found.is_signed(sha256);
    let (filing, now) = (&work.kept.dossier.filing, app.now());
    let kind = dossier::act(&before, &desk, filing, officer.id, what, (now, &is_signed)).map_err(refused)?;
    let on_behalf = Some(officer.id).filter(|id| *id != signed.officer.id);
    let event = Event { at: now, by: Some(signed.officer.id), on_behalf, kind };
    let number = matches!(event.kind, EventKind::Received).then(|| number(app, &desk, now));
    let mut events = work.kept.events.clone();
    events.push(event.clone());
    let after: Course = course(&desk, work.kept.dossier.sent_at, &events);
    let dossier = work.kept.dossier.id;
    let place = place(&after, &desk);
    let notice = named(notice(&before, &after, &event.kind, &work.kept.dossier.filing))?;
    let body_hash = request.hash;
    Ok(NewAct { key, body_hash, dossier, version, event, place, number, files, filing: None, notice })
}

/// The act as the domain knows it.
async fn asked(app: &App, key: DraftKey, request: &ActRequest) -> Result<Act, ApiError> {
    use wire::Act as W;
    Ok(match request.act.clone() {
        W::Claim => Act::Claim,
        W::Release => Act::Release,
        W::Assign { officer } => Act::Assign(OfficerId::read(&officer).ok_or(ApiError::OfficerUnknown)?),
        W::Receive => Act::Receive,
        W::AskSupplement { supplement } => {
            let items = supplement.items.into_iter();
            let items = items.map(|item| dossier::SupplementItem { place: item.place, says: item.says }).collect();
            Act::AskSupplement(dossier::Supplement { items, note: supplement.note })
        }
        W::ProposeRefusal { reason } => Act::ProposeRefusal(reason),
        W::Refuse { reason } => Act::Refuse(reason),
        W::Reconsider { reason } => Act::Reconsider(reason),
        W::Forward { note } => Act::Forward(note),
        W::SendBack { stage, reason } => Act::SendBack(stage, reason),
        W::ReturnUnsolved { reason } => Act::ReturnUnsolved(reason),
        W::Extend { quarter_days, reason } => Act::Extend(quarter_days, reason),
        W::AttachResult { number, sha256, file } => {
            let bytes = app.store.paper_size(key, unhex(&sha256).ok_or(ApiError::HashUnreadable)?).await?;
            let bytes = bytes.ok_or(ApiError::PapersMissing(vec![sha256.clone()]))?;
            Act::AttachResult(ResultFile { number, sha256, file, bytes })
        }
        W::Recheck { stands, reason } => Act::Recheck(stands, reason),
        W::HandOver { compared } => {
            let compared = compared.into_iter();
            Act::HandOver(compared.map(|one| Compared { paper: one.paper, differs: one.differs }).collect())
        }
    })
}

fn file(result: &ResultFile) -> Result<([u8; 32], u64), ApiError> {
    Ok((unhex(&result.sha256).ok_or(ApiError::HashUnreadable)?, result.bytes))
}

/// Work is given only to somebody who can do it.
async fn assignable(app: &App, course: &Course, officer: OfficerId) -> Result<(), ApiError> {
    let found = app.store.officer(officer).await?;
    let can = |officer: &account::Officer| {
        officer.enabled && officer.unit == course.unit && course.role.is_some_and(|role| officer.is(role))
    };
    found.filter(can).map(drop).ok_or(ApiError::OfficerUnknown)
}

/// The number this dossier is to get, by the office's pattern.
fn number(app: &App, desk: &Desk<'_>, now: Moment) -> NumberWanted {
    let date = now.date();
    let day = format!("{:02}{:02}{:02}", date.year % 100, date.month, date.day);
    let (before, digits, after) = app.number_pattern.around(&desk.agency.code, &day);
    NumberWanted { unit: desk.agency.code.clone(), day: now.day_number().into(), before, after, digits }
}

fn refused(why: ActRefused) -> ApiError {
    let field = |place: &str, says: &str| {
        ApiError::Unanswered(vec![FieldProblem {
            place: place.to_owned(),
            code: place.to_owned(),
            says: says.to_owned(),
            blocks: true,
        }])
    };
    match why {
        ActRefused::NotNow => ApiError::ActNotNow,
        ActRefused::Held => ApiError::DossierHeld,
        ActRefused::MeetingNeeded => ApiError::MeetingNeeded,
        ActRefused::NoWords => field("reason", "Hãy ghi rõ nội dung: người dân và người làm sau sẽ đọc."),
        ActRefused::TooLong => field("reason", "Nội dung dài quá 2.000 ký tự. Hãy viết ngắn lại."),
        ActRefused::NothingToMend => field("items", "Chưa đánh dấu chỗ nào cần bổ sung. Bấm “Cần sửa” ở từng mục."),
        ActRefused::NoSuchPlace => {
            field("items", "Có chỗ được đánh dấu mà hồ sơ này không có. Hãy bỏ đi và đánh dấu lại.")
        }
        ActRefused::NoSuchStage => field("stage", "Hãy chọn một bước trước để chuyển lại."),
        ActRefused::NotCompared => field(
            "compared",
            "Còn giấy tờ chưa đối chiếu bản chính. Đánh dấu từng giấy tờ đã đối chiếu rồi mới trả kết quả.",
        ),
        ActRefused::NotPosted => ApiError::NotPosted,
        ActRefused::NotPostedAgain => ApiError::NotPostedAgain,
        ActRefused::StillPosted(until) => ApiError::StillPosted(until),
        ActRefused::Objected => ApiError::Objected,
        ActRefused::TimeOutOfRange => field("quarter_days", "Thời gian hẹn thêm từ 0,25 đến 10 ngày làm việc."),
    }
}
