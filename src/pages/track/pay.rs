//! Paying the fee, below the timeline: how much and to whom, in three ways; and what is true of it when the payer comes back.
//! The provider's word in the address counts for nothing here: the server asks the provider itself.

mod after;
mod transfer;

use super::digits::{self, said};
use crate::client::payments;
use crate::clock;
use crate::pages::qr;
use crate::task::background;
use form::kind::money::group;
use procedure::calendar::Moment;
use text::Key;
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wire::{BeginPayment, ByCode, FeeStanding, FeeWord, Timeline, ToPay};

/// Where this tab keeps what was opened while its payer is at a provider's page.
const AWAY: &str = "paying";

/// What was opened, and what opened it.
#[derive(Clone)]
struct Opened {
    by: ByCode,
    fee: FeeStanding,
}

/// What the panel shows.
#[derive(Clone)]
enum Shown {
    Fee(FeeStanding),
    /// The bank is being asked.
    Asking,
    Paying(ToPay),
    Wrong(String),
}

/// The code that this tab was paying for when it went to a provider's page.
pub fn left_for() -> Option<String> {
    away().map(|by| by.code)
}

/// Draws it for a dossier that costs something.
pub fn draw(code: &str, timeline: &Timeline) -> Html {
    let title = match timeline.fee {
        FeeWord::None => return Html::none(),
        FeeWord::Unpaid => Key::PayTitle,
        FeeWord::Paid => Key::PayTitlePaid,
        FeeWord::Refund => Key::PayTitleRefund,
    };
    // Whoever comes back is not asked for the digits again; in another tab they are, and where a session is over meanwhile.
    if let Some(by) = away().filter(|by| by.code == code && (timeline.own || !by.digits.is_empty())) {
        forget();
        let shown = RwSignal::new(Shown::Asking);
        ask_again(&by, shown);
        return panel(by, title, shown);
    }
    let opened = move |opened: Opened| {
        ui::focus_soon("pay");
        panel(opened.by, title, RwSignal::new(Shown::Fee(opened.fee)))
    };
    let open = if timeline.fee == FeeWord::Unpaid { Key::PayOpen } else { Key::ReplyOpen };
    digits::ask("pay-digits", (title, open), (code, timeline.own), load, opened)
}

async fn load(by: ByCode) -> Result<Opened, String> {
    let fee = standing(&by).await?;
    Ok(Opened { by, fee })
}

async fn standing(by: &ByCode) -> Result<FeeStanding, String> {
    let failed = || t(Key::FrameFailed).to_owned();
    let answer = payments::standing(by).await.map_err(|_| failed())?;
    if answer.status != 200 {
        return Err(said(&answer));
    }
    serde_json::from_str(&answer.body).map_err(|_| failed())
}

fn ask_again(by: &ByCode, shown: RwSignal<Shown>) {
    shown.set(Shown::Asking);
    let by = by.clone();
    background(async move {
        let next = match standing(&by).await {
            Ok(fee) => Shown::Fee(fee),
            Err(says) => Shown::Wrong(says),
        };
        drop(shown.try_set(next));
        ui::focus_soon("pay");
    });
}

fn panel(by: ByCode, title: Key, shown: RwSignal<Shown>) -> Html {
    let inner = move || match shown.get() {
        Shown::Asking => html! { <p role="status">{t(Key::PayAsking)}</p> },
        Shown::Wrong(says) => html! { <p class="warning" role="alert">{says}</p>{again(&by, shown)} },
        Shown::Fee(fee) => of_fee(&by, &fee, shown),
        Shown::Paying(to_pay) => paying(&by, &to_pay, shown),
    };
    let paid = move || shown.with(|shown| matches!(shown, Shown::Fee(fee) if fee.paid_at.is_some()));
    let title = move || t(if paid() { Key::PayTitlePaid } else { title });
    html! { <section id="pay" tabindex="-1" class="panel"><h2>{title}</h2>{inner}</section> }
}

/// Asks the bank once more.
fn again(by: &ByCode, shown: RwSignal<Shown>) -> Html {
    let by = by.clone();
    let ask = move |_| ask_again(&by, shown);
    html! { <p class="no-print"><button type="button" class="button quiet" on:click=ask>{t(Key::PayAskAgain)}</button></p> }
}

