//! The receipt: the code large, what happens next and by when, what arrived.

use super::{drawing, not_found, sum, waiting};
use crate::app::app;
use crate::clock::{self, size};
use crate::route::Page;
use crate::state::receipts;
use crate::task::background;
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::Receipt;

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
    let forget = move |_| {
        let key = key.clone();
        background(async move {
            // A receipt that cannot be forgotten is still in the list.
            let _ = receipts::forget(&key).await;
            app().route.replace(Page::Home);
        });
    };
    html! {
        <div class="done">
            <h1>{t(Key::ReceiptTitle)}</h1>
            <p>{t(Key::ReceiptCode)}</p>
            <span class="code">{receipt.code.clone()}</span>
            <p>{t(Key::ReceiptSecret)}</p>
        </div>
        {buttons(receipt)}
        <p>{t(Key::ReceiptKeep)}</p>
        {qr(receipt)}
        <h2>{t(Key::ReceiptNext)}</h2>
        <ol class="steps">
            <li class="past"><b>{t(Key::ReceiptYouSent)}</b><small>{sent}</small></li>
            <li class="now">
                <b>{fill(Key::ReceiptReception, &[("agency", &receipt.agency)])}</b><small>{reception_by}</small>
            </li>
            <li><b>{t(Key::ReceiptResult)}</b><small>{result_by}</small>{sum::draw(&promises.result)}</li>
        </ol>
        <dl class="answers">
            <div class="row"><dt>{t(Key::ReceiptProcedure)}</dt><dd>{receipt.procedure.clone()}</dd></div>
            <div class="row"><dt>{t(Key::ReceiptAgency)}</dt><dd>{receipt.agency.clone()}<br />{receipt.phone.clone()}</dd></div>
        </dl>
        {papers(receipt)}
        <a class="button" href="/track">{t(Key::ReceiptTrack)}</a>
        <p class="hint no-print">{t(Key::ReceiptForgetHint)}</p>
        <button type="button" class="button quiet danger no-print" on:click=forget>{t(Key::ReceiptForget)}</button>
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
    let print = move |_| {
        // A browser that cannot print leaves the page as it is.
        let _ = window().print();
    };
    let label = move || if copied.get() { t(Key::ReceiptCopied) } else { t(Key::ReceiptCopy) };
    html! {
        <div class="row2 no-print">
            <button type="button" class="button quiet" on:click=copy aria-live="polite">{label}</button>
            <button type="button" class="button quiet" on:click=print>{t(Key::ReceiptPrint)}</button>
        </div>
    }
}

/// The code as a QR picture, drawn from the rows the API sent with the receipt.
fn qr(receipt: &Receipt) -> Option<Html> {
    let size = receipt.qr.len();
    let mut path = String::new();
    for (y, row) in receipt.qr.iter().enumerate() {
        for (x, dot) in row.bytes().enumerate() {
            if dot == b'1' {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
    }
    let frame = format!("-4 -4 {} {}", size + 8, size + 8);
    let label = fill(Key::ReceiptQr, &[("code", &receipt.code)]);
    (size > 0).then(|| html! { <svg class="qr" role="img" aria-label=label viewBox=frame><path d=path /></svg> })
}

fn papers(receipt: &Receipt) -> Option<Html> {
    let rows: Vec<_> = receipt
        .papers
        .iter()
        .map(|paper| html! { <li>{paper.name.clone()}<small>{size(paper.bytes)}</small><small class="hash">"SHA-256 "{paper.sha256.clone()}</small></li> })
        .collect();
    (!rows.is_empty()).then(|| html! { <h2>{t(Key::ReceiptPapers)}</h2><ul class="list">{rows}</ul> })
}
