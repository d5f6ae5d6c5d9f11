//! The papers of the desk over the API: which can be printed when, what they say, and to whom nothing is said.

use crate::desk::{Office, done, office, see, sent};
use crate::print::text;
use crate::world::{Answer, NOW, Signed, World, key};
use axum::http::header;
use procedure::Role;
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};

const NUMBER: &str = "H50.193.51-261123-0001";

/// Monday, 23 November 2026, 08:05 in Việt Nam.
const MONDAY: Moment = Moment(NOW.0 + DAY_MS - 6 * 3_600_000);

async fn print(world: &World, officer: &Signed, id: &str, name: &str) -> Answer {
    world.send(officer.get(&format!("/api/v1/desk/dossiers/{id}/slips/{name}"))).await
}

/// The words of a paper that must be there.
async fn paper(world: &World, officer: &Signed, id: &str, name: &str) -> String {
    let answer = print(world, officer, id, name).await;
    assert_eq!(answer.status, 200, "{:?}", String::from_utf8_lossy(&answer.body));
    text(&answer.body)
}

fn holds(paper: &str, said: &[&str]) {
    for said in said {
        let said: String = said.chars().filter(|sign| !sign.is_whitespace()).collect();
        assert!(paper.contains(&said), "{said}: {paper}");
    }
}

/// A dossier that was sent on Sunday, and the office on Monday morning.
async fn on_monday(world: &mut World) -> (Office, String) {
    assert_eq!(world.submit(&key(1), &world.filing()).await.status, 201);
    world.keep_budgets_until(MONDAY);
    let office = office(world).await;
    let queue = world.send(office.one_stop.get("/api/v1/desk/dossiers")).await.json();
    (office, queue["rows"][0]["id"].as_str().unwrap().to_owned())
}

async fn received(world: &mut World) -> (Office, String) {
    let (office, id) = on_monday(world).await;
    done(world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    (office, id)
}

#[tokio::test]
async fn a_receipt_has_number_appointment_and_name_once_it_was_received() {
    let mut world = World::new().await;
    let (office, id) = on_monday(&mut world).await;
    assert_eq!(see(&world, &office.one_stop, &id).await["slips"], json!(["control"]));
    for name in ["receipt", "supplement", "refusal", "apology", "register", "Control", "x"] {
        let answer = print(&world, &office.one_stop, &id, name).await;
        assert_eq!(answer.problem(), (404, "dossier-unknown".to_owned()), "{name}");
    }

    let seen = done(&world, &office.one_stop, &id, 2, json!({ "name": "receive" })).await;
    assert_eq!(seen["slips"], json!(["receipt", "control"]));
    let due = Moment(seen["due"]["at"].as_i64().unwrap());
    let answer = print(&world, &office.one_stop, &id, "receipt").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"phieu.pdf\"");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let ((hour, minute), date) = (due.clock(), due.date());
    let appointment =
        format!("{hour:02} giờ {minute:02} phút, ngày {:02} tháng {} năm {}", date.day, date.month, date.year);
    holds(
        &text(&answer.body),
        &[
            NUMBER,
            "Tiếp nhận hồ sơ của: Nguyễn Thị Lộc Vừng",
            "thôn Thử",
            "0900 000 123",
            "3 ngày làm việc",
            "08 giờ 05 phút, ngày 23 tháng 11 năm 2026",
            &appointment,
            "Tờ khai thử",
            "Lê Thị Hiền",
        ],
    );
    let read = |act: &str| world.audit().iter().filter(|(known, subject, _)| known == act && *subject == id).count();
    let before = read("dossier-read");
    paper(&world, &office.one_stop, &id, "receipt").await;
    assert_eq!(read("dossier-read"), before + 1, "printing is reading");
}

