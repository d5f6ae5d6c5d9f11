//! Đối chiếu bản chính: each paper without a valid digital signature, and what its original shows. Asked where the result is
//! handed over, and nowhere else.

use super::desk::Desk;
use crate::acts::original_place;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::DeskOriginal;

pub fn draw(desk: Desk) -> Html {
    let all = desk.peek(|dossier| dossier.originals.clone()).unwrap_or_default();
    if all.is_empty() {
        return html! { <p class="hint" id="originals">"Không phải đối chiếu bản chính."</p> };
    }
    let rows: Vec<_> = all.iter().map(|one| original(desk, one)).collect();
    html! {
        <div id="originals" tabindex="-1">
            <p><b>"Đối chiếu bản chính"</b><br /><small>"Giấy tờ chưa có chữ ký số hợp lệ: xem bản chính người dân mang đến."</small></p>
            {rows}
        </div>
    }
}

fn original(desk: Desk, one: &DeskOriginal) -> Html {
    let found = RwSignal::new(desk.sheet.text(&original_place(&one.paper, "found")));
    let (place, words) = (original_place(&one.paper, "found"), original_place(&one.paper, "differs"));
    let choice = |value: &'static str, says: &'static str| {
        let (place, id) = (place.clone(), format!("original-{}-{value}", one.paper));
        let checked = found.get_untracked() == value;
        let choose = move |_| {
            found.set(value.to_owned());
            desk.sheet.write(&place, value);
        };
        html! {
            <label class="choice" for=id.clone()>
                <input type="radio" id=id.clone() name=format!("original-{}", one.paper) value=value prop:checked=checked on:change=choose />
                <span>{says}</span>
            </label>
        }
    };
    let (id, kept) = (format!("differs-{}", one.paper), desk.sheet.text(&words));
    let differs = move || {
        let (id, words, kept) = (id.clone(), words.clone(), kept.clone());
        (found.get() == "differs").then(|| {
            html! {
                <label class="label" for=id.clone()>"Khác ở đâu, vì sao vẫn trả kết quả"</label>
                <input type="text" id=id autocomplete="off" aria-describedby="panel-problem"
                    prop:value=kept on:input=move |event| desk.sheet.write(&words, &typed(&event)) />
            }
        })
    };
    html! {
        <fieldset class="field original">
            <legend class="label">{one.name.clone()}</legend>
            {choice("same", "Đã xem bản chính, khớp")}
            {choice("differs", "Bản chính có chỗ khác")}
            {differs}
        </fieldset>
    }
}
