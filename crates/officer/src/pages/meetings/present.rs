//! Who is present: names are added one after the other without leaving the keyboard, or several at once.

use super::field::{Line, id, line, problem};
use super::hall::Hall;
use crate::meeting;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::MeetingPresent;

static ON_PAPER: Line = Line {
    place: "on_paper",
    label: "Số người chỉ ký trên danh sách giấy",
    hint: "Không tính những người đã có tên ở trên.",
    kind: "number",
    of: |words| &mut words.on_paper,
};

pub fn draw(hall: Hall) -> Html {
    let name = RwSignal::new(String::new());
    let household = RwSignal::new(String::new());
    let add = move |event: web_sys::Event| {
        event.prevent_default();
        let names = meeting::names(&name.get_untracked());
        if !names.is_empty() {
            let of = household.get_untracked().trim().to_owned();
            let new = names.into_iter().map(|name| MeetingPresent { name, household: of.clone() });
            hall.change(|kept| kept.present.extend(new));
            name.set(String::new());
            household.set(String::new());
        }
        ui::focus("present-name");
    };
    let list = Memo::new(move |_| hall.with(|kept| kept.present.clone()).unwrap_or_default());
    let rows = move || {
        let rows: Vec<_> =
            list.get().into_iter().enumerate().rev().map(|(place, one)| row(hall, place, &one)).collect();
        (!rows.is_empty()).then(|| html! { <ul class="list present">{rows}</ul> })
    };
    let count = move || hall.with(crate::meeting::Kept::present).unwrap_or_default();
    html! {
        <section aria-labelledby="present-title">
            <h2 id="present-title">"3. Người có mặt"</h2>
            <p class="count" role="status"><b>{move || count().to_string()}</b>" người có mặt"</p>
            <div id=id("present") tabindex="-1">{problem(hall, "present")}</div>
            <form class="add" on:submit=add novalidate>
                <div class="field">
                    <label class="label" for="present-name">"Họ và tên"</label>
                    <p class="hint" id="present-hint">"Nhiều người thì cách nhau bằng dấu phẩy. Tính cả chủ trì, thư ký và cán bộ dự họp."</p>
                    <input type="text" id="present-name" autocomplete="off" enterkeyhint="done" aria-describedby="present-hint" prop:value=move || name.get() on:input=move |event| name.set(typed(&event)) />
                </div>
                <div class="field">
                    <label class="label" for="present-household">"Hộ gia đình hoặc chức danh"</label>
                    <input type="text" id="present-household" autocomplete="off" enterkeyhint="done" prop:value=move || household.get() on:input=move |event| household.set(typed(&event)) />
                </div>
                <button class="button quiet">"Thêm vào danh sách"</button>
            </form>
            {rows}
            {line(hall, &ON_PAPER)}
        </section>
    }
}

fn row(hall: Hall, place: usize, one: &MeetingPresent) -> Html {
    let label = format!("Xóa {}", one.name);
    let take = move |_| {
        hall.change(|kept| {
            if place < kept.present.len() {
                kept.present.remove(place);
            }
        });
        ui::focus("present-name");
    };
    let at = format!("present/{place}");
    html! {
        <li id=id(&at) tabindex="-1">
            <div>{format!("{}. ", place + 1)}<b>{one.name.clone()}</b><small>{one.household.clone()}</small>{problem(hall, &at)}</div>
            <button type="button" class="link" aria-label=label on:click=take>"Xóa"</button>
        </li>
    }
}
