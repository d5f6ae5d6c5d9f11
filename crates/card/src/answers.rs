//! The answers a card gives to the questions of one person, as places and texts of the form language.

use crate::card::{Birth, Card, Sex};
use crate::residence::Home;
use form::Tells;
use form::answers::join;

/// What to write where. `person` comes from `Form::person_at`; `home` is what the citizen confirmed, when anything.
///
/// A place is there with an empty text when the card replaces what may stand in it: a year of birth takes day and month away.
/// Questions the card says nothing about are not touched.
#[must_use]
pub fn answers(card: &Card, person: &[(Tells, String)], home: Option<&Home>) -> Vec<(String, String)> {
    let mut written = Vec::new();
    for (tells, place) in person {
        let mut write = |part: &str, text: String| {
            written.push((if part.is_empty() { place.clone() } else { join(place, part) }, text));
        };
        let mut day = |birth: Birth| {
            let (day, month, year) = match birth {
                Birth::Day(date) => (date.day.to_string(), date.month.to_string(), date.year),
                Birth::Year(year) => (String::new(), String::new(), year),
            };
            write("day", day);
            write("month", month);
            write("year", year.to_string());
        };
        match tells {
            Tells::Name => card.name.iter().for_each(|name| write("", name.clone())),
            // An account may lack the number; a card never does.
            Tells::Number if card.number.is_empty() => {}
            Tells::Number => write("", card.number.clone()),
            Tells::Birth => card.birth.into_iter().for_each(day),
            Tells::Issued => card.issued.into_iter().for_each(|date| day(Birth::Day(date))),
            Tells::Issuer => card.issuer().into_iter().for_each(|issuer| write("", issuer.to_owned())),
            Tells::Sex => card.sex.into_iter().for_each(|sex| {
                write("", if sex == Sex::Male { "nam" } else { "nu" }.to_owned());
            }),
            Tells::Residence => home.into_iter().for_each(|home| {
                write("province", home.province.clone());
                write("commune", home.commune.clone());
                write("detail", home.detail.clone());
            }),
        }
    }
    written
}
