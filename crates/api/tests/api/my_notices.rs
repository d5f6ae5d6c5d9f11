//! The notices of an account: of its own dossiers and of itself, the newest first, and new until they have been seen.

use crate::desk::{done, office};
use crate::world::{SignedCitizen, World, key};
use axum::body::Body;
use axum::http::Request;
use procedure::calendar::Moment;
use serde_json::{Value, json};

pub const NOTICES: &str = "/api/v1/citizens/me/notices";
const MINE: &str = "/api/v1/citizens/me/dossiers";
const MINUTE: i64 = 60_000;

pub async fn list(world: &World, citizen: &SignedCitizen, before: &str) -> Value {
    let answer = world.send(citizen.get(&format!("{NOTICES}{before}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// The notices in short: what happened, and which of them are new.
async fn told(world: &World, citizen: &SignedCitizen) -> Vec<(String, bool)> {
    let rows = list(world, citizen, "").await["rows"].clone();
    let row = |row: &Value| (row["event"].as_str().unwrap().to_owned(), row["new"].as_bool().unwrap());
    rows.as_array().unwrap().iter().map(row).collect()
}

fn short(told: &[(&str, bool)]) -> Vec<(String, bool)> {
    told.iter().map(|(event, new)| ((*event).to_owned(), *new)).collect()
}

/// Sends a dossier for an account; its code and its id in the account.
async fn sent(world: &World, citizen: &SignedCitizen, number: u32) -> (String, String) {
    let answer = world.send(citizen.post("/api/v1/dossiers", Some(&key(number)), &world.filing())).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    let mine = world.send(citizen.get(MINE)).await.json();
    (answer.json()["code"].as_str().unwrap().to_owned(), mine["rows"][0]["id"].as_str().unwrap().to_owned())
}

async fn see(world: &World, citizen: &SignedCitizen, until: i64) {
    let answer = world.send(citizen.post(&format!("{NOTICES}/seen"), None, &json!({ "until": until }))).await;
    assert_eq!(answer.status, 204);
}

fn on(world: &mut World) {
    let now = Moment(world.app.now().0 + MINUTE);
    world.keep_budgets_until(now);
}

async fn leave(world: &World, citizen: &SignedCitizen, id: &str) {
    let left = Request::delete(format!("{MINE}/{id}")).body(Body::empty()).unwrap();
    assert_eq!(world.send(citizen.with(left)).await.status, 204);
}

#[tokio::test]
async fn what_happens_to_a_dossier_is_told_to_its_account_and_stays_new_until_it_is_seen() {
    let mut world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let (code, id) = sent(&world, &lan, 1).await;
    assert_eq!(told(&world, &lan).await, [], "whoever sends a dossier knows that");
    let office = office(&world).await;
    on(&mut world);
    let asked = json!({ "items": [{ "place": "thu/ho_ten", "says": "Ghi đủ họ tên HIV" }], "note": "ghi chú HIV" });
    done(&world, &office.one_stop, &id, 10, json!({ "name": "ask-supplement", "supplement": asked })).await;
    let all = list(&world, &lan, "").await;
    let row = &all["rows"][0];
    assert_eq!((&row["event"], &row["waits"], &row["new"]), (&json!("supplement-asked"), &json!(true), &json!(true)));
    assert_eq!((&row["dossier"]["code"], &row["dossier"]["id"]), (&json!(code), &json!(id)));
    assert_eq!((&row["dossier"]["title"], &row["at"]), (&json!("Thủ tục thử"), &json!(world.app.now().0)));

    let answers = json!([{ "form": "thu", "answers": { "ho_ten": "Nguyễn Thị Lộc Vừng" } }]);
    let body = json!({ "code": code, "digits": "0123", "forms": answers, "papers": [] });
    let mended = world.send(lan.post("/api/v1/supplements", Some(&key(11)), &body)).await;
    assert_eq!(mended.status, 200, "{}", mended.json());
    assert_eq!(list(&world, &lan, "").await["rows"][0]["waits"], json!(false), "it is mended");
    on(&mut world);
    done(&world, &office.one_stop, &id, 12, json!({ "name": "receive" })).await;
    let all = list(&world, &lan, "").await;
    let track = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    let row = &all["rows"][0];
    assert_eq!((&row["event"], &row["due"]), (&json!("received"), &track["promises"]["result"]["at"]));
    assert_eq!(row["dossier"]["number"], track["number"]);

    see(&world, &lan, all["rows"][1]["at"].as_i64().unwrap()).await;
    assert_eq!(told(&world, &lan).await, short(&[("received", true), ("supplement-asked", false)]), "what came after");
    see(&world, &lan, all["rows"][0]["at"].as_i64().unwrap()).await;
    see(&world, &lan, 0).await;
    assert_eq!(told(&world, &lan).await, short(&[("received", false), ("supplement-asked", false)]), "never back");
    see(&world, &lan, i64::MAX).await;
    on(&mut world);
    let extend = json!({ "name": "extend", "quarter_days": 4, "reason": "lý do riêng HIV" });
    done(&world, &office.head, &id, 13, extend).await;
    let now = told(&world, &lan).await;
    assert_eq!(now[0], ("extended".to_owned(), true), "nobody has seen what was still to come");

    let whole = list(&world, &lan, "").await.to_string();
    for secret in ["HIV", "Lộc Vừng", "thôn Thử", "0900000123", "Lê Thị Hiền", "lý do riêng"] {
        assert!(!whole.contains(secret), "{secret} in {whole}");
    }
    // Whose it is not sees nothing of it, whoever they are.
    assert_eq!(told(&world, &minh).await, []);
    assert_eq!(world.get(NOTICES).await.problem(), (401, "not-signed-in".to_owned()));
    assert_eq!(world.send(office.head.get(NOTICES)).await.status, 401);
    let stranger = crate::world::json_request(&format!("{NOTICES}/seen"), None, r#"{"until":0}"#.to_owned());
    assert_eq!(world.send(stranger).await.status, 403, "without our header");

    // It goes with its dossier, and comes with it.
    leave(&world, &lan, &id).await;
    assert_eq!(told(&world, &lan).await, []);
    let claim = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.send(minh.post(MINE, None, &claim)).await.status, 204);
    let events: Vec<String> = told(&world, &minh).await.into_iter().map(|(event, _)| event).collect();
    assert_eq!(events, ["extended", "received", "supplement-asked"]);
}

#[tokio::test]
async fn what_happened_to_the_account_itself_is_told_to_its_holder_alone() {
    let mut world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let changed = json!({ "old": "", "password": "con bò vàng qua suối" });
    assert_eq!(world.send(lan.put("/api/v1/citizens/me/password", &changed)).await.status, 204);
    on(&mut world);
    let (_, id) = sent(&world, &lan, 1).await;
    let office = office(&world).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    assert_eq!(told(&world, &lan).await, short(&[("received", true), ("password-changed", true)]));
    assert_eq!(list(&world, &lan, "").await["rows"][1]["dossier"], Value::Null);
    assert_eq!(told(&world, &minh).await, []);
    assert_eq!(world.send(minh.post("/api/v1/citizens/sign-out-everywhere", None, &json!({}))).await.status, 204);
    assert_eq!(told(&world, &lan).await.len(), 2);
}

#[tokio::test]
async fn older_ones_follow_page_by_page_and_none_is_lost_or_told_twice() {
    let mut world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let office = office(&world).await;
    let mut ids = Vec::new();
    for number in 0..36 {
        ids.push(sent(&world, &lan, 100 + number).await.1);
    }
    // Half of them in the same moment: what happened at once is not parted.
    for (number, id) in (0..).zip(&ids) {
        if number % 2 == 0 {
            let now = Moment(world.app.now().0 + 1);
            world.keep_budgets_until(now);
        }
        done(&world, &office.one_stop, id, 200 + number, json!({ "name": "receive" })).await;
    }
    let (mut found, mut before, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = list(&world, &lan, &before).await;
        found.extend(page["rows"].as_array().unwrap().clone());
        pages += 1;
        match page["before"].as_i64() {
            Some(at) => before = format!("?before={at}"),
            None => break,
        }
    }
    assert!(pages > 1, "{pages}");
    assert!(found.is_sorted_by_key(|row| std::cmp::Reverse(row["at"].as_i64().unwrap())));
    let mut told: Vec<&str> = found.iter().map(|row| row["dossier"]["id"].as_str().unwrap()).collect();
    told.sort_unstable();
    ids.sort_unstable();
    assert_eq!(told, ids);
    // What is no moment begins at the newest.
    assert_eq!(list(&world, &lan, "?before=x").await, list(&world, &lan, "").await);
}

#[tokio::test]
async fn the_account_says_how_many_are_new_and_their_page_marks_them_by_a_post_alone() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let page = async |path: &str| {
        let answer = world.send(lan.get(path)).await;
        assert_eq!((answer.status.as_u16(), answer.headers["cache-control"].to_str().unwrap()), (200, "no-store"));
        String::from_utf8(answer.body).unwrap()
    };
    assert!(page("/account/notices").await.contains("Chưa có thông báo nào."));
    let (code, id) = sent(&world, &lan, 1).await;
    let office = office(&world).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    for _ in 0..3 {
        assert!(page("/account").await.contains(">Thông báo (1 mới)</a>"), "looking at a page marks nothing");
        let notices = page("/account/notices").await;
        assert!(notices.contains("Xã đã tiếp nhận hồ sơ") && notices.contains(">Mới</span>"), "{notices}");
        assert!(notices.contains(&format!("href=\"/track#{code}\"")));
    }
    let post = |until: String| {
        let request = Request::post("/account/notices").header("content-type", "application/x-www-form-urlencoded");
        lan.with(request.body(Body::from(format!("until={until}"))).unwrap())
    };
    assert_eq!(world.send(post("x".to_owned())).await.headers["location"], "/account/notices");
    assert!(page("/account").await.contains("(1 mới)"));
    assert_eq!(world.send(post(world.app.now().0.to_string())).await.headers["location"], "/account/notices");
    assert!(page("/account").await.contains(">Thông báo</a>"));
    assert!(!page("/account/notices").await.contains("Mới</span>"));
}
