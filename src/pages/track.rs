//! Following a dossier by its code: typed loosely, checked here for slips, then asked of the API.

mod digits;
mod pay;
mod rating;
mod reply;
mod supplement;

use super::code_box::{Says, code_box};
use crate::client::track::track;
use crate::clock;
use crate::route::Page;
use crate::task::background;
use dossier::{CodeError, LookupCode};
use form::Date;
use procedure::calendar::Moment;
use text::Key;
use text::dossier::{event, state};
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{Entry, Standing, Timeline};

/// What the page shows below the box.
#[derive(Clone)]
enum Shown {
    Nothing,
    Waiting,
    Wrong(String),
    Found(String, Timeline),
}

pub fn draw() -> Html {
    crate::app::title(t(Key::TrackTitle));
    let code =
        RwSignal::new(Some(from_address()).filter(|code| !code.is_empty()).or_else(pay::left_for).unwrap_or_default());
    let shown = RwSignal::new(Shown::Nothing);
    let ask = move || look_up(&code.get_untracked(), shown);
    if !code.get_untracked().is_empty() {
        ask();
    }
    let wrong = Memo::new(move |_| match shown.get() {
        Shown::Wrong(says) => says,
        _ => String::new(),
    });
    let says = Says { label: Key::TrackLabel, hint: Key::TrackHint, go: Key::TrackGo };
    let form = move || code_box(says, code, wrong, ask);
    let result = move || match shown.get() {
        Shown::Found(code, timeline) => found(&code, &timeline, ask),
        Shown::Waiting => html! { <p role="status">{t(Key::FrameLoading)}</p> },
        Shown::Nothing | Shown::Wrong(_) => Html::none(),
    };
    let is_found = Memo::new(move |_| matches!(shown.get(), Shown::Found(..)));
    let again = move |_| {
        code.set(String::new());
        shown.set(Shown::Nothing);
    };
    let another = move || {
        is_found.get().then(|| html! { <button type="button" class="button quiet no-print" on:click=again>{t(Key::TrackAnother)}</button> })
    };
    html! {
        {crate::app::back(&Page::Home)}
        <h1>{t(Key::TrackTitle)}</h1>
        {move || (!is_found.get()).then(form)}
        {result}
        {another}
        <p class="no-print"><a href="/check-receipt">{t(Key::CheckReceiptTitle)}</a></p>
        // Not an address of this site's pages, so it is written as one that these do not take over.
        <p class="no-print"><a href="./phan-anh">{t(Key::PetitionTitle)}</a></p>
    }
}

/// A code behind `#`, as a QR picture carries it: browsers send that part to nobody. It is taken out of sight at once.
fn from_address() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let code = hash.trim_start_matches('#').to_owned();
    if !code.is_empty()
        && let Ok(history) = window().history()
    {
        // An address that keeps the code harms only this phone's history.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/track"));
    }
    code
}

fn look_up(typed: &str, shown: RwSignal<Shown>) {
    let code = match LookupCode::read(typed) {
        Ok(code) => code.to_string(),
        Err(error) => {
            shown.set(Shown::Wrong(slip(&error)));
            ui::focus("code");
            return;
        }
    };
    shown.set(Shown::Waiting);
    background(async move {
        let next = match track(&code).await {
            Ok(answer) if answer.status == 200 => match serde_json::from_str(&answer.body) {
                Ok(timeline) => Shown::Found(code, timeline),
                Err(_) => Shown::Wrong(t(Key::FrameFailed).to_owned()),
            },
            Ok(answer) if answer.status == 404 => Shown::Wrong(t(Key::TrackNotFound).to_owned()),
            Ok(answer) if answer.status == 429 => {
                let seconds = answer.retry_after().unwrap_or(60).to_string();
                Shown::Wrong(fill(Key::TrackBusy, &[("seconds", &seconds)]))
            }
            _ => Shown::Wrong(t(Key::FrameFailed).to_owned()),
        };
        shown.try_set(next);
    });
}

