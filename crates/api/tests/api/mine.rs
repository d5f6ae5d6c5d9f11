//! The dossiers of an account: how they come into it, who sees them, and how they leave it.

use crate::world::{SignedCitizen, World, key};
use axum::body::Body;
use axum::http::Request;
use procedure::Role;
use serde_json::{Value, json};

const MINE: &str = "/api/v1/citizens/me/dossiers";

async fn list(world: &World, citizen: &SignedCitizen) -> Value {
    let answer = world.send(citizen.get(MINE)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["rows"].clone()
}

/// Sends a filing, signed in or not; its lookup code.
async fn sent(world: &World, citizen: Option<&SignedCitizen>, number: u32) -> String {
    let filing = world.filing();
    let answer = match citizen {
        Some(citizen) => world.send(citizen.post("/api/v1/dossiers", Some(&key(number)), &filing)).await,
        None => world.submit(&key(number), &filing).await,
    };
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

fn leave(citizen: &SignedCitizen, id: &str) -> Request<Body> {
    citizen.with(Request::delete(format!("{MINE}/{id}")).body(Body::empty()).unwrap())
}

#[tokio::test]
async fn what_is_sent_signed_in_is_the_accounts_and_nobody_elses() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let first = sent(&world, Some(&lan), 1).await;
    let second = sent(&world, Some(&lan), 2).await;
    assert_eq!(sent(&world, Some(&lan), 2).await, second, "sent twice it is answered once");
    sent(&world, None, 3).await;

    let rows = list(&world, &lan).await;
    let codes: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(codes, [second.as_str(), first.as_str()], "the newest first, each with the code that opens it");
    assert_eq!((rows[0]["state"].clone(), rows[0]["number"].clone()), (json!("sent"), json!("")));
    assert!(rows[0]["due"].is_i64() && rows[0]["fee"] == "none", "{}", rows[0]);
    assert_eq!(list(&world, &minh).await, json!([]));

    let older = world.send(lan.get(&format!("{MINE}?before={}", rows[0]["id"].as_str().unwrap()))).await.json();
    assert_eq!((older["rows"][0]["code"].clone(), older["more"].clone()), (json!(first), json!(false)));
}

#[tokio::test]
async fn what_was_sent_without_an_account_is_claimed_with_code_and_digits_by_one_account() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let code = sent(&world, None, 1).await;
    let claim =
        |citizen: &SignedCitizen, digits: &str| citizen.post(MINE, None, &json!({ "code": code, "digits": digits }));
    assert_eq!(world.send(claim(&lan, "9999")).await.problem(), (404, "digits-wrong".to_owned()));
    for _ in 0..2 {
        assert_eq!(world.send(claim(&lan, "0123")).await.status, 204);
    }
    assert_eq!(list(&world, &lan).await[0]["code"], json!(code));
    let wrong = world.send(claim(&minh, "9999")).await;
    assert_eq!(world.send(claim(&minh, "0123")).await.body, wrong.body, "another account's is as if there were none");
    assert_eq!(list(&world, &minh).await, json!([]));

    let id = list(&world, &lan).await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(world.send(leave(&minh, &id)).await.status, 404);
    assert_eq!(world.send(leave(&lan, &id)).await.status, 204);
    assert_eq!(world.send(leave(&lan, &id)).await.status, 404);
    assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.status, 200, "the office keeps it");
    assert_eq!(world.send(claim(&minh, "0123")).await.status, 204, "and it can be claimed again");
    let acts: Vec<String> =
        world.audit().into_iter().map(|(act, ..)| act).filter(|act| act.starts_with("dossier-")).collect();
    assert_eq!(acts, ["dossier-sent", "dossier-claimed", "dossier-left", "dossier-claimed"]);
}

#[tokio::test]
async fn what_an_officer_enters_joins_no_account_though_one_is_open_in_the_same_browser() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let officer = world.officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await;
    let body = json!({ "officer": officer.id, "channel": "in-person", "filing": world.filing() });
    let mut request = officer.post("/api/v1/desk/dossiers", Some(&key(1)), &body);
    let both = format!("{}; {}", officer.cookie, lan.cookie);
    request.headers_mut().insert("cookie", both.parse().unwrap());
    let answer = world.send(request).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    assert_eq!(list(&world, &lan).await, json!([]));
}

#[tokio::test]
async fn nobody_who_is_not_signed_in_sees_or_changes_anything() {
    let world = World::new().await;
    assert_eq!(world.get(MINE).await.problem().0, 401);
    for (method, path) in [("POST", MINE.to_owned()), ("DELETE", format!("{MINE}/{}", "0".repeat(32)))] {
        let request = |marked: bool| {
            let request = Request::builder().method(method).uri(&path).header("content-type", "application/json");
            let request = if marked { request.header("x-req", "1") } else { request };
            request.body(Body::from(r#"{"code":"","digits":""}"#)).unwrap()
        };
        assert_eq!(world.send(request(false)).await.status, 403, "{method}");
        assert_eq!(world.send(request(true)).await.status, 401, "{method}");
    }
}
