//! What a public list must never tell: of two worlds that differ only in who has HIV, the public sees the same bytes; and of
//! all that is typed into the forms of B.1, nothing but names and places comes out anywhere.

use crate::allowance::{CASES, end, filing, is_free, officer, posted, send, to_posting};
use crate::world::{NOW, World};
use api::posting::{detail, drawn};
use api::routes::postings::paper;
use api::work::person;
use form::Form;
use posting::Person;
use procedure::Filing;
use procedure::calendar::Moment;
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::{Value, json};
use std::sync::Arc;
use store::notices::About;

/// So many pairs of worlds.
const PAIRS: usize = 2_000;
const VILLAGES: [&str; 6] =
    ["Thôn Đông", "thôn  đông", "Thôn Tây, số 3", "Khu phố 4", "số 5 Trần Phú", "Thôn Nhiễm Thượng"];
const NAMES: [&str; 8] =
    ["Nguyễn Văn An", "Lê Thị Ánh", "Trần Đức", "Hồ Thị Dung", "Đỗ Ân", "Bùi Lá", "Bùi La", "Nguyễn Thị Bưởi"];

/// The filings of a person in all of the cases: the same name and the same address in each.
fn person_in(filings: &[Filing], forms: &[Vec<Arc<Form>>], case: usize, name: &str, village: &str) -> (String, String) {
    let mut filing = filings[case].clone();
    for (filled, form) in filing.forms.iter_mut().zip(&forms[case]) {
        let first =
            form.questions().find(|(_, question)| matches!(&question.kind, form::Kind::Text(text) if text.name));
        let Some((_, first)) = first else { continue };
        filled.answers.set(&first.id, name);
        for (tells, place) in form.person_at(&first.id) {
            if tells == form::person::Tells::Residence {
                for (part, text) in [("province", "44"), ("commune", "19495"), ("detail", village)] {
                    filled.answers.set(&form::answers::join(&place, part), text);
                }
            }
        }
    }
    let of = |id: &str| forms[case].iter().find(|form| form.id == id).map(|form| &**form);
    let name = person(&filing, &of);
    let detail = detail(&filing, &name, &forms[case]);
    (name, detail)
}

/// Everything the public gets of a list: JSON, page, and what the paper is laid out from.
fn shown(world: &World, people: &[(String, String)], until: Moment) -> (Vec<u8>, String, Vec<u8>) {
    let library = &world.app.offer.library;
    let office = library.agencies.on(NOW.date()).find("19495").unwrap();
    let people: Vec<Person<'_>> = people.iter().map(|(name, detail)| Person { name, detail }).collect();
    let title = &library.procedures[crate::allowance::PROCEDURE].name;
    let (mut public, _) = drawn(title, office, "xã Thử", &people, (NOW, until));
    "0".repeat(32).clone_into(&mut public.id);
    let slip = paper(&public, "1.001776", "https://motcua.example");
    (
        serde_json::to_vec(&public).unwrap(),
        plain::posting::posting(&Vec::new(), &public),
        serde_json::to_vec(&slip).unwrap(),
    )
}

#[tokio::test]
async fn worlds_that_differ_only_in_who_has_hiv_look_the_same() {
    let world = World::real().await;
    let library = &world.app.offer.library;
    let filings: Vec<Filing> = (0..CASES.len())
        .map(|case| serde_json::from_value(filing(&world, case, &mut |_, _, text| text.to_owned())).unwrap())
        .collect();
    let forms: Vec<Vec<Arc<Form>>> = filings
        .iter()
        .map(|filing| filing.forms.iter().map(|filled| Arc::new(library.forms[&filled.form].clone())).collect())
        .collect();
    // Those that apply for themselves: the two of HIV, and four others.
    let (ill, well) = ([0, 1], [2, 3, 4, 5]);
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut below = |count: usize| usize::try_from(random.next_u32()).unwrap() % count;
    let press = pdf::Press::new(&library.prints);
    let facts = pdf::Facts { procedure_code: "1.001776", agency: "UBND xã Thử", ..pdf::Facts::default() };
    let (mut sheets, mut in_village) = (0, 0);
    for pair in 0..PAIRS {
        let count = 1 + below(14);
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let (name, village) =
                (NAMES[below(NAMES.len())], VILLAGES[below(if pair % 2 == 0 { 2 } else { VILLAGES.len() })]);
            let (sick, healthy) = (ill[below(2)], well[below(4)]);
            // In both worlds some have it and some do not; for each person it is drawn anew.
            one.push(person_in(&filings, &forms, if below(2) == 0 { sick } else { healthy }, name, village));
            other.push(person_in(&filings, &forms, if below(2) == 0 { sick } else { healthy }, name, village));
        }
        let (one, other) = (shown(&world, &one, Moment(NOW.0 + 1)), shown(&world, &other, Moment(NOW.0 + 1)));
        assert_eq!(one, other, "pair {pair}");
        in_village += usize::from(one.1.contains("thôn Đông, xã Thử") || one.1.contains("thôn đông, xã Thử"));
        if pair % 500 == 0 {
            let read: wire::PublicPosting = serde_json::from_slice(&one.0).unwrap();
            let print = || press.slip(&paper(&read, "1.001776", "https://motcua.example"), &facts).unwrap();
            assert_eq!(print(), print());
            sheets += 1;
        }
    }
    assert_eq!(sheets, 4);
    assert!(in_village > 300, "villages of five and more were among them: {in_village}");
}

