//! What the office has said to the citizen, below the timeline: the reasons, and the result's electronic copy.

use super::digits::{self, said};
use super::event;
use crate::client::replies;
use crate::clock;
use crate::task::background;
use procedure::calendar::Moment;
use text::Key;
use text::amount::size;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{ByCode, Reply, ReplyResult, ReplySaid, Timeline};

/// What was opened, and what opened it.
#[derive(Clone)]
struct Opened {
    by: ByCode,
    reply: Reply,
}

/// Draws it for a dossier of which something was said; nothing otherwise.
pub fn draw(code: &str, timeline: &Timeline) -> Html {
    let done = matches!(timeline.state.as_str(), "done" | "returned");
    let with_reason = |name: &str| matches!(name, "not-received" | "returned-unsolved" | "extended");
    if !done && !timeline.entries.iter().any(|entry| with_reason(&entry.event)) {
        return Html::none();
    }
    let title = if done { Key::ReplyTitleResult } else { Key::ReplyTitleReason };
    let opened = move |opened: Opened| {
        ui::focus_soon("reply");
        page(&opened, title, done)
    };
    digits::ask("reply-digits", (title, Key::ReplyOpen), (code, timeline.own), load, opened)
}

async fn load(by: ByCode) -> Result<Opened, String> {
    let failed = || t(Key::FrameFailed).to_owned();
    let answer = replies::open(&by).await.map_err(|_| failed())?;
    if answer.status != 200 {
        return Err(said(&answer));
    }
    let reply = serde_json::from_str(&answer.body).map_err(|_| failed())?;
    Ok(Opened { by, reply })
}

fn page(opened: &Opened, title: Key, done: bool) -> Html {
    let reasons: Vec<_> = opened.reply.says.iter().map(reason).collect();
    let result = match &opened.reply.result {
        Some(result) => file(&opened.by, result),
        None if done => html! { <p>{t(Key::ReplyNothing)}</p> },
        None => Html::none(),
    };
    html! { <section id="reply" tabindex="-1" class="panel"><h2>{t(title)}</h2>{result}{reasons}</section> }
}

fn reason(said: &ReplySaid) -> Html {
    html! {
        <p><b>{t(event(&said.event))}</b>" · "{clock::moment(Moment(said.at))}</p>
        <p class="warning">{said.reason.clone()}</p>
    }
}

fn file(by: &ByCode, result: &ReplyResult) -> Html {
    let told = RwSignal::new(None::<Key>);
    let (by, kind) = (by.clone(), result.kind.clone());
    let take = move |_| {
        if told.get_untracked() == Some(Key::ReplyTaking) {
            return;
        }
        told.set(Some(Key::ReplyTaking));
        let (by, kind) = (by.clone(), kind.clone());
        background(async move {
            let says = match replies::result(&by).await {
                Ok(bytes) => {
                    // No name tells what it is: a phone's downloads are seen by others too.
                    blob::save(&bytes, &kind, name(&kind));
                    Key::ReplyTaken
                }
                Err(_) => Key::ReplyFailed,
            };
            told.try_set(Some(says));
        });
    };
    let label = fill(Key::ReplyTake, &[("size", &size(result.bytes))]);
    html! {
        <p>{fill(Key::ReplyNumber, &[("number", &result.number)])}</p>
        <p class="no-print"><button type="button" class="button" on:click=take>{label}</button></p>
        <p class="hint no-print" role="status">{move || told.get().map(t)}</p>
        <p class="hint no-print">{t(Key::ReplyShared)}</p>
    }
}

fn name(kind: &str) -> &'static str {
    match kind {
        "image/jpeg" => "ket-qua.jpg",
        "image/png" => "ket-qua.png",
        _ => "ket-qua.pdf",
    }
}
