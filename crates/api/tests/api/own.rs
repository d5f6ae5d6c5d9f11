//! To the account that sent a dossier its code opens everything without digits; to everybody else, signed in or not, nothing is
//! opened or told that was not before.

use crate::desk::{done, office};
use crate::world::{NOW, SignedCitizen, World, json_request, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::Request;
use dossier::LookupCode;
use serde_json::{Value, json};

const MINE: &str = "/api/v1/citizens/me/dossiers";

/// What a code opens, each with a body without digits, and how it is answered where nothing is asked, owed or said.
fn doors(code: &str) -> Vec<(&'static str, Value, u16)> {
    let by = json!({ "code": code, "digits": "" });
    let mut begin = by.clone();
    begin["provider"] = json!("vnpay");
    let mut send = by.clone();
    (send["forms"], send["papers"]) = (json!([]), json!([]));
    let mut rate = by.clone();
    rate["rating"] = json!({ "level": "satisfied", "aspects": [], "words": "" });
    vec![
        ("/api/v1/supplements/open", by.clone(), 410),
        ("/api/v1/supplements", send, 410),
        ("/api/v1/payments", begin, 422),
        ("/api/v1/payments/standing", by.clone(), 200),
        ("/api/v1/payments/receipt", by.clone(), 409),
        ("/api/v1/replies/open", by.clone(), 200),
        ("/api/v1/replies/result", by.clone(), 404),
        ("/api/v1/ratings/open", by, 200),
        ("/api/v1/ratings", rate, 410),
    ]
}

fn ask(citizen: Option<&SignedCitizen>, path: &str, number: u32, body: &Value) -> Request<Body> {
    match citizen {
        Some(citizen) => citizen.post(path, Some(&key(number)), body),
        None => json_request(path, Some(&key(number)), body.to_string()),
    }
}

async fn sent(world: &World, citizen: Option<&SignedCitizen>, number: u32) -> String {
    let answer = world.send(ask(citizen, "/api/v1/dossiers", number, &world.filing())).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_account_that_sent_a_dossier_needs_no_digits_and_everybody_else_does() {
    let world = World::with(Limits { misses_per_minute: 1e9, ..Limits::default() }).await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let code = sent(&world, Some(&lan), 1).await;
    let claimed = sent(&world, None, 2).await;
    let claim = json!({ "code": claimed, "digits": "0123" });
    assert_eq!(world.send(lan.post(MINE, None, &claim)).await.status, 204);
    let unknown = "0000-0000-0000-0";

    let mut number = 100;
    let mut answer = async |citizen: Option<&SignedCitizen>, path: &str, body: &Value| {
        number += 1;
        let answer = world.send(ask(citizen, path, number, body)).await;
        // Much is tried wrong here, which is another test's subject.
        let code = LookupCode::read(body["code"].as_str().unwrap()).unwrap();
        world.app.digit_tries.give_back(&world.app.pepper.hash(&code), 1.0);
        (answer.status.as_u16(), answer.body)
    };
    for ((path, own, open), (_, of_claimed, _)) in doors(&code).into_iter().zip(doors(&claimed)) {
        let shut = answer(None, path, &own).await;
        assert_eq!(shut.0, 404, "{path}");
        // A dossier that is there, and whose it is, shows in no bit of the answer.
        assert_eq!(answer(Some(&minh), path, &own).await, shut, "{path}: another account");
        assert_eq!(answer(None, path, &of_claimed).await, shut, "{path}: nobody");
        assert_eq!(answer(Some(&lan), path, &of_claimed).await, shut, "{path}: claimed, not sent");
        let mut none = own.clone();
        none["code"] = json!(unknown);
        assert_eq!(answer(Some(&lan), path, &none).await, shut, "{path}: no such dossier");
        let mut wrong = own.clone();
        wrong["digits"] = json!("9999");
        assert_eq!(answer(Some(&lan), path, &wrong).await, shut, "{path}: digits that are typed count");
        assert_eq!(answer(Some(&lan), path, &own).await.0, open, "{path}: its own");
        let mut right = own.clone();
        right["digits"] = json!("0123");
        assert_eq!(answer(None, path, &right).await.0, open, "{path}: code and digits open as before");
    }
    // Taking a dossier into an account asks for the digits always.
    let left = world.send(lan.get(MINE)).await.json()["rows"].clone();
    let id = left.as_array().unwrap().iter().find(|row| row["code"] == json!(code)).unwrap()["id"].clone();
    let leave = Request::delete(format!("{MINE}/{}", id.as_str().unwrap())).body(Body::empty()).unwrap();
    assert_eq!(world.send(lan.with(leave)).await.status, 204);
    assert_eq!(answer(Some(&lan), MINE, &json!({ "code": code, "digits": "" })).await.0, 404);
    assert_eq!(answer(Some(&lan), "/api/v1/payments/standing", &json!({ "code": code, "digits": "" })).await.0, 404);
}

#[tokio::test]
async fn its_code_tells_the_account_that_no_digits_are_needed_and_tells_others_what_it_did() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let code = sent(&world, Some(&lan), 1).await;
    let track = async |citizen: Option<&SignedCitizen>| {
        let answer = world.send(ask(citizen, "/api/v1/track", 1, &json!({ "code": code }))).await;
        assert_eq!(answer.status, 200);
        answer
    };
    let stranger = track(None).await;
    assert!(stranger.json().get("own").is_none());
    assert_eq!(track(Some(&minh)).await.body, stranger.body);
    assert_eq!(track(Some(&lan)).await.json()["own"], true);
}

#[tokio::test]
async fn a_supplement_is_sent_by_the_account_alone_though_strangers_have_used_the_tries_up() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let code = sent(&world, Some(&lan), 1).await;
    let office = office(&world).await;
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    let id = queue["rows"][0]["id"].as_str().unwrap().to_owned();
    let asked = json!({ "items": [{ "place": "thu/ho_ten", "says": "Ghi đủ họ tên" }], "note": "" });
    done(&world, &office.one_stop, &id, 10, json!({ "name": "ask-supplement", "supplement": asked })).await;
    for number in 0..200 {
        let body = json!({ "code": code, "digits": "9999" });
        let tried = json_request("/api/v1/supplements/open", None, body.to_string());
        world.send_from(&format!("198.51.{number}.7"), tried).await;
    }
    let body = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.post("/api/v1/supplements/open", &body).await.status, 429);
    let body = json!({ "code": code, "digits": "" });
    let opened = world.send(lan.post("/api/v1/supplements/open", None, &body)).await;
    assert_eq!((opened.status.as_u16(), &opened.json()["asked"]["items"][0]["place"]), (200, &json!("thu/ho_ten")));
    let answers = json!([{ "form": "thu", "answers": { "ho_ten": "Nguyễn Thị Lộc Vừng" } }]);
    let body = json!({ "code": code, "digits": "", "forms": answers, "papers": [] });
    for _ in 0..2 {
        let sent = world.send(lan.post("/api/v1/supplements", Some(&key(11)), &body)).await;
        assert_eq!((sent.status.as_u16(), &sent.json()["state"]), (200, &json!("sent")));
    }
    let over = world.send(lan.post("/api/v1/supplements/open", None, &json!({ "code": code, "digits": "" }))).await;
    assert_eq!(over.problem(), (410, "supplement-over".to_owned()));
    assert_eq!(world.app.now(), NOW);
}
