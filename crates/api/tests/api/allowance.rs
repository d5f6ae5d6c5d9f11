//! Dossiers of the monthly allowance (B.1) as citizens send them: the real procedure, the real forms, their good examples.

use crate::desk::{does, done, see};
use crate::world::{NOW, PDF, Signed, World, hash, key};
use form::Kind;
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

pub const PROCEDURE: &str = "tro-cap-xa-hoi-hang-thang";
/// The commune that receives them.
pub const COMMUNE: &str = "19495";

/// Names and what is told for each.
type Pairs = &'static [(&'static str, &'static str)];

/// The cases of B.1 that lead to all of its templates: guiding answers, and an example for each template.
pub const CASES: [(Pairs, Pairs); 8] = [
    (&[("viec", "tro-cap"), ("cho_ai", "hiv"), ("hiv_tuoi", "nguoi-lon")], &[("nd20-1b", "ok-nguoi-lon")]),
    (&[("viec", "tro-cap"), ("cho_ai", "hiv"), ("hiv_tuoi", "tre-em")], &[("nd20-1b", "ok-tre-em")]),
    (&[("viec", "tro-cap"), ("cho_ai", "tre-em"), ("bi_bo_roi", "yes")], &[("nd20-1a", "ok-bi-bo-roi")]),
    (&[("viec", "tro-cap"), ("cho_ai", "don-than")], &[("nd20-1c", "ok-bo-don-than")]),
    (&[("viec", "tro-cap"), ("cho_ai", "cao-tuoi"), ("cao_tuoi", "k5c")], &[("nd20-1d", "ok-tren-80-tuoi")]),
    (&[("viec", "tro-cap"), ("cho_ai", "khuyet-tat"), ("muc_do", "nang")], &[("nd20-1dd", "ok-nguoi-lon")]),
    (&[("viec", "cham-soc"), ("cham_soc", "trong-nha")], &[("nd20-2a", "ok-day-du")]),
    (
        &[("viec", "cham-soc"), ("cham_soc", "nhan-cao-tuoi"), ("dang_nhan", "khong")],
        &[("nd20-2b", "ok-ba-ngoai"), ("nd20-03", "ok-nguoi-lon")],
    ),
];

fn example(form: &str, name: &str) -> Map<String, Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../forms/templates").join(form).join("examples");
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    let mut answers = read["from"].as_str().map(|from| example(form, from)).unwrap_or_default();
    answers.extend(read["answers"].as_object().unwrap().clone());
    answers.retain(|_, text| !text.as_str().unwrap().is_empty());
    answers
}

/// A filing of one of the cases. `type_in` may change what was typed: it is given the form, the place and the text.
pub fn filing(world: &World, case: usize, type_in: &mut dyn FnMut(&str, &str, &str) -> String) -> Value {
    let library = &world.app.offer.library;
    let (guiding, examples) = CASES[case];
    let mut forms = Vec::new();
    let filer = [("nguoi-nop", "ok-minh")];
    for (id, name) in examples.iter().chain(&filer) {
        let answers = if *id == "nguoi-nop" { mailed() } else { example(id, &format!("{name}.json")) };
        // What the example leaves empty is typed too, also where the page would not ask it.
        let mut answers = answers;
        for (_, question) in library.forms[*id].questions() {
            if matches!(&question.kind, Kind::Text(text) if !text.name) && !answers.contains_key(&question.id) {
                answers.insert(question.id.clone(), json!("chưa rõ"));
            }
        }
        let typed: Map<String, Value> = answers
            .iter()
            .map(|(place, text)| (place.clone(), json!(type_in(id, place, text.as_str().unwrap()))))
            .collect();
        forms.push(json!({ "form": id, "fingerprint": library.forms[*id].fingerprint(), "answers": typed }));
    }
    let case: Map<String, Value> = guiding.iter().map(|(id, value)| ((*id).to_owned(), json!(value))).collect();
    let procedure = library.procedures[PROCEDURE].fingerprint();
    json!({ "procedure": PROCEDURE, "fingerprint": procedure, "agency": COMMUNE, "case": case, "forms": forms, "papers": [] })
}

/// Somebody who files for themselves and wants to be told by mail.
fn mailed() -> Map<String, Value> {
    let answers = json!({
        "nop_cho": "minh", "ho_ten": "Hồ Thị Mừng", "dien_thoai": "0900 000 777", "cach_nhan": "truc_tuyen",
        "cach_bao": "email", "email": "hop.thu@example.vn",
    });
    answers.as_object().unwrap().clone()
}

/// Whether an answer is a free text that may hold any word, and not somebody's name.
pub fn is_free(world: &World, form: &str, place: &str) -> bool {
    let form = &world.app.offer.library.forms[form];
    let (at, part) = place.rsplit_once('.').unwrap_or((place, ""));
    let kind = |place: &str| form.question_at(place).map(|question| &question.kind);
    match kind(place) {
        Some(Kind::Text(text)) => !text.name,
        Some(_) => false,
        None => part == "detail" && matches!(kind(at), Some(Kind::Address(_))),
    }
}

