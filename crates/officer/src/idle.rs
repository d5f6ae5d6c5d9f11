//! Says two minutes before it happens that the session ends because nothing was asked for, and lets the officer stay.

use crate::app::app;
use crate::clock::now;
use crate::session::{self, Session};
use crate::task::background;
use ui::prelude::*;
use ui::{Html, html};
use wasm_bindgen::prelude::*;

/// How long before the end it is said, in milliseconds.
const BEFORE: i64 = 120_000;
/// How often it is looked at, in milliseconds.
const EVERY: i32 = 1_000;

/// The warning, drawn while it holds.
pub fn draw() -> Html {
    let soon = RwSignal::new(false);
    let asked = RwSignal::new(0_i64);
    let look = Closure::<dyn FnMut()>::new(move || {
        let Session::In(me) = app().session.get_untracked() else { return soon.set(false) };
        let idle_end = session::answered() + i64::from(me.idle_seconds) * 1000;
        let end = idle_end.min(me.ends_at);
        let now = now().0;
        // An end that no request can move is told as well, but only its coming.
        if soon.get_untracked() != (now > end - BEFORE) {
            soon.set(now > end - BEFORE);
        }
        // Another tab may have kept the session alive: only the API knows. Asked once for each end.
        if now > end + 3_000 && asked.get_untracked() != end {
            asked.set(end);
            background(session::ask());
        }
    });
    // Lives as long as the page.
    let _ =
        window().set_interval_with_callback_and_timeout_and_arguments_0(look.into_js_value().unchecked_ref(), EVERY);
    let stay = move |_| {
        soon.set(false);
        background(session::ask());
    };
    let told = move || {
        soon.get().then(|| {
            html! {
                <div class="idle warning">
                    <p><b>"Sắp hết phiên làm việc."</b>" Sau ít phút trang sẽ hỏi đăng nhập lại; những gì đang nhập vẫn còn."</p>
                    <button type="button" class="button" on:click=stay>"Tôi vẫn ở đây"</button>
                </div>
            }
        })
    };
    html! { <div role="alert">{told}</div> }
}
