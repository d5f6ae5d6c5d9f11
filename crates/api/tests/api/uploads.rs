//! Papers that come in parts: what tus 1.0.0 asks, case by case, and what becomes of them.

use crate::world::{Answer, NOW, PDF, World, hash, key};
use api::limits::Limits;
use axum::body::{Body, Bytes};
use axum::http::{Method, Request};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use procedure::calendar::{DAY_MS, Moment};
use sha1::{Digest as _, Sha1};
use std::pin::Pin;
use std::task::{Context, Poll};

const TUS: (&str, &str) = ("tus-resumable", "1.0.0");
const PART: (&str, &str) = ("content-type", "application/offset+octet-stream");
const ALL: &str = "/api/v1/uploads";

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

fn told(content: &[u8]) -> String {
    format!("sha256 {}", STANDARD.encode(hash(content)))
}

async fn ask(world: &World, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    world.send(request(method, path, headers, body.to_vec())).await
}

/// Announces `length` bytes that are to become `content`.
async fn announce(world: &World, draft: u32, content: &[u8], length: usize) -> Answer {
    let (key, length, told) = (key(draft), length.to_string(), told(content));
    let headers = [TUS, ("idempotency-key", &key), ("upload-length", &length), ("upload-metadata", &told)];
    ask(world, "POST", ALL, &headers, b"").await
}

fn place(announced: &Answer) -> String {
    assert_eq!(announced.status, 201, "{announced:?}");
    announced.headers["location"].to_str().unwrap().to_owned()
}

/// A new upload of the PDF.
async fn begun(world: &World) -> String {
    place(&announce(world, 1, PDF, PDF.len()).await)
}

async fn add(world: &World, path: &str, at: usize, part: &[u8]) -> Answer {
    ask(world, "PATCH", path, &[TUS, PART, ("upload-offset", &at.to_string())], part).await
}

/// Where an upload stands, or the status when it is not there.
async fn offset(world: &World, path: &str) -> Result<usize, u16> {
    let answer = ask(world, "HEAD", path, &[TUS], b"").await;
    if answer.status != 200 {
        assert!(!answer.headers.contains_key("upload-offset"));
        return Err(answer.status.as_u16());
    }
    assert_eq!(answer.headers["cache-control"], "no-store");
    Ok(answer.headers["upload-offset"].to_str().unwrap().parse().unwrap())
}

