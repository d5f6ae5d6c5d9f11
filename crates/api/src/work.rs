//! A dossier as it is worked on: what the store keeps, with its procedure and the desk around it.

use crate::app::App;
use crate::error::ApiError;
use account::{Officer, Relation};
use dossier::{Course, Desk, course};
use form::{Answers, Form, Kind, Question};
use procedure::procedure::FILER_FORM;
use procedure::{Agencies, Agency, Filing, Procedure};
use std::sync::Arc;
use store::desk::{Kept, Place};

/// A dossier and the texts it was filled with.
pub struct Work {
    /// What is kept.
    pub kept: Kept,
    /// Its procedure, in the version it was filed under.
    pub procedure: Arc<Procedure>,
}

impl Work {
    /// Finds the procedure of a kept dossier.
    ///
    /// # Errors
    /// When the store fails or has lost the text.
    pub async fn of(app: &App, kept: Kept) -> Result<Self, ApiError> {
        let fingerprint = &kept.dossier.filing.fingerprint;
        let procedure = app.offer.procedure(fingerprint, &*app.store).await?.ok_or(ApiError::Failed)?;
        Ok(Self { kept, procedure })
    }

    /// The desk it lies on.
    ///
    /// # Errors
    /// When its agency is not among those of today.
    pub fn desk<'a>(&'a self, app: &'a App) -> Result<Desk<'a>, ApiError> {
        desk(app, &self.procedure, &self.kept.dossier.filing.agency)
    }

    /// The forms it was filled with, in the order of the filing.
    ///
    /// # Errors
    /// When the store fails or has lost a text.
    pub async fn forms(&self, app: &App) -> Result<Vec<Arc<Form>>, ApiError> {
        let filled = &self.kept.dossier.filing.forms;
        let mut forms = Vec::with_capacity(filled.len());
        for form in filled {
            forms.push(app.offer.form(&form.fingerprint, &*app.store).await?.ok_or(ApiError::Failed)?);
        }
        Ok(forms)
    }

    /// Where it stands.
    #[must_use]
    pub fn course(&self, desk: &Desk<'_>) -> Course {
        course(desk, self.kept.dossier.sent_at, &self.kept.events)
    }
}

/// The desk of a procedure at an agency.
///
/// # Errors
/// When there is no such agency.
pub fn desk<'a>(app: &'a App, procedure: &'a Procedure, agency: &str) -> Result<Desk<'a>, ApiError> {
    let library = &app.offer.library;
    let agency = library.agencies.find(agency).ok_or(ApiError::Failed)?;
    let (agencies, calendar, hours) = (&library.agencies, &library.calendar, &library.hours);
    Ok(Desk { procedure, agency, agencies, calendar, hours })
}

/// How an officer stands to a dossier.
#[must_use]
pub fn relation(officer: &Officer, course: &Course, desk: &Desk<'_>) -> Relation {
    let mine = |unit: &Agency| unit.code == officer.unit;
    let had = |stage: usize| desk.procedure.unit_of(stage, desk.agency, desk.agencies).is_some_and(mine);
    let acts = course.unit == officer.unit;
    Relation {
        turn: acts && course.role.is_some_and(|role| officer.is(role)),
        unit: acts || mine(desk.agency) || course.left.iter().any(|(stage, _)| had(*stage)),
        below: acts || is_below(desk.agencies, &desk.agency.code, &officer.unit),
    }
}

/// Whether a unit is this one or lies below it.
#[must_use]
pub fn is_below(agencies: &Agencies, unit: &str, above: &str) -> bool {
    let mut at = Some(unit);
    // An agency stands below few others; a circle in the file must not hang anybody.
    for _ in 0..4 {
        match at {
            Some(code) if code == above => return true,
            Some(code) => at = agencies.find(code).and_then(|agency| agency.parent.as_deref()),
            None => return false,
        }
    }
    false
}

/// Where a dossier stands in the queues.
#[must_use]
pub fn place(course: &Course, desk: &Desk<'_>) -> Place {
    Place {
        state: course.state,
        stage: course.stage,
        unit: course.unit.clone(),
        role: course.role,
        holder: course.holder,
        // What waits for a re-check is due when that is.
        stage_due_at: course
            .posting
            .recheck_due(desk)
            .map_or_else(|| course.stage_clock.due_at(desk), |recheck| recheck.at),
        due_at: course.clock.due_at(desk),
        // A proposed refusal waits for the head of the desk, and an objection for whoever re-checks, though the clock stands.
        stands: course.clock.stands
            && course.proposed.is_none()
            && (course.posting.recheck_from.is_none() || course.supplement.is_some()),
        received_at: course.received_at,
        ended: course.ended_at.map(|at| (at, course.clock.left_ms < 0)),
        objected: !course.posting.open.is_empty(),
    }
}

/// Gives every dossier of before there were queues its place in them.
///
/// # Errors
/// When the store fails, or a dossier's texts are lost.
pub async fn place_all(app: &App) -> Result<(), ApiError> {
    loop {
        let unplaced = app.store.unplaced(200).await?;
        if unplaced.is_empty() {
            return Ok(());
        }
        for kept in unplaced {
            let work = Work::of(app, kept).await?;
            let forms = work.forms(app).await?;
            let form_of = |id: &str| forms.iter().find(|form| form.id == id).map(|form| &**form);
            let person = person(&work.kept.dossier.filing, &form_of);
            let place = {
                let desk = work.desk(app)?;
                place(&work.course(&desk), &desk)
            };
            app.store.place(work.kept.dossier.id, place, person).await?;
        }
    }
}

/// The person a dossier is about: the first name on its forms, on that of who files where the others came by hand.
#[must_use]
pub fn person<'a>(filing: &Filing, form_of: &dyn Fn(&str) -> Option<&'a Form>) -> String {
    let official = filing.forms.iter().filter(|filled| filled.form != FILER_FORM);
    let filer = filing.forms.iter().filter(|filled| filled.form == FILER_FORM);
    for filled in official.chain(filer) {
        let Some(form) = form_of(&filled.form) else { continue };
        let names = form.questions().filter(|(_, question)| matches!(&question.kind, Kind::Text(text) if text.name));
        for (_, question) in names {
            let name = form::text::tidy(filled.answers.get(&question.id), false);
            if !name.is_empty() {
                return name;
            }
        }
    }
    String::new()
}

/// A question about the owner of a dossier, with the answers it belongs to: what `find` finds on the form on which the owner's
/// name stands, told the form and the question of the name.
pub fn beside<'a>(
    filing: &'a Filing,
    forms: &'a [Arc<Form>],
    owner: &str,
    find: impl Fn(&'a Form, &'a Question) -> Option<&'a Question>,
) -> Option<(&'a Answers, &'a Question)> {
    dossier::official_forms(filing).find_map(|filled| {
        let form = forms.iter().find(|form| form.id == filled.form)?;
        let named = |question: &Question| {
            matches!(&question.kind, Kind::Text(line) if line.name)
                && form::text::tidy(filled.answers.get(&question.id), false) == owner
        };
        let (_, name) = form.questions().find(|(_, question)| named(question))?;
        Some((&filled.answers, find(form, name)?))
    })
}
