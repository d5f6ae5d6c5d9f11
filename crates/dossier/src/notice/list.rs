//! The notices of a dossier as a list (Thông báo của tôi), for the account that has the dossier.
//!
//! They are made of its events each time they are read, and nothing is kept of them. What is told by mail is listed, what
//! became of the fee, and by whose word it was filed. Each says what the page behind the code showed from its moment on, and no more.

use super::concerns;
use crate::timeline::told;
use crate::{Desk, EventKind, State, Tracked, course};
use procedure::calendar::Moment;

/// The names of the events that anything in a list may come of, as they are kept.
pub const EVENTS: [&str; 12] = [
    "sent",
    "received",
    "supplement-asked",
    "not-received",
    "forwarded",
    "returned-unsolved",
    "extended",
    "result-attached",
    "posted",
    "handed-over",
    "parcel-posted",
    "parcel-failed",
];

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name by which the timeline tells it; `done`, `fee-unpaid` and `fee-refund` for what it tells beside its entries.
    pub event: &'static str,
    /// When.
    pub at: Moment,
    /// When the result is due, where that was promised with it.
    pub due: Option<Moment>,
    /// Until when it is posted publicly, while it is.
    pub posted_until: Option<Moment>,
    /// Whether it waits for the citizen to do something.
    pub waits: bool,
}

impl Listed {
    fn of(event: &'static str, at: Moment) -> Self {
        Self { event, at, due: None, posted_until: None, waits: false }
    }
}

/// Money that moved for the fee of a dossier, in đồng.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// When the office learned of it.
    pub at: Moment,
    /// So much more of the fee is paid, or less when below zero.
    pub fee: i64,
    /// So much more is owed back, or less when below zero.
    pub back: i64,
}

/// The fee of a dossier.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fee<'a> {
    /// Whether it is to be paid.
    pub unpaid: bool,
    /// What moved for it, from the first on.
    pub money: &'a [Money],
}

/// The notices of a dossier as of `now`, from the first on.
#[must_use]
pub fn list(dossier: &Tracked, desk: &Desk<'_>, fee: Fee<'_>, now: Moment) -> Vec<Listed> {
    let mut all = of_consent(dossier);
    let mut before = course(desk, dossier.sent_at, &[]);
    let last_asked = dossier.events.iter().rposition(|event| matches!(event.kind, EventKind::SupplementAsked(_)));
    let mended = course(desk, dossier.sent_at, &dossier.events).supplement.is_none();
    for (number, event) in dossier.events.iter().enumerate() {
        let after = course(desk, dossier.sent_at, &dossier.events[..=number]);
        if concerns(&before, &after, &event.kind) {
            let promised = matches!(event.kind, EventKind::Received | EventKind::Extended { .. });
            let until = match &event.kind {
                EventKind::Posted(posted) => Some(posted.not_after).filter(|until| now <= *until),
                _ => None,
            };
            all.push(Listed {
                event: name(&event.kind),
                at: event.at,
                due: after.clock.due(desk).filter(|_| promised).map(|due| due.at),
                posted_until: until,
                waits: !mended && last_asked == Some(number),
            });
        }
        before = after;
    }
    // What follows from an event in the same moment stands behind it.
    all.extend(of_fee(dossier, desk, fee));
    all.sort_by_key(|listed| listed.at.0);
    all
}

/// The name by which a notice is told: that the result is there is a state to citizens, whichever act of an office brought it.
fn name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Forwarded { .. } | EventKind::ResultAttached(_) => State::Done.name(),
        other => told(other),
    }
}

/// That somebody filed it for its owner by their consent, and that this was taken back.
fn of_consent(dossier: &Tracked) -> Vec<Listed> {
    let Some(consent) = dossier.consent else { return Vec::new() };
    let filed = Listed::of("filed-by-consent", dossier.sent_at);
    let withdrawn = consent.withdrawn_at.map(|at| Listed::of("consent-withdrawn", at));
    [filed].into_iter().chain(withdrawn).collect()
}

/// What became of the fee. That money is owed back is told as the page behind the code tells it: once the dossier came to
/// nothing, and not of a payment too many, of which whoever has the digits is told.
fn of_fee(dossier: &Tracked, desk: &Desk<'_>, Fee { unpaid, money }: Fee<'_>) -> Vec<Listed> {
    let mut all = Vec::new();
    if unpaid {
        all.push(Listed { waits: true, ..Listed::of("fee-unpaid", dossier.sent_at) });
    }
    let mut paid = 0;
    for Money { at, fee, back } in money.iter().copied() {
        paid += fee;
        let ended = || {
            let happened = dossier.events.partition_point(|event| event.at <= at);
            let state = course(desk, dossier.sent_at, &dossier.events[..happened]).state;
            matches!(state, State::NotReceived | State::Withdrawn | State::Stopped)
        };
        if fee > 0 {
            all.push(Listed::of("fee-paid", at));
        } else if back > 0 && paid == 0 && ended() {
            all.push(Listed::of("fee-refund", at));
        }
    }
    all
}
