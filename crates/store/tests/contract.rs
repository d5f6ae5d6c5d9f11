//! What every store must do, written over the trait alone; each implementation is one line at the end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use dossier::{Channel, Dossier, DossierId, Entered, Event, EventKind, State, Tracked};
use form::Answers;
use procedure::calendar::Moment;
use procedure::{FiledPaper, Filing, FilledForm, OfficerId, Role};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::desk::{Place, QueueAsked, QueueList};
use store::{
    Answered, Cleared, DraftKey, NewPaper, NewSubmission, PaperKept, Saved, SqliteStore, Store, StoreError, TextKind,
    hex,
};

const NOW: Moment = Moment(1_795_305_600_000);
const PAPER: &[u8] = b"%PDF-1.4 a certificate";

fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn key(number: u8) -> DraftKey {
    DraftKey([number; 16])
}

fn paper(draft: DraftKey) -> NewPaper {
    NewPaper {
        draft,
        sha256: hash(PAPER),
        kind: "application/pdf".to_owned(),
        pages: Some(3),
        content: PAPER.to_vec(),
        now: NOW,
    }
}

fn submission(number: u8, papers: &[&[u8]]) -> NewSubmission {
    let mut answers = Answers::default();
    answers.set("ho_ten", "Nguyễn Thị Lộc Vừng");
    let papers = papers.iter().map(|bytes| FiledPaper {
        paper: "giay-khai-sinh".to_owned(),
        sha256: hex(&hash(bytes)),
        name: "khai sinh.pdf".to_owned(),
        kind: "application/pdf".to_owned(),
        bytes: bytes.len() as u64,
    });
    let filing = Filing {
        procedure: "tro-cap".to_owned(),
        fingerprint: "p".repeat(64),
        agency: "000001".to_owned(),
        case: Answers::default(),
        forms: vec![FilledForm { form: "mau-1a".to_owned(), fingerprint: "f".repeat(64), answers }],
        papers: papers.collect(),
    };
    NewSubmission {
        key: key(number),
        body_hash: hash(&[number]),
        code_hash: hash(&[number, 1]),
        dossier: Dossier { id: DossierId::new(NOW, [number; 16]), state: State::Sent, sent_at: NOW, filing },
        events: vec![Event { at: NOW, by: None, on_behalf: None, kind: EventKind::Sent }],
        place: place(),
        person: "Nguyễn Thị Lộc Vừng".to_owned(),
        sender: store::SentBy::Nobody,
        letters: Vec::new(),
        answer: format!("{{\"answer\":{number}}}").into_bytes(),
    }
}

fn place() -> Place {
    Place {
        state: State::Sent,
        stage: 0,
        unit: "000001".to_owned(),
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
    }
}

async fn with_texts(store: &dyn Store) {
    for _ in 0..2 {
        store.keep_text(TextKind::Form, &"f".repeat(64), "{}", NOW).await.unwrap();
        store.keep_text(TextKind::Procedure, &"p".repeat(64), "{\"a\":1}", NOW).await.unwrap();
    }
}

async fn a_text_is_kept_under_its_fingerprint(store: &dyn Store) {
    with_texts(store).await;
    let text =
        |kind, fingerprint: &'static str| async move { store.text(kind, &fingerprint.repeat(64)).await.unwrap() };
    assert_eq!(text(TextKind::Procedure, "p").await.as_deref(), Some("{\"a\":1}"));
    assert_eq!(text(TextKind::Form, "p").await, None);
    assert_eq!(text(TextKind::Form, "x").await, None);
}

async fn a_submission_is_kept_whole_and_found_by_its_code(store: &dyn Store) {
    with_texts(store).await;
    store.put_paper(paper(key(1))).await.unwrap();
    let new = submission(1, &[PAPER]);
    assert_eq!(store.save_submission(new.clone()).await.unwrap(), Saved::New);
    let Dossier { sent_at, filing, .. } = new.dossier.clone();
    let (fingerprint, agency) = (filing.fingerprint, filing.agency);
    let tracked = Tracked { sent_at, number: None, fingerprint, agency, events: new.events, consent: None };
    assert_eq!(store.track(new.code_hash).await.unwrap(), Some(tracked));
    assert_eq!(store.sent(new.code_hash).await.unwrap(), Some(new.dossier));
    assert_eq!(store.track(hash(b"another code")).await.unwrap(), None);
    assert_eq!(store.sent(hash(b"another code")).await.unwrap(), None);
}

