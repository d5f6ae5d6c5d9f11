//! The photograph with its four corners, each a handle for a thumb, a mouse or the arrow keys.

use crate::state::draft;
use crate::state::photos::{DraftPhoto, PARTS};
use crate::task::background;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use text::Key;
use ui::prelude::*;
use ui::{Html, html, t};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, CanvasWindingRule, Element, HtmlCanvasElement, HtmlElement, ImageBitmap,
    ImageBitmapOptions, KeyboardEvent, PointerEvent, ResizeQuality,
};

/// The long side of the drawing in its own pixels: finer than a phone's screen shows, a tenth of the photograph.
const LONG: f64 = 1200.0;
const CANVAS: &str = "photo-board";
/// How far an arrow key moves a corner, as a share of the side; farther with Shift.
const STEP: f64 = 0.004;
const FAR: f64 = 0.04;

/// The corners as they are seen, clockwise from the upper left, and what they are called.
const NAMES: [Key; 4] = [Key::PhotoUpperLeft, Key::PhotoUpperRight, Key::PhotoLowerRight, Key::PhotoLowerLeft];

/// A photograph in memory, let go with the page.
struct Decoded(ImageBitmap);

impl Drop for Decoded {
    fn drop(&mut self) {
        self.0.close();
    }
}

pub fn draw(draft: &str, wanted: RwSignal<DraftPhoto>) -> Html {
    let decoded = Rc::new(RefCell::new(None));
    let ready = RwSignal::new(false);
    let held = RwSignal::new(None::<usize>);
    load(draft, wanted.get_untracked(), decoded.clone(), ready);
    ui::effect(move || {
        let photo = wanted.get();
        place(&photo);
        let (held, _) = (held.get(), ready.get());
        if let Some(Decoded(bitmap)) = &*decoded.borrow() {
            paint(&photo, bitmap, held);
        }
    });
    let handles: Vec<Html> = (0..4).map(|corner| handle(corner, wanted, held)).collect();
    html! {
        <div class="board" role="application" aria-label=t(Key::PhotoCorners) aria-describedby="photo-hint photo-keys">
            <canvas id=CANVAS role="img" aria-label=t(Key::PhotoPicture) class:grey=move || wanted.with(|photo| photo.grey)></canvas>
            {handles}
        </div>
    }
}

/// Decodes the kept photograph as small as it is drawn.
fn load(draft: &str, photo: DraftPhoto, decoded: Rc<RefCell<Option<Decoded>>>, ready: RwSignal<bool>) {
    let draft = draft.to_owned();
    background(async move {
        let Ok(Some(blob)) = draft::paper(&draft, photo.number).await else { return };
        let options = ImageBitmapOptions::new();
        let (width, height) = sides(&photo);
        options.set_resize_width(pixels(width));
        options.set_resize_height(pixels(height));
        options.set_resize_quality(ResizeQuality::Medium);
        let promise = window().create_image_bitmap_with_blob_and_image_bitmap_options(&blob, &options);
        let Ok(promise) = promise else { return };
        let bitmap = JsFuture::from(promise).await.ok().and_then(|bitmap| bitmap.dyn_into::<ImageBitmap>().ok());
        // A photograph that cannot be decoded any more shows as nothing; it can be taken again.
        decoded.replace(bitmap.map(Decoded));
        ready.try_set(true);
    });
}

