//! A province of two districts and four communes through merge, split, rename and hand-over.

use super::*;
use crate::Level;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn written(code: &str, level: Level, parent: &str) -> Written {
    let agency = Agency {
        code: code.to_owned(),
        name: format!("UBND {code}"),
        level,
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        address: String::new(),
        phone: String::new(),
    };
    Written { agency, from: None, until: None }
}

fn province() -> Vec<Written> {
    use Level::{Commune, District, Province};
    let later = |code: &str, from: &str| Written { from: Some(day(from)), ..written(code, Commune, "d1") };
    vec![
        written("p", Province, ""),
        written("d1", District, "p"),
        written("d2", District, "p"),
        written("a", Commune, "d1"),
        written("b", Commune, "d1"),
        written("c", Commune, "d2"),
        written("e", Commune, "d2"),
        later("ab", "2027-01-01"),
        later("e1", "2027-03-01"),
        later("e2", "2027-03-01"),
    ]
}

fn change(on: &str, kind: ChangeKind) -> Change {
    Change { day: day(on), kind }
}

fn merge(on: &str, of: &[&str], into: &str) -> Change {
    change(on, ChangeKind::Merge { of: of.iter().map(|&code| code.to_owned()).collect(), into: into.to_owned() })
}

fn split(on: &str, of: &str, into: &[&str], work: &str) -> Change {
    let into = into.iter().map(|&code| code.to_owned()).collect();
    change(on, ChangeKind::Split { of: of.to_owned(), into, work: work.to_owned() })
}

fn hand_over(on: &str, of: &str, to: &str) -> Change {
    change(on, ChangeKind::HandOver { of: of.to_owned(), to: to.to_owned() })
}

fn rename(on: &str, of: &str, name: &str) -> Change {
    change(on, ChangeKind::Rename { of: of.to_owned(), name: name.to_owned() })
}

fn book() -> AgencyBook {
    AgencyBook::new(
        &province(),
        &[
            merge("2027-01-01", &["a", "b"], "ab"),
            rename("2027-02-01", "c", "UBND phường c"),
            split("2027-03-01", "e", &["e1", "e2"], "e1"),
            hand_over("2027-04-01", "c", "d1"),
            // What was joined is joined again, and a district ends.
            merge("2027-05-01", &["ab", "c"], "c"),
            merge("2027-06-01", &["d1", "d2"], "p"),
        ],
    )
    .unwrap()
}

