//! The desk: a dossier's way from the citizen to the result, and what is refused on it.

use crate::world::{NOW, PDF, Signed, World, hash, key};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

pub struct Office {
    pub one_stop: Signed,
    pub head: Signed,
    pub specialist: Signed,
    pub leader: Signed,
}

/// The officers of the commune, and the leader of its district.
pub async fn office(world: &World) -> Office {
    Office {
        one_stop: world.officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await,
        head: world.officer("Phan Văn Trưởng", "0900000124", "19351", &[Role::DeskHead]).await,
        specialist: world.officer("Hồ Thị Chuyên", "0900000125", "19351", &[Role::Specialist]).await,
        leader: world.officer("Trần Văn Lãnh", "0900000126", "461", &[Role::Leader]).await,
    }
}

/// Sends a dossier and gives its code and its id, which only the queue tells.
pub async fn sent(world: &World, office: &Office, number: u32) -> (String, String) {
    let code = world.submit(&key(number), &world.filing()).await.json()["code"].as_str().unwrap().to_owned();
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    (code, queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned())
}

pub async fn see(world: &World, officer: &Signed, id: &str) -> Value {
    let answer = world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// Does an act on the newest version, under a key of its own.
pub async fn does(world: &World, officer: &Signed, id: &str, number: u32, act: Value) -> crate::world::Answer {
    let version = match world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}"))).await {
        answer if answer.status == 200 => answer.json()["version"].clone(),
        _ => json!(1),
    };
    let body = json!({ "version": version, "act": act });
    world.send(officer.post(&format!("/api/v1/desk/dossiers/{id}/acts"), Some(&key(number)), &body)).await
}

