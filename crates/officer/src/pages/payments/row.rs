//! One order, and giving back what is not owed of it: the first officer asks, another one confirms.

use super::{Till, standing_tag, tell, way};
use crate::client::{Failure, Request};
use crate::clock;
use crate::task::background;
use form::kind::money::group;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPayment, GiveBack, RefundRequest};

/// A step of giving back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Ask,
    Confirm,
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Confirm => "confirm",
        }
    }

    const fn says(self) -> &'static str {
        match self {
            Self::Ask => "Đề nghị hoàn",
            Self::Confirm => "Xác nhận hoàn",
        }
    }
}

/// What is asked about a payment.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    order: String,
    transaction: String,
    step: Step,
    /// What went wrong before; nothing while it is being done.
    wrong: Option<String>,
}

pub fn draw(till: Till, row: &DeskPayment, opens: bool) -> Html {
    let number = row.number.clone().unwrap_or_else(|| "Chưa có mã hồ sơ".to_owned());
    let dossier = if opens {
        html! { <a href=format!("/officer/dossiers/{}", row.dossier)>{number}</a> }
    } else {
        html! { <b>{number}</b> }
    };
    let transaction = row.transaction.clone().unwrap_or_else(|| format!("Lượt nộp {}", row.order));
    let when = match (row.refunded_at, row.paid_at) {
        (Some(at), None) => format!("hoàn {}", clock::moment(at)),
        (_, Some(at)) => format!("nộp {}", clock::moment(at)),
        _ => format!("bắt đầu {}", clock::moment(row.made_at)),
    };
    let back: Vec<_> = row.to_give_back.iter().map(|back| give_back(till, row, back)).collect();
    html! {
        <tr role="row">
            <td role="rowheader">{dossier}<small>{row.agency.clone()}</small></td>
            <td role="cell">{way(&row.provider)}<small class="id">{transaction}</small></td>
            <td role="cell" class="number" data-name="Số tiền">{format!("{} đồng", group(row.amount))}</td>
            <td role="cell">{standing_tag(&row.standing)}<small>{when}</small></td>
            <td role="cell" class="deeds">{back}</td>
        </tr>
    }
}

fn give_back(till: Till, row: &DeskPayment, back: &GiveBack) -> Html {
    let amount = format!("{} đồng", group(back.amount));
    let step = if back.confirmable { Some(Step::Confirm) } else { back.askable.then_some(Step::Ask) };
    let asked = back.asked_by.clone().zip(back.asked_at).map(|(name, at)| {
        let waits = if back.confirmable { "" } else { " Chờ cán bộ khác xác nhận." };
        html! { <p>{format!("{name} đề nghị hoàn {amount} lúc {}.{waits}", clock::moment(at))}</p> }
    });
    let what =
        asked.is_none().then(|| html! { <p>{format!("Phải hoàn {amount}, giao dịch {}.", back.transaction)}</p> });
    let button = step.map(|step| {
        let (order, transaction) = (row.order.clone(), back.transaction.clone());
        let ask = move |_| {
            let busy = till.asked.with_untracked(|asked| asked.as_ref().is_some_and(|asked| asked.wrong.is_none()));
            if !busy {
                let (order, transaction) = (order.clone(), transaction.clone());
                till.asked.set(Some(Asked { order, transaction, step, wrong: Some(String::new()) }));
                ui::focus_soon("really");
            }
        };
        let label = format!("{} {amount}, giao dịch {}", step.says(), back.transaction);
        html! { <button type="button" class="button quiet small" aria-label=label on:click=ask>{step.says()}</button> }
    });
    let (row, back) = (row.clone(), back.clone());
    let panel = move || {
        let asked = till.asked.get();
        let asked = asked.filter(|asked| asked.order == row.order && asked.transaction == back.transaction);
        asked.map(|asked| panel(till, &row, &back, &asked))
    };
    html! { {what}{asked}{button}{panel} }
}

fn panel(till: Till, row: &DeskPayment, back: &GiveBack, asked: &Asked) -> Html {
    let Some(wrong) = asked.wrong.clone() else {
        return html! { <p role="status">"Đang gửi…"</p> };
    };
    let amount = format!("{} đồng", group(back.amount));
    let (step, asks) = (asked.step, format!("{} {amount}?", asked.step.says()));
    let class = if step == Step::Confirm { "button danger small" } else { "button small" };
    let again = asked.clone();
    let act = move |_| act(till, again.clone());
    let close = move |_| till.asked.set(None);
    html! {
        <div class="really" id="really" tabindex="-1" role="group" aria-label=asks.clone()>
            <p><b>{asks}</b>" "{warns(step, row, back, &amount)}</p>
            <p class="bad-text" role="alert">{wrong}</p>
            <div class="row2">
                <button type="button" class=class on:click=act>{format!("Đồng ý {}", step.says().to_lowercase())}</button>
                <button type="button" class="button quiet small" on:click=close>"Thôi"</button>
            </div>
        </div>
    }
}

/// What the step does to the money.
fn warns(step: Step, row: &DeskPayment, back: &GiveBack, amount: &str) -> String {
    let number = &back.transaction;
    match (step, row.provider.as_str()) {
        (Step::Ask, _) => {
            "Tiền chưa đi: một cán bộ khác phải xác nhận. Không tự xác nhận đề nghị của mình được.".to_owned()
        }
        (Step::Confirm, "vietqr") => format!(
            "Trước hết hãy chuyển {amount} về đúng tài khoản đã chuyển đến (xem sao kê, giao dịch {number}). Bấm đồng ý là xác nhận tiền đã chuyển."
        ),
        (Step::Confirm, provider) => {
            let to = if provider == "momo" { "ví MoMo" } else { "thẻ hoặc tài khoản" };
            format!("Bấm đồng ý thì tiền đi ngay về {to} của người nộp (giao dịch {number}), không lấy lại được.")
        }
    }
}

fn act(till: Till, asked: Asked) {
    till.asked.set(Some(Asked { wrong: None, ..asked.clone() }));
    let path = format!("/api/v1/desk/payments/{}/refund", asked.order);
    let (transaction, step) = (asked.transaction.clone(), asked.step.name().to_owned());
    background(async move {
        match Request::post(path, &RefundRequest { transaction, step }).json::<DeskPayment>().await {
            Ok(_) => {
                tell(if asked.step == Step::Ask { "Đã đề nghị hoàn tiền" } else { "Đã hoàn tiền" });
                till.asked.try_set(None);
                till.load();
            }
            Err(failure) => {
                till.asked.try_set(Some(Asked { wrong: Some(told(&failure)), ..asked }));
                ui::focus_soon("really");
            }
        }
    });
}

fn told(failure: &Failure) -> String {
    if failure.code() == "provider-silent" {
        return "Cổng thanh toán chưa trả lời, nên chưa biết tiền đã đi chưa. Vài phút nữa hãy bấm lại: bấm nhiều lần cũng chỉ hoàn một lần.".to_owned();
    }
    failure.says()
}
