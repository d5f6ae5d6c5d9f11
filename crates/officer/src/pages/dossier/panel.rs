//! What can be done now: the buttons, the panel of the act that was begun, and what was done last.

use super::desk::Desk;
use super::{marks, originals, signatures};
use crate::acts::{self, ACTS, Field, Known};
use crate::app::app;
use crate::client::Request;
use crate::task::background;
use ui::blob;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsCast as _;
use wire::{DeskDossier, Supplement};

/// The papers of the desk: name on the wire, what the button says, name of the file.
const SLIPS: [(&str, &str, &str); 6] = [
    ("receipt", "Giấy tiếp nhận và hẹn trả", "giay-tiep-nhan.pdf"),
    ("supplement", "Phiếu yêu cầu bổ sung", "yeu-cau-bo-sung.pdf"),
    ("refusal", "Phiếu từ chối", "phieu-tu-choi.pdf"),
    ("apology", "Thư xin lỗi", "thu-xin-loi.pdf"),
    ("control", "Phiếu kiểm soát quá trình", "phieu-kiem-soat.pdf"),
    ("fee-receipt", "Biên lai thu phí", "bien-lai.pdf"),
];

/// The drafts of results: name on the wire, and what the buttons say.
const DRAFTS: [(&str, &str); 4] = [
    ("letter", "Tờ trình"),
    ("decision", "Quyết định"),
    ("certificate", "Giấy chứng nhận"),
    ("reply", "Văn bản trả lời"),
];

/// What has been done last, and the way on.
pub fn said(desk: Desk) -> Html {
    let inside = move || {
        let says = desk.said.get();
        (!says.is_empty()).then(|| {
            html! {
                <div class="panel valid" id="said" tabindex="-1">
                    <p><b>{says}</b></p>
                    <a href=move || app().route.from().address()>"Về danh sách việc"</a>
                </div>
            }
        })
    };
    html! { {inside} }
}

/// Whose turn it is, what is known of it, and the buttons.
pub fn acts(desk: Desk) -> Html {
    // Buttons keep the focus while nothing about them changes.
    let open = Memo::new(move |_| desk.read(|dossier| dossier.acts.clone()).unwrap_or_default());
    let buttons = move || {
        let open = open.get();
        let known = ACTS.iter().filter(|act| open.iter().any(|name| name == act.name));
        known.enumerate().map(|(place, act)| button(desk, act, place == 0)).collect::<Vec<_>>()
    };
    let none = move || {
        open.with(Vec::is_empty).then(|| html! { <p class="hint">"Lúc này bạn không phải làm gì với hồ sơ này."</p> })
    };
    html! {
        <section class="acts" aria-labelledby="acts-title">
            <h2 id="acts-title" tabindex="-1">"Việc cần làm"</h2>
            {move || desk.read(|dossier| turn(dossier, desk))}
            {move || desk.read(in_place_of)}
            <div class="row2">{buttons}</div>
            {none}
            {move || desk.read(|dossier| slips(dossier, desk))}
            {move || desk.read(|dossier| drafts(dossier, desk))}
            <p class="bad-text" role="alert">{move || if desk.sheet.with(|typed| typed.open.is_empty()) { desk.wrong.get() } else { String::new() }}</p>
            <p class="hint" role="status">{move || desk.fetched.get()}</p>
        </section>
    }
}

fn button(desk: Desk, act: &'static Known, main: bool) -> Html {
    let class = match (main, act.against) {
        (true, _) => "button",
        (false, true) => "button quiet danger",
        (false, false) => "button quiet",
    };
    let says = move || {
        let sending = desk.sending.get() == act.name;
        let count = if act.name == "ask-supplement" { marks::count(desk) } else { String::new() };
        if sending { act.doing.to_owned() } else { format!("{}{count}", act.button) }
    };
    let expanded = (!act.about.is_empty()).then_some(());
    let expanded = move || expanded.map(|()| desk.sheet.with(|typed| typed.open == act.name).to_string());
    html! { <button type="button" class=class aria-expanded=expanded on:click=move |_| desk.begin(act)>{says}</button> }
}

