//! Somebody is away, and somebody else of the unit acts in their place: as far as lent, as long as said, and on record.

use crate::desk::{does, done, office, see, sent};
use crate::units::again;
use crate::world::{Answer, NOW, Signed, World, key};
use axum::body::Body;
use axum::http::{Method, Request};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

fn asked(officer: &Signed, delegate: &Signed, from: &str, until: &str) -> Value {
    json!({ "officer": officer.id, "delegate": delegate.id, "from": from, "until": until })
}

async fn says(world: &World, by: &Signed, number: u32, body: &Value) -> Answer {
    world.send(by.post("/api/v1/absences", Some(&key(number)), body)).await
}

async fn withdraw(world: &World, by: &Signed, id: &str) -> u16 {
    let request = Request::builder().method(Method::DELETE).uri(format!("/api/v1/absences/{id}"));
    world.send(by.with(request.body(Body::empty()).unwrap())).await.status.as_u16()
}

async fn now(world: &World, officer: &Signed) -> Value {
    world.send(officer.get("/api/v1/desk/dossiers")).await.json()["rows"].clone()
}

#[tokio::test]
async fn a_delegate_does_the_work_in_the_absent_ones_place_until_it_ends() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let (absent, delegate) = (&office.one_stop, &office.specialist);
    let (_, id) = sent(&world, &office, 1).await;
    let (_, held) = sent(&world, &office, 2).await;
    done(&world, absent, &held, 3, json!({ "name": "claim" })).await;
    assert_eq!(now(&world, delegate).await, json!([]));

    let made = says(&world, absent, 10, &asked(absent, delegate, "2026-11-22", "2026-11-22")).await;
    assert_eq!(made.status, 200, "{}", made.json());
    let made = made.json();
    assert_eq!((&made["absences"][0]["counts"], &made["absences"][0]["withdraw"]), (&json!(true), &json!(true)));
    let repeated = says(&world, absent, 10, &asked(absent, delegate, "2026-11-22", "2026-11-22")).await;
    assert_eq!(repeated.json()["absences"].as_array().unwrap().len(), 1);
    let other = says(&world, absent, 10, &asked(absent, delegate, "2026-11-22", "2026-11-23")).await;
    assert_eq!(other.problem().1, "key-reused");

    // What waits and what the absent one has taken, both marked.
    let rows = now(&world, delegate).await;
    let marked: Vec<&Value> = rows.as_array().unwrap().iter().map(|row| &row["on_behalf"]).collect();
    assert_eq!(marked, [&json!("Lê Thị Hiền"), &json!("Lê Thị Hiền")]);
    let seen = see(&world, delegate, &held).await;
    assert_eq!(seen["acts"], json!(["receive", "ask-supplement", "propose-refusal", "release"]));
    assert_eq!(seen["in_place_of"][0], json!({ "act": "receive", "officer": "Lê Thị Hiền" }));
    let received = done(&world, delegate, &held, 4, json!({ "name": "receive" })).await;
    assert_eq!(received["history"][0]["by"], "Hồ Thị Chuyên thay Lê Thị Hiền");
    assert_eq!(
        received["acts"],
        json!(["attach-result", "forward", "ask-supplement", "return-unsolved", "claim"]),
        "their own turn now"
    );
    assert_eq!(received["in_place_of"], json!([]));
    let (_, _, detail) = world.audit().into_iter().rfind(|(act, ..)| act == "dossier-received").unwrap();
    assert!(detail.contains(&format!("by {} for {}", delegate.id, absent.id)), "{detail}");
    // Taken in somebody's place it is theirs, and waits for them when they come back.
    let claimed = done(&world, delegate, &id, 5, json!({ "name": "claim" })).await;
    assert_eq!(claimed["now"]["holder"]["name"], "Lê Thị Hiền");

    world.keep_budgets_until(Moment(NOW.0 + 11 * 3_600_000));
    assert_eq!(world.app.now().date().day, 23);
    let delegate = &again(&world, delegate, "0900000125").await;
    let rows = now(&world, delegate).await;
    assert_eq!(rows.as_array().unwrap().len(), 1, "only their own, once the last day is over");
    let late = does(&world, delegate, &id, 6, json!({ "name": "receive" })).await;
    assert_eq!(late.problem(), (409, "act-not-now".to_owned()));
}

