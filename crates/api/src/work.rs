//! A dossier as it is worked on: what the store keeps, with its procedure and the desk around it.

use crate::access::Signed;
use crate::app::App;
use crate::error::ApiError;
use account::{Action, Officer, Relation, absence, may};
use dossier::act::possible;
use dossier::{ActKind, Course, Desk, course};
use form::{Answers, Form, Kind, Question};
use procedure::calendar::{Moment, due_at};
use procedure::procedure::FILER_FORM;
use procedure::{Filing, Procedure};
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
        let Filing { fingerprint, agency, .. } = &kept.dossier.filing;
        let procedure = running(app, fingerprint, agency, kept.dossier.sent_at).await?;
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

/// The procedure of a dossier, in the version it was filed under and as it runs where and since it was sent: with the units of
/// that day, so that what changes among them later does not change its way.
///
/// # Errors
/// When the store fails or has lost the text, or there is no such agency.
pub async fn running(app: &App, fingerprint: &str, agency: &str, sent_at: Moment) -> Result<Arc<Procedure>, ApiError> {
    let procedure = app.offer.procedure(fingerprint, &*app.store).await?.ok_or(ApiError::Failed)?;
    let (book, day) = (&app.offer.library.agencies, sent_at.date());
    let agency = book.acting(agency, day).ok_or(ApiError::Failed)?;
    Ok(match procedure.way(agency, book.on(day), day) {
        Some(way) => app.offer.by_way(&procedure, fingerprint, way),
        None => procedure,
    })
}

/// The desk of a procedure at the agency of a filing, as of today.
///
/// # Errors
/// When there is no such agency.
pub fn desk<'a>(app: &'a App, procedure: &'a Procedure, agency: &'a str) -> Result<Desk<'a>, ApiError> {
    let (library, today) = (&app.offer.library, app.now().date());
    let (agencies, calendar, hours) = (&library.agencies, &library.calendar, &library.hours);
    let (filed, agency) = (agency, agencies.acting(agency, today).ok_or(ApiError::Failed)?);
    Ok(Desk { procedure, filed, agency, agencies, today, calendar, hours })
}

/// How an officer stands to a dossier, as of today: a unit that had it sees it as long as it is there, and after that its
/// heir does.
#[must_use]
pub fn relation(officer: &Officer, course: &Course, desk: &Desk<'_>) -> Relation {
    let had = |(stage, at): &(usize, Moment)| desk.heir_of(*stage, at.date()) == officer.unit;
    let acts = course.unit == officer.unit;
    let charge = acts || desk.agency.code == officer.unit;
    Relation {
        turn: acts && course.role.is_some_and(|role| officer.is(role)),
        acting: acts,
        charge,
        unit: charge || course.left.iter().any(had),
        below: acts || desk.agencies.on(desk.today).is_below(&desk.agency.code, &officer.unit),
    }
}

/// As whom an officer does an act of a kind: as themselves where they can, otherwise in the place of somebody absent; nobody
/// when they may not do it at all.
#[must_use]
pub fn as_whom<'a>(
    signed: &'a Signed,
    course: &Course,
    desk: &Desk<'_>,
    kind: ActKind,
    now: Moment,
) -> Option<&'a Officer> {
    let action = action_of(kind);
    let can = |officer: &Officer| possible(course, desk, officer.id, kind, now).is_ok();
    let own = Some(&signed.officer).filter(|me| may(me, action, relation(me, course, desk)));
    let other = || {
        signed
            .stands_in
            .iter()
            .find(|absent| absence::may_for(absent, action, relation(absent, course, desk)) && can(absent))
    };
    // What cannot be done now is refused with its reason to whoever may do it at all.
    own.filter(|me| can(me)).or_else(other).or(own)
}

/// The kinds of acts that can be done now, each with as whom.
#[must_use]
pub fn open_acts<'a>(signed: &'a Signed, course: &Course, desk: &Desk<'_>, now: Moment) -> Vec<(ActKind, &'a Officer)> {
    let open = |kind: ActKind| {
        let officer = as_whom(signed, course, desk, kind, now)?;
        possible(course, desk, officer.id, kind, now).is_ok().then_some((kind, officer))
    };
    ActKind::ALL.into_iter().filter_map(open).collect()
}