pub async fn done(world: &World, officer: &Signed, id: &str, number: u32, act: Value) -> Value {
    let answer = does(world, officer, id, number, act).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

async fn state(world: &World, code: &str) -> Value {
    world.post("/api/v1/track", &json!({ "code": code })).await.json()
}

#[tokio::test]
async fn a_dossier_goes_from_the_citizen_to_the_result() {
    let world = World::new().await;
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1).await;
    let seen = see(&world, &office.one_stop, &id).await;
    assert_eq!((&seen["number"], &seen["person"]), (&Value::Null, &json!("Nguyễn Thị Lộc Vừng")));
    assert_eq!(seen["acts"], json!(["receive", "ask-supplement", "propose-refusal", "claim"]));
    assert_eq!(seen["forms"][0]["sections"][0]["rows"][0]["place"], "thu/ho_ten");

    let received = done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    assert_eq!((&received["number"], &received["state"]), (&json!("H50.193.51-261122-0001"), &json!("received")));
    assert_eq!(received["acts"], json!([]), "the next one acts");
    let (_, other) = sent(&world, &office, 3).await;
    let second = done(&world, &office.one_stop, &other, 4, json!({ "name": "receive" })).await;
    assert_eq!(second["number"], "H50.193.51-261122-0002");

    let told = state(&world, &code).await;
    assert_eq!((&told["state_number"], &told["number"]), (&json!(2), &json!("H50.193.51-261122-0001")));
    assert_eq!(told["expected"], false);

    let note = json!({ "name": "forward", "note": "Đủ điều kiện" });
    done(&world, &office.specialist, &id, 5, json!({ "name": "claim" })).await;
    let signed = done(&world, &office.specialist, &id, 6, note.clone()).await;
    assert_eq!(signed["now"]["unit"], "UBND huyện Thử");
    let at_leader = see(&world, &office.leader, &id).await;
    assert_eq!(
        at_leader["acts"],
        json!(["attach-result", "send-back", "return-unsolved", "extend", "claim", "assign"])
    );

    // The result goes up under the act's own key, and belongs to the dossier with the act.
    let attach =
        json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(PDF), "file": "quyet-dinh.pdf" });
    let early = does(&world, &office.leader, &id, 7, attach.clone()).await;
    assert_eq!(early.problem(), (409, "papers-missing".to_owned()));
    assert_eq!(world.put_paper(&key(7), &hash(PDF), PDF).await.status, 201);
    done(&world, &office.leader, &id, 7, attach).await;
    let back = done(&world, &office.leader, &id, 8, json!({ "name": "forward", "note": "" })).await;
    assert_eq!((&back["state"], &back["now"]["unit"]), (&json!("done"), &json!("UBND xã Thử")));
    let path = format!("/api/v1/desk/dossiers/{id}/papers/{}", hash(PDF));
    let file = world.send(office.one_stop.get(&path)).await;
    assert_eq!((file.status.as_u16(), file.body.as_slice()), (200, PDF));
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(file.headers["content-security-policy"], "sandbox; default-src 'none'");

    let over = done(&world, &office.one_stop, &id, 9, json!({ "name": "hand-over" })).await;
    assert_eq!((&over["state_number"], &over["now"]), (&json!(10), &Value::Null));
    let told = state(&world, &code).await;
    assert_eq!(told["state"], "returned");
    let entries = told["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["standing"] == "past"));
    assert_eq!(entries.last().unwrap()["event"], "handed-over");
    let text = told.to_string();
    for hidden in ["Đủ điều kiện", "Lộc Vừng", "Hiền", "12/QĐ-UBND"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    for officer in [&office.one_stop, &office.specialist, &office.leader] {
        assert_eq!(see(&world, officer, &id).await["acts"], json!([]));
    }
}

#[tokio::test]
async fn a_supplement_stops_the_clock_and_a_refusal_is_the_heads() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1).await;
    let ask = |place: &str| {
        let items = json!([{ "place": place, "says": "Chụp lại cho rõ" }]);
        json!({ "name": "ask-supplement", "supplement": { "items": items, "note": "" } })
    };
    let wrong = does(&world, &office.one_stop, &id, 2, ask("paper/khong-co")).await;
    assert_eq!(wrong.problem(), (422, "invalid".to_owned()));
    let asked = done(&world, &office.one_stop, &id, 3, ask("paper/giay-thu")).await;
    assert_eq!((&asked["state"], &asked["due"]), (&json!("supplement-asked"), &Value::Null));
    let told = state(&world, &code).await;
    assert_eq!((&told["state_number"], &told["stands"]), (&json!(5), &json!(true)));
    let left = told["left"].clone();
    world.start_anew(Moment(NOW.0 + 5 * 60_000));
    assert_eq!(state(&world, &code).await["left"], left, "nothing runs while it stands");
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers?list=stopped")).await.json();
    assert_eq!(queue["rows"][0]["id"], json!(id));
    assert_eq!((&queue["counts"]["now"], &queue["counts"]["stopped"]), (&json!(0), &json!(1)));

    // The filer cannot: the desk proposes, its head alone refuses.
    let refuse = json!({ "name": "refuse", "reason": "Không bổ sung được giấy tờ" });
    assert_eq!(does(&world, &office.one_stop, &id, 4, refuse.clone()).await.problem().1, "act-not-now");
    assert_eq!(does(&world, &office.head, &id, 5, refuse.clone()).await.problem().1, "act-not-now");
    let propose = json!({ "name": "propose-refusal", "reason": "Ba lần chưa bổ sung" });
    done(&world, &office.one_stop, &id, 6, propose).await;
    let waits = world.send(office.head.get("/api/v1/desk/dossiers")).await.json();
    assert_eq!(waits["rows"][0]["id"], json!(id), "it waits for the head of the desk");
    assert_eq!(does(&world, &office.one_stop, &id, 7, refuse.clone()).await.problem().1, "act-not-now");
    let over = done(&world, &office.head, &id, 8, refuse).await;
    assert_eq!(over["state_number"], 3);
    let told = state(&world, &code).await;
    assert_eq!(told["state"], "not-received");
    assert!(!told.to_string().contains("bổ sung được"), "a code alone shows no reason");
}

#[tokio::test]
async fn the_same_act_twice_is_done_once_and_a_stale_one_not_at_all() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    let path = format!("/api/v1/desk/dossiers/{id}/acts");
    let receive = json!({ "version": 1, "act": { "name": "receive" } });
    let again = async || world.send(office.one_stop.post(&path, Some(&key(2)), &receive)).await;
    let (one, two, three) = tokio::join!(again(), again(), again());
    for answer in [&one, &two, &three] {
        assert_eq!(answer.status, 200, "{}", answer.json());
        assert_eq!(
            (&answer.json()["version"], &answer.json()["number"]),
            (&json!(2), &json!("H50.193.51-261122-0001"))
        );
    }
    let other = json!({ "version": 1, "act": { "name": "claim" } });
    assert_eq!(world.send(office.one_stop.post(&path, Some(&key(2)), &other)).await.problem().1, "key-reused");
    let stale = json!({ "version": 1, "act": { "name": "forward", "note": "" } });
    let answer = world.send(office.specialist.post(&path, Some(&key(3)), &stale)).await;
    assert_eq!(answer.problem(), (409, "dossier-changed".to_owned()));
}

