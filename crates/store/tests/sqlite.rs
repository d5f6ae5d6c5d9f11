//! What SQLite alone has to show: settings, migrations, the audit chain, one process at a time, a full disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use dossier::{Dossier, DossierId, Event, EventKind, State};
use form::Answers;
use procedure::calendar::Moment;
use procedure::{Filing, Role};
use std::path::Path;
use std::process::Command;
use store::desk::Place;
use store::{DraftKey, NewPaper, NewSubmission, Report, Saved, SqliteStore, Store, StoreError, TextKind};

const NOW: Moment = Moment(1_795_305_600_000);

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, Box::new(|says| panic!("{says}"))).unwrap()
}

fn submission(number: u32, text: &str) -> NewSubmission {
    let mut key = [0; 16];
    key[12..].copy_from_slice(&number.to_be_bytes());
    let mut hash = [0; 32];
    hash[..4].copy_from_slice(&number.to_be_bytes());
    let mut case = Answers::default();
    case.set("ly_do", text);
    let filing = Filing {
        procedure: "tro-cap".to_owned(),
        fingerprint: "p".repeat(64),
        agency: "000001".to_owned(),
        case,
        forms: Vec::new(),
        papers: Vec::new(),
    };
    NewSubmission {
        key: DraftKey(key),
        body_hash: hash,
        code_hash: hash,
        dossier: Dossier { id: DossierId::new(NOW, key), state: State::Sent, sent_at: NOW, filing },
        events: vec![Event { at: NOW, by: None, on_behalf: None, kind: EventKind::Sent }],
        place: Place {
            state: State::Sent,
            stage: 0,
            unit: "19351".to_owned(),
            role: Some(Role::OneStop),
            holder: None,
            stage_due_at: NOW,
            due_at: NOW,
            stands: false,
            received_at: None,
            ended: None,
            objected: false,
            stuck_at: None,
            seen_by: vec!["19351".to_owned()],
        },
        person: String::new(),
        sender: store::SentBy::Nobody,
        letters: Vec::new(),
        answer: b"{}".to_vec(),
    }
}

async fn keep_procedure(store: &SqliteStore) {
    store.keep_text(TextKind::Procedure, &"p".repeat(64), "{}", NOW).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_changed_audit_row_and_a_changed_paper() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    keep_procedure(&store).await;
    for number in 0..20 {
        assert_eq!(store.save_submission(submission(number, "")).await.unwrap(), Saved::New);
    }
    let content = b"%PDF-1.4".to_vec();
    let sha256 =
        sha2::Digest::finalize(sha2::Digest::chain_update(<sha2::Sha256 as sha2::Digest>::new(), &content)).into();
    let paper = NewPaper {
        draft: DraftKey([1; 16]),
        sha256,
        kind: "application/pdf".to_owned(),
        pages: Some(1),
        content,
        now: NOW,
    };
    store.put_paper(paper).await.unwrap();
    let report = Report::of(folder.path()).unwrap();
    assert!(report.is_well(), "{report:?}");
    assert_eq!((report.dossiers, report.papers, report.audit.unwrap().id), (20, 1, 22));
    drop(store);

    let name = store::hex(&sha256);
    std::fs::write(folder.path().join("papers").join(&name[..2]).join(&name), b"%PDF-1.5").unwrap();
    let db = rusqlite::Connection::open(folder.path().join("motcua.db")).unwrap();
    for sql in ["UPDATE audit SET detail = 'x' WHERE id = 7", "DELETE FROM audit WHERE id = 22"] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("audit rows are never"), "{refused}");
    }
    db.execute_batch("DROP TRIGGER audit_is_never_changed; UPDATE audit SET subject = 'x' WHERE id = 7").unwrap();
    let report = Report::of(folder.path()).unwrap();
    assert_eq!((report.audit, report.bad_papers), (Err(7), vec![name]));
}

#[tokio::test]
async fn a_second_process_is_kept_out() {
    let folder = tempfile::tempdir().unwrap();
    let _first = open(folder.path());
    let second = SqliteStore::open(folder.path(), Box::new(|_| ())).err().unwrap().to_string();
    assert!(second.contains("another process"), "{second}");
}

#[tokio::test]
async fn a_migration_that_was_changed_or_is_unknown_is_refused() {
    for (sql, says) in [
        ("UPDATE migrations SET sha256 = 'x'", "differs"),
        ("INSERT INTO migrations VALUES (99, '0099_later', 'x')", "does not know"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()));
        let db = rusqlite::Connection::open(folder.path().join("motcua.db")).unwrap();
        db.execute(sql, []).unwrap();
        let refused = SqliteStore::open(folder.path(), Box::new(|_| ())).err().unwrap().to_string();
        assert!(refused.contains(says), "{refused}");
    }
}

/// A small disk of its own, where the machine lets us make one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(folder.path())
            .output()
            .is_ok_and(|output| output.status.success());
        mounted.then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_is_acknowledged_and_it_works_again_when_there_is_room() {
    let Some(disk) = SmallDisk::new() else {
        eprintln!("skipped: mounting a small tmpfs needs root");
        return;
    };
    let place = disk.0.path();
    let ballast = place.join("ballast");
    std::fs::write(&ballast, vec![0; 2 << 20]).unwrap();
    let store = open(&place.join("data"));
    keep_procedure(&store).await;
    let text = "x".repeat(20_000);
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for number in 0..400 {
        match store.save_submission(submission(number, &text)).await {
            Ok(saved) => {
                assert_eq!(saved, Saved::New);
                kept.push(number);
            }
            Err(error) => {
                assert_eq!(error, StoreError::DiskFull);
                refused.push(number);
            }
        }
    }
    assert!(!kept.is_empty() && refused.len() > 10, "kept {} refused {}", kept.len(), refused.len());
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(store.save_submission(submission(1000, &text)).await.unwrap(), Saved::New);
    kept.push(1000);
    drop(store);
    let store = open(&place.join("data"));
    for number in &kept {
        assert!(store.track(submission(*number, "").code_hash).await.unwrap().is_some(), "{number}");
    }
    for number in &refused {
        assert!(store.track(submission(*number, "").code_hash).await.unwrap().is_none(), "{number}");
    }
    assert!(Report::of(&place.join("data")).unwrap().is_well());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_database_ends_the_process_and_acknowledges_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    keep_procedure(&store).await;
    drop(store);
    let (told, tells) = std::sync::mpsc::channel();
    let store = SqliteStore::open(folder.path(), Box::new(move |says| told.send(says.to_owned()).unwrap())).unwrap();
    // Everything but the first page becomes noise under the open database.
    let path = folder.path().join("motcua.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    let refused = store.save_submission(submission(1, "")).await;
    assert!(matches!(refused, Err(StoreError::Fatal(_))), "{refused:?}");
    assert!(tells.recv().unwrap().contains("malformed"));
    assert!(store.save_submission(submission(2, "")).await.is_err(), "nothing is written after that");
}
