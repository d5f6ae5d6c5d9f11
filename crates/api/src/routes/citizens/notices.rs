//! Thông báo của tôi: what happened to the dossiers of an account and to the account itself, the newest first.

use super::super::track;
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use crate::routes::officers::answer;
use crate::work;
use account::CitizenId;
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dossier::LookupCode;
use dossier::notice::list::{EVENTS, Fee, Listed, Money, list as listed};
use procedure::calendar::Moment;
use serde::Deserialize;
use std::cmp::Reverse;
use store::citizen_notices::{AccountAct, HappeningsAsked};
use store::mine::MineDossier;
use wire::{FeeWord, MyNotice, MyNotices, NoticeDossier, Problem, SeeNotices};

/// Happenings of one page, of which those that concern no citizen are left out.
const MOST: u32 = 50;

/// What is asked for of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct Asked {
    /// `before` of the page before.
    before: Option<i64>,
}

/// The notices of the account, the newest first.
#[utoipa::path(get, path = "/api/v1/citizens/me/notices", params(Asked),
    responses((status = 200, body = MyNotices), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiError> {
    let before = asked.ok().and_then(|Query(asked)| asked.before).map(Moment);
    Ok(answer(&of(&app, signed.citizen.id, before).await?))
}

/// The notices have been seen until a moment. Sent twice, it is the same; an earlier moment takes nothing back.
#[utoipa::path(post, path = "/api/v1/citizens/me/notices/seen",
    request_body = SeeNotices,
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub(in crate::routes) async fn see(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<SeeNotices>,
) -> Result<StatusCode, ApiError> {
    seen(&app, signed.citizen.id, request.value).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps until when they have been seen. What has not happened yet nobody has seen.
///
/// # Errors
/// When the store fails.
pub(super) async fn seen(app: &App, citizen: CitizenId, SeeNotices { until }: SeeNotices) -> Result<(), ApiError> {
    Ok(app.store.see_notices(citizen, Moment(until.min(app.now().0))).await?)
}

/// A page of the list.
///
/// # Errors
/// When the store fails or has lost a text.
pub(super) async fn of(app: &App, citizen: CitizenId, before: Option<Moment>) -> Result<MyNotices, ApiError> {
    let seen = app.store.notices_seen(citizen).await?;
    within(app, citizen, seen, (None, before)).await
}

/// The new ones alone, at most a page of them.
///
/// # Errors
/// As of [`of`].
pub(super) async fn new(app: &App, citizen: CitizenId) -> Result<MyNotices, ApiError> {
    let seen = app.store.notices_seen(citizen).await?;
    within(app, citizen, seen, (seen, None)).await
}

async fn within(
    app: &App,
    citizen: CitizenId,
    seen: Option<Moment>,
    (after, before): (Option<Moment>, Option<Moment>),
) -> Result<MyNotices, ApiError> {
    let asked = HappeningsAsked { citizen, events: &EVENTS, after, before, most: MOST };
    let found = app.store.citizen_happenings(asked).await?;
    let is_in = |at: Moment| {
        found.from.is_none_or(|from| from <= at)
            && after.is_none_or(|after| after < at)
            && before.is_none_or(|before| at < before)
    };
    let is_new = |at: Moment| seen.is_none_or(|seen| seen < at);
    let mut rows = Vec::new();
    for (dossier, money) in &found.dossiers {
        rows.extend(of_dossier(app, dossier, money, (&is_in, &is_new)).await?);
    }
    rows.extend(found.account.iter().map(|(at, act)| of_account(*at, *act, is_new(*at))));
    rows.sort_by_key(|row| Reverse(row.at));
    Ok(MyNotices { rows, before: found.from.map(|from| from.0) })
}

/// Tells of a moment whether it is asked for, or new.
type When<'a> = &'a (dyn Fn(Moment) -> bool + Sync);

/// The notices of one dossier, the newest first.
async fn of_dossier(
    app: &App,
    MineDossier { id, key, tracked, .. }: &MineDossier,
    money: &[Money],
    (is_in, is_new): (When<'_>, When<'_>),
) -> Result<Vec<MyNotice>, ApiError> {
    let code = LookupCode::new(app.pepper.code_bits(*key));
    let (timeline, _) = track::told(app, app.pepper.hash(&code), tracked).await?;
    let procedure = work::running(app, &tracked.fingerprint, &tracked.agency, tracked.sent_at).await?;
    let fee = Fee { unpaid: timeline.fee == FeeWord::Unpaid, money };
    let all = listed(tracked, &work::desk(app, &procedure, &tracked.agency)?, fee, app.now());
    let dossier = NoticeDossier {
        id: id.to_string(),
        title: timeline.procedure,
        agency: timeline.agency,
        number: timeline.number.unwrap_or_default(),
        code: code.to_string(),
    };
    let told = |Listed { event, at, due, posted_until, waits }: Listed| MyNotice {
        at: at.0,
        event: event.to_owned(),
        new: is_new(at),
        waits,
        dossier: Some(dossier.clone()),
        due: due.map(|due| due.0),
        posted_until: posted_until.map(|until| until.0),
    };
    Ok(all.into_iter().rev().filter(|listed| is_in(listed.at)).map(told).collect())
}

fn of_account(at: Moment, act: AccountAct, new: bool) -> MyNotice {
    let event = act.name().to_owned();
    MyNotice { at: at.0, event, new, waits: false, dossier: None, due: None, posted_until: None }
}
