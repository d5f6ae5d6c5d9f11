//! What was answered is on the paper, as it was typed, and nothing else.

use crate::world::{squeeze, words, world};
use form::{Answers, Kind, Question, summary};
use pdf::{MOST_CHARACTERS, PdfError};
use std::collections::BTreeSet;

/// Answers that stand on the paper in its own words, which are other than the screen's.
const OTHER_WORDS: [&str; 3] = ["qd24-01 loai_de_nghi", "nd20-1a cha_dang_huong", "nd15-01 ai_thiet_ke"];

/// The ways an answer may stand on a paper.
fn written(question: &Question, answers: &Answers, place: &str, told: &str) -> Vec<String> {
    let part = |name| answers.part(place, name).to_owned();
    match &question.kind {
        Kind::Date(_) => {
            let two = |text: String, below: u32| match text.parse::<u32>() {
                Ok(number) if number < below => format!("0{number}"),
                _ => text,
            };
            let (day, month, year) = (two(part("day"), 10), two(part("month"), 3), part("year"));
            let known: Vec<&str> =
                [&day, &month, &year].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            vec![known.join("/"), format!("//{year}"), format!("ngày{day}tháng{month}năm{year}")]
        }
        Kind::PersonalId(_) | Kind::Phone(_) => vec![told.replace(' ', "")],
        Kind::Money(_) => vec![told.trim_end_matches(" đồng").to_owned()],
        Kind::Number(kind) => vec![told.trim_end_matches(&kind.unit).to_owned()],
        Kind::Computed(kind) => vec![told.trim_end_matches(&kind.unit).to_owned()],
        _ => vec![told.to_owned()],
    }
}

