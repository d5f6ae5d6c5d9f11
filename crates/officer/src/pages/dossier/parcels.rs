//! What goes by post for this dossier: where, how it stands, and what the desk says of it next.

use super::desk::Desk;
use crate::app::app;
use crate::client::{Failure, Request};
use crate::clock;
use crate::task::background;
use ui::focus::typed;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskDossier, DeskParcel, ParcelRequest, ParcelStep};

/// What a parcel is called.
pub fn what(parcel: &str) -> &'static str {
    if parcel == "papers" { "Lấy giấy tờ tại nhà" } else { "Gửi kết quả đến nhà" }
}

/// How it stands, in words and colour.
pub fn standing(parcel: &DeskParcel) -> (&'static str, String) {
    let papers = parcel.parcel == "papers";
    match parcel.standing.as_str() {
        "posted" => ("tag", format!("Đã giao bưu điện, {}", parcel.number)),
        "delivered" if papers => ("tag ok", "Đã nhận được giấy tờ".to_owned()),
        "delivered" => ("tag ok", "Đã phát".to_owned()),
        "failed" if papers => ("tag late", "Không lấy được".to_owned()),
        "failed" => ("tag late", "Không phát được".to_owned()),
        _ if !parcel.waits.is_empty() => ("tag quiet", parcel.waits.clone()),
        _ if papers => ("tag wait", "Chưa báo bưu điện".to_owned()),
        _ => ("tag wait", "Chưa giao bưu điện".to_owned()),
    }
}

/// The parcels; drawn anew only when one of them changes, so that what is being typed keeps the focus.
pub fn draw(desk: Desk) -> Html {
    let parcels = Memo::new(move |_| desk.read(|dossier| dossier.parcels.clone()).unwrap_or_default());
    html! { {move || parcels.get().iter().map(|parcel| section(desk, parcel)).collect::<Vec<_>>()} }
}

fn section(desk: Desk, parcel: &DeskParcel) -> Html {
    let (class, stands) = standing(parcel);
    let title = format!("parcel-{}", parcel.parcel);
    let since = parcel.since.map(|at| html! { " "{clock::moment(at)} });
    let reason = (!parcel.reason.is_empty()).then(|| html! { <p>"Bưu điện báo: "{parcel.reason.clone()}</p> });
    let time = (!parcel.time.is_empty()).then(|| html! { <br/>{parcel.time.clone()} });
    let label = {
        let of = format!("{}.{}", desk.peek(|dossier| dossier.id.clone()).unwrap_or_default(), parcel.parcel);
        move |_| {
            let path = format!("/api/v1/desk/parcels/labels?of={of}");
            desk.give(path, "application/pdf", "nhan-buu-dien.pdf".to_owned());
        }
    };
    let steps = (!parcel.steps.is_empty()).then(|| {
        html! {
            {steps(desk, parcel)}
            <p class="slips">"In: "<button type="button" class="link" on:click=label>"Nhãn gửi bưu phẩm (PDF)"</button></p>
        }
    });
    html! {
        <section class="panel" aria-labelledby=title.clone()>
            <h2 id=title tabindex="-1">{what(&parcel.parcel)}</h2>
            <p><span class=class>{stands}</span>{since}</p>
            {reason}
            <p><b>{parcel.name.clone()}</b>", "{parcel.phone.clone()}<br/>{parcel.address.clone()}{time}</p>
            {steps}
        </section>
    }
}

/// What can be said now.
fn steps(desk: Desk, parcel: &DeskParcel) -> Html {
    let papers = parcel.parcel == "papers";
    let can = |step: &str| parcel.steps.iter().any(|open| open == step);
    let act = if papers { "parcel-papers" } else { "parcel-result" };
    let wrong = RwSignal::new(String::new());
    let problem = format!("{act}-problem");
    let posted = can("posted").then(|| {
        let hint = "Ghi trên biên nhận của bưu điện, ví dụ CP123456789VN.";
        let send = move |_| {
            let number = desk.sheet.text(&format!("{act}/number"));
            say(desk, act, ParcelStep::Posted { number }, wrong);
        };
        let says = if papers { "Đã báo bưu điện đến lấy" } else { "Đã giao bưu điện" };
        html! {
            {field(desk, act, "number", "Số hiệu bưu gửi", hint)}
            <button type="button" class="button" on:click=send>{says}</button>
        }
    });
    let ended = can("delivered").then(|| {
        let arrived = move |_| say(desk, act, ParcelStep::Delivered, wrong);
        let failed = move |_| {
            let reason = desk.sheet.text(&format!("{act}/reason"));
            say(desk, act, ParcelStep::Failed { reason }, wrong);
        };
        let (yes, no) = if papers {
            ("Đã nhận được giấy tờ", "Không lấy được")
        } else {
            ("Bưu điện đã phát", "Không phát được")
        };
        html! {
            <button type="button" class="button" on:click=arrived>{yes}</button>
            {field(desk, act, "reason", "Nếu không được: lý do bưu điện báo", "Ví dụ: vắng nhà, sai địa chỉ.")}
            <button type="button" class="button quiet danger" on:click=failed>{no}</button>
        }
    });
    html! {
        {posted}{ended}
        <p class="bad-text" id=problem tabindex="-1" role="alert">{move || wrong.get()}</p>
    }
}

fn field(desk: Desk, act: &'static str, name: &'static str, label: &'static str, hint: &'static str) -> Html {
    let (id, place) = (format!("{act}-{name}"), format!("{act}/{name}"));
    let kept = desk.sheet.text(&place);
    html! {
        <div class="field">
            <label class="label" for=id.clone()>{label}</label>
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            <input type="text" id=id.clone() class="medium" autocomplete="off" aria-describedby=format!("{id}-hint {act}-problem")
                prop:value=kept on:input=move |event| desk.sheet.write(&place, &typed(&event)) />
        </div>
    }
}

/// Says it once, however often its button is pressed; what is typed stays until it was taken.
fn say(desk: Desk, act: &'static str, step: ParcelStep, wrong: RwSignal<String>) {
    if !desk.sending.get_untracked().is_empty() {
        return;
    }
    let version = desk.peek(|dossier| dossier.version).unwrap_or_default();
    wrong.set(String::new());
    desk.sending.set(act);
    let path = desk.path(&format!("/parcels/{}", act.trim_start_matches("parcel-")));
    let request = Request::post(path, &ParcelRequest { version, step }).key(desk.sheet.key(act));
    background(async move {
        match request.json::<DeskDossier>().await {
            Ok(dossier) => {
                desk.sheet.done(act);
                desk.dossier.set(Some(dossier));
                app().told.set("Đã ghi nhận bưu phẩm".to_owned());
                ui::focus_soon(act);
            }
            Err(failure) => refused(desk, act, &failure, wrong),
        }
        desk.sending.set("");
    });
}

fn refused(desk: Desk, act: &'static str, failure: &Failure, wrong: RwSignal<String>) {
    // What was answered was not done under this key; the next try may say something else.
    if failure.status() > 0 {
        desk.sheet.change(|typed| drop(typed.keys.remove(act)));
    }
    if matches!(failure.code(), "dossier-changed" | "parcel-not-now" | "key-reused") {
        desk.load();
    }
    wrong.try_set(failure.says());
    let place = if failure.place().is_empty() { "problem" } else { failure.place() };
    ui::focus_soon(&format!("{act}-{place}"));
}