#[tokio::test]
async fn every_rule_of_the_protocol_has_its_answer() {
    let world = World::new().await;
    let path = begun(&world).await;
    let (path, draft) = (path.as_str(), key(2));
    let (key, length, over) = (("idempotency-key", draft.as_str()), PDF.len().to_string(), "10485761");
    let (length, none) = (("upload-length", length.as_str()), format!("{ALL}/{}", "0".repeat(32)));
    let told = told(PDF);
    let told = ("upload-metadata", told.as_str());
    let zero = ("upload-offset", "0");
    let sum = |text: &'static str| ("upload-checksum", text);
    for (method, path, headers, body, status, code) in [
        // Announcing.
        ("POST", ALL, vec![key, length, told], "", 412, "other-tus"),
        ("POST", ALL, vec![("tus-resumable", "0.2.2"), key, length, told], "", 412, "other-tus"),
        ("POST", ALL, vec![TUS, length, told], "", 400, "key-missing"),
        ("POST", ALL, vec![TUS, key, told], "", 400, "header-unreadable"),
        ("POST", ALL, vec![TUS, key, ("upload-defer-length", "1"), told], "", 400, "header-unreadable"),
        ("POST", ALL, vec![TUS, key, ("upload-length", "-1"), told], "", 400, "header-unreadable"),
        ("POST", ALL, vec![TUS, key, ("upload-length", over), told], "", 413, "too-large"),
        ("POST", ALL, vec![TUS, key, ("upload-length", "0"), told], "", 422, "paper-empty"),
        ("POST", ALL, vec![TUS, key, length], "", 400, "header-unreadable"),
        ("POST", ALL, vec![TUS, key, length, ("upload-metadata", "name YQ==")], "", 400, "header-unreadable"),
        ("POST", ALL, vec![TUS, key, length, told, ("sec-fetch-site", "cross-site")], "", 403, "other-site"),
        ("PUT", ALL, vec![TUS], "", 405, "method-not-allowed"),
        ("POST", ALL, vec![TUS, ("x-http-method-override", "{")], "", 405, "method-not-allowed"),
        // Adding.
        ("PATCH", path, vec![PART, zero], "%PDF", 412, "other-tus"),
        ("PATCH", path, vec![TUS, zero], "%PDF", 415, "not-part-type"),
        ("PATCH", path, vec![TUS, zero, ("content-type", "application/pdf")], "%PDF", 415, "not-part-type"),
        ("PATCH", path, vec![TUS, PART], "%PDF", 400, "header-unreadable"),
        ("PATCH", path, vec![TUS, PART, ("upload-offset", "x")], "%PDF", 400, "header-unreadable"),
        ("PATCH", path, vec![TUS, PART, ("upload-offset", "1")], "%PDF", 409, "offset-differs"),
        ("PATCH", path, vec![TUS, PART, zero, sum("md5 eA==")], "%PDF", 400, "header-unreadable"),
        ("PATCH", path, vec![TUS, PART, zero, sum("sha1")], "%PDF", 400, "header-unreadable"),
        ("PATCH", path, vec![TUS, PART, zero, sum("sha1 eA==")], "%PDF", 460, "checksum-differs"),
        ("PATCH", &none, vec![TUS, PART, zero], "%PDF", 404, "upload-unknown"),
        ("PATCH", "/api/v1/uploads/%ff", vec![TUS, PART, zero], "%PDF", 404, "upload-unknown"),
        // Taking away, and what there is not.
        ("DELETE", path, vec![], "", 412, "other-tus"),
        ("DELETE", &none, vec![TUS], "", 404, "upload-unknown"),
        ("GET", path, vec![TUS], "", 405, "method-not-allowed"),
        ("PUT", path, vec![TUS], "", 405, "method-not-allowed"),
    ] {
        let answer = ask(&world, method, path, &headers, body.as_bytes()).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{method} {path} {headers:?}");
        if status != 403 {
            assert_eq!(answer.headers["tus-resumable"], "1.0.0", "{method} {path}");
        }
        assert_eq!(answer.headers.get("tus-version").is_some(), status == 412);
        assert!(answer.headers.contains_key("content-security-policy"));
    }
    assert_eq!(offset(&world, path).await, Ok(0), "nothing of all that was kept");
    assert_eq!(offset(&world, &none).await, Err(404));
    assert_eq!(ask(&world, "HEAD", path, &[], b"").await.status, 412);
    for path in [ALL, path] {
        let answer = ask(&world, "OPTIONS", path, &[], b"").await;
        assert_eq!(answer.status, 204);
        for (name, value) in [
            ("tus-version", "1.0.0"),
            ("tus-extension", "creation,expiration,checksum,termination"),
            ("tus-max-size", "10485760"),
            ("tus-checksum-algorithm", "sha1,sha256"),
        ] {
            assert_eq!(answer.headers[name], value);
        }
    }
}

#[tokio::test]
async fn a_paper_in_parts_is_the_very_paper_a_dossier_claims() {
    let world = World::new().await;
    let announced = announce(&world, 1, PDF, PDF.len()).await;
    assert_eq!(
        (&announced.headers["upload-offset"], &announced.headers["cache-control"]),
        (&"0".parse().unwrap(), &"no-store".parse().unwrap())
    );
    assert_eq!(announced.headers["upload-expires"], "Sun, 29 Nov 2026 07:05:00 GMT");
    let path = place(&announced);
    assert_eq!(path.len(), ALL.len() + 33);
    let filing = world.filing_with_paper();
    for (at, end) in [(0, 50), (50, 51), (51, PDF.len())] {
        assert_eq!(world.submit(&key(1), &filing).await.problem(), (409, "papers-missing".to_owned()));
        let answer = add(&world, &path, at, &PDF[at..end]).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.headers["upload-offset"]),
            (204, &end.to_string().parse().unwrap())
        );
        assert!(answer.headers.contains_key("upload-expires"));
        let head = ask(&world, "HEAD", &path, &[TUS], b"").await;
        assert_eq!(head.headers["upload-offset"], end.to_string());
        assert_eq!(head.headers["upload-length"], PDF.len().to_string());
        assert_eq!(head.headers["upload-metadata"], told(PDF));
    }
    assert_eq!(add(&world, &path, PDF.len(), b"").await.status, 204, "nothing more may always come");
    assert_eq!(add(&world, &path, PDF.len(), b"x").await.problem(), (413, "too-large".to_owned()));
    let again = announce(&world, 1, PDF, PDF.len()).await;
    assert_eq!(again.headers["upload-offset"], PDF.len().to_string(), "the same draft has it");
    assert_eq!(offset(&world, &place(&again)).await, Ok(PDF.len()));
    assert_eq!(announce(&world, 2, PDF, PDF.len()).await.headers["upload-offset"], "0", "another is told nothing");
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 200, "it is the same paper by either way");
    assert_eq!(world.submit(&key(1), &filing).await.status, 201);
    let left = std::fs::read_dir(world.folder.path().join("data/uploads")).unwrap().count();
    assert_eq!(left, 0, "its parts are gone");
}

