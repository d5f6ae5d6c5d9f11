//! By whose consent somebody filed for the owner, and that the owner takes it back at the desk.

use super::desk::Desk;
use crate::app::app;
use crate::client::Request;
use crate::clock;
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wire::{DeskConsent, DeskDossier};

/// The consent; drawn anew only when it changes.
pub fn draw(desk: Desk) -> Html {
    let consent = Memo::new(move |_| {
        desk.read(|dossier| dossier.filer.as_ref().and_then(|filer| filer.consent.clone())).flatten()
    });
    html! { {move || consent.get().map(|consent| section(desk, &consent))} }
}

fn section(desk: Desk, consent: &DeskConsent) -> Html {
    let DeskConsent {
        owner,
        filer,
        kinship,
        procedure,
        given_at,
        until,
        withdrawn_at,
        may_withdraw,
        paper,
        paper_kind,
    } = consent;
    let only = (!procedure.is_empty()).then(|| html! { " Chỉ cho thủ tục: "<b>{procedure.clone()}</b>"." });
    let (class, stands) = match withdrawn_at {
        Some(at) => ("tag late", format!("Đã rút lại {}", clock::moment(*at))),
        None => ("tag ok", format!("Có hiệu lực đến hết {}", clock::date(*until))),
    };
    let basis = if paper.is_empty() { "cho từ tài khoản của họ" } else { "ký trên giấy" };
    let shown = (!paper.is_empty()).then(|| {
        let (path, kind) = (desk.path(&format!("/papers/{paper}")), kind_of(paper_kind));
        let name = format!("giay-dong-y.{}", ending(kind));
        let give = move |_| desk.give(path.clone(), kind, name.clone());
        html! { <p><button type="button" class="link" on:click=give>"Tải giấy đồng ý đã ký"</button></p> }
    });
    let over = withdrawn_at
        .is_some()
        .then(|| html! { <p>"Người nộp không xem và không làm tiếp được hồ sơ này; việc tiếp theo làm với chính chủ hồ sơ."</p> });
    html! {
        <section class="panel" aria-labelledby="consent">
            <h2 id="consent" tabindex="-1">"Sự đồng ý cho nộp hộ"</h2>
            <p><span class=class>{stands}</span></p>
            <p><b>{owner.clone()}</b>" đồng ý cho "<b>{filer.clone()}</b>" nộp hộ ("{kinship.clone()}"), "{basis}", ghi nhận "{clock::moment(*given_at)}"."{only}</p>
            {shown}{over}
            {may_withdraw.then(|| withdraw(desk))}
        </section>
    }
}

/// Asked once more before it is done: it cannot be given back.
fn withdraw(desk: Desk) -> Html {
    let (asks, wrong) = (RwSignal::new(false), RwSignal::new(String::new()));
    let ask = move |_| asks.set(true);
    let leave = move |_| asks.set(false);
    let sure = move |_| {
        if !desk.sending.get_untracked().is_empty() {
            return;
        }
        desk.sending.set("consent");
        wrong.set(String::new());
        let request = Request::delete(desk.path("/consent"));
        background(async move {
            match request.json::<DeskDossier>().await {
                Ok(dossier) => {
                    desk.dossier.set(Some(dossier));
                    app().told.set("Đã ghi nhận việc rút lại sự đồng ý".to_owned());
                    ui::focus_soon("consent");
                }
                Err(failure) => wrong.set(failure.says()),
            }
            desk.sending.set("");
        });
    };
    let inside = move || {
        if asks.get() {
            html! {
                <p>"Chỉ ghi khi chính chủ hồ sơ yêu cầu và bạn đã xem căn cước của họ. Không lấy lại được."</p>
                <button type="button" class="button danger" on:click=sure>"Ghi nhận: chủ hồ sơ rút lại"</button>
                <button type="button" class="button quiet" on:click=leave>"Thôi"</button>
            }
        } else {
            html! { <button type="button" class="button quiet" on:click=ask>"Chủ hồ sơ rút lại sự đồng ý"</button> }
        }
    };
    html! { {inside}<p class="bad-text" role="alert">{move || wrong.get()}</p> }
}

/// The media types that papers have.
fn kind_of(kind: &str) -> &'static str {
    ["image/jpeg", "image/png", "image/webp"].into_iter().find(|known| *known == kind).unwrap_or("application/pdf")
}

fn ending(kind: &str) -> &str {
    kind.rsplit('/').next().unwrap_or_default()
}
