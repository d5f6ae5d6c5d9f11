//! The papers of an account: what is in it, and that a later dossier can use it.

mod access;

use crate::desk::{Office, done, office};
use crate::world::{NOW, PDF, SignedCitizen, World, hash, key};
use api::limits::Limits;
use axum::body::Body;
use axum::http::{Method, Request};
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};
use std::path::PathBuf;

const PAPERS: &str = "/api/v1/citizens/me/papers";

/// A file unlike every other.
fn file(number: u8) -> Vec<u8> {
    [PDF, format!("% {number}\n").as_bytes()].concat()
}

fn path(content: &[u8]) -> String {
    format!("{PAPERS}/{}", hash(content))
}

fn put(content: &[u8], name: Option<&str>) -> Request<Body> {
    let request = Request::put(path(content));
    let request = if let Some(name) = name { request.header("paper-name", name) } else { request };
    request.body(Body::from(content.to_vec())).unwrap()
}

fn with(method: Method, path: &str, body: &Value) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    request.header("idempotency-key", key(77)).body(Body::from(body.to_string())).unwrap()
}

fn used(content: &[u8]) -> Request<Body> {
    with(Method::POST, &format!("{}/use", path(content)), &json!({}))
}

/// Where its bytes lie.
fn blob(world: &World, content: &[u8]) -> PathBuf {
    let name = hash(content);
    world.folder.path().join("data/papers").join(&name[..2]).join(name)
}

async fn list(world: &World, citizen: &SignedCitizen) -> Vec<Value> {
    let answer = world.send(citizen.get(PAPERS)).await;
    assert_eq!((answer.status.as_u16(), &answer.headers["cache-control"]), (200, &"no-store".parse().unwrap()));
    answer.json()["rows"].as_array().unwrap().clone()
}

/// Sends a dossier with this paper, for an account or for nobody; its lookup code.
async fn sent(world: &World, citizen: Option<&SignedCitizen>, number: u32, content: &[u8]) -> String {
    assert_eq!(world.put_paper(&key(number), &hash(content), content).await.status, 201);
    let filing = world.filing_with(content);
    let answer = match citizen {
        Some(citizen) => world.send(citizen.post("/api/v1/dossiers", Some(&key(number)), &filing)).await,
        None => world.submit(&key(number), &filing).await,
    };
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

async fn claim(world: &World, citizen: &SignedCitizen, code: &str) {
    let body = json!({ "code": code, "digits": "0123" });
    assert_eq!(world.send(citizen.post("/api/v1/citizens/me/dossiers", None, &body)).await.status, 204);
}

async fn dossier(world: &World, citizen: &SignedCitizen) -> String {
    let answer = world.send(citizen.get("/api/v1/citizens/me/dossiers")).await.json();
    answer["rows"][0]["id"].as_str().unwrap().to_owned()
}

/// Brings the account's newest dossier to where its result is attached, and on to where it is issued.
async fn attached(world: &World, office: &Office, citizen: &SignedCitizen, content: &[u8]) -> String {
    let id = dossier(world, citizen).await;
    done(world, &office.one_stop, &id, 52, json!({ "name": "receive" })).await;
    done(world, &office.specialist, &id, 53, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(world.put_paper(&key(54), &hash(content), content).await.status, 201);
    let attach = json!({ "name": "attach-result", "number": "12/QĐ-UBND", "sha256": hash(content), "file": "hiv.pdf" });
    done(world, &office.leader, &id, 54, attach).await;
    id
}

#[tokio::test]
async fn a_paper_is_put_in_named_taken_back_and_taken_out() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let name = "Gi%E1%BA%A5y%20khai%20sinh%20%20c%E1%BB%A7a%20ch%C3%A1u";
    for status in [201, 200] {
        let answer = world.send(lan.with(put(PDF, Some(name)))).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.json(), json!({ "sha256": hash(PDF), "bytes": PDF.len(), "kind": "application/pdf" }));
    }
    let row = json!({
        "sha256": hash(PDF), "name": "Giấy khai sinh của cháu", "paper": "", "media_type": "application/pdf",
        "size": PDF.len(), "kept_at": NOW.0, "origin": "uploaded", "of": "",
    });
    assert_eq!(list(&world, &lan).await, [row]);
    let named = with(Method::PATCH, &path(PDF), &json!({ "name": " Giấy khai sinh  của Tí " }));
    assert_eq!(world.send(lan.with(named)).await.status, 204);
    assert_eq!(list(&world, &lan).await[0]["name"], "Giấy khai sinh của Tí");

    let read = world.send(lan.get(&path(PDF))).await;
    assert_eq!((read.status.as_u16(), read.body.as_slice()), (200, PDF));
    assert_eq!(read.headers["content-disposition"], "attachment; filename=\"giay-to\"", "no name tells what it is");
    assert_eq!(read.headers["cache-control"], "no-store");
    assert_eq!(read.headers["x-content-type-options"], "nosniff");
    assert_eq!(read.headers["content-security-policy"], "sandbox; default-src 'none'");

    assert!(blob(&world, PDF).exists());
    let leave = || lan.with(with(Method::DELETE, &path(PDF), &json!({})));
    assert_eq!(world.send(leave()).await.status, 204);
    assert!(!blob(&world, PDF).exists(), "nobody else has these bytes");
    assert_eq!(world.send(leave()).await.problem(), (404, "my-paper-unknown".to_owned()));
    assert_eq!(world.send(lan.get(&path(PDF))).await.problem(), (404, "my-paper-unknown".to_owned()));
    assert_eq!(list(&world, &lan).await, Vec::<Value>::new());
    let acts: Vec<String> = world.audit().into_iter().map(|row| row.0).filter(|act| act.contains("-paper-")).collect();
    assert_eq!(acts, ["citizen-paper-kept", "citizen-paper-named", "citizen-paper-read", "citizen-paper-left"]);
}

