//! What is to be sent from this phone: written down before it is sent, so that it goes even when the page is closed.
//! `public/outbox.js` reads it in the service worker.

use super::database::{self, Store};
use super::draft::{Draft, paper_key};
use crate::client::Failure;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

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
