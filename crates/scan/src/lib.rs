//! The card panel's way to the rules: what the code's text says, where the residence lies today, what to write where.
//!
//! `public/card/panel.js` has the camera and the page; every decision is made here, by the crates that the tests hold.
//! Texts go in and out; nothing is kept beyond the panel, and nothing is logged.

use card::{Birth, Card, Doubt, Home, Kept, NotACard, Part, Sex, answers};
use form::{Date, Known, Tells, Units as _};
use procedure::catalogue::Catalogue;
use procedure::units::UnitsBook;
use wasm_bindgen::prelude::wasm_bindgen;

/// One card, or the citizen's account in its place, held before one person's questions.
#[wasm_bindgen]
pub struct Scan {
    today: Date,
    person: Vec<(Tells, String)>,
    card: Option<Card>,
    /// Where the account says that they live, until its units are looked up: province, commune, and what stands before them.
    lives: Option<[String; 3]>,
    account: bool,
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
            lives: None,
            account: false,
            catalogue: Catalogue::default(),
            book: UnitsBook::default(),
            homes: Vec::new(),
        }
    }

    /// Reads the text of a code. Empty when it is a card's; otherwise the name of the reason.
    pub fn read(&mut self, text: &str) -> String {
        self.homes.clear();
        (self.account, self.lives) = (false, None);
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

    /// Takes what the citizen keeps in their account, as name and text in turn: `name` and the fields of its details. Whether any
    /// of it answers this person's questions; a name alone does.
    #[expect(clippy::needless_pass_by_value, reason = "the browser hands an array over, never a reference to one")]
    pub fn account(&mut self, told: Vec<String>) -> bool {
        let at = |wanted: &str| {
            let pair = told.chunks_exact(2).find(|pair| pair[0] == wanted);
            pair.map(|pair| pair[1].trim()).unwrap_or_default()
        };
        self.homes.clear();
        self.card =
            Some(Card::of_account(Kept { name: at("name"), number: at("number"), birth: at("birth"), sex: at("sex") }));
        self.account = true;
        self.lives =
            (!at("commune").is_empty()).then(|| ["province", "commune", "detail"].map(|name| at(name).to_owned()));
        self.asks_home() || !self.answers(None).is_empty()
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
            ("number", Some(form::kind::personal_id::group(card.number())).filter(|number| !number.is_empty())),
            ("issued", card.issued().map(day)),
            ("residence", card.residence().map(|residence| residence.text().to_owned())),
        ];
        all.into_iter().filter_map(|(name, text)| Some([name.to_owned(), text?])).flatten().collect()
    }

    /// Names of what the code or the account does not say, of what this person is asked.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let parts = self.card.iter().flat_map(Card::missing).map(|part| match part {
            Part::Number => Tells::Number,
            Part::Name => Tells::Name,
            Part::Birth => Tells::Birth,
            Part::Sex => Tells::Sex,
            Part::Residence => Tells::Residence,
            Part::Issued => Tells::Issued,
        });
        let told = |tells: Tells| tells == Tells::Residence && self.lives.is_some();
        parts.filter(|tells| self.asks(*tells) && !told(*tells)).map(|tells| tells.word().to_owned()).collect()
    }

    /// Names of what to look at twice, on a card. What is in the account was looked at when it was put there.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let doubts = self.card.iter().filter(|_| !self.account).flat_map(Card::doubts);
        let named = doubts.map(|doubt| match doubt {
            Doubt::UnknownBirthplace => "doubt_place",
            Doubt::BirthDiffers => "doubt_birth",
            Doubt::SexDiffers => "doubt_sex",
        });
        named.map(str::to_owned).collect()
    }

    /// Whether the form asks where this person lives, and the card or the account says it.
    #[must_use]
    pub fn asks_home(&self) -> bool {
        let written = self.card.as_ref().is_some_and(|card| card.residence().is_some());
        self.asks(Tells::Residence) && (written || self.lives.is_some())
    }

    /// Takes the catalogue's bytes; the file of the provinces, below `data/`.
    pub fn catalogue(&mut self, bytes: &[u8]) -> Option<String> {
        self.catalogue = pack::from_bytes(bytes)?;
        Some(self.catalogue.provinces.clone())
    }

    /// Takes the provinces' bytes; the file of the communes that are needed, when the person's province is known.
    pub fn provinces(&mut self, bytes: &[u8]) -> Option<String> {
        self.book = UnitsBook::from_bytes(bytes)?;
        if let Some([province, ..]) = &self.lives {
            return self.catalogue.communes_of(province).map(str::to_owned);
        }
        let province = self.card.as_ref()?.residence()?.province(&self.book, self.today)?;
        self.catalogue.communes_of(&province.code).map(str::to_owned)
    }

    /// Takes the communes' bytes; where the residence may lie today, the likeliest first. An account names one, or none when that
    /// commune has ended since.
    pub fn homes(&mut self, bytes: &[u8]) -> Vec<String> {
        self.homes = self.found(bytes).unwrap_or_default();
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

    fn found(&mut self, bytes: &[u8]) -> Option<Vec<Home>> {
        if let Some([province, commune, detail]) = self.lives.clone() {
            self.book.load(&province, bytes)?;
            if self.book.commune(&province, &commune, self.today) != Known::Yes {
                return None;
            }
            let label = [self.book.commune_name(&commune)?, ", ", self.book.province_name(&province)?].concat();
            return Some(vec![Home { province, commune, label, detail }]);
        }
        let card = self.card.as_ref()?;
        let residence = card.residence()?;
        let province = residence.province(&self.book, self.today)?.code.clone();
        self.book.load(&province, bytes)?;
        Some(residence.homes(&self.book, card.issued(), self.today))
    }

    fn asks(&self, wanted: Tells) -> bool {
        self.person.iter().any(|(tells, _)| *tells == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::units::{Commune, Province, UnitKind};

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

    /// An account as the panel hands it over.
    fn account(fields: &[(&str, &str)]) -> Vec<String> {
        fields.iter().flat_map(|(name, text)| [(*name).to_owned(), (*text).to_owned()]).collect()
    }

    fn day(year: u16) -> Date {
        Date { year, month: 7, day: 1 }
    }

    /// A province of one commune that stands, and one that has ended.
    fn units(scan: &mut Scan) -> Vec<u8> {
        let province = Province {
            code: "44".to_owned(),
            kind: UnitKind::Province,
            label: "tỉnh Quảng Trị".to_owned(),
            from: day(2025),
            until: None,
            former: Vec::new(),
        };
        let commune = |code: &str, label: &str, until| Commune {
            code: code.to_owned(),
            kind: UnitKind::Commune,
            label: label.to_owned(),
            from: day(2025),
            until,
            former: Vec::new(),
        };
        scan.book = UnitsBook::new(vec![province]);
        pack::to_bytes(&vec![commune("19429", "xã Hướng Phùng", None), commune("19430", "xã Cũ", Some(day(2026)))])
    }

    #[test]
    fn an_account_is_told_and_written_as_a_card_would_be() {
        let mut scan = Scan::new("birth=sinh number=so residence=o issued=cap", "ten", "2026-11-22");
        let lan = [
            ("name", "Trần Thị Lan"),
            ("number", "000162000001"),
            ("birth", "1962-03-15"),
            ("sex", "nu"),
            ("province", "44"),
            ("commune", "19429"),
            ("detail", "thôn Doa Củ"),
        ];
        assert!(scan.account(account(&lan)));
        assert_eq!(scan.told().join("/"), "name/Trần Thị Lan/birth/15/3/1962/sex/Nữ/number/000 162 000001");
        assert_eq!((scan.missing(), scan.doubts()), (vec!["issued".to_owned()], Vec::new()));
        assert!(scan.asks_home());
        let bytes = units(&mut scan);
        assert_eq!(scan.homes(&bytes), ["thôn Doa Củ, xã Hướng Phùng, tỉnh Quảng Trị"]);
        assert_eq!(
            scan.answers(Some(0)).join("/"),
            "ten/Trần Thị Lan/sinh.day/15/sinh.month/3/sinh.year/1962/so/000162000001/\
             o.province/44/o.commune/19429/o.detail/thôn Doa Củ"
        );
        // A card that is held up afterwards is not mixed with the account.
        assert_eq!(scan.read("000162000017||Hồ Thị Mừng|15031962|Nữ||"), "");
        assert!(!scan.asks_home());
        assert_eq!(scan.missing(), ["residence", "issued"]);
        assert_eq!(scan.doubts(), ["doubt_place"]);
    }

    #[test]
    fn a_commune_that_has_ended_is_left_to_be_chosen() {
        let mut scan = Scan::new("residence=o", "ten", "2026-11-22");
        for (province, commune) in [("44", "19430"), ("44", "19431"), ("45", "19429")] {
            scan.account(account(&[("name", "Lan"), ("province", province), ("commune", commune)]));
            let bytes = units(&mut scan);
            assert_eq!(scan.homes(&bytes), [""; 0], "{province} {commune}");
            assert_eq!(scan.answers(Some(0)), ["ten", "Lan"]);
        }
    }

    #[test]
    fn an_account_with_little_in_it_says_what_is_missing() {
        let mut scan = Scan::new("birth=sinh number=so residence=o", "ten", "2026-11-22");
        assert!(scan.account(account(&[("name", "Võ Minh")])));
        assert_eq!(scan.missing(), ["number", "birth", "residence"]);
        assert_eq!(scan.answers(None), ["ten", "Võ Minh"]);
        assert!(!scan.account(Vec::new()));
        assert!(!scan.account(vec!["name".to_owned()]));
    }

    #[test]
    fn the_panel_has_its_words_in_every_language_and_says_each() {
        let names = |text: &str| -> Vec<String> {
            let words: serde_json::Value = serde_json::from_str(text).unwrap();
            words.as_object().unwrap().keys().cloned().collect()
        };
        let vietnamese = names(include_str!("../../../public/card/words.vi.json"));
        assert_eq!(names(include_str!("../../../public/card/words.en.json")), vietnamese);
        let panel = [
            include_str!("../../../public/card/panel.js"),
            include_str!("../../../public/card/account.js"),
            include_str!("../../../public/card/homes.js"),
            include_str!("../../../public/card/papers.js"),
        ]
        .concat();
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
