//! What every store must do with papers that come in parts, and what SQLite does when a file or the disk lets it down.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use procedure::calendar::Moment;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use store::{
    Appended, Begun, Cleared, DraftKey, Full, LEAST_WEIGHT, NewPaper, NewUpload, Room, SqliteStore, Store, StoreError,
    Upload, UploadId, Uploads as _,
};

const NOW: Moment = Moment(1_795_305_600_000);
const PAPER: &[u8] = b"%PDF-1.4 a certificate";
const ROOM: Room = Room { of_source: 100 << 20, of_all: 1_000 << 20 };

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, Box::new(|says| panic!("{says}"))).unwrap()
}

fn id(number: u8) -> UploadId {
    UploadId([number; 16])
}

fn new(number: u8) -> NewUpload {
    NewUpload {
        id: id(number),
        draft: DraftKey([1; 16]),
        sha256: Sha256::digest(PAPER).into(),
        bytes: PAPER.len() as u64,
        source: [4; 8],
        now: NOW,
    }
}

fn paper() -> NewPaper {
    let kind = "application/pdf".to_owned();
    NewPaper { draft: new(0).draft, sha256: new(0).sha256, kind, content: PAPER.to_vec(), pages: Some(1), now: NOW }
}

async fn append(store: &dyn Store, number: u8, at: u64, part: &[u8]) -> Appended {
    store.append(id(number), at, part.to_vec(), ROOM, Moment(NOW.0 + 1)).await.unwrap()
}

async fn received(store: &dyn Store, number: u8) -> Option<u64> {
    store.upload(id(number)).await.unwrap().map(|upload| upload.received)
}

async fn parts_are_added_only_where_the_upload_stands(store: &dyn Store) {
    assert_eq!(append(store, 1, 0, b"%PDF").await, Appended::Unknown);
    assert_eq!(store.begin_upload(new(1), ROOM).await.unwrap(), Begun::New);
    assert_eq!(append(store, 1, 4, b"-1.4").await, Appended::Elsewhere);
    assert_eq!(append(store, 1, 0, b"%PDF").await, Appended::Now);
    assert_eq!(append(store, 1, 0, b"%PDF").await, Appended::Elsewhere);
    assert_eq!(append(store, 1, 4, b"-1.4").await, Appended::Now);
    assert_eq!(append(store, 1, 8, &PAPER[8..]).await, Appended::Elsewhere, "the last part comes with the paper");
    let NewUpload { draft, sha256, bytes, .. } = new(1);
    let stands = Upload { draft, sha256, bytes, received: 8, last_at: Moment(NOW.0 + 1) };
    assert_eq!(store.upload(id(1)).await.unwrap(), Some(stands));
    assert_eq!(store.arrived(id(1), 8).await.unwrap().as_deref(), Some(&PAPER[..8]));
    assert_eq!(store.arrived(id(1), 9).await.unwrap(), None);
    assert_eq!(store.arrived(id(2), 1).await.unwrap(), None);
}

async fn an_upload_is_whole_when_its_paper_is_kept(store: &dyn Store) {
    store.begin_upload(new(1), ROOM).await.unwrap();
    append(store, 1, 0, b"%PDF").await;
    store.put_paper(paper()).await.unwrap();
    assert_eq!(received(store, 1).await, Some(4), "not before it is said");
    store.end_upload(id(1), NOW).await.unwrap();
    assert_eq!(received(store, 1).await, Some(PAPER.len() as u64));
    assert_eq!(store.arrived(id(1), 4).await.unwrap(), None, "its parts are gone");
    assert_eq!(store.begin_upload(new(2), ROOM).await.unwrap(), Begun::Arrived);
    assert_eq!(received(store, 2).await, Some(PAPER.len() as u64));
    assert_eq!(received(store, 1).await, None, "one is enough to remember");
    let other = NewUpload { draft: DraftKey([9; 16]), ..new(3) };
    assert_eq!(store.begin_upload(other, ROOM).await.unwrap(), Begun::New, "another draft is told nothing");
    assert_eq!(store.clear_unclaimed(Moment(NOW.0 + 1), NOW).await.unwrap().papers, 1);
    assert_eq!(received(store, 2).await, None, "whole only as long as its paper is there");
}

async fn what_is_taken_away_is_gone(store: &dyn Store) {
    store.begin_upload(new(1), ROOM).await.unwrap();
    append(store, 1, 0, b"%PDF").await;
    assert!(store.remove_upload(id(1)).await.unwrap());
    assert!(!store.remove_upload(id(1)).await.unwrap());
    assert_eq!((received(store, 1).await, append(store, 1, 4, b"-1.4").await), (None, Appended::Unknown));
}

async fn those_nobody_went_on_with_are_cleared(store: &dyn Store) {
    for number in [1, 2] {
        store.begin_upload(NewUpload { draft: DraftKey([number; 16]), ..new(number) }, ROOM).await.unwrap();
    }
    append(store, 2, 0, b"%PDF").await;
    let cleared = store.clear_unclaimed(Moment(NOW.0 + 1), NOW).await.unwrap();
    assert_eq!(cleared, Cleared { uploads: 1, ..Cleared::default() });
    assert_eq!((received(store, 1).await, received(store, 2).await), (None, Some(4)));
    assert_eq!(append(store, 2, 4, b"-1.4").await, Appended::Now, "its bytes are still there");
    assert_eq!(store.clear_unclaimed(Moment(NOW.0 + 2), NOW).await.unwrap().uploads, 1);
}

