//! The end of entering a dossier at the desk: the code goes to the citizen on paper, and this machine forgets it.
//!
//! Only officers see it, so its words stand here, in Vietnamese, as those of the officers' site do.

use crate::state::counter::{self, Counter};
use crate::state::receipts;
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wire::{Channel, Receipt};

/// The box that says that the citizen has the code.
const GIVEN: &str = "code-given";

/// Where the officer goes next.
#[derive(Clone, PartialEq)]
enum Next {
    /// To the dossier, to receive it at once.
    Receive(String),
    /// To the next one at the desk.
    Another,
}

impl Next {
    fn path(&self) -> String {
        match self {
            Self::Receive(dossier) => format!("/officer/dossiers/{dossier}"),
            Self::Another => "/officer/counter".to_owned(),
        }
    }
}

pub fn end(counter: &Counter, key: &str, receipt: &Receipt) -> Html {
    let given = RwSignal::new(false);
    let told = RwSignal::new("");
    let leave = {
        let key = key.to_owned();
        move |next: &Next| {
            if !given.get_untracked() {
                told.set("Hãy in phiếu, trao mã, rồi đánh dấu ô này. Sau bước này không ai xem lại được mã.");
                ui::focus(GIVEN);
                return;
            }
            let (key, path) = (key.clone(), next.path());
            background(async move {
                // First the code goes, then the page: a machine that refuses to forget it must not look as if it had.
                let left = match receipts::forget(&key).await {
                    Ok(()) => counter::leave(&path),
                    refused => refused,
                };
                if left.is_err() {
                    told.try_set("Máy này chưa xoá được mã. Hãy bấm lại.");
                }
            });
        }
    };
    let on_paper = move |_| {
        // A browser that cannot print leaves the page, from which the code can be written down.
        let _ = window().print();
    };
    let says = match counter.channel {
        Channel::InPerson => "Người nộp đã cầm phiếu có mã tra cứu",
        Channel::ByPost => "Phiếu có mã tra cứu đã để vào thư gửi cho người nộp",
    };
    let tick = move |event: web_sys::Event| {
        given.set(event_target_checked(&event));
        told.set("");
    };
    let receive = receipt.proof.as_ref().and_then(|proof| proof.says("dossier")).map(|dossier| {
        let (next, leave) = (Next::Receive(dossier.to_owned()), leave.clone());
        html! { <button type="button" class="button" on:click=move |_| leave(&next)>"Tiếp nhận ngay"</button> }
    });
    html! {
        <div class="panel no-print">
            <h2>"Trao mã cho người nộp"</h2>
            <p>"Mã tra cứu là của người nộp hồ sơ. In phiếu này và trao tận tay; máy này và cán bộ không giữ mã."</p>
            <button type="button" class="button" on:click=on_paper>"In phiếu mã tra cứu"</button>
            <label class="choice" for=GIVEN>
                <input type="checkbox" id=GIVEN on:change=tick aria-describedby="code-told" />
                <span>{says}</span>
            </label>
            <p id="code-told" class="bad-text" role="alert">{move || told.get()}</p>
            <div class="row2">
                {receive}
                <button type="button" class="button quiet" on:click=move |_| leave(&Next::Another)>"Xong, nhập hồ sơ khác"</button>
            </div>
        </div>
    }
}
