//! Handing a draft over to another phone or to the commune's tablet: a QR picture, a link, or a code to type.

use super::{go, page};
use crate::client::handovers::{self, Refused};
use crate::clock;
use crate::pages::qr;
use crate::route::{Page, Part};
use crate::state::draft;
use crate::state::handed_over::{self, HandedOver};
use crate::state::handover;
use crate::state::work::{self, Work};
use crate::task::background;
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};

/// How often the page asks whether the other phone has the draft, in milliseconds.
const ASK_AGAIN: u64 = 4_000;

/// What the page shows.
#[derive(Clone, PartialEq)]
enum Shown {
    /// What it is, and the button.
    Offer,
    /// Part so many of so many is on its way.
    Sending(usize, usize),
    /// It did not go.
    Failed(String),
    /// It waits to be opened.
    Ready(HandedOver),
}

/// What the server says of a draft that was handed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Not asked yet, or no network.
    Unknown,
    Waiting,
    Opening,
    Taken(i64),
    Lapsed,
    Over,
}

pub fn draw(work: &Work, key: &str) -> Html {
    crate::app::title(t(Key::HandOverTitle));
    let shown = RwSignal::new(handed_over::find(key).map_or(Shown::Offer, Shown::Ready));
    let body = {
        let (work, key) = (work.clone(), key.to_owned());
        move || match shown.get() {
            Shown::Offer => offer(&work, shown, ""),
            Shown::Failed(says) => offer(&work, shown, &says),
            Shown::Sending(number, count) => sending(number, count),
            Shown::Ready(handed) => ready(&work, &key, &handed),
        }
    };
    // From what is on its way to another phone, the way back is home: its task list would only lead here again.
    let tasks = page(key, Part::Tasks);
    let back = move || {
        let ready = shown.with(|shown| matches!(shown, Shown::Ready(_)));
        crate::app::back(if ready { &Page::Home } else { &tasks })
    };
    html! {
        {back}
        <span class="caption">{work.procedure.short.clone()}</span>
        <h1>{t(Key::HandOverTitle)}</h1>
        {body}
    }
}

fn offer(work: &Work, shown: RwSignal<Shown>, failed: &str) -> Html {
    let begin = {
        let work = work.clone();
        move |_| {
            let work = work.clone();
            shown.set(Shown::Sending(0, 0));
            background(async move {
                let draft = work.now();
                let tell = |number, count| drop(shown.try_set(Shown::Sending(number, count)));
                let now = match handover::send(&draft, &tell).await {
                    Ok(handed) => {
                        handed_over::mark(&draft.key, &handed);
                        Shown::Ready(handed)
                    }
                    Err(Refused::Line) => Shown::Failed(t(Key::HandOverFailed).to_owned()),
                    Err(Refused::No(_, says)) => Shown::Failed(says),
                };
                shown.try_set(now);
            });
        }
    };
    let failed =
        (!failed.is_empty()).then(|| html! { <div class="warning" role="alert"><p>{failed.to_owned()}</p></div> });
    html! {
        {failed}
        <p>{t(Key::HandOverWhat)}</p>
        <ul class="bullets">
            <li>{t(Key::HandOverWhole)}</li>
            <li>{t(Key::HandOverSafe)}</li>
            <li>{t(Key::HandOverOnce)}</li>
            <li>{t(Key::HandOverStays)}</li>
        </ul>
        <button type="button" class="button" on:click=begin>{t(Key::HandOverGo)}</button>
    }
}

fn sending(number: usize, count: usize) -> Html {
    let parts = [("number", number.to_string()), ("count", count.to_string())];
    let parts = parts.each_ref().map(|(name, value)| (*name, value.as_str()));
    let says = if count == 0 { t(Key::HandOverLocking).to_owned() } else { fill(Key::HandOverSending, &parts) };
    let (value, max) = (number.saturating_sub(1).to_string(), count.max(1).to_string());
    html! {
        <p role="status"><b>{says}</b></p>
        <progress class="progress" aria-label=t(Key::HandOverTitle) value=value max=max></progress>
        <p>{t(Key::HandOverWait)}</p>
    }
}

fn ready(work: &Work, key: &str, handed: &HandedOver) -> Html {
    let standing = RwSignal::new(Standing::Unknown);
    watch(handed.clone(), standing);
    let state = {
        let handed = handed.clone();
        move || {
            let says = match standing.get() {
                Standing::Unknown => t(Key::HandOverAsking).to_owned(),
                Standing::Waiting => fill(Key::HandOverWaiting, &[("time", &clock::moment(Moment(handed.until)))]),
                Standing::Opening => t(Key::HandOverOpening).to_owned(),
                Standing::Taken(at) => fill(Key::HandOverTaken, &[("time", &clock::moment(Moment(at)))]),
                Standing::Lapsed => t(Key::HandOverLapsed).to_owned(),
                Standing::Over => t(Key::HandOverOver).to_owned(),
            };
            let class = if matches!(standing.get(), Standing::Taken(_)) { "panel" } else { "warning" };
            html! { <div class=class role="status"><p><b>{says}</b></p></div> }
        }
    };
    let ways = {
        let handed = handed.clone();
        move || matches!(standing.get(), Standing::Unknown | Standing::Waiting).then(|| ways(&handed))
    };
    html! {
        {state}
        {ways}
        {after(work, key, handed, standing)}
    }
}