async fn the_last_dossiers_are_counted_by_procedure(store: &dyn Store) {
    with_texts(store).await;
    assert_eq!(store.filed(10).await.unwrap(), []);
    for (number, procedure) in [(1, "one"), (2, "other"), (3, "one"), (4, "one")] {
        let mut new = submission(number, &[]);
        procedure.clone_into(&mut new.dossier.filing.procedure);
        assert_eq!(store.save_submission(new).await.unwrap(), Saved::New);
    }
    let counts = |rows: &[(&str, u64)]| rows.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect::<Vec<_>>();
    assert_eq!(store.filed(10).await.unwrap(), counts(&[("one", 3), ("other", 1)]));
    assert_eq!(store.filed(2).await.unwrap(), counts(&[("one", 2)]));
}

async fn what_was_entered_at_the_desk_says_so_in_its_queue(store: &dyn Store) {
    with_texts(store).await;
    let entered = |number, channel| {
        let event = Entered { by: OfficerId([9; 16]), channel }.event(NOW);
        NewSubmission { events: vec![event], ..submission(number, &[]) }
    };
    let came = [None, Some(Channel::InPerson), Some(Channel::ByPost)];
    for (number, channel) in (1..).zip(came) {
        let new = channel.map_or_else(|| submission(number, &[]), |channel| entered(number, channel));
        assert_eq!(store.save_submission(new.clone()).await.unwrap(), Saved::New);
        let kept = store.dossier(new.dossier.id).await.unwrap().unwrap();
        assert_eq!(kept.events, new.events);
    }
    let list = QueueList::Waiting {
        unit: "000001".to_owned(),
        roles: vec![Role::OneStop],
        officers: vec![OfficerId([9; 16])],
    };
    let asked =
        QueueAsked { list, procedure: None, after: None, due_before: None, due_from: None, objected: false, most: 9 };
    let rows = store.queue(asked).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.channel).collect::<Vec<_>>(), came);
}

async fn sent_twice_is_answered_once(store: &dyn Store) {
    with_texts(store).await;
    let new = submission(2, &[]);
    assert_eq!(store.answer_for(new.key, new.body_hash).await.unwrap(), Answered::No);
    assert_eq!(store.save_submission(new.clone()).await.unwrap(), Saved::New);
    // The second attempt was decided anew, with another code and answer; the first answer counts.
    let again = NewSubmission { code_hash: hash(b"other"), answer: b"other".to_vec(), ..new.clone() };
    assert_eq!(store.save_submission(again).await.unwrap(), Saved::Before(new.answer.clone()));
    assert_eq!(store.answer_for(new.key, new.body_hash).await.unwrap(), Answered::Before(new.answer.clone()));
    assert_eq!(store.track(hash(b"other")).await.unwrap(), None);
}

async fn a_key_with_another_body_is_refused_and_changes_nothing(store: &dyn Store) {
    with_texts(store).await;
    let new = submission(3, &[]);
    store.save_submission(new.clone()).await.unwrap();
    let other = NewSubmission { body_hash: hash(b"other"), code_hash: hash(b"third"), ..new.clone() };
    assert_eq!(store.answer_for(other.key, other.body_hash).await.unwrap(), Answered::KeyReused);
    assert_eq!(store.save_submission(other).await.unwrap(), Saved::KeyReused);
    assert_eq!(store.track(hash(b"third")).await.unwrap(), None);
    assert_eq!(store.answer_for(new.key, new.body_hash).await.unwrap(), Answered::Before(new.answer));
}

async fn only_papers_of_the_same_draft_and_as_declared_count(store: &dyn Store) {
    with_texts(store).await;
    store.put_paper(paper(key(99))).await.unwrap();
    let new = submission(4, &[PAPER]);
    let missing = Saved::PapersMissing(vec![hex(&hash(PAPER))]);
    assert_eq!(store.save_submission(new.clone()).await.unwrap(), missing, "another draft sent it");
    assert_eq!(store.put_paper(paper(key(4))).await.unwrap(), PaperKept::New);
    assert_eq!(store.put_paper(paper(key(4))).await.unwrap(), PaperKept::Before);
    let mut short = new.clone();
    short.dossier.filing.papers[0].bytes -= 1;
    assert_eq!(store.save_submission(short).await.unwrap(), missing, "another size");
    let mut renamed = new.clone();
    renamed.dossier.filing.papers[0].kind = "image/png".to_owned();
    assert_eq!(store.save_submission(renamed).await.unwrap(), missing, "another kind");
    assert_eq!(store.answer_for(new.key, new.body_hash).await.unwrap(), Answered::No);
    assert_eq!(store.save_submission(new).await.unwrap(), Saved::New);
}

