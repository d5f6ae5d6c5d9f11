//! "Họp dân": made for a phone or tablet at the village. Before going the households are taken along on the device; there the page
//! opens and is filled without a network; what came of it is sent when there is one again.

mod field;
mod hall;
mod head;
mod look;
mod present;
mod votes;

use crate::{app, clock, download};
use hall::{Hall, View};
use ui::prelude::*;
use ui::{Html, html};
use wire::{HeldMeeting, Me, MeetingHousehold};

const TITLE: &str = "Họp dân";

pub fn draw(me: &Me) -> Html {
    app::title(TITLE);
    let hall = Hall::open(me);
    hall.load();
    hall.send_waiting();
    let begun = Memo::new(move |_| hall.kept.with(Option::is_some));
    let inside = move || match (begun.get(), hall.view.get()) {
        (false, _) => before(hall),
        (true, View::Writing) => writing(hall),
        (true, View::Looking) => look::draw(hall),
    };
    html! {
        <div class="meeting">
            <h1>{TITLE}</h1>
            {move || hall.came.get().map(|held| came(&held))}
            {inside}
            {move || (!begun.get()).then(|| held(hall))}
        </div>
    }
}

/// Before a meeting is prepared: who waits for one, and the button that takes them along.
fn before(hall: Hall) -> Html {
    let inside = move || match hall.list.get() {
        None => super::loading(),
        Some(Err(failure)) if failure.status() == 404 => {
            html! { <p>"Vai trò của bạn không tổ chức họp dân."</p> }
        }
        Some(Err(failure)) => super::failed(&failure, move |_| hall.load()),
        Some(Ok(list)) if list.households.is_empty() => {
            html! { <p class="nothing">"Không có hồ sơ nào đang chờ họp dân."</p> }
        }
        Some(Ok(list)) => {
            // Those that were agreed to stay to be met about again, should somebody complain.
            let agreed = |one: &&MeetingHousehold| one.last.as_ref().is_some_and(|last| last.agreed);
            let (done, open): (Vec<_>, Vec<_>) = list.households.iter().partition(agreed);
            let says = match open.len() {
                0 => "Không có hộ nào đang chờ họp dân.".to_owned(),
                count => format!("{count} hộ đang chờ họp dân."),
            };
            let rows: Vec<_> = open.into_iter().chain(done).map(waiting).collect();
            html! {
                <p><b>{says}</b></p>
                <button type="button" class="button" on:click=move |_| hall.begin()>"Chuẩn bị cuộc họp"</button>
                <p class="hint">"Tên, địa chỉ các hộ dưới đây và những gì bạn nhập được lưu trên máy này để mở khi không có mạng. Gửi xong thì tự xóa khỏi máy."</p>
                <ul class="list">{rows}</ul>
            }
        }
    };
    html! { {inside} }
}

fn waiting(one: &MeetingHousehold) -> Html {
    html! { <li><div><b>{one.person.clone()}</b>{about(one)}</div></li> }
}

/// What is known of a household beside its name.
fn about(one: &MeetingHousehold) -> Html {
    let last = one.last.as_ref().map(|last| {
        let outcome = if last.agreed { "đã thống nhất" } else { "chưa thống nhất, phải họp lại" };
        html! { <small>{format!("Họp ngày {}: {} trên {} người đồng ý, {outcome}", clock::date(last.begun_at), last.agree, last.present)}</small> }
    });
    html! {
        <small>{format!("{} · {}", one.procedure, one.number)}</small>
        {(!one.address.is_empty()).then(|| html! { <small>{one.address.clone()}</small> })}
        {last}
    }
}

/// The fields, in the order in which a meeting goes.
fn writing(hall: Hall) -> Html {
    html! {
        {look::standing(hall)}
        {look::problems(hall)}
        {votes::choice(hall)}
        {head::draw(hall)}
        {present::draw(hall)}
        {votes::draw(hall)}
        {head::end(hall)}
        <button type="button" class="button" on:click=move |_| hall.look()>"Xem lại biên bản"</button>
        {look::away(hall)}
    }
}

/// What came of the meeting that was just received.
fn came(held: &HeldMeeting) -> Html {
    let rows: Vec<_> = held
        .households
        .iter()
        .map(|one| {
            let (class, says) = if one.agreed { ("tag ok", "Thống nhất") } else { ("tag late", "Phải họp lại") };
            html! { <li><div><b>{one.person.clone()}</b><small>{format!("{} trên {} người có mặt đồng ý", one.agree, held.present)}</small></div><span class=class>{says}</span></li> }
        })
        .collect();
    let says = RwSignal::new(String::new());
    html! {
        <section id="came" class="panel valid" tabindex="-1" aria-labelledby="came-title">
            <h2 id="came-title">"Đã nhận"</h2>
            <p>"Máy chủ đã lưu biên bản. Dữ liệu của cuộc họp đã được xóa khỏi máy này."</p>
            <ul class="list">{rows}</ul>
            {minutes(held, says)}
        </section>
    }
}

/// The button that fetches the minutes.
fn minutes(held: &HeldMeeting, says: RwSignal<String>) -> Html {
    let path = format!("/api/v1/desk/meetings/{}/pdf", held.id);
    let name = format!("bien-ban-hop-dan-{}.pdf", clock::date(held.begun_at).replace('/', "-"));
    let label = format!("Tải biên bản {}, {}", held.village, clock::moment(held.begun_at));
    html! {
        <button type="button" class="button quiet small" aria-label=label on:click=move |_| download::give(says, path.clone(), "application/pdf", name.clone())>"Tải biên bản (02 bản)"</button>
        <span role="status" class="hint">{move || says.get()}</span>
    }
}

/// The meetings of the unit.
fn held(hall: Hall) -> Html {
    let says = RwSignal::new(String::new());
    let row = move |one: &HeldMeeting| {
        let agreed = one.households.iter().filter(|one| one.agreed).count();
        let about = format!("{} người có mặt, {agreed} trên {} hộ được thống nhất", one.present, one.households.len());
        html! {
            <li>
                <div><b>{format!("{}, {}", one.village, clock::moment(one.begun_at))}</b><small>{about}</small></div>
                {minutes(one, says)}
            </li>
        }
    };
    let inside = move || match hall.list.get() {
        Some(Ok(list)) if !list.held.is_empty() => {
            let rows: Vec<_> = list.held.iter().map(row).collect();
            html! { <h2>"Các cuộc họp đã lưu"</h2><ul class="list held">{rows}</ul> }
        }
        _ => Html::none(),
    };
    html! { {inside} }
}
