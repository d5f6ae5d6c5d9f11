//! Another procedure (the sixth, when there were five) and a template of its own, written only as files below
//! `tests/sixth/forms/` and laid over the project's: they load, their examples hold, and a filing for them is checked like any other.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::{Answers, Given};
use library::{example, files_with, load};
use procedure::source::{Files, Library, browser, examples};
use procedure::{FiledPaper, Filing, FilledForm};

const ID: &str = "xin-xac-nhan-cu-tru";

/// The project's files with the sixth procedure's among them.
fn files() -> Files {
    files_with(&["tests/sixth/forms"])
}

fn library() -> Library {
    load(&files())
}

fn typed(rows: &[(&str, &str)]) -> Answers {
    rows.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect()
}

/// A parent asks for the paper for school: everything is there.
fn filing(library: &Library) -> Filing {
    let files = files();
    let filled =
        |id: &str, answers| FilledForm { form: id.to_owned(), fingerprint: library.forms[id].fingerprint(), answers };
    let mut filer = example(&files, "templates/nguoi-nop/examples/ok-tu-nop.json");
    filer.set("cac_cach_nhan.buu_dien", "");
    Filing {
        procedure: ID.to_owned(),
        fingerprint: library.procedures[ID].fingerprint(),
        agency: "19351".to_owned(),
        case: typed(&[("muc_dich", "di-hoc"), ("dang_o", "yes")]),
        forms: vec![
            filled("xn-01", example(&files, "templates/xn-01/examples/ok-di-hoc.json")),
            filled("nguoi-nop", filer),
        ],
        papers: Vec::new(),
    }
}

/// The problems of a filing, as "place code".
fn problems(library: &Library, filing: &Filing) -> Vec<String> {
    let given = Given { today: form::Date::new(2026, 11, 22).unwrap(), units: &library.units };
    let form_of = |id: &str| library.forms.get(id);
    match procedure::check(&library.procedures[ID], &form_of, library.agencies.on(given.today), filing, &given) {
        Ok(_) => Vec::new(),
        Err(found) => found.iter().map(|problem| format!("{} {}", problem.place, problem.code.as_str())).collect(),
    }
}

fn today() -> form::Date {
    form::Date::new(2026, 11, 22).unwrap()
}

#[test]
fn it_loads_beside_the_others_and_its_examples_hold() {
    let files = files();
    let library = library();
    assert_eq!(library.procedures[ID].quarter_days(), 8);
    let (ran, failures) = examples::run(&library, &files);
    let own = files.keys().filter(|path| path.starts_with("templates/xn-01/examples/")).count();
    assert!(own >= 6 && ran > own, "{own} of {ran}");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_filing_for_it_passes_and_each_mistake_is_found() {
    let library = library();
    let good = filing(&library);
    assert_eq!(problems(&library, &good), Vec::<String>::new());

    let mut unnamed = good.clone();
    unnamed.forms[0].answers.set("x_ho_ten", "");
    assert_eq!(problems(&library, &unnamed), ["xn-01/x_ho_ten required"]);

    let mut elsewhere = good.clone();
    elsewhere.case.set("dang_o", "no");
    assert_eq!(problems(&library, &elsewhere), ["case case-stops"]);
}

#[test]
fn its_papers_are_asked_for_in_their_case_only() {
    let library = library();
    let files = files();
    let mut loan = filing(&library);
    loan.case.set("muc_dich", "vay-von");
    let mut answers = loan.forms[0].answers.clone();
    for (place, text) in example(&files, "templates/xn-01/examples/ok-vay-von.json").iter() {
        answers.set(place, text);
    }
    loan.forms[0].answers = answers.iter().filter(|(place, _)| !place.starts_with("con")).map(owned).collect();
    assert_eq!(problems(&library, &loan), ["papers/giay-ngan-hang paper-missing", "papers/giay-nha paper-missing"]);

    let paper = |id: &str, digit: &str| FiledPaper {
        paper: id.to_owned(),
        sha256: digit.repeat(64),
        name: "giay.jpg".to_owned(),
        kind: "image/jpeg".to_owned(),
        bytes: 1000,
    };
    loan.papers.push(paper("giay-ngan-hang", "1"));
    loan.forms[0].answers.set("so_thang", "3");
    assert_eq!(problems(&library, &loan), Vec::<String>::new());
}

#[test]
fn another_language_shows_its_words_in_vietnamese() {
    let written = browser::write(&library(), &files(), today()).unwrap();
    let (_, missing) = written.missing.iter().find(|(language, _)| language == "en").unwrap();
    assert!(missing.contains("Xin xác nhận cư trú (ví dụ)"));
    let (_, bytes) = written.files.iter().find(|(path, _)| path == "catalogue.en.bin").unwrap();
    let catalogue: procedure::catalogue::Catalogue = pack::from_bytes(bytes).unwrap();
    assert_eq!(catalogue.procedure(ID).unwrap().short, "Xin xác nhận cư trú (ví dụ)");
}

fn owned((place, text): (&str, &str)) -> (String, String) {
    (place.to_owned(), text.to_owned())
}
