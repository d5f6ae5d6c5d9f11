//! Papers as PDF over the API: filled with whatever is answered so far, and blank.

use crate::world::{NOW, World, json_request, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::{Request, header};
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};

fn path(world: &World, id: &str, end: &str) -> String {
    format!("/api/v1/forms/{}/{end}", world.app.offer.library.forms[id].fingerprint())
}

fn pages(body: &[u8]) -> usize {
    lopdf::Document::load_mem(body).unwrap().get_pages().len()
}

/// The words of a paper, without the spaces between them.
pub fn text(body: &[u8]) -> String {
    let document = lopdf::Document::load_mem(body).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[tokio::test]
async fn a_filled_paper_comes_as_a_file_that_nobody_keeps() {
    let world = World::new().await;
    let answers = json!({ "ho_ten": "Nguyễn Thị Lộc Vừng", "noi_o.commune": "19351", "ngay_sinh.year": "1950" });
    let path = path(&world, "thu", "pdf");
    let answer = world.post(&path, &json!({ "answers": answers })).await;
    assert_eq!(answer.status, 200, "{:?}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"to-khai.pdf\"");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert_eq!(pages(&answer.body), 1);
    assert!(text(&answer.body).contains("NguyễnThịLộcVừng"), "{}", text(&answer.body));
    assert!(text(&answer.body).contains("xãTriệuPhong"), "{}", text(&answer.body));

    let again = world.post(&path, &json!({ "answers": answers })).await;
    assert!(again.body == answer.body, "the same request is answered with the same bytes");
    let sent =
        world.post(&path, &json!({ "answers": answers, "agency": "19351", "sent_at": 1_795_331_100_000_i64 })).await;
    assert!(text(&sent.body).contains("ngày22tháng11năm2026"), "{}", text(&sent.body));
    let nowhere = world.post(&path, &json!({ "answers": {}, "agency": "khong-co", "sent_at": i64::MAX })).await;
    assert_eq!(nowhere.status, 200);
}

#[tokio::test]
async fn a_blank_paper_comes_too_and_the_same_one_again() {
    let world = World::new().await;
    let path = path(&world, "thu", "blank.pdf");
    let answer = world.get(&path).await;
    assert_eq!(answer.status, 200);
    assert!(text(&answer.body).contains("TỜKHAITHỬ"));
    assert_eq!(answer, world.get(&path).await);
}

#[tokio::test]
async fn what_cannot_be_printed_is_told() {
    let world = World::new().await;
    for id in ["0".repeat(64), "khong-co".to_owned(), "%ff".to_owned()] {
        let unknown = world.get(&format!("/api/v1/forms/{id}/blank.pdf")).await;
        assert_eq!(unknown.problem(), (404, "text-unknown".to_owned()));
    }
    let filer = world.get(&path(&world, "nguoi-nop", "blank.pdf")).await;
    assert_eq!(filer.problem(), (404, "text-unknown".to_owned()));
    let path = path(&world, "thu", "pdf");
    let long = json!({ "answers": { "ly_do": "dài ".repeat(20_000) } });
    assert_eq!(world.post(&path, &long).await.problem(), (422, "too-long-to-print".to_owned()));
    let huge = json!({ "answers": { "ly_do": "d".repeat(1024 * 1024) } });
    assert_eq!(world.post(&path, &huge).await.problem(), (413, "too-large".to_owned()));
    for (body, code) in
        [("{", "not-json"), (r#"{"answers":{},"ten":"x"}"#, "not-json"), (r#"{"answers":{"a":1}}"#, "not-json")]
    {
        assert_eq!(world.send(json_request(&path, None, body.to_owned())).await.problem(), (400, code.to_owned()));
    }
}

#[tokio::test]
async fn whoever_finds_the_queue_full_is_told_at_once() {
    let world = World::with(Limits { prints_at_once: 1, prints_waiting: 0, ..Limits::default() }).await;
    let path = path(&world, "thu", "pdf");
    let body: Value = json!({ "answers": { "ho_ten": "Nguyễn Thị Lộc Vừng" } });
    let (one, two, three) = tokio::join!(world.post(&path, &body), world.post(&path, &body), world.post(&path, &body));
    let mut told: Vec<u16> = [one, two, three].iter().map(|answer| answer.status.as_u16()).collect();
    told.sort_unstable();
    assert_eq!(told, [200, 503, 503]);
    assert_eq!(world.post(&path, &body).await.status, 200, "the place is free again");
}

#[tokio::test]
async fn what_was_sent_is_given_back_on_paper_for_a_day_to_its_sender_alone() {
    let mut world = World::new().await;
    let receipt = world.submit(&key(1), &world.filing()).await.json();
    assert_eq!(receipt["forms"], 1, "who files is asked on a form without a paper");
    let path = "/api/v1/dossiers/forms/1/pdf";
    let ask = |path: &str, key: &str| Request::get(path).header("idempotency-key", key).body(Body::empty()).unwrap();
    let answer = world.send(ask(path, &key(1))).await;
    assert_eq!(answer.status, 200, "{:?}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let says = text(&answer.body);
    assert!(says.contains("NguyễnThịLộcVừng") && says.contains("ngày22tháng11năm2026"), "{says}");

    assert_eq!(world.get(path).await.problem(), (400, "key-missing".to_owned()));
    for (path, key) in
        [(path, key(2)), ("/api/v1/dossiers/forms/0/pdf", key(1)), ("/api/v1/dossiers/forms/2/pdf", key(1))]
    {
        assert_eq!(world.send(ask(path, &key)).await.problem(), (404, "sent-unknown".to_owned()), "{path}");
    }
    let odd = world.send(ask("/api/v1/dossiers/forms/-1/pdf", &key(1))).await;
    assert_eq!(odd.problem(), (404, "sent-unknown".to_owned()));
    world.start_anew(Moment(NOW.0 + DAY_MS));
    assert_eq!(world.send(ask(path, &key(1))).await.status, 200);
    world.start_anew(Moment(NOW.0 + DAY_MS + 1));
    assert_eq!(world.send(ask(path, &key(1))).await.problem(), (410, "print-over".to_owned()));
}
