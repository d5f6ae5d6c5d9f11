//! The people's meetings (họp dân): what is taken along to the village, keeping what came of it, and the minutes on paper.

use super::{on_record, theirs};
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use crate::printer;
use crate::routes::officers::answer;
use crate::routes::print::answer_as;
use crate::slips;
use crate::work::{Work, place, relation};
use account::{Action, may};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use dossier::meeting::{Household, Meeting, MeetingRefused, Minutes, check, possible, share_of};
use dossier::{DossierId, Event, EventKind, MeetingId, course};
use form::Kind;
use procedure::calendar::Moment;
use procedure::procedure::FILER_FORM;
use store::DraftKey;
use store::desk::{NewAct, QueueAsked, QueueList};
use store::meetings::{KeptMeeting, MeetingSaved, NewMeeting};
use wire::{
    FieldProblem, HeldMeeting, MeetingHousehold, MeetingOutcome, MeetingRequest, MeetingVote, Meetings, Problem,
};

/// The most households and meetings that are listed.
const MOST_HOUSEHOLDS: u32 = 200;
const MOST_MEETINGS: u32 = 50;

/// The households a meeting can be held about now, each read on record, and the meetings that the unit has held.
#[utoipa::path(get, path = "/api/v1/desk/meetings",
    responses(
        (status = 200, body = Meetings),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn meetings(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    let kept = app.store.meetings_of(&signed.officer.unit, MOST_MEETINGS).await?;
    Ok(answer(&Meetings { households: households(&app, &signed).await?, held: kept.iter().map(told).collect() }))
}

async fn households(app: &App, signed: &Signed) -> Result<Vec<MeetingHousehold>, ApiError> {
    let officer = &signed.officer;
    let library = &app.offer.library;
    let meets = |one: &&procedure::Procedure| {
        let others = one.flows.0.iter().flat_map(|flow| &flow.stages);
        one.stages.iter().chain(others).any(|stage| stage.meeting.is_some())
    };
    let mut queued = Vec::new();
    for procedure in library.procedures.values().filter(meets) {
        let list =
            QueueList::Waiting { unit: officer.unit.clone(), roles: officer.roles.clone(), officers: vec![officer.id] };
        let (after, due_before, due_from) = (None, None, None);
        let procedure = Some(procedure.id.clone());
        queued.extend(
            app.store
                .queue(QueueAsked {
                    list,
                    procedure,
                    after,
                    due_before,
                    due_from,
                    objected: false,
                    most: MOST_HOUSEHOLDS,
                })
                .await?,
        );
    }
    queued.sort_by_key(|one| (one.stage_due_at, one.row));
    let mut found = Vec::new();
    for one in queued {
        let Some(kept) = app.store.dossier(one.id).await? else { continue };
        let work = Work::of(app, kept).await?;
        let (share, last) = {
            let desk = work.desk(app)?;
            let course = work.course(&desk);
            let mine = may(officer, Action::HoldMeeting, relation(officer, &course, &desk));
            let share = share_of(&course, &desk).filter(|_| mine && course.goes_on());
            (share, course.meeting.as_ref().map(MeetingVote::from))
        };
        let Some(share) = share else { continue };
        let work = on_record(app, signed, one.id).await?;
        found.push(MeetingHousehold {
            dossier: one.id.to_string(),
            number: work.kept.number.clone().unwrap_or_default(),
            person: work.kept.person.clone(),
            address: address(app, &work).await?,
            procedure: work.procedure.short.clone(),
            share,
            last,
        });
        if found.len() >= MOST_HOUSEHOLDS as usize {
            break;
        }
    }
    Ok(found)
}

/// Where a household lives: the first address on its form. These forms ask for no other household's.
async fn address(app: &App, work: &Work) -> Result<String, ApiError> {
    let filing = &work.kept.dossier.filing;
    let forms = work.forms(app).await?;
    for (filled, form) in filing.forms.iter().zip(&forms).filter(|(filled, _)| filled.form != FILER_FORM) {
        for (_, question) in form.questions().filter(|(_, question)| matches!(question.kind, Kind::Address(_))) {
            let shown = question.kind.show(&filled.answers, &question.id, &app.offer.library.units);
            if !shown.is_empty() {
                return Ok(shown);
            }
        }
    }
    Ok(String::new())
}

fn told(kept: &KeptMeeting) -> HeldMeeting {
    let Minutes { meeting, households } = &kept.minutes;
    let outcomes = meeting.households.iter().zip(households).map(|(discussed, household)| MeetingOutcome {
        dossier: discussed.dossier.to_string(),
        person: household.person.clone(),
        agree: discussed.agree,
        agreed: meeting.held(kept.id, discussed, household.share).agreed,
    });
    HeldMeeting {
        id: kept.id.to_string(),
        begun_at: meeting.begun.0,
        village: meeting.village.clone(),
        present: meeting.present(),
        households: outcomes.collect(),
    }
}

/// Keeps a meeting with what it decided about each of its households, or nothing of it at all; once for each key.
#[utoipa::path(post, path = "/api/v1/desk/meetings",
    params(("Idempotency-Key" = String, Header, description = "A UUID made when the meeting was begun to be written down")),
    request_body = MeetingRequest,
    responses(
        (status = 200, body = HeldMeeting),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 507, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn keep(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    Key(key): Key,
    request: Json<MeetingRequest>,
) -> Result<Response, ApiError> {
    // What was kept before is answered again, though it could not be kept a second time.
    match app.store.meeting_before(key, request.hash).await? {
        MeetingSaved::Before(id) => return kept(&app, &signed, id).await,
        MeetingSaved::KeyReused => return Err(ApiError::KeyReused),
        MeetingSaved::New | MeetingSaved::Changed(_) => {}
    }
    let now = app.now();
    let meeting = request.value.meeting().ok_or(ApiError::DossierUnknown)?.tidied();
    let wrong = check(&meeting, now);
    if !wrong.is_empty() {
        let field = |one: dossier::meeting::Wrong| problem(one.place, "meeting-wrong", one.says);
        return Err(ApiError::Unanswered(wrong.into_iter().map(field).collect()));
    }
    let new = match decide(&app, &signed, key, request.hash, meeting, now).await {
        Ok(new) => new,
        // Twice at the same time: the other one may have been kept since the look above, and stands in its own way.
        Err(refused) => match app.store.meeting_before(key, request.hash).await? {
            MeetingSaved::Before(id) => return kept(&app, &signed, id).await,
            _ => return Err(refused),
        },
    };
    let (id, people) = (new.meeting.id, new.meeting.minutes.households.clone());
    let acts: Vec<_> = new.acts.iter().map(|act| act.dossier).collect();
    match app.store.save_meeting(new).await? {
        MeetingSaved::New => kept(&app, &signed, id).await,
        // Twice at the same time: the other one was kept.
        MeetingSaved::Before(id) => kept(&app, &signed, id).await,
        MeetingSaved::KeyReused => Err(ApiError::KeyReused),
        MeetingSaved::Changed(changed) => {
            let one = |(number, id): (usize, &DossierId)| {
                let person = people.get(number).map_or("", |household| household.person.as_str());
                let says = format!("Hồ sơ của hộ {person} vừa có người xử lý. Hãy gửi lại.");
                changed.contains(id).then(|| problem(format!("households/{number}"), "dossier-changed", says))
            };
            Err(ApiError::MeetingRefused(acts.iter().enumerate().filter_map(one).collect()))
        }
    }
}

async fn kept(app: &App, signed: &Signed, id: MeetingId) -> Result<Response, ApiError> {
    let found = app.store.meeting(id).await?.filter(|kept| kept.unit == signed.officer.unit);
    Ok(answer(&told(&found.ok_or(ApiError::MeetingUnknown)?)))
}

fn problem(place: String, code: &str, says: String) -> FieldProblem {
    FieldProblem { place, code: code.to_owned(), says, blocks: true }
}

/// What becomes of each dossier; all that stand in the way are told at once.
async fn decide(
    app: &App,
    signed: &Signed,
    key: DraftKey,
    body_hash: [u8; 32],
    meeting: Meeting,
    now: Moment,
) -> Result<NewMeeting, ApiError> {
    let officer = &signed.officer;
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| ApiError::Failed)?;
    let id = MeetingId::new(now, random);
    let (mut acts, mut households, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (number, discussed) in meeting.households.iter().enumerate() {
        let (work, relation) = match theirs(app, signed, Some(discussed.dossier)).await {
            Ok(found) => found,
            // Whether there is none or it is not theirs: the others need not wait for it.
            Err(ApiError::DossierUnknown) => {
                let says = format!("Không tìm thấy hồ sơ của hộ thứ {}. Hãy bỏ hộ này ra rồi gửi lại.", number + 1);
                refused.push(problem(format!("households/{number}"), "dossier-unknown", says));
                continue;
            }
            Err(error) => return Err(error),
        };
        let desk = work.desk(app)?;
        let before = work.course(&desk);
        let can = if may(officer, Action::HoldMeeting, relation) {
            possible(&before, &desk, officer.id, meeting.begun)
        } else {
            access::refuse(app, signed, &format!("{} meeting", discussed.dossier)).await?;
            Err(MeetingRefused::NotInStage)
        };
        let share = match can {
            Ok(share) => share,
            Err(why) => {
                let says = why.says(&work.kept.person);
                refused.push(problem(format!("households/{number}"), "not-in-meeting", says));
                continue;
            }
        };
        let kind = EventKind::MeetingHeld(meeting.held(id, discussed, share));
        let event = Event { at: now, by: Some(officer.id), on_behalf: None, kind };
        let mut events = work.kept.events.clone();
        events.push(event.clone());
        let after = course(&desk, work.kept.dossier.sent_at, &events);
        acts.push(NewAct {
            key,
            body_hash,
            dossier: discussed.dossier,
            version: u32::try_from(work.kept.events.len()).unwrap_or(u32::MAX),
            event,
            place: place(&after, &desk),
            number: None,
            files: Vec::new(),
            filing: None,
            notice: None,
        });
        households.push(Household {
            person: work.kept.person.clone(),
            number: work.kept.number.clone().unwrap_or_default(),
            code: desk.procedure.code.clone(),
            share,
        });
    }
    if !refused.is_empty() {
        return Err(ApiError::MeetingRefused(refused));
    }
    let minutes = Minutes { meeting, households };
    let unit = officer.unit.clone();
    let meeting = KeptMeeting { id, unit, officer: officer.id, kept_at: now, minutes };
    Ok(NewMeeting { key, body_hash, meeting, acts })
}

/// The minutes in two copies, for whoever may read the dossiers of the unit that held the meeting.
#[utoipa::path(get, path = "/api/v1/desk/meetings/{id}/pdf",
    params(("id" = String, Path, description = "The meeting's id")),
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn minutes(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path(text) = path.map_err(|_| ApiError::MeetingUnknown)?;
    let id = MeetingId::read(&text).ok_or(ApiError::MeetingUnknown)?;
    let unit = &signed.officer.unit;
    let Some(kept) = app.store.read_meeting(id, unit, signed.officer.id, app.now()).await? else {
        // Another unit's meeting is as unknown as none, but that somebody asked for it is on record.
        access::refuse(&app, &signed, &format!("meeting {id}")).await?;
        return Err(ApiError::MeetingUnknown);
    };
    let (slip, about) = slips::minutes(&kept);
    let paper = printer::slip(&app, slip, about).await?;
    Ok(answer_as("attachment; filename=\"bien-ban-hop-dan.pdf\"", paper).into_response())
}
