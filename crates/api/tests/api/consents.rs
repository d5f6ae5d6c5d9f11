//! Filing for others with their consent: given from an account or on paper, seen by everybody whom it concerns, and over when it is
//! taken back.

use crate::desk::{done, office, see};
use crate::my_notices;
use crate::notices::all;
use crate::world::{Answer, NOW, PDF, Signed, SignedCitizen, World, hash, key};
use account::citizen::Details;
use axum::body::Body;
use axum::http::{Method, Request};
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};
use store::notices::About;

const CONSENTS: &str = "/api/v1/citizens/me/consents";
const MINE: &str = "/api/v1/citizens/me/dossiers";
const FILED: &str = "/api/v1/citizens/me/filed";
const OWNER: &str = "Nguyễn Thị Lộc Vừng";
const NUMBER: &str = "000150000017";

/// An account whose holder has this number.
async fn numbered(world: &World, name: &str, email: &str, number: &str) -> SignedCitizen {
    let citizen = world.citizen(name, email).await;
    let details = Details { number: number.to_owned(), ..Details::default() };
    world.app.store.change_citizen_details(citizen.id, name.to_owned(), details, NOW).await.unwrap();
    citizen
}

async fn read(world: &World, citizen: &SignedCitizen, path: &str) -> Value {
    let answer = world.send(citizen.get(path)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

async fn offer(world: &World, owner: &SignedCitizen, number: u32) -> Value {
    let body = json!({ "filer": "Trần Văn Thử", "kinship": "relative", "days": 30 });
    let answer = world.send(owner.post(CONSENTS, Some(&key(number)), &body)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

async fn accept(world: &World, citizen: &SignedCitizen, code: &Value) -> Answer {
    world.send(citizen.post(&format!("{CONSENTS}/accept"), None, &json!({ "code": code }))).await
}

/// Somebody who may file for the person of [`World::filing`].
pub async fn filer(world: &World) -> SignedCitizen {
    let vung = numbered(world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    assert_eq!(accept(world, &thu, &offer(world, &vung, 901).await["code"]).await.status, 200);
    thu
}

fn withdraw(citizen: &SignedCitizen, id: &Value) -> Request<Body> {
    let path = format!("{CONSENTS}/{}", id.as_str().unwrap());
    citizen.with(Request::delete(path).body(Body::empty()).unwrap())
}

/// A filing for somebody else.
fn filing(world: &World, name: &str, number: &str) -> Value {
    let mut filing = world.filing();
    filing["forms"][0]["answers"]["ho_ten"] = json!(name);
    filing["forms"][0]["answers"]["so_dinh_danh"] = json!(number);
    for (place, text) in [("nop_cho", "ho"), ("ho_ten", "Trần Văn Thử"), ("quan_he", "Con")] {
        filing["forms"][1]["answers"][place] = json!(text);
    }
    filing
}

/// Sends it; its lookup code.
async fn send(world: &World, citizen: &SignedCitizen, number: u32, filing: &Value) -> String {
    let answer = world.send(citizen.post("/api/v1/dossiers", Some(&key(number)), filing)).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

/// The letters that wait for an address.
async fn letters_to(world: &World, to: &str) -> Vec<&'static str> {
    let told = all(world).await.into_iter().filter(|notice| notice.to == to).filter_map(|notice| match notice.about {
        About::Account { letter, .. } => Some(letter.name()),
        About::Dossier { .. } => None,
    });
    told.collect()
}

/// The only dossier in the officer's queue.
async fn at_desk(world: &World, officer: &Signed) -> Value {
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    see(world, officer, queue["rows"][0]["id"].as_str().unwrap()).await
}

async fn events(world: &World, code: &str) -> Vec<String> {
    let timeline = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    let entries = timeline["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["event"].as_str().unwrap().to_owned()).filter(|event| !event.is_empty()).collect()
}

#[tokio::test]
async fn what_is_filed_by_a_consent_is_seen_by_all_whom_it_concerns_until_it_is_taken_back() {
    let world = World::new().await;
    let office = office(&world).await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    let offered = offer(&world, &vung, 1).await;
    assert_eq!((&offered["standing"], &offered["until"]), (&json!("offered"), &json!(NOW.0 + 7 * DAY_MS)));
    assert_eq!(offer(&world, &vung, 1).await, offered, "sent again it is the same");
    let accepted = accept(&world, &thu, &offered["code"]).await;
    assert_eq!(accepted.status, 200, "{}", accepted.json());
    assert_eq!((&accepted.json()["owner"], &accepted.json()["code"]), (&json!(OWNER), &json!("")));
    assert_eq!(accept(&world, &thu, &offered["code"]).await.status, 200, "pressed twice it is theirs all the same");

    let code = send(&world, &thu, 2, &filing(&world, OWNER, NUMBER)).await;
    let mine = read(&world, &vung, MINE).await;
    assert_eq!((&mine["rows"][0]["code"], &mine["rows"][0]["filer"]), (&json!(code), &json!("Trần Văn Thử")));
    assert_eq!(read(&world, &thu, MINE).await["rows"], json!([]), "it is not the filer's own");
    let filed = read(&world, &thu, FILED).await;
    assert_eq!((&filed["rows"][0]["person"], &filed["rows"][0]["consent"]), (&json!(OWNER), &offered["id"]));
    let both =
        [read(&world, &vung, CONSENTS).await["given"].clone(), read(&world, &thu, CONSENTS).await["held"].clone()];
    assert_eq!(
        [&both[0][0]["number"], &both[1][0]["number"]],
        [&json!(""), &json!(NUMBER)],
        "whoever files fills it in"
    );
    for side in both {
        assert_eq!((&side[0]["standing"], &side[0]["dossiers"]), (&json!("in-force"), &json!(1)));
    }
    assert_eq!(events(&world, &code).await, ["sent", "filed-by-consent"]);
    let seen = at_desk(&world, &office.one_stop).await["filer"].clone();
    assert_eq!((&seen["name"], &seen["relation"]), (&json!("Trần Văn Thử"), &json!("Con")));
    assert_eq!((&seen["consent"]["owner"], &seen["consent"]["withdrawn_at"]), (&json!(OWNER), &Value::Null));
    assert_eq!(seen["consent"]["kinship"], "Người thân");
    assert_eq!(letters_to(&world, "vung@example.com").await, ["consent-accepted", "filed-for-you"]);
    let open = json!({ "code": code, "digits": "0123" });
    assert_eq!(
        world.post("/api/v1/supplements/open", &open).await.problem().1,
        "supplement-over",
        "the digits open it"
    );
    let claim = world.send(thu.post(MINE, None, &open)).await;
    assert_eq!((claim.status.as_u16(), read(&world, &thu, MINE).await["rows"].clone()), (204, json!([])));

    assert_eq!(world.send(withdraw(&vung, &offered["id"])).await.status, 204);
    assert_eq!(world.send(withdraw(&vung, &offered["id"])).await.status, 204, "taken back twice it is taken back");
    assert_eq!(read(&world, &thu, FILED).await["rows"], json!([]));
    let held = read(&world, &thu, CONSENTS).await["held"][0].clone();
    assert_eq!((&held["standing"], &held["number"]), (&json!("withdrawn"), &json!("")));
    assert_eq!(read(&world, &vung, MINE).await["rows"].as_array().unwrap().len(), 1, "the owner goes on");
    for path in ["/api/v1/supplements/open", "/api/v1/payments/standing"] {
        assert_eq!(world.post(path, &open).await.problem(), (403, "consent-withdrawn".to_owned()), "{path}");
        let wrong = world.post(path, &json!({ "code": code, "digits": "9999" })).await;
        assert_eq!(wrong.problem(), (404, "digits-wrong".to_owned()), "only whoever filed is told why");
    }
    assert_eq!(world.send(thu.post(MINE, None, &open)).await.problem().0, 403);
    assert_eq!(events(&world, &code).await, ["sent", "filed-by-consent", "consent-withdrawn"]);
    let seen = at_desk(&world, &office.one_stop).await["filer"].clone();
    assert_eq!(seen["consent"]["withdrawn_at"], json!(NOW.0));
    assert_eq!(letters_to(&world, "thu@example.com").await, ["consent-withdrawn"]);
    let next = send(&world, &thu, 3, &filing(&world, OWNER, NUMBER)).await;
    assert_eq!(read(&world, &thu, FILED).await["rows"][0]["consent"], "", "nothing is filed by it any more");
    assert_eq!(events(&world, &next).await, ["sent"]);
    assert_eq!(read(&world, &vung, MINE).await["rows"].as_array().unwrap().len(), 1);
    let acts: Vec<_> =
        world.audit().into_iter().map(|(act, ..)| act).filter(|act| act.starts_with("consent-")).collect();
    assert_eq!(acts, ["consent-offered", "consent-accepted", "consent-withdrawn"]);
}

#[tokio::test]
async fn a_dossier_is_filed_by_the_consent_of_the_very_person_whose_it_is() {
    let world = World::new().await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    accept(&world, &thu, &offer(&world, &vung, 1).await["code"]).await;
    let mut own = filing(&world, OWNER, NUMBER);
    own["forms"][1]["answers"]["nop_cho"] = json!("minh");
    let mut rows = 0;
    for (number, filing, owners, filed) in [
        (10, filing(&world, OWNER, NUMBER), true, true),
        (11, filing(&world, "Nguyễn Thị  Lộc VỪNG", ""), true, true),
        // Somebody else of the same name, somebody else, and the filer's own family.
        (12, filing(&world, OWNER, "000150000025"), false, true),
        (13, filing(&world, "Lê Thị Khác", ""), false, true),
        (14, own, false, false),
    ] {
        let code = json!(send(&world, &thu, number, &filing).await);
        rows += u32::from(owners);
        let mine = read(&world, &vung, MINE).await["rows"].clone();
        assert_eq!(mine.as_array().unwrap().len(), rows as usize, "{number}");
        assert_eq!(mine[0]["code"] == code, owners, "{number}");
        assert_eq!(read(&world, &thu, FILED).await["rows"][0]["dossier"]["code"] == code, filed, "{number}");
        assert_eq!(read(&world, &thu, MINE).await["rows"][0]["code"] == code, !filed, "{number}");
    }
    let papers = read(&world, &thu, "/api/v1/citizens/me/papers").await;
    assert_eq!(papers["rows"], json!([]), "what was filed for others is not among the filer's papers");
}

#[tokio::test]
async fn a_consent_for_one_procedure_carries_no_other() {
    let world = World::new().await;
    let office = office(&world).await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    for (number, procedure, covers) in [(1, "co-phi", false), (2, "thu", true)] {
        let body = json!({ "filer": "Trần Văn Thử", "kinship": "staff", "procedure": procedure, "days": 30 });
        let offered = world.send(vung.post(CONSENTS, Some(&key(number)), &body)).await.json();
        assert_ne!(offered["procedure"], "");
        accept(&world, &thu, &offered["code"]).await;
        send(&world, &thu, 10 + number, &filing(&world, OWNER, NUMBER)).await;
        let consent = if covers { offered["id"].clone() } else { json!("") };
        assert_eq!(read(&world, &thu, FILED).await["rows"][0]["consent"], consent, "{procedure}");
    }
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    let last = queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let seen = see(&world, &office.one_stop, &last).await;
    assert_ne!(seen["filer"]["consent"]["procedure"], "");
    let says: Vec<_> =
        seen["history"].as_array().unwrap().iter().map(|event| event["says"].as_str().unwrap()).collect();
    assert_eq!(says, ["Nộp hộ theo sự đồng ý của Nguyễn Thị Lộc Vừng", "Người dân gửi hồ sơ"]);
}

#[tokio::test]
async fn a_consent_on_paper_is_shown_to_the_office_and_ends_by_its_code() {
    let world = World::new().await;
    let office = office(&world).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let body = json!({ "owner": OWNER, "number": NUMBER, "kinship": "village-head", "days": 365, "paper": hash(PDF) });
    let record = |who: &SignedCitizen, number: u32| who.post(&format!("{CONSENTS}/paper"), Some(&key(number)), &body);
    assert_eq!(
        world.send(record(&thu, 1)).await.problem(),
        (404, "my-paper-unknown".to_owned()),
        "there is no such paper"
    );
    let put = Request::put(format!("/api/v1/citizens/me/papers/{}", hash(PDF))).body(Body::from(PDF)).unwrap();
    assert_eq!(world.send(thu.with(put)).await.status, 201);
    assert_eq!(world.send(record(&minh, 2)).await.problem(), (404, "my-paper-unknown".to_owned()), "it is another's");
    let recorded = world.send(record(&thu, 1)).await.json();
    assert_eq!(world.send(record(&thu, 1)).await.json(), recorded);
    assert_eq!((&recorded["standing"], &recorded["basis"]), (&json!("in-force"), &json!("paper")));

    let code = send(&world, &thu, 3, &filing(&world, OWNER, NUMBER)).await;
    // The account lets its picture go; the consent keeps it.
    let gone = Request::delete(format!("/api/v1/citizens/me/papers/{}", hash(PDF))).body(Body::empty()).unwrap();
    assert_eq!(world.send(thu.with(gone)).await.status, 204);
    let seen = at_desk(&world, &office.one_stop).await;
    assert_eq!(seen["filer"]["consent"]["paper"], json!(hash(PDF)));
    let picture = format!("/api/v1/desk/dossiers/{}/papers/{}", seen["id"].as_str().unwrap(), hash(PDF));
    assert_eq!(world.send(office.one_stop.get(&picture)).await.body, PDF);
    let stranger = world.officer("Ngô Văn Xa", "0900000127", "19366", &[procedure::Role::OneStop]).await;
    assert_eq!(world.send(stranger.get(&picture)).await.status, 404);

    let by_code = json!({ "code": recorded["code"] });
    let opened = world.post("/api/v1/consents/open", &by_code).await.json();
    assert_eq!(
        (&opened["filer"], &opened["standing"], &opened["code"]),
        (&json!("Trần Văn Thử"), &json!("in-force"), &json!(""))
    );
    assert_eq!(world.post("/api/v1/consents/withdraw", &by_code).await.json()["standing"], "withdrawn");
    assert_eq!(read(&world, &thu, FILED).await["rows"], json!([]));
    let open = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.post("/api/v1/supplements/open", &open).await.problem().1, "consent-withdrawn");
    assert_eq!(
        world.post("/api/v1/track", &json!({ "code": recorded["code"] })).await.status,
        404,
        "no dossier's code"
    );
    done(&world, &office.one_stop, seen["id"].as_str().unwrap(), 4, json!({ "name": "receive" })).await;
}

#[tokio::test]
async fn the_owner_takes_it_back_at_the_desk_too() {
    let world = World::new().await;
    let office = office(&world).await;
    let thu = filer(&world).await;
    let code = send(&world, &thu, 1, &filing(&world, OWNER, NUMBER)).await;
    let seen = at_desk(&world, &office.one_stop).await;
    assert_eq!(seen["filer"]["consent"]["may_withdraw"], true);
    let id = seen["id"].as_str().unwrap();
    assert_eq!(see(&world, &office.specialist, id).await["filer"]["consent"]["may_withdraw"], false);
    let request = || Request::delete(format!("/api/v1/desk/dossiers/{id}/consent")).body(Body::empty()).unwrap();
    for _ in 0..2 {
        let answer = world.send(office.one_stop.with(request())).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["filer"]["consent"]["may_withdraw"]), (200, &json!(false)));
    }
    let open = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.post("/api/v1/supplements/open", &open).await.problem().1, "consent-withdrawn");
    let audit: Vec<_> = world.audit().into_iter().filter(|(act, ..)| act == "consent-withdrawn").collect();
    assert_eq!((audit.len(), audit[0].2.clone()), (1, format!("desk by {}", office.one_stop.id)));
}

#[tokio::test]
async fn whoever_gives_it_up_keeps_no_way_in() {
    let world = World::new().await;
    let thu = filer(&world).await;
    let code = send(&world, &thu, 1, &filing(&world, OWNER, NUMBER)).await;
    let id = read(&world, &thu, CONSENTS).await["held"][0]["id"].clone();
    assert_eq!(world.send(withdraw(&thu, &id)).await.status, 204);
    let open = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.post("/api/v1/supplements/open", &open).await.problem().1, "consent-withdrawn");
}

#[tokio::test]
async fn nobody_takes_what_is_not_theirs() {
    let mut world = World::new().await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    let (one, other) = (offer(&world, &vung, 1).await, offer(&world, &vung, 2).await);
    let unknown =
        world.send(minh.post(&format!("{CONSENTS}/accept"), None, &json!({ "code": "7K3M-0TQ9-XW4D-5" }))).await;
    assert_eq!(accept(&world, &vung, &one["code"]).await.body, unknown.body, "nobody files for themselves");
    assert_eq!(accept(&world, &thu, &one["code"]).await.status, 200);
    assert_eq!(accept(&world, &minh, &one["code"]).await.body, unknown.body, "it is taken up once");
    let missing = world.send(withdraw(&minh, &json!("0".repeat(32)))).await;
    assert_eq!(missing.status, 404);
    assert_eq!(world.send(withdraw(&minh, &one["id"])).await.body, missing.body, "another's is as if there were none");
    assert_eq!(read(&world, &minh, CONSENTS).await, json!({ "given": [], "held": [] }));
    let stolen = minh.post(CONSENTS, Some(&key(1)), &json!({ "filer": "Ai Đó", "kinship": "other", "days": 30 }));
    assert_eq!(world.send(stolen).await.problem().0, 422, "without a number nothing is given");
    let han = numbered(&world, "Đỗ Hân", "han@example.com", "000150000025").await;
    let stolen = han.post(CONSENTS, Some(&key(1)), &json!({ "filer": "Ai Đó", "kinship": "other", "days": 30 }));
    assert_eq!(world.send(stolen).await.problem().1, "key-reused");

    assert_eq!(world.send(withdraw(&thu, &one["id"])).await.status, 204, "whoever files gives it up");
    assert_eq!(letters_to(&world, "vung@example.com").await, ["consent-accepted", "consent-withdrawn"]);
    for (method, path) in [
        (Method::GET, CONSENTS.to_owned()),
        (Method::POST, CONSENTS.to_owned()),
        (Method::POST, format!("{CONSENTS}/paper")),
        (Method::POST, format!("{CONSENTS}/accept")),
        (Method::DELETE, format!("{CONSENTS}/{}", one["id"].as_str().unwrap())),
        (Method::GET, FILED.to_owned()),
    ] {
        let request = Request::builder().method(&method).uri(&path).header("x-req", "1");
        let answer =
            world.send(request.header("content-type", "application/json").body(Body::from("{}")).unwrap()).await;
        assert_eq!(answer.status, 401, "{method} {path}");
    }
    world.keep_budgets_until(Moment(NOW.0 + 7 * DAY_MS));
    let late = world.citizen("Hồ Muộn", "muon@example.com").await;
    assert_eq!(accept(&world, &late, &other["code"]).await.body, unknown.body, "an offer waits seven days");
}

#[tokio::test]
async fn what_cannot_be_a_consent_is_told_at_its_field() {
    let world = World::new().await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let good = [("filer", json!("Trần Văn Thử")), ("kinship", json!("other")), ("days", json!(30))];
    for (field, value) in [
        ("filer", json!("")),
        ("filer", json!("Thử\r\nBcc: x")),
        ("kinship", json!("boss")),
        ("procedure", json!("khong-co")),
        ("days", json!(31)),
        ("days", json!(0)),
    ] {
        let mut body: Value = json!({});
        good.iter().for_each(|(name, good)| body[name] = good.clone());
        body[field] = value.clone();
        let answer = world.send(vung.post(CONSENTS, Some(&key(1)), &body)).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["problems"][0]["place"]), (422, &json!(field)), "{value}");
    }
    let good = [
        ("owner", json!(OWNER)),
        ("number", json!(NUMBER)),
        ("kinship", json!("other")),
        ("days", json!(30)),
        ("paper", json!(hash(PDF))),
    ];
    for (field, value) in [
        ("owner", json!("")),
        ("number", json!("")),
        ("number", json!("12345")),
        ("kinship", json!("")),
        ("days", json!(366)),
    ] {
        let mut body: Value = json!({});
        good.iter().for_each(|(name, good)| body[name] = good.clone());
        body[field] = value.clone();
        let answer = world.send(vung.post(&format!("{CONSENTS}/paper"), Some(&key(1)), &body)).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["problems"][0]["place"]), (422, &json!(field)), "{value}");
    }
    assert_eq!(read(&world, &vung, CONSENTS).await, json!({ "given": [], "held": [] }));
}

