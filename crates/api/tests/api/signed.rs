//! Digitally signed papers: who signed is told to officers, numbers alone to citizens, and originals are compared where no
//! valid signature is.

use crate::desk::{Office, does, done, office, see};
use crate::world::{NOW, PDF, World, hash, key};
use procedure::calendar::Moment;
use serde_json::{Value, json};

const SIGNED: &[u8] = include_bytes!("../../../pdf-signature/tests/files/stamped-then-expired.pdf");
const ALTERED: &[u8] = include_bytes!("../../../pdf-signature/tests/files/altered.pdf");
const ANOTHER: &[u8] = include_bytes!("../../../pdf-signature/tests/files/p256.pdf");

/// Sends a dossier with one paper, and gives its code and its id.
async fn sent(world: &World, office: &Office, number: u32, paper: &[u8]) -> (String, String) {
    assert_eq!(world.put_paper(&key(number), &hash(paper), paper).await.status, 201);
    let answer = world.submit(&key(number), &world.filing_with(paper)).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    let id = queue["rows"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    (answer.json()["code"].as_str().unwrap().to_owned(), id)
}

/// From reception to the point where the result is handed over; gives the dossier as it was when the result was attached.
async fn ready(world: &World, office: &Office, id: &str, from: u32, result: &[u8]) -> Value {
    done(world, &office.one_stop, id, from, json!({ "name": "receive" })).await;
    done(world, &office.specialist, id, from + 1, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(world.put_paper(&key(from + 2), &hash(result), result).await.status, 201);
    let attach =
        json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(result), "file": "quyet-dinh.pdf" });
    let attached = done(world, &office.leader, id, from + 2, attach).await;
    done(world, &office.leader, id, from + 3, json!({ "name": "forward", "note": "" })).await;
    attached
}

async fn counts(world: &World, code: &str) -> (Value, Value) {
    let told = world.post("/api/v1/track", &json!({ "code": code })).await.json();
    (told["signed"].clone(), told["originals"].clone())
}

#[tokio::test]
async fn a_signed_paper_is_told_and_its_original_not_asked_for() {
    let mut world = World::new().await;
    world.start_trusting(Moment(NOW.0 + 60_000));
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1, SIGNED).await;
    let seen = see(&world, &office.one_stop, &id).await;
    let found = &seen["papers"][0]["signatures"];
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["verdict"], "valid");
    assert_eq!(found[0]["signer"], "Nguyễn Thị Ngọc Lan");
    assert_eq!(found[0]["organisation"], "Ủy ban nhân dân xã Ví Dụ");
    assert_eq!(found[0]["stamped"], true);
    assert!(found[0]["says"].as_str().unwrap().contains("Chưa kiểm tra thu hồi"));
    assert_eq!(seen["originals"], json!([]));
    assert_eq!(counts(&world, &code).await, (json!(1), json!(0)));

    let attached = ready(&world, &office, &id, 10, ANOTHER).await;
    assert_eq!(attached["result"]["signatures"][0]["verdict"], "valid", "told when it is attached");
    let over = done(&world, &office.one_stop, &id, 20, json!({ "name": "hand-over" })).await;
    assert_eq!(over["state"], "returned");
    assert_eq!(counts(&world, &code).await, (Value::Null, Value::Null), "nothing more is to be compared");
}

#[tokio::test]
async fn an_original_is_compared_before_the_result_is_handed_over() {
    let mut world = World::new().await;
    world.start_trusting(Moment(NOW.0 + 60_000));
    let office = office(&world).await;
    for (number, paper, verdicts) in [(1_u32, PDF, 0_usize), (40, ALTERED, 1)] {
        let (code, id) = sent(&world, &office, number, paper).await;
        let seen = see(&world, &office.one_stop, &id).await;
        assert_eq!(seen["papers"][0]["signatures"].as_array().unwrap().len(), verdicts);
        assert_eq!(seen["originals"][0]["paper"], "giay-thu");
        assert_eq!(counts(&world, &code).await, (json!(0), json!(1)));
        let attached = ready(&world, &office, &id, number + 10, PDF).await;
        assert_eq!(attached["result"]["signatures"], json!([]), "an unsigned result is taken, and told as such");

        let silent = does(&world, &office.one_stop, &id, number + 20, json!({ "name": "hand-over" })).await;
        assert_eq!(silent.problem(), (422, "invalid".to_owned()));
        assert!(silent.json().to_string().contains("chưa đối chiếu bản chính"));
        let compared = |paper: &str| json!({ "name": "hand-over", "compared": [{ "paper": paper, "differs": "Ngày cấp khác một số" }] });
        let other = does(&world, &office.one_stop, &id, number + 21, compared("giay-khac")).await;
        assert_eq!(other.problem(), (422, "invalid".to_owned()));
        let over = done(&world, &office.one_stop, &id, number + 22, compared("giay-thu")).await;
        assert_eq!(over["state"], "returned");
        let note = over["history"][0]["note"].as_str().unwrap();
        assert!(note.contains("Bản chính khác bản gửi") && note.contains("Ngày cấp khác một số"), "{note}");
        let rows = world.audit();
        assert_eq!(rows.iter().filter(|(act, subject, _)| act == "dossier-handed-over" && *subject == id).count(), 1);
    }
}

#[tokio::test]
async fn without_roots_a_whole_signature_is_told_as_of_unknown_source() {
    let mut world = World::new().await;
    world.start_anew(Moment(NOW.0 + 60_000));
    let office = office(&world).await;
    let (code, id) = sent(&world, &office, 1, SIGNED).await;
    let seen = see(&world, &office.one_stop, &id).await;
    assert_eq!(seen["papers"][0]["signatures"][0]["verdict"], "untrusted");
    assert!(seen["papers"][0]["signatures"][0]["says"].as_str().unwrap().contains("chưa rõ nguồn cấp chứng thư"));
    assert_eq!(counts(&world, &code).await, (json!(0), json!(1)));
}

#[test]
fn a_folder_of_roots_is_read_whole_or_the_server_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    assert!(api::signatures::roots(folder.path()).is_err(), "an empty folder is a slip");
    std::fs::write(folder.path().join("goc.crt"), "không phải chứng thư").unwrap();
    assert!(api::signatures::roots(folder.path()).unwrap_err().contains("goc.crt"));
    assert!(api::signatures::roots(&folder.path().join("khong-co")).is_err());
}
