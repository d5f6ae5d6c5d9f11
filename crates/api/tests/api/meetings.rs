//! The people's meeting over the API: what is listed, what is kept and with how many dossiers, and to whom nothing is said.

use crate::desk::{Office, does, done, office, see};
use crate::print::text;
use crate::world::{Answer, NOW, Signed, World, key};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// A while after the dossiers were received, in which no session ends.
const AFTER: Moment = Moment(NOW.0 + 12 * MINUTE);

/// Received dossiers of the procedure that has a meeting, by their ids, and the office some minutes later.
async fn received(world: &mut World, dossiers: u32) -> (Office, Vec<String>) {
    let office = office(world).await;
    let mut filing = world.filing();
    filing["procedure"] = json!("thu-hop");
    filing["fingerprint"] = json!(world.app.offer.library.procedures["thu-hop"].fingerprint());
    let mut ids = Vec::new();
    for number in 1..=dossiers {
        filing["forms"][0]["answers"]["ho_ten"] =
            json!(format!("Hồ Thị Số {}", ["Một", "Hai", "Ba"][number as usize - 1]));
        assert_eq!(world.submit(&key(number), &filing).await.status, 201);
        let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
        let id = queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        done(world, &office.one_stop, &id, 100 + number, json!({ "name": "receive" })).await;
        ids.push(id);
    }
    world.keep_budgets_until(AFTER);
    (office, ids)
}

/// A meeting soon after reception, of 31 people, with so many votes for each household.
fn meeting(votes: &[(&str, u32)]) -> Value {
    let present: Vec<Value> =
        (0..29).map(|number| json!({ "name": format!("Người Có Mặt {number}"), "household": "" })).collect();
    let households: Vec<Value> = votes
        .iter()
        .map(|(id, agree)| {
            json!({ "dossier": id, "score_a": 130, "score_b": 30, "agree": agree, "against": 2, "no_opinion": 1, "note": "" })
        })
        .collect();
    json!({
        "village": "Thôn Thử", "place": "Nhà văn hóa thôn Thử", "area": "rural",
        "begun_at": NOW.0 + 2 * MINUTE, "ended_at": NOW.0 + 6 * MINUTE,
        "chair": "Trần Văn Chủ", "secretary": "Lê Thị Thư", "representatives": ["Hồ Văn Mười"],
        "invited": 40, "present": present, "on_paper": 2, "households": households, "note": "",
    })
}

async fn keep(world: &World, officer: &Signed, number: u32, meeting: &Value) -> Answer {
    world.send(officer.post("/api/v1/desk/meetings", Some(&key(number)), meeting)).await
}

