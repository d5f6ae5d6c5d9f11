//! Papers of citizens' accounts in the store: what an account has room for, also when many come at once, and that their bytes are
//! looked at with all others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use account::citizen::Details;
use account::{Citizen, CitizenId};
use procedure::calendar::Moment;
use sha2::{Digest as _, Sha256};
use std::path::Path;
use store::citizen_papers::{CitizenPaperKept, CitizenRoom, NewCitizenPaper};
use store::citizens::{CitizenAdded, NewCitizen};
use store::{CitizenPapers as _, Citizens as _, Hash, Report, SqliteStore};

const NOW: Moment = Moment(1_795_305_600_000);
const LAN: CitizenId = CitizenId([1; 16]);

async fn opened(folder: &Path) -> SqliteStore {
    let store = SqliteStore::open(folder, Box::new(|says| panic!("{says}"))).unwrap();
    let (email, details) = (Some("lan@example.com".to_owned()), Details::default());
    let citizen = Citizen { id: LAN, name: "Trần Thị Lan".to_owned(), email, phone: None, details };
    let added = store.add_citizen(NewCitizen { citizen, password: None, now: NOW }).await.unwrap();
    assert_eq!(added, CitizenAdded::New);
    store
}

fn hash(content: &[u8]) -> Hash {
    Sha256::digest(content).into()
}

fn paper(citizen: CitizenId, content: &[u8], room: CitizenRoom) -> NewCitizenPaper {
    let (kind, name, content) = ("application/pdf".to_owned(), "Giấy".to_owned(), content.to_vec());
    NewCitizenPaper { citizen, sha256: hash(&content), kind, pages: None, name, content, room, now: NOW }
}

#[tokio::test]
async fn an_account_takes_what_it_has_room_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    let room = |bytes, papers| CitizenRoom { bytes, papers };
    for (content, room, kept) in [
        ("aaaa", room(4, 1), CitizenPaperKept::New),
        ("aaaa", room(0, 0), CitizenPaperKept::Before),
        ("bbbb", room(8, 1), CitizenPaperKept::Full),
        ("bbbb", room(7, 2), CitizenPaperKept::Full),
        ("bbbb", room(8, 2), CitizenPaperKept::New),
        ("c", room(u64::MAX, 2), CitizenPaperKept::Full),
    ] {
        let found = store.keep_citizen_paper(paper(LAN, content.as_bytes(), room)).await.unwrap();
        assert_eq!(found, kept, "{content} {room:?}");
    }
    assert!(store.keep_citizen_paper(paper(CitizenId([9; 16]), b"d", room(9, 9))).await.is_err(), "nobody's");
    assert_eq!(store.citizen_papers(LAN, None, 9).await.unwrap().own.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_take_no_more_than_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(opened(folder.path()).await);
    let room = CitizenRoom { bytes: 10_000, papers: 5 };
    let tasks: Vec<_> = (0..20_u8)
        .map(|number| {
            let store = std::sync::Arc::clone(&store);
            tokio::spawn(async move { store.keep_citizen_paper(paper(LAN, &[number; 9], room)).await.unwrap() })
        })
        .collect();
    let mut kept = Vec::new();
    for task in tasks {
        kept.push(task.await.unwrap());
    }
    assert_eq!(kept.iter().filter(|one| **one == CitizenPaperKept::New).count(), 5);
    assert_eq!(kept.iter().filter(|one| **one == CitizenPaperKept::Full).count(), 15);
    assert_eq!(store.citizen_papers(LAN, None, 9).await.unwrap().own.len(), 5);
}

#[tokio::test]
async fn the_doctor_looks_at_them_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path()).await;
    let room = CitizenRoom { bytes: 100, papers: 2 };
    assert_eq!(store.keep_citizen_paper(paper(LAN, b"whole", room)).await.unwrap(), CitizenPaperKept::New);
    assert_eq!(store.keep_citizen_paper(paper(LAN, b"cut", room)).await.unwrap(), CitizenPaperKept::New);
    let name = store::hex(&hash(b"cut"));
    std::fs::write(folder.path().join("papers").join(&name[..2]).join(&name), b"cu").unwrap();
    let report = Report::of(folder.path()).unwrap();
    assert_eq!((report.papers, report.bad_papers), (2, vec![name]));
}
