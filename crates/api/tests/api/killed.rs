//! The desk's server killed in the middle of acts: none is lost that was acknowledged, none is done twice, and each has its
//! row in the audit, whose checkpoints show what is cut off or written anew.

use crate::outside::{Server, body, send};
use crate::world::{forms_folder, key};
use account::Authenticator;
use api::offer::Offer;
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DOSSIERS: u32 = 80;

fn motcua(args: &[&str], data: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_motcua")).args(args).arg("--data").arg(data).output().unwrap()
}

/// Makes a one-stop officer on the machine; gives the token of their link.
fn officer(data: &Path) -> String {
    let list = data.join("danh-sach.csv");
    std::fs::create_dir_all(data).unwrap();
    let rows = "Họ tên;CCCD;Điện thoại;Đơn vị\nLê Thị Hiền;000162000017;0900000123;UBND xã Thử\n";
    std::fs::write(&list, rows).unwrap();
    let forms = forms_folder();
    let made = motcua(&["officers", "--forms", forms.to_str().unwrap(), list.to_str().unwrap()], data);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().trim().rsplit('#').next().unwrap().to_owned()
}

fn base32(text: &str) -> [u8; 20] {
    let bits: String =
        text.chars().map(|sign| format!("{:05b}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(sign).unwrap())).collect();
    let bytes: Vec<u8> = (0..20).map(|place| u8::from_str_radix(&bits[place * 8..place * 8 + 8], 2).unwrap()).collect();
    bytes.try_into().unwrap()
}

/// Uses the link; gives the session's cookie.
fn signed_in(server: &Server, token: &str) -> String {
    let opened = json!({ "token": token }).to_string();
    let (status, _, answer) = send(&server.address, "POST", "/api/v1/officers/first", &[], &opened).unwrap();
    assert_eq!(status, 200);
    let secret: Value = serde_json::from_slice(&answer).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let app = Authenticator::new(&base32(secret["secret"].as_str().unwrap()));
    let code = app.code(Moment(i64::try_from(now).unwrap()));
    let finish = json!({ "token": token, "password": "con bò vàng qua suối", "code": code }).to_string();
    let (status, head, _) = send(&server.address, "POST", "/api/v1/officers/first/finish", &[], &finish).unwrap();
    assert_eq!(status, 200);
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    // Names of cookies keep their letters; the head was read in small ones.
    cookie.split(';').next().unwrap().replace("__host-", "__Host-")
}

fn ids(server: &Server, cookie: &str) -> Vec<String> {
    let (mut ids, mut path) = (Vec::new(), "/api/v1/desk/dossiers".to_owned());
    loop {
        let (_, _, page) = send(&server.address, "GET", &path, &[("cookie", cookie)], "").unwrap();
        let page: Value = serde_json::from_slice(&page).unwrap();
        ids.extend(page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/desk/dossiers?after={next}"),
            None => return ids,
        }
    }
}

/// Receives a dossier under its own key; its number, once that is acknowledged.
fn receive(address: &str, cookie: &str, id: &str, number: u32) -> Option<String> {
    let (path, key) = (format!("/api/v1/desk/dossiers/{id}/acts"), key(1_000 + number));
    let headers = [("cookie", cookie), ("x-req", "1"), ("idempotency-key", &key)];
    let act = json!({ "version": 1, "act": { "name": "receive" } }).to_string();
    let (status, _, answer) = send(address, "POST", &path, &headers, &act)?;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["version"], 2);
    Some(answer["number"].as_str().unwrap().to_owned())
}

#[test]
fn acts_survive_being_killed_and_are_done_once_each_with_its_row_in_the_audit() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let token = officer(&data);
    let server = Server::start(&data);
    let cookie = signed_in(&server, &token);
    let offer = Offer::read(&forms_folder()).unwrap();
    for number in 0..DOSSIERS {
        let key = key(number);
        let headers = [("idempotency-key", key.as_str())];
        let sent = send(&server.address, "POST", "/api/v1/dossiers", &headers, &body(&offer, number, 0)).unwrap();
        assert_eq!(sent.0, 201);
    }
    let ids = ids(&server, &cookie);
    assert_eq!(ids.len(), DOSSIERS as usize);
    server.kill();

    let mut numbers: Vec<Option<String>> = vec![None; ids.len()];
    for round in 0..200_u64 {
        let server = Server::start(&data);
        let next = AtomicU32::new(0);
        let done: Vec<(u32, String)> = std::thread::scope(|scope| {
            let officers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let mut done = Vec::new();
                        while let number = next.fetch_add(1, Ordering::Relaxed)
                            && let Some(id) = ids.get(number as usize)
                        {
                            match receive(&server.address, &cookie, id, number) {
                                Some(told) => done.push((number, told)),
                                None => break,
                            }
                        }
                        done
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_millis(15 + 10 * round));
            server.kill_now();
            officers.into_iter().flat_map(|officer| officer.join().unwrap()).collect()
        });
        for (number, told) in done {
            let before = numbers[number as usize].get_or_insert(told.clone());
            assert_eq!(*before, told, "the same act is answered the same");
        }
        drop(server);
        if numbers.iter().all(Option::is_some) {
            break;
        }
    }
    let distinct: BTreeSet<&String> = numbers.iter().flatten().collect();
    assert_eq!(distinct.len(), ids.len(), "each has a number of its own");
    let report = store::Report::of(&data).unwrap();
    assert!(report.is_well(), "{report:?}");
    let rows: Vec<_> = store::with_audit(&data, |rows, _| rows.collect()).unwrap();
    for id in &ids {
        let received = rows.iter().filter(|row| row.act == "dossier-received" && row.subject == *id).count();
        assert_eq!(received, 1, "{id}");
    }

    // The server wrote checkpoints at each of its starts.
    let good = motcua(&["audit", "verify"], &data);
    assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
    let file = data.join(api::serve::CHECKPOINTS);
    let kept = std::fs::read_to_string(&file).unwrap();
    let without_first: String = kept.lines().skip(1).map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, without_first).unwrap();
    let bad = motcua(&["audit", "verify"], &data);
    assert!(!bad.status.success() && String::from_utf8_lossy(&bad.stderr).contains("checkpoint 1"));
}