/// One corner, by its place as it is seen.
fn handle(corner: usize, wanted: RwSignal<DraftPhoto>, held: RwSignal<Option<usize>>) -> Html {
    // How far the finger is from the corner it holds, so that the corner does not jump under it.
    let grip = Rc::new(Cell::new((0.0, 0.0)));
    let down = {
        let grip = grip.clone();
        move |event: web_sys::Event| {
            let event: PointerEvent = event.unchecked_into();
            let Some(finger) = finger(&event) else { return };
            let at = wanted.with_untracked(|photo| seen(photo, corner));
            grip.set((at.0 - finger.0, at.1 - finger.1));
            if let Some(button) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
                // Without it a fast finger leaves the corner behind, and takes it up again.
                let _ = button.set_pointer_capture(event.pointer_id());
            }
            held.set(Some(corner));
        }
    };
    let moved = move |event: web_sys::Event| {
        let event: PointerEvent = event.unchecked_into();
        if held.get_untracked() == Some(corner)
            && let Some((x, y)) = finger(&event)
        {
            let (grip_x, grip_y) = grip.get();
            wanted.update(|photo| set(photo, corner, (x + grip_x, y + grip_y)));
        }
    };
    let up = move |_| held.set(None);
    let pressed = move |event: web_sys::Event| {
        let event: KeyboardEvent = event.unchecked_into();
        let (right, below) = match event.key().as_str() {
            "ArrowLeft" => (-1.0, 0.0),
            "ArrowRight" => (1.0, 0.0),
            "ArrowUp" => (0.0, -1.0),
            "ArrowDown" => (0.0, 1.0),
            _ => return,
        };
        // The page must not scroll under the corner.
        event.prevent_default();
        let step = if event.shift_key() { FAR } else { STEP };
        wanted.update(|photo| {
            let (x, y) = seen(photo, corner);
            set(photo, corner, (x + right * step, y + below * step));
        });
    };
    html! {
        <button type="button" class="corner" id=format!("corner-{corner}") aria-label=t(NAMES[corner])
            on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=up on:keydown=pressed></button>
    }
}

/// Where a pointer is, as shares of the drawing.
fn finger(event: &PointerEvent) -> Option<(f64, f64)> {
    let canvas = document().get_element_by_id(CANVAS)?.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(((x - canvas.left()) / canvas.width(), (y - canvas.top()) / canvas.height()))
}

/// Where a corner is seen, as shares of the drawing.
fn seen(photo: &DraftPhoto, corner: usize) -> (f64, f64) {
    let own = own(photo, corner);
    let share = |part: u32| f64::from(part) / f64::from(PARTS);
    let (x, y) = photo.corners.get(own).map_or((0.0, 0.0), |(x, y)| (share(*x), share(*y)));
    match photo.turn {
        1 => (1.0 - y, x),
        2 => (1.0 - x, 1.0 - y),
        3 => (y, 1.0 - x),
        _ => (x, y),
    }
}

/// Puts a corner where it is to be seen, within the photograph.
fn set(photo: &mut DraftPhoto, corner: usize, (x, y): (f64, f64)) {
    let (x, y) = (x.clamp(0.0, 1.0), y.clamp(0.0, 1.0));
    let (x, y) = match photo.turn {
        1 => (y, 1.0 - x),
        2 => (1.0 - x, 1.0 - y),
        3 => (1.0 - y, x),
        _ => (x, y),
    };
    let own = own(photo, corner);
    let part = |share: f64| pixels((share * f64::from(PARTS)).round());
    if let Some(corner) = photo.corners.get_mut(own) {
        *corner = (part(x), part(y));
    }
    photo.found = true;
}

/// Which of the photograph's own corners is seen at this place: turned clockwise, its first one comes to the right.
fn own(photo: &DraftPhoto, corner: usize) -> usize {
    (corner + 4 - usize::from(photo.turn)) % 4
}

/// Lays the handles over the corners. Through the style's own properties: the policy forbids style attributes.
fn place(photo: &DraftPhoto) {
    for corner in 0..4 {
        let handle = document().get_element_by_id(&format!("corner-{corner}"));
        if let Some(handle) = handle.and_then(|handle| handle.dyn_into::<HtmlElement>().ok()) {
            let (x, y) = seen(photo, corner);
            // Real properties with real values.
            let _ = handle.style().set_property("left", &format!("{}%", tenths(x)));
            let _ = handle.style().set_property("top", &format!("{}%", tenths(y)));
        }
    }
}