#[tokio::test]
async fn what_is_no_paper_or_has_no_name_or_no_room_is_refused_in_words() {
    let world = World::with(Limits { account_megabytes: 0, ..Limits::default() }).await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let full = world.send(lan.with(put(PDF, None))).await;
    assert_eq!(full.problem(), (409, "my-papers-full".to_owned()));
    assert!(!blob(&world, PDF).exists(), "what has no room is not even written");
    let long = "a".repeat(151);
    for (name, code) in
        [("", "paper-name-unreadable"), (&*long, "paper-name-unreadable"), ("%E2%80%AE", "paper-name-unreadable")]
    {
        assert_eq!(world.send(lan.with(put(PDF, Some(name)))).await.problem(), (422, code.to_owned()), "{name}");
    }
    assert_eq!(
        world.send(lan.with(put(b"MZ not a paper", None))).await.problem(),
        (422, "paper-other-kind".to_owned())
    );
    let mut other = put(PDF, None);
    *other.uri_mut() = path(b"other").parse().unwrap();
    assert_eq!(world.send(lan.with(other)).await.problem(), (422, "hash-differs".to_owned()));
    assert_eq!(list(&world, &lan).await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_was_sent_and_what_was_issued_is_there_and_nothing_of_the_answers() {
    let world = World::new().await;
    let office = office(&world).await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    sent(&world, Some(&lan), 1, PDF).await;
    let rows = list(&world, &lan).await;
    let row = json!({
        "sha256": hash(PDF), "name": "Giấy thử", "paper": "giay-thu", "media_type": "application/pdf",
        "size": PDF.len(), "kept_at": NOW.0, "origin": "sent", "of": "Thủ tục thử",
    });
    assert_eq!(rows, [row]);
    let result = file(1);
    let id = attached(&world, &office, &lan, &result).await;
    assert_eq!(list(&world, &lan).await.len(), 1, "a result that is not issued may still change");
    assert_eq!(world.send(lan.get(&path(&result))).await.status, 404);
    done(&world, &office.leader, &id, 55, json!({ "name": "forward", "note": "" })).await;
    let rows = list(&world, &lan).await;
    assert_eq!(rows.len(), 2);
    let issued = rows.iter().find(|row| row["origin"] == "result").unwrap();
    assert_eq!((&issued["name"], &issued["of"]), (&json!("Kết quả số 12/QĐ-UBND"), &json!("H50.193.51-261122-0001")));
    assert_eq!(world.send(lan.get(&path(&result))).await.body, result);
    let told = serde_json::to_string(&rows).unwrap();
    for secret in ["Lộc Vừng", "thôn Thử", "0900000123", "giấy thử.pdf", "hiv"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}

#[tokio::test]
async fn a_claimed_dossier_shows_its_result_and_never_what_was_sent_with_it() {
    let world = World::new().await;
    let office = office(&world).await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let code = sent(&world, None, 1, PDF).await;
    claim(&world, &lan, &code).await;
    assert_eq!(list(&world, &lan).await, Vec::<Value>::new(), "code and digits never opened them");
    assert_eq!(world.send(lan.get(&path(PDF))).await.status, 404);
    assert_eq!(world.send(lan.with(used(PDF))).await.status, 404);
    let id = attached(&world, &office, &lan, &file(1)).await;
    done(&world, &office.leader, &id, 55, json!({ "name": "forward", "note": "" })).await;
    let rows = list(&world, &lan).await;
    assert_eq!((rows.len(), &rows[0]["origin"]), (1, &json!("result")));

    // What the account sent itself, left and claimed again is a stranger's dossier to it from then on.
    let code = sent(&world, Some(&lan), 2, &file(2)).await;
    assert_eq!(list(&world, &lan).await.len(), 2);
    let id = dossier(&world, &lan).await;
    let left = with(Method::DELETE, &format!("/api/v1/citizens/me/dossiers/{id}"), &json!({}));
    assert_eq!(world.send(lan.with(left)).await.status, 204);
    claim(&world, &lan, &code).await;
    assert_eq!(list(&world, &lan).await.len(), 1);
}

#[tokio::test]
async fn a_draft_uses_a_paper_without_sending_it_up_again() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    assert_eq!(world.send(lan.with(put(PDF, None))).await.status, 201);
    for status in [201, 200] {
        let answer = world.send(lan.with(used(PDF))).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.json(), json!({ "sha256": hash(PDF), "bytes": PDF.len(), "kind": "application/pdf" }));
    }
    // Taken out of the account meanwhile it is the draft's all the same.
    assert_eq!(world.send(lan.with(with(Method::DELETE, &path(PDF), &json!({})))).await.status, 204);
    let filing = world.filing_with_paper();
    assert_eq!(world.send(lan.post("/api/v1/dossiers", Some(&key(77)), &filing)).await.status, 201);
    // A paper of a dossier goes into the next one.
    let mut next = used(PDF);
    next.headers_mut().insert("idempotency-key", key(78).parse().unwrap());
    assert_eq!(list(&world, &lan).await[0]["origin"], "sent", "it came back with the dossier");
    assert_eq!(world.send(lan.with(next)).await.status, 201);
}

#[tokio::test]
async fn a_paper_of_a_dossier_goes_into_the_next_and_out_of_the_account_but_not_of_the_office() {
    let mut world = World::new().await;
    let office = office(&world).await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    sent(&world, Some(&lan), 1, PDF).await;
    assert_eq!(world.send(lan.with(used(PDF))).await.status, 201);
    assert_eq!(world.send(lan.post("/api/v1/dossiers", Some(&key(77)), &world.filing_with_paper())).await.status, 201);
    assert_eq!(list(&world, &lan).await.len(), 1, "the same bytes are one paper");
    let id = dossier(&world, &lan).await;
    assert_eq!(world.send(lan.with(with(Method::DELETE, &path(PDF), &json!({})))).await.status, 204);
    assert_eq!(list(&world, &lan).await.len(), 0);
    let seen = world.send(office.one_stop.get(&format!("/api/v1/desk/dossiers/{id}/papers/{}", hash(PDF)))).await;
    assert_eq!(seen.body, PDF);
    // Sent once more, later, it is there again.
    world.keep_budgets_until(Moment(NOW.0 + 60_000));
    sent(&world, Some(&lan), 3, PDF).await;
    assert_eq!(list(&world, &lan).await.len(), 1);
}

#[tokio::test]
async fn an_accounts_paper_is_kept_when_what_nobody_claimed_is_cleared_away() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    assert_eq!(world.send(lan.with(put(PDF, None))).await.status, 201);
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    // As if years had gone by: files are told old by the machine's own clock.
    let later = Moment(NOW.0 + 40 * 365 * DAY_MS);
    let cleared = world.app.store.clear_unclaimed(later, later).await.unwrap();
    assert_eq!((cleared.papers, cleared.files), (1, 0));
    assert_eq!(world.send(lan.get(&path(PDF))).await.body, PDF);
    std::fs::remove_file(blob(&world, PDF)).unwrap();
    assert_eq!(world.send(lan.with(used(PDF))).await.status, 500, "nothing is promised that is not there");
}

