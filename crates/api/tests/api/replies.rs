//! The result and the reasons wait at the code: what opens them, from when on, and that each opening is on record.

use crate::desk::{done, office, sent};
use crate::world::{NOW, PDF, World, hash, key};
use procedure::calendar::Moment;
use serde_json::{Value, json};

fn by(code: &str, digits: &str) -> Value {
    json!({ "code": code, "digits": digits })
}

async fn opened(world: &World, code: &str) -> Value {
    let answer = world.post("/api/v1/replies/open", &by(code, "0123")).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

fn reads(world: &World) -> Vec<String> {
    let by_citizen = |(act, _, detail): (String, String, String)| detail.contains("the citizen").then_some(act);
    world.audit().into_iter().filter_map(by_citizen).collect()
}

#[tokio::test]
async fn the_result_is_there_once_it_was_issued_and_not_before() {
    let world = World::new().await;
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1).await;
    assert_eq!(opened(&world, &code).await, json!({ "result": null, "says": [] }));
    done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    done(&world, &office.specialist, &id, 3, json!({ "name": "forward", "note": "chỉ để cán bộ đọc" })).await;
    let attach =
        json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(PDF), "file": "tro-cap-hiv.pdf" });
    assert_eq!(world.put_paper(&key(4), &hash(PDF), PDF).await.status, 201);
    done(&world, &office.leader, &id, 4, attach).await;
    // Attached and not issued: it may still be taken back.
    assert_eq!(opened(&world, &code).await["result"], Value::Null);
    let early = world.post("/api/v1/replies/result", &by(&code, "0123")).await;
    assert_eq!(early.problem(), (404, "result-not-there".to_owned()));

    done(&world, &office.leader, &id, 5, json!({ "name": "forward", "note": "" })).await;
    let reply = opened(&world, &code).await;
    let result = json!({ "number": "12/QĐ-UBND", "kind": "application/pdf", "bytes": PDF.len() });
    assert_eq!(reply, json!({ "result": result, "says": [] }), "nothing of what officers write to one another");
    let file = world.post("/api/v1/replies/result", &by(&code, "0123")).await;
    assert_eq!((file.status.as_u16(), file.body.as_slice()), (200, PDF));
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"ket-qua\"", "no name tells what it is");
    assert_eq!(file.headers["cache-control"], "no-store");
    assert_eq!(file.headers["x-content-type-options"], "nosniff");
    assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");
    done(&world, &office.one_stop, &id, 6, json!({ "name": "hand-over" })).await;
    assert_eq!(world.post("/api/v1/replies/result", &by(&code, "0123")).await.status, 200);
    assert_eq!(reads(&world), ["dossier-read", "dossier-read", "dossier-read", "paper-read", "paper-read"]);
}

#[tokio::test]
async fn a_reason_reaches_the_citizen_and_nobody_who_has_the_code_alone() {
    let world = World::new().await;
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "propose-refusal", "reason": "đề xuất riêng" })).await;
    done(&world, &office.head, &id, 3, json!({ "name": "refuse", "reason": "Không thuộc đối tượng" })).await;
    let told = opened(&world, &code).await;
    assert_eq!(told["result"], Value::Null);
    assert_eq!((told["says"].as_array().unwrap().len(), &told["says"][0]["event"]), (1, &json!("not-received")));
    assert_eq!(told["says"][0]["reason"], "Không thuộc đối tượng");
    let track = world.post("/api/v1/track", &json!({ "code": code })).await;
    assert!(!String::from_utf8(track.body).unwrap().contains("Không thuộc"));
    let none = world.post("/api/v1/replies/result", &by(&code, "0123")).await;
    assert_eq!(none.problem(), (404, "result-not-there".to_owned()));
}

#[tokio::test]
async fn wrong_digits_and_a_wrong_code_look_the_same_and_cannot_all_be_tried() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let (code, _) = sent(&world, &office, 1).await;
    let wrong_digits = world.post("/api/v1/replies/open", &by(&code, "9999")).await;
    let wrong_code = world.post("/api/v1/replies/open", &by("7K3M-0TQ9-XW4D-5", "0123")).await;
    assert_eq!(wrong_digits.problem(), (404, "digits-wrong".to_owned()));
    assert_eq!(wrong_digits.body, wrong_code.body);
    assert_eq!(reads(&world), Vec::<String>::new());
    // The budget of digits is the code's own, whoever asks and whichever of the two routes.
    for path in ["/api/v1/replies/result", "/api/v1/replies/open"].iter().cycle().take(20) {
        world.post(path, &by(&code, "9999")).await;
    }
    let spent = world.post("/api/v1/replies/open", &by(&code, "0123")).await;
    assert_eq!(spent.status, 429, "{}", spent.json());
    assert!(spent.headers.contains_key("retry-after"));
    world.start_anew(Moment(NOW.0 + 3_600_000));
    assert_eq!(opened(&world, &code).await["says"], json!([]));
}