#[tokio::test]
async fn what_is_not_the_announced_paper_is_refused_and_gone() {
    let world = World::new().await;
    let html = b"<html><script>alert(1)</script>".to_vec();
    for (announced, content, code) in [
        (&b"other"[..], PDF.to_vec(), "hash-differs"),
        (&html, html.clone(), "paper-other-kind"),
        (&PDF[..40], PDF[..40].to_vec(), "paper-broken"),
    ] {
        let path = place(&announce(&world, 1, announced, content.len()).await);
        assert_eq!(add(&world, &path, 0, &content[..9]).await.status, 204);
        assert_eq!(add(&world, &path, 9, &content[9..]).await.problem(), (422, code.to_owned()));
        assert_eq!(offset(&world, &path).await, Err(404), "no part could mend it");
    }
    let path = begun(&world).await;
    let long = [PDF, b"more"].concat();
    assert_eq!(add(&world, &path, 0, &long).await.problem(), (413, "too-large".to_owned()));
    assert_eq!(offset(&world, &path).await, Ok(0));
}

#[tokio::test]
async fn a_part_with_a_checksum_is_kept_whole_or_not_at_all() {
    let world = World::new().await;
    let path = begun(&world).await;
    let sha1 = |part: &[u8]| format!("sha1 {}", STANDARD.encode(Sha1::digest(part)));
    let sha256 = |part: &[u8]| format!("sha256 {}", STANDARD.encode(sha2::Sha256::digest(part)));
    for (at, end, sum, status) in [
        (0, 40, sha1(&PDF[1..41]), 460),
        (0, 40, sha1(&PDF[..40]), 204),
        (40, 90, sha256(&PDF[..40]), 460),
        (40, 90, sha256(&PDF[40..90]), 204),
        (90, PDF.len(), sha1(&PDF[90..]), 204),
    ] {
        let headers = [TUS, PART, ("upload-offset", &at.to_string()), ("upload-checksum", &sum)];
        assert_eq!(ask(&world, "PATCH", &path, &headers, &PDF[at..end]).await.status, status, "{at} {end}");
        assert_eq!(offset(&world, &path).await, Ok(if status == 204 { end } else { at }));
    }
    let large = vec![b'x'; 1024 * 1024 + 1];
    let path = place(&announce(&world, 2, &large, large.len()).await);
    let headers = [TUS, PART, ("upload-offset", "0"), ("upload-checksum", &sha1(&large))];
    assert_eq!(ask(&world, "PATCH", &path, &headers, &large).await.problem(), (413, "part-too-large".to_owned()));
}

#[tokio::test]
async fn the_method_that_is_meant_counts() {
    let world = World::new().await;
    let path = begun(&world).await;
    let meant = |method| ("x-http-method-override", method);
    let part = [TUS, PART, ("upload-offset", "0"), meant("PATCH")];
    assert_eq!(ask(&world, "POST", &path, &part, &PDF[..9]).await.status, 204);
    let head = ask(&world, "GET", &path, &[TUS, meant("HEAD")], b"").await;
    assert_eq!((head.status.as_u16(), &head.headers["upload-offset"]), (200, &"9".parse().unwrap()));
    assert_eq!(ask(&world, "POST", ALL, &[meant("OPTIONS")], b"").await.status, 204);
    assert_eq!(ask(&world, "POST", &path, &[TUS, meant("DELETE")], b"").await.status, 204);
    assert_eq!(offset(&world, &path).await, Err(404));
    assert_eq!(ask(&world, "DELETE", &path, &[TUS], b"").await.status, 404);
    assert_eq!(add(&world, &path, 9, &PDF[9..]).await.status, 404);
}

/// Some bytes, and then a cut line.
struct Cut(Option<Bytes>);

impl http_body::Body for Cut {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(match self.0.take() {
            Some(bytes) => Ok(http_body::Frame::data(bytes)),
            None => Err(std::io::ErrorKind::ConnectionReset.into()),
        }))
    }
}

