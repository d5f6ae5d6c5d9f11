//! The receipt: the code large, what happens next and by when, what arrived.

mod counter;

use super::{check_receipt, drawing, not_found, print, qr, waiting};
use crate::app::app;
use crate::clock;
use crate::route::Page;
use crate::state::counter::here;
use crate::state::{receipt_keys, receipts};
use crate::task::background;
use procedure::calendar::Moment;
use receipt::Proof;
use text::Key;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{Receipt, ReceivedPaper};

pub fn draw(key: String) -> Html {
    crate::app::title(t(Key::ReceiptTitle));
    waiting(move || {
        let key = key.clone();
        Box::pin(async move {
            let kept = receipts::find(&key).await?;
            let receipt = kept.and_then(|kept| serde_json::from_str::<Receipt>(&kept.receipt).ok());
            drawing(move || match &receipt {
                Some(receipt) => with(key.clone(), receipt),
                None => not_found(t(Key::ReceiptForgotten)),
            })
        })
    })
}

fn with(key: String, receipt: &Receipt) -> Html {
    let sent_time = clock::moment(Moment(receipt.sent_at));
    let sent = match receipt.papers.len() {
        0 => sent_time,
        count => fill(Key::ReceiptSent, &[("time", &sent_time), ("papers", &count.to_string())]),
    };
    let promises = &receipt.promises;
    let reception_by = fill(Key::ReceiptReceptionBy, &[("time", &clock::moment(Moment(promises.reception.at)))]);
    let result_by = fill(Key::ReceiptResultBy, &[("time", &clock::day(Moment(promises.result.at).date()))]);
    let address = key.clone();
    let forget = move |_| {
        let key = key.clone();
        background(async move {
            // A receipt that cannot be forgotten is still in the list.
            let _ = receipts::forget(&key).await;
            app().route.replace(Page::Home);
        });
    };
    // At the desk the code goes away with the citizen, and nothing is left to come back to.
    let (first, last) = match here() {
        Some(officer) => (counter::end(&officer, &address, receipt), Html::none()),
        None => (
            html! { {buttons(receipt)}<p>{t(Key::ReceiptKeep)}</p> },
            html! {
                <a class="button" href="/track">{t(Key::ReceiptTrack)}</a>
                <p class="hint no-print">{t(Key::ReceiptForgetHint)}</p>
                <button type="button" class="button quiet danger no-print" on:click=forget>{t(Key::ReceiptForget)}</button>
            },
        ),
    };
    html! {
        <div class="done">
            <h1>{t(Key::ReceiptTitle)}</h1>
            <p>{t(Key::ReceiptCode)}</p>
            <span class="code">{receipt.code.clone()}</span>
            <p>{t(Key::ReceiptSecret)}</p>
        </div>
        {first}
        {qr::of_rows(&receipt.qr, fill(Key::ReceiptQr, &[("code", &receipt.code)]))}
        <h2>{t(Key::ReceiptNext)}</h2>
        <ol class="steps">
            <li class="past"><b>{t(Key::ReceiptYouSent)}</b><small>{sent}</small></li>
            <li class="now">
                <b>{fill(Key::ReceiptReception, &[("agency", &receipt.agency)])}</b><small>{reception_by}</small>
            </li>
            <li><b>{t(Key::ReceiptResult)}</b><small>{result_by}</small>{ui::sum::draw(&promises.result)}</li>
        </ol>
        <dl class="answers">
            <div class="row"><dt>{t(Key::ReceiptProcedure)}</dt><dd>{receipt.procedure.clone()}</dd></div>
            <div class="row"><dt>{t(Key::ReceiptAgency)}</dt><dd>{receipt.agency.clone()}<br />{receipt.phone.clone()}</dd></div>
        </dl>
        {papers(receipt)}
        {print::sent(&address, receipt)}
        {signed(&address, receipt)}
        {last}
    }
}

fn buttons(receipt: &Receipt) -> Html {
    let copied = RwSignal::new(false);
    let code = receipt.code.clone();
    let copy = move |_| {
        let code = code.clone();
        background(async move {
            let clipboard = window().navigator().clipboard();
            let done = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&code)).await;
            copied.try_set(done.is_ok());
        });
    };
    let on_paper = move |_| {
        // A browser that cannot print leaves the page as it is.
        let _ = window().print();
    };
    let label = move || if copied.get() { t(Key::ReceiptCopied) } else { t(Key::ReceiptCopy) };
    html! {
        <div class="row2 no-print">
            <button type="button" class="button quiet" on:click=copy aria-live="polite">{label}</button>
            <button type="button" class="button quiet" on:click=on_paper>{t(Key::ReceiptPrint)}</button>
        </div>
    }
}

fn papers(receipt: &Receipt) -> Option<Html> {
    let row = |paper: &ReceivedPaper| {
        let about = check_receipt::about(paper.pages, paper.bytes);
        html! { <li>{paper.name.clone()}<small>{about}</small>{check_receipt::hash(&paper.sha256)}</li> }
    };
    let rows: Vec<_> = receipt.papers.iter().map(row).collect();
    (!rows.is_empty()).then(|| html! { <h2>{t(Key::ReceiptPapers)}</h2><ul class="list">{rows}</ul> })
}

/// The signature, and the file to keep or to show to somebody.
fn signed(key: &str, receipt: &Receipt) -> Option<Html> {
    let proof = receipt.proof.clone()?;
    // Kept on this phone, so that checking needs no network later.
    background(async { drop(receipt_keys::known().await) });
    let by = fill(Key::ReceiptSignedBy, &[("key", &proof.key)]);
    let whole = {
        let proof = proof.clone();
        move |_| save(&proof, "giay-tiep-nhan.json")
    };
    let closed = move |_| save(&proof.closed_but(tells_nothing), "giay-tiep-nhan-kin.json");
    Some(html! {
        <h2>{t(Key::ReceiptProof)}</h2>
        <p>{by}</p>
        <p class="no-print">{t(Key::ReceiptSaveWhy)}</p>
        <div class="row2 no-print">
            <button type="button" class="button quiet" on:click=whole>{t(Key::ReceiptSave)}</button>
            <button type="button" class="button quiet" on:click=closed>{t(Key::ReceiptSaveClosed)}</button>
        </div>
        <p class="hint no-print">{t(Key::ReceiptSaveClosedWhy)}</p>
        <p class="no-print"><a href=Page::CheckReceipt(key.to_owned()).path()>{t(Key::ReceiptCheck)}</a></p>
    })
}

/// Lines that tell neither which benefit was asked for nor what a paper is about. Expected dates are among those closed:
/// each procedure has its own time limit.
fn tells_nothing(name: &str) -> bool {
    matches!(name, "dossier" | "sent" | "agency") || name.ends_with("-content")
}

/// Gives the person a file.
fn save(proof: &Proof, name: &str) {
    // A proof that was read can be written.
    if let Ok(text) = serde_json::to_vec_pretty(proof) {
        blob::save(&text, "application/json", name);
    }
}
