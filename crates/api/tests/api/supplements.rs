//! A citizen answers a supplement: what opens it, what it may change, and what stays.

use crate::world::{NOW, PDF, Signed, World, hash, key};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

/// A dossier with a paper of which a name and the paper are asked for; gives its code and its id.
async fn asked(world: &World) -> (Signed, String, String) {
    let officer = world.officer("Lê Thị Hiền", "0900000129", "19351", &[Role::OneStop]).await;
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    let receipt = world.submit(&key(1), &world.filing_with_paper()).await.json();
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let id = queue["rows"][0]["id"].as_str().unwrap().to_owned();
    let items = json!([
        { "place": "thu/ngay_sinh", "says": "Ngày sinh khác giấy khai sinh" },
        { "place": "paper/giay-thu", "says": "Ảnh mờ, chụp lại" },
    ]);
    let act = json!({ "name": "ask-supplement", "supplement": { "items": items, "note": "Gửi trước thứ Sáu" } });
    let body = json!({ "version": 1, "act": act });
    let path = format!("/api/v1/desk/dossiers/{id}/acts");
    let done = world.send(officer.post(&path, Some(&key(2)), &body)).await;
    assert_eq!(done.status, 200, "{}", done.json());
    (officer, receipt["code"].as_str().unwrap().to_owned(), id)
}

fn open(code: &str, digits: &str) -> Value {
    json!({ "code": code, "digits": digits })
}

const NEW: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n\
2 0 obj<</Type /Page/Parent 1 0 R>>endobj\n3 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n\
xref\ntrailer<</Root 3 0 R>>\nstartxref\n9\n% clear now\n%%EOF\n";

fn answered(code: &str, year: &str) -> Value {
    json!({
        "code": code, "digits": "0123",
        "forms": [{ "form": "thu", "answers": {
            "ngay_sinh.day": "2", "ngay_sinh.month": "9", "ngay_sinh.year": year } }],
        "papers": [{ "paper": "giay-thu", "sha256": hash(NEW), "name": "rõ.pdf", "kind": "application/pdf",
            "bytes": NEW.len() }],
    })
}

async fn send(world: &World, number: u32, body: &Value) -> crate::world::Answer {
    world.send(crate::world::json_request("/api/v1/supplements", Some(&key(number)), body.to_string())).await
}

#[tokio::test]
async fn the_citizen_mends_what_was_marked_and_the_clock_goes_on() {
    let mut world = World::new().await;
    let (officer, code, id) = asked(&world).await;
    let opened = world.post("/api/v1/supplements/open", &open(&code.to_lowercase(), "0123")).await;
    assert_eq!(opened.status, 200, "{}", opened.json());
    let opened = opened.json();
    assert_eq!(opened["asked"]["items"][0]["says"], "Ngày sinh khác giấy khai sinh");
    assert_eq!(
        opened["forms"][0]["answers"],
        json!({
        "ngay_sinh.day": "2", "ngay_sinh.month": "9", "ngay_sinh.year": "1950" })
    );
    assert_eq!(opened["papers"], json!([{ "paper": "giay-thu", "name": "Giấy thử", "files": 1 }]));
    for hidden in ["Lộc Vừng", "thôn Thử", "0900000123"] {
        assert!(!opened.to_string().contains(hidden), "{hidden} was not marked");
    }
    world.start_anew(Moment(NOW.0 + 20 * 3_600_000));
    // The paper is not there yet: nothing changes, and the same key goes on.
    let early = send(&world, 9, &answered(&code, "1951")).await;
    assert_eq!(early.problem(), (409, "papers-missing".to_owned()));
    assert_eq!(world.put_paper(&key(9), &hash(NEW), NEW).await.status, 201);
    for _ in 0..3 {
        let sent = send(&world, 9, &answered(&code, "1951")).await;
        assert_eq!(sent.status, 200, "{}", sent.json());
        assert_eq!((&sent.json()["state"], &sent.json()["stands"]), (&json!("sent"), &json!(false)));
    }
    drop(officer);
    let officer = world.officer("Võ Thị Hai", "0900000130", "19351", &[Role::OneStop]).await;
    let seen = world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}"))).await.json();
    assert_eq!(seen["version"], 3, "sent, asked, supplemented once");
    assert_eq!(seen["forms"][0]["sections"][0]["rows"][1]["answer"], "2/9/1951");
    assert_eq!((&seen["papers"][0]["name"], seen["papers"].as_array().unwrap().len()), (&json!("rõ.pdf"), 1));
    // The old paper stays to be read.
    let old = world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}/papers/{}", hash(PDF)))).await;
    assert_eq!(old.body, PDF);
    let over = world.post("/api/v1/supplements/open", &open(&code, "0123")).await;
    assert_eq!(over.problem(), (410, "supplement-over".to_owned()));
}

