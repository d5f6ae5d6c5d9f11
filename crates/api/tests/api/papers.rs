//! Papers are what their bytes say, not what their sender says.

use crate::world::{PDF, World, hash, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::{Method, Request};

#[tokio::test]
async fn a_paper_is_looked_at_before_it_is_kept() {
    let world = World::new().await;
    let html = b"<html><script>alert(1)</script>".to_vec();
    let cut = PDF[..40].to_vec();
    for (name, content, status, code) in [
        (hash(b""), Vec::new(), 422, "paper-empty"),
        (hash(&html), html, 422, "paper-other-kind"),
        (hash(&cut), cut, 422, "paper-broken"),
        (hash(b"other"), PDF.to_vec(), 422, "hash-differs"),
        (hash(PDF).to_uppercase(), PDF.to_vec(), 400, "hash-unreadable"),
        ("..%2f..%2fetc".to_owned(), PDF.to_vec(), 400, "hash-unreadable"),
        ("%ff".to_owned(), PDF.to_vec(), 400, "hash-unreadable"),
    ] {
        assert_eq!(world.put_paper(&key(1), &name, &content).await.problem(), (status, code.to_owned()), "{name}");
    }
    assert_eq!(world.put_paper("no key", &hash(PDF), PDF).await.problem(), (400, "key-missing".to_owned()));
    let kept = world.put_paper(&key(1), &hash(PDF), PDF).await;
    assert_eq!((kept.status.as_u16(), &kept.json()["kind"]), (201, &"application/pdf".into()));
}

#[tokio::test]
async fn a_paper_over_ten_megabytes_is_refused_declared_or_not() {
    let world = World::new().await;
    let large = vec![0_u8; 10 * 1024 * 1024 + 1];
    let name = hash(&large);
    assert_eq!(world.put_paper(&key(1), &name, &large).await.problem(), (413, "too-large".to_owned()));
    let request = Request::builder()
        .method(Method::PUT)
        .uri(format!("/api/v1/papers/{name}"))
        .header("idempotency-key", key(1))
        .header("content-length", "99999999999")
        .body(Body::from("short"))
        .unwrap();
    assert_eq!(world.send(request).await.problem(), (413, "too-large".to_owned()));
}

#[tokio::test]
async fn a_source_has_a_daily_budget_of_bytes() {
    let world = World::with(Limits { upload_megabytes_per_day: 0.0005, ..Limits::default() }).await;
    let statuses = [
        world.put_paper(&key(1), &hash(PDF), PDF).await.status,
        world.put_paper(&key(2), &hash(PDF), PDF).await.status,
        world.put_paper(&key(3), &hash(PDF), PDF).await.status,
        world.put_paper(&key(4), &hash(PDF), PDF).await.status,
    ];
    assert_eq!((statuses[0].as_u16(), statuses[3].as_u16()), (201, 429));
}
