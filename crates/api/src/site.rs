//! The two sites: static files, compressed beforehand, and the one page of each for every address of its own.

use crate::error::ApiError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use form::Date;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

/// The service worker of the officers' site, and the header that says for which addresses it may answer.
const OFFICERS_WORKER: &str = "/officer/sw.js";
const WORKER_ALLOWED: HeaderName = HeaderName::from_static("service-worker-allowed");

/// Addresses of the site's style sheets, for the pages that are drawn here.
pub type Styles = Arc<[String]>;

/// A folder of files built by Trunk.
#[derive(Clone)]
pub struct Site {
    styles: Styles,
    files: ServeDir,
    page: ServeFile,
    officers: ServeFile,
    /// Names of catalogues that stand in place of today's from their day on.
    later: Arc<[String]>,
}

impl Site {
    /// Serves the files of a folder, and its `index.html` for addresses without a file; below `/officer` that of the
    /// officers' site.
    #[must_use]
    pub fn new(folder: &std::path::Path) -> Self {
        let page: PathBuf = folder.join("index.html");
        // Their names tell their content, so only the built page knows them.
        let built = std::fs::read_to_string(&page).unwrap_or_default();
        Self {
            styles: style_sheets(&built).collect(),
            files: ServeDir::new(folder).precompressed_br().append_index_html_on_directories(false),
            page: ServeFile::new(page).precompressed_br(),
            officers: ServeFile::new(folder.join("officer/index.html")).precompressed_br(),
            later: later(&folder.join("data")),
        }
    }

    /// The style sheets of its page.
    #[must_use]
    pub fn styles(&self) -> Styles {
        self.styles.clone()
    }

    /// Answers a request that no route of the API has, as of a day.
    pub async fn answer(self, mut request: Request, today: Date) -> Response {
        let path = request.uri().path().to_owned();
        if path == "/api" || path.starts_with("/api/") {
            return ApiError::NoSuchPage.into_response();
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return ApiError::MethodNotAllowed.into_response();
        }
        if let Some(file) = dated(&self.later, &path, today).and_then(|name| format!("/data/{name}").parse().ok()) {
            *request.uri_mut() = file;
        }
        // An address of the site's own has no file name at its end; whoever asks for a file gets the file or nothing.
        let answered = if is_file(&path) {
            self.files.oneshot(request).await.map(|response| response.map(Body::new))
        } else if is_officers(&path) {
            self.officers.oneshot(request).await.map(|response| response.map(Body::new))
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
        if path == OFFICERS_WORKER {
            // Without it the worker would have the addresses below /officer/, but not that page itself.
            response.headers_mut().insert(WORKER_ALLOWED, HeaderValue::from_static("/officer"));
        }
        response
    }
}

/// Catalogues of later days: the build writes them where agencies are to change.
fn later(data: &std::path::Path) -> Arc<[String]> {
    let names = std::fs::read_dir(data).into_iter().flatten().flatten();
    let names = names.map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| day_of(name).is_some()).collect()
}

/// `catalogue.vi.2027-01-01.bin` → language and day.
fn day_of(name: &str) -> Option<(&str, Date)> {
    let (language, day) = name.strip_prefix("catalogue.")?.strip_suffix(".bin")?.split_once('.')?;
    Some((language, Date::parse(day)?))
}

/// The file in whose place another one stands today.
fn dated<'a>(later: &'a [String], path: &str, today: Date) -> Option<&'a String> {
    let language = path.strip_prefix("/data/catalogue.")?.strip_suffix(".bin")?;
    let told = later.iter().filter_map(|name| Some((name, day_of(name)?)));
    let due = told.filter(|(_, (of, day))| *of == language && *day <= today);
    due.max_by_key(|(_, (_, day))| *day).map(|(name, _)| name)
}

fn style_sheets(html: &str) -> impl Iterator<Item = String> {
    let links = html.split("<link").skip(1).filter_map(|rest| rest.split('>').next());
    links.filter(|link| link.contains("stylesheet")).filter_map(|link| {
        let value = link.split("href=").nth(1)?;
        let end = |sign: char| matches!(sign, '"' | '\'' | ' ');
        value.split(end).find(|part| !part.is_empty()).map(str::to_owned)
    })
}

/// Whether an address belongs to the officers' site.
fn is_officers(path: &str) -> bool {
    path == "/officer" || path.starts_with("/officer/")
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
    fn style_sheets_are_found_however_the_build_writes_them() {
        let html = r#"<link rel="icon" href="/i.svg"><link rel="stylesheet" href="/site-1.css"/><link rel=stylesheet href=/b.css>"#;
        assert_eq!(style_sheets(html).collect::<Vec<_>>(), ["/site-1.css", "/b.css"]);
    }

    #[test]
    fn a_later_catalogue_is_given_from_its_day_on() {
        let later = ["catalogue.vi.2027-01-01.bin", "catalogue.vi.2027-03-01.bin", "catalogue.en.2027-01-01.bin"];
        let later = later.map(str::to_owned);
        for (path, today, given) in [
            ("/data/catalogue.vi.bin", "2026-12-31", None),
            ("/data/catalogue.vi.bin", "2027-01-01", Some(0)),
            ("/data/catalogue.vi.bin", "2027-02-28", Some(0)),
            ("/data/catalogue.vi.bin", "2028-01-01", Some(1)),
            ("/data/catalogue.en.bin", "2028-01-01", Some(2)),
            ("/data/catalogue.km.bin", "2028-01-01", None),
            ("/data/texts.vi.bin", "2028-01-01", None),
        ] {
            let found = dated(&later, path, Date::parse(today).unwrap());
            assert_eq!(found, given.map(|place: usize| &later[place]), "{path} {today}");
        }
    }

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
