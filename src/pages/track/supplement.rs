//! What the citizen was asked to mend, and nothing else: opened by the last digits of the telephone number, mended here,
//! sent once. Below the timeline, so that the code is typed in one place only.

mod papers;

use super::digits::{self, said};
use crate::client::{Answer, Failure, supplements};
use crate::state::work::given;
use crate::state::{catalogue, draft, units};
use crate::task::background;
use form::check::Walk;
use form::{Answers, Code, Form, Problem};
use papers::{Marked, marked};
use std::sync::Arc;
use text::Key;
use ui::prelude::*;
use ui::question::{at, focus_target};
use ui::{Html, html};
use ui::{Sheet, Told, error_summary, fill, t};
use wire::{ByCode, FieldProblem, MarkedForm, MendedForm, SendSupplement, SupplementOpened};

/// A form with marked places, and the sheet they are written on.
#[derive(Clone)]
struct Mended {
    form: Arc<Form>,
    places: Vec<String>,
    sheet: Sheet,
}

/// All that is to be mended.
#[derive(Clone)]
struct Opened {
    /// Under which it is sent, however often that takes.
    key: String,
    /// What opened it.
    by: ByCode,
    told: SupplementOpened,
    forms: Vec<Mended>,
    papers: Vec<Marked>,
}

/// Draws it for a code, `own` where the account that is signed in sent it; `again` looks the dossier up anew once it is sent.
pub fn draw(code: &str, own: bool, again: impl Fn() + Clone + 'static) -> Html {
    let opened = move |found: Opened| {
        ui::focus_soon("supplement");
        page(&found, again.clone())
    };
    digits::ask("digits", (Key::SupplementTitle, Key::SupplementOpen), (code, own), load, opened)
}

/// Opens it and loads the forms it is about; what went wrong, in words.
async fn load(by: ByCode) -> Result<Opened, String> {
    let failed = |_: Failure| t(Key::FrameFailed).to_owned();
    let answer = supplements::open(&by).await.map_err(failed)?;
    if answer.status != 200 {
        return Err(said(&answer));
    }
    let told: SupplementOpened = serde_json::from_str(&answer.body).map_err(|_| t(Key::FrameFailed).to_owned())?;
    let mut forms = Vec::new();
    for marked in &told.forms {
        let (form, _) = catalogue::form_of(&marked.form, None).await.map_err(failed)?;
        forms.push(mended(marked, form));
    }
    let papers = told.papers.iter().map(Marked::new).collect();
    Ok(Opened { key: draft::random_key(), by, told, forms, papers })
}

fn mended(marked: &MarkedForm, form: Arc<Form>) -> Mended {
    let answers = RwSignal::new(marked.answers.clone());
    let told = {
        let (form, places) = (form.clone(), marked.places.clone());
        Memo::new(move |_| {
            answers.with(|answers| {
                let given = given();
                let walk = Walk::through(&form, answers, &given);
                let mut shown = walk.shown;
                // What was marked is shown though the answers that led to it are not here.
                for place in &places {
                    shown.insert(place.clone(), ());
                }
                Told { shown, kept: walk.kept.into_iter().collect() }
            })
        })
    };
    let sheet = Sheet {
        answers,
        told,
        problems: RwSignal::new(Vec::new()),
        units: units::names(),
        filled: RwSignal::new(String::new()),
    };
    Mended { form, places: marked.places.clone(), sheet }
}

