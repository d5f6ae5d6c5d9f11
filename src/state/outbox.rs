//! What is to be sent from this phone: written down before it is sent, so that it goes even when the page is closed.
//! `public/outbox.js` reads it in the service worker.

use super::database::{self, Store};
use super::draft::{Draft, paper_key};
use crate::client::Failure;
use js_sys::{Array, Function, Object, Promise, Reflect};
use ui::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Writes down that a draft is to be sent with this manifest, the JSON of a `wire::SubmitRequest`.
pub async fn queue(draft: &Draft, manifest: &str) -> Result<(), Failure> {
    let papers = Array::new();
    // What a draft has beside it goes with it: also the photographs its papers were made of.
    let places: Array = draft.keys().map(JsValue::from).collect();
    for paper in &draft.papers {
        let place = paper_key(&draft.key, paper.number);
        papers.push(&object(&[
            ("place", &place.into()),
            ("sha256", &(&paper.sha256).into()),
            ("kind", &(&paper.kind).into()),
        ]));
    }
    let waiting = object(&[
        ("key", &(&draft.key).into()),
        ("name", &(&draft.name).into()),
        ("manifest", &manifest.into()),
        ("papers", &papers),
        ("drop", &places),
    ]);
    database::put(Store::Outbox, &draft.key, &waiting).await
}

/// Does this while nobody else on this phone sends: no other page, and not the service worker, which lets a page go before
/// it after the part it is at. Where browsers have no locks (Safari before 15.4) there is no service worker that sends.
pub async fn alone<T>(work: impl Future<Output = T>) -> T {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).unwrap_or_default();
    let Ok(request) = Reflect::get(&locks, &"request".into()).and_then(JsCast::dyn_into::<Function>) else {
        return work.await;
    };
    let mut over: Option<Function> = None;
    let held = Promise::new(&mut |resolve, _| over = Some(resolve));
    let ours = Promise::new(&mut |resolve, _| {
        let held = held.clone();
        let granted = Closure::once_into_js(move |_: JsValue| {
            // Settling a promise does not fail.
            let _ = resolve.call0(&JsValue::NULL);
            held
        });
        // What the lock answers in the end is of no interest.
        let _ = request.call2(&locks, &"sending".into(), &granted);
    });
    // Nobody rejects it.
    let _ = JsFuture::from(ours).await;
    let done = work.await;
    if let Some(over) = over {
        let _ = over.call0(&JsValue::NULL);
    }
    done
}

/// Whether the API has refused what was sent without a page.
pub async fn refused(key: &str) -> bool {
    let waiting = database::get(Store::Outbox, key).await.ok().flatten();
    waiting
        .and_then(|waiting| Reflect::get(&waiting, &"refused".into()).ok())
        .is_some_and(|refused| refused.is_truthy())
}

/// Takes a draft out again, because somebody opens it to change it.
pub async fn withdraw(key: &str) -> Result<(), Failure> {
    database::remove(Store::Outbox, key).await
}

fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes every field.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
