//! What can be done with a petition: the buttons, and the panel of the act that was begun.

use super::one::Board;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskPetition, PetitionAct, PetitionUnit};

/// An act as the page knows it.
struct Known {
    name: &'static str,
    button: &'static str,
    /// Against the citizen, so in another colour.
    against: bool,
    /// What happens by it, above its fields.
    about: &'static str,
    /// Its fields: place, label, hint, and how many rows; none is a line, and `to` a unit.
    fields: &'static [(&'static str, &'static str, &'static str, u8)],
    done: &'static str,
}

const ACTS: [Known; 6] = [
    Known {
        name: "receive",
        button: "Tiếp nhận",
        against: false,
        about: "",
        fields: &[],
        done: "Đã tiếp nhận phản ánh",
    },
    Known {
        name: "answer",
        button: "Trả lời",
        against: false,
        about: "Chỉ người gửi đọc được, bằng mã theo dõi. Muốn mọi người cùng đọc thì sau đó bấm «Công khai».",
        fields: &[("text", "Câu trả lời", "Đã làm gì, vì sao, khi nào xong. Viết như nói với người dân.", 6)],
        done: "Đã trả lời người gửi",
    },
    Known {
        name: "route",
        button: "Chuyển đơn vị khác",
        against: false,
        about: "Đơn vị kia giải quyết tiếp; hạn trả lời người dân không đổi. Bạn sẽ không mở được phản ánh này nữa.",
        fields: &[("to", "Chuyển đến", "", 0), ("reason", "Lý do", "Người gửi đọc được lý do này.", 3)],
        done: "Đã chuyển phản ánh",
    },
    Known {
        name: "refuse",
        button: "Từ chối",
        against: true,
        about: "Dùng khi việc này không giải quyết theo cách phản ánh, kiến nghị, ví dụ khiếu nại, tố cáo, việc ở tòa án.",
        fields: &[
            ("reason", "Lý do", "Người gửi đọc được.", 3),
            ("turn_to", "Người dân nên đến đâu", "Tên cơ quan và địa chỉ.", 2),
        ],
        done: "Đã từ chối phản ánh",
    },
    Known {
        name: "publish",
        button: "Công khai",
        against: false,
        about: "Viết lại cho mọi người đọc: không tên, không số điện thoại, không địa chỉ nhà, không gì để đoán ra người gửi.",
        fields: &[
            ("title", "Tiêu đề", "Một dòng, ví dụ: Chỗ để xe trước Bộ phận Một cửa.", 1),
            ("question", "Câu hỏi, viết lại", "Ngắn gọn, bằng lời của bạn.", 4),
            ("answer", "Câu trả lời cho mọi người", "", 6),
        ],
        done: "Đã công khai câu trả lời",
    },
    Known {
        name: "withdraw",
        button: "Gỡ khỏi trang công khai",
        against: true,
        about: "Trang công khai mất ngay. Người gửi vẫn đọc được câu trả lời bằng mã.",
        fields: &[("reason", "Lý do", "Chỉ ghi trong lịch sử.", 2)],
        done: "Đã gỡ khỏi trang công khai",
    },
];

/// The buttons of what is open.
pub fn acts(board: Board, found: &DeskPetition) -> Html {
    let open = ACTS.iter().filter(|act| found.acts.iter().any(|name| name == act.name));
    let buttons: Vec<_> = open.enumerate().map(|(place, act)| button(board, act, place == 0)).collect();
    let none = buttons.is_empty().then(|| html! { <p class="hint">"Không còn việc gì phải làm với phản ánh này."</p> });
    let no_public = (found.row.state == "answered" && !found.may_publish)
        .then(|| html! { <p class="hint">"Người gửi không đồng ý công khai."</p> });
    let wrong = move || if board.sheet.with(|typed| typed.open.is_empty()) { board.wrong.get() } else { String::new() };
    html! {
        <section class="acts" aria-labelledby="acts-title">
            <h2 id="acts-title">"Việc cần làm"</h2>
            <div class="row2">{buttons}</div>
            {none}{no_public}
            <p class="bad-text" role="alert">{wrong}</p>
        </section>
    }
}

fn button(board: Board, act: &'static Known, main: bool) -> Html {
    let class = match (main, act.against) {
        (true, false) => "button",
        (_, true) => "button quiet danger",
        (false, false) => "button quiet",
    };
    let expanded =
        move || (!act.fields.is_empty()).then(|| board.sheet.with(|typed| typed.open == act.name).to_string());
    let begin = move |_| {
        board.wrong.set(String::new());
        if act.fields.is_empty() {
            return board.act(act.name, PetitionAct::Receive, act.done);
        }
        board.sheet.change(|typed| act.name.clone_into(&mut typed.open));
        ui::focus_soon("panel-title");
    };
    html! { <button type="button" class=class aria-expanded=expanded on:click=begin>{act.button}</button> }
}

