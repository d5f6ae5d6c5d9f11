//! The card panel's way to the rules: what the code's text says, where the residence lies today, what to write where.
//!
//! `public/card/panel.js` has the camera and the page; every decision is made here, by the crates that the tests hold.
//! Texts go in and out; nothing is kept beyond the panel, and nothing is logged.

use card::{Birth, Card, Doubt, Home, NotACard, Part, Sex, answers};
use form::{Date, Tells};
use procedure::catalogue::Catalogue;
use procedure::units::UnitsBook;
use wasm_bindgen::prelude::wasm_bindgen;

/// One card held before one person's questions.
#[wasm_bindgen]
pub struct Scan {
    today: Date,
    person: Vec<(Tells, String)>,
    card: Option<Card>,
    catalogue: Catalogue,
    book: UnitsBook,
    homes: Vec<Home>,
}

#[wasm_bindgen]
impl Scan {
    /// What the page's button says: `card` as the form has it, `name` the place of the person's name; `today` as 2026-11-22.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(card: &str, name: &str, today: &str) -> Self {
        Self {
            today: Date::parse(today).unwrap_or(Date { year: 2026, month: 1, day: 1 }),
            person: form::person::places(card, name),
            card: None,
            catalogue: Catalogue::default(),
            book: UnitsBook::default(),
            homes: Vec::new(),
        }
    }

    /// Reads the text of a code. Empty when it is a card's; otherwise the name of the reason.
    pub fn read(&mut self, text: &str) -> String {
        self.homes.clear();
        match Card::read(text) {
            Ok(card) => {
                self.card = Some(card);
                String::new()
            }
            Err(why) => {
                self.card = None;
                match why {
                    NotACard::Payment => "payment",
                    NotACard::Link => "link",
                    NotACard::Contact | NotACard::Empty | NotACard::TooLong | NotACard::Strange | NotACard::Other => {
                        "other"
                    }
                }
                .to_owned()
            }
        }
    }

    /// What was read, as name and text in turn: `name`, "Hồ Thị Mừng", `birth`, "15/3/1962" …
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let Some(card) = &self.card else { return Vec::new() };
        let day = |date: Date| format!("{}/{}/{}", date.day, date.month, date.year);
        let birth = card.birth().map(|birth| match birth {
            Birth::Day(date) => day(date),
            Birth::Year(year) => year.to_string(),
        });
        let sex = card.sex().map(|sex| if sex == Sex::Male { "Nam" } else { "Nữ" }.to_owned());
        let all = [
            ("name", card.name().map(str::to_owned)),
            ("birth", birth),
            ("sex", sex),
            ("number", Some(form::kind::personal_id::group(card.number()))),
            ("issued", card.issued().map(day)),
            ("residence", card.residence().map(|residence| residence.text().to_owned())),
        ];
        all.into_iter().filter_map(|(name, text)| Some([name.to_owned(), text?])).flatten().collect()
    }

    /// Names of what the code does not say, of what this person is asked.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let parts = self.card.iter().flat_map(Card::missing).map(|part| match part {
            Part::Name => Tells::Name,
            Part::Birth => Tells::Birth,
            Part::Sex => Tells::Sex,
            Part::Residence => Tells::Residence,
            Part::Issued => Tells::Issued,
        });
        parts.filter(|tells| self.asks(*tells)).map(|tells| tells.word().to_owned()).collect()
    }

    /// Names of what to look at twice.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let doubts = self.card.iter().flat_map(Card::doubts);
        let named = doubts.map(|doubt| match doubt {
            Doubt::UnknownBirthplace => "doubt_place",
            Doubt::BirthDiffers => "doubt_birth",
            Doubt::SexDiffers => "doubt_sex",
        });
        named.map(str::to_owned).collect()
    }

    /// Whether the form asks where this person lives, and the card says it.
    #[must_use]
    pub fn asks_home(&self) -> bool {
        self.asks(Tells::Residence) && self.card.as_ref().is_some_and(|card| card.residence().is_some())
    }

    /// Takes the catalogue's bytes; the file of the provinces, below `data/`.
    pub fn catalogue(&mut self, bytes: &[u8]) -> Option<String> {
        self.catalogue = pack::from_bytes(bytes)?;
        Some(self.catalogue.provinces.clone())
    }

    /// Takes the provinces' bytes; the file of the communes that are needed, when the card's province is known.
    pub fn provinces(&mut self, bytes: &[u8]) -> Option<String> {
        self.book = UnitsBook::from_bytes(bytes)?;
        let province = self.card.as_ref()?.residence()?.province(&self.book, self.today)?;
        self.catalogue.communes_of(&province.code).map(str::to_owned)
    }

    /// Takes the communes' bytes; where the residence may lie today, the likeliest first.
    pub fn homes(&mut self, bytes: &[u8]) -> Vec<String> {
        let Some(card) = &self.card else { return Vec::new() };
        let Some(residence) = card.residence() else { return Vec::new() };
        let Some(province) = residence.province(&self.book, self.today).map(|province| province.code.clone()) else {
            return Vec::new();
        };
        if self.book.load(&province, bytes).is_none() {
            return Vec::new();
        }
        self.homes = residence.homes(&self.book, card.issued(), self.today);
        let shown = |home: &Home| {
            if home.detail.is_empty() { home.label.clone() } else { [&home.detail, ", ", &home.label].concat() }
        };
        self.homes.iter().map(shown).collect()
    }

    /// What to write, as place and text in turn; `home` is the number of the one that the citizen confirmed.
    #[must_use]
    pub fn answers(&self, home: Option<usize>) -> Vec<String> {
        let Some(card) = &self.card else { return Vec::new() };
        let home = home.and_then(|number| self.homes.get(number));
        answers(card, &self.person, home).into_iter().flat_map(|(place, text)| [place, text]).collect()
    }

    fn asks(&self, wanted: Tells) -> bool {
        self.person.iter().any(|(tells, _)| *tells == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_told_in_plain_words_and_written_where_the_button_says() {
        let mut scan = Scan::new("birth=sinh stray =x issued=cap", "a.0.ten", "2026-11-22");
        assert_eq!(scan.read("0002010102"), "payment");
        assert_eq!((scan.told().len(), scan.answers(Some(3)).len()), (0, 0));
        assert_eq!(scan.read("000162000017||Hồ Thị Mừng|15031962|Nữ|Triệu Độ, Quảng Trị|"), "");
        assert_eq!(
            scan.told().join("/"),
            "name/Hồ Thị Mừng/birth/15/3/1962/sex/Nữ/number/000 162 000017/residence/Triệu Độ, Quảng Trị"
        );
        assert_eq!(scan.missing(), ["issued"]);
        assert_eq!(scan.doubts(), ["doubt_place"]);
        assert!(!scan.asks_home());
        assert_eq!(
            scan.answers(None),
            ["a.0.ten", "Hồ Thị Mừng", "a.0.sinh.day", "15", "a.0.sinh.month", "3", "a.0.sinh.year", "1962"]
        );
    }

    #[test]
    fn the_panel_has_its_words_in_every_language_and_says_each() {
        let names = |text: &str| -> Vec<String> {
            let words: serde_json::Value = serde_json::from_str(text).unwrap();
            words.as_object().unwrap().keys().cloned().collect()
        };
        let vietnamese = names(include_str!("../../../public/card/words.vi.json"));
        assert_eq!(names(include_str!("../../../public/card/words.en.json")), vietnamese);
        let panel = include_str!("../../../public/card/panel.js");
        // This program gives names too: parts of a card, doubts, and what other codes are.
        let program = include_str!("lib.rs");
        for name in &vietnamese {
            let said = panel.contains(&format!("words.{name}")) || program.contains(&format!("\"{name}\""));
            assert!(said, "nobody says “{name}”");
        }
        for said in panel.split("words.").skip(1) {
            let name = said.split(|sign: char| !sign.is_ascii_lowercase() && sign != '_').next().unwrap();
            assert!(name.is_empty() || vietnamese.iter().any(|known| known == name), "there is no “{name}”");
        }
    }
}