/// In whose place what can be done is done.
fn in_place_of(dossier: &DeskDossier) -> Option<Html> {
    let mut names: Vec<&str> = dossier.in_place_of.iter().map(|one| one.officer.as_str()).collect();
    names.dedup();
    (!names.is_empty()).then(|| {
        let acts = dossier.in_place_of.iter().filter_map(|one| acts::known(&one.act)).map(|act| format!("«{}»", act.button));
        let acts = acts.collect::<Vec<_>>().join(", ");
        html! { <p class="warning in-place">"Bạn đang làm "<b>"thay "{names.join(", ")}</b>": "{acts}". Lịch sử hồ sơ sẽ ghi như vậy."</p> }
    })
}

fn turn(dossier: &DeskDossier, desk: Desk) -> Html {
    let now = dossier.now.as_ref().map(|turn| {
        let holder = match (&turn.holder, turn.mine) {
            (_, true) => "Bạn đang giữ.".to_owned(),
            (Some(holder), false) => format!("{} đang giữ.", holder.name),
            (None, false) => "Chưa ai nhận.".to_owned(),
        };
        html! { <p><b>{turn.name.clone()}</b><small>{turn.role.clone()}" · "{turn.unit.clone()}". "{holder}</small></p> }
    });
    let proposed = dossier.proposed.clone().map(|reason| {
        html! { <div class="warning"><p><b>"Đề nghị từ chối"</b></p><p>{reason}</p></div> }
    });
    let result = dossier.result.clone().map(|result| {
        let name = result.name.clone();
        let take = move |_| desk.give(desk.path(&format!("/papers/{}", result.sha256)), "application/octet-stream", name.clone());
        html! {
            <p>"Kết quả: "<b>{result.number.clone()}</b>" "
                <button type="button" class="link" on:click=take>{format!("Tải {} ({})", result.name, text::amount::size(result.bytes))}</button></p>
            {signatures::of_result(&result.signatures)}
        }
    });
    html! { {now}{meeting(dossier, desk)}{proposed}{dossier.supplement.as_ref().map(|asked| supplement(asked, dossier))}{result} }
}

/// Why the stage does not go on without the people's meeting, and the minutes of those that were held.
fn meeting(dossier: &DeskDossier, desk: Desk) -> Option<Html> {
    let meeting = dossier.meeting.as_ref()?;
    let needed = meeting.needed.map(|share| {
        let again = if meeting.held.is_empty() { "" } else { " Lần họp trước chưa đủ: rà soát lại và họp lại." };
        html! {
            <div class="warning">
                <p><b>"Cần họp dân. "</b>{format!("Chuyển bước tiếp theo được khi ít nhất {share}% người có mặt đồng ý.{again}")}</p>
                <a href="/officer/meetings">"Mở trang Họp dân"</a>
            </div>
        }
    });
    let minutes = meeting.held.iter().map(|held| {
        let (path, day) = (format!("/api/v1/desk/meetings/{}/pdf", held.meeting), crate::clock::date(held.begun_at));
        let outcome = if held.agreed { "thống nhất" } else { "chưa thống nhất" };
        let says = format!("Biên bản họp dân {day}: {} trên {} đồng ý, {outcome}", held.agree, held.present);
        let name = format!("bien-ban-hop-dan-{}.pdf", day.replace('/', "-"));
        let take = move |_| desk.give(path.clone(), "application/pdf", name.clone());
        html! { <p><button type="button" class="link" on:click=take>{says}</button></p> }
    });
    let minutes: Vec<_> = minutes.collect();
    Some(html! { {needed}{minutes} })
}

/// What is asked for, in the words of the page.
fn supplement(asked: &Supplement, dossier: &DeskDossier) -> Html {
    let answers = || dossier.forms.iter().flat_map(|form| &form.sections).flat_map(|section| &section.rows);
    let label = |place: &str| {
        let answer = answers().find(|row| row.place == place).map(|row| row.label.clone());
        let paper = || dossier.papers.iter().find(|paper| paper.place == place).map(|paper| paper.paper.clone());
        answer.or_else(paper).unwrap_or_else(|| place.to_owned())
    };
    let rows: Vec<_> =
        asked.items.iter().map(|item| html! { <li><b>{label(&item.place)}</b>": "{item.says.clone()}</li> }).collect();
    let note = (!asked.note.is_empty()).then(|| html! { <p>{asked.note.clone()}</p> });
    html! { <div class="warning"><p><b>"Đang chờ người dân bổ sung"</b></p><ul class="bullets">{rows}</ul>{note}</div> }
}

