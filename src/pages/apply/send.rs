//! Sending: papers first, by their hashes, then the manifest. Whatever breaks, the draft stays until the receipt is kept.

mod pace;
mod papers;
mod progress;

use super::{check_answers, page};
use crate::app::{app, lasting_owner};
use crate::client::{self, Answer};
use crate::route::{Page, Part};
use crate::state::draft::{self, Draft};
use crate::state::receipts::{self, KeptReceipt};
use crate::state::sent::{self, Sent};
use crate::state::work::{self, Work};
use crate::state::{counter, database, outbox};
use crate::task::background;
use form::{Code, Problem};
use pace::Pace;
use progress::{Progress, amount};
use std::cell::Cell;
use std::time::Duration;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::Receipt;

/// How sending stands.
#[derive(Clone, PartialEq)]
enum Sending {
    /// Papers are on their way.
    Papers,
    /// The manifest is on its way.
    Manifest,
    /// The network failed again and again; the person may try once more.
    Failed,
    /// There is no network: it goes by itself when there is one.
    Offline,
    /// Too many at once: tried again after so many seconds.
    Busy(u32),
    /// The API refuses, with its sentences and where to mend each.
    Refused(Vec<(String, Part)>),
}

/// How long a sending that has failed rests before it is tried again by itself.
const LATER: Duration = Duration::from_secs(30);

thread_local! {
    /// One sending at a time, however often the button is pressed and the page is left and come back to.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
    static TOLD: Told = Told::nothing();
}

/// What is told of the sending under way, whichever page shows it.
struct Told {
    sending: RwSignal<Sending>,
    progress: RwSignal<Progress>,
    /// The signals live as long as it does.
    _owner: Owner,
}

impl Told {
    fn nothing() -> Self {
        let owner = lasting_owner();
        let (sending, progress) = owner.with(|| (RwSignal::new(Sending::Manifest), RwSignal::new(Progress::default())));
        Self { sending, progress, _owner: owner }
    }
}

fn tell(sending: Sending) {
    TOLD.with(|told| told.sending.set(sending));
}

fn tell_progress(progress: &Progress) {
    TOLD.with(|told| told.progress.set(progress.clone()));
    tell(Sending::Papers);
}

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::SendTitle));
    begin(work);
    let (told, progress) = TOLD.with(|told| (told.sending, told.progress));
    let state = Memo::new(move |_| told.get());
    {
        let work = work.clone();
        ui::effect(move || {
            if app().online.get() && state.get_untracked() == Sending::Offline {
                begin(&work);
            }
        });
    }
    let key = key.to_owned();
    let again = {
        let work = work.clone();
        move |_| begin(&work)
    };
    let inside = move || match state.get() {
        Sending::Papers => going(progress),
        Sending::Manifest => {
            html! { <p role="status"><b>{t(Key::SendManifest)}</b></p><progress class="progress" aria-label=t(Key::SendTitle)></progress><p>{t(Key::SendWait)}</p> }
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
        Sending::Papers | Sending::Manifest | Sending::Busy(_) => t(Key::SendTitle),
        Sending::Offline => t(Key::SendOfflineTitle),
        Sending::Failed | Sending::Refused(_) => t(Key::SendRefused),
    };
    html! { <h1>{title}</h1>{inside} }
}

/// How far the papers are: the one under way, and all of them where there are several.
fn going(progress: RwSignal<Progress>) -> Html {
    // Only what changes seldom is told aloud: a screen reader would otherwise speak without end.
    let read = |what: fn(&Progress) -> String| move || progress.with(what);
    let says = Memo::new(move |_| progress.with(Progress::says));
    let weak = Memo::new(move |_| progress.with(|progress| progress.weak));
    let of_paper = (progress.with_untracked(|progress| progress.paper.1 > 1)).then(|| {
        html! {
            <progress class="progress" aria-label=t(Key::SendPaper) max=read(|it| it.of_paper.1.to_string())
                value=read(|it| it.of_paper.0.to_string())></progress>
            <p>{read(|it| amount(it.of_paper))}</p>
            <h2>{t(Key::SendAll)}</h2>
        }
    });
    html! {
        <p role="status"><b>{move || says.get()}</b></p>
        {of_paper}
        <progress class="progress" aria-label=t(Key::SendAll) max=read(|it| it.of_all.1.to_string())
            value=read(|it| it.of_all.0.to_string())></progress>
        <p>{read(Progress::rest_says)}</p>
        <p role="status">{move || weak.get().then(|| html! { <b>{t(Key::SendWeak)}</b> })}</p>
        <p>{t(Key::SendWait)}</p>
    }
}

fn begin(work: &Work) {
    if UNDER_WAY.replace(true) {
        return;
    }
    let work = work.clone();
    tell(Sending::Manifest);
    background(async move {
        loop {
            match send(&work).await {
                Ok(key) => {
                    UNDER_WAY.set(false);
                    work::close_unless("");
                    app().route.replace(Page::Receipt(key));
                    return;
                }
                Err(Sending::Busy(seconds)) => {
                    tell(Sending::Busy(seconds));
                    pause(f64::from(seconds) * 1_000.0).await;
                }
                Err(other) => {
                    let other = match other {
                        Sending::Failed if !window().navigator().on_line() => Sending::Offline,
                        other => other,
                    };
                    if matches!(other, Sending::Refused(_)) {
                        take_back(&work).await;
                    }
                    // Before it is told: whoever reads it may press the button at once.
                    UNDER_WAY.set(false);
                    if other == Sending::Failed {
                        again_later(&work);
                    }
                    tell(other);
                    return;
                }
            }
        }
    });
}

