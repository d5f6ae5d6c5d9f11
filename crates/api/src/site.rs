//! The citizen's site: static files, compressed beforehand, and its one page for every address of its own.

use crate::error::ApiError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::path::PathBuf;
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

/// A folder of files built by Trunk.
#[derive(Clone)]
pub struct Site {
    files: ServeDir,
    page: ServeFile,
}

impl Site {
    /// Serves the files of a folder, and its `index.html` for addresses without a file.
    #[must_use]
    pub fn new(folder: &std::path::Path) -> Self {
        let page: PathBuf = folder.join("index.html");
        Self {
            files: ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false),
            page: ServeFile::new(page).precompressed_br(),
        }
    }

    /// Answers a request that no route of the API has.
    pub async fn answer(self, request: Request) -> Response {
        let path = request.uri().path().to_owned();
        if path == "/api" || path.starts_with("/api/") {
            return ApiError::NoSuchPage.into_response();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return ApiError::MethodNotAllowed.into_response();
        }
        // An address of the site's own has no file name at its end; whoever asks for a file gets the file or nothing.
        let answered = if is_file(&path) {
            self.files.oneshot(request).await.map(|response| response.map(Body::new))
        } else {
            self.page.oneshot(request).await.map(|response| response.map(Body::new))
        };
        let Ok(mut response) = answered;
        let status = response.status();
        if status == StatusCode::NOT_FOUND || status == StatusCode::METHOD_NOT_ALLOWED {
            return ApiError::NoSuchPage.into_response();
        }
        if status.is_server_error() {
            return ApiError::Failed.into_response();
        }
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping(&path)));
        response
    }
}

fn is_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// A file named by its content never changes; everything else is asked for again, and answered "unchanged" if it is.
fn keeping(path: &str) -> &'static str {
    if is_named_by_content(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether a part of the name is 12 or more hexadecimal digits: our own build writes 16, Trunk sometimes 15.
fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|part| part.len() >= 12 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_made_of_content_are_kept_for_ever() {
        for (path, kept) in [
            ("/portal-1a2b3c4d5e6f7a8b_bg.wasm", true),
            ("/boot-948ea9ee0615f76.js", true),
            ("/data/forms/nd20-1a-0123456789abcdef.bin", true),
            ("/index.html", false),
            ("/boot.js", false),
            ("/data/catalogue.vi.bin", false),
            ("/procedures/tro-cap", false),
            ("/abcdefabcdefabcd/boot.js", false),
        ] {
            assert_eq!(is_named_by_content(path), kept, "{path}");
        }
    }
}
