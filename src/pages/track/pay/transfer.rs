//! A bank transfer: the account and the purpose to copy, and the picture to keep, for whose bank is on the same phone.

use crate::task::background;
use text::Key;
use ui::blob;
use ui::prelude::*;
use ui::{Html, html, t};
use wire::{ToPay, Transfer};

pub fn draw(to_pay: &ToPay, transfer: &Transfer) -> Html {
    let picture = picture(&to_pay.qr);
    let keep = move |_| blob::save(picture.as_bytes(), "image/svg+xml", "ma-nop-phi.svg");
    html! {
        <p>{t(Key::PayTransferHow)}</p>
        <p class="no-print"><button type="button" class="button quiet" on:click=keep>{t(Key::PayKeepQr)}</button></p>
        <dl class="answers">
            <div class="row"><dt>{t(Key::PayHolder)}</dt><dd>{transfer.holder.clone()}</dd></div>
            <div class="row"><dt>{t(Key::PayBank)}</dt><dd>{transfer.bank.clone()}</dd></div>
            <div class="row"><dt>{t(Key::PayAccount)}</dt><dd>{transfer.account.clone()}{copy(Key::PayCopyAccount, &transfer.account)}</dd></div>
            <div class="row"><dt>{t(Key::PayPurpose)}</dt><dd>{transfer.purpose.clone()}{copy(Key::PayCopyPurpose, &transfer.purpose)}</dd></div>
        </dl>
        <p class="warning">{t(Key::PayPurposeWhy)}</p>
    }
}

fn copy(label: Key, what: &str) -> Html {
    let copied = RwSignal::new(false);
    let what = what.to_owned();
    let copy = move |_| {
        let what = what.clone();
        background(async move {
            let clipboard = window().navigator().clipboard();
            let done = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&what)).await;
            copied.try_set(done.is_ok());
        });
    };
    let says = move || if copied.get() { t(Key::PayCopied) } else { t(label) };
    html! { <br /><button type="button" class="button quiet no-print" on:click=copy aria-live="polite">{says}</button> }
}

/// The picture as a file, on white with its quiet zone, large enough for any bank's program.
fn picture(rows: &[String]) -> String {
    let size = rows.len();
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.bytes().enumerate().filter(|(_, dot)| *dot == b'1') {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    let whole = size + 8;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"800\" viewBox=\"-4 -4 {whole} {whole}\">\
         <path fill=\"#fff\" d=\"M-4 -4h{whole}v{whole}h-{whole}z\"/><path d=\"{path}\"/></svg>"
    )
}