#[test]
fn every_answer_of_every_example_is_on_its_paper() {
    let world = world();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut missing = Vec::new();
    for form in world.papers() {
        for (name, answers, today) in world.good(&form.id) {
            let given = world.given(today);
            let printed = world.press.print(form, Some(&answers), &given, &crate::world::facts()).unwrap();
            assert_eq!((&*printed.faults, &*printed.warnings), (&[][..], &[][..]), "{} {name}", form.id);
            let paper = words(&printed);
            for row in summary::summary(form, &answers, &given).into_iter().flat_map(|section| section.rows) {
                let question = form.question_at(&row.place).unwrap();
                if row.answer.is_empty() || row.yes_no || printed.unprinted.contains(&row.place) {
                    continue;
                }
                let name_of = format!("{} {}", form.id, question.id);
                if OTHER_WORDS.contains(&name_of.as_str()) {
                    continue;
                }
                seen.insert(name_of);
                let ways = written(question, &answers, &row.place, &row.answer);
                if !ways.iter().any(|way| paper.contains(&squeeze(way))) {
                    missing.push(format!("{} {name}: {} {ways:?}", form.id, row.place));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    // The examples answer nearly everything there is; what none answers would pass unseen.
    assert!(seen.len() > 300, "{}", seen.len());
}

#[test]
fn what_does_not_pass_the_check_is_printed_all_the_same() {
    let world = world();
    for form in world.papers() {
        for (name, answers, today) in world.examples(&form.id, "bad-") {
            let printed = world.press.print(form, Some(&answers), &world.given(today), &crate::world::facts()).unwrap();
            assert_eq!((printed.faults, printed.warnings), (vec![], vec![]), "{} {name}", form.id);
        }
    }
}

#[test]
fn a_tick_stands_in_its_box_and_in_no_other() {
    let world = world();
    for (answer, paper) in
        [("yes", "cóthẻbhytkhông?khôngxcó"), ("no", "cóthẻbhytkhông?xkhôngcó"), ("", "cóthẻbhytkhông?khôngcó")]
    {
        let mut answers = Answers::default();
        answers.set("co_bhyt", answer);
        let words = words(&world.print("nd20-03", Some(&answers)));
        assert!(words.contains(paper), "{answer}: {words}");
    }
    let mut answers = Answers::default();
    answers.set("gioi_tinh", "nu");
    assert!(words(&world.print("qd24-04", Some(&answers))).contains("giớitính:nam,nữx"));
    answers.set("gioi_tinh", "nam");
    assert!(words(&world.print("qd24-04", Some(&answers))).contains("giớitính:namx,nữ"));
}

#[test]
fn what_people_type_is_printed_and_never_obeyed() {
    let world = world();
    for typed in [
        "#eval(\"1+1\")",
        "*in đậm* _nghiêng_ `mã`",
        "#read(\"/data.json\")",
        "#set page(width: 1pt)",
        "= Đề mục",
        "\\u{41} \\# $x^2$ @ref <nhãn> // ghi chú /* */",
        "]} #panic() {[",
        "\"}; #import \"/paper.typ\": *",
        "<script>alert(1)</script>",
        "Nguyễn 漢字 😀 Ωμέγα",
    ] {
        let mut answers = Answers::default();
        answers.set("ly_do", typed);
        answers.set("ho_ten", typed);
        let printed = world.print("qd24-01", Some(&answers));
        let paper = words(&printed);
        assert_eq!(paper.matches(&squeeze(typed)).count(), 3, "{typed}: name, signature and reason in {paper}");
        printed.to_pdf().unwrap();
    }
}

#[test]
fn signs_nobody_sees_are_not_printed_and_letters_are_composed() {
    let world = world();
    let mut answers = Answers::default();
    answers.set("ho_ten", "Nguye\u{302}\u{303}n \u{202e}Thị\u{200f}\u{0} Lộc");
    assert!(words(&world.print("qd24-01", Some(&answers))).contains("nguyễnthịlộc"));
}

#[test]
fn an_answer_to_a_question_that_is_no_longer_asked_stays_off_the_paper() {
    let world = world();
    let mut answers = Answers::default();
    answers.set("ben_mai_tang", "gia-dinh");
    answers.set("cq_ten", "Hội Không Còn Hỏi");
    assert!(!words(&world.print("nd20-04", Some(&answers))).contains("khôngcònhỏi"));
    answers.set("ben_mai_tang", "co-quan");
    assert!(words(&world.print("nd20-04", Some(&answers))).contains("hộikhôngcònhỏi"));
}

#[test]
fn a_day_of_signing_and_the_office_are_printed_when_they_are_known() {
    let world = world();
    let given = world.given(crate::world::NOW.date());
    let facts = pdf::Facts {
        signed_on: form::Date::new(2026, 2, 5),
        agency: "UBND xã Thử",
        commune: "xã Thử",
        ..crate::world::facts()
    };
    let answers = Answers::default();
    for (id, office) in [("qd24-01", "chủtịchủybannhândânxãthử"), ("nd131-31", "kínhgửi:ubndxãthử")] {
        let paper = words(&world.press.print(world.form(id), Some(&answers), &given, &facts).unwrap());
        assert!(paper.contains("ngày05tháng02năm2026"), "{paper}");
        assert!(paper.contains(office), "{paper}");
        assert!(paper.contains("trang1/1"), "{paper}");
    }
}

#[test]
fn more_than_any_template_asks_is_refused_before_it_is_laid_out() {
    let world = world();
    let given = world.given(crate::world::NOW.date());
    let mut answers = Answers::default();
    answers.set("ly_do", &"a".repeat(MOST_CHARACTERS + 1));
    let refused = world.press.form(world.form("qd24-01"), Some(&answers), &given, &crate::world::facts());
    assert_eq!(refused.err(), Some(PdfError::TooLong));
    // As much as may come, in the shapes that lay out worst: no blanks, and a line break after every letter.
    answers.set("ly_do", &"ế".repeat(MOST_CHARACTERS));
    let long = world.press.form(world.form("qd24-01"), Some(&answers), &given, &crate::world::facts());
    assert!(long.is_ok(), "{long:?}");
    answers.set("ly_do", &"a\n".repeat(MOST_CHARACTERS / 2));
    let tall = world.press.form(world.form("qd24-01"), Some(&answers), &given, &crate::world::facts());
    assert_eq!(tall.err(), Some(PdfError::TooManyPages));
}
