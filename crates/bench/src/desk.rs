//! A desk at which 1,000 dossiers wait, with nothing else in the province and with 300,000 dossiers in it: the first page of
//! its queue with the counts, and an act. Neither may take longer for how much lies elsewhere. Beside it a desk of the same
//! province at which 7,667 wait.

use crate::Settings;
use crate::durable::{NOW, keep_texts, submission};
use crate::rounds::{Subject, compare};
use dossier::{DossierId, Event, EventKind, State};
use procedure::calendar::Moment;
use procedure::{OfficerId, Role};
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::desk::{ActSaved, NewAct, Place, QueueAsked, QueueList};
use store::{DraftKey, Saved, SqliteStore, Store};
use tokio::runtime::Runtime;

const SMALL: u64 = 1_000;
const LARGE: u64 = 300_000;
/// Communes of a province: at the first one's desk the first [`SMALL`] wait, at the others the rest.
const UNITS: u64 = 40;
const OFFICER: OfficerId = OfficerId([9; 16]);
/// Submissions under way at once while a store is filled.
const AT_ONCE: u64 = 256;

/// Measures and prints.
pub fn run(settings: &Settings) -> Result<(), String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    let (small, large) = (settings.folder()?, settings.folder()?);
    let few = filled(&runtime, small.path(), SMALL)?;
    let many = filled(&runtime, large.path(), LARGE)?;
    let time = settings.time();
    let page = |store: &Arc<dyn Store>, unit: u64| {
        let (store, runtime) = (Arc::clone(store), &runtime);
        Box::new(move || runtime.block_on(pages(&*store, &code(unit), time)))
    };
    compare(
        "First page of a desk's queue with its five counts, a second",
        settings.rounds,
        vec![
            Subject { name: "1,000 wait, nothing else", measure: page(&few, 0) },
            Subject { name: "1,000 wait, 300,000 in the province", measure: page(&many, 0) },
            Subject { name: "7,667 wait, 300,000 in the province", measure: page(&many, 1) },
        ],
    )?;
    let act = |store: &Arc<dyn Store>, most: u64| {
        let (store, runtime, next) = (Arc::clone(store), &runtime, Cell::new(0_u64));
        Box::new(move || runtime.block_on(acts(&*store, &next, most, time)))
    };
    compare(
        "Acts of one officer (event, place in the queue, audit row, key in one durable transaction), a second",
        settings.rounds,
        vec![
            Subject { name: "1,000 dossiers in the province", measure: act(&few, SMALL) },
            Subject { name: "300,000 dossiers in the province", measure: act(&many, LARGE) },
        ],
    )
}

/// The unit at whose desk a dossier waits.
fn unit_of(number: u64) -> u64 {
    if number < SMALL { 0 } else { 1 + number % (UNITS - 1) }
}

fn code(unit: u64) -> String {
    format!("{:05}", 19_000 + unit)
}

/// Due in an order that has nothing to do with that in which they came.
fn due(number: u64) -> Moment {
    let spread = number.wrapping_mul(2_654_435_761) % 864_000_000;
    Moment(NOW.0 + i64::try_from(spread).unwrap_or_default())
}

fn place(number: u64, holder: Option<OfficerId>) -> Place {
    Place {
        state: State::Sent,
        stage: 0,
        unit: code(unit_of(number)),
        role: Some(Role::OneStop),
        holder,
        stage_due_at: due(number),
        due_at: due(number),
        stands: false,
        received_at: None,
        ended: None,
        objected: false,
        stuck_at: None,
        seen_by: vec![code(unit_of(number))],
    }
}

fn filled(runtime: &Runtime, folder: &std::path::Path, count: u64) -> Result<Arc<dyn Store>, String> {
    let store = SqliteStore::open(&folder.join("data"), Box::new(|says| eprintln!("{says}")));
    let store: Arc<dyn Store> = Arc::new(store.map_err(|error| error.to_string())?);
    runtime.block_on(async {
        keep_texts(&*store).await?;
        for first in (0..count).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
            let tasks = (first..count.min(first + AT_ONCE)).map(|number| {
                let store = Arc::clone(&store);
                let mut new = submission(number);
                new.place = place(number, None);
                new.person = "Nguyễn Thị Lộc Vừng".to_owned();
                tokio::spawn(async move { store.save_submission(new).await })
            });
            for task in tasks.collect::<Vec<_>>() {
                match task.await.map_err(|error| error.to_string())? {
                    Ok(Saved::New) => {}
                    other => return Err(format!("{other:?}")),
                }
            }
        }
        Ok(store)
    })
}

async fn pages(store: &dyn Store, unit: &str, time: Duration) -> Result<f64, String> {
    let start = Instant::now();
    let mut count = 0_u32;
    let waiting = || QueueList::Waiting { unit: unit.to_owned(), roles: vec![Role::OneStop], officers: vec![OFFICER] };
    let asked = |list, due_before, due_from| QueueAsked {
        list,
        procedure: None,
        after: None,
        due_before,
        due_from,
        objected: false,
        most: 51,
    };
    let soon = Moment(NOW.0 + 86_400_000);
    while start.elapsed() < time {
        let rows = store.queue(asked(waiting(), None, None)).await.map_err(|error| error.to_string())?;
        if rows.is_empty() {
            return Err("the queue is empty, so this shows nothing".to_owned());
        }
        for counted in [
            asked(waiting(), None, None),
            asked(QueueList::Held { officer: OFFICER }, None, None),
            asked(waiting(), Some(NOW), None),
            asked(waiting(), Some(soon), Some(NOW)),
            asked(QueueList::Standing { unit: unit.to_owned() }, None, None),
        ] {
            store.queue_count(counted, 999).await.map_err(|error| error.to_string())?;
        }
        count += 1;
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

/// Takes one dossier after the other and gives it back.
async fn acts(store: &dyn Store, next: &Cell<u64>, most: u64, time: Duration) -> Result<f64, String> {
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < time {
        let turn = next.replace(next.get() + 1);
        // Each dossier is met twice in a row: taken, then given back; the round after has other keys and versions.
        let (number, round) = ((turn / 2) % most, turn / 2 / most);
        let taken = turn.is_multiple_of(2);
        let kind = if taken { EventKind::Claimed { officer: OFFICER } } else { EventKind::Released };
        let version = u32::try_from(1 + 2 * round + turn % 2).unwrap_or(u32::MAX);
        let mut key = [1; 16];
        key[8..].copy_from_slice(&turn.to_be_bytes());
        let new = NewAct {
            key: DraftKey(key),
            body_hash: [0; 32],
            dossier: id(number),
            version,
            event: Event { at: NOW, by: Some(OFFICER), on_behalf: None, kind },
            place: place(number, taken.then_some(OFFICER)),
            number: None,
            files: Vec::new(),
            filing: None,
            notice: None,
        };
        match store.save_act(new).await {
            Ok(ActSaved::New) => count += 1,
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(f64::from(count) / start.elapsed().as_secs_f64())
}

fn id(number: u64) -> DossierId {
    let mut key = [0; 16];
    key[8..].copy_from_slice(&number.to_be_bytes());
    DossierId::new(NOW, key)
}
