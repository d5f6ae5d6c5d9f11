//! The official paper of a form as a file: with what is answered or was sent, and blank for those who write by hand.

use crate::state::catalogue;
use crate::state::work::Work;
use crate::task::background;
use crate::{client, clock};
use form::Form;
use procedure::calendar::{DAY_MS, Moment};
use procedure::procedure::FILER_FORM;
use text::Key;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{PrintRequest, Receipt};

/// How the getting of a paper stands, in words; nothing while nothing is asked.
type Told = RwSignal<Option<Key>>;

/// The buttons of a form that is being filled; none for what no paper holds.
pub fn answered(work: &Work, form: &Form) -> Html {
    if form.id == FILER_FORM {
        return Html::none();
    }
    let told = Told::new(None);
    let fingerprint = work.draft.with_untracked(|draft| draft.begun_with.get(&form.id).map(catalogue::fingerprint));
    let fingerprint = fingerprint.unwrap_or_default();
    let filled = {
        let (work, id, fingerprint) = (work.clone(), form.id.clone(), fingerprint.clone());
        move |_| {
            let agency = Some(work.now().agency).filter(|agency| !agency.is_empty());
            let request = PrintRequest { answers: work.answers(&id), agency, sent_at: None };
            let fingerprint = fingerprint.clone();
            give(told, async move { client::forms::filled(&fingerprint, &request).await }, "to-khai.pdf");
        }
    };
    let blank = move |_| {
        let fingerprint = fingerprint.clone();
        give(told, async move { client::forms::blank(&fingerprint).await }, "mau-trong.pdf");
    };
    let named = |key: Key| format!("{} · {}", t(key), form.number);
    html! {
        <p class="no-print">
            <button type="button" class="link" aria-label=named(Key::PrintFilled) on:click=filled>{t(Key::PrintFilled)}</button>
        </p>
        <p class="no-print">
            <button type="button" class="link" aria-label=named(Key::PrintBlank) on:click=blank>{t(Key::PrintBlank)}</button>
        </p>
        <p class="hint no-print" role="status">{move || told.get().map(t)}</p>
    }
}

/// The buttons of the blank forms a case asks for, when they come written by hand.
pub fn blanks(work: &Work) -> Html {
    let told = Told::new(None);
    let ids = work.outcome().map(|outcome| outcome.forms.clone()).unwrap_or_default();
    let count = ids.len();
    let button = |(place, id): (usize, String)| {
        let work = work.clone();
        let take = move |_| {
            let (id, begun) = (id.clone(), work.now().begun_with);
            let paper = async move {
                let (_, version) = catalogue::form_of(&id, begun.get(&id)).await?;
                client::forms::blank(&catalogue::fingerprint(&version)).await
            };
            give(told, paper, "mau-trong.pdf");
        };
        let label = numbered(Key::PrintBlank, Key::PrintBlankNumber, place + 1, count);
        html! { <p><button type="button" class="link" on:click=take>{label}</button></p> }
    };
    let buttons: Vec<_> = ids.into_iter().enumerate().map(button).collect();
    html! { {buttons}<p class="hint" role="status">{move || told.get().map(t)}</p> }
}

/// What the button of one of several says; the only one needs no number.
fn numbered(only: Key, several: Key, number: usize, count: usize) -> String {
    if count == 1 { t(only).to_owned() } else { fill(several, &[("number", &number.to_string())]) }
}

/// The buttons of the forms that were sent, and how long they are there: a day, as the API says; nothing when that is over.
pub fn sent(key: &str, receipt: &Receipt) -> Option<Html> {
    let until = receipt.sent_at + DAY_MS;
    if receipt.forms == 0 || clock::now().0 > until {
        return None;
    }
    let told = Told::new(None);
    let button = |number: usize| {
        let key = key.to_owned();
        let take = move |_| {
            let key = key.clone();
            give(told, async move { client::forms::sent(&key, number).await }, "to-khai.pdf");
        };
        let label = numbered(Key::PrintSent, Key::PrintSentNumber, number, receipt.forms);
        html! { <p class="no-print"><button type="button" class="link" on:click=take>{label}</button></p> }
    };
    let buttons: Vec<_> = (1..=receipt.forms).map(button).collect();
    let until = fill(Key::PrintSentUntil, &[("time", &clock::moment(Moment(until)))]);
    Some(html! {
        {buttons}
        <p class="hint no-print" role="status">{move || told.get().map(t)}</p>
        <p class="hint no-print">{until}</p>
    })
}

/// Fetches a paper and gives it to the person; one at a time, however often a button is pressed.
///
/// No name tells which form it is: among a shared phone's downloads, "nd20-1b" would say that somebody has HIV.
fn give(told: Told, paper: impl Future<Output = Result<Vec<u8>, client::Failure>> + 'static, name: &'static str) {
    if told.get_untracked().is_some_and(|key| key == Key::PrintWait) {
        return;
    }
    told.set(Some(Key::PrintWait));
    background(async move {
        let says = match paper.await {
            Ok(bytes) => {
                blob::save(&bytes, "application/pdf", name);
                Key::PrintDone
            }
            Err(_) => Key::PrintFailed,
        };
        // The person may have left the page meanwhile.
        told.try_set(Some(says));
    });
}
