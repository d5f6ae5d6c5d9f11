//! The card's text as a table of cases: both generations, fields too many or too few, cut short, hostile; and properties
//! over random texts. People are invented; no province has the code 000.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

use card::{Birth, Card, Doubt, NotACard, Part, Sex};
use form::Date;
use proptest::prelude::*;

const CHIP: &str =
    "000162000017|123456789|Hồ Thị Mừng|15031962|Nữ|Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị|22042021";

/// What a card says, one part a line, so that a case is one text.
fn said(card: &Card) -> String {
    let birth = card.birth().map_or_else(String::new, |birth| match birth {
        Birth::Day(date) => date.to_string(),
        Birth::Year(year) => year.to_string(),
    });
    let sex = card.sex().map_or("", |sex| if sex == Sex::Male { "nam" } else { "nu" });
    let issued = card.issued().map_or_else(String::new, |date| date.to_string());
    let residence = card.residence().map_or("", |residence| residence.text());
    [card.number(), card.name().unwrap_or_default(), &birth, sex, residence, &issued].join("/")
}

#[test]
fn cards_are_read() {
    let whole = "000162000017/Hồ Thị Mừng/1962-03-15/nu/Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị/2021-04-22";
    for (about, text, told) in [
        ("CCCD with chip", CHIP, whole),
        ("without an old number", &CHIP.replace("123456789", ""), whole),
        ("without the field of the old number", &CHIP.replace("123456789|", ""), whole),
        ("Căn cước 2024 with new fields", &[CHIP, "|000162000018|Hồ A|Lê Thị B"].concat(), whole),
        ("cancelled number in the middle", &CHIP.replace("123456789|", "123456789|000162000018|"), whole),
        ("ends with a separator", &[CHIP, "|"].concat(), whole),
        ("blanks and lines around", &["\u{feff} ", CHIP, "\r\n"].concat(), whole),
        ("blanks within", &CHIP.replace('|', " | ").replace("Hồ Thị", "Hồ  \n Thị"), whole),
        ("decomposed letters", &decomposed(CHIP), whole),
        ("read as Latin-1", &latin(CHIP), whole),
        ("sex in capitals", &CHIP.replace("Nữ", "NỮ"), whole),
        ("sex without marks", &CHIP.replace("Nữ", "Nu"), whole),
        ("birth with slashes", &CHIP.replace("15031962", "15/03/1962"), whole),
        ("only the year", &CHIP.replace("15031962", "1962"), &whole.replace("1962-03-15", "1962")),
        ("only the year, eight signs", &CHIP.replace("15031962", "00001962"), &whole.replace("1962-03-15", "1962")),
        ("no such day", &CHIP.replace("15031962", "31021962"), &whole.replace("1962-03-15", "")),
        (
            "no residence",
            &CHIP.replace("Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị", ""),
            "000162000017/Hồ Thị Mừng/1962-03-15/nu//2021-04-22",
        ),
        (
            "a name with a dash",
            &CHIP.replace("Hồ Thị Mừng", "H'Len Niê-Kđăm"),
            &whole.replace("Hồ Thị Mừng", "H'Len Niê-Kđăm"),
        ),
        ("born abroad", &CHIP.replace("000162", "206162"), &whole.replace("000162", "206162")),
        (
            "cut in the day of issue",
            &CHIP[..CHIP.len() - 3],
            "000162000017/Hồ Thị Mừng/1962-03-15/nu/Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị/",
        ),
        ("cut in the residence", &CHIP[..CHIP.len() - 14], "000162000017/Hồ Thị Mừng/1962-03-15/nu//"),
        ("cut after the sex", CHIP.split("|Thôn").next().unwrap(), "000162000017/Hồ Thị Mừng/1962-03-15/nu//"),
        ("cut in the sex", CHIP.split("ữ|Thôn").next().unwrap(), "000162000017/Hồ Thị Mừng/1962-03-15///"),
        ("cut in the birth: no year is guessed", CHIP.split("1962|N").next().unwrap(), "000162000017/Hồ Thị Mừng////"),
        ("cut in the name", CHIP.split(" Mừng").next().unwrap(), "000162000017/////"),
    ] {
        let card = Card::read(text).unwrap_or_else(|why| panic!("{about}: {why:?}"));
        assert_eq!(said(&card), told, "{about}");
    }
}

#[test]
fn what_is_missing_and_doubtful_is_told_and_refuses_nothing() {
    let card = Card::read(&CHIP.replace("000162", "044162")).unwrap();
    assert_eq!((card.missing(), card.doubts()), (vec![], vec![]));
    for (text, missing, doubts) in [
        (CHIP.to_owned(), vec![], vec![Doubt::UnknownBirthplace]),
        (CHIP.replace("000162", "206162"), vec![], vec![Doubt::UnknownBirthplace]),
        (CHIP.replace("000162", "044163"), vec![], vec![Doubt::BirthDiffers]),
        (CHIP.replace("000162", "044062"), vec![], vec![Doubt::SexDiffers]),
        (CHIP.replace("000162", "044262"), vec![], vec![Doubt::BirthDiffers, Doubt::SexDiffers]),
        (
            "044162000017|123456789|Hồ Thị".to_owned(),
            vec![Part::Name, Part::Birth, Part::Sex, Part::Residence, Part::Issued],
            vec![],
        ),
        ("044162000017||Hồ Thị Mừng|15031962|Nữ||".to_owned(), vec![Part::Residence, Part::Issued], vec![]),
    ] {
        let card = Card::read(&text).unwrap();
        assert_eq!((card.missing(), card.doubts()), (missing, doubts), "{text}");
    }
}

