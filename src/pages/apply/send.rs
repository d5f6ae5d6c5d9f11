//! Sending: papers first, by their hashes, then the manifest. Whatever breaks, the draft stays until the receipt is kept.

use super::{check_answers, page};
use crate::app::app;
use crate::client::{self, Answer, Failure};
use crate::clock::size;
use crate::route::{Page, Part};
use crate::state::draft;
use crate::state::receipts::KeptReceipt;
use crate::state::work::{self, Work};
use crate::state::{database, outbox};
use crate::task::background;
use form::{Code, Problem};
use std::cell::Cell;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::Receipt;

/// How sending stands.
#[derive(Clone)]
enum Sending {
    /// What is on its way, in words.
    Going(String),
    /// The network failed; the person may try again.
    Failed,
    /// There is no network: it goes by itself when there is one.
    Offline,
    /// Too many at once: tried again after so many seconds.
    Busy(u32),
    /// The API refuses, with its sentences and where to mend each.
    Refused(Vec<(String, Part)>),
}

thread_local! {
    /// One sending at a time, however often the button is pressed.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
}

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::SendTitle));
    let state = RwSignal::new(Sending::Going(t(Key::SendManifest).to_owned()));
    begin(work, state);
    {
        let work = work.clone();
        ui::effect(move || {
            if app().online.get() && matches!(state.get_untracked(), Sending::Offline) {
                begin(&work, state);
            }
        });
    }
    let key = key.to_owned();
    let again = {
        let work = work.clone();
        move |_| begin(&work, state)
    };
    let inside = move || match state.get() {
        Sending::Going(says) => {
            html! { <p role="status"><b>{says}</b></p><progress class="progress" aria-label=t(Key::SendTitle)></progress><p>{t(Key::SendWait)}</p> }
        }
        Sending::Busy(seconds) => {
            html! { <div class="warning" role="alert"><p>{fill(Key::SendBusy, &[("seconds", &seconds.to_string())])}</p></div> }
        }
        Sending::Offline => html! {
            <div class="warning" role="alert"><p>{t(Key::SendOffline)}</p></div>
            <p><a href=page(&key, Part::Tasks).path()>{t(Key::SendEdit)}</a></p>
        },
        Sending::Failed => html! {
            <div class="warning" role="alert"><p>{t(Key::SendFailed)}</p></div>
            <button type="button" class="button" on:click=again.clone()>{t(Key::SendRetry)}</button>
        },
        Sending::Refused(reasons) => {
            let rows: Vec<_> = reasons
                .into_iter()
                .map(|(says, part)| html! { <li><a href=page(&key, part).path()>{says}</a></li> })
                .collect();
            html! { <div class="summary" role="alert"><ul>{rows}</ul></div> }
        }
    };
    let title = move || match state.get() {
        Sending::Going(_) | Sending::Busy(_) => t(Key::SendTitle),
        Sending::Offline => t(Key::SendOfflineTitle),
        Sending::Failed | Sending::Refused(_) => t(Key::SendRefused),
    };
    html! { <h1>{title}</h1>{inside} }
}

fn begin(work: &Work, state: RwSignal<Sending>) {
    if UNDER_WAY.replace(true) {
        return;
    }
    let work = work.clone();
    background(async move {
        loop {
            match send(&work, state).await {
                Ok(key) => {
                    UNDER_WAY.set(false);
                    work::close_unless("");
                    app().route.replace(Page::Receipt(key));
                    return;
                }
                Err(Sending::Busy(seconds)) => {
                    state.try_set(Sending::Busy(seconds));
                    pause(seconds).await;
                }
                Err(Sending::Failed) if !window().navigator().on_line() => {
                    state.try_set(Sending::Offline);
                    break;
                }
                Err(other) => {
                    if matches!(other, Sending::Refused(_)) {
                        take_back(&work).await;
                    }
                    state.try_set(other);
                    break;
                }
            }
        }
        UNDER_WAY.set(false);
    });
}

/// What is refused waits no longer.
async fn take_back(work: &Work) {
    work.change(|draft| draft.queued = false);
    // What stays in the outbox is refused again, which changes nothing.
    let _ = outbox::withdraw(&work.now().key).await;
}

async fn send(work: &Work, state: RwSignal<Sending>) -> Result<String, Sending> {
    let filing = work.filing();
    let manifest = serde_json::to_string(&filing).map_err(|_| Sending::Failed)?;
    // Written down first: should the page be closed or the battery die, the service worker goes on.
    outbox::queue(&work.now(), &manifest).await.map_err(|_| Sending::Failed)?;
    work.change(|draft| draft.queued = true);
    let draft = work.now();
    let count = draft.papers.len();
    for (place, paper) in draft.papers.iter().enumerate() {
        let told = fill(
            Key::SendPapers,
            &[("number", &(place + 1).to_string()), ("count", &count.to_string()), ("size", &size(paper.bytes))],
        );
        state.try_set(Sending::Going(told));
        let blob = draft::paper(&draft.key, paper.number).await.map_err(|_| Sending::Failed)?;
        let Some(blob) = blob else {
            let says = fill(Key::ProblemPaperBroken, &[("label", &paper.name)]);
            return Err(Sending::Refused(vec![(says, Part::Papers)]));
        };
        let answer = client::papers::put(&draft.key, paper, &blob).await.map_err(|_| Sending::Failed)?;
        accepted(work, &answer, Part::Papers)?;
    }
    state.try_set(Sending::Going(t(Key::SendManifest).to_owned()));
    let answer = client::dossiers::submit(&draft.key, &manifest).await.map_err(|_: Failure| Sending::Failed)?;
    accepted(work, &answer, Part::Check)?;
    let receipt: Receipt = serde_json::from_str(&answer.body).map_err(|_| Sending::Failed)?;
    let kept = KeptReceipt {
        key: draft.key.clone(),
        name: draft.name.clone(),
        sent_at: receipt.sent_at,
        receipt: answer.body,
    };
    // Should the phone refuse to keep the receipt, the draft stays and sending again gives the same receipt.
    draft::finish(&draft, &database::packed(&kept)).await.map_err(|_| Sending::Failed)?;
    Ok(draft.key)
}

fn accepted(work: &Work, answer: &Answer, fallback: Part) -> Result<(), Sending> {
    match answer.status {
        200..=299 => Ok(()),
        429 | 503 => Err(Sending::Busy(answer.retry_after.unwrap_or(10).clamp(1, 120))),
        500..=599 => Err(Sending::Failed),
        _ => Err(Sending::Refused(reasons(work, &answer.body, fallback))),
    }
}

/// The API's sentences; each field's problem leads to where it is asked.
fn reasons(work: &Work, body: &str, fallback: Part) -> Vec<(String, Part)> {
    let Ok(told) = serde_json::from_str::<wire::Problem>(body) else {
        return vec![(t(Key::FrameFailed).to_owned(), fallback)];
    };
    if told.problems.is_empty() {
        let says = if told.detail.is_empty() { told.title } else { told.detail };
        return vec![(says, fallback)];
    }
    let blocking = told.problems.into_iter().filter(|problem| problem.blocks);
    blocking
        .map(|told| {
            let problem = Problem {
                place: told.place,
                code: Code::Rule(told.code),
                arg: String::new(),
                label: String::new(),
                blocks: true,
                says: String::new(),
            };
            (told.says, check_answers::part_of(work, &problem))
        })
        .collect()
}

async fn pause(seconds: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let wait = i32::try_from(seconds).unwrap_or(10) * 1000;
        // Without a timer the next try comes at once.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    // A timer does not fail.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
