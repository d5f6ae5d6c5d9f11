//! The frame of every page: header, what is saved, the page itself, footer.

use crate::pages;
use crate::route::{Page, Route};
use crate::state::{self, Saved};
use leptos::prelude::*;
use procedure::calendar::Moment;
use text::{Key, Words};
use ui::{fill, t};
use wasm_bindgen::prelude::*;

/// What every page may use.
#[derive(Clone, Copy)]
pub struct App {
    /// Where the site is.
    pub route: Route,
    /// Whether the phone says it has a network.
    pub online: RwSignal<bool>,
    /// What is kept on this phone.
    pub saved: RwSignal<Saved>,
}

/// The app, from anywhere in a page.
pub fn app() -> App {
    expect_context::<App>()
}

/// Loads the language, then draws the site in place of the first view.
pub fn start() {
    leptos::task::spawn_local(async {
        if let Some(language) = state::language::chosen()
            && let Ok(bytes) = crate::client::get(&format!("/data/texts.{language}.bin")).await
            && let Ok(words) = Words::from_bytes(&bytes)
        {
            state::language::mark(&language);
            ui::set_words(words);
        }
        let place = document().get_element_by_id("app").and_then(|element| element.dyn_into().ok());
        if let Some(place) = place {
            mount_to(place, frame).forget();
        }
    });
}

fn frame() -> impl IntoView {
    let app = App {
        route: Route::follow(),
        online: RwSignal::new(window().navigator().on_line()),
        saved: RwSignal::new(Saved::Nothing),
    };
    provide_context(app);
    watch_network(app.online);
    state::units::start();
    Effect::new(move |before: Option<()>| {
        let page = app.route.page();
        // The first page is where the person already is; after that a new page starts at its top.
        if before.is_some() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            ui::focus("main");
        }
        state::draft::leave_unless(&page);
    });
    view! {
        <a class="skip" href="#main">{t(Key::FrameSkip)}</a>
        <header class="bar">
            <span class="mark" aria-hidden="true">"QT"</span>
            <a class="who" href="/">{t(Key::FrameProvince)}<b>{t(Key::FrameName)}</b></a>
            <nav><a class="menu" href="/track">{t(Key::FrameTrack)}</a></nav>
        </header>
        {saved_line(app)}
        <main id="main" tabindex="-1">{move || pages::draw(app.route.page())}</main>
        {footer()}
    }
}

/// "Đã lưu trên máy này lúc 10:42", while a draft is open; offline says so everywhere.
fn saved_line(app: App) -> AnyView {
    let text = move || {
        let offline = !app.online.get();
        match (app.saved.get(), offline) {
            (Saved::Failed, _) => Some((true, t(Key::SavedFailed).to_owned())),
            (_, true) => Some((true, t(Key::FrameOffline).to_owned())),
            (Saved::Nothing, false) => None,
            (Saved::Saving, false) => Some((false, t(Key::SavedSaving).to_owned())),
            (Saved::At(at), false) => Some((false, fill(Key::SavedNow, &[("time", &crate::clock::clock(Moment(at)))]))),
        }
    };
    let shown = Memo::new(move |_| text());
    view! {
        <div role="status" class="saved-place">
            {move || shown.get().map(|(off, text)| view! { <div class=if off { "saved off" } else { "saved" }><i></i>{text}</div> })}
        </div>
    }
    .into_any()
}

fn footer() -> AnyView {
    let weight = document()
        .query_selector("meta[name=weight]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let weight = weight.map(|weight| view! { <span>{fill(Key::FrameWeight, &[("weight", &weight)])}" · "</span> });
    let code = t(Key::FrameLanguageCode);
    let switch = move |_| state::language::choose(code);
    view! {
        <footer>
            <p>{fill(Key::FrameHelp, &[("phone", t(Key::FramePhone))])}</p>
            <p>{weight}<button type="button" class="link" lang=code on:click=switch>{t(Key::FrameLanguage)}</button></p>
            <p>{t(Key::FrameDemonstration)}</p>
        </footer>
    }
    .into_any()
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
pub fn back(to: &Page) -> AnyView {
    view! { <a class="back" href=to.path()>{t(Key::FrameBack)}</a> }.into_any()
}
