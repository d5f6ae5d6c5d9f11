//! The officers' desk: queues, a dossier, its papers, and what is done with it.

pub(super) mod act;
pub(super) mod consent;
pub(super) mod dossier;
pub(super) mod enter;
mod fee;
pub(super) mod figures;
pub(super) mod files;
pub(super) mod meetings;
pub(super) mod parcels;
pub(super) mod payments;
pub(super) mod petition_figures;
pub(super) mod petitions;
mod posting;
pub(super) mod postings;
pub(super) mod queue;
pub(super) mod rating_figures;
pub(super) mod register;
mod says;
pub(super) mod search;

use crate::access::{self, Signed};
use crate::app::App;
use crate::error::ApiError;
use crate::work::{Work, relation};
use ::dossier::DossierId;
use account::{Action, Relation, may};
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use store::desk::{Kept, Reader};

/// The id in an address; what is none is as unknown as one that nobody has.
fn id(path: Result<Path<String>, PathRejection>) -> Option<DossierId> {
    let Path(text) = path.ok()?;
    let key = crate::key::read(&text)?;
    Some(DossierId(key.0))
}

/// Reads a dossier on record, as it is now.
async fn on_record(app: &App, signed: &Signed, id: DossierId) -> Result<Work, ApiError> {
    let kept = app.store.read_dossier(id, Reader::Officer(signed.officer.id), app.now()).await?;
    Work::of(app, kept.ok_or(ApiError::DossierUnknown)?).await
}

/// A dossier that the officer may see, and how they stand to it. Nothing of it has been told to anybody yet.
///
/// # Errors
/// [`ApiError::DossierUnknown`], whether there is none or it is not theirs; the latter is put on record.
async fn theirs(app: &App, signed: &Signed, id: Option<DossierId>) -> Result<(Work, Relation), ApiError> {
    let kept: Option<Kept> = match id {
        Some(id) => app.store.dossier(id).await?,
        None => None,
    };
    let Some(kept) = kept else { return Err(ApiError::DossierUnknown) };
    let work = Work::of(app, kept).await?;
    let relation = {
        let desk = work.desk(app)?;
        relation(&signed.officer, &work.course(&desk), &desk)
    };
    if !may(&signed.officer, Action::ReadDossier, relation) {
        access::refuse(app, signed, &work.kept.dossier.id.to_string()).await?;
        return Err(ApiError::DossierUnknown);
    }
    Ok((work, relation))
}
