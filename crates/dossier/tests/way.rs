//! The way of a dossier through every procedure of the `forms/` folder: dates that fit together, words that are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../procedure/tests/library/mod.rs"]
mod folder;

use dossier::submit::promises;
use dossier::{ByConsent, Desk, Event, EventKind, Standing, State, Tracked, timeline};
use procedure::calendar::Moment;
use procedure::source::Library;
use procedure::{Agency, Procedure};

/// Sunday, 22 November 2026, 14:05 in Việt Nam.
const SENT: Moment = Moment(1_795_331_100_000);

fn library() -> Library {
    folder::load(&folder::files())
}

fn desk<'a>(library: &'a Library, procedure: &'a Procedure, agency: &'a Agency) -> Desk<'a> {
    let Library { agencies, calendar, hours, .. } = library;
    let (filed, today) = (agency.code.as_str(), SENT.date());
    Desk { procedure, filed, agency, agencies, today, calendar, hours }
}

#[test]
fn every_procedure_has_a_way_that_ends_when_the_result_is_due() {
    let library = library();
    for procedure in library.procedures.values() {
        let agency = library.agencies.on(SENT.date()).receiving(procedure, SENT.date()).next().unwrap();
        let desk = desk(&library, procedure, agency);
        let dossier = Tracked {
            sent_at: SENT,
            number: None,
            fingerprint: String::new(),
            agency: agency.code.clone(),
            events: vec![Event { at: SENT, by: None, on_behalf: None, kind: EventKind::Sent }],
            consent: None,
        };
        let way = timeline(&dossier, &desk, SENT);
        let promises = promises(&desk, SENT);
        assert_eq!(way.promises, promises);
        assert!(way.expected && !way.left.late);
        assert_eq!(way.left.days * 4, procedure.quarter_days() - procedure.quarter_days() % 4);
        assert!(promises.reception.at <= promises.result.at);
        assert_eq!(way.entries.last().unwrap().at, promises.result.at, "{}", procedure.id);
        assert_eq!(way.entries[0].standing, Standing::Past);
        assert_eq!(way.entries.iter().filter(|entry| entry.standing == Standing::Now).count(), 1);
        assert!(way.entries.windows(2).all(|pair| pair[0].at <= pair[1].at && pair[0].says != pair[1].says));
        assert!(way.entries[1..].iter().all(|entry| !entry.says.is_empty() && !entry.role.is_empty()));
        assert_eq!(way.state, State::Sent);
    }
}

#[test]
fn a_paid_fee_stands_among_what_has_happened_when_it_was_paid() {
    let library = library();
    let procedure = library.procedures.values().next().unwrap();
    let agency = library.agencies.on(SENT.date()).receiving(procedure, SENT.date()).next().unwrap();
    let (hour, kinds) = (3_600_000_i64, [EventKind::Sent, EventKind::Received]);
    let event = |(place, kind): (i64, EventKind)| Event {
        at: Moment(SENT.0 + place * 20 * hour),
        by: None,
        on_behalf: None,
        kind,
    };
    let dossier = Tracked {
        sent_at: SENT,
        number: None,
        fingerprint: String::new(),
        agency: agency.code.clone(),
        events: (0..).zip(kinds).map(event).collect(),
        consent: None,
    };
    let desk = desk(&library, procedure, agency);
    // A second too early, in the moment of sending, between the two events, and after all that has happened.
    for (paid, after) in [(-999, 1), (0, 1), (hour, 1), (30 * hour, 3)] {
        let at = Moment(SENT.0 + paid);
        let way = timeline(&dossier, &desk, SENT).with_fee_paid(at);
        let place = way.entries.iter().position(|entry| entry.event == "fee-paid").unwrap();
        assert_eq!((place, way.entries[place].at), (after, at.max(SENT)), "{paid}: {:?}", way.entries);
        assert_eq!(way.entries[place].standing, Standing::Past);
        assert!(way.entries[place].says.is_empty() && way.entries[place].role.is_empty());
    }
}

#[test]
fn a_consent_is_told_with_the_moments_alone() {
    let library = library();
    let procedure = library.procedures.values().next().unwrap();
    let agency = library.agencies.on(SENT.date()).receiving(procedure, SENT.date()).next().unwrap();
    let desk = desk(&library, procedure, agency);
    let later = Moment(SENT.0 + 5_000);
    for (consent, told) in [
        (None, &[("sent", SENT)][..]),
        (Some(ByConsent { withdrawn_at: None }), &[("sent", SENT), ("filed-by-consent", SENT)]),
        (
            Some(ByConsent { withdrawn_at: Some(later) }),
            &[("sent", SENT), ("filed-by-consent", SENT), ("consent-withdrawn", later)],
        ),
    ] {
        let dossier = Tracked {
            sent_at: SENT,
            number: None,
            fingerprint: String::new(),
            agency: agency.code.clone(),
            events: vec![Event { at: SENT, by: None, on_behalf: None, kind: EventKind::Sent }],
            consent,
        };
        let way = timeline(&dossier, &desk, later);
        let events = way.entries.iter().filter(|entry| !entry.event.is_empty()).map(|entry| (entry.event, entry.at));
        assert_eq!(events.collect::<Vec<_>>(), told, "{consent:?}");
    }
}
