//! Units that are joined, parted, renamed and moved while dossiers lie in their queues.

use crate::desk::{Office, does, done, office, see, sent};
use crate::world::{NOW, Signed, World, key};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

/// Tuesday, 1 December 2026, 14:05 in Việt Nam.
const AFTER: Moment = Moment(NOW.0 + 9 * 86_400_000);

const MERGED: &str = "[[change]]\nday = \"2026-12-01\"\nmerge = [\"19351\"]\ninto = \"19352\"\n";
const RENAMED: &str = "[[change]]\nday = \"2026-12-01\"\nrename = \"19351\"\nname = \"UBND phường Thử\"\n";
const MOVED: &str = "[[change]]\nday = \"2026-12-01\"\nhand_over = \"19351\"\nto = \"462\"\n";
const SPLIT: &str =
    "[[change]]\nday = \"2026-12-01\"\nsplit = \"19351\"\ninto = [\"19352\", \"19353\"]\nwork = \"19353\"\n";

async fn rows(world: &World, officer: &Signed, list: &str) -> Vec<String> {
    let queue = world.send(officer.get(&format!("/api/v1/desk/dossiers?list={list}"))).await.json();
    queue["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// One dossier that waits for the commune's specialist, and one that waits for the district's leader.
async fn under_way(world: &World) -> (Office, String, String, String) {
    let office = office(world).await;
    let (code, one) = sent(world, &office, 1).await;
    done(world, &office.one_stop, &one, 2, json!({ "name": "receive" })).await;
    let (_, two) = sent(world, &office, 3).await;
    done(world, &office.one_stop, &two, 4, json!({ "name": "receive" })).await;
    done(world, &office.specialist, &one, 5, json!({ "name": "claim" })).await;
    done(world, &office.specialist, &two, 6, json!({ "name": "forward", "note": "" })).await;
    done(world, &office.leader, &two, 7, json!({ "name": "claim" })).await;
    (office, code, one, two)
}

/// Signs an officer of before in again: sessions do not last for nine days.
pub async fn again(world: &World, officer: &Signed, phone: &str) -> Signed {
    let code = account::Authenticator::new(&officer.secret).code(world.app.now());
    let body = json!({ "phone": phone, "password": "con bò vàng qua suối", "code": code });
    let answer = world.post("/api/v1/officers/sign-in", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let cookie = answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    Signed { cookie, ..officer.clone() }
}

#[tokio::test]
async fn dossiers_and_officers_go_to_the_heir_of_a_unit_that_was_merged() {
    let mut world = World::new().await;
    let (before, code, one, two) = under_way(&world).await;
    world.start_with_changes(MERGED, AFTER);
    let specialist = again(&world, &before.specialist, "0900000125").await;
    let neighbour = world.officer("Võ Thị Bên", "0900000401", "19352", &[Role::Specialist, Role::DeskHead]).await;
    // From the first moment on, before any queue has been put in order.
    assert_eq!(see(&world, &specialist, &one).await["now"]["unit"], "UBND xã Bên");
    assert!(rows(&world, &neighbour, "now").await.is_empty());
    assert_eq!(api::units::follow(&world.app).await.unwrap(), 1, "the district has its own still");
    assert_eq!(api::units::follow(&world.app).await.unwrap(), 0);

    assert_eq!(
        rows(&world, &specialist, "mine").await,
        std::slice::from_ref(&one),
        "what they had taken they still have"
    );
    let seen = see(&world, &neighbour, &one).await;
    assert_eq!(seen["now"]["holder"]["name"], "Hồ Thị Chuyên");
    assert_eq!(seen["stages"][0]["unit"], "UBND xã Thử", "who received it is told as they were called");
    let leader = again(&world, &before.leader, "0900000126").await;
    assert_eq!(rows(&world, &leader, "mine").await, [two]);
    done(&world, &specialist, &one, 10, json!({ "name": "forward", "note": "" })).await;

    let told = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    assert_eq!(told["agency"], "UBND xã Bên (trước đây là UBND xã Thử)");
    let administrator = world.officer("Bùi Thị Quản", "0900000402", "19352", &[Role::Administrator]).await;
    let list = world.send(administrator.get("/api/v1/officers")).await.json();
    assert_eq!(list.as_array().unwrap().len(), 5, "three came over");
    let acts: Vec<String> = world.audit().into_iter().map(|(act, ..)| act).collect();
    let count = |name: &str| acts.iter().filter(|act| *act == name).count();
    assert_eq!((count("officer-moved"), count("dossier-moved"), count("units-changed")), (3, 1, 1));
}

#[tokio::test]
async fn a_district_has_no_longer_what_a_commune_took_along_and_still_sees_what_it_did() {
    let mut world = World::new().await;
    let (before, _, one, two) = under_way(&world).await;
    // The district acts, and sends what it has done on; then it gets another one.
    let (_, three) = sent(&world, &before, 8).await;
    done(&world, &before.one_stop, &three, 9, json!({ "name": "receive" })).await;
    done(&world, &before.specialist, &three, 10, json!({ "name": "forward", "note": "" })).await;
    done(&world, &before.leader, &three, 11, json!({ "name": "return-unsolved", "reason": "Không đủ điều kiện" }))
        .await;

    world.start_with_changes(MOVED, AFTER);
    assert_eq!(api::units::follow(&world.app).await.unwrap(), 1);
    let new = world.officer("Đỗ Thị Mới", "0900000411", "462", &[Role::Leader]).await;
    let old = again(&world, &before.leader, "0900000126").await;
    assert_eq!(rows(&world, &new, "now").await, std::slice::from_ref(&two), "nobody has taken it there");
    assert!(rows(&world, &old, "mine").await.is_empty());
    for (officer, id, status) in
        [(&new, &two, 200), (&old, &two, 404), (&old, &three, 200), (&new, &three, 404), (&old, &one, 404)]
    {
        let answer = world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}"))).await;
        assert_eq!(answer.status.as_u16(), status, "{id}");
    }
    assert_eq!(see(&world, &old, &three).await["acts"], json!([]));
    let claimed = done(&world, &new, &two, 12, json!({ "name": "claim" })).await;
    assert_eq!(claimed["now"]["unit"], "UBND huyện Khác");
}

#[tokio::test]
async fn a_renamed_unit_keeps_its_work_and_papers_of_before_keep_the_old_name() {
    let mut world = World::new().await;
    let (before, code, one, _) = under_way(&world).await;
    world.start_with_changes(RENAMED, AFTER);
    assert_eq!(api::units::follow(&world.app).await.unwrap(), 0);
    let specialist = again(&world, &before.specialist, "0900000125").await;
    assert_eq!(rows(&world, &specialist, "mine").await, std::slice::from_ref(&one));
    let seen = see(&world, &specialist, &one).await;
    assert_eq!((&seen["now"]["unit"], &seen["stages"][0]["unit"]), (&json!("UBND phường Thử"), &json!("UBND xã Thử")));
    let told = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    assert_eq!(told["agency"], "UBND phường Thử (trước đây là UBND xã Thử)");
}

#[tokio::test]
async fn a_draft_for_a_unit_that_ended_reaches_its_heir_or_is_told_whom_to_choose() {
    let mut world = World::new().await;
    world.start_with_changes(MERGED, AFTER);
    let receipt = world.submit(&key(1), &world.filing()).await;
    assert_eq!((receipt.status.as_u16(), &receipt.json()["agency"]), (201, &json!("UBND xã Bên")));
    let same = world.submit(&key(1), &world.filing()).await;
    assert_eq!(same.body, receipt.body);
    let names = |catalogue: Value| catalogue["agencies"].to_string();
    assert!(!names(world.get("/api/v1/catalogue").await.json()).contains("19351"));

    world.start_with_changes(SPLIT, AFTER);
    let refused = world.submit(&key(2), &world.filing()).await;
    assert_eq!(refused.problem(), (422, "invalid".to_owned()));
    let says = refused.json()["problems"][0]["says"].as_str().unwrap().to_owned();
    assert_eq!(
        says,
        "Từ ngày 1/12/2026, UBND xã Thử đã chia thành UBND xã Bên, UBND xã Xa. Hãy chọn lại nơi nộp; những gì bạn đã điền vẫn còn nguyên."
    );
    // What was acknowledged before is answered again, whatever became of the unit.
    assert_eq!(world.submit(&key(1), &world.filing()).await.body, receipt.body);
}

#[tokio::test]
async fn after_a_split_the_work_is_with_whom_the_data_says() {
    let mut world = World::new().await;
    let (before, _, one, _) = under_way(&world).await;
    world.start_with_changes(SPLIT, AFTER);
    // The heir stands below another district, so that one's turn has gone there too.
    assert_eq!(api::units::follow(&world.app).await.unwrap(), 2);
    let specialist = again(&world, &before.specialist, "0900000125").await;
    assert_eq!(rows(&world, &specialist, "mine").await, std::slice::from_ref(&one));
    assert_eq!(see(&world, &specialist, &one).await["now"]["unit"], "UBND xã Xa");
    let other = world.officer("Võ Thị Bên", "0900000421", "19352", &[Role::Specialist]).await;
    let refused = does(&world, &other, &one, 20, json!({ "name": "claim" })).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn figures_add_up_across_a_change() {
    let mut world = World::new().await;
    under_way(&world).await;
    world.start_with_changes(MERGED, AFTER);
    let supervisor = world.officer("Bùi Văn Tỉnh", "0900000431", "44", &[Role::Supervisor]).await;
    let of = async |from: &str, until: &str| -> Vec<(String, u64)> {
        let answer = world.send(supervisor.get(&format!("/api/v1/desk/figures?from={from}&until={until}"))).await;
        let told = answer.json();
        let row = |row: &Value| (row["agency"].as_str().unwrap().to_owned(), row["in_process"].as_u64().unwrap());
        assert_eq!(told["total"]["in_process"], 2);
        told["rows"].as_array().unwrap().iter().map(row).collect()
    };
    assert_eq!(of("2026-11-22", "2026-11-30").await, [("UBND xã Thử".to_owned(), 2)], "told as it was");
    assert_eq!(of("2026-11-22", "2026-12-01").await, [("UBND xã Bên".to_owned(), 2)]);
    let clerk = world.officer("Võ Thị Bên", "0900000432", "19352", &[Role::OneStop]).await;
    let register = world.send(clerk.get("/api/v1/desk/register?from=2026-11-01&until=2026-12-01")).await;
    assert_eq!(register.status, 200);
    let read = world.audit().into_iter().rfind(|(act, ..)| act == "register-read").unwrap();
    assert_eq!(read.1, "19352 19351");
}
