//! Everything once more, each answer with a way to change it; what is still missing; then one button.

use super::page;
use crate::app::app;
use crate::pages::print;
use crate::route::{MENDS, Part};
use crate::state::draft::DraftPaper;
use crate::state::units;
use crate::state::work::{Work, given};
use form::summary::{Row, Section, summary};
use form::{Answers, Form, Given, Problem};
use text::Key;
use text::amount::size;
use ui::{Html, html};
use ui::{t, words};

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::CheckTitle));
    let problems = check(work);
    let unfinished: Vec<_> = problems
        .iter()
        .filter(|problem| problem.blocks)
        .map(|problem| {
            let href = mend(key, part_of(work, problem));
            html! { <li><a href=href>{text::problem(words(), problem)}</a></li> }
        })
        .collect();
    let blocked = !unfinished.is_empty();
    let summary = blocked.then(|| {
        html! { <div class="summary" role="alert"><h2>{t(Key::CheckUnfinished)}</h2><ul>{unfinished}</ul></div> }
    });
    let warnings: Vec<_> = problems
        .iter()
        .filter(|problem| !problem.blocks && !blocked)
        .map(|problem| html! { <li>{text::problem(words(), problem)}</li> })
        .collect();
    let warnings = (!warnings.is_empty())
        .then(|| html! { <div class="warning"><b>{t(Key::ErrorsWarning)}</b><ul>{warnings}</ul></div> });
    let send = (!blocked).then(|| {
        let href = page(key, Part::Send);
        let begin = move |_| app().route.go(href.clone());
        html! {
            <p class="hint">{t(Key::CheckSendHint)}</p>
            <button type="button" class="button" on:click=begin>{t(Key::CheckSend)}</button>
        }
    });
    html! {
        {crate::app::back(&page(key, Part::Tasks))}
        {summary}
        <span class="caption">{work.procedure.short.clone()}</span>
        <h1>{t(Key::CheckTitle)}</h1>
        <p>{t(Key::CheckIntro)}</p>
        {answers(work, key)}
        {warnings}
        {send}
    }
}

/// The address of a part from which "Continue" leads back here.
fn mend(key: &str, part: Part) -> String {
    page(key, part).path() + MENDS
}

/// The very check the API runs.
fn check(work: &Work) -> Vec<Problem> {
    let forms = &work.forms;
    let find = |id: &str| forms.get(id).map(|form| &**form);
    let filing = work.filing();
    procedure::check(&work.procedure, &find, &work.agencies, &filing, &given())
        .map_or_else(|problems| problems, |checked| checked.warnings().to_vec())
}

fn answers(work: &Work, key: &str) -> Html {
    let draft = work.now();
    let book = units::book();
    let told = Given { units: &book, ..given() };
    let agency = work.agencies.find(&draft.agency).map(|agency| agency.name.clone()).unwrap_or_default();
    let href = mend(key, Part::Agency);
    // Who brings the forms on paper has said so where the case has led, and says otherwise there.
    let case = asked(&work.procedure.case, &draft.case, &told, |row| !row.given || row.answer == "yes");
    let case = ui::summary_list::summary_list(case, |section, row| {
        let step = || Part::Case(work.procedure.case.steps[section.step].id.clone());
        Some(mend(key, if row.given { Part::Outcome } else { step() }))
    });
    let forms: Vec<_> =
        work.form_ids().iter().filter_map(|id| work.forms.get(id)).map(|form| filled(work, key, form, &told)).collect();
    let papers = papers(&draft.papers, &page(key, Part::Papers).path());
    let change = format!("{} {}", t(Key::CheckChange), t(Key::CheckAgency));
    html! {
        <dl class="answers">
            <div class="row"><dt>{t(Key::CheckAgency)}</dt><dd>{agency}</dd>
                <dd class="action"><a href=href aria-label=change>{t(Key::CheckChange)}</a></dd></div>
        </dl>
        {(!work.procedure.case.steps.is_empty()).then(|| html! { <h2>{t(Key::TasksCase)}</h2> })}
        {case}
        {forms}
        {papers}
    }
}

fn filled(work: &Work, key: &str, form: &Form, told: &Given<'_>) -> Html {
    let answers = work.answers(&form.id);
    let sections = asked(form, &answers, told, |row| !row.given);
    let list = ui::summary_list::summary_list(sections, |section, _| {
        Some(mend(key, Part::Form(form.id.clone(), form.steps[section.step].id.clone())))
    });
    let heading = if form.number.is_empty() { form.title.clone() } else { format!("{}. {}", form.number, form.title) };
    html! { <h2>{heading}</h2>{list}{print::answered(work, form)} }
}

/// The answers that are to be seen, under their steps.
fn asked(form: &Form, answers: &Answers, told: &Given<'_>, seen: impl Fn(&Row) -> bool) -> Vec<Section> {
    let mut sections = summary(form, answers, told);
    for section in &mut sections {
        section.rows.retain(&seen);
    }
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn papers(papers: &[DraftPaper], href: &str) -> Html {
    if papers.is_empty() {
        return Html::none();
    }
    let rows: Vec<_> =
        papers.iter().map(|paper| html! { <li>{paper.name.clone()}<small>{size(paper.bytes)}</small></li> }).collect();
    let change = format!("{} {}", t(Key::CheckChange), t(Key::CheckPapers));
    html! {
        <h2>{t(Key::CheckPapers)}</h2>
        <ul class="list">{rows}</ul>
        <p><a href=href.to_owned() aria-label=change>{t(Key::CheckChange)}</a></p>
    }
}

/// The part of the draft on which a problem is mended.
pub fn part_of(work: &Work, problem: &Problem) -> Part {
    let (form, place) = problem.place.split_once('/').unwrap_or((&problem.place, ""));
    let step = |form: &Form| form.step_of(place).map(|step| form.steps[step].id.clone());
    match form {
        "agency" => Part::Agency,
        "papers" => Part::Papers,
        "case" => step(&work.procedure.case).map_or(Part::Agency, Part::Case),
        id => match work.forms.get(id).and_then(|form| step(form)) {
            Some(step) => Part::Form(id.to_owned(), step),
            None => Part::Tasks,
        },
    }
}