/// A line may call itself online and carry nothing: nobody has to stay and press the button.
fn again_later(work: &Work) {
    let work = work.clone();
    let still = move || {
        let failed = TOLD.with(|told| told.sending.get_untracked() == Sending::Failed);
        // Whoever has opened it meanwhile to change it does not want it sent.
        if failed && work.draft.try_with_untracked(|draft| draft.queued) == Some(true) {
            begin(&work);
        }
    };
    set_timeout(still, LATER);
}

/// What is refused waits no longer.
async fn take_back(work: &Work) {
    work.change(|draft| draft.queued = false);
    // What stays in the outbox is refused again, which changes nothing.
    let _ = outbox::withdraw(&work.now().key).await;
}

async fn send(work: &Work) -> Result<String, Sending> {
    let key = work.draft.with_untracked(|draft| draft.key.clone());
    if received(&key).await {
        return Ok(key);
    }
    // What an officer enters is sent by nobody but the officer, whose page stays open until it is there.
    if let Some(counter) = counter::here() {
        let manifest = serde_json::to_string(&counter.entering(work.filing())).map_err(|_| Sending::Failed)?;
        return outbox::alone(send_alone(work, &manifest)).await;
    }
    let manifest = serde_json::to_string(&work.filing()).map_err(|_| Sending::Failed)?;
    // Written down first: should the page be closed or the battery die, the service worker goes on.
    outbox::queue(&work.now(), &manifest).await.map_err(|_| Sending::Failed)?;
    work.change(|draft| draft.queued = true);
    outbox::alone(send_alone(work, &manifest)).await
}

/// Whether the service worker has brought it there meanwhile.
async fn received(key: &str) -> bool {
    receipts::find(key).await.ok().flatten().is_some()
}

async fn send_alone(work: &Work, manifest: &str) -> Result<String, Sending> {
    let draft = work.now();
    if received(&draft.key).await {
        return Ok(draft.key);
    }
    let mut forgotten = false;
    let answer = loop {
        papers::send(work, &draft).await?;
        tell(Sending::Manifest);
        let answer = submit(&draft.key, manifest).await?;
        // The server lets go of papers after a week; what the phone remembers of them is older than that.
        if answer.status != 409 || core::mem::replace(&mut forgotten, true) || !forget_missing(&draft, &answer).await {
            break answer;
        }
    };
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

/// Sends the manifest. Its key makes it safe to try again: the dossier is taken once, and answered the same.
async fn submit(key: &str, manifest: &str) -> Result<Answer, Sending> {
    let mut pace = Pace::new();
    let entered = counter::here().is_some();
    loop {
        let answer = if entered {
            client::dossiers::enter(key, manifest).await
        } else {
            client::dossiers::submit(key, manifest).await
        };
        match answer {
            Ok(answer) if !passes(&answer) => return Ok(answer),
            _ => rest(&mut pace).await?,
        }
    }
}

/// Whether an answer says only that something between us and the server is out of order for a moment.
fn passes(answer: &Answer) -> bool {
    matches!(answer.status, 408 | 460 | 500 | 502 | 504)
}

/// Waits before the next try, or until the network is back; gives up when there is none, or it was tried often enough.
async fn rest(pace: &mut Pace) -> Result<(), Sending> {
    let wait = pace.failed(js_sys::Math::random()).filter(|_| app().online.get_untracked());
    pause(wait.ok_or(Sending::Failed)?).await;
    Ok(())
}

/// Forgets that papers had arrived which the server misses; answers whether there are any.
async fn forget_missing(draft: &Draft, answer: &Answer) -> bool {
    let missing = serde_json::from_str::<wire::Problem>(&answer.body).map(|told| told.missing).unwrap_or_default();
    for paper in draft.papers.iter().filter(|paper| missing.contains(&paper.sha256)) {
        // What cannot be forgotten is refused once more, in words.
        let _ = sent::keep(&draft.key, paper.number, &Sent::Nothing).await;
    }
    !missing.is_empty()
}

fn accepted(work: &Work, answer: &Answer, fallback: Part) -> Result<(), Sending> {
    match answer.status {
        200..=299 => Ok(()),
        // The officer's session is over: the page loaded anew leads to the sign-in, and from there back here.
        401 if counter::here().is_some() && window().location().reload().is_ok() => Err(Sending::Failed),
        429 | 503 => Err(Sending::Busy(answer.retry_after().unwrap_or(10).clamp(1, 120))),
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

/// Waits so many milliseconds, or until the network comes back.
async fn pause(wait: f64) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        #[expect(clippy::cast_possible_truncation, reason = "waits are minutes at most")]
        let wait = wait as i32;
        // Without a timer the next try comes at once.
        if window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
        // Left there: being called once more later does nothing.
        let _ = window().add_event_listener_with_callback("online", &resolve);
    });
    // A timer does not fail.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