/// "code below parent" of each agency of a day.
fn tree(book: &AgencyBook, on: &str) -> String {
    let row = |agency: &Agency| format!("{}<{}", agency.code, agency.parent.as_deref().unwrap_or("-"));
    book.on(day(on)).0.iter().map(row).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_day_has_its_own_tree() {
    let book = book();
    for (on, expected) in [
        ("2026-12-31", "p<- d1<p d2<p a<d1 b<d1 c<d2 e<d2"),
        ("2027-01-01", "p<- d1<p d2<p c<d2 e<d2 ab<d1"),
        ("2027-02-28", "p<- d1<p d2<p c<d2 e<d2 ab<d1"),
        ("2027-03-01", "p<- d1<p d2<p c<d2 ab<d1 e1<d1 e2<d1"),
        ("2027-04-01", "p<- d1<p d2<p c<d1 ab<d1 e1<d1 e2<d1"),
        ("2027-05-01", "p<- d1<p d2<p c<d1 e1<d1 e2<d1"),
        ("2099-01-01", "p<- c<p e1<p e2<p"),
    ] {
        assert_eq!(tree(&book, on), expected, "{on}");
    }
    assert_eq!(book.changes().count(), 6);
}

#[test]
fn names_and_heirs_are_those_of_the_day() {
    let book = book();
    for (code, on, heir, name) in [
        ("a", "2026-12-31", "a", "UBND a"),
        ("a", "2027-01-01", "ab", "UBND a"),
        ("a", "2027-05-01", "c", "UBND a"),
        ("c", "2027-01-31", "c", "UBND c"),
        ("c", "2027-02-01", "c", "UBND phường c"),
        ("e", "2027-03-01", "e1", "UBND e"),
        ("d1", "2027-05-31", "d1", "UBND d1"),
        ("d1", "2027-06-01", "p", "UBND d1"),
        ("e1", "2027-06-01", "e1", "UBND e1"),
    ] {
        assert_eq!((book.heir(code, day(on)), book.name(code, day(on))), (heir, Some(name)), "{code} {on}");
        assert_eq!(book.acting(code, day(on)).unwrap().code, heir);
    }
    assert_eq!((book.name("x", day("2027-01-01")), book.acting("x", day("2027-01-01"))), (None, None));
    assert_eq!(book.inherited("c", day("2027-05-01")), ["c", "a", "b", "ab"]);
    assert_eq!(book.inherited("c", day("2027-04-30")), ["c"]);
    assert_eq!(book.inherited("a", day("2027-05-01")), [""; 0]);
    let became = |code: &str, on: &str| -> Vec<String> {
        book.became(code, day(on)).iter().map(|agency| agency.code.clone()).collect()
    };
    assert_eq!(became("a", "2026-12-31"), [""; 0]);
    assert_eq!((became("a", "2027-01-01"), became("a", "2027-05-01")), (vec!["ab".to_owned()], vec!["c".to_owned()]));
    assert_eq!(became("e", "2027-05-01"), ["e1", "e2"]);
    assert_eq!(book.ended("e", day("2027-03-01")).unwrap().became, ["e1", "e2"]);
    assert_eq!(book.ended("e", day("2027-02-28")), None);
}

#[test]
fn every_agency_whose_work_may_go_elsewhere_is_told() {
    let book = book();
    for (before, now, expected) in [
        ("2026-12-31", "2026-12-31", &[][..]),
        ("2026-12-31", "2027-01-01", &["a", "b", "d1", "p"]),
        ("2027-01-01", "2027-02-01", &[]),
        ("2027-02-01", "2027-03-01", &["d2", "e", "p"]),
        ("2027-03-01", "2027-04-01", &["c", "d2", "p"]),
        ("2026-12-31", "2027-06-01", &["a", "b", "c", "d1", "d2", "e", "p"]),
    ] {
        let found = unsettled(book.on(day(before)), book.on(day(now)));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{before} {now}");
    }
}

#[test]
fn whoever_is_below_is_below_as_of_the_day() {
    let book = book();
    for (on, code, above, below) in [
        ("2027-03-31", "c", "d2", true),
        ("2027-03-31", "c", "d1", false),
        ("2027-04-01", "c", "d1", true),
        ("2027-04-01", "c", "p", true),
        ("2027-04-01", "c", "c", true),
        ("2027-06-01", "c", "d1", false),
    ] {
        assert_eq!(book.on(day(on)).is_below(code, above), below, "{on} {code} {above}");
    }
}

#[test]
fn a_book_that_leaves_work_without_somebody_is_refused() {
    let until = |code: &str, last: &str| {
        let mut all = province();
        all.iter_mut().find(|one| one.agency.code == code).unwrap().until = Some(day(last));
        all
    };
    for (units, changes, says) in [
        (until("a", "2026-12-31"), vec![], "who has its work"),
        (until("a", "2026-12-30"), vec![merge("2027-01-01", &["a"], "b")], "who has its work"),
        (province(), vec![merge("2026-12-01", &["a"], "ab")], "not there on that day"),
        (province(), vec![merge("2027-01-01", &["a"], "x")], "not there on that day"),
        (province(), vec![merge("2027-01-01", &["x"], "a")], "no agency x"),
        (province(), vec![merge("2027-01-01", &["a"], "b"), merge("2027-01-01", &["b"], "a")], "not there on that day"),
        (province(), vec![merge("2027-01-01", &["a"], "b"), merge("2027-02-01", &["a"], "c")], "ends twice"),
        (province(), vec![split("2027-03-01", "e", &["e1", "e2"], "a")], "one of `into`"),
        (province(), vec![hand_over("2027-01-01", "a", "x")], "stands below x"),
        (province(), vec![hand_over("2027-01-01", "p", "d1")], "above itself"),
        (province(), vec![hand_over("2027-01-01", "x", "d1")], "no agency x"),
        (province(), vec![merge("2026-12-01", &["ab"], "c")], "before it was there"),
        ([province(), province()].concat(), vec![], "there twice"),
    ] {
        let refused = AgencyBook::new(&units, &changes);
        assert!(refused.as_ref().is_err_and(|why| why.contains(says)), "{says}: {refused:?}");
    }
    assert!(AgencyBook::new(&until("a", "2026-12-31"), &[merge("2027-01-01", &["a"], "b")]).is_ok());
}
