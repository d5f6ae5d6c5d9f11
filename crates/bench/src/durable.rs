//! Durable submissions of the store alone, beside raw SQLite with the same settings that commits row by row.

use crate::Settings;
use crate::rounds::{Subject, compare};
use dossier::{Dossier, DossierId, Event, EventKind, State};
use form::Answers;
use procedure::calendar::Moment;
use procedure::{Filing, FilledForm, Role};
use rusqlite::{Connection, params};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use store::desk::Place;
use store::{DraftKey, NewSubmission, Saved, SqliteStore, Store, TextKind};

pub const NOW: Moment = Moment(1_795_331_100_000);
/// About what a filled form with its filer's part takes.
const TEXT: usize = 2_000;
/// About what a kept answer takes.
const ANSWER: usize = 1_000;

/// Measures and prints.
pub fn run(settings: &Settings) -> Result<(), String> {
    let folder = settings.folder()?;
    let raw = raw(&folder.path().join("raw.db")).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let store = SqliteStore::open(&folder.path().join("data"), Box::new(|says| eprintln!("{says}")))
        .map_err(|error| error.to_string())?;
    let store: Arc<dyn Store> = Arc::new(store);
    runtime.block_on(keep_texts(&*store))?;
    let next = Arc::new(AtomicU64::new(0));
    let time = settings.time();
    let clients = |count: usize| {
        let (store, next, runtime) = (Arc::clone(&store), Arc::clone(&next), &runtime);
        Box::new(move || runtime.block_on(submissions(&store, &next, count, time)))
    };
    let (one, many) = (clients(1), clients(32));
    compare(
        "Durable submissions, store alone (dossier, form, event, audit row and answer in one transaction)",
        settings.rounds,
        vec![
            Subject {
                name: "raw SQLite, one row a commit, 1 client",
                measure: Box::new(|| rows(&raw, TEXT + ANSWER, time)),
            },
            Subject { name: "store, 1 client", measure: one },
            Subject { name: "store, 32 clients", measure: many },
        ],
    )
}

/// A database with the settings of the store's writing connection and one table.
pub fn raw(path: &std::path::Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "cache_size", -32_768)?;
    db.pragma_update(None, "wal_autocheckpoint", 4_096)?;
    db.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)", [])?;
    Ok(db)
}

/// Rows of so many bytes a second, each with its own commit.
pub fn rows(db: &Connection, bytes: usize, time: Duration) -> Result<f64, String> {
    let text = "x".repeat(bytes);
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < time {
        db.prepare_cached("INSERT INTO rows (text) VALUES (?1)")
            .and_then(|mut insert| insert.execute(params![text]))
            .map_err(|error| error.to_string())?;
        count += 1;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

async fn submissions(
    store: &Arc<dyn Store>,
    next: &Arc<AtomicU64>,
    clients: usize,
    time: Duration,
) -> Result<f64, String> {
    let start = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| {
            let (store, next) = (Arc::clone(store), Arc::clone(next));
            tokio::spawn(async move {
                let mut count = 0_u32;
                while start.elapsed() < time {
                    let new = submission(next.fetch_add(1, Ordering::Relaxed));
                    match store.save_submission(new).await {
                        Ok(Saved::New) => count += 1,
                        other => return Err(format!("{other:?}")),
                    }
                }
                Ok(count)
            })
        })
        .collect();
    let mut count = 0;
    for task in tasks {
        count += task.await.map_err(|error| error.to_string())??;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

/// Keeps the texts that [`submission`] points to.
pub async fn keep_texts(store: &dyn Store) -> Result<(), String> {
    for (kind, sign) in [(TextKind::Procedure, "p"), (TextKind::Form, "f")] {
        store.keep_text(kind, &sign.repeat(64), "{}", NOW).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A submission of about the size of a real one; each number has another key.
pub fn submission(number: u64) -> NewSubmission {
    let mut key = [0; 16];
    key[8..].copy_from_slice(&number.to_be_bytes());
    let hash: [u8; 32] = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(key)).into();
    let mut answers = Answers::default();
    answers.set("ly_do", &"x".repeat(TEXT));
    let filing = Filing {
        procedure: "thu".to_owned(),
        fingerprint: "p".repeat(64),
        agency: "19351".to_owned(),
        case: Answers::default(),
        forms: vec![FilledForm { form: "thu".to_owned(), fingerprint: "f".repeat(64), answers }],
        papers: Vec::new(),
    };
    NewSubmission {
        key: DraftKey(key),
        body_hash: hash,
        code_hash: hash,
        dossier: Dossier { id: DossierId::new(NOW, key), state: State::Sent, sent_at: NOW, filing },
        events: vec![Event { at: NOW, by: None, on_behalf: None, kind: EventKind::Sent }],
        place: Place {
            state: State::Sent,
            stage: 0,
            unit: "19351".to_owned(),
            role: Some(Role::OneStop),
            holder: None,
            stage_due_at: NOW,
            due_at: NOW,
            stands: false,
            received_at: None,
            ended: None,
            objected: false,
            stuck_at: None,
            seen_by: vec!["19351".to_owned()],
        },
        person: String::new(),
        sender: store::SentBy::Nobody,
        letters: Vec::new(),
        answer: vec![b'x'; ANSWER],
    }
}
