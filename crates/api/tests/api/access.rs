//! Every route of the API as every kind of actor in every relation to what it touches, against a table of expectations
//! that was written by hand. A route that the table does not name fails the test.

use crate::consents::filer;
use crate::world::{Answer, NOW, PDF, Signed, World, hash, key};
use account::Absence;
use axum::body::Body;
use axum::http::{Method, Request};
use procedure::{OfficerId, Role};
use serde_json::{Value, json};
use store::DraftKey;
use store::absences::{AbsenceSaved, NewAbsence};
use store::petitions::{NewPetition, PetitionSaved};

/// The one absence there is.
const ABSENCE: [u8; 16] = [7; 16];
/// The one petition there is, of the same unit.
const PETITION: [u8; 16] = [6; 16];

/// What an actor is answered: let in, sent to sign in, or told that there is nothing.
const EXPECTED: &str = include_str!("access.tsv");

/// Who asks: a name, and where they are officers in which role.
const ACTORS: [(&str, &str, Role); 14] = [
    ("one-stop", "19351", Role::OneStop),
    ("desk-head", "19351", Role::DeskHead),
    ("specialist", "19351", Role::Specialist),
    ("clerk", "19351", Role::Clerk),
    ("leader", "19351", Role::Leader),
    ("neighbour", "19352", Role::OneStop),
    ("far", "19353", Role::OneStop),
    ("district-leader", "461", Role::Leader),
    ("district-specialist", "461", Role::Specialist),
    ("other-district", "462", Role::Leader),
    ("province-supervisor", "44", Role::Supervisor),
    ("province-admin", "44", Role::Administrator),
    ("district-admin", "461", Role::Administrator),
    ("other-admin", "462", Role::Administrator),
];

/// The address with its places filled: the dossier, the officer and the paper that all of them ask for.
fn address(path: &str, dossier: &str, officer: &str) -> String {
    let id = if path.starts_with("/api/v1/officers") { officer } else { dossier };
    let absence = store::hex(&ABSENCE);
    let petition = store::hex(&PETITION);
    let id = if path.starts_with("/api/v1/absences") { &absence } else { id };
    let id = if path.starts_with("/api/v1/desk/petitions") { &petition } else { id };
    path.replace("{id}", id)
        .replace("{sha256}", &hash(PDF))
        .replace("{number}", "1")
        .replace("parcels/labels", &format!("parcels/labels?of={dossier}.result"))
        .replace("{parcel}", "result")
        .replace("{order}", "01234567890123456789")
        .replace("slips/{name}", "slips/control")
        .replace("{name}", "reply")
        .replace("{fingerprint}", &"0".repeat(64))
}

fn body(method: &str, path: &str, officer: &str, dossier: &str) -> Value {
    match (method, path) {
        (_, "/api/v1/absences") => {
            json!({ "officer": officer, "delegate": officer, "from": "2026-11-23", "until": "2026-11-24" })
        }
        ("POST", path) if path.starts_with("/api/v1/desk/postings") => {
            json!({ "dossiers": [{ "id": dossier, "version": 1 }], "seen": "" })
        }
        (_, path) if path.ends_with("/parcels/{parcel}") => {
            json!({ "version": 1, "step": { "name": "posted", "number": "CP123456789VN" } })
        }
        (_, "/api/v1/desk/petitions/{id}/acts") => json!({ "version": 0, "act": { "name": "receive" } }),
        (_, path) if path.ends_with("/acts") => json!({ "version": 1, "act": { "name": "claim" } }),
        ("POST", "/api/v1/officers") => json!({ "rows": [] }),
        ("PUT", "/api/v1/officers/{id}") => json!({ "unit": "19351", "roles": ["clerk"], "enabled": true }),
        _ => json!({}),
    }
}

fn request(method: &str, path: &str, body: &Value, number: u32) -> Request<Body> {
    let request = Request::builder().method(Method::try_from(method).unwrap()).uri(path);
    let request = request.header("content-type", "application/json").header("idempotency-key", key(number));
    request.body(Body::from(body.to_string())).unwrap()
}

