//! Searching: by name with marks and without, by number, and never beyond what the officer may see. And what is stuck.

use crate::desk::{done, office, sent};
use crate::units::again;
use crate::world::{NOW, Signed, World, key};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::json;

async fn found(world: &World, officer: &Signed, typed: &str) -> usize {
    let typed: String = typed.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let answer = world.send(officer.get(&format!("/api/v1/desk/search?q={typed}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["rows"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_dossier_is_found_by_name_and_number_by_those_who_may_see_it() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    let mut other = world.filing();
    other["forms"][0]["answers"]["ho_ten"] = json!("Đỗ Văn Lộc");
    assert_eq!(world.submit(&key(2), &other).await.status, 201);
    done(&world, &office.one_stop, &id, 3, json!({ "name": "receive" })).await;
    for (typed, count) in [
        ("Nguyễn Thị Lộc Vừng", 1),
        ("nguyen thi loc vung", 1),
        ("vừng nguyễn", 1),
        ("NGUYEN", 1),
        ("lộc", 2),
        ("lo", 2),
        ("đỗ", 1),
        ("do", 1),
        ("Lộc Trần", 0),
        ("H50.193.51-261122-0001", 1),
        ("261122-0001", 1),
        ("0001", 1),
        ("0002", 0),
        ("", 0),
        ("\" OR units : *", 0),
        ("19351", 0),
    ] {
        assert_eq!(found(&world, &office.one_stop, typed).await, count, "{typed}");
    }
    let neighbour = world.officer("Võ Thị Bên", "0900000601", "19352", &[Role::OneStop]).await;
    assert_eq!((found(&world, &neighbour, "lộc").await, found(&world, &office.leader, "lộc").await), (0, 0));
    done(&world, &office.specialist, &id, 4, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(found(&world, &office.leader, "lộc vừng").await, 1, "from the moment it is there");
    let wrong = world.send(office.one_stop.get("/api/v1/desk/search")).await;
    assert_eq!(wrong.status, 400);
}

#[tokio::test]
async fn what_the_index_says_is_asked_of_the_policy_once_more() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    done(&world, &office.specialist, &id, 3, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(found(&world, &office.leader, "vung").await, 1);
    // The commune gets another district before this one has done anything.
    let moved = "[[change]]\nday = \"2026-11-23\"\nhand_over = \"19351\"\nto = \"462\"\n";
    world.start_with_changes(moved, Moment(NOW.0 + 11 * 3_600_000));
    let old = again(&world, &office.leader, "0900000126").await;
    assert_eq!(found(&world, &old, "vung").await, 0);
    api::units::follow(&world.app).await.unwrap();
    let new = world.officer("Đỗ Thị Mới", "0900000611", "462", &[Role::Leader]).await;
    assert_eq!(found(&world, &new, "vung").await, 1);
}

#[tokio::test]
async fn what_nobody_acts_on_is_stuck() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    let stuck = async |world: &World, officer: &Signed| {
        let queue = world.send(officer.get("/api/v1/desk/dossiers?list=stuck")).await.json();
        let rows = queue["rows"].as_array().unwrap().len();
        assert_eq!(queue["counts"]["stuck"], json!(rows));
        rows
    };
    assert_eq!(stuck(&world, &office.head).await, 0);
    // Half a working day is what reception may take; it came on a Sunday.
    world.keep_budgets_until(Moment(NOW.0 + 20 * 3_600_000));
    let morning = again(&world, &office.head, "0900000124").await;
    assert_eq!(stuck(&world, &morning).await, 0);
    world.start_anew(Moment(NOW.0 + 26 * 3_600_000));
    let head = world.officer("Phan Thị Hai", "0900000621", "19351", &[Role::DeskHead]).await;
    assert_eq!(stuck(&world, &head).await, 1);
    let one_stop = world.officer("Lê Thị Hai", "0900000622", "19351", &[Role::OneStop]).await;
    done(&world, &one_stop, &id, 2, json!({ "name": "claim" })).await;
    assert_eq!(stuck(&world, &head).await, 0, "somebody acts");
    // The next stage waits for a role that only a locked officer has.
    done(&world, &one_stop, &id, 3, json!({ "name": "receive" })).await;
    assert_eq!(stuck(&world, &head).await, 0);
    let administrator = world.officer("Bùi Thị Quản", "0900000623", "461", &[Role::Administrator]).await;
    let body = json!({ "unit": "19351", "roles": ["specialist"], "enabled": false });
    let locked = world.send(administrator.put(&format!("/api/v1/officers/{}", office.specialist.id), &body)).await;
    assert_eq!((locked.status.as_u16(), stuck(&world, &head).await), (204, 1));
}
