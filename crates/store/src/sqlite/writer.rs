//! The one thread that writes. It takes everything that is waiting into one transaction, so that many clients share
//! one flush of the disk, and answers nobody before that flush.
//!
//! A use case that fails takes nothing of the others with it: the batch then runs again with a savepoint around each.

use crate::blobs::Blobs;
use crate::{OpenError, StoreError};
use rusqlite::Connection;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// What is called when the disk or the database cannot be trusted any more, with what happened.
pub type OnFatal = Box<dyn Fn(&str) + Send>;

/// The most use cases in one transaction.
const BATCH: usize = 256;
/// The most that may wait; beyond it, callers are told at once that the store is busy.
const WAITING: usize = 2 * BATCH;

/// How long the writer waits, when many came the last time, for as many to come again. They were all answered at the
/// same moment and ask anew one after the other; without this the first of them would go alone and the rest wait for
/// two flushes.
const GATHER: Duration = Duration::from_micros(300);
const GLANCE: Duration = Duration::from_micros(30);

pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Work>>,
}

impl Writer {
    pub(super) fn start(db: Connection, blobs: Arc<Blobs>, on_fatal: OnFatal) -> Result<Self, OpenError> {
        let (queue, waiting) = mpsc::channel(WAITING);
        std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            Thread { db, blobs, on_fatal }.go_on(waiting);
        })?;
        Ok(Self { queue })
    }

    /// Runs a use case on the writer's thread and returns when it is on the disk.
    ///
    /// A closure that returns an error leaves no trace. It may run again from the start, after what it wrote was undone.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection, &Blobs) -> Result<T, StoreError> + Send + 'static,
    {
        self.run_then(work, |_, _, _| Ok(())).await
    }

    /// Like [`Writer::run`], and calls `then` after the commit, before anything else is written.
    pub(super) async fn run_then<T, F, A>(&self, work: F, then: A) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection, &Blobs) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(&Connection, &Blobs, &mut T) -> Result<(), StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Job { work, then, done: None, answer };
        self.queue.try_send(Box::new(job)).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Fatal("the writer has stopped".to_owned()),
        })?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Fatal("the writer has stopped".to_owned())))
    }
}

/// A use case whose types the thread does not know.
trait Work: Send {
    fn run(&mut self, db: &Connection, blobs: &Blobs) -> Result<(), StoreError>;
    fn finish(self: Box<Self>, outcome: Result<(&Connection, &Blobs), StoreError>);
}

struct Job<T, F, A> {
    work: F,
    then: A,
    done: Option<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F, A> Work for Job<T, F, A>
where
    T: Send,
    F: FnMut(&Connection, &Blobs) -> Result<T, StoreError> + Send,
    A: FnOnce(&Connection, &Blobs, &mut T) -> Result<(), StoreError> + Send,
{
    fn run(&mut self, db: &Connection, blobs: &Blobs) -> Result<(), StoreError> {
        self.done = Some((self.work)(db, blobs)?);
        Ok(())
    }

    fn finish(self: Box<Self>, outcome: Result<(&Connection, &Blobs), StoreError>) {
        let Self { then, done, answer, .. } = *self;
        let result = outcome.and_then(|(db, blobs)| {
            let mut done = done.ok_or_else(|| StoreError::Failed("the use case did not run".to_owned()))?;
            then(db, blobs, &mut done)?;
            Ok(done)
        });
        // Whoever asked may have hung up; what was kept stays kept.
        let _ = answer.send(result);
    }
}

struct Thread {
    db: Connection,
    blobs: Arc<Blobs>,
    on_fatal: OnFatal,
}

impl Thread {
    fn go_on(&self, mut waiting: mpsc::Receiver<Box<dyn Work>>) {
        let mut before = 0;
        while let Some(first) = waiting.blocking_recv() {
            let mut batch = vec![first];
            let since = Instant::now();
            loop {
                while batch.len() < BATCH
                    && let Ok(next) = waiting.try_recv()
                {
                    batch.push(next);
                }
                if batch.len() >= before || since.elapsed() >= GATHER {
                    break;
                }
                std::thread::sleep(GLANCE);
            }
            before = batch.len();
            if let Err(says) = self.write(batch) {
                (self.on_fatal)(&says);
                // Where that did not end the process, at least nothing more is written or acknowledged.
                return;
            }
        }
    }

    /// Runs a batch in one transaction and answers everybody.
    ///
    /// # Errors
    /// What happened, when the process has to end.
    fn write(&self, mut batch: Vec<Box<dyn Work>>) -> Result<(), String> {
        // Hardly ever does one fail, so savepoints are left out at first: they cost a fifth of the whole.
        let together = self.transaction(|| batch.iter_mut().try_for_each(|job| job.run(&self.db, &self.blobs)));
        let each = match together {
            Err(StoreError::Fatal(says)) => return Err(says),
            Ok(()) => vec![Ok(()); batch.len()],
            Err(StoreError::DiskFull) => vec![Err(StoreError::DiskFull); batch.len()],
            Err(_) => match self.one_by_one(&mut batch) {
                Err(StoreError::Fatal(says)) => return Err(says),
                Err(error) => vec![Err(error); batch.len()],
                Ok(each) => each,
            },
        };
        for (job, outcome) in batch.into_iter().zip(each) {
            job.finish(outcome.map(|()| (&self.db, &*self.blobs)));
        }
        Ok(())
    }

    /// One transaction in which each use case has its own savepoint and its own outcome.
    fn one_by_one(&self, batch: &mut [Box<dyn Work>]) -> Result<Vec<Result<(), StoreError>>, StoreError> {
        let mut each = Vec::with_capacity(batch.len());
        self.transaction(|| {
            for job in batch {
                let alone = self.run_one(job.as_mut());
                // After these nothing in the transaction can be relied on; SQLite may have undone all of it.
                if let Err(error @ (StoreError::Fatal(_) | StoreError::DiskFull)) = alone {
                    return Err(error);
                }
                if self.db.is_autocommit() {
                    return Err(StoreError::Failed("SQLite undid the whole transaction".to_owned()));
                }
                each.push(alone);
            }
            Ok(())
        })?;
        Ok(each)
    }

    /// Runs something between BEGIN and COMMIT. An error means that none of it was kept.
    fn transaction(&self, run: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        let outcome = self.statement("BEGIN IMMEDIATE").and_then(|()| run()).and_then(|()| self.statement("COMMIT"));
        if outcome.is_err() && !self.db.is_autocommit() {
            self.statement("ROLLBACK")?;
        }
        outcome
    }

    fn run_one(&self, job: &mut dyn Work) -> Result<(), StoreError> {
        self.statement("SAVEPOINT one")?;
        let result = job.run(&self.db, &self.blobs);
        if result.is_err() && !self.db.is_autocommit() {
            self.statement("ROLLBACK TO one")?;
        }
        if !self.db.is_autocommit() {
            self.statement("RELEASE one")?;
        }
        result
    }

    fn statement(&self, sql: &str) -> Result<(), StoreError> {
        self.db.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}