#[tokio::test]
async fn used_and_taken_out_at_once_it_is_the_drafts_or_nobodys() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    for number in 0..20_u8 {
        let content = file(number);
        assert_eq!(world.send(lan.with(put(&content, None))).await.status, 201);
        let mut draft = used(&content);
        draft.headers_mut().insert("idempotency-key", key(100 + u32::from(number)).parse().unwrap());
        let leave = lan.with(with(Method::DELETE, &path(&content), &json!({})));
        let (draft, left) = tokio::join!(world.send(lan.with(draft)), world.send(leave));
        assert_eq!(left.status, 204);
        let sent = world.submit(&key(100 + u32::from(number)), &world.filing_with(&content)).await;
        match draft.status.as_u16() {
            201 => assert_eq!(sent.status, 201, "{}", sent.json()),
            404 => assert_eq!(sent.problem(), (409, "papers-missing".to_owned())),
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn papers_go_with_the_account_and_stay_with_whoever_else_has_them() {
    let world = World::new().await;
    let lan = world.citizen("Trần Thị Lan", "lan@example.com").await;
    let minh = world.citizen("Võ Minh", "minh@example.com").await;
    for content in [file(1), file(2), file(3)] {
        assert_eq!(world.send(lan.with(put(&content, None))).await.status, 201);
    }
    assert_eq!(world.send(minh.with(put(&file(2), None))).await.status, 201);
    sent(&world, Some(&lan), 1, &file(3)).await;
    assert_eq!(world.send(lan.with(with(Method::DELETE, &path(&file(3)), &json!({})))).await.status, 204);
    world.app.store.delete_citizen(lan.id, Vec::new(), NOW).await.unwrap();
    let there = [file(1), file(2), file(3)].map(|content| blob(&world, &content).exists());
    assert_eq!(there, [false, true, true], "the account's alone, another account's too, a dossier's too");
    assert_eq!(world.send(lan.get(PAPERS)).await.status, 401);
    assert_eq!(world.send(minh.get(&path(&file(2)))).await.body, file(2));
}