async fn there_is_room_for_so_much_and_no_more(store: &dyn Store) {
    let room = Room { of_source: 3 * LEAST_WEIGHT, of_all: 4 * LEAST_WEIGHT };
    let begin = |number: u8, source: u8| {
        let upload = NewUpload { bytes: 10 << 20, source: [source; 8], ..new(number) };
        async move { store.begin_upload(upload, room).await.unwrap() }
    };
    let append = |number: u8, at: u64, length: u64| async move {
        let part = vec![0; usize::try_from(length).unwrap()];
        store.append(id(number), at, part, room, NOW).await.unwrap()
    };
    assert_eq!((begin(1, 4).await, begin(2, 4).await), (Begun::New, Begun::New));
    assert_eq!(append(1, 0, LEAST_WEIGHT).await, Appended::Now, "so much was counted from the beginning");
    assert_eq!(append(1, LEAST_WEIGHT, LEAST_WEIGHT).await, Appended::Now);
    assert_eq!(append(1, 2 * LEAST_WEIGHT, 1).await, Appended::Full(Full::Source));
    assert_eq!((begin(3, 4).await, begin(3, 5).await), (Begun::Full(Full::Source), Begun::New));
    assert_eq!(begin(4, 6).await, Begun::Full(Full::All));
    assert_eq!(append(3, 0, LEAST_WEIGHT + 1).await, Appended::Full(Full::All));
    assert!(store.remove_upload(id(1)).await.unwrap());
    assert_eq!((begin(4, 4).await, append(3, 0, LEAST_WEIGHT + 1).await), (Begun::New, Appended::Now));
}

async fn of_twenty_at_once_one_is_added(store: Arc<dyn Store>) {
    store.begin_upload(new(1), ROOM).await.unwrap();
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { append(&*store, 1, 0, b"%PDF").await })
        })
        .collect();
    let mut added = 0;
    for task in tasks {
        match task.await.unwrap() {
            Appended::Now => added += 1,
            Appended::Elsewhere | Appended::Held => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((added, received(&*store, 1).await), (1, Some(4)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    let open = || {
        count.set(count.get() + 1);
        open(&folder.path().join(count.get().to_string()))
    };
    parts_are_added_only_where_the_upload_stands(&open()).await;
    an_upload_is_whole_when_its_paper_is_kept(&open()).await;
    what_is_taken_away_is_gone(&open()).await;
    those_nobody_went_on_with_are_cleared(&open()).await;
    there_is_room_for_so_much_and_no_more(&open()).await;
    of_twenty_at_once_one_is_added(Arc::new(open())).await;
}

/// The only file of `uploads/`.
fn file(data: &Path) -> std::path::PathBuf {
    std::fs::read_dir(data.join("uploads")).unwrap().next().unwrap().unwrap().path()
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_behind_the_acknowledged_ones_do_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.begin_upload(new(1), ROOM).await.unwrap();
    append(&store, 1, 0, b"%PDF").await;
    drop(store);
    // As after a power cut between the bytes and the row, on a file system that grew the file first.
    std::fs::write(file(folder.path()), b"%PDF\0\0\0\0\0\0\0\0").unwrap();
    let store = open(folder.path());
    assert_eq!(received(&store, 1).await, Some(4));
    assert_eq!(append(&store, 1, 4, b"-1.4").await, Appended::Now);
    assert_eq!(store.arrived(id(1), 8).await.unwrap().as_deref(), Some(&PAPER[..8]));
    assert_eq!(std::fs::metadata(file(folder.path())).unwrap().len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_file_is_lost_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.begin_upload(new(1), ROOM).await.unwrap();
    append(&store, 1, 0, b"%PDF").await;
    std::fs::remove_file(file(folder.path())).unwrap();
    assert_eq!(append(&store, 1, 4, b"-1.4").await, Appended::Unknown);
    assert_eq!(received(&store, 1).await, None);
    std::fs::write(folder.path().join("uploads").join("ab".repeat(32)), b"nobody's").unwrap();
    let later = Moment(i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap() + 1_000);
    store.clear_unclaimed(later, later).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path().join("uploads")).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_a_part_is_refused_whole_and_added_when_there_is_room() {
    let disk = tempfile::tempdir().unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(disk.path()).output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: mounting a small tmpfs needs root");
        return;
    }
    let (data, ballast) = (disk.path().join("data"), disk.path().join("ballast"));
    std::fs::write(&ballast, vec![0; 1 << 20]).unwrap();
    let store = open(&data);
    store.begin_upload(NewUpload { bytes: 10 << 20, ..new(1) }, ROOM).await.unwrap();
    let part = |number: u8| vec![number; 512 * 1024];
    let mut at = 0;
    let full = loop {
        match store.append(id(1), at, part(1), ROOM, NOW).await {
            Ok(Appended::Now) => at += 512 * 1024,
            other => break other,
        }
    };
    assert_eq!((full, received(&store, 1).await), (Err(StoreError::DiskFull), Some(at)));
    assert_eq!(std::fs::metadata(file(&data)).unwrap().len(), at, "what is of no use takes no room");
    std::fs::remove_file(ballast).unwrap();
    assert_eq!(store.append(id(1), at, part(1), ROOM, NOW).await.unwrap(), Appended::Now);
    let mut content = store.arrived(id(1), at + 512 * 1024).await.unwrap().unwrap();
    assert!(content.drain(..).all(|byte| byte == 1));
    drop(store);
    let _ = Command::new("umount").arg("-l").arg(disk.path()).status();
}
