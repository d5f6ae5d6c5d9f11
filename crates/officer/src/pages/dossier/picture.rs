//! The page that is looked at: drawn on a canvas, because only so can it be turned inside a box that scrolls, and its buttons.

use super::desk::Desk;
use super::papers::{Pages, SIZES, View};
use std::cell::Cell;
use std::rc::Rc;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

const CANVAS: &str = "paper-page";

pub fn draw(desk: Desk, view: View) -> Html {
    let name = move || {
        let paper = view.papers.with(|papers| papers.get(view.paper.get()).cloned());
        let paper = paper.map(|paper| paper.paper).unwrap_or_default();
        format!("{paper}, trang {}/{}", view.page.get() + 1, view.count().max(1))
    };
    let stands = Memo::new(move |_| view.pages.with(|pages| pages.get(&view.paper.get()).cloned()));
    let is_picture = Memo::new(move |_| stands.with(|now| matches!(now, Some(Pages::Pictures(_)))));
    let unreadable = RwSignal::new(false);
    follow(view, is_picture, unreadable);
    let canvas = move || is_picture.get().then(|| html! { <canvas id=CANVAS role="img" aria-label=name></canvas> });
    let says = move || match stands.get() {
        _ if unreadable.get() => Some("Trình duyệt không hiển thị được ảnh này: hãy tải về để xem.".to_owned()),
        None | Some(Pages::Coming) => Some("Đang tải giấy tờ…".to_owned()),
        Some(Pages::Other) => Some("Tệp này không xem được ngay trong trang: hãy tải về để mở.".to_owned()),
        Some(Pages::Failed(says)) => Some(says),
        Some(Pages::Pictures(_)) => None,
    };
    let says = move || says().map(|says| html! { <p class="hint">{says}</p> });
    let size = move || SIZES.get(view.size.get()).copied().unwrap_or_default();
    let place = move || match view.count() {
        0 => String::new(),
        count => format!("Trang {}/{count}", view.page.get() + 1),
    };
    let take = move |_| {
        if let Some(paper) = view.papers.with_untracked(|papers| papers.get(view.paper.get_untracked()).cloned()) {
            desk.give(desk.path(&format!("/papers/{}", paper.sha256)), "application/octet-stream", paper.name);
        }
    };
    html! {
        <div class="viewer">
            <div class="tools" role="group" aria-label="Xem giấy tờ">
                <div>
                    <button type="button" on:click=move |_| view.step(desk, false)>"‹ Trước"</button>
                    <span role="status">{place}</span>
                    <button type="button" on:click=move |_| view.step(desk, true)>"Sau ›"</button>
                </div>
                <button type="button" aria-label="Thu nhỏ" on:click=move |_| view.smaller()>"−"</button>
                <button type="button" aria-label="Phóng to" on:click=move |_| view.larger()>"+"</button>
                <button type="button" on:click=move |_| view.size.set(0)>"Vừa khung"</button>
                <button type="button" on:click=move |_| view.turn()>"Xoay"</button>
                <button type="button" on:click=take>"Tải về"</button>
            </div>
            <div class=move || format!("sheet-box {}", size()) tabindex="0" role="region" aria-label="Trang giấy tờ đang xem">
                {canvas}{says}
            </div>
        </div>
    }
}

/// Draws the page anew whenever another one is looked at, or turned.
fn follow(view: View, is_picture: Memo<bool>, unreadable: RwSignal<bool>) {
    let latest = Rc::new(Cell::new(0_u32));
    ui::effect(move || {
        unreadable.set(false);
        let (paper, page, turns) = (view.paper.get(), view.page.get(), view.turns.get());
        if !is_picture.get() {
            return;
        }
        let address = view.pages.with(|pages| pages.get(&paper).and_then(Pages::pictures)?.get(page).cloned());
        let Some(address) = address else { return };
        let number = latest.get().wrapping_add(1);
        latest.set(number);
        let latest = latest.clone();
        crate::task::background(async move {
            let picture = load(&address).await;
            // Another page may be looked at by now.
            if latest.get() == number {
                let drawn = picture.and_then(|picture| put(&picture, turns));
                if drawn.is_none() {
                    unreadable.try_set(true);
                }
            }
        });
    });
}

async fn load(address: &str) -> Option<HtmlImageElement> {
    let picture: HtmlImageElement = document().create_element("img").ok()?.dyn_into().ok()?;
    picture.set_src(address);
    JsFuture::from(picture.decode()).await.ok()?;
    Some(picture)
}

/// Draws the picture on the canvas, turned to the right so many quarters.
fn put(picture: &HtmlImageElement, turns: u32) -> Option<()> {
    let canvas: HtmlCanvasElement = document().get_element_by_id(CANVAS)?.dyn_into().ok()?;
    let (width, height) = (picture.natural_width(), picture.natural_height());
    let (across, down) = if turns.is_multiple_of(2) { (width, height) } else { (height, width) };
    canvas.set_width(across);
    canvas.set_height(down);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    pen.translate(f64::from(across) / 2.0, f64::from(down) / 2.0).ok()?;
    pen.rotate(f64::from(turns) * core::f64::consts::FRAC_PI_2).ok()?;
    pen.draw_image_with_html_image_element(picture, -f64::from(width) / 2.0, -f64::from(height) / 2.0).ok()
}
