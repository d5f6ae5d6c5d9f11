//! What in a public version may tell who somebody is: the sender's name and contact, numbers as long as a telephone's or an
//! identity card's, e-mail addresses, and names behind a form of address.
//!
//! It finds slips, as a second pair of eyes would. That nothing else of a person is told stays the officer's care.

use crate::{Petition, PublicVersion};
use form::kind::phone;
use form::text::{fold, is_letter, lower};

/// The least digits of a number that may be somebody's: telephones have ten, identity cards nine or twelve.
const LEAST_DIGITS: usize = 9;
/// Forms of address that stand before a name.
const ADDRESSES: [&str; 14] =
    ["ông", "bà", "anh", "chị", "cô", "chú", "bác", "em", "cháu", "dì", "cậu", "mợ", "thầy", "cụ"];

/// Something that may tell who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// In which field: `title`, `question` or `answer`.
    pub place: &'static str,
    /// What it looks like.
    pub kind: LeakKind,
    /// The very words.
    pub found: String,
}

/// What it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeakKind {
    /// The sender's name.
    SendersName,
    /// The sender's telephone number or e-mail address.
    SendersContact,
    /// A long number.
    Number,
    /// An e-mail address.
    Email,
    /// A name behind a form of address.
    Person,
}

impl LeakKind {
    /// Whether it is the sender's own; such a version is never published.
    #[must_use]
    pub const fn is_the_senders(self) -> bool {
        matches!(self, Self::SendersName | Self::SendersContact)
    }

    /// The name by which JSON calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendersName => "senders-name",
            Self::SendersContact => "senders-contact",
            Self::Number => "number",
            Self::Email => "email",
            Self::Person => "person",
        }
    }
}

/// Everything in a public version that may tell who somebody is, field by field.
#[must_use]
pub fn leaks(version: &PublicVersion, petition: &Petition) -> Vec<Leak> {
    let mut all = Vec::new();
    for (place, text) in version.fields() {
        let mut found = |kind, words: &str| all.push(Leak { place, kind, found: words.to_owned() });
        if says_name(text, &petition.name) {
            found(LeakKind::SendersName, &petition.name);
        }
        for number in numbers(text) {
            let theirs =
                !petition.contact.is_empty() && phone::normal(number).is_some_and(|one| one == petition.contact);
            let kind = if theirs { LeakKind::SendersContact } else { LeakKind::Number };
            found(kind, number);
        }
        for mail in text.split_whitespace().map(bare).filter(|word| is_mail(word)) {
            let theirs = !petition.contact.is_empty() && fold_mail(mail) == fold_mail(&petition.contact);
            found(if theirs { LeakKind::SendersContact } else { LeakKind::Email }, mail);
        }
        for name in persons(text) {
            found(LeakKind::Person, &name);
        }
    }
    all
}

/// Whether the whole name stands in a text, with marks or without. A name of one word is too often a word of another meaning.
fn says_name(text: &str, name: &str) -> bool {
    let name = fold(name);
    let words = name.split(' ').count();
    words >= 2 && {
        let text = fold(text);
        let text: Vec<&str> = text.split(' ').collect();
        let name: Vec<&str> = name.split(' ').collect();
        text.windows(words).any(|window| window == name)
    }
}

/// Runs of digits, with what people write between them, that are long enough to be somebody's.
fn numbers(text: &str) -> Vec<&str> {
    let between = |sign: char| matches!(sign, ' ' | '.' | '-' | '(' | ')' | '+' | '\u{a0}');
    let mut found = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let end = text.len();
    for (at, sign) in text.char_indices().chain([(end, '\n')]) {
        if sign.is_ascii_digit() {
            // A bracket or plus right before the first digit is of the number.
            let first = at - usize::from(text.get(..at).is_some_and(|before| before.ends_with(['(', '+'])));
            let (start, _, count) = run.unwrap_or((first, at, 0));
            run = Some((start, at + 1, count + 1));
        } else if !between(sign) {
            if let Some((start, stop, _)) = run.filter(|(.., count)| *count >= LEAST_DIGITS) {
                found.extend(text.get(start..stop));
            }
            run = None;
        }
    }
    found
}