/// The three ways to open it: picture, link, code.
fn ways(handed: &HandedOver) -> Html {
    let link = handed.link();
    let copied = RwSignal::new(false);
    let copy = {
        let link = link.clone();
        move |_| {
            let link = link.clone();
            background(async move {
                let clipboard = window().navigator().clipboard();
                let done = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&link)).await;
                copied.try_set(done.is_ok());
            });
        }
    };
    let label = move || if copied.get() { t(Key::HandOverCopied) } else { t(Key::HandOverCopy) };
    html! {
        <h2>{t(Key::HandOverByPicture)}</h2>
        <p>{t(Key::HandOverPictureHow)}</p>
        {qr::of_text(&link, t(Key::HandOverPicture))}
        <h2>{t(Key::HandOverByCode)}</h2>
        <p>{fill(Key::HandOverCodeHow, &[("address", &address())])}</p>
        <span class="code">{handed.code.clone()}</span>
        <p class="hint">{t(Key::HandOverSecret)}</p>
        <h2>{t(Key::HandOverByLink)}</h2>
        <p>{t(Key::HandOverLinkHow)}</p>
        <button type="button" class="button quiet" aria-live="polite" on:click=copy>{label}</button>
    }
}

/// What can be done with this phone's copy.
fn after(work: &Work, key: &str, handed: &HandedOver, standing: RwSignal<Standing>) -> Html {
    let sure = RwSignal::new(false);
    let go_on = {
        let (key, handed) = (key.to_owned(), handed.clone());
        move || {
            let (key, handed) = (key.clone(), handed.clone());
            background(async move {
                // Whatever the server says: the draft never left this phone. It is asked so that nobody opens it after this.
                let _ = handovers::take_back(&handed.id, &handed.sender).await;
                handed_over::unmark(&key);
                go(&key, Part::Tasks);
            });
        }
    };
    let discard = {
        let work = work.clone();
        move |_| {
            let draft = work.now();
            background(async move {
                // What cannot be discarded is still in the list at home.
                if draft::discard(&draft).await.is_ok() {
                    handed_over::unmark(&draft.key);
                    work::close_unless("");
                }
                crate::app::app().route.replace(Page::Home);
            });
        }
    };
    move_on(standing, sure, go_on, discard)
}

fn move_on(
    standing: RwSignal<Standing>,
    sure: RwSignal<bool>,
    go_on: impl Fn() + Clone + Send + Sync + 'static,
    discard: impl Fn(web_sys::Event) + Clone + Send + Sync + 'static,
) -> Html {
    let buttons = move || {
        let taken = matches!(standing.get(), Standing::Taken(_));
        let (go_on, discard) = (go_on.clone(), discard.clone());
        if taken && !sure.get() {
            return html! {
                <p>{t(Key::HandOverDiscardHint)}</p>
                <button type="button" class="button quiet danger" on:click=discard>{t(Key::HandOverDiscard)}</button>
                <button type="button" class="link" on:click=move |_| sure.set(true)>{t(Key::HandOverBack)}</button>
            };
        }
        let warning =
            taken.then(|| html! { <div class="warning" role="alert"><p>{t(Key::HandOverBackSure)}</p></div> });
        html! {
            {warning}
            <p>{t(Key::HandOverBackHint)}</p>
            <button type="button" class="button quiet" on:click=move |_| go_on()>{t(Key::HandOverBack)}</button>
        }
    };
    html! { <h2>{t(Key::HandOverHere)}</h2>{buttons} }
}

/// Asks the server how it stands, again and again while the page is there.
fn watch(handed: HandedOver, standing: RwSignal<Standing>) {
    background(async move {
        let now = match handovers::standing(&handed.id, &handed.sender).await {
            Ok(told) => match told.state.as_str() {
                "taken" => Standing::Taken(told.since),
                "opening" => Standing::Opening,
                "lapsed" => Standing::Lapsed,
                "taken-back" => Standing::Over,
                _ => Standing::Waiting,
            },
            Err(Refused::No(..)) => Standing::Over,
            Err(Refused::Line) => Standing::Unknown,
        };
        let before = standing.try_get_untracked();
        if before.is_some_and(|before| before != now) {
            standing.try_set(now);
        }
        if before.is_some() && matches!(now, Standing::Unknown | Standing::Waiting | Standing::Opening) {
            set_timeout(move || watch(handed, standing), core::time::Duration::from_millis(ASK_AGAIN));
        }
    });
}

/// Where the code is typed, as somebody says it.
fn address() -> String {
    let host = window().location().host().unwrap_or_default();
    format!("{host}/open-draft")
}
