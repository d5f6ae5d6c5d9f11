//! The list of a dossier's notices: every kind of event, the fee, and that nothing is in it which the code does not show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../procedure/tests/library/mod.rs"]
mod folder;

use dossier::meeting::Class;
use dossier::notice::list::{EVENTS, Fee, Listed, Money, list};
use dossier::posting::{Objection, Posted};
use dossier::{
    ByConsent, Channel, Desk, Event, EventKind, MeetingHeld, MeetingId, Parcel, PostingId, ResultFile, Supplement,
    Tracked, timeline,
};
use procedure::OfficerId;
use procedure::calendar::{DAY_MS, Moment};

/// Sunday, 22 November 2026, 14:05 in Việt Nam.
const SENT: Moment = Moment(1_795_331_100_000);
const HOUR: i64 = 3_600_000;

fn said() -> String {
    "nhiễm HIV".to_owned()
}

/// Happened one a hour, from the first on.
fn happened(kinds: &[EventKind]) -> Tracked {
    let event = |(hour, kind): (i64, &EventKind)| Event {
        at: Moment(SENT.0 + hour * HOUR),
        by: Some(OfficerId([1; 16])),
        on_behalf: None,
        kind: kind.clone(),
    };
    Tracked {
        sent_at: SENT,
        number: None,
        fingerprint: String::new(),
        agency: "19351".to_owned(),
        consent: None,
        events: (0..).zip(kinds).map(event).collect(),
    }
}

