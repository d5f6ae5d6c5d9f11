//! That one person files for another with their consent (nộp hộ): who agreed to what, until when, and whether it still holds.
//!
//! A consent is given by the owner of the dossiers (chủ hồ sơ), either from their own account or on paper that they signed. It may
//! be taken back at any time without a reason, and then whoever filed sees nothing any more (Nghị định 13/2023/NĐ-CP Điều 11,
//! 12; Bộ luật Dân sự 2015 Điều 140 of an authorisation that ends).

mod covering;

use crate::CitizenId;
use procedure::calendar::Moment;
use procedure::hex_id;

pub use covering::{Told, covering};

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
    /// The id of the only procedure that it is for; nothing when it is for all of them.
    pub procedure: Option<String>,
    /// How it was given.
    pub basis: Basis,
    /// When it was given, or recorded from paper.
    pub given_at: Moment,
    /// Until when it holds.
    pub until: Moment,
    /// When it was taken back, and by whom.
    pub withdrawn: Option<(Moment, Withdrawer)>,
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

    /// Until when an offer can be taken up.
    #[must_use]
    pub fn offered_until(&self) -> Moment {
        Moment((self.given_at.0 + OFFERED_MS).min(self.until.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const DAY: i64 = 24 * 3_600_000;

    pub(super) fn consent(basis: Basis) -> Consent {
        Consent {
            id: ConsentId([1; 16]),
            owner: Owner {
                citizen: None, name: "Nguyễn Thị Lộc Vừng".to_owned(), number: "000141000017".to_owned()
            },
            filer: Filer { citizen: Some(CitizenId([2; 16])), name: "Trần Văn Thử".to_owned() },
            kinship: Kinship::VillageHead,
            procedure: None,
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
    fn names_are_read_back() {
        assert!(Kinship::ALL.into_iter().all(|one| Kinship::of_name(one.name()) == Some(one)));
        assert!(Withdrawer::ALL.into_iter().all(|one| Withdrawer::of_name(one.name()) == Some(one)));
    }
}
