//! Who is signed in, and what waits while nobody is.
//!
//! The session itself is a cookie that no script sees; here stands what the API said about it.

use crate::app::app;
use crate::client::{Failure, Request};
use crate::clock::now;
use js_sys::{Function, Promise};
use std::cell::{Cell, RefCell};
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wire::Me;

/// Who sits at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// The API has not answered yet.
    Unknown,
    /// It could not be asked, and why.
    Unasked(String),
    /// Nobody.
    Out,
    /// This officer.
    In(Me),
    /// This officer, whose session is over: the page stays as it is under the sign-in.
    Over(Me),
}

impl Session {
    /// The officer whose page is drawn.
    pub fn officer(&self) -> Option<&Me> {
        match self {
            Self::In(me) | Self::Over(me) => Some(me),
            _ => None,
        }
    }
}

thread_local! {
    // What goes on once somebody has signed in again.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
    static ANSWERED: Cell<i64> = const { Cell::new(0) };
}

/// Asks the API who is signed in.
pub async fn ask() {
    let session = app().session;
    let told = match Request::get("/api/v1/officers/me").once().await {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_or_else(|_| Session::Unasked(Failure::Unreadable.says()), Session::In)
        }
        Err(failure) if failure.status() == 401 => match session.get_untracked() {
            Session::In(me) | Session::Over(me) => Session::Over(me),
            _ => Session::Out,
        },
        // Who was signed in still is, for all we know.
        Err(_) if session.with_untracked(|now| now.officer().is_some()) => return,
        Err(failure) => Session::Unasked(failure.says()),
    };
    session.set(told);
}

/// Says that the session is over and waits until it is not.
pub async fn signed_in_again() {
    let session = app().session;
    match session.get_untracked() {
        Session::In(me) => session.set(Session::Over(me)),
        Session::Over(_) => {}
        _ => session.set(Session::Out),
    }
    let promise = Promise::new(&mut |go_on, _| WAITING.with_borrow_mut(|waiting| waiting.push(go_on)));
    // Such a promise is only ever kept.
    let _ = JsFuture::from(promise).await;
}

/// Somebody has signed in. Another officer than before must not see what that one had open.
pub fn signed_in(me: Me) {
    let session = app().session;
    let before = session.with_untracked(|session| session.officer().map(|me| me.id.clone()));
    if before.is_some_and(|before| before != me.id) {
        // A browser that refuses to go keeps the sign-in on top.
        let _ = window().location().assign("/officer");
        return;
    }
    session.set(Session::In(me));
    for go_on in WAITING.take() {
        // Keeping a promise cannot fail.
        let _ = go_on.call0(&JsValue::NULL);
    }
}

/// Ends the session, here and at the API.
pub async fn sign_out() -> Result<(), Failure> {
    match Request::post("/api/v1/officers/sign-out", &()).once().await {
        Ok(_) => {}
        // It was over already.
        Err(failure) if failure.status() == 401 => {}
        Err(failure) => return Err(failure),
    }
    crate::counter::forget();
    // A browser may show the page again as it was left: it is left with nothing on it.
    app().session.set(Session::Out);
    // Loaded anew, so that nothing of the officer stays in the page's memory.
    let _ = window().location().assign("/officer");
    Ok(())
}

/// Notes that the API has answered: from now on its patience counts anew.
pub fn was_answered() {
    ANSWERED.set(now().0);
}

/// When it answered last, in milliseconds since 1970 in UTC.
pub fn answered() -> i64 {
    ANSWERED.get()
}
