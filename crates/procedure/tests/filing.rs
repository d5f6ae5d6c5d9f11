//! What the check of a whole filing tells: everything that is missing, forms and papers in one list.
#![cfg(feature = "source")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

mod library;

use form::{Answers, Given};
use library::{example, files, load};
use procedure::{FiledPaper, Filing, FilledForm};

/// A funeral's filing with this example of Mẫu số 04, and these papers; its problems as "place code".
fn problems(answers: &str, papers: &[&str]) -> Vec<String> {
    filed(&[], &[("nd20-04", answers), ("nguoi-nop", "ok-tu-nop")], papers)
}

/// The same with more answers to the guiding questions, and with these examples of forms.
fn filed(case: &[(&str, &str)], forms: &[(&str, &str)], papers: &[&str]) -> Vec<String> {
    let files = files();
    let library = load(&files);
    let filled = |(form, name): &(&str, &str)| FilledForm {
        form: (*form).to_owned(),
        fingerprint: String::new(),
        answers: example(&files, &format!("templates/{form}/examples/{name}.json")),
    };
    let case =
        [("truong_hop", "tro-cap")].iter().chain(case).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let paper = |(number, paper): (usize, &&str)| FiledPaper {
        paper: (*paper).to_owned(),
        sha256: format!("{number:064x}"),
        name: "anh.jpg".to_owned(),
        kind: "image/jpeg".to_owned(),
        bytes: 1000,
    };
    let filing = Filing {
        procedure: "ho-tro-chi-phi-mai-tang".to_owned(),
        fingerprint: String::new(),
        agency: "19351".to_owned(),
        case: Answers::from_iter(case),
        forms: forms.iter().map(filled).collect(),
        papers: papers.iter().enumerate().map(paper).collect(),
    };
    let given = Given { today: form::Date::new(2026, 11, 22).unwrap(), units: &library.units };
    let form_of = |id: &str| library.forms.get(id);
    let procedure = &library.procedures["ho-tro-chi-phi-mai-tang"];
    match procedure::check(procedure, &form_of, library.agencies.on(given.today), &filing, &given) {
        Ok(_) => Vec::new(),
        Err(found) => {
            let blocking = found.iter().filter(|problem| problem.blocks);
            blocking.map(|problem| format!("{} {}", problem.place, problem.code.as_str())).collect()
        }
    }
}

#[test]
fn missing_papers_are_told_together_with_missing_answers() {
    let told = problems("bad-thieu", &[]);
    println!("{told:?}");
    assert!(told.iter().any(|problem| problem.starts_with("nd20-04/")), "{told:?}");
    assert!(told.iter().any(|problem| problem.ends_with(" paper-missing")), "{told:?}");
}

#[test]
fn no_paper_is_called_superfluous_before_the_answers_are_whole() {
    let whole = problems("ok-gia-dinh", &["la"]);
    assert!(whole.contains(&"papers/la paper-unknown".to_owned()), "{whole:?}");
    let begun = problems("bad-thieu", &["la"]);
    assert!(!begun.iter().any(|problem| problem.ends_with(" paper-unknown")), "{begun:?}");
}

#[test]
fn a_form_that_comes_written_by_hand_is_a_paper_and_not_filled_in() {
    let by_hand = [("viet_tay", "yes")];
    let (form, filer) = (("nd20-04", "ok-gia-dinh"), ("nguoi-nop", "ok-tu-nop"));
    for (case, forms, papers, told) in [
        (&by_hand[..], &[filer][..], &["to-khai-viet-tay", "giay-chung-tu"][..], &[][..]),
        (&by_hand, &[filer], &["giay-chung-tu"], &["papers/to-khai-viet-tay paper-missing"]),
        (&by_hand, &[form, filer], &["to-khai-viet-tay", "giay-chung-tu"], &["forms forms-differ"]),
        (&by_hand, &[], &["to-khai-viet-tay", "giay-chung-tu"], &["forms forms-differ"]),
        (&[("viet_tay", "no")], &[form, filer], &["giay-chung-tu"], &[]),
        (&[], &[filer], &["to-khai-viet-tay", "giay-chung-tu"], &["forms forms-differ"]),
        (&[], &[form, filer], &["to-khai-viet-tay", "giay-chung-tu"], &["papers/to-khai-viet-tay paper-unknown"]),
    ] {
        assert_eq!(filed(case, forms, papers), told, "{case:?} {forms:?} {papers:?}");
    }
}