/// Asks with the desk of a procedure with a meeting, a posting and a fee.
fn with_desk(ask: impl FnOnce(&Desk<'_>)) {
    let library = folder::load(&folder::files());
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    let agency = library.agencies.acting("19351", SENT.date()).unwrap();
    let (agencies, calendar, hours) = (&library.agencies, &library.calendar, &library.hours);
    ask(&Desk { procedure, filed: "19351", agency, agencies, today: SENT.date(), calendar, hours });
}

fn result() -> ResultFile {
    ResultFile { number: said(), sha256: String::new(), file: said(), bytes: 1 }
}

/// All the turns of an office before the last stage.
fn worked(desk: &Desk<'_>) -> Vec<EventKind> {
    let mut kinds = vec![EventKind::Sent, EventKind::Received];
    loop {
        let dossier = happened(&kinds);
        if dossier::course(desk, SENT, &dossier.events).is_last(desk) {
            return kinds;
        }
        kinds.push(EventKind::Forwarded { note: said() });
    }
}

#[test]
fn every_kind_of_event_is_listed_as_the_code_shows_it_or_not_at_all() {
    let reason = said;
    let asked = || EventKind::SupplementAsked(Supplement { items: Vec::new(), note: said() });
    let posting = PostingId([1; 16]);
    let posted = |days: i64| EventKind::Posted(Posted { posting, line: 1, not_after: Moment(SENT.0 + days * DAY_MS) });
    let objected = EventKind::Objected(Objection { posting, name: said(), contact: said(), says: said() });
    let held = EventKind::MeetingHeld(MeetingHeld {
        meeting: MeetingId([1; 16]),
        village: said(),
        begun: SENT,
        ended: SENT,
        present: 1,
        agree: 1,
        against: 0,
        no_opinion: 0,
        score_a: 1,
        score_b: 1,
        class: Class::Poor,
        agreed: true,
    });
    let post = |parcel| EventKind::ParcelPosted { parcel, number: said() };
    let failed = |parcel| EventKind::ParcelFailed { parcel, reason: said() };
    let (sent, received) = (vec![EventKind::Sent], vec![EventKind::Sent, EventKind::Received]);
    with_desk(|desk| {
        let worked = worked(desk);
        let mut done = worked.clone();
        done.push(EventKind::ResultAttached(result()));
        let mut unsolved = received.clone();
        unsolved.push(EventKind::ReturnedUnsolved { reason: said() });
        let mut waiting = received.clone();
        waiting.push(asked());
        for (before, kind, told) in [
            (&vec![], EventKind::Sent, None),
            (&vec![], EventKind::Entered { channel: Channel::InPerson }, None),
            (&sent, EventKind::Claimed { officer: OfficerId([1; 16]) }, None),
            (&sent, EventKind::Released, None),
            (&sent, EventKind::Received, Some("received")),
            (&sent, asked(), Some("supplement-asked")),
            (&waiting, EventKind::Supplemented, None),
            (&sent, EventKind::RefusalProposed { reason: reason() }, None),
            (&sent, EventKind::Reconsidered { reason: reason() }, None),
            (&sent, EventKind::NotReceived { reason: reason() }, Some("not-received")),
            (&received, held, None),
            (&received, EventKind::Forwarded { note: reason() }, None),
            (&received, EventKind::SentBack { stage: desk.procedure.stages[0].id.clone(), reason: reason() }, None),
            (&received, EventKind::ReturnedUnsolved { reason: reason() }, Some("returned-unsolved")),
            (&received, EventKind::Extended { quarter_days: 8, reason: reason() }, Some("extended")),
            (&received, EventKind::ResultAttached(result()), None),
            (&worked, EventKind::ResultAttached(result()), Some("done")),
            (&done, EventKind::ResultAttached(result()), None),
            (&received, posted(30), Some("posted")),
            (&received, posted(0), Some("posted")),
            (&received, objected, None),
            (&received, EventKind::Rechecked { reason: reason() }, None),
            (&done, EventKind::HandedOver(None), Some("handed-over")),
            (&unsolved, EventKind::HandedOver(None), Some("handed-over")),
            (&received, post(Parcel::Papers), Some("papers-fetched-for")),
            (&done, post(Parcel::Result), Some("result-posted")),
            (&received, EventKind::ParcelDelivered { parcel: Parcel::Papers }, None),
            (&done, EventKind::ParcelDelivered { parcel: Parcel::Result }, None),
            (&received, failed(Parcel::Papers), Some("papers-not-fetched")),
            (&done, failed(Parcel::Result), Some("result-not-delivered")),
        ] {
            let mut kinds = before.clone();
            kinds.push(kind.clone());
            let (earlier, dossier) = (happened(before), happened(&kinds));
            let now = dossier.events.last().unwrap().at;
            let all = list(&dossier, desk, Fee::default(), now);
            let known = list(&earlier, desk, Fee::default(), now).len();
            let new = &all[known..];
            assert_eq!(new.iter().map(|listed| listed.event).collect::<Vec<_>>(), told.as_slice(), "{kind:?}");
            let Some(Listed { event, at, due, posted_until, waits }) = new.first() else { continue };
            assert!(EVENTS.contains(&kind.name()), "{kind:?} is looked for");
            assert_eq!((*at, *waits), (now, kind == asked()), "{kind:?}");
            // What whoever has the code saw at that moment.
            let shown = timeline(&dossier, desk, now);
            let entry = shown.entries.iter().any(|entry| entry.event == *event && entry.at == now);
            assert!(entry || shown.state.name() == *event, "{kind:?}");
            assert_eq!(*posted_until, shown.posted_until.filter(|_| *event == "posted"), "{kind:?}");
            let promises = matches!(kind, EventKind::Received | EventKind::Extended { .. });
            assert_eq!(*due, promises.then_some(shown.promises.result.at), "{kind:?}");
            assert!(!format!("{new:?}").contains("HIV"), "{kind:?}");
        }
    });
}

#[test]
fn what_waits_for_the_citizen_is_the_last_that_was_asked_while_it_is() {
    let asked = || EventKind::SupplementAsked(Supplement { items: Vec::new(), note: said() });
    let refused = || EventKind::NotReceived { reason: said() };
    with_desk(|desk| {
        for (kinds, waits) in [
            (vec![asked()], vec![true]),
            (vec![asked(), EventKind::Supplemented], vec![false]),
            (vec![asked(), EventKind::Supplemented, asked()], vec![false, true]),
            (vec![asked(), refused()], vec![false, false]),
        ] {
            let kinds: Vec<EventKind> = [EventKind::Sent].into_iter().chain(kinds).collect();
            let found = list(&happened(&kinds), desk, Fee::default(), Moment(SENT.0 + DAY_MS));
            assert_eq!(found.iter().map(|listed| listed.waits).collect::<Vec<_>>(), waits, "{kinds:?}");
        }
    });
}

#[test]
fn the_owner_is_told_that_another_filed_by_their_consent_and_that_it_was_taken_back() {
    let later = Moment(SENT.0 + 3 * HOUR);
    with_desk(|desk| {
        for (consent, told) in [
            (None, vec!["received"]),
            (Some(ByConsent { withdrawn_at: None }), vec!["filed-by-consent", "received"]),
            (Some(ByConsent { withdrawn_at: Some(later) }), vec!["filed-by-consent", "received", "consent-withdrawn"]),
        ] {
            let dossier = Tracked { consent, ..happened(&[EventKind::Sent, EventKind::Received]) };
            let found = list(&dossier, desk, Fee::default(), later);
            assert_eq!(found.iter().map(|listed| listed.event).collect::<Vec<_>>(), told);
            let shown = timeline(&dossier, desk, later);
            for Listed { event, at, .. } in &found {
                assert!(shown.entries.iter().any(|entry| (entry.event, entry.at) == (*event, *at)), "{event}");
            }
        }
    });
}

#[test]
fn the_fee_is_told_once_it_is_to_be_paid_is_paid_and_is_owed_back() {
    let at = |hour: i64| Moment(SENT.0 + hour * HOUR);
    let money = |hour, fee, back| Money { at: at(hour), fee, back };
    let refused = [EventKind::Sent, EventKind::NotReceived { reason: said() }];
    let running = [EventKind::Sent, EventKind::Received];
    with_desk(|desk| {
        for (kinds, unpaid, money, told) in [
            (&running, true, vec![], vec![("fee-unpaid", at(0), true)]),
            (&running, false, vec![money(3, 9, 0)], vec![("fee-paid", at(3), false)]),
            // A payment too many is told to whoever has the digits.
            (&running, false, vec![money(3, 9, 0), money(4, 0, 9)], vec![("fee-paid", at(3), false)]),
            // And so is one that does not pay the fee.
            (&running, true, vec![money(3, 0, 5)], vec![("fee-unpaid", at(0), true)]),
            // The money learned of in the same transaction as the refusal, and after it.
            (
                &refused,
                false,
                vec![money(0, 9, 0), money(1, -9, 9)],
                vec![("fee-paid", at(0), false), ("fee-refund", at(1), false)],
            ),
            (&refused, false, vec![money(5, 0, 9)], vec![("fee-refund", at(5), false)]),
            // That it went back is told to whoever has the digits.
            (&refused, false, vec![money(5, 0, 9), money(9, 0, -9)], vec![("fee-refund", at(5), false)]),
        ] {
            let found = list(&happened(kinds), desk, Fee { unpaid, money: &money }, at(10));
            let fees: Vec<_> = found
                .iter()
                .filter(|listed| listed.event.starts_with("fee"))
                .map(|listed| (listed.event, listed.at, listed.waits))
                .collect();
            assert_eq!(fees, told, "{kinds:?} {money:?}");
            assert!(found.is_sorted_by_key(|listed| listed.at.0));
        }
    });
}
