//! The figures: they add up from day to day, tell nobody's name, and open in a spreadsheet.

use crate::desk::{done, office, sent};
use crate::world::{NOW, PDF, World, hash, key};
use calamine::{Data, Reader as _, Xlsx};
use procedure::Role;
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::io::Cursor;

const DAY: i64 = 86_400_000;

async fn of(world: &World, phone: &str, from: &str, until: &str) -> Value {
    let seen = world.officer("Bùi Văn Tỉnh", phone, "44", &[Role::Supervisor]).await;
    let answer = world.send(seen.get(&format!("/api/v1/desk/figures?from={from}&until={until}"))).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

fn total(figures: &Value, name: &str) -> u64 {
    figures["total"][name].as_u64().unwrap()
}

/// What came in is what went out and what is still there.
fn balanced(figures: &Value) {
    let came = total(figures, "carried_over") + total(figures, "received");
    assert_eq!(came, total(figures, "on_time") + total(figures, "late") + total(figures, "in_process"), "{figures}");
}

#[tokio::test]
async fn the_figures_of_a_day_go_on_from_the_day_before() {
    let mut world = World::new().await;
    // Sunday the 22nd: three come, two are received, one of them is asked to mend something.
    let desk = office(&world).await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(sent(&world, &desk, number).await.1);
    }
    for (number, id) in (10..).zip(&ids[..2]) {
        done(&world, &desk.one_stop, id, number, json!({ "name": "receive" })).await;
    }
    let sunday = of(&world, "0900000301", "2026-11-22", "2026-11-22").await;
    balanced(&sunday);
    assert_eq!((total(&sunday, "received"), total(&sunday, "in_process")), (2, 2));

    // Five weeks later one of them ends late, and another comes and is received.
    world.start_anew(Moment(NOW.0 + 35 * DAY));
    let specialist = world.officer("Hồ Thị Hai", "0900000302", "19351", &[Role::Specialist]).await;
    let leader = world.officer("Trần Văn Hai", "0900000303", "461", &[Role::Leader]).await;
    let one_stop = world.officer("Lê Thị Hai", "0900000304", "19351", &[Role::OneStop]).await;
    done(&world, &specialist, &ids[0], 20, json!({ "name": "forward", "note": "" })).await;
    assert_eq!(world.put_paper(&key(21), &hash(PDF), PDF).await.status, 201);
    let result = json!({ "name": "attach-result", "number": "1/QĐ", "sha256": hash(PDF), "file": "a.pdf" });
    done(&world, &leader, &ids[0], 21, result).await;
    done(&world, &leader, &ids[0], 22, json!({ "name": "forward", "note": "" })).await;
    done(&world, &one_stop, &ids[0], 23, json!({ "name": "hand-over" })).await;
    done(&world, &one_stop, &ids[2], 24, json!({ "name": "receive" })).await;
    let day = of(&world, "0900000305", "2026-12-27", "2026-12-27").await;
    balanced(&day);
    assert_eq!(total(&day, "carried_over"), total(&sunday, "in_process"));
    assert_eq!((total(&day, "received"), total(&day, "late"), total(&day, "on_time")), (1, 1, 0));
    assert_eq!((total(&day, "in_process"), total(&day, "overdue")), (2, 2), "the new one was sent five weeks ago too");
    let both = of(&world, "0900000306", "2026-11-22", "2026-12-27").await;
    balanced(&both);
    assert_eq!((total(&both, "carried_over"), total(&both, "received")), (0, 3));
    // A period that is over is told as it was then.
    let again = of(&world, "0900000307", "2026-11-22", "2026-11-22").await;
    assert_eq!(again, sunday);
}

#[tokio::test]
async fn each_sees_their_own_unit_and_below_and_nobodys_name() {
    let world = World::new().await;
    let desk = office(&world).await;
    let id = sent(&world, &desk, 1).await.1;
    done(&world, &desk.one_stop, &id, 2, json!({ "name": "receive" })).await;
    for (phone, unit, role, rows) in [
        ("0900000311", "44", Role::Supervisor, 1),
        ("0900000312", "461", Role::Leader, 1),
        ("0900000313", "462", Role::Leader, 0),
        ("0900000314", "19351", Role::DeskHead, 1),
        ("0900000315", "19352", Role::DeskHead, 0),
    ] {
        let officer = world.officer("Người Xem", phone, unit, &[role]).await;
        let query = "?from=2026-11-22&until=2026-11-22";
        let told = world.send(officer.get(&format!("/api/v1/desk/figures{query}"))).await;
        assert_eq!(told.json()["rows"].as_array().unwrap().len(), rows, "{unit}");
        let csv = world.send(officer.get(&format!("/api/v1/desk/figures.csv{query}"))).await;
        let text = String::from_utf8(csv.body).unwrap();
        assert!(text.starts_with('\u{feff}') && text.lines().count() == rows + 2, "{text}");
        assert!(!text.contains("Lộc Vừng"));
        let book = world.send(officer.get(&format!("/api/v1/desk/figures.xlsx{query}"))).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.body)).unwrap();
        let sheet = book.worksheet_range("Số liệu").unwrap();
        let last = sheet.rows().next_back().unwrap();
        assert_eq!(last[0], Data::String("Tổng cộng".to_owned()));
        assert_eq!(last[3], Data::Float(rows as f64), "received");
    }
    let officer = world.officer("Người Xem", "0900000316", "44", &[Role::Supervisor]).await;
    for wrong in [
        "",
        "?from=2026-11-22",
        "?from=2026-11-23&until=2026-11-22",
        "?from=x&until=y",
        "?from=1900-01-01&until=2026-11-22",
    ] {
        let answer = world.send(officer.get(&format!("/api/v1/desk/figures{wrong}"))).await;
        assert_eq!(answer.problem(), (400, "queue-unreadable".to_owned()), "{wrong}");
    }
}

