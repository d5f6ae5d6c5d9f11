//! Making officers from a list: a file, or rows copied from a spreadsheet. What was made shows its links this once; what was
//! not taken stays in the field, to be mended and sent again.

use super::{Office, link};
use crate::app::app;
use crate::client::Request;
use crate::task::background;
use crate::{clock, rows};
use ui::blob;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsCast as _;
use wire::{AddedOfficer, BadOfficerRow, OfficerList, OfficerSheet, OfficersAdded};

/// The media type of a workbook.
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What an empty field shows of how it is meant.
const EXAMPLE: &str = "họ tên\tsố CCCD\tđiện thoại\tđơn vị\tvai trò";

/// What came of the last list: the answer, and the names of the rows that were not taken.
type Came = RwSignal<Option<(OfficersAdded, Vec<String>)>>;

pub fn draw(office: Office) -> Html {
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let mended = RwSignal::new(Vec::new());
    let sending = RwSignal::new(false);
    let came: Came = RwSignal::new(None);
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if sending.get_untracked() {
            return;
        }
        let rows = text.with_untracked(|text| rows::read(text));
        if rows.len() < 2 {
            wrong.set("Hãy chọn tệp hoặc dán danh sách: dòng đầu là tên cột, mỗi dòng sau là một người.".to_owned());
            return ui::focus("list");
        }
        wrong.set(String::new());
        sending.set(true);
        background(async move {
            let list = OfficerList { rows };
            match Request::post("/api/v1/officers", &list).json::<OfficersAdded>().await {
                Ok(added) => {
                    let names = added.bad.iter().map(|bad| name(&list.rows, bad.row)).collect();
                    // The officer may have left the page meanwhile.
                    text.try_set(left(&list.rows, &added));
                    app().told.set(format!(
                        "Đã thêm {} người, {} dòng chưa thêm được",
                        added.added.len(),
                        added.bad.len()
                    ));
                    came.try_set(Some((added, names)));
                    office.load();
                    ui::focus_soon("came");
                }
                Err(failure) => {
                    wrong.try_set(failure.says());
                    ui::focus_soon("list");
                }
            }
            sending.try_set(false);
        });
    };
    let bad = move || wrong.with(|wrong| !wrong.is_empty());
    html! {
        <details class="adding">
            <summary>"Thêm theo danh sách"</summary>
            <form on:submit=submit novalidate>
                <p class="hint" id="list-hint">"Dòng đầu là tên cột: họ tên, số CMND/CCCD, điện thoại, đơn vị, vai trò. Mỗi dòng sau là một người, nhiều vai trò cách nhau bằng dấu phẩy. Không ghi vai trò thì là công chức một cửa."</p>
                <div class="field">
                    <label class="label" for="list-file">"Chọn tệp Excel (.xlsx) hoặc CSV"</label>
                    <input type="file" id="list-file" accept=".xlsx,.csv,.tsv,.txt,text/csv" on:change=move |event| take(&event, text, wrong, mended) />
                </div>
                <div class="field" class:bad=bad>
                    <label class="label" for="list">"Hoặc dán các dòng chép từ bảng tính"</label>
                    <p class="bad-text" id="list-problem" role="alert">{move || wrong.get()}</p>
                    <textarea id="list" rows="6" spellcheck="false" placeholder=EXAMPLE aria-describedby="list-hint list-problem"
                        aria-invalid=move || bad().to_string() prop:value=move || text.get()
                        on:input=move |event| text.set(event_target_value(&event))></textarea>
                </div>
                {move || mended.with(|all| looked_over(all))}
                <button class="button">{move || if sending.get() { "Đang thêm…" } else { "Thêm" }}</button>
            </form>
            {move || came.get().map(|(added, names)| result(&added, &names))}
        </details>
    }
}

