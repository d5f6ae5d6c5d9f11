//! The one thread that writes. It takes everything that is waiting into one transaction, so that many clients share
//! one flush of the disk, and answers nobody before that flush.
//!
//! Each use case runs inside its own savepoint: one that fails takes nothing of the others with it.

use crate::blobs::Blobs;
use crate::{OpenError, StoreError};
use rusqlite::Connection;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// What is called when the disk or the database cannot be trusted any more, with what happened.
pub type OnFatal = Box<dyn Fn(&str) + Send>;

/// The most use cases in one transaction.
const BATCH: usize = 256;
/// The most that may wait; beyond it, callers are told at once that the store is busy.
const WAITING: usize = 2 * BATCH;

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
    /// A closure that returns an error leaves no trace. It may run only once.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Blobs) -> Result<T, StoreError> + Send + 'static,
    {
        self.run_then(work, |_, _, _| Ok(())).await
    }

    /// Like [`Writer::run`], and calls `then` after the commit, before anything else is written.
    pub(super) async fn run_then<T, F, A>(&self, work: F, then: A) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Blobs) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(&Connection, &Blobs, &mut T) -> Result<(), StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Job { work: Some(work), then, done: None, answer };
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
    work: Option<F>,
    then: A,
    done: Option<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F, A> Work for Job<T, F, A>
where
    T: Send,
    F: FnOnce(&Connection, &Blobs) -> Result<T, StoreError> + Send,
    A: FnOnce(&Connection, &Blobs, &mut T) -> Result<(), StoreError> + Send,
{
    fn run(&mut self, db: &Connection, blobs: &Blobs) -> Result<(), StoreError> {
        if let Some(work) = self.work.take() {
            self.done = Some(work(db, blobs)?);
        }
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

/// A use case that ran, and what came of it alone.
type Ran = (Box<dyn Work>, Result<(), StoreError>);

struct Thread {
    db: Connection,
    blobs: Arc<Blobs>,
    on_fatal: OnFatal,
}

impl Thread {
    fn go_on(&self, mut waiting: mpsc::Receiver<Box<dyn Work>>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut batch = vec![first];
            while batch.len() < BATCH
                && let Ok(next) = waiting.try_recv()
            {
                batch.push(next);
            }
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
    fn write(&self, batch: Vec<Box<dyn Work>>) -> Result<(), String> {
        let mut ran = Vec::with_capacity(batch.len());
        let outcome = self.run_all(batch, &mut ran);
        if let Err(StoreError::Fatal(says)) = &outcome {
            return Err(says.clone());
        }
        for (job, alone) in ran {
            job.finish(match (&outcome, alone) {
                (Err(error), _) => Err(error.clone()),
                (Ok(()), Err(error)) => Err(error),
                (Ok(()), Ok(())) => Ok((&self.db, &self.blobs)),
            });
        }
        Ok(())
    }

    /// The transaction of a batch. An error means that none of it was kept.
    fn run_all(&self, batch: Vec<Box<dyn Work>>, ran: &mut Vec<Ran>) -> Result<(), StoreError> {
        let mut outcome = self.statement("BEGIN IMMEDIATE");
        for mut job in batch {
            if outcome.is_ok() {
                let alone = self.run_one(job.as_mut());
                // After these nothing in the transaction can be relied on; SQLite may have undone all of it.
                if let Err(error @ (StoreError::Fatal(_) | StoreError::DiskFull)) = &alone {
                    outcome = Err(error.clone());
                } else if self.db.is_autocommit() {
                    outcome = Err(StoreError::Failed("SQLite undid the whole transaction".to_owned()));
                }
                ran.push((job, alone));
            } else {
                ran.push((job, Ok(())));
            }
        }
        let outcome = outcome.and_then(|()| self.statement("COMMIT"));
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
