//! Petitions from the form to the published answer: taken once, followed by code, answered by the unit that has them, and
//! nothing of their senders on any page that is everybody's.

use crate::notices::all;
use crate::world::{Answer, NOW, PDF, Signed, SignedCitizen, World, hash, json_request, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::Request;
use procedure::Role;
use procedure::calendar::{DAY_MS, Moment};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What stands in the private fields of a petition, and must stand nowhere else.
const CANARIES: [&str; 4] = ["Hồ Thị Kín", "0900000987", "0900 000 987", "chiếc xe màu tím"];

/// A picture of one pixel, as far as anybody looks at it.
fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90\x77\x53\xde".to_vec();
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

/// A post of the form: texts, then files.
fn form(path: &str, texts: &[(&str, &str)], files: &[(&str, &[u8])]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, text) in texts {
        body.extend(format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes());
    }
    for (name, bytes) in files {
        let head = format!("--x\r\ncontent-disposition: form-data; name=\"photos\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let request = Request::post(path).header("content-type", "multipart/form-data; boundary=x");
    request.body(Body::from(body)).unwrap()
}

fn html(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(found, _)| found).unwrap()
}

fn writing(key: &str, unit: &str) -> Request<Body> {
    let texts = [
        ("key", key),
        ("field", "thai-do"),
        ("unit", unit),
        ("says", "Có người để chiếc xe màu tím trước cửa bộ phận một cửa."),
        ("name", "Hồ Thị Kín"),
        ("contact", "0900 000 987"),
        ("may_publish", "yes"),
    ];
    form("/phan-anh/gui", &texts, &[("a.png", &png())])
}

async fn written(world: &World, key: &str, unit: &str) -> Answer {
    world.send(writing(key, unit)).await
}

/// Sends a petition to a unit; gives its follow code.
async fn sent(world: &World, number: u32, unit: &str) -> String {
    let answer = written(world, &key(number), unit).await;
    assert_eq!(answer.status, 200, "{}", html(&answer));
    between(&html(&answer), "<span class=\"code\">", "</span>").to_owned()
}

async fn tracked(world: &World, code: &str) -> Answer {
    world.post("/api/v1/petitions/track", &json!({ "code": code })).await
}

async fn head(world: &World, unit: &str, phone: &str) -> Signed {
    world.officer("Phan Văn Trưởng", phone, unit, &[Role::DeskHead]).await
}

async fn rows(world: &World, officer: &Signed, list: &str) -> Vec<Value> {
    let answer = world.send(officer.get(&format!("/api/v1/desk/petitions?list={list}"))).await;
    assert_eq!(answer.status, 200);
    answer.json()["rows"].as_array().unwrap().clone()
}

async fn act(world: &World, officer: &Signed, id: &str, number: u32, version: u32, act: Value) -> Answer {
    let body = json!({ "version": version, "act": act });
    world.send(officer.post(&format!("/api/v1/desk/petitions/{id}/acts"), Some(&key(number)), &body)).await
}

/// Sent to the commune and answered there; gives the officer, the petition's id and its follow code.
async fn answered(world: &World) -> (Signed, String, String) {
    let code = sent(world, 1, "19351").await;
    let officer = head(world, "19351", "0900000123").await;
    let id = rows(world, &officer, "new").await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(act(world, &officer, &id, 10, 0, json!({ "name": "receive" })).await.status, 200);
    let answer = json!({ "name": "answer", "text": "Xe đã được dời đi." });
    assert_eq!(act(world, &officer, &id, 11, 1, answer).await.status, 200);
    (officer, id, code)
}

fn publish(title: &str, question: &str, seen: bool) -> Value {
    json!({ "name": "publish", "title": title, "question": question, "answer": "Xã đã sắp xếp lại chỗ để xe.", "seen": seen })
}

#[tokio::test]
async fn it_is_taken_once_and_nothing_typed_is_lost() {
    let world = World::new().await;
    let page = html(&world.get("/phan-anh/gui").await);
    let key_of_form = between(&page, "name=\"key\" value=\"", "\"").to_owned();
    // What is wrong is said at its field; text, ticks and the photograph that was good stay.
    let texts = [("key", key_of_form.as_str()), ("says", "Có <b>xe</b>"), ("contact", "nhà bên"), ("name", "Kín")];
    let bad = world.send(form("/phan-anh/gui", &texts, &[("a.png", &png()), ("b.pdf", PDF)])).await;
    let shown = html(&bad);
    assert_eq!(bad.status, 422);
    for says in [
        "Hãy chọn chuyện này về việc gì.",
        "Hãy ghi đủ số điện thoại",
        "Có tệp không gửi được",
        "Có &lt;b&gt;xe",
        "nhà bên",
    ] {
        assert!(shown.contains(says), "{says}");
    }
    let kept = between(&shown, "name=\"kept\" value=\"", "\"").to_owned();
    assert!(kept.starts_with(&hash(&png())), "{kept}");
    let texts =
        [("key", key_of_form.as_str()), ("field", "khac"), ("unit", ""), ("says", "Có xe"), ("kept", kept.as_str())];
    let mut codes = Vec::new();
    for _ in 0..2 {
        let taken = world.send(form("/phan-anh/gui", &texts, &[])).await;
        assert_eq!((taken.status.as_u16(), &taken.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
        codes.push(between(&html(&taken), "<span class=\"code\">", "</span>").to_owned());
    }
    assert_eq!(codes[0], codes[1]);
    assert_eq!(world.audit().iter().filter(|(act, ..)| act == "petition-sent").count(), 1);
    let other = [("key", key_of_form.as_str()), ("field", "khac"), ("says", "Chuyện khác")];
    assert_eq!(world.send(form("/phan-anh/gui", &other, &[])).await.status, 409, "the key belongs to what was sent");
    // A photograph that nobody sent up is none.
    let forged = format!("{} image/png 70 x.png", "0".repeat(64));
    let texts = [("key", &*key(9)), ("field", "khac"), ("says", "Có xe"), ("kept", &*forged)];
    assert_eq!(world.send(form("/phan-anh/gui", &texts, &[])).await.status, 409);

    // Nobody was named, so it went to the province, and its photograph stays when unclaimed papers are cleared away.
    let standing = tracked(&world, &codes[0]).await.json();
    assert_eq!((&standing["state"], &standing["unit"]), (&json!("sent"), &json!("UBND tỉnh Thử")));
    let province = world.officer("Võ Văn Phòng", "0900000124", "44", &[Role::Clerk]).await;
    let id = rows(&world, &province, "open").await[0]["id"].as_str().unwrap().to_owned();
    world.app.store.clear_unclaimed(Moment(NOW.0 + 30 * DAY_MS), NOW).await.unwrap();
    let photo = format!("/api/v1/desk/petitions/{id}/photos/{}", hash(&png()));
    assert_eq!(world.send(province.get(&photo)).await.body, png());
    assert!(world.audit().iter().any(|(act, subject, _)| act == "petition-photo-read" && *subject == id));
}

#[tokio::test]
async fn its_code_opens_it_and_nothing_else_does() {
    let world = World::new().await;
    let code = sent(&world, 1, "19351").await;
    let submitted = world.submit(&key(2), &world.filing()).await.json();
    let dossier = submitted["code"].as_str().unwrap();
    let loose = code.to_lowercase().replace('-', " ");
    assert_eq!(tracked(&world, &loose).await.status, 200);
    for wrong in [dossier, "0000-0000-0000-0", "", "x"] {
        assert_eq!(tracked(&world, wrong).await.problem(), (404, "petition-code-unknown".to_owned()), "{wrong}");
    }
    assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.problem().1, "code-unknown");
    // The page says the same, with what was typed in its place.
    let follow = async |code: &str| world.send(form("/phan-anh/theo-doi", &[("code", code)], &[])).await;
    for (typed, status, says) in [
        ("", 422, "Hãy nhập mã theo dõi"),
        ("7K3M", 422, "Mã này chưa đúng"),
        (dossier, 404, "Không có phản ánh nào với mã này"),
        (code.as_str(), 200, "Đã gửi, chờ đơn vị tiếp nhận"),
    ] {
        let answer = follow(typed).await;
        assert_eq!(answer.status, status, "{typed}");
        assert!(html(&answer).contains(says), "{typed}: {says}");
    }
    let shown = html(&follow(&code).await);
    assert!(CANARIES.iter().all(|canary| !shown.contains(canary)), "a code may be read over somebody's shoulder");
}

#[tokio::test]
async fn a_unit_receives_answers_and_publishes_and_nobody_else_sees_it() {
    let world = World::new().await;
    let code = sent(&world, 1, "19351").await;
    let officer = head(&world, "19351", "0900000123").await;
    let neighbour = head(&world, "19352", "0900000124").await;
    let list = world.send(officer.get("/api/v1/desk/petitions")).await.json();
    assert_eq!(list["counts"], json!({ "open": 1, "new": 1, "mine": 0, "late": 0 }));
    let id = list["rows"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(rows(&world, &neighbour, "open").await, Vec::<Value>::new());
    let path = format!("/api/v1/desk/petitions/{id}");
    let nobody = format!("/api/v1/desk/petitions/{}", "0".repeat(32));
    let (hidden, none) = (world.send(neighbour.get(&path)).await, world.send(neighbour.get(&nobody)).await);
    assert_eq!((hidden.status.as_u16(), &hidden), (404, &none));
    assert_eq!(act(&world, &neighbour, &id, 5, 0, json!({ "name": "receive" })).await.status, 404);
    assert!(world.audit().iter().any(|(act, subject, _)| act == "access-refused" && *subject == id));

    let seen = world.send(officer.get(&path)).await.json();
    assert_eq!((&seen["name"], &seen["contact"]), (&json!("Hồ Thị Kín"), &json!("0900000987")));
    assert_eq!(seen["acts"], json!(["receive", "answer", "route", "refuse"]));
    assert!(world.audit().iter().any(|(act, subject, _)| act == "petition-read" && *subject == id));

    for _ in 0..2 {
        let done = act(&world, &officer, &id, 10, 0, json!({ "name": "receive" })).await;
        assert_eq!((done.status.as_u16(), &done.json()["row"]["state"]), (200, &json!("received")));
    }
    assert_eq!(rows(&world, &officer, "mine").await.len(), 1);
    let answer = |text: &str| json!({ "name": "answer", "text": text });
    assert_eq!(act(&world, &officer, &id, 10, 1, answer("a")).await.problem().1, "key-reused");
    assert_eq!(act(&world, &officer, &id, 12, 0, answer("a")).await.problem().1, "petition-changed");
    assert_eq!(act(&world, &officer, &id, 13, 1, answer(" ")).await.problem(), (422, "invalid".to_owned()));
    assert_eq!(act(&world, &officer, &id, 14, 1, publish("Xe", "Xe?", true)).await.problem().1, "act-not-now");
    assert_eq!(act(&world, &officer, &id, 15, 1, answer("Xe đã được dời đi.")).await.status, 200);
    let standing = tracked(&world, &code).await.json();
    assert_eq!((&standing["state"], &standing["answer"]), (&json!("answered"), &json!("Xe đã được dời đi.")));
    assert_eq!(world.get("/api/v1/petitions").await.json()["petitions"], json!([]), "answering publishes nothing");

    // What tells of the sender never goes out; what may be somebody's, once it was seen.
    let of_sender = act(&world, &officer, &id, 16, 2, publish("Xe", "Bà ho thi kin hỏi", true)).await.json();
    assert_eq!(
        (&of_sender["problems"][0]["code"], &of_sender["problems"][0]["blocks"]),
        (&json!("senders-name"), &json!(true))
    );
    let number = publish("Xe", "Xe trước cửa? Gọi 0233 000 0000", false);
    let asked = act(&world, &officer, &id, 17, 2, number).await.json();
    assert_eq!((&asked["problems"][0]["code"], &asked["problems"][0]["blocks"]), (&json!("number"), &json!(false)));
    let number = publish("Xe", "Xe trước cửa? Gọi 0233 000 0000", true);
    let done = act(&world, &officer, &id, 18, 2, number).await.json();
    let public = done["public"].as_str().unwrap();
    assert_ne!(public, id);
    assert_eq!(tracked(&world, &code).await.json()["public"], public);
    let acts: Vec<_> =
        world.audit().into_iter().filter(|(_, subject, _)| *subject == id).map(|(act, ..)| act).collect();
    for expected in ["petition-sent", "petition-received", "petition-answered", "petition-published"] {
        assert_eq!(acts.iter().filter(|act| *act == expected).count(), 1, "{expected}");
    }
}

#[tokio::test]
async fn what_is_sent_signed_in_is_in_the_account_and_no_officer_is_told() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let mine = async |citizen: &SignedCitizen| {
        let answer = world.send(citizen.get("/api/v1/citizens/me/petitions")).await;
        assert_eq!(answer.status, 200);
        answer.json()["rows"].clone()
    };
    let taken = html(&world.send(lan.with(writing(&key(1), "19351"))).await);
    let code = between(&taken, "<span class=\"code\">", "</span>").to_owned();
    assert!(taken.contains("/account/petitions"));
    let body = json!({ "field": "thai-do", "unit": "19351", "says": "Quầy số 2 không có ai.", "may_publish": false });
    let second = world.send(lan.post("/api/v1/petitions", Some(&key(2)), &body)).await.json();
    let without = sent(&world, 3, "19351").await;
    let rows_of = mine(&lan).await;
    let codes: Vec<&str> = rows_of.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(codes, [second["code"].as_str().unwrap(), code.as_str()], "the newest first, and not {without}");
    assert_eq!(mine(&minh).await, json!([]));

    let officer = head(&world, "19351", "0900000123").await;
    let answer = json!({ "name": "answer", "text": "Đã nhắc cán bộ." });
    for (place, row) in rows(&world, &officer, "new").await.iter().enumerate() {
        let id = row["id"].as_str().unwrap();
        let seen = world.send(officer.get(&format!("/api/v1/desk/petitions/{id}"))).await.json().to_string();
        assert!(!seen.contains("Trần Thị Lan") && !seen.contains(&lan.id.to_string()), "{seen}");
        let number = 20 + u32::try_from(place).unwrap();
        assert_eq!(act(&world, &officer, id, number, 0, answer.clone()).await.status, 200);
        assert_eq!(act(&world, &officer, id, number, 0, answer.clone()).await.status, 200);
    }
    let told: Vec<_> = all(&world).await.into_iter().map(|notice| notice.to).collect();
    assert_eq!(told, ["lan@example.com"; 2], "each is told once, and of the third nobody can be");
    assert_eq!(mine(&lan).await[0]["standing"]["state"], "answered");
    assert!(!world.audit().iter().any(|(act, subject, detail)| {
        act.starts_with("petition-") && format!("{subject} {detail}").contains(&lan.id.to_string())
    }));

    world.app.store.delete_citizen(lan.id, Vec::new(), NOW).await.unwrap();
    assert_eq!(tracked(&world, &code).await.json()["state"], "answered", "the office keeps it");
}

#[tokio::test]
async fn no_public_page_tells_anything_of_the_sender() {
    let world = World::new().await;
    let (officer, id, code) = answered(&world).await;
    let done = act(&world, &officer, &id, 18, 2, publish("Để xe trước cửa", "Xe để chắn lối vào.", false)).await.json();
    let public = done["public"].as_str().unwrap().to_owned();
    let addresses = [
        "/phan-anh".to_owned(),
        "/phan-anh/gui".to_owned(),
        "/phan-anh/tra-loi".to_owned(),
        "/phan-anh/tra-loi?don-vi=19351&viec=thai-do&tu=de+xe+chan+loi".to_owned(),
        format!("/phan-anh/tra-loi/{public}"),
        "/api/v1/petitions".to_owned(),
        "/api/v1/petitions?unit=19351&field=thai-do&search=CHAN%20loi".to_owned(),
        format!("/api/v1/petitions/{public}"),
    ];
    for address in &addresses {
        let answer = world.get(address).await;
        assert_eq!(answer.status, 200, "{address}");
        let body = String::from_utf8(answer.body).unwrap();
        for canary in CANARIES.into_iter().chain([id.as_str(), code.as_str(), &hash(&png())]) {
            assert!(!body.contains(canary), "{address} says {canary}");
        }
        if address.contains("tra-loi") || address.contains("api") {
            assert!(body.contains("Để xe trước cửa"), "{address}");
        }
    }
    // Words of the citizen find nothing, nor do other units and fields.
    for address in ["?search=tim", "?search=k%C3%ADn", "?unit=19352", "?unit=zz", "?field=khac", "?before=1"] {
        let found = world.get(&format!("/api/v1/petitions{address}")).await.json();
        assert_eq!(found["petitions"], json!([]), "{address}");
    }
    // Not even with the petition's own id; and what is taken down is nowhere, as if it had never been.
    assert_eq!(world.get(&format!("/api/v1/petitions/{id}")).await.status, 404);
    let gone = json!({ "name": "withdraw", "reason": "Viết nhầm" });
    assert_eq!(act(&world, &officer, &id, 19, 3, gone).await.status, 200);
    let nobody = "0".repeat(32);
    for path in ["/api/v1/petitions", "/phan-anh/tra-loi"] {
        let (gone, never) =
            (world.get(&format!("{path}/{public}")).await, world.get(&format!("{path}/{nobody}")).await);
        assert_eq!((gone.status.as_u16(), &gone), (404, &never), "{path}");
    }
    // Whoever wants nothing published is not published, whatever an officer writes.
    let body = json!({ "field": "khac", "unit": "19351", "says": "Đừng đăng" });
    assert_eq!(world.send(json_request("/api/v1/petitions", Some(&key(40)), body.to_string())).await.status, 200);
    let other = rows(&world, &officer, "new").await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(act(&world, &officer, &other, 41, 0, json!({ "name": "answer", "text": "Vâng" })).await.status, 200);
    assert_eq!(act(&world, &officer, &other, 42, 1, publish("T", "Q", true)).await.problem().1, "act-not-now");
}

#[tokio::test]
async fn it_is_passed_on_with_a_reason_and_the_time_goes_on() {
    let mut world = World::new().await;
    let code = sent(&world, 1, "19351").await;
    let (here, there) = (head(&world, "19351", "0900000123").await, head(&world, "461", "0900000124").await);
    let id = rows(&world, &here, "new").await[0]["id"].as_str().unwrap().to_owned();
    let due = tracked(&world, &code).await.json()["answer_due_at"].clone();
    let route = |to: &str, reason: &str| json!({ "name": "route", "to": to, "reason": reason });
    let bad = act(&world, &here, &id, 10, 0, route("19351", "")).await.json();
    assert_eq!((&bad["problems"][0]["place"], &bad["problems"][1]["place"]), (&json!("to"), &json!("reason")));
    for _ in 0..2 {
        let done = act(&world, &here, &id, 11, 0, route("461", "Đường do huyện quản lý")).await;
        assert_eq!(done.status, 200, "told the same when it comes twice");
    }
    assert_eq!(world.send(here.get(&format!("/api/v1/desk/petitions/{id}"))).await.status, 404);
    assert_eq!((rows(&world, &here, "open").await.len(), rows(&world, &there, "new").await.len()), (0, 1));
    let standing = tracked(&world, &code).await.json();
    assert_eq!((&standing["answer_due_at"], &standing["state"]), (&due, &json!("sent")));
    assert_eq!(standing["events"][1]["reason"], "Đường do huyện quản lý");

    // Two working days to receive, five to answer: after a week it is late in both.
    world.keep_budgets_until(Moment(NOW.0 + 9 * DAY_MS));
    let there = world.officer("Phan Văn Phó", "0900000125", "461", &[Role::Leader]).await;
    assert_eq!(rows(&world, &there, "late").await.len(), 1);
    assert_eq!(tracked(&world, &code).await.json()["late"], true);
    let refuse = json!({ "name": "refuse", "reason": "Việc dân sự", "turn_to": "Tòa án nhân dân khu vực" });
    assert_eq!(act(&world, &there, &id, 12, 1, refuse).await.status, 200);
    let standing = tracked(&world, &code).await.json();
    assert_eq!((&standing["state"], &standing["turn_to"]), (&json!("refused"), &json!("Tòa án nhân dân khu vực")));
    let path = "/api/v1/desk/figures/petitions?from=2026-11-01&until=2026-11-30";
    let figures = world.send(there.get(path)).await.json();
    assert_eq!(
        figures["total"],
        json!({ "unit": "", "came": 1, "on_time": 0, "late": 1, "open": 0, "overdue": 0, "refused": 1, "published": 0 })
    );
    assert_eq!(rows(&world, &there, "over").await[0]["was_late"], true);
}

#[tokio::test]
async fn nobody_floods_an_office() {
    let world = World::with(Limits { petitions_per_hour: 2.0, ..Limits::default() }).await;
    sent(&world, 1, "19351").await;
    sent(&world, 2, "19351").await;
    let third = written(&world, &key(3), "19351").await;
    assert_eq!(third.status, 429);
    assert!(html(&third).contains("<h1>Có quá nhiều yêu cầu"), "a page, as all others there");
    assert_eq!(written(&world, &key(1), "19351").await.status, 200, "what was taken is answered again");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rubbish_is_answered_with_a_sentence(
        texts in prop::collection::vec(("(key|field|unit|says|name|contact|kept|code|may_publish|x)", "\\PC{0,80}"), 0..8),
        file in prop::collection::vec(any::<u8>(), 0..200),
        json in "\\PC{0,80}",
        id in "[0-9a-fx%]{0,40}",
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let world = World::with(Limits { requests_per_second: 1e9, misses_per_minute: 1e9, petitions_per_hour: 1e9, ..Limits::default() }).await;
            let mut all: Vec<(&str, &str)> = vec![];
            let good = key(1);
            all.push(("key", &good));
            all.extend(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            for path in ["/phan-anh/gui", "/phan-anh/theo-doi"] {
                let answer = world.send(form(path, &all, &[("x.png", &file)])).await;
                assert!(!answer.status.is_server_error(), "{path}: {answer:?}");
                assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/html"));
            }
            for path in ["/api/v1/petitions", "/api/v1/petitions/track"] {
                let answer = world.send(json_request(path, Some(&key(2)), json.clone())).await;
                assert!(answer.status.is_client_error(), "{path}: {answer:?}");
            }
            if let Ok(request) = Request::get(format!("/phan-anh/tra-loi/{id}")).body(Body::empty()) {
                let answer = world.send(request).await;
                assert!(!answer.status.is_server_error(), "{answer:?}");
            }
        });
    }
}