#[tokio::test]
async fn it_dies_when_it_is_withdrawn_or_either_account_is_locked_or_moved() {
    let world = World::new().await;
    let office = office(&world).await;
    let administrator = world.officer("Bùi Thị Quản", "0900000501", "461", &[Role::Administrator]).await;
    sent(&world, &office, 1).await;
    let (absent, delegate) = (&office.one_stop, &office.specialist);
    let made = says(&world, absent, 10, &asked(absent, delegate, "2026-11-22", "2026-11-30")).await.json();
    let id = made["absences"][0]["id"].as_str().unwrap().to_owned();
    let there = async || now(&world, delegate).await.as_array().unwrap().len();
    assert_eq!(there().await, 1);
    let change = async |who: &Signed, unit: &str, roles: &[&str], enabled: bool| {
        let body = json!({ "unit": unit, "roles": roles, "enabled": enabled });
        let answer = world.send(administrator.put(&format!("/api/v1/officers/{}", who.id), &body)).await;
        assert_eq!(answer.status, 204);
    };
    for (unit, roles, enabled, count) in [
        ("19351", &["one-stop"][..], false, 0),
        ("19351", &["one-stop"], true, 1),
        ("19352", &["one-stop"], true, 0),
        ("19351", &["clerk"], true, 0),
        ("19351", &["one-stop"], true, 1),
    ] {
        change(absent, unit, roles, enabled).await;
        assert_eq!(there().await, count, "{unit} {roles:?} {enabled}");
    }
    change(delegate, "19352", &["specialist"], true).await;
    assert_eq!(there().await, 0);
    change(delegate, "19351", &["specialist"], true).await;
    // The delegate may not end it, and a stranger is told nothing.
    assert_eq!((withdraw(&world, delegate, &id).await, withdraw(&world, &office.leader, &id).await), (404, 404));
    assert_eq!(withdraw(&world, &office.head, &id).await, 204);
    assert_eq!((there().await, withdraw(&world, &office.head, &id).await), (0, 404));
    let acts: Vec<String> = world.audit().into_iter().map(|(act, ..)| act).collect();
    assert!(["absence-added", "absence-withdrawn"].iter().all(|act| acts.iter().any(|known| known == act)));
}

#[tokio::test]
async fn what_is_asked_for_is_possible_and_theirs_to_say() {
    let world = World::new().await;
    let office = office(&world).await;
    let (absent, delegate, head) = (&office.one_stop, &office.specialist, &office.head);
    let second = world.officer("Ngô Thị Hai", "0900000511", "19351", &[Role::OneStop]).await;
    for (what, by, body, answered) in [
        ("yesterday", absent, asked(absent, delegate, "2026-11-21", "2026-11-30"), "422 from"),
        ("no day", absent, asked(absent, delegate, "x", "2026-11-30"), "422 from"),
        ("backward", absent, asked(absent, delegate, "2026-11-30", "2026-11-22"), "422 from"),
        ("oneself", absent, asked(absent, absent, "2026-11-22", "2026-11-30"), "422 delegate"),
        ("another unit", absent, asked(absent, &office.leader, "2026-11-22", "2026-11-30"), "422 delegate"),
        ("no role for it", head, asked(head, delegate, "2026-11-22", "2026-11-30"), "422 delegate"),
        ("a colleague's", delegate, asked(absent, delegate, "2026-11-22", "2026-11-30"), "404 "),
        ("another unit's", &office.leader, asked(absent, delegate, "2026-11-22", "2026-11-30"), "404 "),
        ("the head says it", head, asked(absent, delegate, "2026-11-22", "2026-11-30"), "200 "),
        ("twice", absent, asked(absent, &second, "2026-11-30", "2026-12-01"), "422 from"),
        ("after it", absent, asked(absent, &second, "2026-12-01", "2026-12-01"), "200 "),
        ("who is away", &second, asked(&second, absent, "2026-11-25", "2026-11-26"), "422 delegate"),
    ] {
        let number = 20 + u32::try_from(what.len()).unwrap() * 7 + u32::from(what.as_bytes()[0]);
        let answer = says(&world, by, number, &body).await;
        let place = answer.json()["problems"][0]["place"].as_str().unwrap_or_default().to_owned();
        assert_eq!(format!("{} {place}", answer.status.as_u16()), answered, "{what}");
    }
    let told = world.send(delegate.get("/api/v1/absences")).await.json();
    assert_eq!(told["absences"].as_array().unwrap().len(), 1, "what concerns them, and no more");
    assert_eq!(told["officers"][0]["officer"]["name"], "Hồ Thị Chuyên");
    let names = told["officers"][0]["delegates"].as_array().unwrap();
    assert_eq!(names.len(), 2);
}