#[test]
fn the_issuer_follows_the_generation() {
    let issuer = |day: &str| Card::read(&CHIP.replace("22042021", day)).unwrap().issuer();
    assert_eq!(issuer("01072024"), Some("Bộ Công an"));
    assert_eq!(issuer("30062024"), Some("Cục Cảnh sát quản lý hành chính về trật tự xã hội"));
    assert_eq!(issuer("31122020"), None);
    assert_eq!(issuer("2021"), None);
}

#[test]
fn other_codes_are_refused_and_told_apart() {
    let long = "1".repeat(10_000_000);
    let deep = CHIP.replace("Hồ Thị Mừng", &"|".repeat(2_000));
    for (text, why) in [
        ("", NotACard::Empty),
        (" \r\n\t", NotACard::Empty),
        (&long, NotACard::TooLong),
        (&[CHIP, &long].concat(), NotACard::TooLong),
        (
            "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F",
            NotACard::Payment,
        ),
        ("https://example.vn/?000162000017|123456789|A B", NotACard::Link),
        ("HTTP://EXAMPLE.VN", NotACard::Link),
        ("javascript:alert(1)", NotACard::Link),
        ("BEGIN:VCARD\nVERSION:3.0\nN:Hồ;Mừng\nEND:VCARD", NotACard::Contact),
        ("WIFI:S:nha;T:WPA;P:00000000;;", NotACard::Contact),
        (&CHIP.replace("Hồ Thị", "<b>Hồ</b> Thị"), NotACard::Strange),
        (&CHIP.replace("Hồ Thị", "Hồ\u{202e} Thị"), NotACard::Strange),
        (&CHIP.replace("Hồ Thị", "Hồ\0 Thị"), NotACard::Strange),
        (&CHIP.replace("Hồ Thị", "Hồ\u{200b} Thị"), NotACard::Strange),
        (&CHIP.replace("Thôn", "http://example.vn"), NotACard::Strange),
        ("000162000017", NotACard::Other),
        ("000162000017|", NotACard::Other),
        ("000162000017|000162000018|000162000019", NotACard::Other),
        ("00016200001|123456789|Hồ Thị Mừng|15031962", NotACard::Other),
        ("٠٠٠١٦٢٠٠٠٠١٧|123456789|Hồ Thị Mừng|15031962", NotACard::Other),
        ("Hồ Thị Mừng|000162000017", NotACard::Other),
        ("ABCD-EFGH-JKMN", NotACard::Other),
        ("{\"id\":\"000162000017\"}", NotACard::Strange),
    ] {
        assert_eq!(Card::read(text).err(), Some(why), "{}", text.chars().take(60).collect::<String>());
    }
    // Thousands of empty fields cost nothing, and what stands before them is read.
    assert_eq!(Card::read(&deep).unwrap().number(), "000162000017");
}

#[test]
fn nothing_personal_is_printed() {
    let card = Card::read(CHIP).unwrap();
    let printed = format!("{card:?} {:?} {:?} {:?}", card.birth(), card.sex(), card.residence());
    for word in ["000162", "Mừng", "1962", "Male", "Triệu", "123456789"] {
        assert!(!printed.contains(word), "{printed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_it(text in any::<String>()) {
        let _ = Card::read(&text);
        let _ = Card::read(&["000162000017|", &text].concat());
        let _ = Card::read(&CHIP.replace("Hồ Thị Mừng", &text));
    }

    /// What was cut off is never invented: each part is the whole card's, or missing.
    #[test]
    fn a_cut_card_says_less_and_never_other(keep in 14..CHIP.chars().count()) {
        let whole = Card::read(CHIP).unwrap();
        let cut: String = CHIP.chars().take(keep).collect();
        if let Ok(card) = Card::read(&cut) {
            prop_assert_eq!(card.number(), whole.number());
            prop_assert!(card.name().is_none() || card.name() == whole.name());
            prop_assert!(card.birth().is_none() || card.birth() == whole.birth());
            prop_assert!(card.sex().is_none() || card.sex() == whole.sex());
            prop_assert!(card.residence().is_none() || card.residence() == whole.residence());
            prop_assert!(card.issued().is_none() || card.issued() == whole.issued());
        }
    }

    /// Any invented person goes through the code and comes back, whatever fields a later generation adds.
    #[test]
    fn a_card_comes_back(
        number in "0001[0-9]{8}", old in "([0-9]{9})?", name in "[A-ZĐ][a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{1,6}( [A-ZĐ][a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]{1,6}){1,4}",
        days in 0..45_000_i32, home in "Thôn [0-9]{1,2}, [A-Z][a-z]{2,8}, [A-Z][a-z]{2,8}, Quảng Trị",
        extra in "(\\|[0-9]{12})?(\\|[A-Z][a-z]{1,9} [A-Z][a-z]{1,9}){0,2}",
    ) {
        prop_assume!(!matches!(form::text::fold(&name).as_str(), "nam" | "nu"));
        let born = Date::from_days(days - 25_000);
        let written = format!("{:02}{:02}{:04}", born.day, born.month, born.year);
        let text = format!("{number}|{old}|{name}|{written}|Nam|{home}|22042021{extra}");
        let card = Card::read(&text).unwrap();
        let name = form::text::tidy(&name, false);
        prop_assert_eq!(said(&card), format!("{number}/{name}/{born}/nam/{home}/2021-04-22"));
    }
}

/// The marks as signs of their own, as some readers give them.
fn decomposed(text: &str) -> String {
    [
        ("ồ", "o\u{302}\u{300}"),
        ("ị", "i\u{323}"),
        ("ừ", "u\u{31b}\u{300}"),
        ("ữ", "u\u{31b}\u{303}"),
        ("ợ", "o\u{31b}\u{323}"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (whole, parts)| text.replace(whole, parts))
}

/// The bytes of UTF-8 shown as signs, as readers do that expect ISO-8859-1 in codes.
fn latin(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
