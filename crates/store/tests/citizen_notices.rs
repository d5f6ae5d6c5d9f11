//! What notices of accounts are made of: each act of an account that is told of, in its window, and a bookmark that goes with the
//! account.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use account::citizen::Details;
use account::{Citizen, CitizenId, PasswordHash};
use procedure::calendar::Moment;
use store::citizen_notices::{AccountAct, Happenings, HappeningsAsked};
use store::citizens::{ChangedPassword, CitizenAdded, NewCitizen};
use store::{CitizenNotices as _, Citizens as _, SqliteStore};
use tempfile::TempDir;

const NOW: Moment = Moment(1_795_305_600_000);
const LAN: CitizenId = CitizenId([1; 16]);
const MINH: CitizenId = CitizenId([2; 16]);

/// A store with two accounts.
async fn opened() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path(), Box::new(|says| panic!("{says}"))).unwrap();
    for id in [LAN, MINH] {
        let citizen = Citizen { id, name: "Tên".to_owned(), email: None, phone: None, details: Details::default() };
        let added = store.add_citizen(NewCitizen { citizen, password: None, now: NOW }).await.unwrap();
        assert_eq!(added, CitizenAdded::New);
    }
    (folder, store)
}

fn at(minute: i64) -> Moment {
    Moment(NOW.0 + minute * 60_000)
}

async fn change_password(store: &SqliteStore, id: CitizenId, now: Moment) {
    let password = PasswordHash { salt: [1; 16], hash: [2; 32] };
    let change = ChangedPassword { id, session: [3; 32], password, letters: Vec::new(), now };
    store.change_citizen_password(change).await.unwrap();
}

async fn found(
    store: &SqliteStore,
    (after, before): (Option<Moment>, Option<Moment>),
    most: u32,
) -> (Vec<(Moment, AccountAct)>, Option<Moment>) {
    let asked = HappeningsAsked { citizen: LAN, events: &["sent"], after, before, most };
    let Happenings { dossiers, account, from } = store.citizen_happenings(asked).await.unwrap();
    assert_eq!(dossiers, []);
    (account, from)
}

#[tokio::test]
async fn what_happened_to_an_account_is_found_in_its_window_the_newest_first() {
    let (_folder, store) = opened().await;
    let (changed, out) = (AccountAct::PasswordChanged, AccountAct::SignedOutEverywhere);
    change_password(&store, LAN, at(1)).await;
    store.end_citizen_sessions(LAN, at(2)).await.unwrap();
    change_password(&store, LAN, at(2)).await;
    change_password(&store, MINH, at(3)).await;
    store.change_citizen_details(LAN, "Tên khác".to_owned(), Details::default(), at(3)).await.unwrap();
    change_password(&store, LAN, at(4)).await;
    let all = [(at(4), changed), (at(2), changed), (at(2), out), (at(1), changed)];
    for (window, most, acts, from) in [
        ((None, None), 9, &all[..], None),
        ((None, None), 4, &all[..], None),
        ((None, None), 1, &all[..1], Some(at(4))),
        // What happened at once is not parted, though it is one too many.
        ((None, None), 2, &all[..3], Some(at(2))),
        ((None, Some(at(4))), 1, &all[1..3], Some(at(2))),
        ((None, Some(at(2))), 1, &all[3..], None),
        ((Some(at(1)), None), 9, &all[..3], None),
        ((Some(at(4)), None), 9, &[], None),
    ] {
        let (mut told, page) = found(&store, window, most).await;
        told.sort_by_key(|(at, act)| (std::cmp::Reverse(at.0), act.name()));
        assert_eq!((told.as_slice(), page), (acts, from), "{window:?} {most}");
    }
}

#[tokio::test]
async fn the_bookmark_only_goes_on_and_goes_with_the_account() {
    let (folder, store) = opened().await;
    let marks = || -> i64 {
        let db = rusqlite::Connection::open(folder.path().join("motcua.db")).unwrap();
        db.query_row("SELECT count(*) FROM citizen_notices", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(store.notices_seen(LAN).await.unwrap(), None);
    for (until, seen) in [(3, 3), (1, 3), (3, 3), (5, 5)] {
        store.see_notices(LAN, at(until)).await.unwrap();
        assert_eq!(store.notices_seen(LAN).await.unwrap(), Some(at(seen)));
    }
    assert_eq!((store.notices_seen(MINH).await.unwrap(), marks()), (None, 1));
    store.delete_citizen(LAN, Vec::new(), at(6)).await.unwrap();
    assert_eq!((store.notices_seen(LAN).await.unwrap(), marks()), (None, 0));
    store.see_notices(LAN, at(7)).await.unwrap();
    assert_eq!(marks(), 0, "nobody's is not kept");
}
