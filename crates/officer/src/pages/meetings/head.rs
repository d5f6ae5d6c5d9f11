//! The meeting itself: where, when, who leads and who writes, who signs.

use super::field::{Line, line};
use super::hall::Hall;
use ui::prelude::*;
use ui::{Html, html};

static VILLAGE: Line =
    Line { place: "village", label: "Thôn, bản, khu phố", hint: "", kind: "text", of: |words| &mut words.village };
static PLACE: Line = Line {
    place: "place",
    label: "Nơi họp",
    hint: "Ví dụ nhà văn hóa thôn.",
    kind: "text",
    of: |words| &mut words.place,
};
static DAY: Line = Line { place: "day", label: "Ngày họp", hint: "", kind: "date", of: |words| &mut words.day };
static BEGUN: Line =
    Line { place: "begun", label: "Giờ bắt đầu", hint: "", kind: "time", of: |words| &mut words.begun };
static ENDED: Line =
    Line { place: "ended", label: "Giờ kết thúc", hint: "", kind: "time", of: |words| &mut words.ended };
static CHAIR: Line = Line {
    place: "chair",
    label: "Chủ trì",
    hint: "Họ và tên trưởng thôn.",
    kind: "text",
    of: |words| &mut words.chair,
};
static SECRETARY: Line =
    Line { place: "secretary", label: "Thư ký", hint: "", kind: "text", of: |words| &mut words.secretary };
static REPRESENTATIVES: Line = Line {
    place: "representatives/0",
    label: "Đại diện hộ dân ký biên bản",
    hint: "Nhiều người thì cách nhau bằng dấu phẩy.",
    kind: "text",
    of: |words| &mut words.representatives,
};
static INVITED: Line =
    Line {
        place: "invited", label: "Số người được mời", hint: "", kind: "number", of: |words| &mut words.invited
    };

pub fn draw(hall: Hall) -> Html {
    let urban = hall.peek(|kept| kept.words.urban).unwrap_or_default();
    let area = move |id: &'static str, says: &'static str, value: bool| {
        let keep = move |_| hall.change(|kept| kept.words.urban = value);
        html! {
            <label class="choice" for=id><input type="radio" id=id name="area" prop:checked=urban == value on:change=keep /><span>{says}</span></label>
        }
    };
    html! {
        <section aria-labelledby="head-title">
            <h2 id="head-title">"2. Cuộc họp"</h2>
            <div class="meeting-fields">
                {line(hall, &VILLAGE)}
                {line(hall, &PLACE)}
                {line(hall, &DAY)}
                {line(hall, &BEGUN)}
                {line(hall, &CHAIR)}
                {line(hall, &SECRETARY)}
                {line(hall, &REPRESENTATIVES)}
                {line(hall, &INVITED)}
            </div>
            <fieldset class="area">
                <legend class="label">"Khu vực tính điểm"</legend>
                {area("area-rural", "Nông thôn", false)}
                {area("area-urban", "Thành thị", true)}
            </fieldset>
        </section>
    }
}

/// What is known when the meeting is over.
pub fn end(hall: Hall) -> Html {
    let now = hall.peek(|kept| kept.words.note.clone()).unwrap_or_default();
    let write = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        hall.change(|kept| kept.words.note = text);
    };
    html! {
        <section aria-labelledby="end-title">
            <h2 id="end-title">"5. Kết thúc"</h2>
            <div class="meeting-fields">{line(hall, &ENDED)}</div>
            <div class="field">
                <label class="label" for="m-note">"Ý kiến khác"</label>
                {super::field::problem(hall, "note")}
                <textarea id="m-note" rows="3" aria-describedby="m-note-problem" prop:value=now on:input=write></textarea>
            </div>
        </section>
    }
}
