//! Bytes of papers that are not whole yet, one file an upload: `uploads/abcd…`.
//!
//! How many of a file's bytes count stands in the database and is moved on after fsync. Whatever lies behind them was
//! never acknowledged, and the next part is written over it.

use crate::blobs::{after_sync, sync_folder};
use crate::{Hash, StoreError, hex};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

pub(crate) struct Parts {
    folder: PathBuf,
    held: Mutex<HashSet<Hash>>,
}

/// An upload that nobody else adds to until this is dropped.
pub(crate) struct Hold {
    parts: Arc<Parts>,
    name: Hash,
}

impl Parts {
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, held: Mutex::default() })
    }

    /// Takes an upload for one addition; `None` when it is taken.
    pub(crate) fn hold(self: &Arc<Self>, name: Hash) -> Option<Hold> {
        let new = self.held.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        new.then(|| Hold { parts: Arc::clone(self), name })
    }

    /// The first `length` bytes; `None` when there are not so many.
    pub(crate) fn read(&self, name: &Hash, length: u64) -> io::Result<Option<Vec<u8>>> {
        let mut content = Vec::new();
        if length > 0 {
            match File::open(self.path(name)) {
                Ok(file) => file.take(length).read_to_end(&mut content)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
            };
        }
        Ok((content.len() as u64 == length).then_some(content))
    }

    /// Deletes a file; that it was not there is no failure.
    pub(crate) fn delete(&self, name: &Hash) -> io::Result<bool> {
        match fs::remove_file(self.path(name)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Files last written before `before`.
    pub(crate) fn older_than(&self, before: SystemTime) -> io::Result<Vec<Hash>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if let Some(name) = entry.file_name().to_str().and_then(crate::unhex)
                && entry.metadata()?.modified()? < before
            {
                found.push(name);
            }
        }
        Ok(found)
    }

    fn path(&self, name: &Hash) -> PathBuf {
        self.folder.join(hex(name))
    }
}

impl Hold {
    /// Writes a part behind the first `at` bytes, through to the disk. Answers false when those bytes are not there.
    pub(crate) fn write(&self, at: u64, part: &[u8]) -> Result<bool, StoreError> {
        let opened = File::options().write(true).create(at == 0).truncate(at == 0).open(self.parts.path(&self.name));
        let mut file = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            opened => opened?,
        };
        if file.metadata()?.len() < at {
            return Ok(false);
        }
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        let written = file.write_all(part).map_err(StoreError::from);
        let written = written.and_then(|()| file.sync_data().map_err(|error| after_sync(&error)));
        if written == Err(StoreError::DiskFull) {
            // What did find room is of no use to anybody; others may need it.
            file.set_len(at)?;
        }
        written?;
        if at == 0 {
            sync_folder(&self.parts.folder).map_err(|error| after_sync(&error))?;
        }
        Ok(true)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.parts.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}