/// Draws the photograph as it is turned, darker outside of the corners, and larger around the corner that is held.
fn paint(photo: &DraftPhoto, bitmap: &ImageBitmap, held: Option<usize>) {
    let canvas = document().get_element_by_id(CANVAS).and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok());
    let Some(canvas) = canvas else { return };
    let (wide, tall) = sides(photo);
    let (width, height) = if photo.turn.is_multiple_of(2) { (wide, tall) } else { (tall, wide) };
    if (canvas.width(), canvas.height()) != (pixels(width), pixels(height)) {
        canvas.set_width(pixels(width));
        canvas.set_height(pixels(height));
    }
    let context = canvas.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let Some(context): Option<CanvasRenderingContext2d> = context else { return };
    let corners: [(f64, f64); 4] = core::array::from_fn(|corner| {
        let (x, y) = seen(photo, corner);
        (x * width, y * height)
    });
    picture(&context, photo, bitmap, (width, height));
    context.begin_path();
    context.rect(0.0, 0.0, width, height);
    outline(&context, &corners);
    context.set_fill_style_str("rgb(0 0 0 / 45%)");
    context.fill_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
    lines(&context, &corners, 1.0);
    if let Some((x, y)) = held.map(|corner| corners[corner]) {
        // Away from the finger, which hides what it moves.
        let radius = width.min(height) * 0.22;
        let aside = if x < width / 2.0 { width - radius - 12.0 } else { radius + 12.0 };
        let above = if y < height / 2.0 { height - radius - 12.0 } else { radius + 12.0 };
        let circle = || {
            context.begin_path();
            // A full turn is a turn in every browser.
            let _ = context.arc(aside, above, radius, 0.0, core::f64::consts::TAU);
        };
        context.save();
        circle();
        context.clip();
        // Moving and scaling by numbers that are numbers.
        let _ = context.translate(aside - x * 2.5, above - y * 2.5);
        let _ = context.scale(2.5, 2.5);
        picture(&context, photo, bitmap, (width, height));
        lines(&context, &corners, 0.4);
        context.restore();
        circle();
        context.set_line_width(8.0);
        context.set_stroke_style_str("#fff");
        context.stroke();
    }
}

fn picture(context: &CanvasRenderingContext2d, photo: &DraftPhoto, bitmap: &ImageBitmap, (width, height): (f64, f64)) {
    let (wide, tall) = sides(photo);
    context.save();
    // A drawing that is refused leaves what was there; nothing here can be.
    let _ = context.translate(width / 2.0, height / 2.0);
    let _ = context.rotate(f64::from(photo.turn) * core::f64::consts::FRAC_PI_2);
    let _ = context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, -wide / 2.0, -tall / 2.0, wide, tall);
    context.restore();
}

fn outline(context: &CanvasRenderingContext2d, corners: &[(f64, f64); 4]) {
    let [(x, y), rest @ ..] = *corners;
    context.move_to(x, y);
    for (x, y) in rest {
        context.line_to(x, y);
    }
    context.close_path();
}

/// The border of the page: white under blue, to be seen on light and dark.
fn lines(context: &CanvasRenderingContext2d, corners: &[(f64, f64); 4], thick: f64) {
    context.begin_path();
    outline(context, corners);
    for (width, colour) in [(10.0, "#fff"), (5.0, "#12476f")] {
        context.set_line_width(width * thick);
        context.set_stroke_style_str(colour);
        context.stroke();
    }
}

/// The sides of the drawing of a photograph.
fn sides(photo: &DraftPhoto) -> (f64, f64) {
    let scale = (LONG / f64::from(photo.width.max(photo.height).max(1))).min(1.0);
    ((f64::from(photo.width) * scale).round().max(1.0), (f64::from(photo.height) * scale).round().max(1.0))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, at most PARTS")]
fn pixels(side: f64) -> u32 {
    side as u32
}

/// A share as a percentage with one digit after the point, without the code that writes fractions.
#[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000")]
fn tenths(share: f64) -> String {
    let tenths = (share * 1000.0).round() as i32;
    format!("{}.{}", tenths / 10, tenths % 10)
}
