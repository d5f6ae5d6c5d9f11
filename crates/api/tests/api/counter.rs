//! Dossiers that came on paper: who may enter them, what is on record of it, and whose the code is.

use crate::desk::{Office, done, office, see};
use crate::print::text;
use crate::world::{Answer, NOW, PDF, Signed, World, hash, key};
use procedure::Role;
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/desk/dossiers";

/// Monday, 23 November 2026, 08:05 in Việt Nam.
const MONDAY: Moment = Moment(NOW.0 + DAY_MS - 6 * 3_600_000);

/// What an officer sends: a filing of somebody whose neighbour brought it.
fn brought(world: &World, officer: &Signed, channel: &str) -> Value {
    let mut filing = world.filing_with_paper();
    let filer = &mut filing["forms"][1]["answers"];
    filer["nop_cho"] = json!("ho");
    filer["ho_ten"] = json!("Trần Văn Thử");
    filer["quan_he"] = json!("Trưởng thôn");
    json!({ "officer": officer.id, "channel": channel, "filing": filing })
}

async fn enter(world: &World, officer: &Signed, number: u32, body: &Value) -> Answer {
    world.send(officer.post(PATH, Some(&key(number)), body)).await
}

/// Enters a dossier, and gives its code and its id.
async fn entered(world: &World, office: &Office, number: u32, channel: &str) -> (String, String) {
    assert_eq!(world.put_paper(&key(number), &hash(PDF), PDF).await.status, 201);
    let answer = enter(world, &office.one_stop, number, &brought(world, &office.one_stop, channel)).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    let queue = world.send(office.one_stop.get(PATH)).await.json();
    let id = queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    (answer.json()["code"].as_str().unwrap().to_owned(), id)
}

#[tokio::test]
async fn what_an_officer_enters_joins_the_flow_and_says_who_typed_it_for_whom() {
    let world = World::new().await;
    let office = office(&world).await;
    let (code, id) = entered(&world, &office, 1, "in-person").await;

    let row = &world.send(office.one_stop.get(PATH)).await.json()["rows"][0];
    assert_eq!((&row["channel"], &row["person"]), (&json!("in-person"), &json!("Nguyễn Thị Lộc Vừng")));
    let seen = see(&world, &office.one_stop, &id).await;
    assert_eq!(seen["entered"], json!({ "channel": "in-person", "by": "Lê Thị Hiền" }));
    assert_eq!(seen["filer"], json!({ "name": "Trần Văn Thử", "relation": "Trưởng thôn", "consent": null }));
    assert_eq!(seen["person"], "Nguyễn Thị Lộc Vừng");
    let first = seen["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&first["by"], &first["says"]),
        (&json!("Lê Thị Hiền"), &json!("Nhập tại quầy, người dân nộp trực tiếp"),)
    );

    let audit = world.audit();
    let (_, subject, detail) = audit.iter().find(|(act, ..)| act == "dossier-entered").unwrap();
    assert_eq!(*subject, id);
    assert!(detail.starts_with(&format!("by {}, in-person, ", office.one_stop.id)), "{detail}");
    assert!(!audit.iter().any(|(act, ..)| act == "dossier-sent"));

    // The code is the citizen's: it leads to the timeline, which names nobody, and no officer is told it.
    let told = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    assert_eq!(told["entries"][0]["event"], "entered");
    for hidden in ["Hiền", "Trần Văn", "Lộc Vừng"] {
        assert!(!told.to_string().contains(hidden), "{hidden}");
    }
    let plain = code.replace('-', "");
    for known in
        [seen.to_string(), world.send(office.one_stop.get(PATH)).await.json().to_string(), format!("{audit:?}")]
    {
        assert!(!known.replace('-', "").contains(&plain));
    }

    // Whoever entered it receives it in the same minute.
    let received = done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    assert_eq!(received["number"], "H50.193.51-261122-0001");
}

#[tokio::test]
async fn what_was_sent_online_has_no_channel() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = crate::desk::sent(&world, &office, 1).await;
    assert_eq!(world.send(office.one_stop.get(PATH)).await.json()["rows"][0]["channel"], Value::Null);
    let seen = see(&world, &office.one_stop, &id).await;
    assert_eq!((&seen["entered"], &seen["filer"]), (&Value::Null, &Value::Null));
    assert!(world.audit().iter().any(|(act, ..)| act == "dossier-sent"));
}