/// Sends a filing with the papers it turns out to need.
pub async fn send(world: &World, number: u32, mut filing: Value, file: &str) -> String {
    for _ in 0..4 {
        let answer = world.submit(&key(number), &filing).await;
        if answer.status == 201 {
            return answer.json()["code"].as_str().unwrap().to_owned();
        }
        let problems = answer.json()["problems"].as_array().unwrap().clone();
        for problem in &problems {
            let place = problem["place"].as_str().unwrap();
            let paper = place.strip_prefix("papers/").unwrap_or_else(|| panic!("{}", answer.json()));
            // Every paper is a file of its own.
            let bytes = [PDF, paper.as_bytes()].concat();
            assert!(matches!(world.put_paper(&key(number), &hash(&bytes), &bytes).await.status.as_u16(), 200 | 201));
            let paper = json!({ "paper": paper, "sha256": hash(&bytes), "name": file, "kind": "application/pdf", "bytes": bytes.len() });
            filing["papers"].as_array_mut().unwrap().push(paper);
        }
    }
    panic!("{}", world.submit(&key(number), &filing).await.json());
}

/// Everybody at the commune in one person, signed in as of now.
pub async fn officer(world: &World, phone: u32) -> Signed {
    let roles = [Role::OneStop, Role::Specialist, Role::Leader, Role::Clerk, Role::DeskHead];
    world.officer("Hồ Thị Chuyên", &format!("09000001{phone:02}"), COMMUNE, &roles).await
}

/// Takes every dossier that waits to the stage in which it is posted; gives them as they can be posted.
pub async fn to_posting(world: &World, officer: &Signed) -> Vec<Value> {
    let mut number = 1_000;
    for _ in 0..6 {
        let queue = world.send(officer.get("/api/v1/desk/dossiers")).await.json();
        for row in queue["rows"].as_array().unwrap() {
            let id = row["id"].as_str().unwrap();
            let acts = see(world, officer, id).await["acts"].clone();
            let can = |name: &str| acts.as_array().unwrap().iter().any(|act| act == name);
            number += 1;
            if can("receive") {
                done(world, officer, id, number, json!({ "name": "receive" })).await;
            } else if can("forward") {
                done(world, officer, id, number, json!({ "name": "forward", "note": "" })).await;
            }
        }
    }
    ready(world, officer).await
}

/// The dossiers that can be posted.
pub async fn ready(world: &World, officer: &Signed) -> Vec<Value> {
    let answer = world.send(officer.get("/api/v1/desk/postings")).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["ready"].as_array().unwrap().clone()
}

/// What is asked for to post these.
pub fn picks(ready: &[Value]) -> Value {
    let pick = |one: &Value| json!({ "id": one["id"], "version": one["version"] });
    json!({ "dossiers": ready.iter().map(pick).collect::<Vec<_>>(), "seen": "" })
}

/// Looks at a list and publishes it; gives it as the public sees it.
pub async fn posted(world: &World, officer: &Signed, number: u32, ready: &[Value]) -> Value {
    let mut wanted = picks(ready);
    let preview = world.send(officer.post("/api/v1/desk/postings/preview", None, &wanted)).await;
    assert_eq!(preview.status, 200, "{}", preview.json());
    wanted["seen"] = preview.json()["seen"].clone();
    let answer = world.send(officer.post("/api/v1/desk/postings", Some(&key(number)), &wanted)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    let (shown, seen) = (answer.json(), preview.json()["posting"].clone());
    assert_eq!((&shown["lines"], &shown["not_after"]), (&seen["lines"], &seen["not_after"]), "what was seen is shown");
    shown
}

/// A list of these cases, published; with the officer who did it.
pub async fn list_of(world: &World, cases: &[usize]) -> (Signed, Value) {
    for (number, case) in (1..).zip(cases) {
        let filing = filing(world, *case, &mut |_, _, text| text.to_owned());
        send(world, number, filing, "giay.pdf").await;
    }
    let officer = officer(world, 1).await;
    let ready = to_posting(world, &officer).await;
    assert_eq!(ready.len(), cases.len());
    let list = posted(world, &officer, 500, &ready).await;
    (officer, list)
}

/// The last moment at which a list is shown.
pub fn end(list: &Value) -> Moment {
    let end = Moment(list["not_after"].as_i64().unwrap());
    assert!(end > NOW);
    end
}

/// What an act on the newest version is refused with.
pub async fn refused(world: &World, officer: &Signed, id: &str, number: u32, act: Value) -> String {
    does(world, officer, id, number, act).await.problem().1
}
