//! A dossier as an officer sees it. Reading it is on record before it is told.

use super::consent;
use super::fee;
use super::posting;
use super::queue::left_of;
use super::says::says;
use super::{id, on_record, theirs};
use crate::access::Signed;
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::parcels;
use crate::payments::DossierFee;
use crate::routes::officers::{answer, unit_name};
use crate::signatures::Found;
use crate::slips;
use crate::work::{Work, as_whom, filer, open_acts, relation};
use account::{Action, Officer, may};
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use dossier::act::originals;
use dossier::meeting::share_of;
use dossier::{ActKind, Course, Desk, EventKind, official_forms};
use form::{Form, Given};
use procedure::calendar::Moment;
use procedure::filing::papers_asked;
use procedure::{Need, OfficerId};
use std::sync::Arc;
use store::hex;
use wire::{
    Colleague, DeskAnswer, DeskDossier, DeskEntered, DeskEvent, DeskFiler, DeskForm, DeskMeeting, DeskOriginal,
    DeskPaper, DeskResult, DeskSection, DeskStage, DeskTurn, DeskUnsent, InPlaceOf, MeetingVote, Problem, Standing,
    Supplement, SupplementItem,
};

/// The dossier.
#[utoipa::path(get, path = "/api/v1/desk/dossiers/{id}",
    params(("id" = String, Path, description = "The dossier's id")),
    responses(
        (status = 200, body = DeskDossier),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn dossier(
    State(app): State<Shared>,
    Extension(signed): Extension<Signed>,
    path: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let (work, _) = theirs(&app, &signed, id(path)).await?;
    Ok(answer(&read(&app, &signed, &work).await?))
}

/// Reads a dossier on record, and tells it.
pub(super) async fn read(app: &App, signed: &Signed, work: &Work) -> Result<DeskDossier, ApiError> {
    let now = app.now();
    let work = on_record(app, signed, work.kept.dossier.id).await?;
    let texts = work.forms(app).await?;
    let (forms, unsent) = (forms(app, &work, &texts), unsent(app, &work, &texts));
    let desk = work.desk(app)?;
    let course = work.course(&desk);
    let colleagues = colleagues(app, signed, &course, &desk, now).await?;
    let found = Found::of(app, &work, course.result.as_ref()).await?;
    let fee = DossierFee::of(app, &work).await?;
    let dossier = told(app, signed, &work, &desk, &course, now, (forms, unsent), colleagues, &found);
    let mut dossier = consent::with(app, signed, &work, dossier).await?;
    dossier.slips = slips::printable(&work.kept.events, fee.paid().is_some());
    dossier.history = fee::among(dossier.history, &fee, work.kept.dossier.sent_at);
    let parcels = parcels::of(app, signed, &work, &texts, &desk);
    Ok(DeskDossier { fee: fee::told(&fee), parcels, ..dossier })
}

#[expect(clippy::too_many_arguments, reason = "one page of many parts, each known already")]
fn told(
    app: &App,
    signed: &Signed,
    work: &Work,
    desk: &Desk<'_>,
    course: &Course,
    now: Moment,
    (forms, unsent): (Vec<DeskForm>, Vec<DeskUnsent>),
    colleagues: Vec<Colleague>,
    found: &Found,
) -> DeskDossier {
    let kept = &work.kept;
    let me = &signed.officer;
    let open = open_acts(signed, course, desk, now);
    let acts: Vec<ActKind> = open.iter().map(|(kind, _)| *kind).collect();
    let absent = open.iter().filter(|(_, officer)| officer.id != me.id);
    let in_place_of =
        absent.map(|(kind, officer)| InPlaceOf { act: kind.name().to_owned(), officer: officer.name.clone() });
    let stages = &desk.procedure.stages;
    let back = if acts.contains(&ActKind::SendBack) { 1..course.stage } else { 0..0 };
    let name_of = |id: OfficerId| {
        kept.officers.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let history = kept.events.iter().rev().map(|event| {
        let (says, note) = says(event, &name_of, &|paper| paper_name(work, paper));
        let place_of = event.on_behalf.map(|id| format!(" thay {}", name_of(id))).unwrap_or_default();
        DeskEvent { at: event.at.0, says, by: event.by.map(|id| name_of(id) + &place_of), note }
    });
    DeskDossier {
        id: kept.dossier.id.to_string(),
        version: u32::try_from(kept.events.len()).unwrap_or(u32::MAX),
        number: kept.number.clone(),
        state: course.state.name().to_owned(),
        state_number: course.state.number(),
        procedure: desk.procedure.name.clone(),
        procedure_code: desk.procedure.code.clone(),
        agency: desk.agency.name.clone(),
        person: kept.person.clone(),
        filer: filer(&kept.dossier.filing, &kept.person).map(|filer| DeskFiler {
            name: filer.name,
            relation: filer.relation,
            consent: None,
        }),
        entered: dossier::entered(&kept.events)
            .map(|entered| DeskEntered { channel: entered.channel.into(), by: name_of(entered.by) }),
        sent_at: kept.dossier.sent_at.0,
        now: turn(app, me, course, desk, now, &name_of),
        stages: stages
            .iter()
            .enumerate()
            .map(|(number, stage)| DeskStage {
                id: stage.id.clone(),
                name: stage.name.clone(),
                role: stage.role.clone(),
                unit: stage_unit(course, desk, number),
                quarter_days: stage.quarter_days,
                standing: standing(course, number),
            })
            .collect(),
        due: course.clock.due(desk).map(|due| (&due).into()),
        left: left_of(course.clock.left(desk, now)),
        forms,
        papers: papers(work, found),
        unsent,
        originals: originals(course, &kept.dossier.filing, &|sha256| found.is_signed(sha256))
            .into_iter()
            .map(|paper| DeskOriginal { paper: paper.to_owned(), name: paper_name(work, paper) })
            .collect(),
        history: history.collect(),
        supplement: course.supplement.as_ref().map(supplement),
        proposed: course.proposed.clone(),
        meeting: meeting(work, desk, course),
        result: course.result.as_ref().map(|result| DeskResult {
            number: result.number.clone(),
            sha256: result.sha256.clone(),
            name: result.file.clone(),
            bytes: result.bytes,
            signatures: found.told(&result.sha256),
        }),
        acts: acts.iter().map(|kind| kind.name().to_owned()).collect(),
        in_place_of: in_place_of.collect(),
        colleagues,
        fee: None,
        parcels: Vec::new(),
        back_to: back.filter_map(|stage| stages.get(stage)).map(|stage| stage.id.clone()).collect(),
        drafts: slips::drafts(course, desk).iter().map(|draft| draft.name().to_owned()).collect(),
        slips: Vec::new(),
        posting: posting::told(course, desk, now, may(me, Action::Post, relation(me, course, desk))),
    }
}

/// The unit of a stage: as it was when the stage was left, as it is otherwise.
fn stage_unit(course: &Course, desk: &Desk<'_>, stage: usize) -> String {
    let left = course.left.iter().rev().find(|(left, _)| *left == stage && stage != course.stage);
    left.map_or(*desk, |(_, at)| desk.on(at.date())).unit_of(stage).name.clone()
}

fn standing(course: &Course, stage: usize) -> Standing {
    if course.left.iter().any(|(left, _)| *left == stage) && (course.is_over() || stage != course.stage) {
        Standing::Past
    } else if stage == course.stage && !course.is_over() {
        Standing::Now
    } else {
        Standing::Ahead
    }
}

fn turn(
    app: &App,
    me: &Officer,
    course: &Course,
    desk: &Desk<'_>,
    now: Moment,
    name_of: &dyn Fn(OfficerId) -> String,
) -> Option<DeskTurn> {
    let (role, stage) = (course.role?, course.stage_of(desk)?);
    Some(DeskTurn {
        stage: stage.id.clone(),
        name: stage.name.clone(),
        role: stage.role.clone(),
        acts: role.name().to_owned(),
        unit: unit_name(app, &course.unit),
        holder: course.holder.map(|id| Colleague { id: id.to_string(), name: name_of(id) }),
        mine: course.holder == Some(me.id),
        due: course.stage_clock.due(desk).map(|due| (&due).into()),
        left: left_of(course.stage_clock.left(desk, now)),
    })
}

/// Those whom the work can be given to: the unit's officers in the role that acts.
async fn colleagues(
    app: &App,
    signed: &Signed,
    course: &Course,
    desk: &Desk<'_>,
    now: Moment,
) -> Result<Vec<Colleague>, ApiError> {
    let Some(role) = course.role.filter(|_| as_whom(signed, course, desk, ActKind::Assign, now).is_some()) else {
        return Ok(Vec::new());
    };
    let all = app.store.officers_of(&course.unit).await?;
    let can = all.into_iter().filter(|officer| officer.enabled && officer.is(role));
    Ok(can.map(|officer| Colleague { id: officer.id.to_string(), name: officer.name }).collect())
}

fn forms(app: &App, work: &Work, forms: &[Arc<Form>]) -> Vec<DeskForm> {
    let filing = &work.kept.dossier.filing;
    let given = Given { today: work.kept.dossier.sent_at.date(), units: &app.offer.library.units };
    let told = filing.forms.iter().zip(forms).map(|(filled, form)| {
        let print = official_forms(filing).position(|official| std::ptr::eq(official, filled));
        let sections = form::summary::summary(form, &filled.answers, &given).into_iter().map(|section| DeskSection {
            title: section.title,
            rows: section.rows.into_iter().map(|row| answered(&filled.form, row)).collect(),
        });
        DeskForm {
            form: filled.form.clone(),
            number: form.number.clone(),
            title: form.title.clone(),
            print: print.and_then(|place| u32::try_from(place + 1).ok()),
            sections: sections.collect(),
        }
    });
    told.collect()
}

fn answered(form: &str, row: form::summary::Row) -> DeskAnswer {
    let answer = match (row.yes_no, row.answer.as_str()) {
        (true, "yes") => "Có".to_owned(),
        (true, "no") => "Không".to_owned(),
        _ => row.answer,
    };
    let label = if row.row.is_empty() { row.label } else { format!("{} – {}", row.row, row.label) };
    let place = if row.given { String::new() } else { format!("{form}/{}", row.place) };
    DeskAnswer { place, label, answer }
}

/// What a paper is, in the procedure's words.
fn paper_name(work: &Work, id: &str) -> String {
    let kind = work.procedure.papers.iter().find(|kind| kind.id == id);
    kind.map_or_else(|| id.to_owned(), |kind| kind.name.clone())
}

fn papers(work: &Work, found: &Found) -> Vec<DeskPaper> {
    let pages_of =
        |sha256: &str| work.kept.pages.iter().find(|(hash, _)| hex(hash) == sha256).and_then(|(_, pages)| *pages);
    let filed = work.kept.dossier.filing.papers.iter().map(|paper| DeskPaper {
        place: format!("paper/{}", paper.paper),
        paper: paper_name(work, &paper.paper),
        name: paper.name.clone(),
        kind: paper.kind.clone(),
        pages: pages_of(&paper.sha256),
        bytes: paper.bytes,
        sha256: paper.sha256.clone(),
        signatures: found.told(&paper.sha256),
    });
    filed.collect()
}

/// The papers this case is asked for and that did not come, as of the day it was sent: by that a supplement is judged.
fn unsent(app: &App, work: &Work, forms: &[Arc<Form>]) -> Vec<DeskUnsent> {
    let dossier = &work.kept.dossier;
    let given = Given { today: dossier.sent_at.date(), units: &app.offer.library.units };
    let form_of = |id: &str| forms.iter().find(|form| form.id == id).map(|form| &**form);
    let asked = papers_asked(&work.procedure, &form_of, &dossier.filing, &given).into_iter();
    let came = |need: &Need<'_>| dossier.filing.papers.iter().any(|paper| paper.paper == need.paper.id);
    let unsent = asked.filter(|need| !came(need)).map(|need| DeskUnsent {
        place: format!("paper/{}", need.paper.id),
        paper: need.paper.name.clone(),
        required: need.required,
    });
    unsent.collect()
}

/// The people's meetings about it; nothing where none is held.
fn meeting(work: &Work, desk: &Desk<'_>, course: &Course) -> Option<DeskMeeting> {
    let held = work.kept.events.iter().rev().filter_map(|event| match &event.kind {
        EventKind::MeetingHeld(held) => Some(MeetingVote::from(held)),
        _ => None,
    });
    let held: Vec<_> = held.collect();
    let agreed = course.meeting.as_ref().is_some_and(|held| held.agreed);
    let needed = share_of(course, desk).filter(|_| !agreed);
    (needed.is_some() || !held.is_empty()).then_some(DeskMeeting { needed, held })
}

fn supplement(asked: &dossier::Supplement) -> Supplement {
    let items = asked.items.iter().map(|item| SupplementItem { place: item.place.clone(), says: item.says.clone() });
    Supplement { items: items.collect(), note: asked.note.clone() }
}
