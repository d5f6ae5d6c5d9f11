//! A card's text, read: number, name, birth, sex, residence, day of issue; what is missing; what is doubtful.

use crate::alignment::{MOST, SLOTS, Slot, align};
use crate::field::{Shape, birth, sex, shape, words};
use crate::residence::Residence;
use core::fmt;
use form::Date;

/// What the code of an identity card says, or an account in its place: [`Card::read`] and [`Card::of_account`] make one.
///
/// Its `Debug` shows nothing, so that no log and no panic can.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    pub(crate) number: String,
    pub(crate) name: Option<String>,
    pub(crate) birth: Option<Birth>,
    pub(crate) sex: Option<Sex>,
    pub(crate) residence: Option<Residence>,
    pub(crate) issued: Option<Date>,
}

/// Date of birth; where the papers of old people have only a year, the year.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// The day.
    Day(Date),
    /// The year.
    Year(u16),
}

/// Sex as the card prints it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// A part of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Số định danh.
    Number,
    /// Họ và tên.
    Name,
    /// Ngày sinh.
    Birth,
    /// Giới tính.
    Sex,
    /// Nơi thường trú.
    Residence,
    /// Ngày cấp.
    Issued,
}

/// Something to look at twice. No doubt ever refuses a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The first three digits are no province's: mostly somebody born abroad (Circular 59/2021/TT-BCA).
    UnknownBirthplace,
    /// The digits of the number and the date of birth tell different years.
    BirthDiffers,
    /// The digits of the number and the sex disagree.
    SexDiffers,
}

/// Why a text is not taken for a card's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACard {
    /// Nothing in it.
    Empty,
    /// Longer than any QR code can be.
    TooLong,
    /// A code for a payment (VietQR, VNPAY-QR).
    Payment,
    /// An address of the web, or another kind of link.
    Link,
    /// A visiting card, a wireless network, a message.
    Contact,
    /// Signs that no card has: controls, invisible or turning signs, markup.
    Strange,
    /// Something else.
    Other,
}

/// Bytes in the largest QR code there is (ISO/IEC 18004, version 40-L).
const LONGEST: usize = 2953;

/// The provinces' codes of birth registration; the mergers of 2025 renumbered nobody (Circular 59/2021/TT-BCA).
const PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