/// What an act of a kind needs to be allowed.
#[must_use]
pub fn action_of(kind: ActKind) -> Action {
    match kind {
        ActKind::Receive => Action::Receive,
        ActKind::AttachResult => Action::AttachResult,
        ActKind::Forward | ActKind::SendBack => Action::Forward,
        ActKind::HandOver => Action::HandOver,
        ActKind::Recheck => Action::Post,
        ActKind::Refuse | ActKind::Reconsider => Action::Refuse,
        ActKind::AskSupplement => Action::AskSupplement,
        ActKind::ReturnUnsolved => Action::ReturnUnsolved,
        ActKind::ProposeRefusal => Action::ProposeRefusal,
        ActKind::Extend => Action::Extend,
        ActKind::Claim | ActKind::Release => Action::Claim,
        ActKind::Assign => Action::Assign,
    }
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
        stuck_at: stuck_at(course, desk),
        seen_by: seen_by(course, desk),
        objected: !course.posting.open.is_empty(),
    }
}

/// A dossier is stuck (kẹt) when nobody has acted on it for as long as its whole stage may take, however it stands with its
/// dates: more time, or a late start, does not mean that somebody works on it.
fn stuck_at(course: &Course, desk: &Desk<'_>) -> Option<Moment> {
    let stage = course.stage_of(desk).filter(|_| !course.is_over() && !course.clock.stands)?;
    Some(due_at(desk.calendar, desk.hours, course.acted_at, stage.quarter_days.into()))
}

/// The units of [`relation`]'s `unit`.
fn seen_by(course: &Course, desk: &Desk<'_>) -> Vec<String> {
    let had = course.left.iter().map(|(stage, at)| desk.heir_of(*stage, at.date()));
    let mut all: Vec<String> = Vec::new();
    for code in [desk.agency.code.as_str(), &course.unit].into_iter().chain(had) {
        if !all.iter().any(|known| known == code) {
            all.push(code.to_owned());
        }
    }
    all
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

/// The question of the filer's form that asks for whom they file.
pub const FOR_WHOM: &str = "nop_cho";
/// Its answer that it is for somebody else.
pub const FOR_ANOTHER: &str = "ho";
/// The filer's name, and what they are to the owner.
const NAME: &str = "ho_ten";
const RELATION: &str = "quan_he";

/// Who filed a dossier (người nộp) that is another person's (chủ hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filer {
    /// Their name.
    pub name: String,
    /// What they are to the owner; empty when it was not said.
    pub relation: String,
}

/// Who filed for `owner`; nobody when they did it themselves.
#[must_use]
pub fn filer(filing: &Filing, owner: &str) -> Option<Filer> {
    let filled = filing.forms.iter().find(|filled| filled.form == FILER_FORM)?;
    let answer = |id: &str| form::text::tidy(filled.answers.get(id), false);
    let name = Some(answer(NAME)).filter(|name| !name.is_empty() && name != owner)?;
    // What was typed before the choice was changed is not asked for any more, and says nothing.
    let asked = filled.answers.get(FOR_WHOM) == FOR_ANOTHER;
    Some(Filer { name, relation: if asked { answer(RELATION) } else { String::new() } })
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

#[cfg(test)]
mod tests {
    use super::*;
    use form::Answers;
    use procedure::FilledForm;

    #[test]
    fn who_files_for_another_is_told_from_whose_dossier_it_is() {
        let owner = "Nguyễn Thị Lộc Vừng";
        let filer = |name: &str, relation: &str| Some(Filer { name: name.to_owned(), relation: relation.to_owned() });
        for (form, rows, found) in [
            (FILER_FORM, vec![("nop_cho", "minh"), ("ho_ten", owner)], None),
            (FILER_FORM, vec![("nop_cho", "minh"), ("ho_ten", " Nguyễn  Thị Lộc Vừng ")], None),
            // Somebody of the family.
            (FILER_FORM, vec![("nop_cho", "minh"), ("ho_ten", "Trần Văn Thử")], filer("Trần Văn Thử", "")),
            (
                FILER_FORM,
                vec![("nop_cho", "ho"), ("ho_ten", "Trần Văn Thử"), ("quan_he", "Trưởng thôn")],
                filer("Trần Văn Thử", "Trưởng thôn"),
            ),
            // The relation was typed before the choice was changed.
            (
                FILER_FORM,
                vec![("nop_cho", "minh"), ("ho_ten", "Trần Văn Thử"), ("quan_he", "Trưởng thôn")],
                filer("Trần Văn Thử", ""),
            ),
            (FILER_FORM, vec![], None),
            ("thu", vec![("ho_ten", "Trần Văn Thử")], None),
        ] {
            let mut answers = Answers::default();
            rows.iter().for_each(|(place, text)| answers.set(place, text));
            let filing = Filing {
                procedure: "thu".to_owned(),
                fingerprint: "p".repeat(64),
                agency: "19351".to_owned(),
                case: Answers::default(),
                forms: vec![FilledForm { form: form.to_owned(), fingerprint: "f".repeat(64), answers }],
                papers: Vec::new(),
            };
            assert_eq!(super::filer(&filing, owner), found, "{rows:?}");
        }
    }
}
