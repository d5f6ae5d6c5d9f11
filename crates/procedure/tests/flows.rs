//! One procedure, two ways: which one a dossier goes is told by where and when it was sent.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::Date;
use library::{files, load};
use procedure::source::Library;
use procedure::{Level, Procedure};

const BURIAL: &str = "procedures/ho-tro-chi-phi-mai-tang.toml";

fn burial(library: &Library) -> &Procedure {
    &library.procedures["ho-tro-chi-phi-mai-tang"]
}

#[test]
fn the_way_is_told_by_agency_and_day() {
    let library = load(&files());
    let burial = burial(&library);
    for (agency, day, stages, with_district) in [
        // Cồn Cỏ has no district any more.
        ("19742", "2026-11-28", 5, false),
        ("19742", "2025-07-01", 5, false),
        // What was sent before the change goes the way of that day.
        ("19742", "2025-06-30", 6, true),
        // Hướng Lập stands below Hướng Hóa in the demonstration.
        ("19429", "2026-11-28", 6, true),
        ("465", "2026-11-28", 6, true),
    ] {
        let agencies = library.agencies.on(Date::parse(day).unwrap());
        let found = agencies.find(agency).unwrap_or_else(|| panic!("no {agency}"));
        let way = burial.way(found, agencies, Date::parse(day).unwrap());
        let running = way.map_or_else(|| burial.clone(), |way| burial.by_way(way));
        let district = running.stages.iter().any(|stage| stage.unit == Level::District);
        assert_eq!((running.stages.len(), district), (stages, with_district), "{agency} on {day}");
        assert_eq!(running.quarter_days(), 20, "citizens are promised five days whichever way it goes");
        assert_eq!((running.outcomes.len(), &running.papers), (burial.outcomes.len(), &burial.papers));
    }
}

#[test]
fn a_way_that_cannot_be_meant_does_not_load() {
    let good = files();
    let text = &good[BURIAL];
    let flow = text.find("[[flow]]").unwrap();
    let changed = |from: &str, to: &str| text[..flow].to_owned() + &text[flow..].replacen(from, to, 1);
    for (bad, says) in [
        (changed("quarter_days = 14", "quarter_days = 13"), "takes 19 quarter-days, the procedure promises 20"),
        (changed("unit = \"commune\"", "unit = \"district\""), "at the level it is without"),
        (changed("acts = [\"one-stop\"]", "acts = []"), "nobody acts"),
        (changed("from = \"2025-07-01\"", "from = \"1/7/2025\""), "is not a day"),
    ] {
        let mut files = good.clone();
        files.insert(BURIAL.to_owned(), bad);
        let errors = Library::load(&files).err().unwrap_or_else(|| panic!("loads, though {says}")).to_string();
        assert!(errors.contains(says), "{errors}");
    }
}

#[test]
fn a_procedure_with_one_way_is_the_text_it_was() {
    let library = load(&files());
    for procedure in library.procedures.values() {
        assert_eq!(procedure.to_json().contains("\"flows\""), !procedure.flows.is_empty(), "{}", procedure.id);
        let read: Procedure = serde_json::from_str(&procedure.to_json()).unwrap();
        assert_eq!(&read, procedure);
    }
    assert!(!burial(&library).flows.is_empty());
}