/// The panel of the act that was begun, if it is still open.
pub fn draw(board: Board, found: &DeskPetition) -> Html {
    let (open_acts, units) = (found.acts.clone(), found.units.clone());
    let open = Memo::new(move |_| board.sheet.with(|typed| typed.open.clone()));
    html! { {move || {
        let open = open.get();
        let act = ACTS.iter().find(|act| act.name == open && open_acts.contains(&open))?;
        Some(panel(board, act, &units))
    }} }
}

fn panel(board: Board, act: &'static Known, units: &[PetitionUnit]) -> Html {
    let fields: Vec<_> = act.fields.iter().map(|field| drawn(board, act, field, units)).collect();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        board.act(act.name, wanted(board, act.name), act.done);
    };
    let says = move || if board.sending.get() { "Đang gửi…" } else { act.button };
    let class = if act.against { "button danger" } else { "button" };
    html! {
        <form class="panel act-panel" aria-labelledby="panel-title" on:submit=send novalidate>
            <h2 id="panel-title" tabindex="-1">{act.button}</h2>
            <p>{act.about}</p>
            {fields}
            <p class="bad-text" id="panel-problem" tabindex="-1" role="alert">{move || board.wrong.get()}</p>
            {leaks(board)}
            <div class="row2">
                <button class=class>{says}</button>
                <button type="button" class="button quiet" on:click=move |_| board.sheet.change(|typed| typed.open.clear())>"Đóng, giữ lại những gì đã nhập"</button>
            </div>
        </form>
    }
}

/// What may tell of somebody, and the tick that it does not.
fn leaks(board: Board) -> Html {
    html! { {move || {
        let found = board.leaks.get();
        if found.is_empty() {
            return None;
        }
        let blocks = found.iter().any(|leak| leak.blocks);
        let rows: Vec<_> = found.into_iter().map(|leak| html! { <li>{leak.says}</li> }).collect();
        let tick = (!blocks).then(|| html! {
            <label class="choice" for="seen">
                <input type="checkbox" id="seen" prop:checked=move || board.seen.get() on:change=move |_| board.seen.update(|seen| *seen = !*seen) />
                <span>"Tôi đã xem, đây không phải thông tin riêng của ai"</span>
            </label>
        });
        Some(html! { <ul class="bullets">{rows}</ul>{tick} })
    }} }
}

fn wanted(board: Board, name: &str) -> PetitionAct {
    let text = |field: &str| board.sheet.text(&format!("{name}/{field}"));
    match name {
        "answer" => PetitionAct::Answer { text: text("text") },
        "route" => PetitionAct::Route { to: text("to"), reason: text("reason") },
        "refuse" => PetitionAct::Refuse { reason: text("reason"), turn_to: text("turn_to") },
        "publish" => PetitionAct::Publish {
            title: text("title"),
            question: text("question"),
            answer: text("answer"),
            seen: board.seen.get_untracked(),
        },
        "withdraw" => PetitionAct::Withdraw { reason: text("reason") },
        _ => PetitionAct::Receive,
    }
}

fn drawn(
    board: Board,
    act: &'static Known,
    field: &'static (&'static str, &'static str, &'static str, u8),
    units: &[PetitionUnit],
) -> Html {
    let (id, label, hint, rows) = *field;
    let place = format!("{}/{id}", act.name);
    let kept = board.sheet.text(&place);
    // Whatever is changed has not been looked over.
    let write = move |text: &str| {
        board.seen.set(false);
        board.sheet.write(&place, text);
    };
    let hint_id = format!("{id}-hint");
    let described = if hint.is_empty() { "panel-problem".to_owned() } else { format!("{hint_id} panel-problem") };
    let control = match rows {
        0 => {
            let options: Vec<_> = units
                .iter()
                .map(|unit| html! { <option value=unit.code.clone() selected=unit.code == kept>{unit.name.clone()}</option> })
                .collect();
            html! {
                <select id=id aria-describedby=described on:change=move |event| write(&event_target_value(&event))>
                    <option value="">"Chọn…"</option>{options}
                </select>
            }
        }
        1 => html! {
            <input type="text" id=id autocomplete="off" aria-describedby=described prop:value=kept on:input=move |event| write(&typed(&event)) />
        },
        rows => html! {
            <textarea id=id rows=rows.to_string() aria-describedby=described prop:value=kept
                on:input=move |event| write(&event_target_value(&event))></textarea>
        },
    };
    let hint = (!hint.is_empty()).then(|| html! { <p class="hint" id=hint_id>{hint}</p> });
    html! { <div class="field"><label class="label" for=id>{label}</label>{hint}{control}</div> }
}
