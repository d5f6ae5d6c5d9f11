//! A store with dossiers of one event each, for the tests of what happens to them afterwards.

use dossier::{Dossier, DossierId, Event, EventKind, State};
use form::Answers;
use procedure::calendar::Moment;
use procedure::{Filing, Role};
use store::desk::Place;
use store::{DraftKey, NewSubmission, Saved, SentBy, SqliteStore, Store as _};
use tempfile::TempDir;

pub const NOW: Moment = Moment(1_795_305_600_000);

/// The name of the dossier that was stored as this one.
pub fn id(number: u8) -> DossierId {
    DossierId::new(NOW, [number; 16])
}

/// A place in the queue of the desk.
pub fn place(state: State) -> Place {
    Place {
        state,
        stage: 0,
        unit: "000001".to_owned(),
        role: Some(Role::OneStop),
        holder: None,
        stage_due_at: NOW,
        due_at: NOW,
        stands: false,
        received_at: None,
        ended: None,
        objected: false,
        stuck_at: None,
        seen_by: vec!["000001".to_owned()],
    }
}

/// A store with so many dossiers.
pub async fn opened(dossiers: u8) -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path(), Box::new(|says| panic!("{says}"))).unwrap();
    store.keep_text(store::TextKind::Procedure, &"p".repeat(64), "{}", NOW).await.unwrap();
    for number in 0..dossiers {
        let filing = Filing {
            procedure: "thu".to_owned(),
            fingerprint: "p".repeat(64),
            agency: "000001".to_owned(),
            case: Answers::default(),
            forms: Vec::new(),
            papers: Vec::new(),
        };
        let submission = NewSubmission {
            key: DraftKey([number; 16]),
            body_hash: [number; 32],
            code_hash: [number; 32],
            dossier: Dossier { id: id(number), state: State::Sent, sent_at: NOW, filing },
            events: vec![Event { at: NOW, by: None, on_behalf: None, kind: EventKind::Sent }],
            place: place(State::Sent),
            person: String::new(),
            sender: SentBy::Nobody,
            letters: Vec::new(),
            answer: Vec::new(),
        };
        assert_eq!(store.save_submission(submission).await.unwrap(), Saved::New);
    }
    (folder, store)
}
