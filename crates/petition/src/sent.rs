//! A petition as it is sent: what was typed, what is wrong with it, and what is kept.

use crate::Rules;
use form::kind::{email, phone};
use form::text::{forbidden, length, tidy};
use procedure::Agencies;
use serde::{Deserialize, Serialize};

/// The most letters of a petition.
pub const MOST_SIGNS: usize = 3_000;
/// The most letters of a name.
const MOST_NAME_SIGNS: usize = 120;
/// The most photographs.
pub const MOST_PHOTOS: usize = 3;
/// The most bytes of one of them.
pub const MOST_PHOTO_BYTES: u64 = 5 * 1024 * 1024;

/// What somebody typed, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Id of the field.
    pub field: String,
    /// Code of the unit; empty for "I do not know".
    pub unit: String,
    /// What they write.
    pub says: String,
    /// Their name; may be empty.
    pub name: String,
    /// Telephone number or e-mail address; may be empty.
    pub contact: String,
    /// Whether the answer may be published.
    pub may_publish: bool,
    /// Photographs that were sent up before.
    pub photos: Vec<Photo>,
}

/// A petition that has passed its check. Nobody but the officers of the unit that has it reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// Id of the field.
    pub field: String,
    /// Code of the unit the citizen named; none when they did not know.
    pub unit: Option<String>,
    /// What they write.
    pub says: String,
    /// Their name; empty when they gave none.
    pub name: String,
    /// Telephone number (0900000123) or e-mail address; empty when they gave none.
    pub contact: String,
    /// Whether the answer may be published.
    pub may_publish: bool,
    /// Photographs.
    pub photos: Vec<Photo>,
}

/// A photograph, looked at by content before it was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
    /// Media type.
    pub kind: String,
    /// How many bytes it has.
    pub bytes: u64,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No field was chosen, or there is no such field.
    NoField,
    /// There is no such unit.
    NoUnit,
    /// Nothing is written.
    Nothing,
    /// It is longer than [`MOST_SIGNS`].
    TooLong,
    /// The name is longer than a name.
    NameTooLong,
    /// A sign that cannot be seen or printed stands in this field.
    Unprintable(&'static str),
    /// Neither a telephone number nor an e-mail address.
    NoContact,
    /// More photographs than [`MOST_PHOTOS`].
    TooManyPhotos,
    /// A photograph is neither JPEG nor PNG, or larger than [`MOST_PHOTO_BYTES`].
    PhotoRefused,
}

impl Fault {
    /// The field of the form that it is about.
    #[must_use]
    pub fn place(self) -> &'static str {
        match self {
            Self::NoField => "field",
            Self::NoUnit => "unit",
            Self::Nothing | Self::TooLong => "says",
            Self::NameTooLong => "name",
            Self::NoContact => "contact",
            Self::Unprintable(place) => place,
            Self::TooManyPhotos | Self::PhotoRefused => "photos",
        }
    }

    /// Its stable code in the API's answers.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoField => "field-missing",
            Self::NoUnit => "unit-unknown",
            Self::Nothing => "says-missing",
            Self::TooLong => "says-too-long",
            Self::NameTooLong => "name-too-long",
            Self::Unprintable(_) => "unprintable",
            Self::NoContact => "contact-wrong",
            Self::TooManyPhotos => "too-many-photos",
            Self::PhotoRefused => "photo-refused",
        }
    }
}

impl Photo {
    /// Whether it is of a kind and size that is taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        ["image/jpeg", "image/png"].contains(&self.kind.as_str()) && self.bytes <= MOST_PHOTO_BYTES
    }
}

impl Petition {
    /// Reads what was typed, as of the agencies of a day.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(typed: &Typed, rules: &Rules, agencies: &Agencies) -> Result<Self, Vec<Fault>> {
        let says = tidy(&typed.says, true);
        let (name, contact) = (tidy(&typed.name, false), tidy(&typed.contact, false));
        let reached = reaches(&contact);
        let unprintable = |place, text: &str| forbidden(text).map(|_| Fault::Unprintable(place));
        let faults = [
            rules.field(&typed.field).is_none().then_some(Fault::NoField),
            (!typed.unit.is_empty() && agencies.find(&typed.unit).is_none()).then_some(Fault::NoUnit),
            says.is_empty().then_some(Fault::Nothing),
            (length(&says) > MOST_SIGNS).then_some(Fault::TooLong),
            unprintable("says", &says),
            (typed.photos.len() > MOST_PHOTOS).then_some(Fault::TooManyPhotos),
            typed.photos.iter().any(|photo| !photo.is_taken()).then_some(Fault::PhotoRefused),
            (length(&name) > MOST_NAME_SIGNS).then_some(Fault::NameTooLong),
            unprintable("name", &name),
            (!contact.is_empty() && reached.is_none()).then_some(Fault::NoContact),
        ];
        let mut faults: Vec<Fault> = faults.into_iter().flatten().collect();
        // One sentence for each field: the first thing that is wrong with it.
        faults.dedup_by_key(|fault| fault.place());
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            field: typed.field.clone(),
            unit: (!typed.unit.is_empty()).then(|| typed.unit.clone()),
            says,
            name,
            contact: reached.unwrap_or_default(),
            may_publish: typed.may_publish,
            photos: typed.photos.clone(),
        })
    }
}

