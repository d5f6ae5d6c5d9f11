//! Whose a filing is, as far as its forms say, and which consent it may rest on.

use super::{Consent, ConsentStanding};
use form::text::tidy;
use procedure::calendar::Moment;

/// What a filing tells of whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The id of the procedure that is filed.
    pub procedure: String,
    /// The numbers of persons on its official forms: digits alone.
    pub numbers: Vec<String>,
    /// Every other answer on them.
    pub words: Vec<String>,
}

impl Consent {
    /// Whether a filing is the owner's, and of the procedure that the consent is for: it has their number, or, where nobody's number stands on it, their name. A person of the
    /// same name with another number is somebody else, whose dossier the owner must never see.
    #[must_use]
    pub fn is_of(&self, told: &Told) -> bool {
        let digits = |words: &String| words.chars().filter(char::is_ascii_digit).collect::<String>();
        // An organisation's tax code is no kind of its own on forms.
        let numbered = told.numbers.contains(&self.owner.number)
            || told.words.iter().any(|words| digits(words) == self.owner.number);
        let named = || told.words.iter().any(|words| same(words, &self.owner.name));
        let wanted = self.procedure.as_ref().is_none_or(|only| *only == told.procedure);
        wanted && ((numbered && !self.owner.number.is_empty()) || (told.numbers.is_empty() && named()))
    }
}

/// The consent by which somebody files what they say is another's: one of theirs that holds and is of its owner, the one that
/// holds longest.
#[must_use]
pub fn covering<'a>(held: &'a [Consent], told: &Told, now: Moment) -> Option<&'a Consent> {
    let mut found: Vec<_> = held
        .iter()
        .filter(|consent| consent.standing(now) == ConsentStanding::InForce && consent.is_of(told))
        .collect();
    found.sort_by_key(|consent| (consent.until, consent.given_at));
    found.pop()
}

/// Names are the same however they are spaced, and in whatever case; their marks count.
fn same(one: &str, other: &str) -> bool {
    let plain = |name: &str| tidy(name, false).to_lowercase();
    !plain(one).is_empty() && plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{DAY, consent};
    use super::super::{Basis, ConsentId, Owner, Withdrawer};
    use super::*;

    #[test]
    fn a_filing_is_the_owners_by_number_and_by_name_only_where_there_is_no_number() {
        let one = consent(Basis::Paper { sha256: [0; 32], kind: "image/jpeg".to_owned() });
        let company = Consent {
            owner: Owner { citizen: None, name: "Hộ Lan".to_owned(), number: "0100109106".to_owned() },
            ..one.clone()
        };
        for (consent, numbers, words, is) in [
            (&one, &["000141000017"][..], &["Ai Khác"][..], true),
            (&one, &["000162000001", "000141000017"], &[], true),
            // Somebody else of the same name.
            (&one, &["000141000018"], &["Nguyễn Thị Lộc Vừng"], false),
            (&one, &[], &[" nguyễn  thị LỘC vừng "], true),
            (&one, &[], &["Nguyen Thi Loc Vung"], false),
            (&one, &[], &["Bà Nguyễn Thị Lộc Vừng ở thôn 3"], false),
            (&one, &[], &["", " "], false),
            (&company, &["000162000001"], &["Xây nhà", "0100109106"], true),
            (&company, &["000162000001"], &["0100 109-106"], true),
            (&company, &["000162000001"], &["Hộ Lan"], false),
            (&company, &[], &["hộ lan"], true),
        ] {
            let told = Told {
                procedure: "mai-tang".to_owned(),
                numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
                words: words.iter().map(|words| (*words).to_owned()).collect(),
            };
            assert_eq!(consent.is_of(&told), is, "{told:?}");
        }
        let nameless = Consent { owner: Owner { citizen: None, name: String::new(), number: String::new() }, ..one };
        let nothing = vec![String::new()];
        assert!(!nameless.is_of(&Told { numbers: nothing.clone(), words: nothing, ..Told::default() }));
    }

    #[test]
    fn the_consent_that_holds_longest_covers_a_filing() {
        let told = Told { numbers: vec!["000141000017".to_owned()], ..Told::default() };
        let paper = || consent(Basis::Paper { sha256: [0; 32], kind: "image/jpeg".to_owned() });
        let long = Consent { id: ConsentId([3; 16]), until: Moment(60 * DAY), ..paper() };
        let back = Consent {
            id: ConsentId([4; 16]),
            until: Moment(90 * DAY),
            withdrawn: Some((Moment(1), Withdrawer::Owner)),
            ..paper()
        };
        let held = [long.clone(), paper(), back];
        for (at, covered) in [(0, Some(long.id)), (40 * DAY, Some(long.id)), (60 * DAY, None)] {
            assert_eq!(covering(&held, &told, Moment(at)).map(|one| one.id), covered, "{at}");
        }
        assert_eq!(covering(&held, &Told::default(), Moment(0)), None);
        let narrow = Consent { procedure: Some("mai-tang".to_owned()), ..paper() };
        for (procedure, covers) in [("mai-tang", true), ("tro-cap", false), ("", false)] {
            let told = Told { procedure: procedure.to_owned(), ..told.clone() };
            assert_eq!(covering(std::slice::from_ref(&narrow), &told, Moment(0)).is_some(), covers, "{procedure}");
        }
        assert_eq!(covering(&[], &told, Moment(0)), None);
    }
}
