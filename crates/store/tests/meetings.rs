//! Meetings: kept with an event of every dossier or not at all, once for each key, and read on record.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod stored;

use dossier::meeting::{Area, Discussed, Household, Meeting, Minutes, Present};
use dossier::{Event, EventKind, MeetingId, State};
use procedure::OfficerId;
use procedure::calendar::Moment;
use store::desk::NewAct;
use store::meetings::{KeptMeeting, MeetingSaved, NewMeeting};
use store::{DeskStore as _, DraftKey, Meetings as _, SqliteStore, Store as _};
use stored::{NOW, id, opened, place};

const HIEN: OfficerId = OfficerId([9; 16]);

/// A meeting of this name about these dossiers, each with the version it was decided at.
fn meeting(name: u8, unit: &str, dossiers: &[(u8, u32)]) -> NewMeeting {
    let discussed = |number: u8| Discussed {
        dossier: id(number),
        score_a: 130,
        score_b: 30,
        agree: 16,
        against: 1,
        no_opinion: 0,
        note: "nhà dột".to_owned(),
    };
    let meeting = Meeting {
        village: "Thôn Thử".to_owned(),
        place: "Nhà văn hóa".to_owned(),
        area: Area::Urban,
        begun: Moment(NOW.0 + i64::from(name)),
        ended: Moment(NOW.0 + 1_000),
        chair: "Trần Văn Chủ".to_owned(),
        secretary: "Lê Thị Thư".to_owned(),
        representatives: vec!["Hồ Văn Mười".to_owned()],
        invited: 40,
        present: vec![Present { name: "Hồ Văn Một".to_owned(), household: "Hộ ông Tư".to_owned() }],
        on_paper: 30,
        households: dossiers.iter().map(|(number, _)| discussed(*number)).collect(),
        note: String::new(),
    };
    let meeting_id = MeetingId([name; 16]);
    let act = |(place_of, (number, version)): (usize, &(u8, u32))| NewAct {
        key: DraftKey([0; 16]),
        body_hash: [0; 32],
        dossier: id(*number),
        version: *version,
        event: Event {
            at: Moment(NOW.0 + 2_000),
            by: Some(HIEN),
            on_behalf: None,
            kind: EventKind::MeetingHeld(meeting.held(meeting_id, &meeting.households[place_of], 50)),
        },
        place: place(State::InProcess),
        number: None,
        files: Vec::new(),
        filing: None,
        notice: None,
    };
    let acts = dossiers.iter().enumerate().map(act).collect();
    let household = |_: &(u8, u32)| Household {
        person: "Hồ Văn Một".to_owned(),
        number: "H50-0001".to_owned(),
        code: "1.011607.H50".to_owned(),
        share: 50,
    };
    let households = dossiers.iter().map(household).collect();
    let minutes = Minutes { meeting, households };
    let kept =
        KeptMeeting { id: meeting_id, unit: unit.to_owned(), officer: HIEN, kept_at: Moment(NOW.0 + 2_000), minutes };
    NewMeeting { key: DraftKey([200 + name; 16]), body_hash: [name; 32], meeting: kept, acts }
}

async fn events(store: &SqliteStore, number: u8) -> Vec<Event> {
    store.dossier(id(number)).await.unwrap().unwrap().events
}

#[tokio::test]
async fn a_meeting_is_kept_with_all_of_its_dossiers_or_none() {
    let (_folder, store) = opened(3).await;
    let rows = store.audit_head().await.unwrap().id;
    // The second one has had another event meanwhile, and one is not there at all.
    let stale = meeting(1, "000001", &[(0, 1), (1, 7), (9, 1)]);
    assert_eq!(store.save_meeting(stale).await.unwrap(), MeetingSaved::Changed(vec![id(1), id(9)]));
    for number in 0..3 {
        assert_eq!(events(&store, number).await.len(), 1, "{number}");
    }
    assert_eq!(store.meeting(MeetingId([1; 16])).await.unwrap(), None);
    assert_eq!(store.audit_head().await.unwrap().id, rows, "nothing happened, so nothing is on record");

    let whole = meeting(1, "000001", &[(0, 1), (1, 1)]);
    assert_eq!(store.save_meeting(whole.clone()).await.unwrap(), MeetingSaved::New);
    for (number, act) in (0..2).zip(&whole.acts) {
        assert_eq!(events(&store, number).await.last(), Some(&act.event), "kept as it was decided");
    }
    assert_eq!(events(&store, 2).await.len(), 1);
    assert_eq!(store.meeting(MeetingId([1; 16])).await.unwrap(), Some(whole.meeting));
    assert_eq!(store.audit_head().await.unwrap().id, rows + 3, "two dossiers and the meeting");
}

#[tokio::test]
async fn the_same_key_keeps_one_meeting_and_no_other() {
    let (_folder, store) = opened(2).await;
    let first = meeting(1, "000001", &[(0, 1)]);
    let known = |body: u8| store.meeting_before(first.key, [body; 32]);
    assert_eq!(known(1).await.unwrap(), MeetingSaved::New);
    assert_eq!(store.save_meeting(first.clone()).await.unwrap(), MeetingSaved::New);
    // Decided anew after it: another name, the same key and body.
    let again = NewMeeting { key: first.key, body_hash: first.body_hash, ..meeting(2, "000001", &[(0, 2)]) };
    assert_eq!(store.save_meeting(again.clone()).await.unwrap(), MeetingSaved::Before(MeetingId([1; 16])));
    let other = NewMeeting { body_hash: [7; 32], ..again };
    assert_eq!(store.save_meeting(other).await.unwrap(), MeetingSaved::KeyReused);
    assert_eq!(known(1).await.unwrap(), MeetingSaved::Before(MeetingId([1; 16])));
    assert_eq!(known(7).await.unwrap(), MeetingSaved::KeyReused);
    assert_eq!(events(&store, 0).await.len(), 2);
}

#[tokio::test]
async fn a_unit_has_its_own_meetings_the_newest_first_and_reads_them_on_record() {
    let (_folder, store) = opened(4).await;
    for (name, unit, dossier) in [(1, "000001", 0), (3, "000001", 1), (2, "000001", 2), (4, "000002", 3)] {
        assert_eq!(store.save_meeting(meeting(name, unit, &[(dossier, 1)])).await.unwrap(), MeetingSaved::New);
    }
    let names = |all: Vec<KeptMeeting>| all.iter().map(|one| one.id.0[0]).collect::<Vec<_>>();
    assert_eq!(names(store.meetings_of("000001", 9).await.unwrap()), [3, 2, 1]);
    assert_eq!(names(store.meetings_of("000001", 2).await.unwrap()), [3, 2]);
    assert_eq!(names(store.meetings_of("000002", 9).await.unwrap()), [4]);
    let rows = store.audit_head().await.unwrap().id;
    let read = |name: u8, unit: &'static str| store.read_meeting(MeetingId([name; 16]), unit, HIEN, NOW);
    assert_eq!(read(4, "000001").await.unwrap(), None);
    assert_eq!(read(99, "000001").await.unwrap(), None);
    assert_eq!(store.audit_head().await.unwrap().id, rows);
    assert!(read(1, "000001").await.unwrap().is_some());
    assert_eq!(store.audit_head().await.unwrap().id, rows + 1);
}
