//! That one person files for another with their consent (nộp hộ): who agreed to what, until when, and whether it still holds.
//!
//! A consent is given by the owner of the dossiers (chủ hồ sơ), either from their own account or on paper that they signed. It may
//! be taken back at any time without a reason, and then whoever filed sees nothing any more (Nghị định 13/2023/NĐ-CP Điều 11,
//! 12; Bộ luật Dân sự 2015 Điều 140 of an authorisation that ends).

use crate::CitizenId;
use form::text::tidy;
use procedure::calendar::Moment;
use procedure::hex_id;

/// A consent that is offered by code is taken up within seven days, or not at all.
pub const OFFERED_MS: i64 = 7 * 24 * 3_600_000;
/// How many days a consent can hold: a month, half a year, a year.
pub const LASTS_DAYS: [u32; 3] = [30, 183, 365];

/// Names a consent for ever. It is no secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConsentId(pub [u8; 16]);

hex_id!(ConsentId, "a consent's id has 32 hexadecimal digits");

/// What the one who files is to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Người thân: of the family, near or far away.
    Relative,
    /// Trưởng thôn, tổ trưởng dân phố.
    VillageHead,
    /// Nhân viên of the organisation whose dossiers they are.
    Staff,
    /// Anybody else: a neighbour, an association.
    Other,
}

impl Kinship {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Relative, Self::VillageHead, Self::Staff, Self::Other];

    /// The name by which the store and the API call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relative => "relative",
            Self::VillageHead => "village-head",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kinship| kinship.name() == name)
    }

    /// As people read it.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Relative => "Người thân",
            Self::VillageHead => "Trưởng thôn, tổ trưởng dân phố",
            Self::Staff => "Nhân viên của tổ chức",
            Self::Other => "Người khác",
        }
    }
}

/// Whose dossiers are filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Their account; nothing when they have none, or none any more.
    pub citizen: Option<CitizenId>,
    /// Họ tên, or the name of the organisation.
    pub name: String,
    /// Số định danh cá nhân or CMND, or the tax code of the organisation: digits alone.
    pub number: String,
}

/// Who files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filer {
    /// Their account; nothing while nobody has taken the offer up, or when they have none any more.
    pub citizen: Option<CitizenId>,
    /// Họ tên: as the owner wrote it, then as their account has it.
    pub name: String,
}

/// How a consent was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// From the owner's account, by a code that they told the other one.
    Account {
        /// When it was taken up; nothing while it was not.
        accepted_at: Option<Moment>,
    },
    /// On paper that the owner signed, of which the one who files kept a picture.
    Paper {
        /// SHA-256 of its bytes.
        sha256: [u8; 32],
        /// Its media type.
        kind: String,
    },
}

impl Basis {
    /// The name by which the store and the API call it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Account { .. } => "account",
            Self::Paper { .. } => "paper",
        }
    }
}

/// Who took a consent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawer {
    /// The owner, in their account.
    Owner,
    /// Whoever files does not want to any more.
    Filer,
    /// Somebody with its code, which the owner has.
    Code,
    /// The owner, at the desk of the office that has a dossier.
    Desk,
    /// An account of the two was deleted.
    Deletion,
}

impl Withdrawer {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Filer, Self::Code, Self::Desk, Self::Deletion];

    /// The name by which the store and the API call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Filer => "filer",
            Self::Code => "code",
            Self::Desk => "desk",
            Self::Deletion => "deletion",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|withdrawer| withdrawer.name() == name)
    }
}

/// Whether a consent holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentStanding {
    /// It waits for the other one to type its code.
    Offered,
    /// Dossiers can be filed by it.
    InForce,
    /// Its time is over: nothing more is filed by it, and what was filed is still followed.
    Ended,
    /// It was taken back.
    Withdrawn,
}

impl ConsentStanding {
    /// The name by which the API calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::InForce => "in-force",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A consent (sự đồng ý cho nộp hộ).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Its name.
    pub id: ConsentId,
    /// Whose dossiers.
    pub owner: Owner,
    /// Who files them.
    pub filer: Filer,
    /// What the one who files is to the owner.
    pub kinship: Kinship,
    /// How it was given.
    pub basis: Basis,
    /// When it was given, or recorded from paper.
    pub given_at: Moment,
    /// Until when it holds.
    pub until: Moment,
    /// When it was taken back, and by whom.
    pub withdrawn: Option<(Moment, Withdrawer)>,
}

/// What a filing tells of whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The numbers of persons on its official forms: digits alone.
    pub numbers: Vec<String>,
    /// Every other answer on them.
    pub words: Vec<String>,
}