fn slips(dossier: &DeskDossier, desk: Desk) -> Html {
    let open = SLIPS.iter().filter(|(name, ..)| dossier.slips.iter().any(|open| open == name));
    let buttons: Vec<_> = open
        .map(|(name, says, file)| {
            let take = move |_| desk.give(desk.path(&format!("/slips/{name}")), "application/pdf", (*file).to_owned());
            html! { <button type="button" class="link" on:click=take>{*says}" (PDF)"</button> }
        })
        .collect();
    let label = (!buttons.is_empty()).then_some("In: ");
    html! { <p class="slips">{label}{buttons}</p> }
}

/// Results drafted from the dossier: to be looked at, and to be gone on with in a word processor.
fn drafts(dossier: &DeskDossier, desk: Desk) -> Html {
    let open = DRAFTS.iter().filter(|(name, _)| dossier.drafts.iter().any(|open| open == name));
    let buttons: Vec<_> = open
        .map(|(name, says)| {
            let pdf =
                move |_| desk.give(desk.path(&format!("/drafts/{name}")), "application/pdf", "du-thao.pdf".to_owned());
            let rtf = move |_| {
                desk.give(desk.path(&format!("/drafts/{name}.rtf")), "application/rtf", "du-thao.rtf".to_owned());
            };
            html! {
                <button type="button" class="link" on:click=pdf>{*says}" (PDF)"</button>
                <button type="button" class="link" on:click=rtf>{*says}" (RTF, sửa được)"</button>
            }
        })
        .collect();
    let label = (!buttons.is_empty()).then_some("Dự thảo: ");
    html! { <p class="slips">{label}{buttons}</p> }
}

/// The panel of the act that was begun.
pub fn draw(desk: Desk) -> Html {
    let open = Memo::new(move |_| desk.sheet.with(|typed| typed.open.clone()));
    html! { {move || acts::known(&open.get()).map(|act| panel(desk, act))} }
}

fn panel(desk: Desk, act: &'static Known) -> Html {
    let fields: Vec<_> = act.asks.iter().map(|field| drawn(desk, act, *field)).collect();
    let send = move |event: web_sys::Event| {
        event.prevent_default();
        desk.send(act);
    };
    let says = move || if desk.sending.get() == act.name { act.doing } else { act.button };
    let class = if act.against { "button danger" } else { "button" };
    html! {
        <form class="panel act-panel" aria-labelledby="panel-title" on:submit=send novalidate>
            <h2 id="panel-title" tabindex="-1">{act.button}</h2>
            <p>{act.about}</p>
            {fields}
            <p class="bad-text" id="panel-problem" tabindex="-1" role="alert">{move || desk.wrong.get()}</p>
            <div class="row2">
                <button class=class>{says}</button>
                <button type="button" class="button quiet" on:click=move |_| desk.close()>"Đóng, giữ lại những gì đã nhập"</button>
            </div>
        </form>
    }
}

fn drawn(desk: Desk, act: &'static Known, field: Field) -> Html {
    let place = format!("{}/{}", act.name, acts::id(field));
    match field {
        Field::Needed("number", label, hint) => line(desk, place, "number", label, hint),
        Field::Needed(name, label, hint) | Field::Free(name, label, hint) => words(desk, place, name, label, hint),
        Field::Days => line(desk, place, "days", "Thêm bao nhiêu ngày làm việc", "Ví dụ 2 hoặc 2,5"),
        Field::Colleague => {
            let all =
                desk.peek(|dossier| dossier.colleagues.iter().map(|one| (one.id.clone(), one.name.clone())).collect());
            choice(desk, place, "officer", "Giao cho", all.unwrap_or_default())
        }
        Field::Stage => {
            let name = |dossier: &DeskDossier, id: &str| {
                dossier
                    .stages
                    .iter()
                    .find(|stage| stage.id == id)
                    .map_or_else(|| id.to_owned(), |stage| stage.name.clone())
            };
            let all = desk.peek(|dossier| dossier.back_to.iter().map(|id| (id.clone(), name(dossier, id))).collect());
            choice(desk, place, "stage", "Bước phải làm lại", all.unwrap_or_default())
        }
        Field::Verdict => {
            let all = [("yes", "Giữ nguyên, niêm yết lại"), ("no", "Phản ánh đúng, trả không giải quyết")];
            choice(
                desk,
                place,
                "stands",
                "Kết luận",
                all.map(|(value, says)| (value.to_owned(), says.to_owned())).into(),
            )
        }
        Field::File => file(desk, act),
        Field::Marks => marks::list(desk),
        Field::Originals => originals::draw(desk),
    }
}

