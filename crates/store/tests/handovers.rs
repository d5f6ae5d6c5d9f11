//! What every store must do with handovers, written over the trait alone: one opener, once, for a day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use procedure::calendar::{DAY_MS, Moment};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::handovers::*;
use store::{Report, SqliteStore};

const NOW: Moment = Moment(1_795_305_600_000);
const MINUTE: i64 = 60_000;

fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn at(minutes: i64) -> Moment {
    NOW.plus_ms(minutes * MINUTE)
}

fn new(number: u8) -> NewHandover {
    NewHandover {
        id: HandoverId([number; 16]),
        locator: format!("7K{number}"),
        sender: hash(b"sender"),
        by_key: hash(b"key"),
        by_code: hash(b"code"),
        wrapped: b"wrapped".to_vec(),
        parts: 2,
        bytes: 20,
        now: NOW,
        until: NOW.plus_ms(DAY_MS),
        most: 3,
        most_bytes: 50,
    }
}

fn part(id: HandoverId, number: u32, content: &[u8]) -> NewPart {
    NewPart { id, sender: hash(b"sender"), number, sha256: hash(content), content: content.to_vec(), now: at(1) }
}

fn opening(meant: Meant, proof: &[u8], opener: &[u8], minutes: i64) -> Opening {
    Opening { meant, proof: hash(proof), opener: hash(opener), now: at(minutes), lease: at(minutes + 15) }
}

fn asked(id: HandoverId, opener: &[u8], number: u32, minutes: i64) -> AskedPart {
    AskedPart { id, opener: hash(opener), number, now: at(minutes), lease: at(minutes + 15) }
}

/// A handover whose two parts have arrived.
async fn sent(store: &dyn Handovers, number: u8) -> HandoverId {
    let new = new(number);
    assert_eq!(store.begin_handover(new.clone()).await.unwrap(), HandoverBegun::New);
    for (number, content) in [(0, b"draft 0123"), (1, b"paper 0123")] {
        assert_eq!(store.put_handover_part(part(new.id, number, content)).await.unwrap(), PartKept::Kept);
    }
    new.id
}

async fn state(store: &dyn Handovers, id: HandoverId, minutes: i64) -> HandoverState {
    store.handover(id, hash(b"sender"), at(minutes)).await.unwrap().unwrap().state
}

async fn it_goes_from_one_phone_to_another(store: &dyn Handovers) {
    let id = sent(store, 1).await;
    assert_eq!(state(store, id, 2).await, HandoverState::Waiting);
    let yours = Opened::Yours { id, wrapped: b"wrapped".to_vec(), parts: 2 };
    let by_code = opening(Meant::Locator("7K1".to_owned()), b"code", b"phone", 2);
    assert_eq!(store.open_handover(by_code).await.unwrap(), yours);
    let first = store.handover_part(asked(id, b"phone", 0, 3)).await.unwrap();
    assert_eq!(first.as_deref(), Some(&b"draft 0123"[..]));
    // The line broke: the same phone asks again, by the other way, and goes on.
    assert_eq!(store.open_handover(opening(Meant::Id(id), b"key", b"phone", 10)).await.unwrap(), yours);
    assert_eq!(store.handover_part(asked(id, b"phone", 1, 24)).await.unwrap().as_deref(), Some(&b"paper 0123"[..]));
    assert_eq!(store.handover_part(asked(id, b"phone", 2, 25)).await.unwrap(), None);
    let taken = Ending { id, by: By::Opener, token: hash(b"phone"), now: at(26) };
    assert_eq!(store.end_handover(taken).await.unwrap(), Ended::Done);
    assert_eq!(store.end_handover(taken).await.unwrap(), Ended::Done, "the answer may have been lost");
    assert_eq!(state(store, id, 26).await, HandoverState::Taken);
    assert_eq!(store.handover_part(asked(id, b"phone", 0, 26)).await.unwrap(), None);
    assert_eq!(store.open_handover(opening(Meant::Id(id), b"key", b"phone", 26)).await.unwrap(), Opened::Before);
}

async fn nobody_else_gets_it(store: &dyn Handovers) {
    let id = sent(store, 1).await;
    let open =
        |meant, proof: &'static [u8], opener: &'static [u8]| store.open_handover(opening(meant, proof, opener, 2));
    assert_eq!(open(Meant::Id(id), b"wrong", b"thief").await.unwrap(), Opened::Unknown);
    assert_eq!(open(Meant::Id(id), b"code", b"thief").await.unwrap(), Opened::Unknown, "each way has its own proof");
    assert_eq!(open(Meant::Locator("7K1".to_owned()), b"key", b"thief").await.unwrap(), Opened::Unknown);
    assert_eq!(open(Meant::Locator("7K9".to_owned()), b"code", b"thief").await.unwrap(), Opened::Unknown);
    assert_eq!(store.handover_part(asked(id, b"phone", 0, 2)).await.unwrap(), None, "nobody has opened it");
    assert!(matches!(open(Meant::Id(id), b"key", b"phone").await.unwrap(), Opened::Yours { .. }));
    assert_eq!(open(Meant::Id(id), b"key", b"second").await.unwrap(), Opened::Before);
    assert_eq!(store.handover_part(asked(id, b"second", 0, 3)).await.unwrap(), None);
    assert_eq!(store.handover(id, hash(b"thief"), at(3)).await.unwrap(), None);
    for by in [By::Sender, By::Opener] {
        let ending = Ending { id, by, token: hash(b"thief"), now: at(3) };
        assert_eq!(store.end_handover(ending).await.unwrap(), Ended::Unknown);
    }
    // A lease that ran out is not given to the next one either.
    assert_eq!(store.open_handover(opening(Meant::Id(id), b"key", b"second", 60)).await.unwrap(), Opened::Before);
    assert_eq!(store.handover_part(asked(id, b"phone", 0, 60)).await.unwrap(), None);
    assert_eq!(state(store, id, 60).await, HandoverState::Lapsed);
    assert_eq!(store.clear_handovers(at(60)).await.unwrap(), 2);
    assert_eq!(state(store, id, 61).await, HandoverState::Lapsed);
}