/// How an answer looks from outside.
fn kind(answer: &Answer) -> &'static str {
    match answer.status.as_u16() {
        401 => "sign-in",
        403 => "other-site",
        404 => "nothing",
        409 if answer.problem().1 == "act-not-now" => "not-theirs-to-do",
        _ => "in",
    }
}

#[tokio::test]
async fn every_route_answers_every_actor_as_the_table_says() {
    let document: Value = {
        let world = World::new().await;
        world.get("/api/v1/openapi.json").await.json()
    };
    let mut routes: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        routes.extend(methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
    }
    let guarded = |path: &str| {
        ["/api/v1/desk", "/api/v1/officers", "/api/v1/absences"].iter().any(|start| path.starts_with(start))
    };
    let open = ["/api/v1/officers/sign-in", "/api/v1/officers/first", "/api/v1/officers/first/finish"];
    let mut lines: Vec<String> = Vec::new();
    for (method, path) in routes.iter().filter(|(_, path)| guarded(path) && !open.contains(&path.as_str())) {
        let mut told = Vec::new();
        let (mut world, mut dossier, mut officer) = prepared().await;
        for (number, (name, unit, role)) in ACTORS.into_iter().enumerate() {
            // What one changes must not be met by the next: only those who look share a world.
            if number > 0 && method != "GET" {
                (world, dossier, officer) = prepared().await;
            }
            let phone = format!("09000002{number:02}");
            let actor = world.officer("Người Thử Quyền", &phone, unit, &[role]).await;
            let body = body(method, path, &officer.id, &dossier);
            let asked = request(method, &address(path, &dossier, &officer.id), &body, 99);
            let answer = world.send(actor.with(asked)).await;
            assert!(!answer.status.is_server_error(), "{method} {path} as {name}: {:?}", answer.status);
            told.push(kind(&answer));
        }
        let (world, dossier, officer) = prepared().await;
        let address = address(path, &dossier, &officer.id);
        let nobody = world.send(request(method, &address, &body(method, path, &officer.id, &dossier), 98)).await;
        let unmarked = method != "GET";
        // Without a session, and with the header that other sites' forms cannot send left out.
        assert_eq!(kind(&nobody), if unmarked { "other-site" } else { "sign-in" }, "{method} {path}");
        let mut stranger = request(method, &address, &body(method, path, &officer.id, &dossier), 97);
        stranger.headers_mut().insert("x-req", "1".parse().unwrap());
        assert_eq!(kind(&world.send(stranger).await), "sign-in", "{method} {path}");
        lines.push(format!("{method}\t{path}\t{}", told.join("\t")));
    }
    lines.sort();
    let head = format!("method\tpath\t{}", ACTORS.map(|(name, ..)| name).join("\t"));
    let found = format!("{head}\n{}\n", lines.join("\n"));
    if std::env::var_os("SHOW_ACCESS").is_some() {
        println!("{found}");
    }
    for (found, expected) in found.lines().zip(EXPECTED.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), EXPECTED.lines().count());
}

/// A dossier that waits at the commune's desk, with a paper, filed for its owner by their consent; and the commune's own officer.
async fn prepared() -> (World, String, Signed) {
    let world = World::new().await;
    let officer = world.officer("Lê Thị Hiền", "0900000123", "19351", &[Role::OneStop]).await;
    assert_eq!(world.put_paper(&key(1), &hash(PDF), PDF).await.status, 201);
    let mut filing = world.filing_with_paper();
    filing["forms"][1]["answers"]["nop_cho"] = json!("ho");
    let sent = filer(&world).await.post("/api/v1/dossiers", Some(&key(1)), &filing);
    assert_eq!(world.send(sent).await.status, 201);
    let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
    let dossier = queue["rows"][0]["id"].as_str().unwrap().to_owned();
    let delegate = world.officer("Võ Thị Thay", "0900000129", "19351", &[Role::Specialist]).await;
    let id = |officer: &Signed| OfficerId::read(&officer.id).unwrap();
    let day = NOW.date();
    let absence = Absence {
        id: ABSENCE,
        officer: id(&officer),
        delegate: id(&delegate),
        unit: "19351".to_owned(),
        from: day,
        until: day,
    };
    let new = NewAbsence { key: DraftKey([1; 16]), body_hash: [1; 32], absence, by: id(&officer), now: NOW };
    assert_eq!(world.app.store.add_absence(new).await.unwrap(), AbsenceSaved::New);
    let of_petition = format!("{0}-{1}-{1}-{1}-{0}{1}", "02020202", "0202");
    assert_eq!(world.put_paper(&of_petition, &hash(PDF), PDF).await.status, 201);
    assert_eq!(world.app.store.save_petition(petition(&world)).await.unwrap(), PetitionSaved::New);
    (world, dossier, officer)
}

