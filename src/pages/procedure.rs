//! One procedure: for whom, with what, how long, how much, step by step; and the button that starts.

use super::{drawing, waiting};
use crate::app::app;
use crate::clock::today;
use crate::route::{Page, Part};
use crate::state::{Saved, catalogue, draft};
use crate::task::background;
use form::Required;
use procedure::{Level, Mode, PaperKind, Procedure, Stage};
use std::sync::Arc;
use text::Key;
use text::amount::days;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};

pub fn draw(id: String) -> Html {
    waiting(move || {
        let id = id.clone();
        Box::pin(async move {
            let procedure = catalogue::procedure(&id).await?;
            drawing(move || with(&procedure))
        })
    })
}

fn with(procedure: &Arc<Procedure>) -> Html {
    crate::app::title(&procedure.short);
    let lines = |lines: &[String]| lines.iter().map(|line| html! { <li>{line.clone()}</li> }).collect::<Vec<_>>();
    let (who, law) = (lines(&procedure.who), lines(&procedure.legal_basis));
    let at_district = procedure.receives_at(Level::District, today());
    let place = if at_district { Key::ProcedureWhereDistrict } else { Key::ProcedureWhereCommune };
    let mode = match procedure.mode {
        Mode::Full => Key::ProcedureModeFull,
        Mode::Partial => Key::ProcedureModePartial,
    };
    let code = (!procedure.code.is_empty())
        .then(|| html! { <p class="hint">{t(Key::ProcedureCode)}": "{procedure.code.clone()}</p> });
    let fee = &procedure.fee;
    let may_i = catalogue::has_eligibility(&procedure.id).then(|| {
        let href = Page::Eligibility(procedure.id.clone()).path();
        html! { <p><a href=href>{t(Key::EligibilityTitle)}</a></p> }
    });
    html! {
        {crate::app::back(&Page::Home)}
        <h1>{procedure.name.clone()}</h1>
        <p>{procedure.summary.clone()}</p>
        <div class="facts">
            <div><b>{fill(Key::ProcedureDays, &[("days", &days(procedure.quarter_days()))])}</b><span>{t(Key::ProcedureWorking)}</span></div>
            <div><b>{fee.says.clone()}</b><span>{t(Key::ProcedureFee)}</span></div>
        </div>
        <ul class="bullets">{lines(&fee.exempt)}</ul>
        {start(procedure)}
        {may_i}
        <h2>{t(Key::ProcedureWho)}</h2>
        <ul class="bullets">{who}</ul>
        <h2>{t(Key::ProcedurePapers)}</h2>
        {papers(&procedure.papers)}
        <h2>{t(Key::ProcedureSteps)}</h2>
        {steps(procedure)}
        <h2>{t(Key::ProcedureResult)}</h2>
        <p>{procedure.result.name.clone()}</p>
        <h2>{t(Key::ProcedureWhere)}</h2>
        <p>{t(place)}</p>
        <p>{t(mode)}</p>
        <h2>{t(Key::ProcedureLaw)}</h2>
        <ul class="bullets law-list" lang="vi">{law}</ul>
        {code}
        {start(procedure)}
    }
}

fn start(procedure: &Arc<Procedure>) -> Html {
    let busy = RwSignal::new(false);
    let procedure = procedure.clone();
    let begin = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let procedure = procedure.clone();
        background(async move {
            match draft::begin(&procedure).await {
                Ok(key) => app().route.go(Page::Draft(key, Part::Agency)),
                Err(_) => app().saved.set(Saved::Failed),
            }
            busy.try_set(false);
        });
    };
    html! { <button type="button" class="button" on:click=begin>{t(Key::ProcedureStart)}</button> }
}

fn papers(papers: &[PaperKind]) -> Html {
    if papers.is_empty() {
        return html! { <p>{t(Key::ProcedurePapersNone)}</p> };
    }
    let rows: Vec<_> = papers
        .iter()
        .map(|paper| {
            let always = paper.show.is_none() && paper.required == Required::Always;
            let when = t(if always { Key::ProcedurePaperAlways } else { Key::ProcedurePaperSometimes });
            html! { <li><b>{paper.name.clone()}</b><small>{when}". "{paper.why.clone()}</small></li> }
        })
        .collect();
    html! { <ul class="list">{rows}</ul> }
}

/// The stages in a citizen's words: those with the same words in a row are one.
fn steps(procedure: &Procedure) -> Html {
    let mut told: Vec<(&str, u32)> = Vec::new();
    for Stage { citizen, quarter_days, .. } in &procedure.stages {
        match told.last_mut() {
            Some((words, time)) if *words == citizen => *time += u32::from(*quarter_days),
            _ => told.push((citizen, u32::from(*quarter_days))),
        }
    }
    let rows: Vec<_> = told
        .into_iter()
        .filter(|(_, time)| *time > 0)
        .map(|(words, time)| {
            let time = fill(Key::ProcedureHalfDays, &[("days", &days(time))]);
            html! { <li><b>{words.to_owned()}</b><small>{time}</small></li> }
        })
        .collect();
    html! {
        <ol class="steps">
            <li class="now"><b>{t(Key::ProcedureStepYou)}</b><small>{t(Key::ProcedureStepYouHint)}</small></li>
            {rows}
            <li><b>{t(Key::ProcedureStepResult)}</b></li>
        </ol>
    }
}