#[tokio::test]
async fn work_that_one_has_taken_is_left_alone_and_can_be_given_away() {
    let world = World::new().await;
    let office = office(&world).await;
    let second = world.officer("Võ Thị Hai", "0900000127", "19351", &[Role::OneStop]).await;
    let (_, id) = sent(&world, &office, 1).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "claim" })).await;
    assert_eq!(does(&world, &second, &id, 3, json!({ "name": "receive" })).await.problem().1, "dossier-held");
    let queue = world.send(second.get("/api/v1/desk/dossiers")).await.json();
    assert_eq!(queue["counts"]["now"], 0);
    let assign = |officer: &str| json!({ "name": "assign", "officer": officer });
    assert_eq!(does(&world, &office.one_stop, &id, 4, assign(&second.id)).await.problem().1, "act-not-now");
    assert_eq!(does(&world, &office.head, &id, 5, assign(&office.specialist.id)).await.problem().1, "officer-unknown");
    let given = done(&world, &office.head, &id, 6, assign(&second.id)).await;
    assert_eq!(given["now"]["holder"]["name"], "Võ Thị Hai");
    done(&world, &second, &id, 7, json!({ "name": "receive" })).await;
}

#[tokio::test]
async fn a_queue_comes_page_by_page_what_is_due_first_coming_first() {
    let mut world = World::new().await;
    let office = office(&world).await;
    for number in 0..120 {
        world.start_anew(Moment(NOW.0 + i64::from(number % 7) * 1_000));
        assert_eq!(world.submit(&key(number + 1), &world.filing()).await.status, 201);
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    let mut pages = 0;
    loop {
        let page = world.send(office.one_stop.get(&format!("/api/v1/desk/dossiers?procedure=thu{after}"))).await.json();
        assert_eq!(page["counts"]["now"], 120);
        for row in page["rows"].as_array().unwrap() {
            seen.push((row["due_at"].as_i64().unwrap(), row["id"].as_str().unwrap().to_owned()));
        }
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert_eq!((pages, seen.len()), (3, 120));
    assert!(seen.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    let mut ids: Vec<_> = seen.iter().map(|(_, id)| id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 120);
    for wrong in ["list=alles", "after=x", "after=1.2.3", "what=1"] {
        let answer = world.send(office.one_stop.get(&format!("/api/v1/desk/dossiers?{wrong}"))).await;
        assert_eq!(answer.problem(), (400, "queue-unreadable".to_owned()), "{wrong}");
    }
}

#[tokio::test]
async fn every_act_and_every_reading_is_in_the_audit() {
    let world = World::new().await;
    let office = office(&world).await;
    let stranger = world.officer("Người Xa", "0900000128", "19353", &[Role::OneStop]).await;
    let (_, id) = sent(&world, &office, 1).await;
    see(&world, &office.one_stop, &id).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    let path = format!("/api/v1/desk/dossiers/{id}");
    assert_eq!(world.send(stranger.get(&path)).await.problem(), (404, "dossier-unknown".to_owned()));
    let report = store::Report::of(&world.folder.path().join("data")).unwrap();
    assert!(report.audit.is_ok() && report.is_well());
    let rows = world.audit();
    let count = |act: &str, officer: &str| {
        rows.iter()
            .filter(|(known, subject, detail)| known == act && *subject == id && detail.contains(officer))
            .count()
    };
    assert_eq!(count("dossier-received", &office.one_stop.id), 1);
    assert!(count("dossier-read", &office.one_stop.id) >= 2);
    assert_eq!(count("access-refused", &stranger.id), 1);
    assert!(rows.iter().all(|(_, _, detail)| !detail.contains("Lộc Vừng")));
}