impl Card {
    /// Reads the text of a code. Fields may be missing, empty, or more than known; what is cut off counts as missing.
    ///
    /// # Errors
    /// When the text is no card's.
    pub fn read(text: &str) -> Result<Self, NotACard> {
        if text.len() > LONGEST {
            return Err(NotACard::TooLong);
        }
        let mended = mended(text);
        let text =
            mended.as_deref().unwrap_or(text).trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}');
        if text.is_empty() {
            return Err(NotACard::Empty);
        }
        if let Some(other) = other_code(text) {
            return Err(other);
        }
        if form::text::forbidden(text).is_some()
            || text.contains(['<', '>', '{', '}', '\\', '`'])
            || text.contains("://")
        {
            return Err(NotACard::Strange);
        }
        // A separator must follow the number: twelve digits alone are on many codes.
        let (number, rest) = text.split_once('|').ok_or(NotACard::Other)?;
        let number: String = number.chars().filter(|sign| !sign.is_whitespace()).collect();
        if number.len() != 12 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotACard::Other);
        }
        let fields: Vec<String> = rest.split('|').take(MOST).map(words).collect();
        let found = align(&fields);
        // The last field may be cut short, unless its shape is whole or the card went on to its day of issue.
        let whole = found[5].is_some_and(|at| shape(&fields[at]) == Shape::Day);
        let sure = |slot: Slot| {
            let at = found[SLOTS.iter().position(|one| *one == slot)?]?;
            let field = fields[at].as_str();
            let last = at + 1 == fields.len() && !whole;
            let cut = last
                && match shape(field) {
                    Shape::Sex | Shape::OldNumber => false,
                    // "2004" may be the beginning of 20042015.
                    Shape::Day => field.len() < 8,
                    _ => true,
                };
            (!cut && !field.is_empty()).then_some(field)
        };
        let card = Self {
            number,
            name: sure(Slot::Name).filter(|field| is_name(field)).map(str::to_owned),
            birth: sure(Slot::Birth).and_then(birth),
            sex: sure(Slot::Sex).and_then(sex),
            residence: sure(Slot::Residence)
                .filter(|field| matches!(shape(field), Shape::Words | Shape::Place))
                .map(Residence::new),
            issued: sure(Slot::Issued).and_then(birth).and_then(|day| match day {
                Birth::Day(date) => Some(date),
                Birth::Year(_) => None,
            }),
        };
        // A number and nothing else that a card has is some other list.
        let old = sure(Slot::Old).is_some_and(|field| shape(field) == Shape::OldNumber);
        if card.name.is_none() && card.birth.is_none() && card.sex.is_none() && !old {
            return Err(NotACard::Other);
        }
        Ok(card)
    }

    /// The personal number: 12 digits on a card; an account may have the old one of 9, or none.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The name as the card has it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The date or year of birth.
    #[must_use]
    pub const fn birth(&self) -> Option<Birth> {
        self.birth
    }

    /// The sex.
    #[must_use]
    pub const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// Nơi thường trú, as of the day of issue.
    #[must_use]
    pub const fn residence(&self) -> Option<&Residence> {
        self.residence.as_ref()
    }

    /// The day of issue.
    #[must_use]
    pub const fn issued(&self) -> Option<Date> {
        self.issued
    }

    /// Who issued it: the card's generation tells, the code does not. Nothing for days without such cards.
    #[must_use]
    pub fn issuer(&self) -> Option<&'static str> {
        let issued = self.issued?;
        if issued >= (Date { year: 2024, month: 7, day: 1 }) {
            // Law on Identification 26/2023/QH15, in force on that day.
            Some("Bộ Công an")
        } else if issued >= (Date { year: 2021, month: 1, day: 1 }) {
            Some("Cục Cảnh sát quản lý hành chính về trật tự xã hội")
        } else {
            None
        }
    }

    /// What the code does not say, or not surely.
    #[must_use]
    pub fn missing(&self) -> Vec<Part> {
        let all = [
            (Part::Number, self.number.is_empty()),
            (Part::Name, self.name.is_none()),
            (Part::Birth, self.birth.is_none()),
            (Part::Sex, self.sex.is_none()),
            (Part::Residence, self.residence.is_none()),
            (Part::Issued, self.issued.is_none()),
        ];
        all.into_iter().filter(|(_, missing)| *missing).map(|(part, _)| part).collect()
    }

    /// What to look at twice.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let place = self.number.get(..3).and_then(|digits| digits.parse::<u16>().ok()).unwrap_or(0);
        // The old numbers of nine digits tell no place.
        if self.number.len() == 12 && !PROVINCES.iter().any(|known| u16::from(*known) == place) {
            doubts.push(Doubt::UnknownBirthplace);
        }
        if let Some((year, male)) = form::kind::personal_id::born(&self.number) {
            let said = self.birth.map(|birth| match birth {
                Birth::Day(date) => date.year,
                Birth::Year(year) => year,
            });
            if said.is_some_and(|said| said != year) {
                doubts.push(Doubt::BirthDiffers);
            }
            if self.sex.is_some_and(|sex| (sex == Sex::Male) != male) {
                doubts.push(Doubt::SexDiffers);
            }
        }
        doubts
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

impl fmt::Debug for Birth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Birth(…)")
    }
}

impl fmt::Debug for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sex(…)")
    }
}

/// Letters, blanks and the signs that the form's own kind `name` takes; at least two letters, at most a hundred.
fn is_name(field: &str) -> bool {
    let fits =
        |sign: char| sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\'' | '’' | '.' | '\u{300}'..='\u{36f}');
    field.chars().all(fits) && (2..=100).contains(&form::text::length(field))
}

/// Codes that people hold up instead of the card's.
fn other_code(text: &str) -> Option<NotACard> {
    let head: String = text.chars().take(12).map(|sign| sign.to_ascii_lowercase()).collect();
    let begins = |with: &[&str]| with.iter().any(|with| head.starts_with(with));
    // EMVCo: tag 00, two bytes, "01"; then tag 01 and the rest.
    if begins(&["00020101"]) {
        Some(NotACard::Payment)
    } else if begins(&["http:", "https:", "www.", "zalo", "intent:", "javascript:", "data:", "market:"]) {
        Some(NotACard::Link)
    } else if begins(&["begin:v", "mecard:", "wifi:", "tel:", "sms", "mailto:", "geo:", "matmsg:"]) {
        Some(NotACard::Contact)
    } else {
        None
    }
}

/// Some readers take the code's UTF-8 for Latin-1 or Windows-1252 ("Nguyá»…n"); the bytes are put together again.
fn mended(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(byte_of).collect();
    String::from_utf8(bytes?).ok()
}

/// The byte that Windows-1252 (and Latin-1 where it has nothing) shows as this sign.
fn byte_of(sign: char) -> Option<u8> {
    const HIGH: [(char, u8); 27] = [
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('†', 0x86),
        ('‡', 0x87),
        ('ˆ', 0x88),
        ('‰', 0x89),
        ('Š', 0x8a),
        ('‹', 0x8b),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('˜', 0x98),
        ('™', 0x99),
        ('š', 0x9a),
        ('›', 0x9b),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    let high = HIGH.iter().find(|(shown, _)| *shown == sign).map(|(_, byte)| *byte);
    high.or_else(|| u8::try_from(u32::from(sign)).ok())
}