async fn its_sender_takes_it_back_as_long_as_nobody_opened_it(store: &dyn Handovers) {
    let (one, other) = (sent(store, 1).await, sent(store, 2).await);
    let back = |id| store.end_handover(Ending { id, by: By::Sender, token: hash(b"sender"), now: at(3) });
    assert_eq!(back(one).await.unwrap(), Ended::Done);
    assert_eq!(back(one).await.unwrap(), Ended::Done);
    assert_eq!(store.open_handover(opening(Meant::Id(one), b"key", b"phone", 4)).await.unwrap(), Opened::TakenBack);
    assert_eq!(store.put_handover_part(part(one, 0, b"late")).await.unwrap(), PartKept::Over);
    store.open_handover(opening(Meant::Id(other), b"key", b"phone", 2)).await.unwrap();
    assert_eq!(back(other).await.unwrap(), Ended::Opened);
    assert_eq!(store.put_handover_part(part(other, 0, b"late")).await.unwrap(), PartKept::Over);
}

async fn it_holds_no_more_than_was_announced_and_there_is_room_for(store: &dyn Handovers) {
    let id = new(1).id;
    assert_eq!(store.begin_handover(new(1)).await.unwrap(), HandoverBegun::New);
    let again = NewHandover { id: HandoverId([9; 16]), ..new(1) };
    assert_eq!(store.begin_handover(again).await.unwrap(), HandoverBegun::LocatorTaken);
    let open = || store.open_handover(opening(Meant::Id(id), b"key", b"phone", 2));
    assert_eq!(store.put_handover_part(part(id, 2, b"third")).await.unwrap(), PartKept::TooMuch);
    assert_eq!(store.put_handover_part(part(id, 0, &[0; 21])).await.unwrap(), PartKept::TooMuch);
    assert_eq!(store.put_handover_part(part(id, 0, &[1; 15])).await.unwrap(), PartKept::Kept);
    assert_eq!(store.put_handover_part(part(id, 1, &[2; 6])).await.unwrap(), PartKept::TooMuch);
    assert_eq!(open().await.unwrap(), Opened::NotReady);
    assert_eq!(store.put_handover_part(part(id, 0, &[3; 14])).await.unwrap(), PartKept::Kept, "sent again");
    assert_eq!(store.put_handover_part(part(id, 1, &[2; 6])).await.unwrap(), PartKept::Kept);
    let stranger = NewPart { sender: hash(b"stranger"), ..part(id, 0, b"x") };
    assert_eq!(store.put_handover_part(stranger).await.unwrap(), PartKept::Unknown);
    assert!(matches!(open().await.unwrap(), Opened::Yours { .. }));
    assert_eq!(store.handover_part(asked(id, b"phone", 0, 2)).await.unwrap(), Some(vec![3; 14]));
    assert_eq!(store.begin_handover(new(2)).await.unwrap(), HandoverBegun::New);
    assert_eq!(store.begin_handover(new(3)).await.unwrap(), HandoverBegun::Full, "too many bytes");
    let small = |number| NewHandover { bytes: 1, ..new(number) };
    assert_eq!(store.begin_handover(small(3)).await.unwrap(), HandoverBegun::New);
    assert_eq!(store.begin_handover(small(4)).await.unwrap(), HandoverBegun::Full, "too many");
}

async fn after_a_day_it_is_as_if_it_had_never_been(store: &dyn Handovers) {
    let id = sent(store, 1).await;
    let day = 24 * 60;
    assert_eq!(store.clear_handovers(at(day - 1)).await.unwrap(), 0);
    assert_eq!(store.open_handover(opening(Meant::Id(id), b"key", b"phone", day)).await.unwrap(), Opened::Unknown);
    assert_eq!(store.handover(id, hash(b"sender"), at(day)).await.unwrap(), None);
    assert_eq!(store.clear_handovers(at(day)).await.unwrap(), 2);
    assert_eq!(store.begin_handover(new(1)).await.unwrap(), HandoverBegun::New, "its locator is free again");
}

async fn of_many_openers_at_once_one_gets_it(store: Arc<dyn Handovers>) {
    let id = sent(&*store, 1).await;
    let tasks: Vec<_> = (0..50u8)
        .map(|number| {
            let store = Arc::clone(&store);
            tokio::spawn(
                async move { store.open_handover(opening(Meant::Id(id), b"key", &[number], 2)).await.unwrap() },
            )
        })
        .collect();
    let mut got = 0;
    for task in tasks {
        match task.await.unwrap() {
            Opened::Yours { .. } => got += 1,
            other => assert_eq!(other, Opened::Before),
        }
    }
    assert_eq!(got, 1);
}

async fn contract<S: Handovers + 'static>(open: impl Fn() -> S) {
    it_goes_from_one_phone_to_another(&open()).await;
    nobody_else_gets_it(&open()).await;
    its_sender_takes_it_back_as_long_as_nobody_opened_it(&open()).await;
    it_holds_no_more_than_was_announced_and_there_is_room_for(&open()).await;
    after_a_day_it_is_as_if_it_had_never_been(&open()).await;
    of_many_openers_at_once_one_gets_it(Arc::new(open())).await;
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
    for number in 1..=count.get() {
        assert!(Report::of(&folder.path().join(number.to_string())).unwrap().is_well());
    }
}