/// Name, on time, late, holding, overdue.
fn lines(figures: &Value) -> Vec<(String, [u64; 4])> {
    let rows = figures["rows"].as_array().unwrap().iter();
    let numbers = |row: &Value| ["on_time", "late", "holding", "overdue"].map(|name| row[name].as_u64().unwrap());
    rows.map(|row| (row["officer"].as_str().unwrap().to_owned(), numbers(row))).collect()
}

#[tokio::test]
async fn what_each_officer_has_done_is_told_to_whoever_looks_after_them() {
    let mut world = World::new().await;
    let desk = office(&world).await;
    let (first, second) = (sent(&world, &desk, 1).await.1, sent(&world, &desk, 2).await.1);
    for (number, id) in [(10, &first), (11, &second)] {
        done(&world, &desk.one_stop, id, number, json!({ "name": "receive" })).await;
    }
    // The same act under its key once more counts once.
    let again = json!({ "version": 1, "act": { "name": "receive" } });
    let path = format!("/api/v1/desk/dossiers/{first}/acts");
    assert_eq!(world.send(desk.one_stop.post(&path, Some(&key(10)), &again)).await.status, 200);
    done(&world, &desk.specialist, &first, 12, json!({ "name": "claim" })).await;
    let query = "from=2026-11-22&until=2026-11-22";
    let seen = world.officer("Người Xem", "0900000331", "19351", &[Role::DeskHead]).await;
    let told = world.send(seen.get(&format!("/api/v1/desk/figures/officers?{query}"))).await.json();
    let expected = [("Hồ Thị Chuyên", [0, 0, 1, 0]), ("Lê Thị Hiền", [2, 0, 0, 0])];
    assert_eq!(lines(&told), expected.map(|(name, numbers)| (name.to_owned(), numbers)));

    // Weeks later what is held is late, and so is the turn that is done then.
    world.start_anew(Moment(NOW.0 + 35 * DAY));
    let seen = world.officer("Người Xem", "0900000332", "19351", &[Role::DeskHead]).await;
    let day = "from=2026-12-27&until=2026-12-27";
    let before = world.send(seen.get(&format!("/api/v1/desk/figures/officers?{day}"))).await.json();
    assert_eq!(lines(&before), [("Hồ Thị Chuyên".to_owned(), [0, 0, 1, 1])]);
    let specialist = world.officer("Đặng Thị Hai", "0900000333", "19351", &[Role::Specialist]).await;
    done(&world, &specialist, &second, 20, json!({ "name": "forward", "note": "" })).await;
    let after = world.send(seen.get(&format!("/api/v1/desk/figures/officers?{day}"))).await.json();
    assert_eq!(lines(&after)[0], ("Hồ Thị Chuyên".to_owned(), [0, 0, 1, 1]));
    assert_eq!(lines(&after)[1], ("Đặng Thị Hai".to_owned(), [0, 1, 0, 0]));

    let csv = world.send(seen.get(&format!("/api/v1/desk/figures/officers.csv?{day}"))).await;
    let text = String::from_utf8(csv.body).unwrap();
    assert!(text.contains("UBND xã Thử,Đặng Thị Hai,0,1,0,0"), "{text}");
    let book = world.send(seen.get(&format!("/api/v1/desk/figures/officers.xlsx?{day}"))).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.body)).unwrap();
    assert_eq!(book.worksheet_range("Số liệu").unwrap().rows().count(), 2 + 3);
    // A neighbour's head sees none of it.
    let other = world.officer("Người Khác", "0900000334", "19352", &[Role::DeskHead]).await;
    let none = world.send(other.get(&format!("/api/v1/desk/figures/officers?{day}"))).await.json();
    assert_eq!(none["rows"], json!([]));
}
