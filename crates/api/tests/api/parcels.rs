//! What goes by post: asked for by the citizen, given to the post and delivered by the desk, told to both, and printed.

use crate::desk::{Office, office};
use crate::world::{Answer, PDF, World, hash, key};
use serde_json::{Value, json};

/// Sends a dossier whose result goes by post and whose originals are fetched; gives its code and its id.
async fn sent_by_post(world: &World, office: &Office) -> (String, String) {
    let mut filing = world.filing();
    for (place, text) in [
        ("ho_ten", "Nguyễn Thị Lộc Vừng"),
        ("cach_nhan", "buu_dien"),
        ("dia_chi_nhan", "số 2 đường Thử, xã Cam Lộ"),
        ("lay_giay_to.buu_dien", "yes"),
        ("dia_chi_lay", "số 3 đường Thử"),
        ("cach_bao", "khong"),
    ] {
        filing["forms"][1]["answers"][place] = json!(text);
    }
    let answer = world.submit(&key(1), &filing).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    (answer.json()["code"].as_str().unwrap().to_owned(), queue["rows"][0]["id"].as_str().unwrap().to_owned())
}

async fn say(
    world: &World,
    office: &Office,
    (id, parcel): (&str, &str),
    number: u32,
    version: u32,
    step: Value,
) -> Answer {
    let path = format!("/api/v1/desk/dossiers/{id}/parcels/{parcel}");
    let body = json!({ "version": version, "step": step });
    world.send(office.one_stop.post(&path, Some(&key(number)), &body)).await
}

async fn listed(world: &World, office: &Office) -> Vec<(String, String, String)> {
    let all = world.send(office.one_stop.get("/api/v1/desk/parcels")).await.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = all["rows"].as_array().unwrap().iter();
    rows.map(|row| (text(&row["parcel"]["parcel"]), text(&row["parcel"]["standing"]), text(&row["parcel"]["address"])))
        .collect()
}

fn row(parcel: &str, standing: &str, address: &str) -> (String, String, String) {
    (parcel.to_owned(), standing.to_owned(), address.to_owned())
}

