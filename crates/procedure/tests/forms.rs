//! The project's own `forms/` folder: it loads, its examples hold, and the procedures keep their times.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use library::{files, load};
use procedure::source::{browser, examples};

fn today() -> form::Date {
    form::Date::new(2026, 11, 22).unwrap()
}

#[test]
fn every_example_holds() {
    let files = files();
    let (ran, failures) = examples::run(&load(&files), &files);
    println!("{ran} examples");
    assert!(failures.is_empty(), "{} of {ran} examples:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_procedures_take_the_days_of_decision_71_and_of_the_law() {
    let files = files();
    let library = load(&files);
    for (id, days) in [
        ("tham-vieng-mo-liet-si", 3),
        ("tro-cap-xa-hoi-hang-thang", 22),
        ("ho-tro-chi-phi-mai-tang", 5),
        ("cong-nhan-ho-ngheo", 15),
        ("cong-nhan-ho-thoat-ngheo", 15),
        ("cap-giay-phep-xay-dung", 15),
    ] {
        let procedure = library.procedures.get(id).unwrap_or_else(|| panic!("no procedure {id}"));
        assert_eq!(procedure.quarter_days(), days * 4, "{id}");
    }
}

#[test]
fn the_browser_gets_every_form_and_reads_it() {
    let files = files();
    let library = load(&files);
    let written = browser::write(&library, &files, today()).unwrap();
    let (_, bytes) = written.files.iter().find(|(path, _)| path == "catalogue.vi.bin").unwrap();
    let catalogue: procedure::catalogue::Catalogue = pack::from_bytes(bytes).unwrap();
    assert_eq!(catalogue.procedures.len(), library.procedures.len());
    for listed in catalogue.procedures.iter().filter(|listed| !listed.eligibility.is_empty()) {
        let (_, bytes) = written.files.iter().find(|(path, _)| *path == listed.eligibility).unwrap();
        let rules: procedure::Eligibility = pack::from_bytes(bytes).unwrap();
        assert_eq!(rules, library.eligibility[&listed.stored.id]);
    }
    assert_eq!(catalogue.procedures.iter().filter(|listed| !listed.eligibility.is_empty()).count(), 3);
    for stored in &catalogue.forms {
        let (_, bytes) = written.files.iter().find(|(path, _)| *path == stored.file).unwrap();
        let (fingerprint, form): (String, form::Form) = pack::from_bytes(bytes).unwrap();
        assert_eq!(form, library.forms[&stored.id]);
        assert_eq!(form.fingerprint(), fingerprint);
        assert!(fingerprint.starts_with(&format!("{:016x}", stored.version)));
    }
}

/// The names of the agencies in a catalogue among these files.
fn agencies_of(written: &browser::BrowserFiles, catalogue: &str) -> Vec<String> {
    let read = |name: &str| &written.files.iter().find(|(path, _)| path == name).unwrap().1;
    let catalogue: procedure::catalogue::Catalogue = pack::from_bytes(read(catalogue)).unwrap();
    let agencies: procedure::Agencies = pack::from_bytes(read(&catalogue.agencies)).unwrap();
    agencies.0.into_iter().map(|agency| agency.name).collect()
}

#[test]
fn the_browser_gets_the_agencies_of_the_day_and_of_days_to_come() {
    let mut files = files();
    let text = files.get_mut("units/agencies.toml").unwrap();
    text.push_str("\n[[change]]\nday = \"2026-10-01\"\nrename = \"19333\"\nname = \"UBND phường Xưa\"\n");
    text.push_str("\n[[change]]\nday = \"2027-01-01\"\nmerge = [\"19333\"]\ninto = \"19351\"\n");
    text.push_str("\n[[change]]\nday = \"2027-02-01\"\nrename = \"19351\"\nname = \"UBND phường Mới\"\n");
    let written = browser::write(&load(&files), &files, today()).unwrap();
    let catalogues = written.files.iter().filter(|(path, _)| path.starts_with("catalogue.vi."));
    assert_eq!(catalogues.count(), 3, "what was before today is nobody's any more");
    for (catalogue, old, joined, new) in [
        ("catalogue.vi.bin", true, true, false),
        ("catalogue.vi.2027-01-01.bin", false, true, false),
        ("catalogue.en.2027-02-01.bin", false, false, true),
    ] {
        let names = agencies_of(&written, catalogue);
        let has = |name: &str| names.iter().any(|known| known == name);
        let found = (has("UBND phường Xưa"), has("UBND phường Nam Đông Hà"), has("UBND phường Mới"));
        assert_eq!(found, (old, joined, new), "{catalogue}");
    }
}

#[test]
fn no_language_lacks_a_text() {
    let files = files();
    let written = browser::write(&load(&files), &files, today()).unwrap();
    assert!(!written.missing.is_empty(), "forms/texts/ holds no language");
    for (language, missing) in written.missing {
        assert!(
            missing.is_empty(),
            "forms/texts/{language}.toml lacks {} texts:\n{}",
            missing.len(),
            missing.iter().map(|text| format!("{text:?} = \"\"")).collect::<Vec<_>>().join("\n")
        );
    }
}

#[test]
fn a_third_language_is_one_file_and_what_it_lacks_is_listed() {
    let mut files = files();
    files.insert("texts/xx.toml".to_owned(), "\"Họ và tên\" = \"Xx name\"\n".to_owned());
    let written = browser::write(&load(&files), &files, today()).unwrap();
    let in_third = |start: &str| {
        written.files.iter().filter(|(path, _)| path.starts_with(start) && path.ends_with(".xx.bin")).count()
    };
    assert_eq!(in_third("catalogue"), 1);
    let library = load(&files);
    assert_eq!((in_third("procedures/"), in_third("forms/")), (library.procedures.len(), library.forms.len()));
    let (_, missing) = written.missing.iter().find(|(language, _)| language == "xx").unwrap();
    let (_, english) = written.missing.iter().find(|(language, _)| language == "en").unwrap();
    assert!(english.is_empty());
    assert!(missing.len() > 500 && missing.contains("Hỗ trợ chi phí mai táng"), "{} texts", missing.len());
    assert!(!missing.contains("Họ và tên"));
}
