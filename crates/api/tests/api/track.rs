//! Following a dossier: what the code shows, and what a wrong one does not.

use crate::world::{NOW, World, key};
use api::limits::Limits;
use serde_json::json;

async fn sent(world: &World) -> String {
    world.submit(&key(1), &world.filing()).await.json()["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_code_shows_the_way_and_nothing_of_the_person() {
    let world = World::new().await;
    let code = sent(&world).await;
    for typed in [code.clone(), code.to_lowercase().replace('-', " "), code.replace('0', "O").replace('1', "l")] {
        let answer = world.post("/api/v1/track", &json!({ "code": typed })).await;
        assert_eq!(answer.status, 200, "{}", answer.json());
        assert_eq!(answer.headers["cache-control"], "no-store");
        let timeline = answer.json();
        assert_eq!((&timeline["state"], &timeline["state_number"]), (&json!("sent"), &json!(1)));
        assert_eq!((&timeline["expected"], &timeline["sent_at"]), (&json!(true), &json!(NOW.0)));
        let entries: Vec<(&str, &str)> = timeline["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| (entry["says"].as_str().unwrap(), entry["standing"].as_str().unwrap()))
            .collect();
        assert_eq!(
            entries,
            [("", "past"), ("Xã kiểm tra và tiếp nhận", "now"), ("Xã xem xét", "ahead"), ("Trả kết quả", "ahead")]
        );
        assert_eq!(timeline["left"], json!({ "late": false, "days": 3, "hours": 0, "minutes": 0 }));
        let text = String::from_utf8(answer.body).unwrap();
        for personal in ["Lộc Vừng", "1950", "0900000123", "thôn Thử"] {
            assert!(!text.contains(personal), "{personal}");
        }
    }
}

#[tokio::test]
async fn a_miss_and_no_code_at_all_look_alike() {
    let world = World::new().await;
    let code = sent(&world).await;
    let another = dossier::LookupCode::new([9; 8]).to_string();
    let mistyped = code.replacen(code.chars().next().unwrap(), if code.starts_with('7') { "8" } else { "7" }, 1);
    let mut answers = Vec::new();
    for typed in [another.as_str(), &mistyped, "", "7K3M", "không phải mã", &"7".repeat(10_000)] {
        answers.push(world.post("/api/v1/track", &json!({ "code": typed })).await);
    }
    assert_eq!(answers[0].problem(), (404, "code-unknown".to_owned()));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

#[tokio::test]
async fn misses_have_a_budget_and_finds_cost_nothing() {
    let limits = Limits { misses_per_minute: 5.0, ..Limits::default() };
    let world = World::with(limits).await;
    let code = sent(&world).await;
    let miss = json!({ "code": "7K3M" });
    for _ in 0..20 {
        assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.status, 200);
    }
    for _ in 0..5 {
        assert_eq!(world.post("/api/v1/track", &miss).await.status, 404);
    }
    let refused = world.post("/api/v1/track", &miss).await;
    assert_eq!(refused.problem(), (429, "too-many-requests".to_owned()));
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
}

#[tokio::test]
async fn all_misses_together_have_a_budget_too() {
    let world = World::with(Limits { all_misses_per_second: 2.0, ..Limits::default() }).await;
    let mut refused = 0;
    for network in 0..40 {
        let request = crate::world::json_request("/api/v1/track", None, json!({ "code": "7K3M" }).to_string());
        let answer = world.send_from(&format!("198.51.{network}.1"), request).await;
        refused += usize::from(answer.status == 429);
    }
    assert!(refused > 30, "{refused}");
}

#[tokio::test]
async fn the_code_itself_is_kept_nowhere() {
    let world = World::new().await;
    let code = sent(&world).await;
    let folder = world.folder.path().join("data");
    let mut looked = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            let text = String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned();
            looked += usize::from(text.contains("UBND xã Thử"));
            for shape in [code.clone(), code.replace('-', "")] {
                assert!(!text.contains(&shape), "{:?}", entry.path());
            }
        }
    }
    assert!(looked > 0, "the receipt itself was not found, so this test shows nothing");
}