fn of_fee(by: &ByCode, fee: &FeeStanding, shown: RwSignal<Shown>) -> Html {
    let back = after::back(fee);
    if let Some(at) = fee.paid_at {
        let time = clock::moment(Moment(at));
        return html! {
            <p role="status"><b>{t(Key::PayReceived)}</b></p>
            {amount(fee.amount, &fee.words)}
            <p>{fill(Key::PayReceivedAt, &[("time", &time), ("agency", &fee.agency)])}</p>
            {after::receipt(by)}
            {back}
        };
    }
    if fee.amount == 0 {
        return back;
    }
    if fee.providers.is_empty() {
        return html! { {amount(fee.amount, &fee.words)}<p>{t(Key::PayNoWay)}</p>{back} };
    }
    let checking = fee.orders.iter().any(|order| order.standing == "checking");
    let status = match fee.orders.last() {
        None => Html::none(),
        Some(_) if checking => html! { <p class="warning" role="status">{t(Key::PayChecking)}</p>{again(by, shown)} },
        Some(last) if last.provider == "vietqr" => {
            html! { <p role="status">{t(Key::PayTransferWaits)}</p>{again(by, shown)} }
        }
        Some(_) => html! { <p class="warning" role="status">{t(Key::PayNotReceived)}</p>{again(by, shown)} },
    };
    let ways: Vec<_> = fee.providers.iter().filter(|_| !checking).map(|provider| way(by, provider, shown)).collect();
    let choose = (!checking).then(|| html! { <h3>{t(Key::PayChoose)}</h3> });
    html! {
        {status}
        {amount(fee.amount, &fee.words)}
        <p>{fill(Key::PayTo, &[("agency", &fee.agency)])}</p>
        {back}{choose}{ways}
    }
}

fn amount(amount: i64, words: &str) -> Html {
    html! { <p><b class="amount">{format!("{} đồng", group(amount))}</b><br />{words.to_owned()}</p> }
}

/// The button of a way to pay.
fn way(by: &ByCode, provider: &str, shown: RwSignal<Shown>) -> Html {
    let label = match provider {
        "vnpay" => Key::PayByVnpay,
        "momo" => Key::PayByMomo,
        _ => Key::PayByVietqr,
    };
    let (by, provider) = (by.clone(), provider.to_owned());
    // Pressed twice it is one order.
    let key = crate::state::draft::random_key();
    let begin = move |_| {
        let what = BeginPayment { code: by.code.clone(), digits: by.digits.clone(), provider: provider.clone() };
        let key = key.clone();
        shown.set(Shown::Asking);
        background(async move {
            let failed = || Shown::Wrong(t(Key::FrameFailed).to_owned());
            let next = match payments::begin(&key, &what).await {
                Ok(answer) if answer.status == 200 => {
                    serde_json::from_str(&answer.body).map_or_else(|_| failed(), Shown::Paying)
                }
                Ok(answer) => Shown::Wrong(said(&answer)),
                Err(_) => failed(),
            };
            drop(shown.try_set(next));
            ui::focus_soon("pay");
        });
    };
    html! { <p class="no-print"><button type="button" class="button quiet" on:click=begin>{t(label)}</button></p> }
}

fn paying(by: &ByCode, to_pay: &ToPay, shown: RwSignal<Shown>) -> Html {
    let picture = qr::of_rows(&to_pay.qr, t(Key::PayQr).to_owned());
    let until = fill(Key::PayUntil, &[("time", &clock::moment(Moment(to_pay.until)))]);
    let how = match (&to_pay.transfer, &to_pay.pay_url) {
        (Some(transfer), _) => transfer::draw(to_pay, transfer),
        (None, Some(page)) => {
            let by = by.clone();
            let leave = move |_| remember(&by);
            let label = if to_pay.provider == "momo" { Key::PayGoMomo } else { Key::PayGoVnpay };
            html! { <p class="no-print"><a class="button" href=page.clone() on:click=leave>{t(label)}</a></p> }
        }
        (None, None) => Html::none(),
    };
    html! { {amount(to_pay.amount, &to_pay.words)}{picture}{how}<p class="hint">{until}</p>{again(by, shown)} }
}

fn tab() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn away() -> Option<ByCode> {
    serde_json::from_str(&tab()?.get_item(AWAY).ok()??).ok()
}

/// A tab that keeps nothing asks for code and digits again.
fn remember(by: &ByCode) {
    if let (Some(tab), Ok(text)) = (tab(), serde_json::to_string(by)) {
        drop(tab.set_item(AWAY, &text));
    }
}

fn forget() {
    if let Some(tab) = tab() {
        drop(tab.remove_item(AWAY));
    }
}
