//! "Thu phí": what was paid for dossiers in some days, what is to be given back, and the bank's statement. Period and standing
//! are in the address, so that they can be kept and sent on.

mod row;
mod statement;

use super::period;
use crate::app::{self, app};
use crate::client::{Failure, Request};
use crate::places::{self, Place};
use crate::route::{Page, Period};
use crate::task::background;
use form::kind::money::group;
use row::Asked;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPayment, DeskPayments, Me};

const TITLE: &str = "Thu phí";
/// A page shows so many orders; a shorter period shows the others.
const MOST: usize = 200;

/// The lists: name in the address, what the link says, and which standings are in it.
const LISTS: [(&str, &str, &[&str]); 5] = [
    ("", "Tất cả", &[]),
    ("to-refund", "Phải hoàn", &["to-refund"]),
    ("waiting", "Đang chờ", &["open", "failed", "checking"]),
    ("paid", "Đã nộp", &["paid"]),
    ("refunded", "Đã hoàn", &["refunded"]),
];

/// What the parts of the page share; cheap to copy.
#[derive(Clone, Copy)]
struct Till {
    /// The orders, or why they are not there.
    all: RwSignal<Option<Result<DeskPayments, Failure>>>,
    /// What is asked about giving one of them back.
    asked: RwSignal<Option<Asked>>,
    /// The part of the address behind `?` that names the period.
    query: RwSignal<String>,
}

impl Till {
    /// Fetches the orders. What is shown stays until the new ones are there.
    fn load(self) {
        let path = format!("/api/v1/desk/payments{}", self.query.get_untracked());
        background(async move {
            let found = Request::get(path).json::<DeskPayments>().await;
            // The officer may have gone elsewhere meanwhile.
            self.all.try_set(Some(found));
        });
    }
}

pub fn draw(asked: &Period, standing: &str, me: &Me) -> Html {
    app::title(TITLE);
    let period = period::whole(asked);
    let query = RwSignal::new(period.query());
    let till = Till { all: RwSignal::new(None), asked: RwSignal::new(None), query };
    till.load();
    let standing = standing.to_owned();
    let opens = places::of(me).contains(&Place::Work);
    let choice = {
        let standing = standing.clone();
        let chosen = RwSignal::new(standing);
        period::choice(&period, move |period| Page::Payments(period, chosen.get_untracked()))
    };
    let inside = move || match till.all.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không xem các khoản thu. Cần xem thì nhờ người quản trị của đơn vị."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| {
            till.all.set(None);
            till.load();
        }),
        Some(Ok(found)) => html! {
            {sums(&found)}
            {lists(&found, &period, &standing)}
            {table(till, &found, &standing, opens)}
        },
    };
    // The statement stays while the list behind it is fetched anew.
    let may_bring = Memo::new(move |_| till.all.with(|all| matches!(all, Some(Ok(found)) if found.may_bring)));
    html! {
        <h1>{TITLE}</h1>
        {choice}
        {move || may_bring.get().then(|| statement::draw(till))}
        {inside}
    }
}

fn sums(found: &DeskPayments) -> Html {
    let one = |says: &'static str, hint: &'static str, amount: i64| {
        html! { <div><dt>{says}<small>{hint}</small></dt><dd>{format!("{} đồng", group(amount))}</dd></div> }
    };
    html! {
        <dl class="sums">
            {one("Đã thu", "trong các ngày này", found.taken)}
            {one("Phải hoàn", "đến lúc này, kể cả cũ", found.to_refund)}
            {one("Đã hoàn", "trong các ngày này", found.refunded)}
        </dl>
    }
}

/// Whether an order belongs on a list.
fn is_on(row: &DeskPayment, standings: &[&str]) -> bool {
    standings.is_empty() || standings.contains(&row.standing.as_str())
}

fn lists(found: &DeskPayments, period: &Period, standing: &str) -> Html {
    let links: Vec<_> = LISTS
        .into_iter()
        .map(|(name, says, standings)| {
            let count = found.rows.iter().filter(|row| is_on(row, standings)).count();
            let current = (name == standing).then(|| "page".to_owned());
            let class = if name == "to-refund" && count > 0 { "urgent" } else { "" };
            let to = Page::Payments(period.clone(), name.to_owned()).address();
            html! { <li><a href=to class=class aria-current=current>{says}" "<b>{count.to_string()}</b></a></li> }
        })
        .collect();
    html! { <nav class="tabs" aria-label="Lọc khoản thu"><ul>{links}</ul></nav> }
}

fn table(till: Till, found: &DeskPayments, standing: &str, opens: bool) -> Html {
    let standings = LISTS.iter().find(|(name, ..)| *name == standing).map_or(&[][..], |(.., standings)| standings);
    let rows: Vec<_> = found.rows.iter().filter(|row| is_on(row, standings)).collect();
    if rows.is_empty() {
        return html! { <p class="nothing">"Không có khoản nào. Chọn ngày khác hoặc danh sách khác ở trên."</p> };
    }
    let more = (rows.len() > MOST).then(|| {
        let says = format!(
            "{} khoản; đang hiện {MOST} khoản đầu, hãy chọn khoảng ngày ngắn hơn để thấy khoản khác.",
            rows.len()
        );
        html! { <p class="hint">{says}</p> }
    });
    let rows: Vec<_> = rows.into_iter().take(MOST).map(|row| row::draw(till, row, opens)).collect();
    // Roles are written out, because a table drawn as cards on a phone would lose them.
    html! {
        {more}
        <table class="people payments" role="table" aria-label=TITLE>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Hồ sơ"</th>
                    <th role="columnheader" scope="col">"Cách nộp, số giao dịch"</th>
                    <th role="columnheader" scope="col" class="number">"Số tiền"</th>
                    <th role="columnheader" scope="col">"Trạng thái"</th>
                    <th role="columnheader" scope="col">"Việc làm"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

/// What an officer hears when something was done.
fn tell(says: &str) {
    app().told.set(says.to_owned());
}

/// The tag of where an order stands.
fn standing_tag(standing: &str) -> Html {
    let (class, says) = match standing {
        "paid" => ("tag ok", "Đã nộp"),
        "to-refund" => ("tag late", "Phải hoàn"),
        "refunded" => ("tag quiet", "Đã hoàn"),
        "checking" => ("tag wait", "Chờ ngân hàng xác nhận"),
        "failed" => ("tag wait", "Nộp chưa được"),
        "open" => ("tag wait", "Chờ nộp"),
        _ => ("tag quiet", "Không dùng nữa"),
    };
    html! { <span class=class>{says}</span> }
}

/// What a way to pay is called.
fn way(provider: &str) -> &'static str {
    match provider {
        "vnpay" => "VNPay",
        "momo" => "Ví MoMo",
        _ => "Chuyển khoản VietQR",
    }
}
