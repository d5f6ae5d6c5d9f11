//! An administrator makes officers from a list, changes them, and gives new first links.

use super::officers::{answer, unit_name};
use crate::access::{self, Signed};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::Json;
use account::roll::{self, BadRow};
use account::{Action, Officer, Relation, may};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use procedure::calendar::{DAY_MS, Moment};
use procedure::{OfficerId, Role};
use sha2::{Digest as _, Sha256};
use store::hex;
use store::officers::{Added, ChangedOfficer, NewFirstLink, NewOfficer};
use wire::{
    AddedOfficer, BadOfficerRow, ChangeOfficer, FirstLink, OfficerList, OfficerListRow, OfficersAdded, Problem,
};

/// How long a first link can be used.
pub const LINK_MS: i64 = 7 * DAY_MS;
/// The most rows of a list.
const MOST_ROWS: usize = 2_000;

/// Makes officers from a list whose first row says what its columns are. Every bad row is told, the good ones are kept.
#[utoipa::path(post, path = "/api/v1/officers",
    request_body = OfficerList,
    responses(
        (status = 200, body = OfficersAdded),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn add(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    request: Json<OfficerList>,
) -> Result<Response, ApiError> {
    if request.value.rows.len() > MOST_ROWS {
        return Err(ApiError::TooLarge);
    }
    let mut roll = roll::read(&request.value.rows, app.agencies());
    // Whom one may not manage one may not make either; and such a unit is not told from one that is not there.
    roll.officers.retain(|new| {
        let mine = manages(&app, &signed, &new.unit);
        if !mine {
            let says = format!("Đơn vị “{}” không thuộc phạm vi quản trị của bạn.", unit_name(&app, &new.unit));
            roll.bad.push(BadRow { row: new.row, says });
        }
        mine
    });
    let mut told = OfficersAdded { added: Vec::new(), bad: Vec::new() };
    let now = app.now();
    let (mut new, mut links) = (Vec::new(), Vec::new());
    for row in &roll.officers {
        let made = make(&row.name, &row.phone, &row.unit, &row.roles, now)?;
        new.push(made.0);
        links.push((row, made.1));
    }
    let kept = app.store.add_officers(new, Some(signed.officer.id), now).await?;
    for ((row, token), added) in links.into_iter().zip(kept) {
        match added {
            Added::New => told.added.push(AddedOfficer {
                row: row.row,
                name: row.name.clone(),
                link: link(&token),
                until: now.0 + LINK_MS,
            }),
            Added::PhoneTaken => {
                let says = "Số điện thoại này đã có tài khoản.".to_owned();
                roll.bad.push(BadRow { row: row.row, says });
            }
        }
    }
    roll.bad.sort_by_key(|bad| bad.row);
    told.bad = roll.bad.into_iter().map(|bad| BadOfficerRow { row: bad.row, says: bad.says }).collect();
    Ok(answer(&told))
}

/// The officers of the administrator's unit and of those below.
#[utoipa::path(get, path = "/api/v1/officers",
    responses((status = 200, body = Vec<OfficerListRow>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
) -> Result<Response, ApiError> {
    let mut rows = Vec::new();
    for agency in app.agencies().0.iter().filter(|agency| manages(&app, &signed, &agency.code)) {
        for officer in app.store.officers_of(&agency.code).await? {
            rows.push(OfficerListRow {
                id: officer.id.to_string(),
                name: officer.name,
                phone: officer.phone,
                unit: officer.unit,
                unit_name: agency.name.clone(),
                roles: officer.roles.iter().map(|role| role.name().to_owned()).collect(),
                enabled: officer.enabled,
            });
        }
    }
    Ok(answer(&rows))
}

/// Changes an officer: it counts from their next request on.
#[utoipa::path(put, path = "/api/v1/officers/{id}",
    params(("id" = String, Path, description = "The officer's id")),
    request_body = ChangeOfficer,
    responses((status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    id: Result<Path<String>, PathRejection>,
    request: Json<ChangeOfficer>,
) -> Result<axum::http::StatusCode, ApiError> {
    let officer = managed(&app, &signed, id).await?;
    let ChangeOfficer { unit, roles, enabled } = request.value;
    let known = app.agencies().find(&unit).is_some_and(|_| manages(&app, &signed, &unit));
    let roles: Option<Vec<Role>> = roles.iter().map(|name| Role::of_name(name)).collect();
    let (true, Some(roles)) = (known, roles) else { return Err(ApiError::OfficerUnknown) };
    let change = ChangedOfficer { id: officer.id, unit, roles, enabled, by: Some(signed.officer.id), now: app.now() };
    if !app.store.change_officer(change).await? {
        return Err(ApiError::OfficerUnknown);
    }
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// Gives an officer who lost password or telephone a new first link; what they had before ends.
#[utoipa::path(post, path = "/api/v1/officers/{id}/first-link",
    params(("id" = String, Path, description = "The officer's id")),
    responses((status = 200, body = FirstLink),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn first_link(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let officer = managed(&app, &signed, id).await?;
    let now = app.now();
    let (made, token) = make(&officer.name, &officer.phone, &officer.unit, &officer.roles, now)?;
    let (secret, until) = (made.secret, made.until);
    let new = NewFirstLink { officer: officer.id, secret, token: made.token, until, by: Some(signed.officer.id), now };
    if !app.store.renew_first_link(new).await? {
        return Err(ApiError::OfficerUnknown);
    }
    Ok(answer(&FirstLink { link: link(&token), until: until.0 }))
}

async fn managed(app: &App, signed: &Signed, id: Result<Path<String>, PathRejection>) -> Result<Officer, ApiError> {
    let id = id.ok().and_then(|Path(id)| OfficerId::read(&id)).ok_or(ApiError::OfficerUnknown)?;
    let officer = app.store.officer(id).await?;
    match officer.filter(|officer| manages(app, signed, &officer.unit)) {
        Some(officer) => Ok(officer),
        None => {
            access::refuse(app, signed, &id.to_string()).await?;
            Err(ApiError::OfficerUnknown)
        }
    }
}

/// Whether the administrator manages the officers of a unit: their own, or one below it.
fn manages(app: &App, signed: &Signed, unit: &str) -> bool {
    let below = app.agencies().is_below(unit, &signed.officer.unit);
    may(&signed.officer, Action::ManageOfficers, Relation { below, ..Relation::default() })
}

/// An officer to make, and the token of their link.
///
/// # Errors
/// When there are no random bytes.
pub fn make(
    name: &str,
    phone: &str,
    unit: &str,
    roles: &[Role],
    now: Moment,
) -> Result<(NewOfficer, String), ApiError> {
    let (mut id, mut secret, mut token) = ([0; 16], [0; 20], [0; 32]);
    for bytes in [&mut id[..], &mut secret[..], &mut token[..]] {
        getrandom::fill(bytes).map_err(|_| ApiError::Failed)?;
    }
    let token = hex(&token);
    let officer = Officer {
        id: OfficerId(id),
        name: name.to_owned(),
        phone: phone.to_owned(),
        unit: unit.to_owned(),
        roles: roles.to_vec(),
        enabled: true,
    };
    let until = Moment(now.0 + LINK_MS);
    Ok((NewOfficer { officer, secret, token: Sha256::digest(&token).into(), until }, token))
}

/// Where a first link leads. The token stands behind `#`, which browsers send to nobody.
#[must_use]
pub fn link(token: &str) -> String {
    format!("/officer/first#{token}")
}