#[tokio::test]
async fn codes_cannot_be_guessed_one_after_the_other() {
    let world = World::new().await;
    let guess = json!({ "code": "7K3M-0TQ9-XW4D-5" });
    let mut statuses = Vec::new();
    for _ in 0..61 {
        statuses.push(world.post("/api/v1/consents/open", &guess).await.status.as_u16());
    }
    assert_eq!((statuses[0], *statuses.last().unwrap()), (404, 429));
}

#[tokio::test]
async fn a_deleted_account_ends_its_consents_and_leaves_what_dossiers_rest_on() {
    let world = World::new().await;
    let office = office(&world).await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    let used = offer(&world, &vung, 1).await;
    accept(&world, &thu, &used["code"]).await;
    send(&world, &thu, 2, &filing(&world, OWNER, NUMBER)).await;
    offer(&world, &vung, 3).await;
    world.app.store.delete_citizen(vung.id, Vec::new(), NOW).await.unwrap();
    let held = read(&world, &thu, CONSENTS).await["held"].clone();
    assert_eq!((held.as_array().unwrap().len(), &held[0]["standing"]), (1, &json!("withdrawn")));
    let seen = at_desk(&world, &office.one_stop).await;
    assert_eq!(seen["filer"]["consent"]["owner"], OWNER, "the office still sees by whose word it was filed");
    world.app.store.delete_citizen(thu.id, Vec::new(), NOW).await.unwrap();
    assert_eq!(at_desk(&world, &office.one_stop).await["filer"]["consent"]["filer"], "Trần Văn Thử");
}