fn page(opened: &Opened, again: impl Fn() + Clone + 'static) -> Html {
    let problems = RwSignal::new(Vec::<Problem>::new());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(String::new());
    let says_of = |place: &str| {
        opened
            .told
            .asked
            .items
            .iter()
            .find(|item| item.place == place)
            .map(|item| item.says.clone())
            .unwrap_or_default()
    };
    let mut parts = Vec::new();
    for mended in &opened.forms {
        for place in &mended.places {
            let says = says_of(&format!("{}/{place}", mended.form.id));
            let inside = match mended.form.question_at(place) {
                Some(question) => at(&Arc::new(question.clone()), mended.sheet, place),
                None => html! { <p>{t(Key::SupplementGone)}</p> },
            };
            parts.push(html! { <div class="panel"><p class="warning">{says}</p>{inside}</div> });
        }
    }
    for paper in &opened.papers {
        parts.push(marked(paper, says_of(&format!("paper/{}", paper.id))));
    }
    let note = (!opened.told.asked.note.is_empty()).then(|| html! { <p>{opened.told.asked.note.clone()}</p> });
    let send = {
        let opened = opened.clone();
        move |_: web_sys::Event| {
            if busy.get_untracked() {
                return;
            }
            let missing: Vec<Problem> = opened.papers.iter().filter_map(Marked::missing).collect();
            problems.set(missing.clone());
            if !missing.is_empty() {
                ui::focus_soon(error_summary::ID);
                return;
            }
            busy.set(true);
            failed.set(String::new());
            let (opened, again) = (opened.clone(), again.clone());
            background(async move {
                match deliver(&opened).await {
                    Ok(answer) if answer.status == 200 => again(),
                    Ok(answer) => {
                        let told = serde_json::from_str::<wire::Problem>(&answer.body).ok();
                        let found = told.map(|told| spread(&opened, told.problems)).unwrap_or_default();
                        if found.is_empty() {
                            failed.try_set(said(&answer));
                        } else {
                            problems.try_set(found);
                            ui::focus_soon(error_summary::ID);
                        }
                    }
                    Err(_) => {
                        failed.try_set(t(Key::SupplementFailed).to_owned());
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let forms: Vec<Arc<Form>> = opened.forms.iter().map(|mended| mended.form.clone()).collect();
    let target = move |problem: &Problem| {
        let of = forms.iter().find(|form| form.question_at(&problem.place).is_some());
        of.map_or_else(|| problem.place.clone(), |form| focus_target(form, problem))
    };
    let count = opened.told.asked.items.len().to_string();
    let says = move || t(if busy.get() { Key::SupplementSending } else { Key::SupplementSend });
    html! {
        <section id="supplement" tabindex="-1" class="no-print">
            <h2>{t(Key::SupplementTitle)}</h2>
            {error_summary(problems, target)}
            <p>{fill(Key::SupplementAsked, &[("count", &count)])}</p>
            {note}
            {parts}
            <p class="bad-text" role="alert">{move || failed.get()}</p>
            <button type="button" class="button" disabled=move || busy.get() on:click=send>{says}</button>
        </section>
    }
}

/// Sends the papers, then the rest; the same key makes once of however many times.
async fn deliver(opened: &Opened) -> Result<Answer, Failure> {
    let mut papers = Vec::new();
    for marked in &opened.papers {
        match marked.send(&opened.key).await? {
            Ok(mut sent) => papers.append(&mut sent),
            Err(refused) => return Ok(refused),
        }
    }
    let forms = opened.forms.iter().map(|mended| {
        let mut answers = Answers::default();
        mended.sheet.answers.with_untracked(|all| all.iter().for_each(|(place, text)| answers.set(place, text)));
        MendedForm { form: mended.form.id.clone(), answers }
    });
    let ByCode { code, digits } = opened.by.clone();
    supplements::answer(&opened.key, &SendSupplement { code, digits, forms: forms.collect(), papers }).await
}

/// Puts what the API found to the fields it is about; gives all of it for the summary.
fn spread(opened: &Opened, found: Vec<FieldProblem>) -> Vec<Problem> {
    let mut all = Vec::new();
    opened.forms.iter().for_each(|mended| mended.sheet.problems.set(Vec::new()));
    for problem in found {
        let (of, place) = problem.place.split_once('/').unwrap_or(("", &problem.place));
        let told = Problem {
            place: if of == "paper" { format!("paper-{place}") } else { place.to_owned() },
            code: Code::PaperMissing,
            arg: String::new(),
            label: String::new(),
            blocks: problem.blocks,
            says: problem.says.clone(),
        };
        if let Some(mended) = opened.forms.iter().find(|mended| mended.form.id == of) {
            mended.sheet.problems.update(|problems| problems.push(told.clone()));
        }
        all.push(told);
    }
    all
}
