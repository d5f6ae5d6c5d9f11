//! Ways in which answers go wrong: by people, by broken phones, and by those who try what happens.

use crate::random::Random;
use form::check::row_place;
use form::text::compose;
use form::{Answers, Form, Kind};

/// What no question expects. Numbers stand at the edges of the 32 bits of the browser and the 64 of the server.
const GARBAGE: [&str; 40] = [
    " ",
    "\t\n",
    "0",
    "00",
    "-1",
    "+5",
    "1.5",
    "1e9",
    "50",
    "51",
    "60",
    "255",
    "256",
    "65536",
    "4294967295",
    "4294967296",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999",
    "1.000.000",
    "1,5",
    "１２",
    "٣",
    "²",
    "sai",
    "YES",
    "no",
    "29",
    "2",
    "2024",
    "\u{0}",
    "a\u{200b}b",
    "\u{202e}abc",
    "\u{feff}",
    "👩‍👩‍👧‍👦",
    "Z͑ͫ̓ͪ̂ͫ̽a͎l̸g̵o",
    "ﬁ ǅ İ ß ẞ ſ",
    "\u{fffd}",
];

/// Places that no form has, or that look as if it had.
const PLACES: [&str; 9] = [
    "",
    ".",
    "la_lam",
    "con.0",
    "con.50.ho_ten",
    "con.4294967296.ho_ten",
    "con.18446744073709551616.ho_ten",
    "con.00.ho_ten",
    "ngay_sinh.day.day",
];

/// Codes of communes and provinces: of today, of other provinces, of earlier days, of nowhere.
const UNITS: [&str; 12] = ["44", "01", "45", "79", "4", "99", "19351", "00001", "00004", "26734", "99999", "1935"];

/// Spoils answers in one way.
pub fn spoil(answers: &mut Answers, form: &Form, random: &mut Random) {
    let places: Vec<String> = answers.iter().map(|(place, _)| place.to_owned()).collect();
    let (Some(place), Some(other)) = (random.one(&places), random.one(&places)) else {
        return;
    };
    let (text, other_text) = (answers.get(place).to_owned(), answers.get(other).to_owned());
    match random.below(12) {
        0 | 1 => answers.set(place, ""),
        2 => {
            answers.set(place, &other_text);
            answers.set(other, &text);
        }
        3 => answers.set(place, &other_text),
        4 | 5 => answers.set(place, random.one(&GARBAGE).unwrap_or(&"")),
        6 => answers.set(place, &decomposed(&text, random.below(2) == 0)),
        7 => answers.set(random.one(&PLACES).unwrap_or(&""), "x"),
        8 => answers.set(place, &long(&text, random.below(3))),
        9 => rows(answers, form, random),
        10 => number(answers, &places, random),
        _ => unit(answers, &places, random),
    }
}

/// The letters of Vietnamese taken apart, as some phones type them: `ệ` as `ê` and a dot, or as `e` and two marks.
fn decomposed(text: &str, wholly: bool) -> String {
    const MARKS: [char; 8] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}', '\u{306}', '\u{302}', '\u{31b}'];
    let mut out = String::new();
    for sign in text.chars() {
        let parts = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars().find_map(|base| {
            let mark = MARKS.iter().find(|mark| compose(&format!("{base}{mark}")) == sign.to_string())?;
            Some((base, *mark))
        });
        match parts {
            Some((base, mark)) if wholly => out.push_str(&format!("{}{mark}", decomposed(&base.to_string(), true))),
            Some((base, mark)) => out.extend([base, mark]),
            None => out.push(sign),
        }
    }
    out
}

fn long(text: &str, how: usize) -> String {
    match how {
        0 => text.repeat(400),
        1 => format!("  {}  ", text.replace(' ', "\u{a0}  ")),
        _ => text.to_uppercase(),
    }
}

/// Another number of rows, 0 to 60, filled like the first row or left empty.
fn rows(answers: &mut Answers, form: &Form, random: &mut Random) {
    let groups: Vec<_> = form
        .questions()
        .filter_map(|(_, question)| match &question.kind {
            Kind::Repeat(group) => Some((&question.id, group)),
            _ => None,
        })
        .collect();
    let Some((id, group)) = random.one(&groups) else { return };
    if random.below(5) == 0 {
        answers.set(id, random.one(&GARBAGE).unwrap_or(&""));
        return;
    }
    let count = random.below(61);
    answers.set(id, &count.to_string());
    if random.below(4) == 0 {
        return;
    }
    for row in 1..count {
        for question in &group.questions {
            for part in ["", ".day", ".month", ".year", ".province", ".commune", ".detail"] {
                let text = answers.get(&format!("{}{part}", row_place(id, 0, &question.id))).to_owned();
                answers.set(&format!("{}{part}", row_place(id, row, &question.id)), &text);
            }
        }
    }
}

/// A small step in a day, a month, a year, an amount or an identity number.
fn number(answers: &mut Answers, places: &[String], random: &mut Random) {
    let numbers: Vec<&String> = places.iter().filter(|place| answers.get(place).parse::<i64>().is_ok()).collect();
    let Some(place) = random.one(&numbers) else { return };
    let text = answers.get(place).to_owned();
    let step = [-100, -18, -1, 1, 10, 18, 1000].get(random.below(7)).copied().unwrap_or(1);
    let next = text.parse::<i64>().unwrap_or(0).saturating_add(step);
    answers.set(place, &format!("{next:0width$}", width = text.len()));
}

fn unit(answers: &mut Answers, places: &[String], random: &mut Random) {
    let units: Vec<&String> =
        places.iter().filter(|place| place.ends_with(".province") || place.ends_with(".commune")).collect();
    if let (Some(place), Some(code)) = (random.one(&units), random.one(&UNITS)) {
        answers.set(place, code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_taken_apart_are_the_same_letters() {
        let text = "Nguyễn Thị Lộc Vừng, đường Ỷ Lan";
        let (apart, wholly) = (decomposed(text, false), decomposed(text, true));
        assert!(text.chars().count() < apart.chars().count());
        assert!(apart.chars().count() < wholly.chars().count());
        assert_eq!((compose(&apart), compose(&wholly)), (text.to_owned(), text.to_owned()));
    }
}