#[tokio::test]
async fn papers_are_fetched_and_the_result_is_delivered() {
    let world = World::new().await;
    let office = office(&world).await;
    let (code, id) = sent_by_post(&world, &office).await;
    let (home, away) = ("số 2 đường Thử, xã Cam Lộ", "số 3 đường Thử");
    assert_eq!(listed(&world, &office).await, [row("papers", "asked", away), row("result", "asked", home)]);
    let dossier = world.send(office.one_stop.get(&format!("/api/v1/desk/dossiers/{id}"))).await.json();
    assert_eq!(dossier["parcels"][1]["waits"], "Chờ có kết quả");
    assert_eq!(dossier["parcels"][0]["steps"], json!(["posted"]));

    // Who reads the dossier in another role sees it, and says nothing of it.
    let seen = world.send(office.specialist.get(&format!("/api/v1/desk/dossiers/{id}"))).await.json();
    assert_eq!(seen["parcels"][0]["steps"], json!([]));

    let posted = json!({ "name": "posted", "number": "cp 123 456 789 vn" });
    let early = say(&world, &office, (&id, "result"), 20, 1, posted.clone()).await;
    assert_eq!(early.problem(), (422, "invalid".to_owned()));
    let nothing = say(&world, &office, (&id, "papers"), 21, 1, json!({ "name": "posted", "number": "?" })).await;
    assert_eq!((nothing.problem().0, &nothing.json()["problems"][0]["place"]), (422, &json!("number")));
    let unknown = say(&world, &office, (&id, "khac"), 22, 1, posted.clone()).await;
    assert_eq!(unknown.problem(), (404, "dossier-unknown".to_owned()));

    let taken = say(&world, &office, (&id, "papers"), 23, 1, posted.clone()).await;
    assert_eq!(taken.status, 200, "{}", taken.json());
    assert_eq!(taken.json()["parcels"][0]["number"], "CP123456789VN");
    // The same again is answered again, and changes nothing; another body under that key is refused.
    assert_eq!(say(&world, &office, (&id, "papers"), 23, 1, posted.clone()).await.json()["version"], 2);
    let other = say(&world, &office, (&id, "papers"), 23, 1, json!({ "name": "delivered" })).await;
    assert_eq!(other.problem(), (409, "key-reused".to_owned()));
    let stale = say(&world, &office, (&id, "papers"), 24, 1, json!({ "name": "delivered" })).await;
    assert_eq!(stale.problem(), (409, "dossier-changed".to_owned()));
    let again = say(&world, &office, (&id, "papers"), 25, 2, posted.clone()).await;
    assert_eq!(again.problem(), (409, "parcel-not-now".to_owned()));
    assert_eq!(say(&world, &office, (&id, "papers"), 26, 2, json!({ "name": "delivered" })).await.status, 200);
    assert_eq!(listed(&world, &office).await, [row("result", "asked", home)]);

    // The result is issued, comes back once, goes again, and is delivered after the dossier is over.
    let attach = json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(PDF), "file": "qd.pdf" });
    crate::desk::done(&world, &office.one_stop, &id, 30, json!({ "name": "receive" })).await;
    crate::desk::done(&world, &office.specialist, &id, 31, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(world.put_paper(&key(32), &hash(PDF), PDF).await.status, 201);
    crate::desk::done(&world, &office.leader, &id, 32, attach).await;
    crate::desk::done(&world, &office.leader, &id, 33, json!({ "name": "forward", "note": "" })).await;
    let version = async |world: &World| {
        let dossier = world.send(office.one_stop.get(&format!("/api/v1/desk/dossiers/{id}"))).await.json();
        u32::try_from(dossier["version"].as_u64().unwrap()).unwrap()
    };
    let now = version(&world).await;
    assert_eq!(say(&world, &office, (&id, "result"), 40, now, posted.clone()).await.status, 200);
    crate::desk::done(&world, &office.one_stop, &id, 41, json!({ "name": "hand-over" })).await;
    let reason = json!({ "name": "failed", "reason": "Vắng nhà" });
    assert_eq!(say(&world, &office, (&id, "result"), 42, now + 2, reason).await.status, 200);
    assert_eq!(listed(&world, &office).await, [row("result", "failed", home)]);
    assert_eq!(say(&world, &office, (&id, "result"), 43, now + 3, posted).await.status, 200);
    assert_eq!(say(&world, &office, (&id, "result"), 44, now + 4, json!({ "name": "delivered" })).await.status, 200);
    assert!(listed(&world, &office).await.is_empty());

    // The citizen sees that it went and came, and neither number nor reason nor address.
    let track = world.post("/api/v1/track", &json!({ "code": code })).await;
    let text = String::from_utf8(track.body.clone()).unwrap();
    let events: Vec<Value> =
        track.json()["entries"].as_array().unwrap().iter().map(|one| one["event"].clone()).collect();
    for event in ["papers-fetched-for", "papers-fetched", "result-posted", "result-not-delivered", "result-delivered"] {
        assert!(events.contains(&json!(event)), "{event}: {events:?}");
    }
    for hidden in ["CP123456789VN", "Vắng nhà", "đường Thử"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    let acts: Vec<String> =
        world.audit().into_iter().map(|(act, ..)| act).filter(|act| act.starts_with("dossier-parcel")).collect();
    assert_eq!(acts.len(), 6, "every step is on record: {acts:?}");
    assert!(world.audit().iter().any(|(act, ..)| act == "parcel-read"));
}

#[tokio::test]
async fn labels_are_printed_eight_on_a_sheet_for_what_was_asked() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent_by_post(&world, &office).await;
    let path = format!("/api/v1/desk/parcels/labels?of={id}.papers,{id}.result");
    let paper = world.send(office.one_stop.get(&path)).await;
    assert_eq!(paper.status, 200);
    assert_eq!(paper.headers["content-type"], "application/pdf");
    assert_eq!(lopdf::Document::load_mem(&paper.body).unwrap().get_pages().len(), 1);
    let nine = vec![format!("{id}.result"); 9].join(",");
    let two = world.send(office.one_stop.get(&format!("/api/v1/desk/parcels/labels?of={nine}"))).await;
    assert_eq!(lopdf::Document::load_mem(&two.body).unwrap().get_pages().len(), 2);
    let many = vec![format!("{id}.result"); 41].join(",");
    for of in [many.as_str(), "", "x", &format!("{id}.khac"), "01a2008d-7400-7fff-bfff-000000000000.result"] {
        let answer = world.send(office.one_stop.get(&format!("/api/v1/desk/parcels/labels?of={of}"))).await;
        assert_eq!(answer.problem(), (404, "dossier-unknown".to_owned()), "{of}");
    }
    // Nobody asked for this one.
    let plain = World::new().await;
    let other = crate::desk::office(&plain).await;
    let (_, id) = crate::desk::sent(&plain, &other, 1).await;
    let none = plain.send(other.one_stop.get(&format!("/api/v1/desk/parcels/labels?of={id}.result"))).await;
    assert_eq!(none.problem(), (409, "parcel-not-now".to_owned()));
    assert!(listed(&plain, &other).await.is_empty());
}
