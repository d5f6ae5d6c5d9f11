//! Absence and delegation: an officer, or whoever leads or manages them, says who acts in their place and when.

use super::officers::answer;
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::key::Key;
use account::absence::{self, AbsenceRefused, arranges, entitled};
use account::{Absence, Action, Officer, Relation, may};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use form::Date;
use procedure::OfficerId;
use std::collections::HashMap;
use store::absences::{AbsenceSaved, NewAbsence};
use store::{hex, unhex};
use wire::{AbsenceChoice, AbsenceList, Colleague, FieldProblem, Problem};

/// The absences that concern the officer, and whom they may say it of.
#[utoipa::path(get, path = "/api/v1/absences",
    responses((status = 200, body = AbsenceList),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    Ok(answer(&listed(&app, &signed).await?))
}

/// Says that somebody is absent, once for each key.
#[utoipa::path(post, path = "/api/v1/absences",
    params(("Idempotency-Key" = String, Header, description = "A UUID made for this absence")),
    request_body = wire::NewAbsence,
    responses((status = 200, body = AbsenceList),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    Key(key): Key,
    request: Json<wire::NewAbsence>,
) -> Result<Response, ApiError> {
    let wire::NewAbsence { officer, delegate, from, until } = &request.value;
    let absent = theirs(&app, &signed, officer).await?;
    let day = |text: &str, place: &str| Date::parse(text).ok_or_else(|| wrong(place, "Hãy chọn ngày."));
    let (from, until) = (day(from, "from")?, day(until, "until")?);
    let delegate = found(&app, delegate).await?.ok_or_else(|| refused(AbsenceRefused::Delegate))?;
    absence::check(&absent, &delegate, from, until, app.now().date()).map_err(refused)?;
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| ApiError::Failed)?;
    let absence = Absence { id, officer: absent.id, delegate: delegate.id, unit: absent.unit.clone(), from, until };
    let new = NewAbsence { key, body_hash: request.hash, absence, by: signed.officer.id, now: app.now() };
    match app.store.add_absence(new).await? {
        AbsenceSaved::New | AbsenceSaved::Before => Ok(answer(&listed(&app, &signed).await?)),
        AbsenceSaved::KeyReused => Err(ApiError::KeyReused),
        AbsenceSaved::Overlaps => Err(wrong(
            "from",
            "Trong những ngày này đã có người làm thay. Hãy chọn ngày khác, hoặc hủy lần ủy quyền trước.",
        )),
        AbsenceSaved::DelegateAbsent => {
            Err(wrong("delegate", "Người này cũng vắng mặt trong những ngày đó. Hãy chọn người khác."))
        }
    }
}

/// Ends an absence before its last day, or before it has begun.
#[utoipa::path(delete, path = "/api/v1/absences/{id}",
    params(("id" = String, Path, description = "The absence's id")),
    responses((status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    id: Result<Path<String>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let id = id.ok().and_then(|Path(id)| unhex(&id)).ok_or(ApiError::OfficerUnknown)?;
    let absence = app.store.absence(id).await?.ok_or(ApiError::OfficerUnknown)?;
    theirs(&app, &signed, &absence.officer.to_string()).await?;
    if app.store.withdraw_absence(id, signed.officer.id, app.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::OfficerUnknown)
    }
}

async fn found(app: &App, id: &str) -> Result<Option<Officer>, ApiError> {
    Ok(match OfficerId::read(id) {
        Some(id) => app.store.officer(id).await?,
        None => None,
    })
}

/// Somebody of whom this officer may say it. Whoever is not theirs is as unknown as one who is not there.
async fn theirs(app: &App, signed: &Signed, id: &str) -> Result<Officer, ApiError> {
    let found = found(app, id).await?.ok_or(ApiError::OfficerUnknown)?;
    if may_say(app, signed, &found) {
        return Ok(found);
    }
    access::refuse(app, signed, id).await?;
    Err(ApiError::OfficerUnknown)
}

fn may_say(app: &App, signed: &Signed, of: &Officer) -> bool {
    let me = &signed.officer;
    if me.id == of.id {
        return may(me, Action::BeAbsent, Relation::default());
    }
    let unit = me.unit == of.unit && arranges(me, of);
    let below = app.agencies().is_below(&of.unit, &me.unit);
    may(me, Action::ArrangeAbsence, Relation { unit, below, ..Relation::default() })
}

async fn listed(app: &App, signed: &Signed) -> Result<AbsenceList, ApiError> {
    let (me, today) = (&signed.officer, app.now().date());
    let mut told = AbsenceList { absences: Vec::new(), officers: Vec::new() };
    let manages = |code: &str| {
        let below = app.agencies().is_below(code, &me.unit);
        may(me, Action::ArrangeAbsence, Relation { below, ..Relation::default() })
    };
    let units = app.agencies().0.iter().filter(|agency| agency.code == me.unit || manages(&agency.code));
    for unit in units {
        let all = app.store.officers_of(&unit.code).await?;
        let by_id: HashMap<OfficerId, &Officer> = all.iter().map(|officer| (officer.id, officer)).collect();
        for absence in app.store.absences_of(&unit.code, today).await? {
            let (Some(absent), Some(delegate)) = (by_id.get(&absence.officer), by_id.get(&absence.delegate)) else {
                continue;
            };
            let withdraw = may_say(app, signed, absent);
            if withdraw || delegate.id == me.id {
                told.absences.push(wire::Absence {
                    id: hex(&absence.id),
                    officer: colleague(absent),
                    delegate: colleague(delegate),
                    from: written(absence.from),
                    until: written(absence.until),
                    counts: absence.stand_in(absent, delegate, today).is_some(),
                    withdraw,
                });
            }
        }
        for absent in all.iter().filter(|officer| officer.enabled && may_say(app, signed, officer)) {
            let delegates: Vec<Colleague> =
                all.iter().filter(|delegate| entitled(absent, delegate)).map(colleague).collect();
            // Of oneself one is told that there is nobody; of others there is nothing to say then.
            if absent.id == me.id && may(me, Action::SeeQueue, Relation::default()) {
                told.officers.insert(0, AbsenceChoice { officer: colleague(absent), delegates });
            } else if absent.id != me.id && !delegates.is_empty() {
                told.officers.push(AbsenceChoice { officer: colleague(absent), delegates });
            }
        }
    }
    Ok(told)
}

fn colleague(officer: &Officer) -> Colleague {
    Colleague { id: officer.id.to_string(), name: officer.name.clone() }
}

fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

fn wrong(place: &str, says: &str) -> ApiError {
    ApiError::Unanswered(vec![FieldProblem {
        place: place.to_owned(),
        code: place.to_owned(),
        says: says.to_owned(),
        blocks: true,
    }])
}

fn refused(why: AbsenceRefused) -> ApiError {
    match why {
        AbsenceRefused::Days => wrong(
            "from",
            "Từ ngày không được trước hôm nay, đến ngày không được trước từ ngày, và nhiều nhất là một năm.",
        ),
        AbsenceRefused::Delegate => wrong(
            "delegate",
            "Người này không làm thay được: phải cùng đơn vị, đang dùng tài khoản và có vai trò phù hợp.",
        ),
    }
}