#[tokio::test]
async fn the_owner_is_told_and_goes_on_without_the_digits_of_whoever_filed() {
    let mut world = World::new().await;
    let vung = numbered(&world, OWNER, "vung@example.com", NUMBER).await;
    let thu = world.citizen("Trần Văn Thử", "thu@example.com").await;
    let offered = offer(&world, &vung, 1).await;
    assert_eq!(accept(&world, &thu, &offered["code"]).await.status, 200);
    let code = send(&world, &thu, 2, &filing(&world, OWNER, NUMBER)).await;
    let notices = async |world: &World, citizen: &SignedCitizen| -> Vec<String> {
        let rows = my_notices::list(world, citizen, "").await["rows"].clone();
        rows.as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap().to_owned()).collect()
    };
    let open = async |world: &World, citizen: &SignedCitizen, digits: &str| {
        let body = json!({ "code": code, "digits": digits });
        world.send(citizen.post("/api/v1/payments/standing", None, &body)).await.status.as_u16()
    };
    assert_eq!(notices(&world, &vung).await, ["filed-by-consent"]);
    assert_eq!(notices(&world, &thu).await, [""; 0], "it is not theirs");
    assert_eq!((open(&world, &vung, "").await, open(&world, &thu, "").await), (200, 404));
    assert_eq!(open(&world, &thu, "0123").await, 200, "with digits as ever");
    world.keep_budgets_until(Moment(NOW.0 + 60_000));
    assert!(world.send(withdraw(&vung, &offered["id"])).await.status.is_success());
    assert_eq!(notices(&world, &vung).await, ["consent-withdrawn", "filed-by-consent"]);
    assert_ne!(open(&world, &thu, "0123").await, 200, "taken back");
    assert_eq!(open(&world, &vung, "").await, 200, "the owner goes on");
}
