//! How satisfied people were: given once for each dossier, changed for seven days, and told so that nobody can be guessed.

use crate::desk::{done, office, see, sent};
use crate::world::{Answer, NOW, World};
use procedure::Role;
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};

const WORDS: &str = "Chim én bay qua cửa sổ";

async fn rate(world: &World, code: &str, digits: &str, level: &str, words: &str) -> Answer {
    let aspects = json!([{ "aspect": "time", "level": level }]);
    let body =
        json!({ "code": code, "digits": digits, "rating": { "level": level, "aspects": aspects, "words": words } });
    world.post("/api/v1/ratings", &body).await
}

async fn opened(world: &World, code: &str) -> Value {
    world.post("/api/v1/ratings/open", &json!({ "code": code, "digits": "0123" })).await.json()
}

/// The figures of November as somebody of a unit sees them.
async fn figures(world: &World, phone: &str, unit: &str, role: Role) -> Value {
    let officer = world.officer("Bùi Văn Xem", phone, unit, &[role]).await;
    let path = "/api/v1/desk/figures/ratings?from=2026-11-22&until=2026-11-22";
    world.send(officer.get(path)).await.json()
}

#[tokio::test]
async fn it_is_given_by_whoever_brought_it_and_told_in_batches() {
    let mut world = World::new().await;
    let desk = office(&world).await;
    let mut dossiers = Vec::new();
    for number in 1..=6 {
        dossiers.push(sent(&world, &desk, number).await);
    }
    let (code, first) = dossiers[0].clone();
    assert_eq!(rate(&world, &code, "0123", "satisfied", "").await.problem(), (410, "rating-over".to_owned()));
    assert_eq!(opened(&world, &code).await, json!({ "open": false, "until": null, "rating": null }));
    for (number, (_, id)) in (1..).zip(&dossiers) {
        done(&world, &desk.one_stop, id, 100 + number, json!({ "name": "propose-refusal", "reason": "thử" })).await;
        done(&world, &desk.head, id, 200 + number, json!({ "name": "refuse", "reason": "thử" })).await;
    }
    assert_eq!(rate(&world, &code, "9999", "satisfied", "").await.problem().1, "digits-wrong");
    assert_eq!(rate(&world, "0000-0000-0000-0", "0123", "satisfied", "").await.problem().1, "digits-wrong");
    assert_eq!(rate(&world, &code, "0123", "best", "").await.problem().1, "not-json");
    assert_eq!(
        rate(&world, &code, "0123", "satisfied", &"a".repeat(1_001)).await.problem(),
        (422, "invalid".to_owned())
    );
    for (number, (code, _)) in dossiers.iter().enumerate() {
        let level = if number == 0 { "very-dissatisfied" } else { "satisfied" };
        let given = rate(&world, code, "0123", level, WORDS).await;
        assert_eq!(given.status, 200, "{}", given.json());
    }
    // Changed for seven days, and it stays one.
    world.keep_budgets_until(Moment(NOW.0 + 7 * DAY_MS));
    let changed = rate(&world, &code, "0123", "very-satisfied", WORDS).await.json();
    assert_eq!((&changed["open"], &changed["rating"]["level"]), (&json!(true), &json!("very-satisfied")));
    // As long as it can be changed it is nowhere told.
    assert_eq!(figures(&world, "0900000301", "44", Role::Supervisor).await["rows"], json!([]));
    assert_eq!(world.get("/api/v1/figures?period=2026-11").await.json()["rows"], json!([]));
    world.keep_budgets_until(Moment(NOW.0 + 7 * DAY_MS + 60_000));
    assert_eq!(rate(&world, &code, "0123", "neutral", "").await.problem(), (410, "rating-over".to_owned()));
    assert_eq!(opened(&world, &code).await["rating"]["level"], "very-satisfied", "whoever gave it still sees it");

    // Five of six are told; their words to whoever watches over the unit, and to nobody who works there.
    let supervisor = figures(&world, "0900000302", "44", Role::Supervisor).await;
    assert_eq!(supervisor["rows"], json!([{ "unit": "UBND xã Thử", "levels": [0, 0, 0, 4, 1] }]));
    assert_eq!(supervisor["words"].as_array().unwrap().len(), 5);
    let head = figures(&world, "0900000303", "19351", Role::DeskHead).await;
    assert_eq!((&head["rows"], &head["words"]), (&supervisor["rows"], &json!([])));
    let other = figures(&world, "0900000304", "462", Role::Leader).await;
    assert_eq!((&other["rows"], &other["words"]), (&json!([]), &json!([])));
    let office = world.officer("Lê Thị Hai", "0900000305", "19351", &[Role::OneStop, Role::DeskHead]).await;
    let seen = see(&world, &office, &first).await.to_string();
    assert!(!seen.contains("satisfied") && !seen.contains(WORDS) && !seen.contains("rated"), "{seen}");
    assert!(
        world
            .audit()
            .iter()
            .filter(|(act, ..)| act == "dossier-rated")
            .all(|(_, _, detail)| detail == "by the citizen")
    );

    let public = world.get("/api/v1/figures?period=2026-11").await.json();
    assert_eq!(public["rows"][0]["ratings"], 5);
    assert_eq!((&public["rows"][0]["satisfied"], &public["rows"][0]["received"]), (&json!(100), &Value::Null));
    for path in ["/so-lieu", "/so-lieu?ky=2026-11"] {
        let page = String::from_utf8(world.get(path).await.body).unwrap();
        assert!(page.contains("Hài lòng 100% trong 5 lượt đánh giá") && !page.contains(WORDS), "{path}");
    }
}

#[tokio::test]
async fn public_figures_leave_out_what_is_too_few_and_read_any_period() {
    let mut world = World::new().await;
    let desk = office(&world).await;
    let mut ids = Vec::new();
    for number in 1..=5 {
        ids.push(sent(&world, &desk, number).await.1);
    }
    for (number, id) in (10..).zip(&ids) {
        let figures = world.get("/api/v1/figures?period=2026").await.json();
        assert!(figures["rows"].as_array().unwrap().iter().all(|row| row["received"] == Value::Null), "{figures}");
        done(&world, &desk.one_stop, id, number, json!({ "name": "receive" })).await;
    }
    let row = world.get("/api/v1/figures?period=2026").await.json()["rows"][0].clone();
    assert_eq!((&row["unit"], &row["received"], &row["ended"]), (&json!("UBND xã Thử"), &json!(5), &Value::Null));
    for wrong in ["", "?period=", "?period=20", "?period=2026-13", "?period=2026-11-01", "?period=%C3%A9%C3%A9"] {
        assert_eq!(world.get(&format!("/api/v1/figures{wrong}")).await.problem().0, 400, "{wrong}");
        assert_eq!(world.get(&format!("/so-lieu{}", wrong.replace("period", "ky"))).await.status, 200, "{wrong}");
    }
    world.keep_budgets_until(Moment(NOW.0 + 40 * DAY_MS));
    assert_eq!(world.get("/api/v1/figures?period=2026-12").await.json()["rows"], json!([]));
}
