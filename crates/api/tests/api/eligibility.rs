//! "May I, and how much?": the verdict with its sum, and what is refused.

use crate::world::World;
use serde_json::json;

const PATH: &str = "/api/v1/procedures/thu/eligibility";

#[tokio::test]
async fn the_answers_come_to_a_verdict_with_its_sum() {
    let world = World::new().await;
    let answer = world.post(PATH, &json!({ "answers": { "co_giay": "yes", "may_nguoi": "3" } })).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(
        answer.json(),
        json!({
            "outcome": "co", "verdict": "probably", "law": "Không có",
            "in_force_from": "2024-01-01", "in_force_until": null,
            "says": "Có lẽ được.", "instead": "",
            "amount": {
                "standard_name": "Mức thử", "standard": 2000, "standard_law": "Không có nữa",
                "standard_from": "2026-11-22", "coefficient": 150, "times": [3], "total": 9000,
                "per": "month", "at_least": false,
            },
            "doubts": ["Chưa chắc."],
        })
    );
    let no = world.post(PATH, &json!({ "answers": { "co_giay": "no" } })).await.json();
    assert_eq!((&no["verdict"], &no["instead"], &no["amount"]), (&json!("no"), &json!("Đi xin giấy."), &json!(null)));
    let ask = world.post(PATH, &json!({ "answers": { "co_giay": "yes", "may_nguoi": "0" } })).await.json();
    assert_eq!((&ask["verdict"], &ask["in_force_from"]), (&json!("ask"), &json!(null)));
}

#[tokio::test]
async fn the_questions_can_be_read_and_lead_to_the_same_verdict() {
    let world = World::new().await;
    let answer = world.get(PATH).await;
    assert_eq!(answer.status, 200);
    let rules: procedure::Eligibility = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(rules, world.app.offer.library.eligibility["thu"]);
}

#[tokio::test]
async fn what_is_missing_wrong_or_unknown_is_told() {
    let world = World::new().await;
    for (answers, place, code) in [
        (json!({}), "co_giay", "required-choice"),
        (json!({ "co_giay": "yes", "may_nguoi": "99" }), "may_nguoi", "number-too-large"),
    ] {
        let answer = world.post(PATH, &json!({ "answers": answers })).await;
        assert_eq!(answer.problem(), (422, "invalid".to_owned()));
        let problem = &answer.json()["problems"][0];
        assert_eq!((&problem["place"], &problem["code"]), (&json!(place), &json!(code)));
        assert!(!problem["says"].as_str().unwrap().is_empty());
    }
    let none = world.post("/api/v1/procedures/khac/eligibility", &json!({ "answers": {} })).await;
    assert_eq!(none.problem(), (404, "rules-unknown".to_owned()));
    assert_eq!(world.get("/api/v1/procedures/%ff/eligibility").await.problem(), (404, "rules-unknown".to_owned()));
    let stray = world.post(PATH, &json!({ "answers": {}, "ten": "Lộc Vừng" })).await;
    assert_eq!(stray.problem(), (400, "not-json".to_owned()));
}