/// A petition that was sent to the commune, with the dossier's own paper for its photograph.
fn petition(world: &World) -> NewPetition {
    let typed = petition::Typed {
        field: "khac".to_owned(),
        unit: "19351".to_owned(),
        says: "Cửa hỏng".to_owned(),
        ..petition::Typed::default()
    };
    let mut petition = api::petitions::read(&world.app, &typed).unwrap();
    let photo = petition::Photo { sha256: hash(PDF), kind: "application/pdf".to_owned(), bytes: PDF.len() as u64 };
    petition.photos.push(photo);
    let library = &world.app.offer.library;
    let course = petition::course(&world.app.offer.petitions, &library.calendar, &library.hours, (NOW, "19351"), &[]);
    let (key, id) = (DraftKey([2; 16]), petition::PetitionId(PETITION));
    NewPetition { key, body_hash: [2; 32], id, code_hash: [2; 32], citizen: None, sent_at: NOW, petition, course }
}

#[tokio::test]
async fn what_is_not_theirs_looks_like_what_does_not_exist() {
    let (world, dossier, _) = prepared().await;
    let stranger = world.officer("Người Xa", "0900000128", "19353", &[Role::OneStop]).await;
    let nobody = "01a2008d-7400-7fff-bfff-000000000000";
    for tail in ["", "/forms/1/pdf", "/slips/control", "/drafts/reply", "/drafts/reply.rtf"] {
        let there = world.send(stranger.get(&format!("/api/v1/desk/dossiers/{dossier}{tail}"))).await;
        for missing in [nobody, "x", "0"] {
            let gone = world.send(stranger.get(&format!("/api/v1/desk/dossiers/{missing}{tail}"))).await;
            assert_eq!(there, gone, "{tail}");
        }
    }
    let act = json!({ "version": 1, "act": { "name": "claim" } });
    let post = |id: &str| stranger.post(&format!("/api/v1/desk/dossiers/{id}/acts"), Some(&key(5)), &act);
    assert_eq!(world.send(post(&dossier)).await, world.send(post(nobody)).await);
}

#[tokio::test]
async fn another_sites_page_can_do_nothing() {
    let (world, dossier, officer) = prepared().await;
    let path = format!("/api/v1/desk/dossiers/{dossier}/acts");
    let act = json!({ "version": 1, "act": { "name": "receive" } });
    let with = |headers: &[(&'static str, &'static str)]| {
        let mut request = officer.post(&path, Some(&key(7)), &act);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        request
    };
    let mut bare = with(&[]);
    bare.headers_mut().remove("x-req");
    for (what, request, status) in [
        ("no header of our own", bare, 403),
        ("another origin", with(&[("origin", "https://evil.example"), ("host", "motcua.example")]), 403),
        ("another site", with(&[("sec-fetch-site", "cross-site")]), 403),
        ("a form", with(&[("content-type", "application/x-www-form-urlencoded")]), 415),
        ("plain text", with(&[("content-type", "text/plain")]), 415),
    ] {
        assert_eq!(world.send(request).await.status.as_u16(), status, "{what}");
    }
    assert_eq!(world.send(with(&[("sec-fetch-site", "same-origin")])).await.status, 200);
}

#[tokio::test]
async fn the_table_of_access_names_every_route_and_no_other() {
    let world = World::new().await;
    assert_eq!(api::access::check(&api::routes::document(&world.app)), Ok(()));
    let mut document = api::routes::document(&world.app);
    let moved = document.paths.paths.remove("/api/v1/track").unwrap();
    document.paths.paths.insert("/api/v1/spur".to_owned(), moved);
    let wrong = api::access::check(&document).unwrap_err();
    assert!(wrong.contains("POST /api/v1/spur has no line") && wrong.contains("there is no POST /api/v1/track"));
}
