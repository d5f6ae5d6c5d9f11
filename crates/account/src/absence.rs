//! Absence and delegation (vắng mặt, ủy quyền): from one day to another somebody else of the unit acts in an officer's place.
//!
//! A delegation gives what its delegator may do as of this very request, and of that only what the delegate's own role is
//! entitled to stand in for. It is asked for own roles alone, so it does not chain; and it counts only while both are
//! enabled and in the unit in which it was made.

use crate::Officer;
use crate::policy::{self, Action, Relation};
use form::Date;
use procedure::{OfficerId, Role};

/// The most days of one absence.
pub const MOST_DAYS: i32 = 366;

/// Who acts for whom, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Its name.
    pub id: [u8; 16],
    /// Who is absent.
    pub officer: OfficerId,
    /// Who acts in their place.
    pub delegate: OfficerId,
    /// Code of the unit in which it was made.
    pub unit: String,
    /// The first day, in Việt Nam.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

/// Why an absence is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsenceRefused {
    /// It begins before today, ends before it begins, or lasts longer than [`MOST_DAYS`].
    Days,
    /// The delegate is not of the unit, is locked, is the officer themselves, or has no role that may stand in.
    Delegate,
}

/// Whether an officer in this role may stand in for one in the other: the same role, or one that knows the work, and never
/// one below it. Nobody stands in for a supervisor or an administrator.
#[must_use]
pub fn stands_in(delegate: Role, absent: Role) -> bool {
    use Role::{Clerk, DepartmentHead, DeskHead, Leader, OneStop, Specialist};
    match absent {
        OneStop => matches!(delegate, OneStop | Specialist | Clerk | DeskHead),
        Specialist => matches!(delegate, Specialist | OneStop | DepartmentHead),
        Clerk => matches!(delegate, Clerk | OneStop | Specialist),
        DeskHead => matches!(delegate, DeskHead | DepartmentHead | Leader),
        DepartmentHead => matches!(delegate, DepartmentHead | Leader),
        Leader => delegate == Leader,
        Role::Supervisor | Role::Administrator => false,
    }
}

/// The roles of the absent officer in which the delegate may act.
#[must_use]
pub fn lent(absent: &Officer, delegate: &Officer) -> Vec<Role> {
    let may = |role: &&Role| delegate.roles.iter().any(|own| stands_in(*own, **role));
    absent.roles.iter().filter(may).copied().collect()
}

/// Whether one may be named as the other's delegate.
#[must_use]
pub fn entitled(absent: &Officer, delegate: &Officer) -> bool {
    absent.id != delegate.id && delegate.enabled && absent.unit == delegate.unit && !lent(absent, delegate).is_empty()
}

/// Whether the head of a unit may say of an officer of it that they are absent: a leader of everybody, other heads of those
/// who lead nobody.
#[must_use]
pub fn arranges(head: &Officer, absent: &Officer) -> bool {
    let rank = |officer: &Officer| {
        let of = |role: &Role| match role {
            Role::Leader => 2,
            Role::DeskHead | Role::DepartmentHead => 1,
            _ => 0,
        };
        officer.roles.iter().map(of).max().unwrap_or(0)
    };
    rank(head) > rank(absent)
}

/// Whether an absence may be made as of today.
///
/// # Errors
/// Why not.
pub fn check(absent: &Officer, delegate: &Officer, from: Date, until: Date, today: Date) -> Result<(), AbsenceRefused> {
    if from < today || until < from || until.days() - from.days() >= MOST_DAYS {
        return Err(AbsenceRefused::Days);
    }
    if entitled(absent, delegate) { Ok(()) } else { Err(AbsenceRefused::Delegate) }
}

impl Absence {
    /// The absent officer as whom the delegate may act today, with the roles that they lend; none when it does not count.
    #[must_use]
    pub fn stand_in(&self, absent: &Officer, delegate: &Officer, today: Date) -> Option<Officer> {
        let counts = (self.officer, self.delegate) == (absent.id, delegate.id)
            && self.from <= today
            && today <= self.until
            && absent.enabled
            && absent.unit == self.unit
            && entitled(absent, delegate);
        counts.then(|| Officer { roles: lent(absent, delegate), ..absent.clone() })
    }
}

