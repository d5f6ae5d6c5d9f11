//! The outbox of notices: kept with the act they tell of or not at all, and forgotten in time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod stored;

use dossier::notice::Way;
use dossier::{Event, EventKind, State};
use procedure::OfficerId;
use procedure::calendar::Moment;
use store::desk::{ActSaved, NewAct, NumberWanted};
use store::notices::{About, DueAsked, NewNotice, NoticeEnd, NoticeId, WaitingNotice};
use store::{DeskStore as _, DraftKey, Notices as _, SqliteStore};
use stored::{NOW, id, opened, place};

const ALWAYS: Moment = Moment(i64::MAX);

/// Receives a dossier, with a notice of this name.
fn receive(number: u8, notice: u8) -> NewAct {
    let wanted =
        NumberWanted { unit: "000001".to_owned(), day: 1, before: "H50-".to_owned(), after: String::new(), digits: 4 };
    NewAct {
        key: DraftKey([100 + number; 16]),
        body_hash: [number; 32],
        dossier: id(number),
        version: 1,
        event: Event {
            at: Moment(NOW.0 + 5),
            by: Some(OfficerId([9; 16])),
            on_behalf: None,
            kind: EventKind::Received,
        },
        place: place(State::Received),
        number: Some(wanted),
        files: Vec::new(),
        filing: None,
        notice: Some(NewNotice { id: NoticeId([notice; 16]), way: Way::Email, to: "thu@example.vn".to_owned() }),
    }
}

async fn waiting(store: &SqliteStore) -> Vec<WaitingNotice> {
    due(store, ALWAYS).await
}

async fn due(store: &SqliteStore, now: Moment) -> Vec<WaitingNotice> {
    store.due_notices(DueAsked { ways: &Way::ALL, awaited: &[], now, most: 100 }).await.unwrap()
}

#[tokio::test]
async fn an_act_and_its_notice_are_kept_together_or_not_at_all() {
    let (_folder, store) = opened(2).await;
    assert_eq!(store.save_act(receive(0, 1)).await.unwrap(), ActSaved::New);
    let expected = WaitingNotice {
        id: NoticeId([1; 16]),
        about: About::Dossier { id: id(0), number: Some("H50-0001".to_owned()), sent_at: NOW },
        way: Way::Email,
        to: "thu@example.vn".to_owned(),
        made_at: Moment(NOW.0 + 5),
        tries: 0,
        unanswered: false,
    };
    assert_eq!(waiting(&store).await, std::slice::from_ref(&expected));
    assert_eq!(due(&store, Moment(NOW.0 + 4)).await, []);

    // The notice cannot be kept, because its name is taken: so the act is not kept either, and its number is not used up.
    assert!(store.save_act(receive(1, 1)).await.is_err());
    let kept = store.dossier(id(1)).await.unwrap().unwrap();
    assert_eq!((kept.events.len(), kept.number, kept.dossier.state), (1, None, State::Sent));
    assert_eq!(waiting(&store).await, [expected]);
    assert_eq!(store.save_act(receive(1, 2)).await.unwrap(), ActSaved::New);
    assert_eq!(store.dossier(id(1)).await.unwrap().unwrap().number.as_deref(), Some("H50-0002"));

    // An act that is not done, or was done before, tells nothing.
    assert_eq!(store.save_act(receive(1, 3)).await.unwrap(), ActSaved::Before);
    let stale = NewAct { key: DraftKey([99; 16]), ..receive(0, 4) };
    assert_eq!(store.save_act(stale).await.unwrap(), ActSaved::Changed);
    assert_eq!(waiting(&store).await.len(), 2);
}

#[tokio::test]
async fn a_notice_goes_its_way_and_an_unanswered_try_is_known() {
    let (_folder, store) = opened(1).await;
    let mut act = receive(0, 1);
    act.notice = Some(NewNotice { id: NoticeId([1; 16]), way: Way::Zalo, to: "0900000123".to_owned() });
    store.save_act(act).await.unwrap();
    let asked =
        async |ways: &[Way]| store.due_notices(DueAsked { ways, awaited: &[], now: ALWAYS, most: 9 }).await.unwrap();
    assert_eq!((asked(&[Way::Email, Way::Sms]).await, asked(&[]).await), (Vec::new(), Vec::new()));
    assert_eq!(asked(&[Way::Zalo]).await.len(), 1);
    store.try_notice(NoticeId([1; 16]), NOW).await.unwrap();
    assert!(asked(&[Way::Zalo]).await[0].unanswered);
    store.keep_notice(NoticeId([1; 16]), Way::Sms).await.unwrap();
    let kept = asked(&[Way::Sms]).await;
    assert_eq!((kept[0].unanswered, kept[0].tries, kept[0].to.as_str()), (false, 1, "0900000123"));
}

#[tokio::test]
async fn a_notice_is_tried_later_and_forgets_its_address_when_it_is_over() {
    let (folder, store) = opened(2).await;
    store.save_act(receive(0, 1)).await.unwrap();
    store.save_act(receive(1, 2)).await.unwrap();
    let (first, second) = (NoticeId([1; 16]), NoticeId([2; 16]));
    store.try_notice(first, Moment(NOW.0 + 60_000)).await.unwrap();
    let now_due = due(&store, Moment(NOW.0 + 59_999)).await;
    assert_eq!(now_due.iter().map(|notice| (notice.id, notice.tries)).collect::<Vec<_>>(), [(second, 0)]);
    let now_due = due(&store, Moment(NOW.0 + 60_000)).await;
    assert_eq!(now_due.iter().map(|notice| (notice.id, notice.tries)).collect::<Vec<_>>(), [(second, 0), (first, 1)]);

    store.end_notice(first, NoticeEnd::Sent, NOW).await.unwrap();
    store.end_notice(second, NoticeEnd::GivenUp, NOW).await.unwrap();
    // What is over stays over.
    store.end_notice(second, NoticeEnd::Sent, NOW).await.unwrap();
    store.try_notice(first, NOW).await.unwrap();
    assert_eq!(waiting(&store).await, []);
    let rows: Vec<_> = store::with_audit(folder.path(), |rows, _| rows.collect()).unwrap();
    let told: Vec<_> = rows.iter().filter(|row| row.act.starts_with("notice-")).collect();
    assert_eq!(told.iter().map(|row| row.act.as_str()).collect::<Vec<_>>(), ["notice-sent", "notice-given-up"]);
    assert_eq!((&told[0].subject, &told[1].subject), (&id(0).to_string(), &id(1).to_string()));

    assert_eq!(store.clear_notices(Moment(NOW.0 + 5)).await.unwrap(), 0);
    assert_eq!(store.clear_notices(Moment(NOW.0 + 6)).await.unwrap(), 2);
}
