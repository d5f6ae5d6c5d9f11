//! Public posting, from the list to its end: what is shown and until when, objections, the re-check, posting again.

use crate::allowance::{end, list_of, officer, picks, posted, ready, refused};
use crate::desk::{done, see};
use crate::world::{Answer, NOW, World, key};
use axum::body::Body;
use axum::http::Request;
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

/// Every address at which a list can be seen.
fn addresses(id: &str) -> [String; 5] {
    [
        format!("/api/v1/postings/{id}"),
        format!("/api/v1/postings/{id}/pdf"),
        format!("/niem-yet/{id}"),
        format!("/niem-yet/{id}.pdf"),
        format!("/niem-yet/{id}/1"),
    ]
}

/// The key that the form of a line carries.
async fn form_key(world: &World, id: &str, line: u32) -> String {
    let page = world.get(&format!("/niem-yet/{id}/{line}")).await;
    let html = String::from_utf8(page.body).unwrap();
    let (_, rest) = html.split_once("name=\"key\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

async fn object(world: &World, id: &str, line: u32, key: &str, fields: [&str; 3]) -> Answer {
    let mut body = String::new();
    for (name, text) in [("key", key), ("name", fields[0]), ("contact", fields[1]), ("says", fields[2])] {
        body.push_str(&format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"));
    }
    body.push_str("--x--\r\n");
    let request = Request::post(format!("/niem-yet/{id}/{line}"));
    world.send(request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap()).await
}

async fn objects(world: &World, id: &str, line: u32, says: &str) -> Answer {
    let key = form_key(world, id, line).await;
    object(world, id, line, &key, ["Hoàng Văn Sim", "0900000321", says]).await
}

#[tokio::test]
async fn a_list_is_there_until_its_last_millisecond_and_then_was_never() {
    let mut world = World::real().await;
    let (_, list) = list_of(&world, &[0, 4, 5]).await;
    let id = list["id"].as_str().unwrap().to_owned();
    // Published on a Sunday: Monday, and Wednesday, because Tuesday 24 November is a holiday.
    assert_eq!(end(&list), Moment::at(form::Date::parse("2026-11-25").unwrap(), 17 * 3_600_000));
    let of_commune = || world.get("/api/v1/postings?agency=19495");
    assert_eq!(of_commune().await.json()["postings"][0]["id"], json!(id));
    assert_eq!(world.get("/api/v1/postings?agency=19501").await.json()["postings"], json!([]));
    let index = String::from_utf8(world.get("/niem-yet?xa=19495").await.body).unwrap();
    assert!(index.contains(&id));
    world.keep_budgets_until(end(&list));
    for address in addresses(&id) {
        let answer = world.get(&address).await;
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{address}");
        assert_eq!(answer.headers["x-robots-tag"], "noindex", "{address}");
    }
    world.keep_budgets_until(Moment(end(&list).0 + 1));
    let nobody = "0".repeat(32);
    for (address, other) in addresses(&id).iter().zip(addresses(&nobody)) {
        let (gone, never) = (world.get(address).await, world.get(&other).await);
        assert_eq!(gone.status, 404, "{address}");
        assert_eq!(gone, never, "{address}");
    }
    assert_eq!(world.get("/api/v1/postings?agency=19495").await.json()["postings"], json!([]));
    let index = String::from_utf8(world.get("/niem-yet?xa=19495").await.body).unwrap();
    assert!(!index.contains(&id));
    let late = object(&world, &id, 1, &key(77), ["Sim", "0900000321", "Muộn"]).await;
    let never = object(&world, &nobody, 1, &key(78), ["Sim", "0900000321", "Muộn"]).await;
    assert_eq!((late.status.as_u16(), &late), (404, &never));
}

#[tokio::test]
async fn it_goes_on_only_after_a_whole_list_and_is_on_one_at_a_time() {
    let mut world = World::real().await;
    let (officer, list) = list_of(&world, &[4, 5]).await;
    assert!(ready(&world, &officer).await.is_empty());
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let id = queue["rows"][0]["id"].as_str().unwrap().to_owned();
    let seen = see(&world, &officer, &id).await;
    assert!(seen["posting"]["says"].as_str().unwrap().contains("17:00 thứ Tư 25/11/2026"), "{}", seen["posting"]);
    assert!(!seen["acts"].as_array().unwrap().contains(&json!("forward")));
    let forward = || json!({ "name": "forward", "note": "" });
    assert_eq!(refused(&world, &officer, &id, 600, forward()).await, "still-posted");
    let one = json!({ "dossiers": [{ "id": id, "version": seen["version"] }], "seen": "" });
    let twice = world.send(officer.post("/api/v1/desk/postings/preview", None, &one)).await;
    assert_eq!(twice.problem(), (409, "act-not-now".to_owned()));
    world.keep_budgets_until(Moment(end(&list).0 + 1));
    let officer = self::officer(&world, 2).await;
    done(&world, &officer, &id, 601, forward()).await;
}

#[tokio::test]
async fn what_is_published_is_what_was_seen_and_once() {
    let mut world = World::real().await;
    for case in [4, 5] {
        let filing = crate::allowance::filing(&world, case, &mut |_, _, text| text.to_owned());
        crate::allowance::send(&world, u32::try_from(case).unwrap(), filing, "a.pdf").await;
    }
    let officer = officer(&world, 1).await;
    let ready = crate::allowance::to_posting(&world, &officer).await;
    let mut wanted = picks(&ready);
    let path = "/api/v1/desk/postings";
    let blind = world.send(officer.post(path, Some(&key(500)), &wanted)).await;
    assert_eq!(blind.problem(), (409, "posting-changed".to_owned()));
    let preview = world.send(officer.post("/api/v1/desk/postings/preview", None, &wanted)).await.json();
    assert_eq!(preview["due"]["sum"].as_array().unwrap().last().unwrap()["date"], "2026-11-25");
    wanted["seen"] = preview["seen"].clone();
    // After midnight it would end a day later: that was not seen.
    world.keep_budgets_until(Moment(NOW.0 + 10 * 3_600_000));
    let again = self::officer(&world, 2).await;
    let later = world.send(again.post(path, Some(&key(501)), &wanted)).await;
    assert_eq!(later.problem().1, "posting-changed");
    world.keep_budgets_until(NOW);
    let post = async || world.send(officer.post(path, Some(&key(502)), &wanted)).await;
    let (one, two, three) = tokio::join!(post(), post(), post());
    assert_eq!((one.status, one.json()["id"].clone()), (two.status, two.json()["id"].clone()));
    assert_eq!((one.status.as_u16(), one.json()), (200, three.json()));
    assert_eq!(world.get("/api/v1/postings").await.json()["postings"].as_array().unwrap().len(), 1);
    let published = world.audit().into_iter().filter(|(act, ..)| act == "posting-published").count();
    let events = world.audit().into_iter().filter(|(act, ..)| act == "dossier-posted").count();
    assert_eq!((published, events), (1, 2));
    let other = world.send(officer.post(path, Some(&key(502)), &picks(&ready[..1]))).await;
    assert_eq!(other.problem().1, "key-reused");
    for (dossiers, problem) in [
        (json!([]), (422, "invalid".to_owned())),
        (json!([{ "id": "x", "version": 1 }]), (404, "dossier-unknown".to_owned())),
    ] {
        let asked = json!({ "dossiers": dossiers, "seen": "" });
        assert_eq!(world.send(officer.post("/api/v1/desk/postings/preview", None, &asked)).await.problem(), problem);
    }
}

#[tokio::test]
async fn an_objection_is_rechecked_and_the_dossier_posted_again() {
    let mut world = World::real().await;
    let (officer, list) = list_of(&world, &[0, 4, 5]).await;
    let id = list["id"].as_str().unwrap().to_owned();
    let line = &list["lines"][1];
    let number = u32::try_from(line["line"].as_u64().unwrap()).unwrap();

    // What is wrong with it is said, and nothing typed is lost.
    let key_of_form = form_key(&world, &id, number).await;
    let bad = object(&world, &id, number, &key_of_form, ["Hoàng Văn Sim", "nhà bên", "Có <b>xe tải</b>"]).await;
    let html = String::from_utf8(bad.body).unwrap();
    assert_eq!(bad.status, 422);
    assert!(html.contains("Hoàng Văn Sim") && html.contains("nhà bên") && html.contains("Có &lt;b&gt;xe tải"));
    // Sent twice, taken once; a second one is another.
    let fields = ["Hoàng Văn Sim", "0900 000 321", "Nhà có xe tải"];
    for _ in 0..2 {
        let taken = object(&world, &id, number, &key_of_form, fields).await;
        assert_eq!(taken.status, 200);
        assert!(String::from_utf8(taken.body).unwrap().contains("Xã đã nhận phản ánh"));
    }
    assert_eq!(objects(&world, &id, number, "Đã chuyển đi nơi khác").await.status, 200);
    assert_eq!(world.get(&format!("/api/v1/postings/{id}")).await.json()["lines"], list["lines"], "the entry stays");

    // It stands first in the queue, and only its officers read who wrote what.
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let rows = queue["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["objected"], &rows[1]["objected"]), (3, &json!(true), &json!(false)));
    assert_eq!((&rows[0]["person"], &queue["counts"]["now"]), (&line["name"], &json!(3)));
    let dossier = rows[0]["id"].as_str().unwrap().to_owned();
    let seen = see(&world, &officer, &dossier).await;
    let objections = seen["posting"]["objections"].as_array().unwrap();
    assert_eq!((objections.len(), &objections[0]["says"]), (2, &json!("Nhà có xe tải")));
    assert_eq!(objections[0]["contact"], "0900 000 321");
    assert_eq!(seen["due"], Value::Null, "the clock stands");
    assert!(seen["acts"].as_array().unwrap().contains(&json!("recheck")));
    let other = see(&world, &officer, rows[1]["id"].as_str().unwrap()).await;
    assert!(!other.to_string().contains("Sim") && !other.to_string().contains("xe tải"));
    let colleague = world.officer("Người Xa", "0900000299", "19501", &[Role::Specialist]).await;
    let hidden = world.send(colleague.get(&format!("/api/v1/desk/dossiers/{dossier}"))).await;
    assert_eq!(hidden.status, 404);
    assert_eq!(refused(&world, &officer, &dossier, 700, json!({ "name": "forward", "note": "" })).await, "objected");

    let empty = json!({ "name": "recheck", "stands": true, "reason": "" });
    assert_eq!(refused(&world, &officer, &dossier, 701, empty).await, "invalid");
    let stands = json!({ "name": "recheck", "stands": true, "reason": "Xe của em trai" });
    let checked = done(&world, &officer, &dossier, 702, stands).await;
    assert!(checked["posting"]["says"].as_str().unwrap().contains("còn treo đến hết 17:00 thứ Tư 25/11/2026"));

    // On Thursday the first list is over: three days from then.
    world.keep_budgets_until(Moment(end(&list).0 + 15 * 3_600_000));
    let officer = self::officer(&world, 2).await;
    assert_eq!(
        refused(&world, &officer, &dossier, 703, json!({ "name": "forward", "note": "" })).await,
        "not-posted-again"
    );
    let ready = ready(&world, &officer).await;
    assert_eq!((ready.len(), &ready[0]["again"], &ready[0]["days"]), (1, &json!(true), &json!(3)));
    let second = posted(&world, &officer, 704, &ready).await;
    assert_eq!(end(&second), Moment::at(form::Date::parse("2026-12-01").unwrap(), 17 * 3_600_000));
    // The clock goes on when that has ended, and the promise is known already.
    assert_ne!(see(&world, &officer, &dossier).await["due"], Value::Null);
    world.keep_budgets_until(Moment(end(&second).0 + 1));
    let officer = self::officer(&world, 3).await;
    done(&world, &officer, &dossier, 705, json!({ "name": "forward", "note": "" })).await;
}

#[tokio::test]
async fn what_does_not_stand_is_returned_unsolved_with_the_reason() {
    let mut world = World::real().await;
    let (officer, list) = list_of(&world, &[5]).await;
    let id = list["id"].as_str().unwrap();
    // In its last millisecond.
    world.keep_budgets_until(end(&list));
    assert_eq!(objects(&world, id, 1, "Không còn ở xã").await.status, 200);
    world.keep_budgets_until(NOW);
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let dossier = queue["rows"][0]["id"].as_str().unwrap().to_owned();
    let wrong = json!({ "name": "recheck", "stands": false, "reason": "Đã chuyển khẩu từ tháng 6" });
    let over = done(&world, &officer, &dossier, 700, wrong).await;
    assert_eq!((&over["state"], &over["posting"]), (&json!("stopped"), &Value::Null));
    assert!(over["slips"].as_array().unwrap().contains(&json!("refusal")));
}

#[tokio::test]
async fn too_many_objections_are_refused_with_a_word() {
    let world = World::with_real(|limits| limits.objections_per_hour = 3.0).await;
    let (_, list) = list_of(&world, &[5]).await;
    let id = list["id"].as_str().unwrap();
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(objects(&world, id, 1, "Sai").await.status.as_u16());
    }
    assert_eq!(answers, [200, 200, 200, 429]);
}