fn line(desk: Desk, place: String, id: &'static str, label: &'static str, hint: &'static str) -> Html {
    let kept = desk.sheet.text(&place);
    html! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            <input type="text" id=id class="medium" autocomplete="off" aria-describedby=format!("{id}-hint panel-problem")
                prop:value=kept on:input=move |event| desk.sheet.write(&place, &typed(&event)) />
        </div>
    }
}

fn words(desk: Desk, place: String, id: &'static str, label: &'static str, hint: &'static str) -> Html {
    let mut kept = desk.sheet.text(&place);
    // What the desk proposed is what its head decides about, and may write anew.
    if kept.is_empty() && place == "refuse/reason" {
        kept = desk.peek(|dossier| dossier.proposed.clone()).flatten().unwrap_or_default();
        desk.sheet.write(&place, &kept);
    }
    html! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            <textarea id=id rows="3" aria-describedby=format!("{id}-hint panel-problem")
                prop:value=kept on:input=move |event| desk.sheet.write(&place, &event_target_value(&event))></textarea>
        </div>
    }
}

fn choice(desk: Desk, place: String, id: &'static str, label: &'static str, all: Vec<(String, String)>) -> Html {
    let kept = desk.sheet.text(&place);
    let options: Vec<_> = all
        .into_iter()
        .map(|(value, says)| html! { <option value=value.clone() selected=value == kept>{says}</option> })
        .collect();
    html! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            <select id=id aria-describedby="panel-problem" on:change=move |event| desk.sheet.write(&place, &event_target_value(&event))>
                <option value="">"Chọn…"</option>{options}
            </select>
        </div>
    }
}

/// The signed result: sent up when it is chosen, under the act's own key, and named in the act afterwards.
fn file(desk: Desk, act: &'static Known) -> Html {
    let of = move |name: &str| format!("{}/{name}", act.name);
    let stands = RwSignal::new(match desk.sheet.text(&of("file")) {
        name if name.is_empty() => String::new(),
        name => format!("Đã tải lên: {name}"),
    });
    let chosen = move |event: web_sys::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else { return };
        stands.set(format!("Đang tải lên {}…", file.name()));
        desk.sheet.write(&of("sha256"), "");
        background(async move {
            let says = match up(desk, act, &file).await {
                Ok(sha256) => {
                    desk.sheet.write(&of("sha256"), &sha256);
                    desk.sheet.write(&of("file"), &file.name());
                    desk.wrong.set(String::new());
                    format!("Đã tải lên: {}", file.name())
                }
                Err(says) => says,
            };
            // The panel may have been closed meanwhile.
            stands.try_set(says);
        });
    };
    html! {
        <div class="field">
            <label class="label" for="file">"Tệp kết quả đã ký"</label>
            <p class="hint" id="file-hint">"PDF, hoặc ảnh JPEG, PNG."</p>
            <input type="file" id="file" accept="application/pdf,image/jpeg,image/png" aria-describedby="file-hint file-stands panel-problem" on:change=chosen />
            <p class="words" id="file-stands" role="status">{move || stands.get()}</p>
        </div>
    }
}

async fn up(desk: Desk, act: &'static Known, file: &web_sys::File) -> Result<String, String> {
    let unread = || "Không đọc được tệp này.".to_owned();
    let bytes = blob::read(file).await.ok_or_else(unread)?;
    let sha256 = crate::digest::sha256(&bytes).await.ok_or_else(unread)?;
    let kind = if file.type_().is_empty() { "application/octet-stream".to_owned() } else { file.type_() };
    let request = Request::put(format!("/api/v1/papers/{sha256}"), file.clone().into(), kind);
    request.key(desk.sheet.key(act.name)).bytes().await.map_err(|failure| failure.says())?;
    Ok(sha256)
}