fn slip(error: &CodeError) -> String {
    match error {
        CodeError::TooShort(0) => t(Key::TrackEmpty).to_owned(),
        CodeError::TooShort(count) | CodeError::TooLong(count) => {
            fill(Key::TrackLength, &[("count", &count.to_string())])
        }
        CodeError::WrongSign(sign) => fill(Key::TrackSign, &[("sign", &sign.to_string())]),
        CodeError::CheckFails => t(Key::TrackTypo).to_owned(),
    }
}

fn found(code: &str, timeline: &Timeline, again: impl Fn() + Clone + 'static) -> Html {
    let rows: Vec<_> = timeline.entries.iter().map(entry).collect();
    let due = Moment(timeline.promises.result.at);
    let waits = timeline.state == "supplement-asked";
    let over = timeline.stands && !waits && !timeline.rechecked;
    let posted = timeline.posted_until.map(|until| {
        html! { <p>{fill(Key::TrackPostedUntil, &[("time", &clock::moment(Moment(until)))])}</p> }
    });
    let due_says = if timeline.expected { Key::TrackDue } else { Key::TrackDueSure };
    let number = timeline.number.clone().map(|number| html! { <p>{t(Key::TrackNumber)}": "<b>{number}</b></p> });
    let promise = if waits {
        html! { <p class="warning">{t(Key::TrackStands)}</p>{supplement::draw(code, timeline.own, again)} }
    } else if timeline.rechecked {
        html! { <p class="warning">{t(Key::TrackRechecked)}</p> }
    } else if over {
        Html::none()
    } else {
        html! {
            <p>{t(due_says)}": "<b>{clock::day(due.date())}</b></p>
            {ui::sum::draw(&timeline.promises.result)}
        }
    };
    html! {
        <span class="caption">{code.to_owned()}</span>
        <h2 class="state">{t(state(&timeline.state))}</h2>
        <p><b>{timeline.procedure.clone()}</b><br />{timeline.agency.clone()}" · "{timeline.phone.clone()}</p>
        {number}
        {posted}
        {promise}
        {originals(timeline)}
        {pay::draw(code, timeline)}
        {reply::draw(code, timeline)}
        {rating::draw(code, timeline)}
        <ol class="steps">{rows}</ol>
        {keep(code, timeline)}
        <p class="hint">{fill(Key::TrackUpdated, &[("time", &clock::clock(clock::now()))])}</p>
    }
}

/// The way to have it in one's account, for whoever has not sent it from there. The code goes along behind "#", which browsers
/// send to nobody; the account's page is not one that these take over.
fn keep(code: &str, timeline: &Timeline) -> Option<Html> {
    let to = format!("./account#claim={code}");
    (!timeline.own).then(|| html! { <p class="no-print"><a href=to>{t(Key::WithAccountKeep)}</a></p> })
}

/// How many papers are digitally signed, and how many originals to bring. Numbers alone: a code shows nothing of the person.
fn originals(timeline: &Timeline) -> Option<Html> {
    let (signed, originals) = (timeline.signed?, timeline.originals?);
    let says = |key, count: usize| (count > 0).then(|| html! { <p>{fill(key, &[("count", &count.to_string())])}</p> });
    Some(html! { {says(Key::TrackSigned, signed)}{says(Key::TrackOriginals, originals)} })
}

fn entry(entry: &Entry) -> Html {
    let at = Moment(entry.at);
    let (class, said, time) = match entry.standing {
        Standing::Past => ("past", Key::TrackPast, fill(Key::TrackAt, &[("time", &clock::moment(at))])),
        Standing::Now => ("now", Key::TrackNow, fill(Key::TrackBy, &[("time", &clock::moment(at))])),
        Standing::Ahead => ("", Key::TrackNext, fill(Key::TrackBy, &[("time", &day_of(at.date()))])),
    };
    let says = if entry.says.is_empty() { t(event(&entry.event)).to_owned() } else { entry.says.clone() };
    html! { <li class=class><b>{says}<span class="unseen">" – "{t(said)}</span></b><small>{time}</small></li> }
}

fn day_of(date: Date) -> String {
    clock::day(date)
}
