//! Bringing a bank's statement: what was read of it, and what each line paid, row by row.

use super::{Till, standing_tag, tell};
use crate::client::Request;
use crate::clock;
use crate::task::background;
use form::kind::money::group;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsCast as _;
use wire::{BadLine, StatementLine, StatementRead};

/// Where the chosen file is.
const FILE: &str = "statement";

pub fn draw(till: Till) -> Html {
    let wrong = RwSignal::new(String::new());
    let sending = RwSignal::new(false);
    let came = RwSignal::new(None::<StatementRead>);
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if sending.get_untracked() {
            return;
        }
        let Some(file) = chosen() else {
            wrong.set("Hãy chọn tệp sao kê tải từ ngân hàng, loại .xlsx hoặc .csv.".to_owned());
            return ui::focus(FILE);
        };
        wrong.set(String::new());
        sending.set(true);
        background(async move {
            let request =
                Request::send_file("/api/v1/desk/statements", file.into(), "application/octet-stream".to_owned());
            match request.json::<StatementRead>().await {
                Ok(read) => {
                    tell(&summary(&read));
                    // The officer may have left the page meanwhile.
                    came.try_set(Some(read));
                    till.load();
                    ui::focus_soon("came");
                }
                Err(failure) => {
                    wrong.try_set(failure.says());
                    ui::focus_soon(FILE);
                }
            }
            sending.try_set(false);
        });
    };
    let bad = move || wrong.with(|wrong| !wrong.is_empty());
    html! {
        <details class="adding">
            <summary>"Đưa sao kê ngân hàng vào"</summary>
            <form on:submit=submit novalidate>
                <p class="hint" id="statement-hint">"Khoản chuyển khoản chỉ được ghi nhận nhờ sao kê. Tệp cần có các cột ngày giao dịch, số tham chiếu, số tiền ghi có, nội dung. Đưa cùng một tệp nhiều lần không ghi hai lần."</p>
                <div class="field" class:bad=bad>
                    <label class="label" for=FILE>"Tệp sao kê, loại .xlsx hoặc .csv"</label>
                    <p class="bad-text" id="statement-problem" role="alert">{move || wrong.get()}</p>
                    <input type="file" id=FILE accept=".xlsx,.csv,text/csv" aria-describedby="statement-hint statement-problem"
                        aria-invalid=move || bad().to_string() />
                </div>
                <button class="button">{move || if sending.get() { "Đang đọc…" } else { "Đọc sao kê" }}</button>
            </form>
            {move || came.get().map(|read| result(&read))}
        </details>
    }
}

fn chosen() -> Option<web_sys::File> {
    let input = document().get_element_by_id(FILE)?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    input.files()?.get(0)
}

fn summary(read: &StatementRead) -> String {
    let StatementRead { matched, unmatched, bad } = read;
    let all = matched.len() + unmatched.len() + bad.len();
    let known = matched.iter().filter(|line| line.before).count();
    let known = if known == 0 { String::new() } else { format!(" ({known} khoản đã biết từ trước)") };
    format!(
        "{all} dòng có tiền vào: {} khớp{known}, {} không khớp, {} không đọc được.",
        matched.len(),
        unmatched.len(),
        bad.len()
    )
}

fn result(read: &StatementRead) -> Html {
    let bad: Vec<_> = read.bad.iter().map(unread).collect();
    let unmatched: Vec<_> = read.unmatched.iter().map(|one| line(one, false)).collect();
    let matched: Vec<_> = read.matched.iter().map(|one| line(one, true)).collect();
    let table = (bad.len() + unmatched.len() + matched.len() > 0).then(|| {
        html! {
            <table class="people" role="table" aria-label="Từng dòng của sao kê">
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">"Kết quả"</th>
                        <th role="columnheader" scope="col" class="number">"Số tiền"</th>
                        <th role="columnheader" scope="col">"Ngày, số tham chiếu"</th>
                        <th role="columnheader" scope="col">"Nội dung"</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{bad}{unmatched}{matched}</tbody>
            </table>
        }
    });
    html! { <section id="came" tabindex="-1" aria-label="Kết quả đọc sao kê"><h2>{summary(read)}</h2>{table}</section> }
}

fn unread(bad: &BadLine) -> Html {
    html! {
        <tr role="row">
            <td role="cell"><span class="tag late">"Không đọc được"</span></td>
            <td role="cell" class="number"></td>
            <td role="cell">{format!("Dòng {} của tệp", bad.line)}</td>
            <td role="cell">{bad.says.clone()}</td>
        </tr>
    }
}

fn line(line: &StatementLine, matched: bool) -> Html {
    let tag = match (matched, line.before) {
        (false, _) => html! { <span class="tag wait">"Không khớp"</span> },
        (true, true) => html! { <span class="tag quiet">"Đã biết từ trước"</span> },
        (true, false) => standing_tag(&line.standing),
    };
    let hint = (!matched).then(|| {
        html! { <small>"Không có mã MC… của lượt nộp nào thuộc đơn vị. Hãy hỏi ngân hàng hoặc người chuyển."</small> }
    });
    html! {
        <tr role="row">
            <td role="cell">{tag}</td>
            <td role="cell" class="number" data-name="Số tiền">{format!("{} đồng", group(line.amount))}</td>
            <td role="cell">{clock::moment(line.at)}<small class="id">{line.transaction.clone()}</small></td>
            <td role="cell">{line.says.clone()}{hint}</td>
        </tr>
    }
}