/// How somebody can be reached, as it is kept; nothing when it is neither a telephone number nor an e-mail address.
fn reaches(contact: &str) -> Option<String> {
    phone::normal(contact).or_else(|| email::looks_right(contact).then(|| contact.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::{Agency, Level};
    use proptest::prelude::*;

    fn rules() -> Rules {
        let text = "receive_days = 5\nanswer_days = 15\n[[field]]\nid = \"khac\"\nname = \"Việc khác\"\n";
        Rules::load(text).unwrap_or_else(|error| unreachable!("{error}"))
    }

    fn agencies() -> Agencies {
        let (code, name, parent) = ("19351".to_owned(), "UBND xã Thử".to_owned(), None);
        Agencies(vec![Agency {
            code,
            name,
            level: Level::Commune,
            parent,
            address: String::new(),
            phone: String::new(),
        }])
    }

    fn good() -> Typed {
        Typed { field: "khac".to_owned(), says: "Đèn đường hỏng".to_owned(), ..Typed::default() }
    }

    #[test]
    fn each_mistake_is_told_at_its_field() {
        let long = |count: usize| "đ".repeat(count);
        let photo = |kind: &str, bytes| Photo { sha256: "0".repeat(64), kind: kind.to_owned(), bytes };
        type Change = Box<dyn Fn(&mut Typed)>;
        type Case = (&'static str, Change, Result<(), Vec<Fault>>);
        let cases: Vec<Case> = vec![
            ("as it is", Box::new(|_| {}), Ok(())),
            ("a unit", Box::new(|typed| typed.unit = "19351".to_owned()), Ok(())),
            ("no such unit", Box::new(|typed| typed.unit = "1".to_owned()), Err(vec![Fault::NoUnit])),
            ("no such field", Box::new(|typed| typed.field = "x".to_owned()), Err(vec![Fault::NoField])),
            ("nothing but blanks", Box::new(|typed| typed.says = " \n\t ".to_owned()), Err(vec![Fault::Nothing])),
            ("just long enough", Box::new(move |typed| typed.says = long(MOST_SIGNS)), Ok(())),
            ("too long", Box::new(move |typed| typed.says = long(MOST_SIGNS + 1)), Err(vec![Fault::TooLong])),
            (
                "turned round",
                Box::new(|typed| typed.says = "a\u{202e}b".to_owned()),
                Err(vec![Fault::Unprintable("says")]),
            ),
            ("a name that is none", Box::new(move |typed| typed.name = long(121)), Err(vec![Fault::NameTooLong])),
            ("a telephone", Box::new(|typed| typed.contact = "+84 900-000-123".to_owned()), Ok(())),
            ("a mail", Box::new(|typed| typed.contact = "thu@example.vn".to_owned()), Ok(())),
            (
                "the house next door",
                Box::new(|typed| typed.contact = "nhà bên".to_owned()),
                Err(vec![Fault::NoContact]),
            ),
            ("three photographs", Box::new(move |typed| typed.photos = vec![photo("image/png", 9); 3]), Ok(())),
            (
                "four",
                Box::new(move |typed| typed.photos = vec![photo("image/png", 9); 4]),
                Err(vec![Fault::TooManyPhotos]),
            ),
            (
                "a PDF",
                Box::new(move |typed| typed.photos = vec![photo("application/pdf", 9)]),
                Err(vec![Fault::PhotoRefused]),
            ),
            (
                "too large",
                Box::new(move |typed| typed.photos = vec![photo("image/jpeg", MOST_PHOTO_BYTES + 1)]),
                Err(vec![Fault::PhotoRefused]),
            ),
        ];
        for (what, change, expected) in cases {
            let mut typed = good();
            change(&mut typed);
            let found = Petition::read(&typed, &rules(), &agencies()).map(|_| ());
            assert_eq!(found, expected, "{what}");
        }
        let empty = Petition::read(&Typed::default(), &rules(), &agencies()).map(|_| ());
        assert_eq!(empty, Err(vec![Fault::NoField, Fault::Nothing]));
    }

    #[test]
    fn what_is_kept_is_in_one_form() {
        let typed = Typed { name: "  Lê   Thị Thử ".to_owned(), contact: "0900.000.123".to_owned(), ..good() };
        let read = Petition::read(&typed, &rules(), &agencies());
        assert_eq!(read.map(|kept| (kept.name, kept.contact)), Ok(("Lê Thị Thử".to_owned(), "0900000123".to_owned())));
    }

    proptest! {
        #[test]
        fn rubbish_is_kept_tidy_or_refused(field in "\\PC{0,9}", unit in "\\PC{0,9}", says in any::<String>(), name in any::<String>(), contact in any::<String>()) {
            let typed = Typed { field, unit, says, name, contact, ..Typed::default() };
            if let Ok(kept) = Petition::read(&typed, &rules(), &agencies()) {
                prop_assert!(forbidden(&kept.says).is_none() && length(&kept.says) <= MOST_SIGNS && !kept.says.is_empty());
                prop_assert!(kept.contact.is_empty() || reaches(&kept.contact) == Some(kept.contact.clone()));
            }
        }
    }
}
