//! A few connections that only read. In WAL mode they never wait for the writer.
//!
//! Reads run where they are asked for: each touches a handful of pages by a key, which takes less time than handing it to
//! another thread and back. Whatever reads much (the doctor) has a connection of its own, outside the server.

use super::connection;
use crate::{OpenError, StoreError};
use rusqlite::Connection;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) struct Readers {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
}

impl Readers {
    pub(super) fn open(folder: &Path, count: usize) -> Result<Self, OpenError> {
        let connections = (0..count.max(1)).map(|_| connection::open_reading(folder).map(Mutex::new));
        Ok(Self { connections: connections.collect::<Result<_, _>>()?, next: AtomicUsize::new(0) })
    }

    pub(super) fn run<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        read(&self.one())
    }

    /// A free connection, beginning with another one each time; only when all are in use is one waited for.
    fn one(&self) -> MutexGuard<'_, Connection> {
        let first = self.next.fetch_add(1, Ordering::Relaxed) % self.connections.len();
        let (before, from) = self.connections.split_at(first);
        let free = from.iter().chain(before).find_map(|connection| connection.try_lock().ok());
        free.unwrap_or_else(|| self.connections[first].lock().unwrap_or_else(PoisonError::into_inner))
    }
}
