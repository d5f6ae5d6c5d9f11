//! Sending a dossier: all of it or nothing, once however often it is sent.

use crate::world::{PDF, World, hash, key};
use api::limits::Limits;
use procedure::calendar::Moment;
use serde_json::json;
use std::sync::Arc;

#[tokio::test]
async fn a_good_dossier_gets_a_receipt_with_its_code_and_dates() {
    let world = World::new().await;
    let answer = world.submit(&key(1), &world.filing()).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    assert_eq!(answer.headers["cache-control"], "no-store");
    let receipt = answer.json();
    assert_eq!(receipt["agency"], "UBND xã Thử");
    assert_eq!(receipt["code"].as_str().unwrap().len(), 16);
    assert_eq!(receipt["qr"].as_array().unwrap().len(), 21);
    // Sunday; half a working day ends on Monday at 11:30 … 07:00 + 4 hours = 11:00.
    assert_eq!(receipt["promises"]["reception"]["at"], 1_795_406_400_000_i64);
    let days: Vec<(&str, &str)> = receipt["promises"]["result"]["sum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (day["date"].as_str().unwrap(), day["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        days,
        [
            ("2026-11-22", "weekend"),
            ("2026-11-23", "working"),
            ("2026-11-24", "holiday"),
            ("2026-11-25", "working"),
            ("2026-11-26", "working"),
        ]
    );
}

#[tokio::test]
async fn papers_come_first_and_only_those_of_the_same_draft_count() {
    let world = World::new().await;
    let filing = world.filing_with_paper();
    assert_eq!(world.put_paper(&key(99), &hash(PDF), PDF).await.status, 201);
    let answer = world.submit(&key(1), &filing).await;
    assert_eq!(answer.problem(), (409, "papers-missing".to_owned()));
    assert_eq!(answer.json()["missing"], json!([hash(PDF)]));
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 200);
    let answer = world.submit(&key(1), &filing).await;
    assert_eq!(answer.status, 201);
    let paper = &answer.json()["papers"][0];
    assert_eq!((&paper["paper"], &paper["sha256"]), (&json!("Giấy thử"), &json!(hash(PDF))));
}

#[tokio::test]
async fn what_the_check_finds_is_told_place_by_place() {
    let world = World::new().await;
    let mut filing = world.filing_with_paper();
    filing["papers"] = json!([]);
    filing["agency"] = json!("99999");
    filing["forms"][0]["answers"]["ngay_sinh.year"] = json!("2030");
    let answer = world.submit(&key(1), &filing).await;
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    let json = answer.json();
    let found: Vec<(&str, &str)> = json["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["place"].as_str().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [("agency", "agency-unknown"), ("thu/ngay_sinh", "date-too-late"), ("papers/giay-thu", "paper-missing")]
    );
    assert!(json["problems"].as_array().unwrap().iter().all(|problem| problem["says"].as_str().unwrap().len() > 5));
    filing["agency"] = json!("19351");
    filing["forms"][0]["answers"]["ngay_sinh.year"] = json!("1950");
    let answer = world.submit(&key(1), &filing).await.json();
    assert_eq!(answer["problems"][0]["place"], "papers/giay-thu");
}

#[tokio::test]
async fn a_form_nobody_here_published_is_refused() {
    let world = World::new().await;
    for place in ["/fingerprint", "/forms/0/fingerprint"] {
        let mut filing = world.filing();
        *filing.pointer_mut(place).unwrap() = json!("0".repeat(64));
        assert_eq!(world.submit(&key(1), &filing).await.problem(), (409, "form-unknown".to_owned()));
    }
    let mut filing = world.filing();
    // The text exists, but it is another form's.
    filing["forms"][0]["fingerprint"] = filing["forms"][1]["fingerprint"].clone();
    assert_eq!(world.submit(&key(1), &filing).await.problem(), (409, "form-unknown".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sent_fifty_times_at_once_there_is_one_dossier_and_one_answer() {
    let world = Arc::new(World::with(Limits { requests_per_second: 1e9, ..Limits::default() }).await);
    for round in 0..20 {
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let world = Arc::clone(&world);
                tokio::spawn(async move { world.submit(&key(round), &world.filing()).await })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        assert!(
            answers.iter().all(|answer| answer.status == 201 && answer.body == answers[0].body),
            "{:?}",
            answers[0]
        );
    }
    let report = store::Report::of(&world.folder.path().join("data")).unwrap();
    assert_eq!((report.dossiers, report.is_well()), (20, true));
}

#[tokio::test]
async fn the_same_key_with_another_body_changes_nothing() {
    let world = World::new().await;
    let first = world.submit(&key(1), &world.filing()).await;
    let mut other = world.filing();
    other["forms"][0]["answers"]["ho_ten"] = json!("Người Khác");
    assert_eq!(world.submit(&key(1), &other).await.problem(), (409, "key-reused".to_owned()));
    other["agency"] = json!("99999");
    assert_eq!(world.submit(&key(1), &other).await.problem(), (409, "key-reused".to_owned()), "told before its faults");
    assert_eq!(world.submit(&key(1), &world.filing()).await.body, first.body);
}

#[tokio::test]
async fn what_was_answered_is_answered_again_when_it_would_be_refused_by_now() {
    let mut world = World::new().await;
    let first = world.submit(&key(1), &world.filing()).await;
    // Years before the procedure comes into force.
    world.start_anew(Moment(1_577_836_800_000));
    assert_eq!(world.submit(&key(2), &world.filing()).await.problem(), (422, "invalid".to_owned()));
    let again = world.submit(&key(1), &world.filing()).await;
    assert_eq!((again.status, again.body), (first.status, first.body));
}