#[tokio::test]
async fn two_whole_services_publish_the_same_list() {
    let mut lists = Vec::new();
    for cases in [[0, 4], [5, 4], [4, 0]] {
        let world = World::real().await;
        for (number, case) in (1..).zip(cases) {
            // The first person is the same in each world; only what they have differs.
            let mut type_in = |form: &str, place: &str, text: &str| match (form, place) {
                ("nguoi-nop", _) => text.to_owned(),
                (_, "ho_ten") => if number == 1 { "Trần Thị Mai" } else { "Lê Văn Bốn" }.to_owned(),
                (_, "thuong_tru.detail") => "Thôn Trung Yên".to_owned(),
                (_, "thuong_tru.commune") => "19495".to_owned(),
                _ => text.to_owned(),
            };
            let filing = filing(&world, case, &mut type_in);
            send(&world, number, filing, "giay.pdf").await;
        }
        let officer = officer(&world, 1).await;
        let ready = to_posting(&world, &officer).await;
        assert_eq!(ready.len(), 2);
        let list = posted(&world, &officer, 500, &ready).await;
        let id = list["id"].as_str().unwrap();
        let text = async |path: String| String::from_utf8_lossy(&world.get(&path).await.body).replace(id, "ID");
        let json = text(format!("/api/v1/postings/{id}")).await;
        let page = text(format!("/niem-yet/{id}")).await;
        let pdf = world.get(&format!("/niem-yet/{id}.pdf")).await;
        assert_eq!(pdf.status, 200);
        lists.push((json, page, pdf.body, pdf.headers));
    }
    assert!(lists.windows(2).all(|two| two[0] == two[1]));
}

/// Words that say what nobody may read in public.
const NEVER: [&str; 9] = ["HIV", "AIDS", "Mẫu số", "nd20-", "khoản", "Khoản", "điểm", "hệ số", "giay-hiv"];

