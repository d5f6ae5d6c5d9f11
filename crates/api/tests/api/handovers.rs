//! Handing a draft over: up in parts, opened by one, down in parts, gone; and what others learn of it, which is nothing.

use crate::world::{Answer, NOW, World, hash, json_request};
use api::limits::Limits;
use axum::body::Body;
use axum::http::{Method, Request};
use procedure::calendar::Moment;
use serde_json::{Value, json};
use store::hex;

const SENDER: [u8; 32] = [1; 32];
const KEY: [u8; 32] = [2; 32];
const CODE: [u8; 32] = [3; 32];
const OPENER: [u8; 32] = [4; 32];

fn new(locator: &str) -> Value {
    json!({
        "locator": locator, "sender": hash(&SENDER), "by_key": hash(&KEY), "by_code": hash(&CODE),
        "wrapped": "ab".repeat(60), "parts": 2, "bytes": 2000,
    })
}

async fn ask(world: &World, method: Method, path: &str, secret: [u8; 32], body: &[u8]) -> Answer {
    let request = Request::builder().method(method).uri(format!("/api/v1/handovers/{path}"));
    world.send(request.header("handover-secret", hex(&secret)).body(Body::from(body.to_vec())).unwrap()).await
}

async fn open(world: &World, handover: &str, proof: [u8; 32], opener: [u8; 32]) -> Answer {
    let asked = json!({ "handover": handover, "proof": hex(&proof), "opener": hash(&opener) });
    world.post("/api/v1/handovers/open", &asked).await
}

/// A handover whose parts have arrived; its name.
async fn sent(world: &World) -> String {
    let begun = world.post("/api/v1/handovers", &new("7K3")).await;
    assert_eq!(begun.status, 201, "{}", begun.json());
    assert_eq!(begun.json()["until"], NOW.0 + 24 * 3_600_000);
    let id = begun.json()["id"].as_str().unwrap().to_owned();
    for (number, content) in [(0, vec![9; 900]), (1, vec![8; 1000])] {
        let put = ask(world, Method::PUT, &format!("{id}/parts/{number}"), SENDER, &content).await;
        assert_eq!(put.status, 204);
    }
    id
}

#[tokio::test]
async fn a_draft_goes_over_by_the_link_and_is_gone() {
    let world = World::new().await;
    let id = sent(&world).await;
    let opened = open(&world, &id, KEY, OPENER).await;
    assert_eq!(opened.json(), json!({ "id": id, "wrapped": "ab".repeat(60), "parts": 2 }));
    assert_eq!(opened.headers["cache-control"], "no-store");
    let files = || walk(&world.folder.path().join("data/handovers"));
    assert_eq!(files(), 2);
    let part = ask(&world, Method::GET, &format!("{id}/parts/1"), OPENER, b"").await;
    assert_eq!((part.status.as_u16(), part.body), (200, vec![8; 1000]));
    assert_eq!(open(&world, &id, KEY, OPENER).await.status, 200, "the same opener may ask again");
    assert_eq!(ask(&world, Method::GET, &id, SENDER, b"").await.json()["state"], "opening");
    assert_eq!(ask(&world, Method::POST, &format!("{id}/taken"), OPENER, b"").await.status, 204);
    assert_eq!(files(), 0, "deleted at once, not with the next clearing");
    assert_eq!(ask(&world, Method::GET, &id, SENDER, b"").await.json()["state"], "taken");
    assert_eq!(open(&world, &id, KEY, OPENER).await.problem(), (409, "handover-opened".to_owned()));
}

fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { 1 }).sum()
}

#[tokio::test]
async fn a_draft_goes_over_by_the_code_and_only_to_one() {
    let world = World::new().await;
    let id = sent(&world).await;
    assert_eq!(open(&world, "7K3", CODE, OPENER).await.json()["id"], id.as_str());
    for (handover, proof) in [("7K3", CODE), (id.as_str(), KEY)] {
        let second = open(&world, handover, proof, [5; 32]).await;
        assert_eq!(second.problem(), (409, "handover-opened".to_owned()));
    }
    let stolen = ask(&world, Method::GET, &format!("{id}/parts/0"), [5; 32], b"").await;
    assert_eq!(stolen.problem(), (404, "handover-unknown".to_owned()));
    assert_eq!(ask(&world, Method::DELETE, &id, SENDER, b"").await.problem(), (409, "handover-opened".to_owned()));
}

