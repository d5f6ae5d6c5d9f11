//! Trang cá nhân: the account's dossiers, and what it keeps of its holder.

use super::{Fields, Holder, asked, json, lead, page, to_mend};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::citizens::dossiers::{claimed, of};
use crate::routes::citizens::{changes, notices, told};
use crate::site::Styles;
use crate::source::Source;
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use dossier::DossierId;
use plain::account::home::{self, Done};
use plain::account::settings;
use plain::account::typed::Typed;
use wire::{ChangeDetails, ClaimDossier, FieldProblem};

/// The page.
pub(super) async fn home(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let done = match request.uri().query() {
        Some("claimed") => Some(Done::Claimed),
        Some("left") => Some(Done::Left),
        _ => None,
    };
    let before = DossierId::read(&asked(&request, "before"));
    drawn(&app, &styles, &signed, before, done, "", &[]).await
}

async fn drawn(
    app: &App,
    styles: &Styles,
    signed: &SignedCitizen,
    before: Option<DossierId>,
    done: Option<Done>,
    code: &str,
    wrong: &[FieldProblem],
) -> Result<Response, ApiError> {
    let me = told(app, &signed.citizen, &signed.session, "").await?;
    let dossiers = of(app, signed.citizen.id, before).await?;
    let new = notices::new(app, signed.citizen.id).await?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, home::home(styles, &me, &dossiers, &new, done, code, wrong)))
}

/// Takes a dossier into the account, or out of it.
pub(super) async fn dossiers(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let citizen = signed.citizen.id;
    if fields.get("wish") == "leave" {
        let id = DossierId::read(fields.get("id")).ok_or(ApiError::DossierUnknown)?;
        // Pressed twice, it is out of it all the same.
        app.store.leave_dossier(id, citizen, app.now()).await?;
        return Ok(lead("/account?left"));
    }
    let (code, digits) = (fields.get("code").to_owned(), fields.get("digits").to_owned());
    match claimed(&app, source, citizen, &ClaimDossier { code: code.clone(), digits }).await {
        Ok(()) => Ok(lead("/account?claimed")),
        Err(error) => drawn(&app, &styles, &signed, None, None, &code, &to_mend(error)?).await,
    }
}

/// What the account keeps.
pub(super) async fn details(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let me = told(&app, &signed.citizen, &signed.session, "").await?;
    let typed = Typed::of(&me.name, &me.details);
    let kept = request.uri().query() == Some("kept");
    Ok(page(StatusCode::OK, settings::details(&styles, &app.offer.library.units, &typed, kept, &[])))
}

/// Keeps what was changed.
pub(super) async fn change(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    form: RawForm,
) -> Result<Response, ApiError> {
    let mut typed = Typed::read(Fields::read(&form).all());
    let units = &app.offer.library.units;
    let communes = units.communes(typed.get("province"));
    // Another province was chosen: its communes are shown next, and nothing is kept half.
    if communes.is_none_or(|all| all.iter().all(|one| one.code != typed.get("commune"))) {
        typed.set("commune", "");
        if !typed.get("province").is_empty() {
            return Ok(page(StatusCode::OK, settings::details(&styles, units, &typed, false, &[])));
        }
    }
    let request = ChangeDetails { name: typed.get("name").to_owned(), details: typed.details() };
    match changes::details(State(app.clone()), Extension(signed), json(request)).await {
        Ok(_) => Ok(lead("/account/details?kept")),
        Err(error) => {
            let html = settings::details(&styles, units, &typed, false, &to_mend(error)?);
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}
