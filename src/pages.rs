//! Every page of the site, and what it shows while it waits for what it needs.

mod apply;
mod check_receipt;
mod code_box;
mod eligibility;
mod home;
mod open_draft;
mod print;
mod procedure;
mod qr;
mod receipt;
mod track;

use crate::client::Failure;
use crate::route::Page;
use crate::task::background;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use text::Key;
use ui::prelude::*;
use ui::t;
use ui::{Html, html};

/// Draws a page of the first program.
pub fn first(page: Page) -> Html {
    match page {
        Page::Home => home::draw(),
        Page::Procedure(id) => procedure::draw(id),
        Page::Draft(key, part) => apply::draw(key, part, apply::first),
        _ => not_found(t(Key::ProcedureNone)),
    }
}

/// Draws a page of the later program.
pub fn later(page: Page) -> Html {
    match page {
        Page::Eligibility(id) => eligibility::draw(id),
        Page::Track => track::draw(),
        Page::Receipt(key) => receipt::draw(key),
        Page::Draft(key, part) => apply::draw(key, part, apply::later),
        _ => not_found(t(Key::ProcedureNone)),
    }
}

/// Draws a page of the program that stands aside.
pub fn aside(page: Page) -> Html {
    match page {
        Page::CheckReceipt(key) => check_receipt::draw(key),
        Page::OpenDraft => open_draft::draw(),
        Page::Draft(key, part) => apply::draw(key, part, apply::aside),
        _ => not_found(t(Key::ProcedureNone)),
    }
}

/// A page that says what is not there.
fn not_found(text: &str) -> Html {
    crate::app::title(t(Key::FrameHome));
    html! {
        {crate::app::back(&Page::Home)}
        <h1>{text.to_owned()}</h1>
        <a class="button" href="/">{t(Key::FrameHome)}</a>
    }
}

/// What draws a page once all that it needs is there.
type Draw = Arc<dyn Fn() -> Html + Send + Sync>;

/// What a page needs, on its way. Of one type for every page, so that the wasm holds the waiting once.
type Coming = Pin<Box<dyn Future<Output = Result<Draw, Failure>>>>;

/// Makes a closure what draws a page.
#[expect(clippy::unnecessary_wraps, reason = "it ends the loading of a page, which may fail before")]
fn drawing(draw: impl Fn() -> Html + Send + Sync + 'static) -> Result<Draw, Failure> {
    Ok(Arc::new(draw))
}

/// Loads what a page needs, then draws it: words while it waits, a way to try again when it fails.
fn waiting(load: impl Fn() -> Coming + 'static) -> Html {
    wait_for(Rc::new(load))
}

fn wait_for(load: Rc<dyn Fn() -> Coming>) -> Html {
    let loaded = RwSignal::new(None::<Result<Draw, Failure>>);
    let begin = move || {
        loaded.set(None);
        let coming = load();
        background(async move {
            let result = coming.await;
            // The person may have left the page meanwhile; then its signal is gone and nobody waits.
            loaded.try_set(Some(result));
        });
    };
    begin();
    let again = move |_| begin();
    let inside = move || match loaded.get() {
        None => html! { <p class="loading" role="status">{t(Key::FrameLoading)}</p> },
        Some(Ok(draw)) => draw(),
        Some(Err(Failure::Status(404))) => not_found(t(Key::ProcedureNone)),
        Some(Err(_)) => html! {
            <h1 class="small">{t(Key::FrameFailed)}</h1>
            <button type="button" class="button" on:click=again.clone()>{t(Key::FrameAgain)}</button>
        },
    };
    html! { {inside} }
}
