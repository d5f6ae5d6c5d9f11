//! Work that goes on beside the page.

use std::future::Future;
use std::pin::Pin;

/// Runs it from here on. Boxed, so that the wasm holds one queue instead of one for every kind of work.
pub fn background(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}
