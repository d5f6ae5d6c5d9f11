//! What tus 1.0.0 asks of every request and answer: <https://tus.io/protocols/resumable-upload>.
//!
//! Own code, because the crates there are bring keeping places of their own: see decision 7.

mod checksum;
mod headers;

pub(crate) use checksum::Checksum;
pub(crate) use headers::{date, metadata, number, sha256};

use crate::error::ApiError;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use procedure::paper::MAX_BYTES;

pub(crate) const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(crate) const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");
const TUS_CHECKSUM_ALGORITHM: HeaderName = HeaderName::from_static("tus-checksum-algorithm");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");

/// What the server can do: the headers of the answer to OPTIONS.
pub(crate) fn abilities() -> [(HeaderName, HeaderValue); 4] {
    [
        (TUS_VERSION, VERSION),
        (TUS_EXTENSION, HeaderValue::from_static("creation,expiration,checksum,termination")),
        (TUS_MAX_SIZE, HeaderValue::from(MAX_BYTES)),
        (TUS_CHECKSUM_ALGORITHM, HeaderValue::from_static("sha1,sha256")),
    ]
}

/// Takes the method that the request says it means, refuses other versions, and names ours in every answer.
pub(crate) async fn speak(mut request: Request, next: Next) -> Response {
    if let Some(meant) = request.headers().get(METHOD_OVERRIDE) {
        match Method::from_bytes(meant.as_bytes()) {
            Ok(method) => *request.method_mut() = method,
            Err(_) => return versioned(ApiError::MethodNotAllowed.into_response()),
        }
    }
    if request.method() != Method::OPTIONS && !is_ours(request.headers()) {
        let mut refused = ApiError::OtherTus.into_response();
        refused.headers_mut().insert(TUS_VERSION, VERSION);
        return versioned(refused);
    }
    versioned(next.run(request).await)
}

fn is_ours(headers: &HeaderMap) -> bool {
    headers.get(TUS_RESUMABLE).is_some_and(|version| version == VERSION)
}

fn versioned(mut response: Response) -> Response {
    response.headers_mut().insert(TUS_RESUMABLE, VERSION);
    response
}
