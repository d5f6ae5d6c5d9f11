//! Every page of the site, and what it shows while it waits for what it needs.

mod apply;
mod eligibility;
mod home;
mod procedure;
mod receipt;
mod sum;
mod track;

use crate::client::Failure;
use crate::route::Page;
use crate::task::background;
use std::future::Future;
use std::pin::Pin;
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

/// A page that says what is not there.
fn not_found(text: &str) -> Html {
    crate::app::title(t(Key::FrameHome));
    html! {
        {crate::app::back(&Page::Home)}
        <h1>{text.to_owned()}</h1>
        <a class="button" href="/">{t(Key::FrameHome)}</a>
    }
}

/// Something on its way.
type Coming<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// Loads what a page needs, then draws it: words while it waits, a way to try again when it fails.
fn waiting<T: Clone + Send + Sync + 'static>(
    load: impl Fn() -> Coming<T> + Send + Sync + Clone + 'static,
    draw: impl Fn(T) -> Html + Send + Sync + 'static,
) -> Html {
    let loaded = RwSignal::new(None::<Result<T, Failure>>);
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
    let again = {
        let begin = begin.clone();
        move |_| begin()
    };
    let inside = move || match loaded.get() {
        None => html! { <p class="loading" role="status">{t(Key::FrameLoading)}</p> },
        Some(Ok(value)) => draw(value),
        Some(Err(Failure::Status(404))) => not_found(t(Key::ProcedureNone)),
        Some(Err(_)) => html! {
            <h1 class="small">{t(Key::FrameFailed)}</h1>
            <button type="button" class="button" on:click=again.clone()>{t(Key::FrameAgain)}</button>
        },
    };
    html! { {inside} }
}
