//! Who may do what: one table of role × action × scope. What is not in it is not allowed.
//!
//! What the state of a dossier allows is another question, which `dossier::act` answers.

use crate::Officer;
use procedure::Role;

/// What an officer may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Be signed in: see who one is, sign out.
    OwnSession,
    /// See the queue of one's work.
    SeeQueue,
    /// Read a dossier with its answers and papers.
    ReadDossier,
    /// Take the work or give it back.
    Claim,
    /// Give the work to a colleague.
    Assign,
    /// Receive a dossier.
    Receive,
    /// Ask for a supplement.
    AskSupplement,
    /// Propose to refuse.
    ProposeRefusal,
    /// Refuse, or decide not to.
    Refuse,
    /// End a turn, or send back to an earlier stage.
    Forward,
    /// Trả không giải quyết.
    ReturnUnsolved,
    /// Take more time.
    Extend,
    /// Attach the result.
    AttachResult,
    /// Hand the result over.
    HandOver,
    /// Make officers and change their roles.
    ManageOfficers,
    /// Hold a people's meeting about dossiers: see which, keep the minutes.
    HoldMeeting,
    /// See the figures of how dossiers are handled.
    SeeFigures,
    /// Post dossiers publicly, and re-check what is objected.
    Post,
    /// Enter a dossier that came on paper, for its citizen.
    EnterDossier,
    /// See the absences that concern one.
    SeeAbsences,
    /// Say that one is absent oneself, and who acts in one's place.
    BeAbsent,
    /// The same for others.
    ArrangeAbsence,
    /// See what was paid.
    SeePayments,
    /// Bring a bank's statement, which says that transfers were paid.
    BringStatement,
    /// Ask that money go back, or confirm what another has asked for.
    Refund,
    /// Give parcels to the post, print their labels, say whether they arrived.
    SendParcels,
    /// Work on petitions: read, receive, pass on, answer, publish.
    HandlePetitions,
    /// Read what people wrote to how satisfied they were.
    ReadRatings,
    /// Take back, for the owner who comes to the desk, the consent by which somebody filed for them.
    WithdrawConsent,
}

/// All of them.
#[cfg(test)]
pub(crate) const ACTIONS: [Action; 29] = [
    A::OwnSession,
    A::SeeQueue,
    A::ReadDossier,
    A::Claim,
    A::Assign,
    A::Receive,
    A::AskSupplement,
    A::ProposeRefusal,
    A::Refuse,
    A::Forward,
    A::ReturnUnsolved,
    A::Extend,
    A::AttachResult,
    A::HandOver,
    A::ManageOfficers,
    A::SeeFigures,
    A::SeeAbsences,
    A::BeAbsent,
    A::ArrangeAbsence,
    A::EnterDossier,
    A::HoldMeeting,
    A::Post,
    A::SeePayments,
    A::BringStatement,
    A::Refund,
    A::SendParcels,
    A::HandlePetitions,
    A::ReadRatings,
    A::WithdrawConsent,
];

/// How far an action reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Nothing but the officer's own.
    Own,
    /// Dossiers whose turn is the officer's.
    Turn,
    /// Dossiers at which the officer's unit acts now.
    Acting,
    /// Those, and the ones that it received.
    Charge,
    /// Those, and the ones that it had before: for reading alone.
    Unit,
    /// Those of the unit and of all below it.
    Below,
}

/// How an officer stands to what they want to act on, as of this very request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// The dossier waits for a role that the officer has, in the officer's unit.
    pub turn: bool,
    /// The officer's unit acts now, in whatever role.
    pub acting: bool,
    /// The officer's unit acts now, or received it.
    pub charge: bool,
    /// The officer's unit received it, has it, or had it.
    pub unit: bool,
    /// It belongs to the officer's unit or to one below.
    pub below: bool,
}

use Action as A;
use Scope as S;

/// What everybody has who works on dossiers: the queue, reading what their unit has to do with, and their own turns.
const WORKING: [(Action, Scope); 7] = [
    (A::OwnSession, S::Own),
    (A::SeeQueue, S::Own),
    (A::ReadDossier, S::Unit),
    (A::Claim, S::Turn),
    (A::Forward, S::Turn),
    (A::SeeAbsences, S::Own),
    (A::BeAbsent, S::Own),
];

