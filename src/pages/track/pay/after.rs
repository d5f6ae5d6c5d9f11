//! What comes after paying: the receipt to keep, and what is given back.

use crate::client::payments;
use crate::clock;
use crate::task::background;
use form::kind::money::group;
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{blob, fill, t};
use wire::{ByCode, FeeStanding, PaidBack};

/// The button that takes the receipt along.
pub fn receipt(by: &ByCode) -> Html {
    let told = RwSignal::new(None::<Key>);
    let by = by.clone();
    let take = move |_| {
        if told.get_untracked() == Some(Key::ReplyTaking) {
            return;
        }
        told.set(Some(Key::ReplyTaking));
        let by = by.clone();
        background(async move {
            let says = match payments::receipt(&by).await {
                Ok(bytes) => {
                    blob::save(&bytes, "application/pdf", "bien-lai.pdf");
                    Key::ReplyTaken
                }
                Err(_) => Key::ReplyFailed,
            };
            told.try_set(Some(says));
        });
    };
    html! {
        <p class="no-print"><button type="button" class="button" on:click=take>{t(Key::PayTakeReceipt)}</button></p>
        <p class="hint no-print" role="status">{move || told.get().map(t)}</p>
    }
}

/// What came and is not owed: that it goes back and by when, or that it went.
pub fn back(fee: &FeeStanding) -> Html {
    let days = fee.refund_days.to_string();
    let line = |back: &PaidBack| {
        let amount = format!("{} đồng", group(back.amount));
        let says = match back.gone_at {
            Some(at) => fill(Key::PayBackGone, &[("amount", &amount), ("time", &clock::moment(Moment(at)))]),
            None => {
                let key = if back.asked { Key::PayBackAsked } else { Key::PayBackOwed };
                fill(key, &[("amount", &amount), ("days", &days)])
            }
        };
        html! { <p class="warning">{says}</p> }
    };
    html! { {fee.back.iter().map(line).collect::<Vec<_>>()} }
}
