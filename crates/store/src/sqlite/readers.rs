//! A few connections that only read, each used by one blocking task at a time. In WAL mode they never wait for the writer.

use super::connection;
use crate::{OpenError, StoreError};
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

pub(super) struct Readers {
    free: Arc<Mutex<Vec<Connection>>>,
    places: Semaphore,
}

impl Readers {
    pub(super) fn open(folder: &Path, count: usize) -> Result<Self, OpenError> {
        let free = (0..count).map(|_| connection::open_reading(folder)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { free: Arc::new(Mutex::new(free)), places: Semaphore::new(count) })
    }

    pub(super) async fn run<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let stopped = || StoreError::Failed("no reader".to_owned());
        let _place = self.places.acquire().await.map_err(|_| stopped())?;
        let free = Arc::clone(&self.free);
        let task = tokio::task::spawn_blocking(move || {
            let db = free.lock().unwrap_or_else(PoisonError::into_inner).pop().ok_or_else(stopped)?;
            let result = read(&db);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(db);
            result
        });
        task.await.map_err(|error| StoreError::Failed(error.to_string()))?
    }
}
