//! The meeting looked over before it is sent, how it stands on the device, and taking it away from there.

use super::field;
use super::hall::Hall;
use crate::clock;
use dossier::meeting::{agreed, tally};
use ui::prelude::*;
use ui::{Html, html};
use wire::MeetingRequest;

/// Where the meeting lies and whether it was sent: true words only.
pub fn standing(hall: Hall) -> Html {
    let at = hall.peek(|kept| kept.fetched_at).unwrap_or_default();
    let kept = move || {
        if hall.safe.get() {
            format!("Đã tải về máy lúc {}, có thể mở khi không có mạng.", clock::moment(at))
        } else {
            "Máy này không lưu được: đừng đóng trang và hãy gửi khi còn mạng.".to_owned()
        }
    };
    let sent = move || match (hall.sending.get(), hall.with(|kept| kept.tried).unwrap_or_default()) {
        (true, _) => "Đang gửi…",
        (false, true) => "Chưa gửi, chờ có mạng",
        (false, false) => "Chưa gửi",
    };
    html! {
        <div class="standing" id="meeting-standing" tabindex="-1">
            <span class="tag wait" role="status">{sent}</span>
            <p class:bad-text=move || !hall.safe.get()>{kept}</p>
        </div>
    }
}

/// Everything that has to be mended, each leading to its place.
pub fn problems(hall: Hall) -> Html {
    let inside = move || {
        let rows: Vec<_> = hall
            .wrong
            .get()
            .into_iter()
            .map(|(says, place)| {
                let id = field::id(&place);
                let go = {
                    let id = id.clone();
                    move |event: web_sys::Event| {
                        event.prevent_default();
                        ui::focus(&id);
                    }
                };
                html! { <li><a href=format!("#{id}") on:click=go>{says}</a></li> }
            })
            .collect();
        (!rows.is_empty()).then(|| {
            html! {
                <div class="summary" id="meeting-problems" tabindex="-1" role="alert">
                    <h2>"Cần sửa trước khi gửi"</h2>
                    <ul>{rows}</ul>
                </div>
            }
        })
    };
    html! { {inside} }
}

/// The whole meeting at once.
pub fn draw(hall: Hall) -> Html {
    let Some(Ok(request)) = hall.peek(crate::meeting::Kept::request) else { return super::writing(hall) };
    let bad = move || !hall.says.with(String::is_empty);
    let label = move || if hall.sending.get() { "Đang gửi…" } else { "Gửi biên bản" };
    html! {
        {standing(hall)}
        <h2 id="look-title" tabindex="-1">"Xem lại biên bản"</h2>
        <div class:warning=bad id="look-problem" tabindex="-1" role="alert">{move || hall.says.get()}</div>
        {facts(&request)}
        <h3>"Kết quả"</h3>
        <ul class="list">{outcomes(hall, &request)}</ul>
        <div class="row2">
            <button type="button" class="button" on:click=move |_| hall.send()>{label}</button>
            <button type="button" class="button quiet" on:click=move |_| hall.write()>"Sửa lại"</button>
        </div>
        {away(hall)}
    }
}

fn facts(request: &MeetingRequest) -> Html {
    let named = request.present.len();
    let present = named + usize::try_from(request.on_paper).unwrap_or_default();
    let rows = [
        ("Thôn, bản, khu phố", request.village.clone()),
        ("Nơi họp", request.place.clone()),
        ("Bắt đầu", clock::moment(request.begun_at)),
        ("Kết thúc", clock::moment(request.ended_at)),
        ("Chủ trì", request.chair.clone()),
        ("Thư ký", request.secretary.clone()),
        ("Đại diện hộ dân", request.representatives.join(", ")),
        ("Được mời", format!("{} người", request.invited)),
        ("Có mặt", format!("{present} người, {named} người có tên trong danh sách")),
    ];
    let rows: Vec<_> =
        rows.into_iter().map(|(label, says)| html! { <div><dt>{label}</dt><dd>{says}</dd></div> }).collect();
    html! { <dl class="meeting-facts">{rows}</dl> }
}

fn outcomes(hall: Hall, request: &MeetingRequest) -> Vec<Html> {
    let present = hall.peek(crate::meeting::Kept::present).unwrap_or_default();
    let outcome = |one: &wire::MeetingDiscussed| {
        let household = hall.peek(|kept| kept.household(&one.dossier).cloned()).flatten();
        let share = household.as_ref().map_or(50, |household| household.share);
        let person = household.map(|household| household.person).unwrap_or_default();
        let scores = format!("Điểm A {}, điểm B {}", one.score_a, one.score_b);
        let (class, says) = if agreed(share, one.agree, present) {
            ("tag ok", "Thống nhất")
        } else {
            ("tag late", "Phải họp lại")
        };
        html! {
            <li><div><b>{person}</b><small>{tally(share, one.agree, present)}</small><small>{scores}</small></div><span class=class>{says}</span></li>
        }
    };
    request.households.iter().map(outcome).collect()
}

/// Takes the meeting from the device, asked once more before it is gone.
pub fn away(hall: Hall) -> Html {
    let asked = RwSignal::new(false);
    let inside = move || {
        if asked.get() {
            html! {
                <div class="really">
                    <p>"Xóa là mất hết những gì đã nhập cho cuộc họp này; máy chủ chưa có gì."</p>
                    <div class="row2">
                        <button type="button" class="button quiet" on:click=move |_| hall.forget()>"Xóa khỏi máy này"</button>
                        <button type="button" class="button quiet" on:click=move |_| asked.set(false)>"Giữ lại"</button>
                    </div>
                </div>
            }
        } else {
            html! {
                <p class="hint">"Biên bản đang lưu trên máy này có thông tin của các hộ dân. Gửi xong thì tự xóa; không cần nữa thì xóa ngay."</p>
                <button type="button" class="link" on:click=move |_| asked.set(true)>"Xóa cuộc họp này khỏi máy"</button>
            }
        }
    };
    html! { <div class="away">{inside}</div> }
}