impl Consent {
    /// Whether it holds at a moment.
    #[must_use]
    pub fn standing(&self, now: Moment) -> ConsentStanding {
        let offered = matches!(self.basis, Basis::Account { accepted_at: None });
        match self.withdrawn {
            Some(_) => ConsentStanding::Withdrawn,
            None if now >= if offered { self.offered_until() } else { self.until } => ConsentStanding::Ended,
            None if offered => ConsentStanding::Offered,
            None => ConsentStanding::InForce,
        }
    }

    /// Whether the owner has shut whoever filed out: they took it back themselves. Who filed opens nothing any more then, also not
    /// by the code and digits that they have from filing.
    #[must_use]
    pub const fn shuts_out(&self) -> bool {
        matches!(self.withdrawn, Some((_, Withdrawer::Owner | Withdrawer::Code | Withdrawer::Desk)))
    }

    /// Until when an offer can be taken up.
    #[must_use]
    pub fn offered_until(&self) -> Moment {
        Moment((self.given_at.0 + OFFERED_MS).min(self.until.0))
    }

    /// Whether a filing is the owner's: it has their number, or, where nobody's number stands on it, their name. A person of the
    /// same name with another number is somebody else, whose dossier the owner must never see.
    #[must_use]
    pub fn is_of(&self, told: &Told) -> bool {
        let digits = |words: &String| words.chars().filter(char::is_ascii_digit).collect::<String>();
        // An organisation's tax code is no kind of its own on forms.
        let numbered = told.numbers.contains(&self.owner.number)
            || told.words.iter().any(|words| digits(words) == self.owner.number);
        let named = || told.words.iter().any(|words| same(words, &self.owner.name));
        (numbered && !self.owner.number.is_empty()) || (told.numbers.is_empty() && named())
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
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    fn consent(basis: Basis) -> Consent {
        Consent {
            id: ConsentId([1; 16]),
            owner: Owner {
                citizen: None, name: "Nguyễn Thị Lộc Vừng".to_owned(), number: "000141000017".to_owned()
            },
            filer: Filer { citizen: Some(CitizenId([2; 16])), name: "Trần Văn Thử".to_owned() },
            kinship: Kinship::VillageHead,
            basis,
            given_at: Moment(0),
            until: Moment(30 * DAY),
            withdrawn: None,
        }
    }

    #[test]
    fn it_holds_from_when_it_is_taken_up_until_its_time_is_over_or_it_is_taken_back() {
        use ConsentStanding::{Ended, InForce, Offered, Withdrawn};
        let offered = Basis::Account { accepted_at: None };
        let accepted = Basis::Account { accepted_at: Some(Moment(DAY)) };
        let paper = Basis::Paper { sha256: [0; 32], kind: "image/jpeg".to_owned() };
        for (basis, withdrawn, at, standing) in [
            (offered.clone(), None, 0, Offered),
            (offered.clone(), None, 7 * DAY - 1, Offered),
            (offered.clone(), None, 7 * DAY, Ended),
            (offered, Some(Withdrawer::Owner), DAY, Withdrawn),
            (accepted.clone(), None, 8 * DAY, InForce),
            (accepted.clone(), None, 30 * DAY - 1, InForce),
            (accepted.clone(), None, 30 * DAY, Ended),
            (accepted, Some(Withdrawer::Filer), 31 * DAY, Withdrawn),
            (paper.clone(), None, 0, InForce),
            (paper, Some(Withdrawer::Code), 0, Withdrawn),
        ] {
            let one = Consent { withdrawn: withdrawn.map(|by| (Moment(0), by)), ..consent(basis.clone()) };
            assert_eq!(one.standing(Moment(at)), standing, "{basis:?} {withdrawn:?} {at}");
        }
        let short = Consent { until: Moment(DAY), ..consent(Basis::Account { accepted_at: None }) };
        assert_eq!(short.standing(Moment(DAY)), Ended, "an offer ends with what it offers");
    }

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
                numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
                words: words.iter().map(|words| (*words).to_owned()).collect(),
            };
            assert_eq!(consent.is_of(&told), is, "{told:?}");
        }
        let nameless = Consent { owner: Owner { citizen: None, name: String::new(), number: String::new() }, ..one };
        assert!(!nameless.is_of(&Told { numbers: vec![String::new()], words: vec![String::new()] }));
    }

    #[test]
    fn the_consent_that_holds_longest_covers_a_filing() {
        let told = Told { numbers: vec!["000141000017".to_owned()], words: Vec::new() };
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
        assert_eq!(covering(&[], &told, Moment(0)), None);
    }

    #[test]
    fn names_are_read_back() {
        assert!(Kinship::ALL.into_iter().all(|one| Kinship::of_name(one.name()) == Some(one)));
        assert!(Withdrawer::ALL.into_iter().all(|one| Withdrawer::of_name(one.name()) == Some(one)));
    }
}