/// Puts the text of a chosen file into the field, where it can be looked at before it is sent.
///
/// A workbook is read by the API.
fn take(event: &web_sys::Event, text: RwSignal<String>, wrong: RwSignal<String>, mended: RwSignal<Vec<BadOfficerRow>>) {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
    background(async move {
        mended.try_set(Vec::new());
        if file.name().to_lowercase().ends_with(".xlsx") {
            let request = Request::send_file("/api/v1/officers/sheet", file.into(), SHEET.to_owned());
            match request.json::<OfficerSheet>().await {
                Ok(sheet) => {
                    wrong.try_set(String::new());
                    text.try_set(rows::written(&sheet.rows.iter().collect::<Vec<_>>()));
                    mended.try_set(sheet.mended);
                }
                Err(failure) => drop(wrong.try_set(failure.says())),
            }
            return ui::focus_soon("list");
        }
        let read = blob::read(&file).await.and_then(|bytes| String::from_utf8(bytes).ok());
        // The officer may have left the page meanwhile.
        match read {
            Some(read) => {
                wrong.try_set(String::new());
                text.try_set(read);
            }
            None => {
                let says = "Không đọc được tệp này. Trong bảng tính hãy lưu thành “Excel Workbook (.xlsx)” hoặc “CSV UTF-8”, hoặc chép các dòng rồi dán vào ô dưới đây.";
                wrong.try_set(says.to_owned());
            }
        }
        ui::focus_soon("list");
    });
}

/// What was mended in a workbook on the way, so that somebody looks at it before anybody is made.
fn looked_over(mended: &[BadOfficerRow]) -> Option<Html> {
    let rows: Vec<_> =
        mended.iter().map(|one| html! { <li><b>{format!("Dòng {}: ", one.row)}</b>{one.says.clone()}</li> }).collect();
    (!rows.is_empty()).then(
        || html! { <div class="warning" role="status"><p><b>"Đã sửa giúp, hãy xem lại"</b></p><ul>{rows}</ul></div> },
    )
}

/// The first words of a row, by which its officer is known; rows are counted from 1 on.
fn name(rows: &[Vec<String>], row: usize) -> String {
    let named = |row: &Vec<String>| row.iter().find(|cell| cell.chars().any(char::is_alphabetic)).cloned();
    row.checked_sub(1).and_then(|place| rows.get(place)).and_then(named).unwrap_or_default()
}

/// The list without what was taken: its first row and the bad ones; nothing when all were taken.
fn left(rows: &[Vec<String>], added: &OfficersAdded) -> String {
    if added.bad.is_empty() {
        return String::new();
    }
    let taken = |place: usize| added.added.iter().any(|one| one.row == place + 1);
    let kept: Vec<_> = rows.iter().enumerate().filter(|(place, _)| !taken(*place)).map(|(_, row)| row).collect();
    rows::written(&kept)
}

fn result(came: &OfficersAdded, names: &[String]) -> Html {
    let bad: Vec<_> = came
        .bad
        .iter()
        .zip(names)
        .map(|(bad, name)| html! { <li><b>{format!("Dòng {}", bad.row)}{(bad.row > 1).then(|| format!(", {name}"))}": "</b>{bad.says.clone()}</li> })
        .collect();
    let bad = (!bad.is_empty()).then(|| {
        html! {
            <div class="warning">
                <h2>{format!("{} dòng chưa thêm được", bad.len())}</h2>
                <ul>{bad}</ul>
                <p>"Các dòng này vẫn còn trong ô trên: sửa rồi bấm “Thêm” lần nữa."</p>
            </div>
        }
    });
    html! {
        <section id="came" tabindex="-1" aria-label="Kết quả thêm cán bộ">{bad}{links(&came.added)}</section>
    }
}

fn links(added: &[AddedOfficer]) -> Option<Html> {
    let until = added.first()?.until;
    let line = |one: &AddedOfficer| format!("{}\t{}", one.name, link::whole(&one.link));
    let all = added.iter().map(line).collect::<Vec<_>>().join("\n");
    let says = RwSignal::new("Sao chép tất cả");
    let each: Vec<_> = added
        .iter()
        .map(|one| html! { <li><b>{one.name.clone()}</b>{link::draw(&one.name, &one.link, one.until)}</li> })
        .collect();
    let count = format!("Đã thêm {} người", added.len());
    Some(html! {
        <h2>{count}</h2>
        <p>"Trao cho mỗi người đường dẫn của họ để đặt mật khẩu. "<b>"Các đường dẫn chỉ hiện lần này"</b>", dùng được đến "{clock::moment(until)}". Rời trang này là không xem lại được, chỉ cấp lại được."</p>
        <button type="button" class="button quiet small" on:click=move |_| link::copy(all.clone(), says)>{move || says.get()}</button>
        <ul class="links">{each}</ul>
    })
}