async fn kept(world: &World, officer: &Signed, number: u32, meeting: &Value) -> Value {
    let answer = keep(world, officer, number, meeting).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

fn places(answer: &Answer) -> Vec<String> {
    let problems = answer.json()["problems"].as_array().cloned().unwrap_or_default();
    problems.iter().map(|one| one["place"].as_str().unwrap().to_owned()).collect()
}

fn events(world: &World, act: &str) -> usize {
    world.audit().iter().filter(|(known, ..)| known == act).count()
}

#[tokio::test]
async fn a_household_goes_on_when_half_agree_and_meets_again_when_fewer_do() {
    let mut world = World::new().await;
    let (office, ids) = received(&mut world, 1).await;
    let id = ids[0].as_str();
    let forward = json!({ "name": "forward", "note": "" });
    let seen = see(&world, &office.specialist, id).await;
    assert_eq!((&seen["meeting"]["needed"], &seen["meeting"]["held"]), (&json!(50), &json!([])));
    assert!(!seen["acts"].as_array().unwrap().contains(&json!("forward")));
    let early = does(&world, &office.specialist, id, 9, forward.clone()).await;
    assert_eq!(early.problem(), (409, "meeting-needed".to_owned()));
    assert!(early.json()["detail"].as_str().unwrap().contains("họp lại"));

    // Fifteen of thirty-one.
    let failed = kept(&world, &office.specialist, 10, &meeting(&[(id, 15)])).await;
    assert_eq!((&failed["present"], &failed["households"][0]["agreed"]), (&json!(31), &json!(false)));
    assert_eq!(does(&world, &office.specialist, id, 11, forward.clone()).await.problem().1, "meeting-needed");

    // Again, and exactly half of thirty.
    let mut again = meeting(&[(id, 15)]);
    again["on_paper"] = json!(1);
    let refused = keep(&world, &office.specialist, 12, &again).await;
    assert_eq!(refused.problem(), (409, "meeting-refused".to_owned()), "at the time of the first one");
    again["begun_at"] = json!(NOW.0 + 6 * MINUTE);
    again["ended_at"] = json!(AFTER.0);
    let agreed = kept(&world, &office.specialist, 12, &again).await;
    assert_eq!(agreed["households"][0]["agreed"], true);

    let seen = see(&world, &office.specialist, id).await;
    assert_eq!(seen["meeting"]["needed"], Value::Null);
    let held: Vec<_> = seen["meeting"]["held"].as_array().unwrap().iter().map(|one| one["agreed"].clone()).collect();
    assert_eq!(held, [json!(true), json!(false)], "the first one stays");
    let says: Vec<_> = seen["history"].as_array().unwrap().iter().map(|one| one["says"].clone()).collect();
    assert!(says.contains(&json!("Họp dân: thống nhất")));
    assert!(says.contains(&json!("Họp dân: chưa thống nhất, phải rà soát và họp lại")));
    done(&world, &office.specialist, id, 13, forward).await;
    assert!(see(&world, &office.specialist, id).await["meeting"]["needed"].is_null());
}

#[tokio::test]
async fn one_meeting_keeps_all_of_its_dossiers_or_none() {
    let mut world = World::new().await;
    let (office, ids) = received(&mut world, 3).await;
    let all: Vec<(&str, u32)> = ids.iter().map(|id| (id.as_str(), 20)).collect();
    // The second one is not there any more.
    done(&world, &office.specialist, &ids[1], 20, json!({ "name": "return-unsolved", "reason": "Đã chuyển đi" })).await;
    let refused = keep(&world, &office.specialist, 21, &meeting(&all)).await;
    assert_eq!(refused.problem(), (409, "meeting-refused".to_owned()));
    assert_eq!(places(&refused), ["households/1"]);
    assert!(refused.json()["problems"][0]["says"].as_str().unwrap().contains("Hồ Thị Số Hai"));
    assert_eq!((events(&world, "dossier-meeting-held"), events(&world, "meeting-kept")), (0, 0));
    for id in [&ids[0], &ids[2]] {
        assert_eq!(see(&world, &office.specialist, id).await["meeting"]["held"], json!([]));
    }
    // Without it, under the same key: nothing was kept under it.
    let left = [all[0], (ids[2].as_str(), 3)];
    let answer = kept(&world, &office.specialist, 21, &meeting(&left)).await;
    let outcomes: Vec<_> = answer["households"].as_array().unwrap().iter().map(|one| one["agreed"].clone()).collect();
    assert_eq!(outcomes, [json!(true), json!(false)]);
    assert_eq!((events(&world, "dossier-meeting-held"), events(&world, "meeting-kept")), (2, 1));
}

#[tokio::test]
async fn the_same_meeting_twice_is_kept_once() {
    let mut world = World::new().await;
    let (office, ids) = received(&mut world, 2).await;
    let sent = meeting(&[(&ids[0], 20), (&ids[1], 20)]);
    let again = async || keep(&world, &office.specialist, 30, &sent).await;
    let (one, two, three) = tokio::join!(again(), again(), again());
    for answer in [&one, &two, &three] {
        assert_eq!((answer.status.as_u16(), answer.json()), (200, one.json()));
    }
    assert_eq!((events(&world, "dossier-meeting-held"), events(&world, "meeting-kept")), (2, 1));
    // Also when the dossier has gone on meanwhile.
    done(&world, &office.specialist, &ids[0], 31, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(again().await.json(), one.json());
    let other = keep(&world, &office.specialist, 30, &meeting(&[(&ids[1], 21)])).await;
    assert_eq!(other.problem().1, "key-reused");
    let list = world.send(office.specialist.get("/api/v1/desk/meetings")).await.json();
    assert_eq!(list["held"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_has_to_be_mended_is_told_place_by_place() {
    let mut world = World::new().await;
    let (office, ids) = received(&mut world, 1).await;
    let mut wrong = meeting(&[(&ids[0], 40)]);
    wrong["village"] = json!(" ");
    wrong["secretary"] = json!("trần văn chủ");
    wrong["present"][3]["name"] = json!("Người  có mặt 2");
    let answer = keep(&world, &office.specialist, 40, &wrong).await;
    assert_eq!(answer.problem(), (422, "invalid".to_owned()));
    assert_eq!(places(&answer), ["village", "secretary", "present/3", "households/0/agree"]);
    for (place, value) in [("on_paper", json!(-1)), ("area", json!("x")), ("more", json!(1))] {
        let mut wrong = meeting(&[(&ids[0], 20)]);
        wrong[place] = value;
        assert_eq!(keep(&world, &office.specialist, 41, &wrong).await.status, 400, "{place}");
    }
    let unknown = keep(&world, &office.specialist, 42, &meeting(&[(&key(77), 20)])).await;
    assert_eq!(places(&unknown), ["households/0"]);
    assert_eq!(unknown.json()["problems"][0]["code"], "dossier-unknown");
    // In the hands of a colleague.
    let other = world.officer("Võ Thị Hai", "0900000127", "19351", &[Role::Specialist]).await;
    done(&world, &other, &ids[0], 43, json!({ "name": "claim" })).await;
    let held = keep(&world, &office.specialist, 44, &meeting(&[(&ids[0], 20)])).await;
    assert!(held.json()["problems"][0]["says"].as_str().unwrap().contains("cán bộ khác giữ"));
    kept(&world, &other, 44, &meeting(&[(&ids[0], 20)])).await;
}

#[tokio::test]
async fn a_foreign_unit_sees_nothing_and_keeps_nothing() {
    let mut world = World::new().await;
    let (office, ids) = received(&mut world, 1).await;
    let foreign = world.officer("Võ Thị Xa", "0900000128", "19352", &[Role::Specialist]).await;
    let list = world.send(office.specialist.get("/api/v1/desk/meetings")).await.json();
    let row = &list["households"][0];
    assert_eq!((&row["person"], &row["dossier"], &row["share"]), (&json!("Hồ Thị Số Một"), &json!(ids[0]), &json!(50)));
    assert!(row["address"].as_str().unwrap().contains("thôn Thử"));
    assert!(
        world
            .audit()
            .iter()
            .any(|(act, of, by)| act == "dossier-read" && *of == ids[0] && by.contains(&office.specialist.id))
    );
    let nothing = world.send(foreign.get("/api/v1/desk/meetings")).await.json();
    assert_eq!(nothing, json!({ "households": [], "held": [] }));
    let refused = keep(&world, &foreign, 50, &meeting(&[(&ids[0], 20)])).await;
    assert_eq!(refused.json()["problems"][0]["code"], "dossier-unknown", "as if there were none");
    assert!(!refused.json().to_string().contains("Hồ Thị Số"));

    let id = kept(&world, &office.specialist, 51, &meeting(&[(&ids[0], 20)])).await["id"].as_str().unwrap().to_owned();
    let pdf = format!("/api/v1/desk/meetings/{id}/pdf");
    assert_eq!(world.send(foreign.get(&pdf)).await.problem(), (404, "meeting-unknown".to_owned()));
    assert_eq!(world.send(foreign.get(&pdf.replace(&id, "x"))).await.problem().1, "meeting-unknown");
    assert_eq!(keep(&world, &foreign, 51, &meeting(&[(&ids[0], 20)])).await.problem().1, "meeting-unknown");
    // Who reads the unit's dossiers reads the minutes, on record.
    for officer in [&office.specialist, &office.one_stop] {
        let paper = world.send(officer.get(&pdf)).await;
        assert_eq!(paper.status, 200);
        let said = text(&paper.body);
        for words in ["Bảnsố1/2", "Bảnsố2/2", "HồThịSốMột", "20trên31ngườicómặtđồngý:đủ50%", "TrầnVănChủ"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
    assert_eq!(events(&world, "meeting-read"), 2);
}
