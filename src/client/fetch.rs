//! One small wrapper over the browser's fetch: bytes in, bytes or text out, and what can go wrong.

use form::Map;
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use std::fmt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

/// What the server answered, whatever its status.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
    headers: Headers,
}

impl Answer {
    /// A header, if the answer has it.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }

    /// Seconds after which to try again, when the server says so.
    pub fn retry_after(&self) -> Option<u32> {
        self.header("Retry-After")?.parse().ok()
    }
}

/// A request that has taken so many milliseconds hangs: phones change networks without telling anybody.
const PATIENCE: i32 = 60_000;

/// Why a request did not come back with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: no network, or it broke off.
    Network,
    /// An answer that is no use: its status.
    Status(u16),
    /// An answer that cannot be read.
    Unreadable,
    /// This browser will not keep anything.
    Storage,
    /// Another tab has kept something newer.
    Elsewhere,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

thread_local! {
    static BEGUN: RefCell<Map<JsFuture>> = const { RefCell::new(Map::new()) };
}

/// Begins to fetch a file that [`get`] will be asked for soon, so that several come together rather than one by one.
pub fn begin(path: &str) {
    BEGUN.with_borrow_mut(|begun| {
        if !begun.contains(path)
            && let Some(window) = web_sys::window()
        {
            begun.insert(path.to_owned(), JsFuture::from(window.fetch_with_str(path)));
        }
    });
}

/// A file of the site.
pub async fn get(path: &str) -> Result<Vec<u8>, Failure> {
    begin(path);
    let coming = BEGUN.with_borrow_mut(|begun| begun.remove(path)).ok_or(Failure::Network)?;
    let response = answered(coming).await?;
    if !response.ok() {
        return Err(Failure::Status(response.status()));
    }
    let buffer = wait(response.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A request with a body.
pub async fn send(method: &str, path: &str, headers: &[(&str, &str)], body: &JsValue) -> Result<Answer, Failure> {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_body(body);
    let named = Headers::new().map_err(|_| Failure::Unreadable)?;
    for (name, value) in headers {
        named.set(name, value).map_err(|_| Failure::Unreadable)?;
    }
    init.set_headers(&named);
    if let Ok(stop) = AbortController::new() {
        init.set_signal(Some(&stop.signal()));
        let give_up = Closure::once_into_js(move || stop.abort());
        // What is over already is not hurt by it. Without a timer the browser's own patience counts.
        let _ = web_sys::window()
            .ok_or(Failure::Network)?
            .set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), PATIENCE);
    }
    let response = response(path, &init).await?;
    let body = wait(response.text()).await?.as_string().unwrap_or_default();
    Ok(Answer { status: response.status(), body, headers: response.headers() })
}

/// Bytes of the API, asked for with headers, and with a body where there is something to tell.
pub async fn bytes(path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Result<Vec<u8>, Failure> {
    let init = RequestInit::new();
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(&JsValue::from_str(body));
    }
    let named = Headers::new().map_err(|_| Failure::Unreadable)?;
    for (name, value) in headers {
        named.set(name, value).map_err(|_| Failure::Unreadable)?;
    }
    init.set_headers(&named);
    let response = response(path, &init).await?;
    if !response.ok() {
        return Err(Failure::Status(response.status()));
    }
    let buffer = wait(response.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn response(path: &str, init: &RequestInit) -> Result<Response, Failure> {
    let window = web_sys::window().ok_or(Failure::Network)?;
    answered(JsFuture::from(window.fetch_with_str_and_init(path, init))).await
}

async fn answered(coming: JsFuture) -> Result<Response, Failure> {
    coming.await.map_err(|_| Failure::Network)?.dyn_into().map_err(|_| Failure::Network)
}

async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, Failure> {
    JsFuture::from(promise.map_err(|_| Failure::Network)?).await.map_err(|_| Failure::Network)
}
