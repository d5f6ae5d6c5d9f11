//! Every answer: its headers, its problem, its cache; and the document that describes them all.

use crate::world::{World, key};
use api::limits::Limits;
use api::routes;
use axum::body::Body;
use axum::http::{Method, Request, header};

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn every_error_is_a_problem_and_every_answer_has_the_headers() {
    let world = World::new().await;
    let key = key(1);
    let keyed = ("idempotency-key", key.as_str());
    let large = format!("\"{}\"", "x".repeat(1024 * 1024));
    for (method, path, headers, body, status, code) in [
        ("GET", "/api/v1/nothing", vec![], "", 404, "not-found"),
        ("GET", "/api", vec![], "", 404, "not-found"),
        ("POST", "/somewhere", vec![], "", 405, "method-not-allowed"),
        ("GET", "/missing.js", vec![], "", 404, "not-found"),
        ("GET", "/../../etc/passwd.txt", vec![], "", 404, "not-found"),
        ("GET", "/%2e%2e/data/lookup.key", vec![], "", 404, "not-found"),
        ("DELETE", "/api/v1/dossiers", vec![], "", 405, "method-not-allowed"),
        ("GET", "/api/v1/track", vec![], "", 405, "method-not-allowed"),
        ("GET", "/api/v1/forms/xyz", vec![], "", 404, "text-unknown"),
        ("GET", "/api/v1/forms/%ff", vec![], "", 404, "text-unknown"),
        ("POST", "/api/v1/dossiers", vec![keyed], "{}", 415, "not-json-type"),
        ("POST", "/api/v1/dossiers", vec![keyed, ("content-type", "text/plain")], "{}", 415, "not-json-type"),
        ("POST", "/api/v1/dossiers", vec![JSON], "{}", 400, "key-missing"),
        ("POST", "/api/v1/dossiers", vec![JSON, keyed, keyed], "{}", 400, "key-missing"),
        ("POST", "/api/v1/dossiers", vec![JSON, keyed], "{}", 400, "not-json"),
        ("POST", "/api/v1/dossiers", vec![JSON, keyed], &large, 413, "too-large"),
        ("POST", "/api/v1/track", vec![JSON], "{\"code\":\"1\",\"code\":\"2\"}", 400, "not-json"),
        ("POST", "/api/v1/track", vec![JSON, ("sec-fetch-site", "cross-site")], "{}", 403, "other-site"),
        (
            "POST",
            "/api/v1/track",
            vec![JSON, ("origin", "https://evil.example"), ("host", "x")],
            "{}",
            403,
            "other-site",
        ),
    ] {
        let answer = world.send(request(method, path, &headers, body)).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{method} {path}");
        has_headers(&answer.headers, path);
    }
    for path in ["/", "/track", "/procedures/thu", "/apply/thu/nguoi", "/api/v1/catalogue", "/api/v1/health"] {
        let answer = world.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        has_headers(&answer.headers, path);
    }
}

fn has_headers(headers: &axum::http::HeaderMap, path: &str) {
    let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("style-src 'self';"), "{path}");
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("object-src 'none'"));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ] {
        assert_eq!(headers[name], value, "{path}");
    }
}

#[tokio::test]
async fn the_site_is_one_page_and_its_files() {
    let world = World::new().await;
    let page = world.get("/apply/thu").await;
    assert!(page.body.starts_with(b"<!doctype html>"));
    assert_eq!(page.headers["content-type"], "text/html");
    assert_eq!(page.headers["cache-control"], "no-cache");
    let wasm = "/portal-0123456789abcdef_bg.wasm";
    let file = world.get(wasm).await;
    assert_eq!(file.headers["content-type"], "application/wasm");
    assert_eq!(file.headers["cache-control"], "public, max-age=31536000, immutable");
    let small = world.send(request("GET", wasm, &[("accept-encoding", "gzip, br")], "")).await;
    assert_eq!((&small.headers["content-encoding"], &small.body[..]), (&"br".parse().unwrap(), &b"small"[..]));
    assert_eq!(small.headers["content-type"], "application/wasm");
}

#[tokio::test]
async fn addresses_of_the_officers_site_get_its_page() {
    let world = World::new().await;
    for (path, title) in [
        ("/officer", "Cán bộ"),
        ("/officer/", "Cán bộ"),
        ("/officer/dossiers/0123", "Cán bộ"),
        ("/officer?list=late", "Cán bộ"),
        ("/officers", "Một Cửa"),
        ("/track", "Một Cửa"),
    ] {
        let page = world.get(path).await;
        let text = String::from_utf8_lossy(&page.body).into_owned();
        assert!(text.contains(title), "{path}: {text}");
        assert_eq!(page.headers["cache-control"], "no-cache", "{path}");
    }
}

#[tokio::test]
async fn a_form_is_read_by_its_fingerprint() {
    let world = World::new().await;
    let catalogue = world.get("/api/v1/catalogue").await.json();
    for (list, name) in [("forms", "title"), ("procedures", "name")] {
        for listed in catalogue[list].as_array().unwrap() {
            let fingerprint = listed["fingerprint"].as_str().unwrap();
            let text = world.get(&format!("/api/v1/forms/{fingerprint}")).await;
            assert_eq!(crate::world::hash(&text.body), fingerprint);
            assert_eq!(text.json()[name], listed[name]);
            assert_eq!(text.headers["cache-control"], "public, max-age=31536000, immutable");
        }
    }
}

#[tokio::test]
async fn too_many_too_slow_and_too_busy_are_told_apart() {
    let world = World::with(Limits { requests_per_second: 0.2, ..Limits::default() }).await;
    let statuses = [world.get("/api/v1/catalogue").await, world.get("/api/v1/catalogue").await];
    let refused = world.get("/api/v1/catalogue").await;
    assert_eq!(statuses.map(|answer| answer.status.as_u16()), [200, 200]);
    assert_eq!(refused.problem(), (429, "too-many-requests".to_owned()));
    assert_eq!(world.get("/api/v1/health").await.status, 200, "a probe is never limited");

    let world = World::with(Limits { requests_at_once: 0, ..Limits::default() }).await;
    let busy = world.get("/api/v1/catalogue").await;
    assert_eq!(busy.problem(), (503, "busy".to_owned()));
    assert!(busy.headers.contains_key("retry-after"));

    let world = World::with(Limits { seconds: 0, ..Limits::default() }).await;
    let slow = Body::new(Never);
    let request = Request::post("/api/v1/track").header("content-type", "application/json").body(slow).unwrap();
    assert_eq!(world.send(request).await.problem(), (408, "too-slow".to_owned()));
}

/// A body that never comes.
struct Never;

impl http_body::Body for Never {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;
    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[tokio::test]
async fn the_document_is_the_one_that_was_agreed() {
    let world = World::new().await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let document = routes::document(&world.app).to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&path, &document).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(document == agreed, "the API changed: look at the difference after UPDATE_OPENAPI=1 cargo test -p api");
    assert_eq!(
        world.get("/api/v1/openapi.json").await.json(),
        serde_json::from_str::<serde_json::Value>(&agreed).unwrap()
    );
}
