//! Citizens' accounts: what is kept together, what ends, and that the outbox of before came along.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use account::citizen::{CODE_MS, CODE_TRIES, Credentials, Details, Login, Purpose, Registration};
use account::{Citizen, CitizenId, Letter, PasswordHash};
use dossier::notice::Way;
use procedure::calendar::Moment;
use store::citizens::{
    AskedCode, AskedLink, CitizenAdded, FinishedRegistration, LinkOf, LinkUsed, NewCitizen, NewCitizenSession, NewLink,
};
use store::notices::{About, DueAsked, NewLetter, NoticeId};
use store::{Citizens as _, Notices as _, SqliteStore};
use tempfile::TempDir;

const NOW: Moment = Moment(1_795_305_600_000);
const DAY: i64 = 86_400_000;
const LAN: CitizenId = CitizenId([1; 16]);

fn opened() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path(), Box::new(|says| panic!("{says}"))).unwrap();
    (folder, store)
}

fn password() -> PasswordHash {
    PasswordHash { salt: [1; 16], hash: [2; 32] }
}

async fn with_lan(store: &SqliteStore) {
    let citizen = Citizen {
        id: LAN,
        name: "Trần Thị Lan".to_owned(),
        email: Some("lan@example.com".to_owned()),
        phone: None,
        details: Details::default(),
    };
    let new = NewCitizen { citizen, password: Some(password()), now: NOW };
    assert_eq!(store.add_citizen(new).await.unwrap(), CitizenAdded::New);
    store.begin_citizen_session(NewCitizenSession { token: [3; 32], citizen: LAN, now: NOW }).await.unwrap();
}

fn letter(id: u8, letter: Letter) -> NewLetter {
    let way = if letter == Letter::PhoneCode { Way::Sms } else { Way::Email };
    NewLetter { id: NoticeId([id; 16]), letter, way, to: "to".to_owned(), until: None }
}

fn registration(token: u8, notice: u8) -> AskedLink {
    let registration =
        Registration { name: "Minh".to_owned(), details: Details::default(), next: "/drafts".to_owned() };
    let link = NewLink {
        token: [token; 32],
        email: "minh@example.com".to_owned(),
        of: LinkOf::New(registration),
        until: Moment(NOW.0 + DAY),
    };
    let letters = vec![letter(notice, Letter::Link(Purpose::Register))];
    AskedLink { link: Some(link), letters, purpose: Purpose::Register, now: NOW }
}

fn count(folder: &TempDir, table: &str) -> i64 {
    let db = rusqlite::Connection::open(folder.path().join("motcua.db")).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_link_and_its_letter_are_kept_together_or_not_at_all() {
    let (folder, store) = opened();
    store.ask_citizen_link(registration(1, 1)).await.unwrap();
    // The letter's name is taken, so the link is not kept either.
    assert!(store.ask_citizen_link(registration(2, 1)).await.is_err());
    assert!(store.citizen_link([2; 32], Purpose::Register, NOW).await.unwrap().is_none());
    assert_eq!((count(&folder, "citizen_links"), count(&folder, "notices")), (1, 1));

    store.ask_citizen_link(registration(2, 2)).await.unwrap();
    let done = |link: u8, id: u8| FinishedRegistration {
        link: [link; 32],
        id: CitizenId([id; 16]),
        password: password(),
        session: [id; 32],
        now: NOW,
    };
    assert!(
        matches!(store.finish_registration(done(1, 8)).await.unwrap(), LinkUsed::Done(citizen) if citizen.name == "Minh")
    );
    assert_eq!(store.finish_registration(done(1, 9)).await.unwrap(), LinkUsed::Unknown);
    assert_eq!(store.finish_registration(done(2, 9)).await.unwrap(), LinkUsed::Unknown, "the other one ended");
    assert_eq!((count(&folder, "citizens"), count(&folder, "citizen_sessions")), (1, 1));
    let found = store.citizen_credentials(&Login::Email("minh@example.com".to_owned())).await.unwrap();
    assert!(matches!(found, Some(Credentials { citizen, password: Some(_) }) if citizen.id == CitizenId([8; 16])));
}

#[tokio::test]
async fn tries_at_once_are_counted_one_by_one() {
    let (_folder, store) = opened();
    with_lan(&store).await;
    let asked = AskedCode { id: LAN, letter: letter(1, Letter::PhoneCode), until: Moment(NOW.0 + CODE_MS), now: NOW };
    store.ask_phone_code(asked).await.unwrap();
    let tries = (0..20).map(|_| store.try_phone_code(LAN, NOW));
    let mut counted = 0;
    for tried in futures_all(tries).await {
        counted += u32::from(tried);
    }
    assert_eq!(counted, CODE_TRIES);
}

/// Runs all of them at once.
async fn futures_all(
    tries: impl Iterator<Item = impl Future<Output = Result<Option<store::citizens::SentCode>, store::StoreError>>>,
) -> Vec<bool> {
    let mut running: Vec<_> = tries.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        running.retain_mut(|one| match one.as_mut().poll(context) {
            std::task::Poll::Ready(tried) => {
                done.push(tried.unwrap().is_some());
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

#[tokio::test]
async fn what_has_ended_is_cleared() {
    let (folder, store) = opened();
    with_lan(&store).await;
    store.ask_citizen_link(registration(1, 1)).await.unwrap();
    let asked = AskedCode { id: LAN, letter: letter(2, Letter::PhoneCode), until: Moment(NOW.0 + CODE_MS), now: NOW };
    store.ask_phone_code(asked).await.unwrap();
    let left = async |now: i64| {
        store.clear_citizens(Moment(NOW.0 + now)).await.unwrap();
        ["citizen_sessions", "citizen_links", "citizen_codes"].map(|table| count(&folder, table))
    };
    assert_eq!(left(CODE_MS - 1).await, [1, 1, 1]);
    assert_eq!(left(CODE_MS).await, [1, 1, 0]);
    assert_eq!(left(DAY - 1).await, [0, 1, 0]);
    assert_eq!(left(DAY).await, [0, 0, 0]);
    store.delete_citizen(LAN, vec![letter(3, Letter::Deleted)], NOW).await.unwrap();
    assert_eq!((count(&folder, "citizens"), count(&folder, "notices")), (0, 3));
}

#[tokio::test]
async fn what_somebody_waits_for_is_told_apart() {
    let (_folder, store) = opened();
    with_lan(&store).await;
    let code = NewLetter { until: Some(Moment(NOW.0 + CODE_MS)), ..letter(1, Letter::PhoneCode) };
    store.ask_phone_code(AskedCode { id: LAN, letter: code, until: NOW, now: NOW }).await.unwrap();
    let news = NewLetter { way: Way::Sms, ..letter(2, Letter::PhoneChanged) };
    let asked = AskedLink { link: None, letters: vec![news], purpose: Purpose::Reset, now: NOW };
    store.ask_citizen_link(asked).await.unwrap();
    let due = async |ways: &[Way], awaited: &[Way]| {
        let due = store.due_notices(DueAsked { ways, awaited, now: NOW, most: 9 }).await.unwrap();
        due.into_iter().map(|notice| notice.about).collect::<Vec<_>>()
    };
    let until = Some(Moment(NOW.0 + CODE_MS));
    let (code, news) = (
        About::Account { letter: Letter::PhoneCode, until },
        About::Account { letter: Letter::PhoneChanged, until: None },
    );
    assert_eq!(due(&[], &[Way::Sms]).await, [code.clone()]);
    assert_eq!(due(&[Way::Sms], &[]).await, [code, news]);
    assert_eq!(due(&[Way::Email], &[Way::Email]).await, []);
}