#[tokio::test]
async fn who_has_neither_link_nor_code_learns_nothing_and_pays_for_it() {
    let world = World::with(Limits { misses_per_minute: 10.0, ..Limits::default() }).await;
    let id = sent(&world).await;
    let unknown = "0".repeat(32);
    let mut answers = Vec::new();
    for (handover, proof) in
        [(id.as_str(), CODE), (&unknown, KEY), ("7K3", KEY), ("000", CODE), ("../", CODE), ("", CODE)]
    {
        answers.push(open(&world, handover, proof, OPENER).await);
    }
    assert_eq!(answers[0].problem(), (404, "handover-unknown".to_owned()));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    for (method, path) in
        [(Method::GET, id.clone()), (Method::DELETE, id.clone()), (Method::POST, format!("{id}/taken"))]
    {
        assert_eq!(ask(&world, method, &path, KEY, b"").await.problem(), (404, "handover-unknown".to_owned()));
    }
    let guesses = async || open(&world, "000", CODE, OPENER).await.status.as_u16();
    for _ in 0..4 {
        assert_eq!(guesses().await, 404);
    }
    assert_eq!(guesses().await, 429, "wrong guesses cost what wrong lookup codes cost");
}

#[tokio::test]
async fn its_sender_takes_it_back_and_after_a_day_it_never_was() {
    let mut world = World::new().await;
    let id = sent(&world).await;
    assert_eq!(ask(&world, Method::DELETE, &id, SENDER, b"").await.status, 204);
    assert_eq!(open(&world, &id, KEY, OPENER).await.problem(), (410, "handover-taken-back".to_owned()));
    world.start_anew(Moment(NOW.0 + 24 * 3_600_000));
    assert_eq!(open(&world, &id, KEY, OPENER).await.problem(), (404, "handover-unknown".to_owned()));
    world.app.store.clear_handovers(world.app.now()).await.unwrap();
    assert_eq!(world.post("/api/v1/handovers", &new("7K3")).await.status, 201, "its locator is free again");
}

#[tokio::test]
async fn what_is_too_much_or_unreadable_is_refused() {
    let world = World::with(Limits { handovers_per_hour: 4.0, handovers_at_once: 2, ..Limits::default() }).await;
    for (place, value, status, code) in [
        ("bytes", json!(1_u64 << 40), 413, "too-large"),
        ("parts", json!(32), 413, "too-large"),
        ("parts", json!(0), 400, "handover-unreadable"),
        ("locator", json!("7k3"), 400, "handover-unreadable"),
        ("sender", json!("xyz"), 400, "handover-unreadable"),
        ("wrapped", json!("ab".repeat(61)), 400, "handover-unreadable"),
        ("more", json!(1), 400, "not-json"),
    ] {
        let mut asked = new("7K3");
        asked[place] = value;
        assert_eq!(world.post("/api/v1/handovers", &asked).await.problem(), (status, code.to_owned()), "{place}");
    }
    let id = sent(&world).await;
    assert_eq!(world.post("/api/v1/handovers", &new("7K3")).await.problem(), (409, "locator-taken".to_owned()));
    let put = async |number: &str, size| {
        ask(&world, Method::PUT, &format!("{id}/parts/{number}"), SENDER, &vec![0; size]).await.problem()
    };
    assert_eq!(put("2", 1).await, (413, "too-large".to_owned()));
    assert_eq!(put("0", 1500).await, (413, "too-large".to_owned()));
    assert_eq!(put("0", 11 << 20).await, (413, "too-large".to_owned()));
    assert_eq!(put("-1", 1).await, (404, "handover-unknown".to_owned()));
    let bare = Request::put(format!("/api/v1/handovers/{id}/parts/0")).body(Body::empty()).unwrap();
    assert_eq!(world.send(bare).await.problem(), (404, "handover-unknown".to_owned()));
    assert_eq!(world.post("/api/v1/handovers", &new("7K4")).await.status, 201);
    assert_eq!(world.post("/api/v1/handovers", &new("7K5")).await.problem(), (503, "handovers-full".to_owned()));
    let again = json_request("/api/v1/handovers", None, new("7K6").to_string());
    world.send(again).await;
    let again = json_request("/api/v1/handovers", None, new("7K6").to_string());
    assert_eq!(world.send(again).await.problem(), (429, "too-many-requests".to_owned()));
}