#[tokio::test]
async fn what_was_not_marked_or_is_wrong_changes_nothing() {
    let world = World::new().await;
    let (_, code, _) = asked(&world).await;
    assert_eq!(world.put_paper(&key(9), &hash(NEW), NEW).await.status, 201);
    let mut stray = answered(&code, "1951");
    stray["forms"][0]["answers"]["ho_ten"] = json!("Người Khác");
    let mut no_paper = answered(&code, "1951");
    no_paper["papers"] = json!([]);
    for (body, place) in [
        (stray, "thu/ho_ten"),
        (no_paper, "paper/giay-thu"),
        (answered(&code, "2999"), "thu/ngay_sinh"),
        (answered(&code, ""), "thu/ngay_sinh"),
    ] {
        let refused = send(&world, 9, &body).await;
        assert_eq!(refused.problem(), (422, "invalid".to_owned()));
        assert_eq!(refused.json()["problems"][0]["place"], place, "{}", refused.json());
    }
    assert_eq!(world.post("/api/v1/supplements/open", &open(&code, "0123")).await.status, 200);
}

#[tokio::test]
async fn what_was_refused_meanwhile_cannot_be_mended_any_more() {
    let world = World::new().await;
    let (officer, code, id) = asked(&world).await;
    let head = world.officer("Phan Văn Trưởng", "0900000131", "19351", &[Role::DeskHead]).await;
    let path = format!("/api/v1/desk/dossiers/{id}/acts");
    let act = |version: u32, name: &str| json!({ "version": version, "act": { "name": name, "reason": "Quá hạn" } });
    let proposed = world.send(officer.post(&path, Some(&key(3)), &act(2, "propose-refusal"))).await;
    assert_eq!(proposed.status, 200, "{}", proposed.json());
    let refused = world.send(head.post(&path, Some(&key(4)), &act(3, "refuse"))).await;
    assert_eq!((&refused.json()["state"], &refused.json()["supplement"]), (&json!("not-received"), &Value::Null));
    assert_eq!(world.put_paper(&key(9), &hash(NEW), NEW).await.status, 201);
    for answer in [
        world.post("/api/v1/supplements/open", &open(&code, "0123")).await,
        send(&world, 9, &answered(&code, "1951")).await,
    ] {
        assert_eq!(answer.problem(), (410, "supplement-over".to_owned()));
    }
    assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.json()["state"], "not-received");
}

#[tokio::test]
async fn code_and_digits_cannot_be_guessed_one_after_the_other() {
    let world = World::new().await;
    let (_, code, _) = asked(&world).await;
    let other = dossier::LookupCode::new([9; 8]).to_string();
    let mut answers = Vec::new();
    for (code, digits) in [(code.as_str(), "0124"), (&other, "0123"), ("kein Code", "0123"), (&code, "")] {
        answers.push(world.post("/api/v1/supplements/open", &open(code, digits)).await);
    }
    assert_eq!(answers[0].problem(), (404, "digits-wrong".to_owned()));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let mut tries = Vec::new();
    for guess in 0..20 {
        let body = open(&code, &format!("{guess:04}")).to_string();
        let request = crate::world::json_request("/api/v1/supplements/open", None, body);
        tries.push(world.send_from(&format!("198.51.{guess}.1"), request).await.status.as_u16());
    }
    assert_eq!(tries.iter().filter(|status| **status == 429).count(), 17, "three were left of five: {tries:?}");
}

#[tokio::test]
async fn a_paper_that_never_came_is_offered_asked_for_and_sent() {
    let world = World::new().await;
    let officer = world.officer("Lê Thị Hiền", "0900000129", "19351", &[Role::OneStop]).await;
    let code = world.submit(&key(1), &world.filing()).await.json()["code"].as_str().unwrap().to_owned();
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let path = format!("/api/v1/desk/dossiers/{}", queue["rows"][0]["id"].as_str().unwrap());
    let see = async || world.send(officer.get(&path)).await.json();
    // Of the two papers of the procedure this case is asked for one, which may be left out.
    let unsent = json!([{ "place": "paper/giay-them", "paper": "Giấy thêm", "required": false }]);
    assert_eq!(see().await["unsent"], unsent);

    let items = json!([{ "place": "paper/giay-them", "says": "Nộp thêm giấy này" }]);
    let act = json!({ "name": "ask-supplement", "supplement": { "items": items, "note": "" } });
    let body = json!({ "version": 1, "act": act });
    assert_eq!(world.send(officer.post(&format!("{path}/acts"), Some(&key(2)), &body)).await.status, 200);
    let opened = world.post("/api/v1/supplements/open", &open(&code, "0123")).await.json();
    assert_eq!(opened["papers"], json!([{ "paper": "giay-them", "name": "Giấy thêm", "files": 0 }]));
    let body = json!({ "code": code, "digits": "0123", "forms": [], "papers": [{
        "paper": "giay-them", "sha256": hash(NEW), "name": "thêm.pdf", "kind": "application/pdf", "bytes": NEW.len(),
    }] });
    assert_eq!(world.put_paper(&key(9), &hash(NEW), NEW).await.status, 201);
    assert_eq!(send(&world, 9, &body).await.status, 200);
    let seen = see().await;
    assert_eq!((&seen["unsent"], &seen["papers"][0]["paper"]), (&json!([]), &json!("Giấy thêm")));
}