async fn pages_are_told_by_the_draft_that_sent_the_paper(store: &dyn Store) {
    assert_eq!(store.paper_pages(key(1)).await.unwrap(), []);
    store.put_paper(paper(key(1))).await.unwrap();
    let unknown = NewPaper { sha256: hash(b"packed"), pages: None, content: b"packed".to_vec(), ..paper(key(1)) };
    store.put_paper(unknown).await.unwrap();
    let mut told = store.paper_pages(key(1)).await.unwrap();
    told.sort_by_key(|(_, pages)| *pages);
    assert_eq!(told, [(hash(b"packed"), None), (hash(PAPER), Some(3))]);
    assert_eq!(store.paper_pages(key(2)).await.unwrap(), []);
}

async fn every_key_of_receipts_is_kept_for_ever_the_newest_first(store: &dyn Store) {
    for number in [1, 2, 1] {
        store.keep_receipt_key([number; 32], NOW).await.unwrap();
    }
    assert_eq!(store.receipt_keys().await.unwrap(), [[2; 32], [1; 32]]);
}

async fn unclaimed_papers_are_cleared_and_claimed_ones_stay(store: &dyn Store) {
    with_texts(store).await;
    store.put_paper(paper(key(5))).await.unwrap();
    store.put_paper(paper(key(6))).await.unwrap();
    store.save_submission(submission(5, &[PAPER])).await.unwrap();
    let clear = |before: i64| store.clear_unclaimed(Moment(before), NOW);
    assert_eq!(clear(NOW.0).await.unwrap(), Cleared::default(), "not old enough");
    assert_eq!(
        clear(NOW.0 + 1).await.unwrap(),
        Cleared { papers: 1, ..Cleared::default() },
        "the bytes are still used"
    );
    let missing = Saved::PapersMissing(vec![hex(&hash(PAPER))]);
    assert_eq!(store.save_submission(submission(6, &[PAPER])).await.unwrap(), missing);
    assert_eq!(store.put_paper(paper(key(6))).await.unwrap(), PaperKept::New);
    assert_eq!(store.save_submission(submission(6, &[PAPER])).await.unwrap(), Saved::New);
}

async fn a_submission_that_points_to_an_unknown_text_is_not_kept(store: &dyn Store) {
    with_texts(store).await;
    let mut new = submission(7, &[]);
    new.dossier.filing.forms[0].fingerprint = "x".repeat(64);
    assert!(matches!(store.save_submission(new.clone()).await, Err(StoreError::Failed(_))));
    assert_eq!(store.track(new.code_hash).await.unwrap(), None);
    assert_eq!(store.answer_for(new.key, new.body_hash).await.unwrap(), Answered::No);
}

async fn fifty_at_once_give_one_dossier(store: Arc<dyn Store>) {
    with_texts(&*store).await;
    let tasks: Vec<_> = (0..50u8)
        .map(|number| {
            let store = Arc::clone(&store);
            let new = NewSubmission {
                code_hash: hash(&[8, number]),
                answer: vec![number],
                dossier: Dossier { id: DossierId::new(NOW, [number; 16]), ..submission(8, &[]).dossier },
                ..submission(8, &[])
            };
            tokio::spawn(async move { (number, new.code_hash, store.save_submission(new).await.unwrap()) })
        })
        .collect();
    let (mut new, mut before) = (Vec::new(), Vec::new());
    for task in tasks {
        let (number, code_hash, saved) = task.await.unwrap();
        match saved {
            Saved::New => new.push((number, code_hash)),
            Saved::Before(answer) => before.push(answer),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((new.len(), before.len()), (1, 49));
    assert!(before.iter().all(|answer| *answer == [new[0].0]));
    assert!(store.track(new[0].1).await.unwrap().is_some());
}

async fn contract<S: Store + 'static>(open: impl Fn() -> S) {
    a_text_is_kept_under_its_fingerprint(&open()).await;
    a_submission_is_kept_whole_and_found_by_its_code(&open()).await;
    the_last_dossiers_are_counted_by_procedure(&open()).await;
    what_was_entered_at_the_desk_says_so_in_its_queue(&open()).await;
    sent_twice_is_answered_once(&open()).await;
    a_key_with_another_body_is_refused_and_changes_nothing(&open()).await;
    only_papers_of_the_same_draft_and_as_declared_count(&open()).await;
    pages_are_told_by_the_draft_that_sent_the_paper(&open()).await;
    every_key_of_receipts_is_kept_for_ever_the_newest_first(&open()).await;
    unclaimed_papers_are_cleared_and_claimed_ones_stay(&open()).await;
    a_submission_that_points_to_an_unknown_text_is_not_kept(&open()).await;
    fifty_at_once_give_one_dossier(Arc::new(open())).await;
    open().health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    contract(|| {
        count.set(count.get() + 1);
        let place = folder.path().join(count.get().to_string());
        SqliteStore::open(&place, Box::new(|says| panic!("{says}"))).unwrap()
    })
    .await;
}
