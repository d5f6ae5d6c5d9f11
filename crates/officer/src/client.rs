//! Talking to the API. When the session is over, a request waits until the officer has signed in again, and then goes on.

use crate::session;
use js_sys::{Promise, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};
use wire::{FieldProblem, Problem};

/// A request that has taken so many milliseconds hangs.
const PATIENCE: i32 = 120_000;

/// Why a request did not come back with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: no network, or it broke off.
    Network,
    /// The API says what is the matter.
    Told(Box<Problem>),
    /// An answer that cannot be read.
    Unreadable,
}

impl Failure {
    /// The stable code of what the API said; empty when it said nothing.
    pub fn code(&self) -> &str {
        if let Self::Told(problem) = self { &problem.code } else { "" }
    }

    /// The HTTP status; 0 without an answer.
    pub fn status(&self) -> u16 {
        if let Self::Told(problem) = self { problem.status } else { 0 }
    }

    /// The place of the first field that is wrong; empty when no field is the matter.
    pub fn place(&self) -> &str {
        if let Self::Told(problem) = self { problem.problems.first().map_or("", |field| &field.place) } else { "" }
    }

    /// What an officer reads.
    pub fn says(&self) -> String {
        match self {
            Self::Network => {
                "Chưa gửi được: không có mạng hoặc máy chủ không trả lời. Những gì đã nhập vẫn còn, hãy bấm lại."
                    .to_owned()
            }
            Self::Unreadable => "Máy chủ trả lời điều trang này không đọc được. Hãy tải lại trang.".to_owned(),
            // What is wrong field by field says more than that something is.
            Self::Told(problem) => {
                let fields: Vec<&str> =
                    problem.problems.iter().map(|FieldProblem { says, .. }| says.as_str()).collect();
                let whole = vec![problem.title.as_str(), problem.detail.as_str()];
                let all = if fields.is_empty() { whole } else { fields }.into_iter();
                let ended =
                    |text: &str| if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") };
                all.filter(|text| !text.is_empty()).map(ended).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// What is sent along.
#[derive(Clone)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON.
    Json(String),
    /// A file and its media type.
    File(JsValue, String),
}

/// A request to the API.
#[derive(Clone)]
pub struct Request {
    method: &'static str,
    path: String,
    key: Option<String>,
    body: Body,
}

impl Request {
    /// Asks for something.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), key: None, body: Body::None }
    }

    /// Sends JSON.
    pub fn post(path: impl Into<String>, value: &impl Serialize) -> Self {
        // Types of the wire have no maps whose names are not texts, which is all that serde_json refuses.
        let body = Body::Json(serde_json::to_string(value).unwrap_or_default());
        Self { method: "POST", path: path.into(), key: None, body }
    }

    /// Sends JSON in place of what is there.
    pub fn change(path: impl Into<String>, value: &impl Serialize) -> Self {
        Self { method: "PUT", ..Self::post(path, value) }
    }

    /// Takes something away.
    pub fn delete(path: impl Into<String>) -> Self {
        Self { method: "DELETE", ..Self::get(path) }
    }

    /// Sends a file to be read.
    pub fn send_file(path: impl Into<String>, file: JsValue, kind: String) -> Self {
        Self { method: "POST", ..Self::put(path, file, kind) }
    }

    /// Sends a file.
    pub fn put(path: impl Into<String>, file: JsValue, kind: String) -> Self {
        Self { method: "PUT", path: path.into(), key: None, body: Body::File(file, kind) }
    }

    /// With an idempotency key.
    #[must_use]
    pub fn key(self, key: String) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Sends it, and reads JSON; waits for a new session when this one is over.
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, Failure> {
        let bytes = self.bytes().await?;
        serde_json::from_slice(&bytes).map_err(|_| Failure::Unreadable)
    }

    /// Sends it, and reads bytes; waits for a new session when this one is over.
    pub async fn bytes(self) -> Result<Vec<u8>, Failure> {
        loop {
            match self.once().await {
                Err(failure) if failure.code() == "not-signed-in" => session::signed_in_again().await,
                answered => return answered,
            }
        }
    }

    /// Sends it once, whatever comes back: for signing in itself.
    pub async fn once(&self) -> Result<Vec<u8>, Failure> {
        let response = self.response().await?;
        let buffer = wait(response.array_buffer()).await?;
        let bytes = Uint8Array::new(&buffer).to_vec();
        if response.ok() {
            session::was_answered();
            return Ok(bytes);
        }
        let problem = serde_json::from_slice::<Problem>(&bytes).ok();
        let problem = problem.unwrap_or_else(|| Problem {
            kind: String::new(),
            title: format!("Máy chủ trả lời lỗi {}", response.status()),
            status: response.status(),
            code: String::new(),
            detail: String::new(),
            problems: Vec::new(),
            missing: Vec::new(),
        });
        Err(Failure::Told(Box::new(problem)))
    }

    async fn response(&self) -> Result<Response, Failure> {
        let window = web_sys::window().ok_or(Failure::Network)?;
        let init = RequestInit::new();
        init.set_method(self.method);
        let headers = Headers::new().map_err(|_| Failure::Unreadable)?;
        let mut named = vec![("X-Req", "1")];
        if let Some(key) = &self.key {
            named.push(("Idempotency-Key", key));
        }
        match &self.body {
            Body::None => {}
            Body::Json(text) => {
                named.push(("Content-Type", "application/json"));
                init.set_body(&JsValue::from_str(text));
            }
            Body::File(file, kind) => {
                named.push(("Content-Type", kind));
                init.set_body(file);
            }
        }
        for (name, value) in named {
            headers.set(name, value).map_err(|_| Failure::Unreadable)?;
        }
        init.set_headers(&headers);
        if let Ok(stop) = AbortController::new() {
            init.set_signal(Some(&stop.signal()));
            let give_up = Closure::once_into_js(move || stop.abort());
            // What is over already is not hurt by it. Without a timer the browser's own patience counts.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(give_up.unchecked_ref(), PATIENCE);
        }
        let coming = JsFuture::from(window.fetch_with_str_and_init(&self.path, &init));
        coming.await.map_err(|_| Failure::Network)?.dyn_into().map_err(|_| Failure::Network)
    }
}

async fn wait(promise: Result<Promise, JsValue>) -> Result<JsValue, Failure> {
    JsFuture::from(promise.map_err(|_| Failure::Network)?).await.map_err(|_| Failure::Network)
}
