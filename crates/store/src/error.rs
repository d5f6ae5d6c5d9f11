//! How keeping can fail. None of these is a person's mistake.

use std::fmt;

/// Why a use case was not carried out. Nothing of it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Too much is waiting already; trying again in a moment is right.
    Busy,
    /// The disk has no room. It works again by itself when there is some.
    DiskFull,
    /// The disk or the database cannot be trusted any more; the process must end and recover at its next start.
    Fatal(String),
    /// A failure that does not put what is kept in doubt.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("too much is waiting to be written"),
            Self::DiskFull => f.write_str("the disk is full"),
            Self::Fatal(says) => write!(f, "the store cannot go on: {says}"),
            Self::Failed(says) => write!(f, "the store failed: {says}"),
        }
    }
}

impl std::error::Error for StoreError {}

/// Why a store could not be opened.
#[derive(Debug)]
pub struct OpenError(pub(crate) String);

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OpenError {}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self(format!("SQLite: {error}"))
    }
}

impl From<std::io::Error> for OpenError {
    fn from(error: std::io::Error) -> Self {
        Self(format!("file: {error}"))
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::DiskFull,
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(format!("JSON: {error}"))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let says = error.to_string();
        let Some(code) = error.sqlite_error().map(|e| e.extended_code) else {
            return Self::Failed(says);
        };
        match code & 0xFF {
            ffi::SQLITE_FULL => Self::DiskFull,
            // The shared index of the log could not grow: that too is a full disk, and nothing was written.
            ffi::SQLITE_IOERR if code == ffi::SQLITE_IOERR_SHMSIZE => Self::DiskFull,
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::Busy,
            ffi::SQLITE_IOERR | ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB | ffi::SQLITE_CANTOPEN => Self::Fatal(says),
            _ => Self::Failed(says),
        }
    }
}
