//! The frame of every page: the bar with who is signed in, the page itself, the sign-in on top of it when the session is over.

use crate::pages::{self, sign_in};
use crate::route::{Page, Route};
use crate::session::{self, Session};
use crate::task::background;
use crate::{idle, keys, places};
use any_spawner::Executor;
use std::cell::{Cell, OnceCell};
use ui::prelude::*;
use ui::{Html, html};
use wire::Me;

/// What every page may use.
#[derive(Clone, Copy)]
pub struct App {
    /// Where the site is.
    pub route: Route,
    /// Who is signed in.
    pub session: RwSignal<Session>,
    /// What has just been done, read out to whoever does not see it.
    pub told: RwSignal<String>,
}

thread_local! {
    // Not a context: listeners and timers run outside of every owner, and need it too.
    static APP: OnceCell<App> = const { OnceCell::new() };
    // The site's owner lives as long as the page.
    static OWNER: Owner = Owner::new();
}

/// Makes signals that outlive the page which makes them.
pub fn lasting<T>(make: impl FnOnce() -> T) -> T {
    OWNER.with(|owner| owner.with(make))
}

/// The app, from anywhere in the site.
///
/// # Panics
/// Before [`start`] has made it, which is the first thing that happens.
#[expect(clippy::expect_used, reason = "there is no site to show a mistake on before it has started")]
pub fn app() -> App {
    APP.with(|app| *app.get().expect("the site has started"))
}

/// Draws the site in place of the first view.
pub fn start() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|what| web_sys::console::error_1(&what.to_string().into())));
    // Signals and effects run on the browser's own queue. A second call would change nothing.
    let _ = Executor::init_wasm_bindgen();
    OWNER.with(Owner::set);
    APP.with(|app| {
        app.get_or_init(|| App {
            route: Route::follow(),
            session: RwSignal::new(Session::Unknown),
            told: RwSignal::new(String::new()),
        });
    });
    keys::listen();
    background(async {
        // A first sign-in asks nobody who is signed in.
        if app().route.peek() != Page::First {
            session::ask().await;
        } else {
            app().session.set(Session::Out);
        }
        if let Some(place) = document().get_element_by_id("app") {
            frame().mount(&place);
        }
    });
}

fn frame() -> Html {
    let App { route, session, told } = app();
    // The officer's pages stay as they are while the session is over, and when another one begins with other times.
    let timeless = |me: &Me| Me { idle_seconds: 0, ends_at: 0, ..me.clone() };
    let officer = Memo::new(move |_| session.with(|session| session.officer().map(timeless)));
    let over = Memo::new(move |_| session.with(|session| matches!(session, Session::Over(_))));
    let first = Cell::new(true);
    ui::effect(move || {
        route.page();
        let _ = officer.get();
        // The first page is where the officer already is; after that a new page starts at its top.
        if !first.replace(false) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            ui::focus("main");
        }
    });
    let page = Memo::new(move |_| route.page());
    let inside = move || match (officer.get(), page.get()) {
        (_, Page::First) => pages::first::draw(),
        (Some(me), page) => pages::draw(page, &me),
        (None, _) => outside(),
    };
    let on_top = move || over.get().then(sign_in::on_top);
    ui::effect(move || {
        if over.get() {
            ui::focus_soon("sign-in-title");
        }
    });
    html! {
        <div inert=move || over.get()>
            <a class="skip" href="#main">"Bỏ qua, đến nội dung chính"</a>
            {bar(officer)}
            <main id="main" tabindex="-1">{inside}</main>
            <footer>
                <p>"Bản trình diễn: các cơ quan và số điện thoại ở đây không có thật."</p>
                {keys::help()}
            </footer>
            {idle::draw()}
        </div>
        {on_top}
        <div class="unseen" role="status">{move || told.get()}</div>
    }
}

/// Before anybody is signed in.
fn outside() -> Html {
    let session = app().session;
    let again = move |_| {
        session.set(Session::Unknown);
        background(session::ask());
    };
    html! { {move || match session.get() {
        Session::Unasked(says) => html! {
            <h1>"Chưa mở được trang"</h1>
            <p>{says}</p>
            <button type="button" class="button" on:click=again>"Thử lại"</button>
        },
        Session::Unknown => html! { <p class="loading" role="status">"Đang mở trang…"</p> },
        _ => sign_in::page(),
    }} }
}

fn bar(officer: Memo<Option<Me>>) -> Html {
    let leaving = RwSignal::new(false);
    let leave = move |_| {
        if leaving.get_untracked() {
            return;
        }
        leaving.set(true);
        background(async move {
            if let Err(failure) = session::sign_out().await {
                app().told.set(failure.says());
                leaving.set(false);
            }
        });
    };
    let says = move || if leaving.get() { "Đang đăng xuất…" } else { "Đăng xuất" };
    let inside = move || {
        officer.get().map(|me| {
            let roles: Vec<String> = me.roles.iter().map(|role| role.says.clone()).collect();
            html! {
                {places::bar(&me)}
                <p class="me"><b>{me.name.clone()}</b><span>{me.unit_name.clone()}" · "{roles.join(", ")}</span></p>
                <button type="button" class="menu" on:click=leave>{says}</button>
            }
        })
    };
    html! {
        <header class="bar">
            <span class="mark" aria-hidden="true">"QT"</span>
            <a class="who" href="/officer">"UBND TỈNH QUẢNG TRỊ"<b>"Một cửa · cán bộ"</b></a>
            {inside}
        </header>
    }
}

/// Sets the title of the page, as the browser's tab and a screen reader tell it.
pub fn title(text: &str) {
    document().set_title(&format!("{text} · Một cửa, cán bộ"));
}
