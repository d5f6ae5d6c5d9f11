//! What happened to a dossier and where it stands, as citizens are told on every page.

use crate::Key;

/// What happened, by the name that the timeline has for it.
#[must_use]
pub fn event(name: &str) -> Key {
    match name {
        "received" => Key::TrackWasReceived,
        "entered" => Key::TrackWasEntered,
        "supplement-asked" => Key::TrackWasAsked,
        "supplemented" => Key::TrackWasSupplemented,
        "not-received" => Key::TrackWasRefused,
        "returned-unsolved" => Key::TrackWasUnsolved,
        "extended" => Key::TrackWasExtended,
        "posted" => Key::TrackWasPosted,
        "papers-fetched-for" => Key::TrackPapersFetchedFor,
        "papers-fetched" => Key::TrackPapersFetched,
        "papers-not-fetched" => Key::TrackPapersNotFetched,
        "result-posted" => Key::TrackResultPosted,
        "result-delivered" => Key::TrackResultDelivered,
        "result-not-delivered" => Key::TrackResultNotDelivered,
        "handed-over" => Key::TrackWasHandedOver,
        "fee-paid" => Key::TrackWasFeePaid,
        "filed-by-consent" => Key::ConsentWasFiled,
        "consent-withdrawn" => Key::ConsentWasWithdrawn,
        _ => Key::ReceiptYouSent,
    }
}

/// Where it stands, by the state's name.
#[must_use]
pub fn state(name: &str) -> Key {
    match name {
        "received" => Key::StateReceived,
        "not-received" => Key::StateNotReceived,
        "in-process" => Key::StateInProcess,
        "supplement-asked" => Key::StateSupplementAsked,
        "fee-asked" => Key::StateFeeAsked,
        "withdrawn" => Key::StateWithdrawn,
        "stopped" => Key::StateStopped,
        "done" => Key::StateDone,
        "returned" => Key::StateReturned,
        _ => Key::StateSent,
    }
}
