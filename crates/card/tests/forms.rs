//! A card written into every person of every template: the form's own check takes each answer, and nothing else changes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

use card::{Card, Home, answers};
use form::{Answers, Date, Form, Given, Kind, Tells};
use procedure::source::{Files, Library};
use procedure::units::UnitsBook;
use std::path::Path;

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };
const CARD: &str =
    "044162000017|123456789|Hồ Thị Mừng|15031962|Nữ|Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị|22042021";

fn read(folder: &Path, root: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, root, files);
        } else if path.extension().is_some_and(|end| ["toml", "json", "tsv"].iter().any(|known| end == *known)) {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn library() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms");
    let mut files = Files::new();
    read(&root, &root, &mut files);
    Library::load(&files).unwrap()
}

/// The places of names that a card can answer, with row 0 for groups.
fn people(form: &Form) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, question) in form.questions() {
        names.push(question.id.clone());
        if let Kind::Repeat(group) = &question.kind {
            names.extend(group.questions.iter().map(|inner| format!("{}.0.{}", question.id, inner.id)));
        }
    }
    names.retain(|name| !form.person_at(name).is_empty());
    names
}

#[test]
fn every_person_of_every_template_can_be_filled() {
    let library = library();
    let card = Card::read(CARD).unwrap();
    let home = card.residence().unwrap().homes(&library.units, card.issued(), TODAY).remove(0);
    let mut told = Vec::new();
    for (id, form) in &library.forms {
        for name in people(form) {
            let person = form.person_at(&name);
            let written = answers(&card, &person, Some(&home));
            let mut typed = Answers::default();
            if let Some((group, _)) = name.split_once('.') {
                typed.set(group, "1");
            }
            for (place, text) in &written {
                let question = form.question_at(place).unwrap_or_else(|| panic!("{id}: {place}"));
                let at =
                    person.iter().map(|(_, at)| at.as_str()).find(|at| form::answers::is_within(place, at)).unwrap();
                let part = place[at.len()..].trim_start_matches('.');
                assert!(question.kind.has_part(part), "{id}: {place} is no place of its question");
                typed.set(place, text);
            }
            let given = Given { today: TODAY, units: &library.units };
            let problems = form::check(form, &typed, &given).err().unwrap_or_default();
            // Only what is still to be answered, and rules about the person's case, may be wrong: never a text of the card.
            for problem in problems.iter().filter(|problem| person.iter().any(|(_, at)| *at == problem.place)) {
                let code = format!("{:?}", problem.code);
                assert!(code.contains("Rule"), "{id}: {} {code}", problem.place);
            }
            let tells: Vec<&str> = person.iter().map(|(tells, _)| tells.word()).collect();
            told.push(format!("{id} {name}: {}", tells[1..].join(" ")));
        }
    }
    println!("{}", told.join("\n"));
    let all = "birth sex number issued issuer residence";
    for wanted in [
        format!("nd131-31 nk_ho_ten: {all}"),
        "nd131-31 nguoi_di.0.ho_ten: birth number issued issuer".to_owned(),
        "nd20-04 nc_ho_ten: birth sex number residence".to_owned(),
        "nd20-04 cn_ho_ten: birth number issued issuer residence".to_owned(),
        format!("nd20-1a ho_ten: {all}"),
        format!("nd20-1d ho_ten: {all}"),
        "nd20-1d nkt_ho_ten: number issued issuer residence".to_owned(),
        format!("nd20-2a ch_ho_ten: {all}"),
        "qd24-01 tv.0.tv_ho_ten: sex birth".to_owned(),
    ] {
        assert!(told.contains(&wanted), "{wanted}");
    }
    let templates = library.forms.keys().filter(|id| told.iter().any(|line| line.starts_with(id.as_str()))).count();
    assert_eq!((library.forms.len(), templates), (14, 13), "only the filer's own part has nobody a card could fill");
}