#[tokio::test]
async fn a_supplement_says_what_to_mend_also_when_it_was_mended_long_ago() {
    let mut world = World::new().await;
    let (office, id) = received(&mut world).await;
    let items = json!([
        { "place": "thu/noi_o", "says": "Ghi rõ số nhà" },
        { "place": "paper/giay-thu", "says": "Chụp lại cho rõ" },
    ]);
    let ask = json!({ "name": "ask-supplement", "supplement": { "items": items, "note": "Chưa đủ căn cứ" } });
    let seen = done(&world, &office.specialist, &id, 3, ask).await;
    assert_eq!(seen["slips"], json!(["receipt", "supplement", "control"]));
    let said = paper(&world, &office.one_stop, &id, "supplement").await;
    holds(
        &said,
        &[
            NUMBER,
            "Tờ khai thử: Nơi ở",
            "Ghi rõ số nhà",
            "Giấy thử",
            "Chụp lại cho rõ",
            "Chưa đủ căn cứ",
            "Hồ Thị Chuyên",
        ],
    );
    assert!(!said.contains("noi_o"), "{said}");
}

#[tokio::test]
async fn a_refusal_has_its_reason_and_who_decided() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    done(&world, &office.one_stop, &id, 2, json!({ "name": "propose-refusal", "reason": "Không thuộc xã" })).await;
    assert_eq!(print(&world, &office.head, &id, "refusal").await.status, 404, "nothing is decided yet");
    let reason = "Nơi ở không thuộc địa bàn";
    let over = done(&world, &office.head, &id, 3, json!({ "name": "refuse", "reason": reason })).await;
    assert_eq!(over["slips"], json!(["refusal", "control"]));
    let said = paper(&world, &office.head, &id, "refusal").await;
    holds(&said, &["Nguyễn Thị Lộc Vừng", reason, "Phan Văn Trưởng", "14 giờ 05 phút, ngày 22 tháng 11 năm 2026"]);
    holds(&paper(&world, &office.head, &id, "control").await, &["UBND xã Thử (Phan Văn Trưởng)", "Người nộp hồ sơ"]);
}

#[tokio::test]
async fn an_apology_has_both_dates_and_the_sheet_every_hand_over() {
    let mut world = World::new().await;
    let (office, id) = received(&mut world).await;
    let moment = |seen: &Value| {
        let date = Moment(seen["due"]["at"].as_i64().unwrap()).date();
        format!("ngày {:02} tháng {} năm {}", date.day, date.month, date.year)
    };
    let before = moment(&see(&world, &office.one_stop, &id).await);
    let extend = json!({ "name": "extend", "quarter_days": 8, "reason": "Mưa lũ, chưa xác minh được" });
    let seen = done(&world, &office.head, &id, 3, extend).await;
    assert_eq!(seen["slips"], json!(["receipt", "apology", "control"]));
    let said = paper(&world, &office.head, &id, "apology").await;
    holds(&said, &[NUMBER, "Nguyễn Thị Lộc Vừng", "Mưa lũ, chưa xác minh được", &before, &moment(&seen)]);
    assert_ne!(before, moment(&seen));

    // A week later the specialist is past the time of the stage.
    world.keep_budgets_until(Moment(MONDAY.0 + 7 * DAY_MS));
    let office = Office {
        specialist: world.officer("Hồ Thị Hai", "0900000131", "19351", &[Role::Specialist]).await,
        ..office
    };
    done(&world, &office.specialist, &id, 4, json!({ "name": "forward", "note": "Đủ điều kiện" })).await;
    let said = paper(&world, &office.specialist, &id, "control").await;
    holds(
        &said,
        &[
            NUMBER,
            "1. Giao: Người nộp hồ sơ",
            "2. Nhận: UBND xã Thử (Lê Thị Hiền)",
            "2. Nhận: UBND xã Thử (Hồ Thị Hai)",
            "1. Giao: UBND xã Thử (Hồ Thị Hai)",
            "2. Nhận: UBND huyện Thử",
            "08 giờ 05 phút, ngày 30 tháng 11 năm 2026",
            "Quá hạn",
            "Đúng hạn",
        ],
    );
    // The head of the table writes it small.
    assert_eq!(said.matches("Quáhạn").count(), 1, "{said}");
}

