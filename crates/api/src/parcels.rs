//! What goes by post, worded for the desk and for its labels: who is at home, where, when, and what can be said of it next.

use crate::access::Signed;
use crate::app::App;
use crate::error::ApiError;
use crate::work::{Work, relation};
use account::{Action, may};
use dossier::parcel::{self, PAPERS_ADDRESS, PAPERS_TIME, ParcelRefused, RESULT_ADDRESS};
use dossier::{Course, Desk, Parcel, ParcelStanding};
use form::Form;
use pdf::slip::{Label, Side};
use procedure::FilledForm;
use procedure::procedure::FILER_FORM;
use std::sync::Arc;
use wire::DeskParcel;

/// The questions of the filer's form.
const NAME: &str = "ho_ten";
const PHONE: &str = "dien_thoai";

/// Every parcel of a dossier that its citizen asked for.
pub fn of(app: &App, signed: &Signed, work: &Work, forms: &[Arc<Form>], desk: &Desk<'_>) -> Vec<DeskParcel> {
    let course = work.course(desk);
    let sends = may(&signed.officer, Action::SendParcels, relation(&signed.officer, &course, desk));
    let told = |parcel| told(app, work, forms, &course, parcel, sends);
    parcel::wishes(&work.kept.dossier.filing).into_iter().map(told).collect()
}

fn told(app: &App, work: &Work, forms: &[Arc<Form>], course: &Course, parcel: Parcel, sends: bool) -> DeskParcel {
    let (filing, events) = (&work.kept.dossier.filing, &work.kept.events);
    let (standing, since) = parcel::standing(events, parcel);
    let sendable = parcel::sendable(filing, course, events, parcel);
    let (name, number, reason, mut steps) = match standing {
        ParcelStanding::Asked => ("asked", String::new(), String::new(), Vec::new()),
        ParcelStanding::Posted(number) => ("posted", number, String::new(), vec!["delivered", "failed"]),
        ParcelStanding::Delivered => ("delivered", String::new(), String::new(), Vec::new()),
        ParcelStanding::Failed(reason) => ("failed", String::new(), reason, Vec::new()),
    };
    if sendable.is_ok() {
        steps.push("posted");
    }
    if !sends {
        steps.clear();
    }
    let waits = match sendable {
        Err(ParcelRefused::NoResult) => "Chờ có kết quả",
        _ => "",
    };
    let answer = |id: &str| answer(app, filing.forms.iter(), forms, id);
    let (address, time) = match parcel {
        Parcel::Papers => (answer(PAPERS_ADDRESS), answer(PAPERS_TIME)),
        Parcel::Result => (answer(RESULT_ADDRESS), String::new()),
    };
    // Who filed is at home; a dossier of before there was such a question has its owner's name.
    let filer = Some(answer(NAME)).filter(|name| !name.is_empty());
    DeskParcel {
        parcel: parcel.name().to_owned(),
        standing: name.to_owned(),
        number,
        reason,
        since: since.map(|at| at.0),
        name: filer.unwrap_or_else(|| work.kept.person.clone()),
        address,
        phone: answer(PHONE),
        time,
        steps: steps.into_iter().map(str::to_owned).collect(),
        waits: waits.to_owned(),
    }
}

/// An answer of the filer's form, as people read it.
fn answer<'a>(app: &App, filled: impl Iterator<Item = &'a FilledForm>, forms: &[Arc<Form>], id: &str) -> String {
    let shown = filled.zip(forms).find(|(filled, _)| filled.form == FILER_FORM).and_then(|(filled, form)| {
        let question = form.question_at(id)?;
        Some(question.kind.show(&filled.answers, &question.id, &app.offer.library.units))
    });
    shown.unwrap_or_default()
}

/// The label of a parcel; none, when its citizen did not ask for it.
///
/// # Errors
/// When a text of the dossier is lost.
pub async fn label(app: &App, work: &Work, parcel: Parcel) -> Result<Option<Label>, ApiError> {
    if !parcel::wishes(&work.kept.dossier.filing).contains(&parcel) {
        return Ok(None);
    }
    let forms = work.forms(app).await?;
    let desk = work.desk(app)?;
    let told = told(app, work, &forms, &work.course(&desk), parcel, true);
    let home = Side { name: told.name, address: told.address, phone: told.phone };
    let agency = desk.agency;
    let office = Side {
        name: format!("Bộ phận Tiếp nhận và Trả kết quả, {}", agency.name),
        address: agency.address.clone(),
        phone: agency.phone.clone(),
    };
    let (what, ends) = match parcel {
        Parcel::Papers => ("Giấy tờ hồ sơ lấy tại nhà", (home, office)),
        Parcel::Result => ("Kết quả giải quyết thủ tục hành chính", (office, home)),
    };
    let number = work.kept.number.as_deref().unwrap_or_default();
    Ok(Some(Label::new(what, ends, number, (&app.offer.library.post.told(), &told.time))))
}
