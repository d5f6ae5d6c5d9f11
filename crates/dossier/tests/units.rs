//! Dossiers on their way while units are joined, parted, renamed and moved: who acts, who holds the work, what people read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../procedure/tests/library/mod.rs"]
mod folder;

use dossier::{Course, Desk, Event, EventKind, Tracked, course, timeline};
use form::Date;
use procedure::agency::book::{Change, ChangeKind, Written};
use procedure::calendar::{Calendar, Hours, Moment};
use procedure::source::Library;
use procedure::{Agency, AgencyBook, Level, OfficerId, Procedure};

const HIEN: OfficerId = OfficerId([1; 16]);

fn library() -> Library {
    folder::load(&folder::files())
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn at(text: &str) -> Moment {
    Moment::at(day(text), 9 * 3_600_000)
}

/// Two districts d1 and d2; the communes a and b below d1; from 2027 on also x and y.
fn book(changes: &[(&str, ChangeKind)]) -> AgencyBook {
    let unit = |code: &str, level, parent: &str, from: Option<&str>| Written {
        agency: Agency {
            code: code.to_owned(),
            name: format!("UBND {code}"),
            level,
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
            address: String::new(),
            phone: format!("phone of {code}"),
        },
        from: from.map(day),
        until: None,
    };
    let units = [
        unit("p", Level::Province, "", None),
        unit("d1", Level::District, "p", None),
        unit("d2", Level::District, "p", None),
        unit("a", Level::Commune, "d1", None),
        unit("b", Level::Commune, "d1", None),
        unit("x", Level::Commune, "d1", Some("2027-01-01")),
        unit("y", Level::Commune, "d1", Some("2027-01-01")),
    ];
    let changes: Vec<Change> = changes.iter().map(|(on, kind)| Change { day: day(on), kind: kind.clone() }).collect();
    AgencyBook::new(&units, &changes).unwrap()
}

fn merge(of: &[&str], into: &str) -> ChangeKind {
    ChangeKind::Merge { of: of.iter().map(|&code| code.to_owned()).collect(), into: into.to_owned() }
}

fn split() -> ChangeKind {
    ChangeKind::Split { of: "a".to_owned(), into: vec!["x".to_owned(), "y".to_owned()], work: "y".to_owned() }
}

fn moved() -> ChangeKind {
    ChangeKind::HandOver { of: "a".to_owned(), to: "d2".to_owned() }
}

fn renamed() -> ChangeKind {
    ChangeKind::Rename { of: "a".to_owned(), name: "UBND phường A".to_owned() }
}

struct Office {
    procedure: Procedure,
    calendar: Calendar,
    hours: Hours,
}

fn desk<'a>(office: &'a Office, agencies: &'a AgencyBook, today: &str) -> Desk<'a> {
    let Office { procedure, calendar, hours } = office;
    let today = day(today);
    let agency = agencies.acting("a", today).unwrap();
    Desk { procedure, filed: "a", agency, agencies, today, calendar, hours }
}

/// Filed with the commune a in December 2026, received, brought to a stage, and taken there.
fn events(desk: &Desk<'_>, stage: usize) -> Vec<Event> {
    let event = |kind| Event { at: at("2026-12-01"), by: Some(HIEN), on_behalf: None, kind };
    let mut events = vec![event(EventKind::Sent), event(EventKind::Received)];
    while course(desk, at("2026-12-01"), &events).stage < stage {
        events.push(event(EventKind::Forwarded { note: String::new() }));
    }
    events.push(event(EventKind::Claimed { officer: HIEN }));
    events
}

#[test]
fn whoever_has_a_units_work_acts_and_its_officers_go_on_with_it() {
    let Library { mut procedures, calendar, hours, .. } = library();
    let procedure = procedures.remove("tro-cap-xa-hoi-hang-thang").unwrap();
    let commune = procedure.stages[0].unit;
    let far = procedure.stages.iter().position(|stage| stage.unit != commune).unwrap();
    let office = Office { procedure, calendar, hours };
    for (what, changes, stage, today, unit, held) in [
        ("nothing has changed yet", vec![("2027-01-01", merge(&["a", "b"], "x"))], 1, "2026-12-31", "a", true),
        ("merged into a new one", vec![("2027-01-01", merge(&["a", "b"], "x"))], 1, "2027-01-01", "x", true),
        ("merged into its neighbour", vec![("2027-01-01", merge(&["a"], "b"))], 1, "2027-01-01", "b", true),
        (
            "merged twice",
            vec![("2027-01-01", merge(&["a"], "x")), ("2027-02-01", merge(&["x"], "b"))],
            1,
            "2027-02-01",
            "b",
            true,
        ),
        ("parted", vec![("2027-01-01", split())], 1, "2027-01-01", "y", true),
        ("renamed", vec![("2027-01-01", renamed())], 1, "2027-01-01", "a", true),
        ("moved, the commune acts", vec![("2027-01-01", moved())], 1, "2027-01-01", "a", true),
        ("moved, the district acted", vec![("2027-01-01", moved())], far, "2027-01-01", "d2", false),
        ("merged, the district acts on", vec![("2027-01-01", merge(&["a"], "b"))], far, "2027-01-01", "d1", true),
        ("districts ended", vec![("2027-01-01", merge(&["d1", "d2"], "p"))], far, "2027-01-01", "a", false),
        ("districts joined", vec![("2027-01-01", merge(&["d1"], "d2"))], far, "2027-01-01", "d2", true),
    ] {
        let book = book(&changes);
        let events = events(&desk(&office, &book, "2026-12-01"), stage);
        let Course { unit: found, holder, stage: stands, .. } =
            course(&desk(&office, &book, today), at("2026-12-01"), &events);
        assert_eq!((stands, found.as_str(), holder.is_some()), (stage, unit, held), "{what}");
    }
}

#[test]
fn people_read_whom_to_ask_now_and_whom_they_filed_with() {
    let Library { mut procedures, calendar, hours, .. } = library();
    let procedure = procedures.remove("tro-cap-xa-hoi-hang-thang").unwrap();
    let office = Office { procedure, calendar, hours };
    let book = book(&[("2027-01-01", renamed()), ("2027-02-01", merge(&["a"], "b"))]);
    let events = events(&desk(&office, &book, "2026-12-01"), 1);
    let sent_at = at("2026-12-01");
    let tracked = Tracked {
        sent_at,
        number: None,
        fingerprint: String::new(),
        agency: "a".to_owned(),
        events: events.clone(),
        consent: None,
    };
    for (today, agency, phone) in [
        ("2026-12-31", "UBND a", "phone of a"),
        ("2027-01-01", "UBND phường A (trước đây là UBND a)", "phone of a"),
        ("2027-02-01", "UBND b (trước đây là UBND a)", "phone of b"),
    ] {
        let told = timeline(&tracked, &desk(&office, &book, today), at(today));
        assert_eq!((told.agency.as_str(), told.phone.as_str()), (agency, phone), "{today}");
    }
    // A paper of an event is told with the names of that day.
    let now = desk(&office, &book, "2027-03-01");
    assert_eq!((now.on(day("2026-12-01")).agency.name.as_str(), now.agency.code.as_str()), ("UBND a", "b"));
    assert_eq!((now.heir_of(1, day("2026-12-01")), now.heir_of(0, day("2027-01-15"))), ("b", "b"));
}