#[tokio::test]
async fn a_stranger_learns_nothing_from_a_paper_of_the_desk() {
    let mut world = World::new().await;
    let (_, id) = received(&mut world).await;
    let stranger = world.officer("Người Xa", "0900000128", "19353", &[Role::OneStop]).await;
    let nobody = "01a2008d-7400-7fff-bfff-000000000000";
    for name in ["receipt", "control", "apology", "x"] {
        let there = print(&world, &stranger, &id, name).await;
        assert_eq!(there, print(&world, &stranger, nobody, name).await, "{name}");
        assert_eq!(there.problem(), (404, "dossier-unknown".to_owned()), "{name}");
    }
}

#[tokio::test]
async fn the_register_has_a_row_for_each_dossier_that_the_unit_received_in_those_days() {
    let mut world = World::new().await;
    let (office, _) = received(&mut world).await;
    assert_eq!(world.submit(&key(9), &world.filing()).await.status, 201);
    let path = "/api/v1/desk/register?from=2026-11-23&until=2026-11-23";
    let answer = world.send(office.one_stop.get(path)).await;
    assert_eq!(answer.status, 200, "{:?}", String::from_utf8_lossy(&answer.body));
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"so-theo-doi.pdf\"");
    let said = text(&answer.body);
    holds(&said, &["SỔ THEO DÕI HỒ SƠ", NUMBER, "Nguyễn Thị Lộc Vừng", "0900 000 123", "UBND huyện Thử", "26/11/2026"]);
    assert_eq!(said.matches("LộcVừng").count(), 1, "what was not received yet is not in it: {said}");
    let read = |rows: &[(String, String, String)]| {
        rows.iter().filter(|(act, subject, _)| act == "register-read" && subject == "19351").count()
    };
    assert_eq!(read(&world.audit()), 1);

    for days in ["from=2026-11-22&until=2026-11-22", "from=2026-11-24&until=2026-11-30"] {
        let empty = world.send(office.one_stop.get(&format!("/api/v1/desk/register?{days}"))).await;
        assert!(empty.status == 200 && !text(&empty.body).contains("LộcVừng"), "{days}");
    }
    let stranger = world.officer("Người Xa", "0900000128", "19353", &[Role::OneStop]).await;
    let theirs = world.send(stranger.get(path)).await;
    assert!(theirs.status == 200 && !text(&theirs.body).contains("LộcVừng"));
    for wrong in ["", "?from=2026-11-23", "?from=x&until=2026-11-23", "?from=2026-11-23&until=2026-13-01"] {
        let answer = world.send(office.one_stop.get(&format!("/api/v1/desk/register{wrong}"))).await;
        assert_eq!(answer.problem(), (400, "queue-unreadable".to_owned()), "{wrong}");
    }
}

#[tokio::test]
async fn a_draft_is_marked_as_one_and_can_be_edited() {
    let world = World::new().await;
    let office = office(&world).await;
    let (_, id) = sent(&world, &office, 1).await;
    let seen = crate::desk::see(&world, &office.one_stop, &id).await;
    assert_eq!(seen["drafts"], json!(["reply"]), "an answer in writing can be had of every procedure");
    let path = format!("/api/v1/desk/dossiers/{id}/drafts");
    let paper = world.send(office.one_stop.get(&format!("{path}/reply"))).await;
    assert_eq!((paper.status.as_u16(), &paper.body[..5]), (200, b"%PDF-".as_slice()));
    assert_eq!(paper.headers["content-disposition"], "attachment; filename=\"du-thao.pdf\"");
    let text = world.send(office.one_stop.get(&format!("{path}/reply.rtf"))).await;
    assert_eq!(text.headers["content-disposition"], "attachment; filename=\"du-thao.rtf\"");
    assert_eq!(text.headers["cache-control"], "no-store");
    let text = String::from_utf8(text.body).unwrap();
    assert!(text.starts_with("{\\rtf1") && text.contains("D\\u7920? TH\\u7842?O"), "it says that it is a draft");
    assert!(text.contains("L\\u7897?c V\\u7915?ng"), "it is filled from the dossier");
    for none in ["decision", "letter", "reply.pdf", "../slips/control", ""] {
        assert_eq!(world.send(office.one_stop.get(&format!("{path}/{none}"))).await.status, 404, "{none}");
    }
    let reads = world.audit().iter().filter(|(act, subject, _)| act == "dossier-read" && *subject == id).count();
    assert!(reads >= 3, "each reading is on record");
}
