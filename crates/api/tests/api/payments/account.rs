//! What was paid for the dossiers of an account (danh sách giao dịch): the same as their codes open, for its holder alone.

use super::{FEE, MINUTE, at_the_page, begin, standing};
use crate::desk::{done, office};
use crate::my_notices;
use crate::world::{SignedCitizen, World, key};
use api::payments::job::ask_due;
use axum::body::Body;
use axum::http::Request;
use procedure::calendar::Moment;
use serde_json::{Value, json};

const TRANSACTIONS: &str = "/api/v1/citizens/me/transactions";

async fn list(world: &World, citizen: &SignedCitizen, before: &str) -> Value {
    let answer = world.send(citizen.get(&format!("{TRANSACTIONS}{before}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// What the account's notices tell of.
async fn notices(world: &World, citizen: &SignedCitizen) -> Vec<String> {
    let rows = my_notices::list(world, citizen, "").await["rows"].clone();
    rows.as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap().to_owned()).collect()
}

/// Sends a dossier for an account, with a fee or without; its code.
async fn sent(world: &World, citizen: &SignedCitizen, number: u32, procedure: &str) -> String {
    let mut filing = world.filing();
    filing["procedure"] = json!(procedure);
    filing["fingerprint"] = json!(world.app.offer.library.procedures[procedure].fingerprint());
    let answer = world.send(citizen.post("/api/v1/dossiers", Some(&key(number)), &filing)).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_accounts_fees_stand_there_as_their_codes_tell_them() {
    let (mut world, _gateway) = World::paying().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let code = sent(&world, &lan, 1, "co-phi").await;
    sent(&world, &lan, 2, "thu").await;
    let told = list(&world, &lan, "").await;
    assert_eq!((told["rows"].as_array().unwrap().len(), &told["before"]), (1, &Value::Null), "one is free");
    let row = &told["rows"][0];
    assert_eq!((&row["code"], &row["number"]), (&json!(code), &json!("")));
    assert_eq!((&row["fee"]["amount"], &row["fee"]["paid_at"]), (&json!(FEE), &Value::Null));
    assert_eq!(row["fee"], standing(&world, &code).await);

    assert_eq!(notices(&world, &lan).await, ["fee-unpaid"]);
    at_the_page(&begin(&world, &code, "vnpay", 10).await, "pay").await;
    assert_eq!(ask_due(&world.app).await.unwrap(), 1);
    let fee = list(&world, &lan, "").await["rows"][0]["fee"].clone();
    assert_eq!((&fee["orders"][0]["standing"], &fee["back"]), (&json!("paid"), &json!([])));
    assert!(fee["paid_at"].is_i64());

    // The desk does not receive it: what was paid goes back, and that stands here too.
    assert_eq!(notices(&world, &lan).await, ["fee-paid"]);
    let later = Moment(world.app.now().0 + MINUTE);
    world.keep_budgets_until(later);
    let office = office(&world).await;
    let id = list(&world, &lan, "").await["rows"][0]["dossier"].as_str().unwrap().to_owned();
    done(&world, &office.one_stop, &id, 20, json!({ "name": "propose-refusal", "reason": "lý do riêng" })).await;
    done(&world, &office.head, &id, 21, json!({ "name": "refuse", "reason": "Không thuộc đối tượng HIV" })).await;
    assert_eq!(notices(&world, &lan).await, ["fee-refund", "not-received", "fee-paid"]);
    let told = list(&world, &lan, "").await;
    assert_eq!(told["rows"][0]["fee"]["back"][0]["amount"], json!(FEE));
    assert_eq!(told["rows"][0]["fee"], standing(&world, &code).await);
    for secret in ["Lộc Vừng", "thôn Thử", "0900000123", "lý do riêng", "HIV"] {
        assert!(!told.to_string().contains(secret), "{secret} in {told}");
    }

    assert_eq!(list(&world, &minh, "").await["rows"], json!([]), "nobody else's");
    assert_eq!(list(&world, &minh, &format!("?before={id}")).await["rows"], json!([]));
    assert_eq!(world.get(TRANSACTIONS).await.problem(), (401, "not-signed-in".to_owned()));
    assert_eq!(world.send(office.head.get(TRANSACTIONS)).await.status, 401);
    let left = Request::delete(format!("/api/v1/citizens/me/dossiers/{id}")).body(Body::empty()).unwrap();
    assert_eq!(world.send(lan.with(left)).await.status, 204);
    assert_eq!(list(&world, &lan, "").await["rows"], json!([]), "what left the account left with its fee");
}

#[tokio::test]
async fn older_fees_are_found_behind_a_page_of_dossiers_that_are_free() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let code = sent(&world, &lan, 1, "co-phi").await;
    for number in 2..52 {
        sent(&world, &lan, number, "thu").await;
    }
    let first = list(&world, &lan, "").await;
    assert_eq!(first["rows"], json!([]));
    let before = first["before"].as_str().unwrap();
    let second = list(&world, &lan, &format!("?before={before}")).await;
    assert_eq!((&second["rows"][0]["code"], &second["before"]), (&json!(code), &Value::Null));
    // What names no dossier begins at the newest.
    assert_eq!(list(&world, &lan, "?before=%00x").await, first);
}