/// A word without what stands around it in a sentence.
fn bare(word: &str) -> &str {
    word.trim_matches(|sign: char| !sign.is_ascii_alphanumeric())
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn fold_mail(mail: &str) -> String {
    mail.chars().map(lower).collect()
}

/// Names behind a form of address: "chị Hoa", "Ông Trần Văn B".
fn persons(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_name = |word: &str| {
        let mut signs = word.chars().filter(|sign| is_letter(*sign));
        signs.next().is_some_and(|first| lower(first) != first)
    };
    let mut found = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let address: String = word.chars().filter(|sign| is_letter(*sign)).map(lower).collect();
        // Where the sentence goes on behind a sign, the next word begins another one.
        let ends = word.ends_with(['.', ',', ';', ':', '!', '?', ')']);
        if !ADDRESSES.contains(&address.as_str()) || ends {
            continue;
        }
        let rest = words.get(place + 1..).unwrap_or_default();
        let name: Vec<&str> = rest.iter().copied().take_while(|word| is_name(word)).take(5).collect();
        if !name.is_empty() {
            found.push(format!("{word} {}", name.join(" ").trim_end_matches(['.', ',', ';', ':', '!', '?'])));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn petition(name: &str, contact: &str) -> Petition {
        Petition {
            field: "khac".to_owned(),
            unit: None,
            says: "Đường hỏng".to_owned(),
            name: name.to_owned(),
            contact: contact.to_owned(),
            may_publish: true,
            photos: Vec::new(),
        }
    }

    fn kinds(text: &str, petition: &Petition) -> Vec<(LeakKind, String)> {
        let version = PublicVersion { answer: text.to_owned(), ..PublicVersion::default() };
        leaks(&version, petition).into_iter().map(|leak| (leak.kind, leak.found)).collect()
    }

    #[test]
    fn what_tells_of_somebody_is_found() {
        use LeakKind as K;
        let phone = petition("Hồ Thị Ánh", "0900000123");
        let mail = petition("Ánh", "Thu@Example.vn");
        for (petition, text, expected) in [
            (&phone, "Đường đã sửa ngày 22/11/2026, hết 30.000.000 đồng.", vec![]),
            (&phone, "Hồ Thị Ánh hỏi", vec![(K::SendersName, "Hồ Thị Ánh")]),
            (&phone, "ho thi anh hỏi", vec![(K::SendersName, "Hồ Thị Ánh")]),
            // Part of a longer word is another word.
            (&phone, "khu hồ thị ánhh", vec![]),
            (&phone, "gọi 0900.000.123 nhé", vec![(K::SendersContact, "0900.000.123")]),
            (&phone, "gọi +84 900 000 123", vec![(K::SendersContact, "+84 900 000 123")]),
            (&phone, "CCCD 000200000001", vec![(K::Number, "000200000001")]),
            (&phone, "số 12345678 và 9", vec![]),
            (&phone, "Hỏi (0233) 000 0000.", vec![(K::Number, "(0233) 000 0000")]),
            (&phone, "viết cho a.b@xa.example.vn.", vec![(K::Email, "a.b@xa.example.vn")]),
            (&mail, "viết cho <thu@example.VN>", vec![(K::SendersContact, "thu@example.VN")]),
            (&mail, "An ninh được bảo đảm, Ánh sáng đủ", vec![]),
            (&phone, "Ông Trần Văn B, thôn 2", vec![(K::Person, "Ông Trần Văn B")]),
            (&phone, "chị Hoa hỏi; cảm ơn bà. Xã sẽ sửa", vec![(K::Person, "chị Hoa")]),
            (&phone, "bà con trong xã, các ông các bà", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(kind, found)| (kind, found.to_owned())).collect();
            assert_eq!(kinds(text, petition), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_telephone_number_is_found_however_it_is_broken_up(
            before in "[^0-9+() .-]{0,20}", after in "[^0-9+() .-]{0,20}",
            gaps in proptest::collection::vec("[ .-]{0,2}", 9)
        ) {
            let mut number = String::new();
            for (digit, gap) in "0900000123".chars().zip(gaps.iter().map(String::as_str).chain([""])) {
                number.push(digit);
                number.push_str(gap);
            }
            let found = kinds(&format!("{before}{number}{after}"), &petition("", "0900000123"));
            prop_assert!(found.iter().any(|(kind, _)| *kind == LeakKind::SendersContact), "{found:?}");
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), name in any::<String>(), contact in any::<String>()) {
            let _ = kinds(&text, &petition(&name, &contact));
        }
    }
}
