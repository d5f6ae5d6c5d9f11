//! A dossier: who it is about and by when, what can be done now, answers and papers side by side, stages and history.

mod answers;
mod consent;
mod desk;
mod head;
mod history;
mod marks;
mod originals;
mod panel;
mod papers;
pub mod parcels;
mod picture;
mod posting;
mod signatures;

use crate::app::{self, app};
use crate::keys;
use desk::Desk;
use ui::prelude::*;
use ui::{Html, html};
use wire::Me;

pub fn draw(id: String, me: &Me) -> Html {
    app::title("Hồ sơ");
    let desk = Desk::open(id, &me.id);
    desk.load();
    keys::on_key(|key| match key {
        "a" => keys::walk(".acts button", 1),
        "l" => {
            app().route.go(app().route.peek_from());
            true
        }
        _ => false,
    });
    let is_there = Memo::new(move |_| desk.dossier.with(Option::is_some));
    let inside = move || if is_there.get() { whole(desk) } else { waiting(desk) };
    html! { {super::back()}{inside} }
}

fn waiting(desk: Desk) -> Html {
    html! { {move || match desk.failure.get() {
        None => super::loading(),
        Some(failure) if failure.status() == 404 => html! {
            <h1>"Không có hồ sơ này"</h1>
            <p>"Hồ sơ không có, hoặc không thuộc việc của bạn."</p>
        },
        Some(failure) => super::failed(&failure, move |_| desk.load()),
    }} }
}

/// The page is drawn once; its parts follow the dossier, so that nothing that is being typed or looked at goes.
fn whole(desk: Desk) -> Html {
    html! {
        {move || desk.read(head::draw)}
        {panel::said(desk)}
        {consent::draw(desk)}
        {posting::draw(desk)}
        {panel::acts(desk)}
        {panel::draw(desk)}
        {parcels::draw(desk)}
        <div class="beside">
            <section class="side answers-side" aria-labelledby="answers-title" tabindex="0">{answers::draw(desk)}</section>
            <section class="side papers-side" aria-labelledby="papers-title">{papers::draw(desk)}</section>
        </div>
        <div class="beside low">
            <section aria-labelledby="stages-title">{move || desk.read(history::stages)}</section>
            <section aria-labelledby="history-title">{move || desk.read(history::events)}</section>
        </div>
        {marks::waiting(desk)}
    }
}