#[tokio::test]
async fn nobody_but_the_units_one_stop_officer_can_claim_a_channel() {
    let world = World::new().await;
    let office = office(&world).await;
    let neighbour = world.officer("Võ Thị Bên", "0900000128", "19352", &[Role::OneStop]).await;
    let other = world.officer("Võ Thị Hai", "0900000129", "19351", &[Role::OneStop]).await;
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    let count = async || world.send(office.one_stop.get(PATH)).await.json()["counts"]["now"].clone();

    // A citizen: without a session there is no such thing, and the citizens' own address knows no channel.
    let body = brought(&world, &office.one_stop, "in-person");
    let mut stranger = crate::world::json_request(PATH, Some(&key(1)), body.to_string());
    stranger.headers_mut().insert("x-req", "1".parse().unwrap());
    assert_eq!(world.send(stranger).await.problem(), (401, "not-signed-in".to_owned()));
    assert_eq!(world.submit(&key(1), &body).await.problem(), (400, "not-json".to_owned()));
    let mut claimed = body["filing"].clone();
    claimed["channel"] = json!("in-person");
    assert_eq!(world.submit(&key(1), &claimed).await.problem(), (400, "not-json".to_owned()));

    // Another site's page, which cannot send the header of our own.
    let mut bare = office.one_stop.post(PATH, Some(&key(1)), &body);
    bare.headers_mut().remove("x-req");
    assert_eq!(world.send(bare).await.problem().0, 403);

    // A role without the action is told that there is nothing; the unit's neighbour where to mend it. Both are on record.
    let by_head = brought(&world, &office.head, "in-person");
    assert_eq!(enter(&world, &office.head, 1, &by_head).await.problem(), (404, "not-found".to_owned()));
    let refused = enter(&world, &neighbour, 1, &brought(&world, &neighbour, "by-post")).await;
    assert_eq!(refused.problem(), (422, "invalid".to_owned()));
    assert_eq!(refused.json()["problems"][0]["place"], "agency");
    assert_eq!(world.audit().iter().filter(|(act, ..)| act == "access-refused").count(), 2);

    // A colleague who has signed in on the same machine does not answer for what they have not typed.
    assert_eq!(enter(&world, &other, 1, &body).await.problem(), (409, "other-officer".to_owned()));

    // No channel but the two.
    for wrong in ["online", "", "in person"] {
        let answer = enter(&world, &office.one_stop, 1, &brought(&world, &office.one_stop, wrong)).await;
        assert_eq!(answer.problem(), (400, "not-json".to_owned()), "{wrong}");
    }
    assert_eq!(count().await, 0);
    assert_eq!(enter(&world, &office.one_stop, 1, &body).await.status, 201);
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn entering_twice_is_answered_once_and_the_check_is_the_citizens() {
    let world = World::new().await;
    let office = office(&world).await;
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    let body = brought(&world, &office.one_stop, "by-post");
    let again = async || enter(&world, &office.one_stop, 1, &body).await;
    let (one, two) = tokio::join!(again(), again());
    assert_eq!((one.status.as_u16(), &one.body), (201, &two.body));
    // The same draft under another channel is another request.
    let other = brought(&world, &office.one_stop, "in-person");
    assert_eq!(enter(&world, &office.one_stop, 1, &other).await.problem(), (409, "key-reused".to_owned()));
    assert_eq!(world.send(office.one_stop.get(PATH)).await.json()["rows"].as_array().unwrap().len(), 1);

    let mut wrong = body.clone();
    wrong["filing"]["forms"][0]["answers"]["ho_ten"] = json!("");
    let answer = enter(&world, &office.one_stop, 2, &wrong).await;
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    assert_eq!(answer.json()["problems"][0]["place"], "thu/ho_ten");
    let missing = enter(&world, &office.one_stop, 3, &body).await;
    assert_eq!(missing.problem(), (409, "papers-missing".to_owned()));
}

#[tokio::test]
async fn the_papers_of_the_desk_say_how_it_came_and_who_brought_it() {
    let mut world = World::new().await;
    world.keep_budgets_until(MONDAY);
    let office = office(&world).await;
    let holds = |paper: &str, said: &str| {
        let said: String = said.chars().filter(|sign| !sign.is_whitespace()).collect();
        paper.contains(&said)
    };
    for (number, channel, says, note, signs) in [
        (1, "in-person", "Hình thức nộp: Trực tiếp", "Nộp trực tiếp", true),
        (3, "by-post", "Hình thức nộp: Qua bưu chính", "Nộp qua bưu chính", false),
    ] {
        let (_, id) = entered(&world, &office, number, channel).await;
        done(&world, &office.one_stop, &id, number + 1, json!({ "name": "receive" })).await;
        let slip = world.send(office.one_stop.get(&format!("{PATH}/{id}/slips/receipt"))).await;
        let slip = text(&slip.body);
        for said in
            [says, "Tiếp nhận hồ sơ của: Nguyễn Thị Lộc Vừng", "Người nộp: Trần Văn Thử (Trưởng thôn)", "Bản điện tử"]
        {
            assert!(holds(&slip, said), "{said}: {slip}");
        }
        // Who stands at the desk signs; who sent it by post does not.
        assert_eq!(holds(&slip, "NGƯỜI NỘP HỒ SƠ"), signs, "{slip}");
        let register = world.send(office.one_stop.get("/api/v1/desk/register?from=2026-11-23&until=2026-11-23")).await;
        assert!(holds(&text(&register.body), note), "{note}");
    }
}