#[test]
fn what_the_card_does_not_say_is_left_alone() {
    let person: Vec<(Tells, String)> =
        Tells::ALL.into_iter().map(|tells| (tells, format!("x_{}", tells.word()))).collect();
    let written = |text: &str, home: Option<&Home>| -> Vec<String> {
        let card = Card::read(text).unwrap();
        answers(&card, &person, home).iter().map(|(place, text)| format!("{place}={text}")).collect()
    };
    assert_eq!(
        written("044162000017||Hồ Thị Mừng|1962|Nữ||", None),
        [
            "x_name=Hồ Thị Mừng",
            "x_birth.day=",
            "x_birth.month=",
            "x_birth.year=1962",
            "x_sex=nu",
            "x_number=044162000017"
        ]
    );
    assert_eq!(written(CARD, None).len(), 1 + 3 + 1 + 1 + 3 + 1);
}

#[test]
fn a_residence_becomes_units_of_today() {
    let book: UnitsBook = library().units;
    for (residence, issued, homes) in [
        (
            "Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị",
            "22042021",
            &["Thôn An Lợi > xã Triệu Bình, tỉnh Quảng Trị"][..],
        ),
        (
            "Thôn An Lợi, xã Triệu Độ, huyện Triệu Phong, tỉnh Quảng Trị",
            "22042021",
            &["Thôn An Lợi > xã Triệu Bình, tỉnh Quảng Trị"],
        ),
        // Split in two: the citizen says which.
        (
            "Số 5, ngõ 2, Cống Vị, Ba Đình, Hà Nội",
            "22042021",
            &["Số 5, ngõ 2 > phường Giảng Võ, thành phố Hà Nội", "Số 5, ngõ 2 > phường Ngọc Hà, thành phố Hà Nội"],
        ),
        // A card of today's units; the same words on an older card mean a district.
        ("Thôn 1, Hải Lăng, Quảng Trị", "01082025", &["Thôn 1 > xã Hải Lăng, tỉnh Quảng Trị"]),
        ("Thôn 1, Diên Sanh, Hải Lăng, Quảng Trị", "01012022", &["Thôn 1 > xã Diên Sanh, tỉnh Quảng Trị"]),
        // A province that was merged.
        (
            "Tổ 3, Phường Hải Thành, Thành phố Đồng Hới, Quảng Bình",
            "22042021",
            &["Tổ 3 > phường Đồng Hới, tỉnh Quảng Trị"],
        ),
        // The day of issue does not settle it: both are offered.
        (
            "Thôn 1, Triệu Độ, Triệu Phong, Quảng Trị",
            "01082025",
            &["Thôn 1, Triệu Độ > xã Triệu Phong, tỉnh Quảng Trị", "Thôn 1 > xã Triệu Bình, tỉnh Quảng Trị"],
        ),
        (
            "Thôn 1, Diên Sanh, Hải Lăng, Quảng Trị",
            "",
            &["Thôn 1 > xã Diên Sanh, tỉnh Quảng Trị", "Thôn 1, Diên Sanh > xã Hải Lăng, tỉnh Quảng Trị"],
        ),
        (
            "Thôn 1, Xã Cũ, Triệu Độ, Triệu Phong, Quảng Trị",
            "22042021",
            &["Thôn 1, Xã Cũ > xã Triệu Bình, tỉnh Quảng Trị"],
        ),
        ("Thôn 1, Triệu Bình, Quảng Trị", "22042021", &["Thôn 1 > xã Triệu Bình, tỉnh Quảng Trị"]),
        ("Pháp", "22042021", &[]),
        ("Thôn 1, Xã Kia, Quảng Trị", "22042021", &[]),
    ] {
        let text = CARD.replace("Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị", residence).replace("22042021", issued);
        let card = Card::read(&text).unwrap();
        let found = card.residence().unwrap().homes(&book, card.issued(), TODAY);
        let found: Vec<String> = found.iter().map(|home| format!("{} > {}", home.detail, home.label)).collect();
        assert_eq!(found, homes, "{residence}");
    }
    // A ward that ended before 2025: all communes of the district are offered, and its name stays with the street.
    let card = Card::read(&CARD.replace("Triệu Độ", "Triệu Xưa")).unwrap();
    let found = card.residence().unwrap().homes(&book, card.issued(), TODAY);
    assert!(found.len() >= 4 && found.iter().all(|home| home.detail == "Thôn An Lợi, Triệu Xưa"), "{}", found.len());
}
