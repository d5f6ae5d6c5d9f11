//! The list of what is to do: done, begun, still to do, not needed. Any part can be opened; nothing is lost by leaving.

use super::step::{asks, step_name};
use super::{first_of_case, page};
use crate::clock::today;
use crate::route::{Page, Part};
use crate::state::draft::Draft;
use crate::state::work::{Work, given};
use form::{Form, check_step};
use procedure::procedure::FILER_FORM;
use procedure::required_papers;
use text::Key;
use ui::{Html, html};
use ui::{fill, t};

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It passes its check.
    Done,
    /// Something is typed, something is missing.
    Started,
    /// Nothing yet.
    ToDo,
    /// Parts before it come first.
    NotYet,
}

/// One row of the list.
struct Task {
    name: String,
    part: Part,
    progress: Progress,
}

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::TasksTitle));
    let draft = work.now();
    let groups = groups(work, &draft);
    let all: Vec<&Task> = groups.iter().flat_map(|(_, tasks)| tasks).collect();
    let done = all.iter().filter(|task| task.progress == Progress::Done).count();
    let next = all.iter().find(|task| matches!(task.progress, Progress::ToDo | Progress::Started));
    let next = next.map(|task| page(key, task.part.clone()).path());
    let next = next.map(|href| html! { <a class="button" href=href>{t(Key::ApplyContinue)}</a> });
    let progress = fill(Key::TasksProgress, &[("done", &done.to_string()), ("count", &all.len().to_string())]);
    let drawn: Vec<_> = groups
        .iter()
        .map(|(title, tasks)| {
            let rows: Vec<_> = tasks.iter().map(|task| row(task, key)).collect();
            let title = (!title.is_empty()).then(|| html! { <h2>{title.clone()}</h2> });
            html! { {title}<ul class="tasks">{rows}</ul> }
        })
        .collect();
    html! {
        {crate::app::back(&Page::Home)}
        <span class="caption">{work.procedure.short.clone()}</span>
        <h1>{t(Key::TasksTitle)}</h1>
        <p class="hint">{progress}</p>
        {drawn}
        {next}
        <p><a href=page(key, Part::HandOver).path()>{t(Key::HandOverTitle)}</a></p>
    }
}

fn row(task: &Task, key: &str) -> Html {
    let (class, word) = match task.progress {
        Progress::Done => ("tag ok", Key::TasksDone),
        Progress::Started => ("tag wait", Key::TasksStarted),
        Progress::ToDo => ("tag", Key::TasksToDo),
        Progress::NotYet => ("tag quiet", Key::TasksNotYet),
    };
    let name = if task.progress == Progress::NotYet {
        html! { <span>{task.name.clone()}</span> }
    } else {
        html! { <a href=page(key, task.part.clone()).path()>{task.name.clone()}</a> }
    };
    html! { <li>{name}<span class=class>{t(word)}</span></li> }
}

/// The tasks under their headings; forms have one each.
fn groups(work: &Work, draft: &Draft) -> Vec<(String, Vec<Task>)> {
    let received =
        work.agencies.find(&draft.agency).is_some_and(|agency| work.procedure.receives_at(agency.level, today()));
    let mut first = vec![Task {
        name: t(Key::TasksAgency).to_owned(),
        part: Part::Agency,
        progress: if received { Progress::Done } else { Progress::ToDo },
    }];
    let outcome = work.outcome().filter(|outcome| !outcome.forms.is_empty());
    if !work.procedure.case.steps.is_empty() {
        let progress = match (outcome, draft.case.is_empty()) {
            (Some(_), _) => Progress::Done,
            (None, true) => Progress::ToDo,
            (None, false) => Progress::Started,
        };
        first.push(Task { name: t(Key::TasksCase).to_owned(), part: first_of_case(work), progress });
    }
    let mut groups = vec![(String::new(), first)];
    let filer = |id: &String| id == FILER_FORM;
    let ids = if outcome.is_some() { work.form_ids() } else { Vec::new() };
    for id in ids.iter().filter(|id| !filer(id)) {
        groups.extend(work.forms.get(id).map(|form| (heading(form), steps(work, draft, id, form))));
    }
    let mut last = Vec::new();
    if outcome.is_some() {
        last.extend(papers(work, draft));
    }
    for id in ids.iter().filter(|id| filer(id)) {
        last.extend(work.forms.get(id).map(|form| steps(work, draft, id, form)).unwrap_or_default());
    }
    let before = groups.iter().flat_map(|(_, tasks)| tasks).chain(&last);
    let ready = outcome.is_some() && before.into_iter().all(|task| task.progress == Progress::Done);
    last.push(Task {
        name: t(Key::TasksCheck).to_owned(),
        part: Part::Check,
        progress: if ready { Progress::ToDo } else { Progress::NotYet },
    });
    groups.push((t(Key::TasksRest).to_owned(), last));
    groups
}

fn heading(form: &Form) -> String {
    if form.number.is_empty() { form.title.clone() } else { format!("{}: {}", form.number, form.title) }
}

fn steps(work: &Work, draft: &Draft, id: &str, form: &Form) -> Vec<Task> {
    let answers = work.answers(id);
    let given = given();
    let asked = (0..form.steps.len()).filter(|number| asks(form, *number, &answers));
    asked
        .map(|number| {
            let step = &form.steps[number];
            let passes = !check_step(form, number, &answers, &given).iter().any(|problem| problem.blocks);
            let visited = draft.done.contains(&step_name(Some(id), step));
            let touched = step.questions.iter().any(|question| !question.given && answers.touches(&question.id));
            let progress = match (passes && visited, touched || visited) {
                (true, _) => Progress::Done,
                (false, true) => Progress::Started,
                (false, false) => Progress::ToDo,
            };
            Task { name: step.title.clone(), part: Part::Form(id.to_owned(), step.id.clone()), progress }
        })
        .collect()
}

fn papers(work: &Work, draft: &Draft) -> Option<Task> {
    let values = work.values();
    let needed = required_papers(&work.procedure, &values, today());
    if needed.is_empty() && draft.papers.is_empty() {
        return None;
    }
    // The page of papers checked them; an answer that was changed since may ask for another one.
    let missing =
        needed.iter().any(|need| need.required && draft.papers.iter().all(|paper| paper.paper != need.paper.id));
    let progress = match (!missing && draft.done.contains("papers"), draft.papers.is_empty()) {
        (true, _) => Progress::Done,
        (false, false) => Progress::Started,
        (false, true) => Progress::ToDo,
    };
    Some(Task { name: t(Key::TasksPapers).to_owned(), part: Part::Papers, progress })
}