#[tokio::test]
async fn what_came_before_the_line_was_cut_is_kept() {
    let world = World::new().await;
    let path = begun(&world).await;
    let cut = Body::new(Cut(Some(Bytes::from_static(&PDF[..70]))));
    let answer = world.send(request("PATCH", &path, &[TUS, PART, ("upload-offset", "0")], cut)).await;
    assert_eq!((answer.problem(), offset(&world, &path).await), ((400, "body-broken".to_owned()), Ok(70)));
    let sum = format!("sha1 {}", STANDARD.encode(Sha1::digest(&PDF[70..80])));
    let cut = Body::new(Cut(Some(Bytes::from_static(&PDF[70..80]))));
    let headers = [TUS, PART, ("upload-offset", "70"), ("upload-checksum", &sum)];
    assert_eq!(world.send(request("PATCH", &path, &headers, cut)).await.problem(), (400, "body-broken".to_owned()));
    assert_eq!(offset(&world, &path).await, Ok(70), "a part with a checksum has to come whole");
    assert_eq!(add(&world, &path, 70, &PDF[70..]).await.status, 204);
}

#[tokio::test]
async fn an_upload_is_kept_a_week_after_its_last_byte() {
    let mut world = World::new().await;
    let path = begun(&world).await;
    world.start_anew(Moment(NOW.0 + 6 * DAY_MS));
    assert_eq!(add(&world, &path, 0, &PDF[..9]).await.headers["upload-expires"], "Sat, 05 Dec 2026 07:05:00 GMT");
    world.start_anew(Moment(NOW.0 + 13 * DAY_MS - 1));
    assert_eq!(offset(&world, &path).await, Ok(9));
    world.start_anew(Moment(NOW.0 + 13 * DAY_MS));
    assert_eq!(offset(&world, &path).await, Err(404));
    assert_eq!(add(&world, &path, 9, &PDF[9..]).await.problem(), (404, "upload-unknown".to_owned()));
    assert_eq!(ask(&world, "DELETE", &path, &[TUS], b"").await.status, 404);
}

#[tokio::test]
async fn nobody_fills_the_disk_with_halves() {
    let limits = Limits { half_sent_megabytes: 1, all_half_sent_megabytes: 2, ..Limits::default() };
    let world = World::with(limits).await;
    let mut statuses = Vec::new();
    for draft in 0..4 {
        statuses.push(announce(&world, draft, &[b'x'; 9], 2_000_000).await.status.as_u16());
    }
    assert_eq!(statuses, [201, 201, 201, 429], "each weighs a quarter of a megabyte before it has a byte");
    let path = begun_by(&world, "198.51.100.1").await;
    let part = |at| request("PATCH", &path, &[TUS, PART, ("upload-offset", at)], vec![b'x'; 600_000]);
    assert_eq!(world.send_from("198.51.100.1", part("0")).await.status, 204);
    let refused = world.send_from("198.51.100.1", part("600000")).await;
    assert_eq!(refused.problem(), (429, "too-many-requests".to_owned()));
    assert_eq!(offset(&world, &path).await, Ok(600_000));
    for address in ["192.0.2.1", "192.0.3.1"] {
        begun_by(&world, address).await;
    }
    let refused = world.send_from("192.0.4.1", large_one()).await;
    assert_eq!(refused.problem(), (507, "disk-full".to_owned()));
    let part = request("PATCH", &path, &[TUS, PART, ("upload-offset", "600000")], vec![b'x'; 9]);
    assert_eq!(world.send_from("198.51.100.1", part).await.status, 204, "a little more is no new quarter");
    let kept = world.put_paper(&key(9), &hash(PDF), PDF).await;
    assert_eq!(kept.status, 201, "whole papers are not hindered");
}

fn large_one() -> Request<Body> {
    let (key, told) = (key(7), told(b"large"));
    let headers = [TUS, ("idempotency-key", &*key), ("upload-length", "2000000"), ("upload-metadata", &*told)];
    request("POST", ALL, &headers, "")
}

async fn begun_by(world: &World, address: &str) -> String {
    place(&world.send_from(address, large_one()).await)
}

#[tokio::test]
async fn parts_take_from_the_same_budget_of_bytes_as_papers() {
    let world = World::with(Limits { upload_megabytes_per_day: 0.0001, ..Limits::default() }).await;
    let path = begun(&world).await;
    assert_eq!(add(&world, &path, 0, &PDF[..60]).await.status, 204);
    assert_eq!(add(&world, &path, 60, &PDF[60..]).await.problem(), (429, "too-many-requests".to_owned()));
    assert_eq!(offset(&world, &path).await, Ok(60));
}
