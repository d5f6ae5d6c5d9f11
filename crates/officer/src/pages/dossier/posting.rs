//! How the dossier stands with its public posting: until when, and what was objected.

use super::desk::Desk;
use crate::clock;
use crate::route::Page;
use ui::{Html, html};
use wire::{DeskObjection, DeskPosting};

pub fn draw(desk: Desk) -> Html {
    html! { {move || desk.read(|dossier| dossier.posting.as_ref().map(told)).flatten()} }
}

fn told(posting: &DeskPosting) -> Html {
    let class = if posting.objections.is_empty() { "panel" } else { "warning" };
    let objections: Vec<_> = posting.objections.iter().map(objection).collect();
    let due = posting.recheck_due.as_ref().map(|due| {
        html! { <p>"Hạn kiểm tra lại: "<b>{clock::due(due.at)}</b>"."</p>{ui::sum::draw(due)} }
    });
    let page = posting.list.as_ref().map(|id| {
        html! { <p><a href=format!("/niem-yet/{id}") target="_blank" rel="noopener">"Xem trang công khai"</a></p> }
    });
    let ready = posting.ready.then(|| html! { <p><a href=Page::Postings.address()>"Đến trang Niêm yết"</a></p> });
    html! {
        <section class=class aria-labelledby="posting-title">
            <h2 id="posting-title">"Niêm yết"</h2>
            <p>{posting.says.clone()}</p>
            <ol class="bullets">{objections}</ol>
            {due}{page}{ready}
        </section>
    }
}

fn objection(objection: &DeskObjection) -> Html {
    html! {
        <li>
            <b>{objection.name.clone()}</b>" ("{objection.contact.clone()}"), "{clock::moment(objection.at)}
            <p class="words">{objection.says.clone()}</p>
        </li>
    }
}
