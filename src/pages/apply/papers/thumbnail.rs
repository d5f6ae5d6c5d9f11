//! A small picture of bytes that are kept, which opens as a large one.
//!
//! A browser keeps decoded what it shows, 17 MB for a page and 48 MB for a photograph, however small it is drawn: ten of
//! them are more than a cheap phone has. So each is made small first, one after the other.

use crate::picture;
use crate::state::draft;
use crate::state::work::Work;
use crate::task::background;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use text::Key;
use ui::fill;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions, ResizeQuality};

/// How wide it is made, in pixels: sharp on a phone's screen at 96 of the page's.
const WIDE: u32 = 288;

/// Draws it, once it is made.
pub fn thumbnail(work: &Work, number: u32, name: &str) -> Html {
    let key = work.now().key;
    let whole = RwSignal::new(String::new());
    let source = RwSignal::new(String::new());
    background(async move {
        let Ok(Some(blob)) = draft::paper(&key, number).await else { return };
        let address = picture::address(&blob);
        if let Some(address) = whole.try_set(address) {
            // The row has gone meanwhile.
            picture::forget_address(&address);
            return;
        }
        // What this browser cannot make small it shows as it is.
        let small = in_turn(small(&blob)).await.unwrap_or_else(|| whole.try_get_untracked().unwrap_or_default());
        source.try_set(small);
    });
    on_cleanup(move || picture::forget_address(&whole.get_untracked()));
    let label = fill(Key::PapersThumbnail, &[("name", name)]);
    let drawn = move || {
        let source = source.get();
        let large = whole.get_untracked();
        (!source.is_empty())
            .then(|| html! { <a href=large target="_blank"><img class="thumb" src=source alt=label.clone() /></a> })
    };
    html! { <div class="thumb-place">{drawn}</div> }
}

/// The picture as the address of a small one.
async fn small(blob: &Blob) -> Option<String> {
    let options = ImageBitmapOptions::new();
    options.set_resize_width(WIDE);
    options.set_resize_quality(ResizeQuality::Medium);
    let decoded = window().create_image_bitmap_with_blob_and_image_bitmap_options(blob, &options).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(decoded).await.ok()?.dyn_into().ok()?;
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(bitmap.width());
    canvas.set_height(bitmap.height());
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0).ok()?;
    bitmap.close();
    canvas.to_data_url_with_type("image/jpeg").ok()
}

thread_local! {
    /// Kept by whoever came last.
    static LAST: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// Does this when all that came before it is done.
async fn in_turn<T>(work: impl Future<Output = T>) -> T {
    let mut over: Option<Function> = None;
    let mine = Promise::new(&mut |resolve, _| over = Some(resolve));
    let before = LAST.replace(mine.into());
    // Nobody rejects it.
    let _ = JsFuture::from(Promise::resolve(&before)).await;
    let done = work.await;
    if let Some(over) = over {
        // Settling a promise does not fail.
        let _ = over.call0(&JsValue::NULL);
    }
    done
}