/// What a role has beside that.
fn more(role: Role) -> &'static [(Action, Scope)] {
    match role {
        Role::OneStop => &[
            (A::Receive, S::Turn),
            (A::AskSupplement, S::Turn),
            (A::ProposeRefusal, S::Turn),
            (A::AttachResult, S::Turn),
            (A::HandOver, S::Turn),
            (A::EnterDossier, S::Unit),
            (A::SendParcels, S::Charge),
            (A::WithdrawConsent, S::Unit),
        ],
        Role::DeskHead => &[
            (A::WithdrawConsent, S::Unit),
            (A::Refuse, S::Charge),
            (A::Assign, S::Acting),
            (A::Extend, S::Charge),
            (A::SeeFigures, S::Below),
            (A::ArrangeAbsence, S::Unit),
            (A::SeePayments, S::Below),
            (A::BringStatement, S::Below),
            (A::Refund, S::Below),
            // A petition may be about the officer at the desk: heads and the office have it, not whom it is about.
            (A::HandlePetitions, S::Unit),
        ],
        Role::Specialist => &[
            (A::AskSupplement, S::Turn),
            (A::ReturnUnsolved, S::Turn),
            (A::AttachResult, S::Turn),
            (A::HandOver, S::Turn),
            (A::HoldMeeting, S::Turn),
            (A::Post, S::Turn),
        ],
        Role::DepartmentHead | Role::Leader => &[
            (A::Assign, S::Acting),
            (A::ReturnUnsolved, S::Turn),
            (A::Extend, S::Charge),
            (A::AttachResult, S::Turn),
            (A::HoldMeeting, S::Turn),
            (A::SeeFigures, S::Below),
            (A::ArrangeAbsence, S::Unit),
            (A::SeePayments, S::Below),
            (A::Refund, S::Below),
            (A::HandlePetitions, S::Unit),
        ],
        // Who keeps an office's seal keeps its accounts in communes too; nobody closes and gives back alone.
        Role::Clerk => &[
            (A::AttachResult, S::Turn),
            (A::SeePayments, S::Unit),
            (A::BringStatement, S::Unit),
            (A::Refund, S::Unit),
            (A::SendParcels, S::Charge),
            (A::HandlePetitions, S::Unit),
        ],
        // What people wrote is for who watches over a unit and handles no dossier: who did must not look for whom it was.
        Role::Supervisor => &[
            (A::OwnSession, S::Own),
            (A::SeeFigures, S::Below),
            (A::SeePayments, S::Below),
            (A::ReadRatings, S::Below),
        ],
        Role::Administrator => &[
            (A::OwnSession, S::Own),
            (A::ManageOfficers, S::Below),
            (A::SeeAbsences, S::Own),
            (A::ArrangeAbsence, S::Below),
        ],
    }
}

/// All that a role allows.
fn allowed(role: Role) -> impl Iterator<Item = (Action, Scope)> {
    let works = !matches!(role, Role::Supervisor | Role::Administrator);
    WORKING.into_iter().filter(move |_| works).chain(more(role).iter().copied())
}

/// Whether one of the officer's roles allows the action at all, on whatever it may be.
#[must_use]
pub fn may_ever(officer: &Officer, action: Action) -> bool {
    officer.enabled && officer.roles.iter().any(|role| allowed(*role).any(|(can, _)| can == action))
}

/// Whether the officer may do it to what stands to them so.
#[must_use]
pub fn may(officer: &Officer, action: Action, relation: Relation) -> bool {
    let reaches = |scope| match scope {
        Scope::Own => true,
        Scope::Turn => relation.turn,
        Scope::Acting => relation.acting,
        Scope::Charge => relation.charge,
        Scope::Unit => relation.unit,
        Scope::Below => relation.below,
    };
    let holds = |role: &Role| allowed(*role).any(|(can, scope)| can == action && reaches(scope));
    officer.enabled && officer.roles.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::OfficerId;

    fn officer(roles: &[Role]) -> Officer {
        Officer {
            id: OfficerId([1; 16]),
            name: "Lê Thị Hiền".to_owned(),
            phone: "0900000123".to_owned(),
            unit: "19351".to_owned(),
            roles: roles.to_vec(),
            enabled: true,
        }
    }

    /// The same table once more, written by hand as an office would read it: rows are roles in the order of `Role::ALL`,
    /// columns actions in the order above. `-` never, `o` own, `t` its turn, `a` where its unit acts, `c` that and what it
    /// received, `u` that and what it had, `b` the units below too.
    const EXPECTED: [&str; 8] = [
        "oout-ttt-t--tt--oo-u-----c--u",
        "oouta---ct-c---boou---bbb-u-u",
        "oout--t--tt-tt--oo--tt-------",
        "oouta----ttct--boou-t-b-b-u--",
        "oout-----t--t---oo----uuucu--",
        "oouta----ttct--boou-t-b-b-u--",
        "o--------------b------b----b-",
        "o-------------b-o-b----------",
    ];

    /// One letter for how far an action reaches.
    fn reach(role: Role, action: Action) -> char {
        let officer = officer(&[role]);
        let none = Relation::default();
        let reaches = |relation| may(&officer, action, relation);
        [
            ('o', none),
            ('t', Relation { turn: true, ..none }),
            ('a', Relation { acting: true, ..none }),
            ('c', Relation { charge: true, ..none }),
            ('u', Relation { unit: true, ..none }),
            ('b', Relation { below: true, ..none }),
        ]
        .into_iter()
        .find(|(_, relation)| reaches(*relation))
        .map_or('-', |(letter, _)| letter)
    }

    #[test]
    fn every_role_reaches_as_far_as_written_and_no_further() {
        let rows: Vec<String> =
            Role::ALL.iter().map(|role| ACTIONS.iter().map(|action| reach(*role, *action)).collect()).collect();
        assert_eq!(rows, EXPECTED);
    }

    #[test]
    fn who_is_disabled_or_has_no_role_may_nothing() {
        let all = Relation { turn: true, acting: true, charge: true, unit: true, below: true };
        let disabled = Officer { enabled: false, ..officer(&Role::ALL) };
        for action in ACTIONS {
            for nobody in [&disabled, &officer(&[])] {
                assert!(!may(nobody, action, all) && !may_ever(nobody, action));
            }
        }
    }
}
