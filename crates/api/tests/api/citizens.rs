//! Citizens' accounts: whose session it is, and when it ends.

use crate::world::{NOW, World};
use account::citizen::IDLE_MS;
use procedure::calendar::Moment;
use serde_json::json;

const ME: &str = "/api/v1/citizens/me";

#[tokio::test]
async fn a_session_tells_whose_it_is_until_it_is_left_alone_or_signed_out() {
    let mut world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    for (citizen, name) in [(&lan, "Trần Thị Lan"), (&minh, "Võ Minh")] {
        let answer = world.send(citizen.get(ME)).await;
        assert_eq!((answer.status.as_u16(), answer.json()["name"].clone()), (200, json!(name)));
        assert_eq!(answer.json()["id"], citizen.id.to_string());
    }
    assert_eq!(world.get(ME).await.problem(), (401, "not-signed-in".to_owned()));

    let answer = world.send(lan.post("/api/v1/citizens/sign-out", None, &json!({}))).await;
    assert_eq!(answer.status, 204);
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(world.send(lan.get(ME)).await.problem(), (401, "not-signed-in".to_owned()));

    world.keep_budgets_until(Moment(NOW.0 + IDLE_MS - 1));
    assert_eq!(world.send(minh.get(ME)).await.status, 200);
    world.keep_budgets_until(Moment(NOW.0 + 3 * IDLE_MS));
    assert_eq!(world.send(minh.get(ME)).await.problem(), (401, "not-signed-in".to_owned()));
}

#[tokio::test]
async fn another_sites_form_changes_nothing_and_an_officers_cookie_opens_no_account() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let mut unmarked = lan.post("/api/v1/citizens/sign-out", None, &json!({}));
    unmarked.headers_mut().remove("x-req");
    assert_eq!(world.send(unmarked).await.status, 403);
    let mut twice = lan.get(ME);
    twice.headers_mut().append("cookie", lan.cookie.parse().unwrap());
    assert_eq!(world.send(twice).await.status, 401, "two cookies of one name are nobody's");
    let officer = world.officer("Lê Thị Hiền", "0900000123", "19351", &[procedure::Role::OneStop]).await;
    assert_eq!(world.send(officer.get(ME)).await.status, 401);
    assert_eq!(world.send(lan.get("/api/v1/desk/dossiers")).await.status, 401);
}
