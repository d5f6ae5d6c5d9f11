//! The frame of every page: header, what is saved, the page itself, footer.

use crate::route::{Page, Program, Route};
use crate::state::{self, Saved};
use any_spawner::Executor;
use procedure::calendar::Moment;
use std::cell::{Cell, OnceCell};
use text::{Key, Words};
use ui::prelude::*;
use ui::{Html, html};
use ui::{fill, t};
use wasm_bindgen::prelude::*;

/// What every page may use.
#[derive(Clone, Copy)]
pub struct App {
    /// The program that runs.
    pub program: Program,
    /// Where the site is.
    pub route: Route,
    /// Whether the phone says it has a network.
    pub online: RwSignal<bool>,
    /// What is kept on this phone.
    pub saved: RwSignal<Saved>,
}

thread_local! {
    // Not a Leptos context: listeners and timers run outside of every owner, and need it too.
    static APP: OnceCell<App> = const { OnceCell::new() };
    // The site's owner lives as long as the page.
    static OWNER: Owner = Owner::new();
}

/// An owner of signals that outlive the page which makes them.
pub fn lasting_owner() -> Owner {
    OWNER.with(|owner| owner.with(Owner::new))
}

/// The app, from anywhere in the site.
///
/// # Panics
/// Before [`start`] has made it, which is the first thing that happens.
#[expect(clippy::expect_used, reason = "there is no site to show a mistake on before it has started")]
pub fn app() -> App {
    APP.with(|app| *app.get().expect("the site has started"))
}

/// Loads the language, then draws the site in place of the first view, its pages by `draw`.
pub fn start(program: Program, draw: fn(Page) -> Html) {
    #[cfg(debug_assertions)]
    tell_panics();
    // Signals and effects run on the browser's own queue. A second call would change nothing.
    let _ = Executor::init_wasm_bindgen();
    crate::task::background(async move {
        if let Some(language) = state::language::chosen()
            && let Ok(bytes) = crate::client::get(&format!("/data/texts.{language}.bin")).await
            && let Some(words) = Words::from_bytes(&bytes)
        {
            state::language::mark(&language);
            ui::set_words(words);
        }
        OWNER.with(Owner::set);
        APP.with(|app| {
            app.get_or_init(|| App {
                program,
                route: Route::follow(),
                online: RwSignal::new(window().navigator().on_line()),
                saved: RwSignal::new(Saved::Nothing),
            });
        });
        if let Some(place) = document().get_element_by_id("app") {
            frame(draw).mount(&place);
        }
    });
}

/// A panic says where it happened; in the released site only that it did, because the words would weigh too much.
#[cfg(debug_assertions)]
fn tell_panics() {
    std::panic::set_hook(Box::new(|what| web_sys::console::error_1(&what.to_string().into())));
}

fn frame(draw: fn(Page) -> Html) -> Html {
    let app = app();
    watch_network(app.online);
    state::units::start();
    state::draft::follow_other_tabs();
    let first = Cell::new(true);
    ui::effect(move || {
        let page = app.route.page();
        // The first page is where the person already is; after that a new page starts at its top.
        if !first.replace(false) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            ui::focus("main");
        }
        state::draft::leave_unless(&page);
    });
    html! {
        <a class="skip" href="#main">{t(Key::FrameSkip)}</a>
        <header class="bar">
            <span class="mark" aria-hidden="true">"QT"</span>
            <a class="who" href="/">{t(Key::FrameProvince)}<b>{t(Key::FrameName)}</b></a>
            <nav><a class="menu" href="/track">{t(Key::FrameTrack)}</a></nav>
        </header>
        {saved_line(app)}
        <main id="main" tabindex="-1">{move || draw(app.route.page())}</main>
        {footer()}
    }
}

/// "Đã lưu trên máy này lúc 10:42", while a draft is open; offline says so everywhere.
fn saved_line(app: App) -> Html {
    let told = move || {
        let (off, text) = match (app.saved.get(), app.online.get()) {
            (Saved::Failed, _) => (true, t(Key::SavedFailed).to_owned()),
            (Saved::Elsewhere, _) => (true, t(Key::SavedElsewhere).to_owned()),
            (_, false) => (true, t(Key::FrameOffline).to_owned()),
            (Saved::Nothing, true) => return None,
            (Saved::Saving, true) => (false, t(Key::SavedSaving).to_owned()),
            (Saved::At(at), true) => (false, fill(Key::SavedNow, &[("time", &crate::clock::clock(Moment(at)))])),
        };
        Some(html! { <div class=if off { "saved off" } else { "saved" }><i></i>{text}</div> })
    };
    html! { <div role="status" class="saved-place">{told}</div> }
}

fn footer() -> Html {
    let weight = document()
        .query_selector("meta[name=weight]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let weight = weight.map(|weight| html! { <span>{fill(Key::FrameWeight, &[("weight", &weight)])}" · "</span> });
    let code = t(Key::FrameLanguageCode);
    let switch = move |_| state::language::choose(code);
    html! {
        <footer>
            <p>{fill(Key::FrameHelp, &[("phone", t(Key::FramePhone))])}</p>
            <p>{weight}<button type="button" class="link" lang=code on:click=switch>{t(Key::FrameLanguage)}</button></p>
            <p>{t(Key::FrameDemonstration)}</p>
        </footer>
    }
}

fn watch_network(online: RwSignal<bool>) {
    for (name, state) in [("online", true), ("offline", false)] {
        let changed = Closure::<dyn FnMut()>::new(move || online.set(state));
        // Lives as long as the page.
        let _ = window().add_event_listener_with_callback(name, changed.into_js_value().unchecked_ref());
    }
}

/// Sets the title of the page, as the browser's tab and a screen reader tell it.
pub fn title(text: &str) {
    document().set_title(&fill(Key::FramePageTitle, &[("title", text)]));
}

/// Home is drawn without a back link, everything else with one.
pub fn back(to: &Page) -> Html {
    html! { <a class="back" href=to.path()>{t(Key::FrameBack)}</a> }
}