/// Whether a stand-in may do it: only work on dossiers is lent, never what an officer is trusted with beside it.
#[must_use]
pub fn may_for(stand_in: &Officer, action: Action, relation: Relation) -> bool {
    let lent = !matches!(
        action,
        Action::OwnSession
            | Action::ManageOfficers
            | Action::SeeFigures
            | Action::SeeAbsences
            | Action::BeAbsent
            | Action::ArrangeAbsence
    );
    lent && policy::may(stand_in, action, relation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officer(number: u8, unit: &str, roles: &[Role]) -> Officer {
        Officer {
            id: OfficerId([number; 16]),
            name: format!("Cán bộ {number}"),
            phone: format!("090000010{number}"),
            unit: unit.to_owned(),
            roles: roles.to_vec(),
            enabled: true,
        }
    }

    fn day(number: u8) -> Date {
        Date::new(2026, 11, number).unwrap()
    }

    fn absence() -> Absence {
        Absence {
            id: [9; 16],
            officer: OfficerId([1; 16]),
            delegate: OfficerId([2; 16]),
            unit: "19351".to_owned(),
            from: day(10),
            until: day(20),
        }
    }

    /// Rows are the absent officer's role, columns the delegate's, both in the order of `Role::ALL`.
    #[test]
    fn who_stands_in_for_whom() {
        let rows: Vec<String> = Role::ALL
            .iter()
            .map(|absent| Role::ALL.iter().map(|own| if stands_in(*own, *absent) { 'x' } else { '-' }).collect())
            .collect();
        // one-stop, desk-head, specialist, department-head, clerk, leader, supervisor, administrator
        let expected = ["xxx-x---", "-x-x-x--", "x-xx----", "---x-x--", "x-x-x---", "-----x--", "--------", "--------"];
        assert_eq!(rows, expected);
    }

    #[test]
    fn it_counts_on_its_days_while_both_are_where_they_were() {
        let absent = || officer(1, "19351", &[Role::OneStop, Role::Leader]);
        let delegate = || officer(2, "19351", &[Role::Specialist]);
        let disabled = |one: Officer| Officer { enabled: false, ..one };
        let moved = |one: Officer| Officer { unit: "19352".to_owned(), ..one };
        for (what, absent, delegate, today, counts) in [
            ("the day before", absent(), delegate(), day(9), false),
            ("its first day", absent(), delegate(), day(10), true),
            ("its last day", absent(), delegate(), day(20), true),
            ("the day after", absent(), delegate(), day(21), false),
            ("the absent one is locked", disabled(absent()), delegate(), day(15), false),
            ("the delegate is locked", absent(), disabled(delegate()), day(15), false),
            ("the absent one has moved", moved(absent()), delegate(), day(15), false),
            ("the delegate has moved", absent(), moved(delegate()), day(15), false),
            ("both have moved", moved(absent()), moved(delegate()), day(15), false),
            ("the delegate has no such role", absent(), officer(2, "19351", &[Role::Administrator]), day(15), false),
            ("somebody else", absent(), officer(3, "19351", &[Role::Specialist]), day(15), false),
        ] {
            let stands = absence().stand_in(&absent, &delegate, today);
            assert_eq!(stands.is_some(), counts, "{what}");
            // Of two roles only the one is lent that a specialist may stand in for.
            assert!(stands.is_none_or(|one| one.roles == [Role::OneStop] && one.id == absent.id), "{what}");
        }
    }

    #[test]
    fn a_delegate_may_never_more_than_the_delegator() {
        let all = Relation { turn: true, acting: true, charge: true, unit: true, below: true };
        for absent in Role::ALL {
            for own in Role::ALL {
                let (absent, own) = (officer(1, "19351", &[absent]), officer(2, "19351", &[own]));
                let Some(stands) = absence().stand_in(&absent, &own, day(15)) else { continue };
                for action in policy::ACTIONS {
                    let may = may_for(&stands, action, all);
                    assert!(!may || policy::may(&absent, action, all), "{action:?}");
                }
                // What is lent is lent no further: a third asks the absent one's own roles, never these.
                assert!(!may_for(&stands, Action::ManageOfficers, all) && !may_for(&stands, Action::SeeFigures, all));
            }
        }
    }

    #[test]
    fn heads_arrange_for_those_below_them() {
        use Role::{Administrator, Clerk, DeskHead, Leader, OneStop};
        for (head, absent, may) in [
            (Leader, OneStop, true),
            (Leader, DeskHead, true),
            (Leader, Leader, false),
            (DeskHead, OneStop, true),
            (DeskHead, DeskHead, false),
            (DeskHead, Leader, false),
            (OneStop, Clerk, false),
            (Administrator, OneStop, false),
        ] {
            let (head, absent) = (officer(1, "19351", &[head]), officer(2, "19351", &[absent]));
            assert_eq!(arranges(&head, &absent), may, "{head:?} {absent:?}");
        }
    }

    #[test]
    fn what_is_asked_for_makes_sense() {
        let absent = officer(1, "19351", &[Role::OneStop]);
        let same = officer(2, "19351", &[Role::OneStop]);
        for (delegate, from, until, expected) in [
            (&same, day(15), day(15), Ok(())),
            (&same, day(15), Date::new(2027, 11, 15).unwrap(), Ok(())),
            (&same, day(15), Date::new(2027, 11, 16).unwrap(), Err(AbsenceRefused::Days)),
            (&same, day(14), day(16), Err(AbsenceRefused::Days)),
            (&same, day(17), day(16), Err(AbsenceRefused::Days)),
            (&absent, day(15), day(16), Err(AbsenceRefused::Delegate)),
            (&officer(2, "19352", &[Role::OneStop]), day(15), day(16), Err(AbsenceRefused::Delegate)),
            (&officer(2, "19351", &[Role::Leader]), day(15), day(16), Err(AbsenceRefused::Delegate)),
        ] {
            assert_eq!(check(&absent, delegate, from, until, day(15)), expected, "{from:?} {until:?}");
        }
    }
}