#[tokio::test]
async fn of_all_that_is_typed_only_name_and_place_come_out() {
    let mut world = World::real().await;
    let mut typed: Vec<String> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for case in 0..CASES.len() {
        let mut number = 0;
        let mut type_in = |form: &str, place: &str, text: &str| {
            number += 1;
            let sign = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
            let letters: String = [case, number, number / 26].map(sign).into_iter().collect();
            let question = world.app.offer.library.forms[form].question_at(place);
            let is_name = question.is_some_and(|one| matches!(&one.kind, form::Kind::Text(text) if text.name));
            let canary = if is_name {
                format!("Kanari Q{letters}")
            } else if is_free(&world, form, place) {
                format!("canary_{letters}")
            } else {
                // Numbers, dates and choices are what they are; the longer ones are looked for too.
                if text.chars().filter(char::is_ascii_digit).count() >= 8 {
                    typed.push(text.to_owned());
                    typed.push(text.replace([' ', '.'], ""));
                }
                return text.to_owned();
            };
            typed.push(canary.clone());
            canary
        };
        let filing = filing(&world, case, &mut type_in);
        let number = u32::try_from(case).unwrap() + 1;
        send(&world, number, filing, &format!("canary_giay_{case}.pdf")).await;
        typed.push(format!("canary_giay_{case}"));
    }
    typed.push("hop.thu@example.vn".to_owned());
    let officer = officer(&world, 1).await;
    let ready = to_posting(&world, &officer).await;
    assert_eq!(ready.len(), CASES.len());
    names.extend(ready.iter().map(|one| one["person"].as_str().unwrap().to_owned()));
    let list = posted(&world, &officer, 500, &ready).await;
    let id = list["id"].as_str().unwrap().to_owned();
    // Somebody objects, with canaries too.
    let form = String::from_utf8(world.get(&format!("/niem-yet/{id}/1")).await.body).unwrap();
    let key = form.split_once("name=\"key\" value=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let mut body = String::new();
    for (name, text) in [
        ("key", key.as_str()),
        ("name", "canary_objector"),
        ("contact", "canary@objector.vn"),
        ("says", "canary_words"),
    ] {
        body.push_str(&format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"));
    }
    body.push_str("--x--\r\n");
    let request = axum::http::Request::post(format!("/niem-yet/{id}/1"))
        .header("content-type", "multipart/form-data; boundary=x");
    let receipt = world.send(request.body(axum::body::Body::from(body)).unwrap()).await;
    assert_eq!(receipt.status, 200);
    typed.extend(["canary_objector", "canary@objector.vn", "canary_words"].map(str::to_owned));
    typed.retain(|text| !names.contains(text));
    assert!(typed.len() > 150, "{}", typed.len());

    let mut outputs: Vec<(String, Vec<u8>)> = vec![("receipt of an objection".to_owned(), receipt.body)];
    for path in [
        "/api/v1/postings".to_owned(),
        format!("/api/v1/postings/{id}"),
        "/niem-yet?xa=19495".to_owned(),
        format!("/niem-yet/{id}"),
        format!("/niem-yet/{id}/1"),
        format!("/niem-yet/{id}/8"),
        "/api/v1/desk/figures.csv?from=2026-11-01&until=2026-11-30".to_owned(),
    ] {
        let answer = world.send(officer.get(&path)).await;
        assert_eq!(answer.status, 200, "{path}");
        outputs.push((format!("{path} headers"), format!("{:?}", answer.headers).into_bytes()));
        outputs.push((path, answer.body));
    }
    let pdf = world.get(&format!("/niem-yet/{id}.pdf")).await;
    outputs.push(("name of the file".to_owned(), format!("{:?}", pdf.headers).into_bytes()));
    let read = lopdf::Document::load_mem(&pdf.body).unwrap();
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    let text = read.extract_text(&pages).unwrap();
    assert!(names.iter().all(|name| text.contains(name.split(' ').next().unwrap())), "the paper can be read: {text}");
    outputs.push(("paper".to_owned(), text.into_bytes()));
    outputs.push(("raw paper".to_owned(), pdf.body));
    // The notices, as they would be mailed.
    let notices = crate::notices::all(&world).await;
    assert!(notices.len() >= 2 * CASES.len(), "received and posted: {}", notices.len());
    for notice in notices {
        let About::Dossier { number, sent_at, .. } = &notice.about else { panic!("{notice:?}") };
        let words = dossier::notice::words(number.as_deref(), *sent_at, "https://motcua.example");
        outputs.push(("notice".to_owned(), words.into_bytes()));
    }
    for row in world.audit() {
        outputs.push(("audit".to_owned(), format!("{row:?}").into_bytes()));
    }
    for (what, bytes) in &outputs {
        let text = String::from_utf8_lossy(bytes);
        for word in &typed {
            assert!(!text.contains(word.as_str()), "{word} in {what}");
        }
        if what.contains("posting") || what.contains("niem-yet") || what == "paper" || what == "notice" {
            for word in NEVER {
                assert!(!text.contains(word), "{word} in {what}: {text}");
            }
        }
    }
    let page = outputs.iter().find(|(what, _)| *what == format!("/niem-yet/{id}")).unwrap();
    let page = String::from_utf8_lossy(&page.1);
    assert!(names.iter().all(|name| page.contains(name.as_str())), "the names themselves are there");
    let keys: Vec<Value> = list["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| json!(line.as_object().unwrap().keys().collect::<Vec<_>>()))
        .collect();
    assert!(keys.iter().all(|keys| *keys == json!(["line", "name", "place"])));
    // And when it has ended, not even those.
    world.keep_budgets_until(Moment(end(&list).0 + 1));
    for path in ["/api/v1/postings".to_owned(), format!("/niem-yet/{id}"), "/niem-yet?xa=19495".to_owned()] {
        let text = String::from_utf8(world.get(&path).await.body).unwrap();
        assert!(names.iter().all(|name| !text.contains(name.as_str())), "{path}");
    }
}
