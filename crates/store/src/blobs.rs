//! Bytes of papers as files named by their SHA-256: `papers/ab/abcd…`.
//!
//! A file appears under its name only when all its bytes are on the disk: temporary file, fsync, rename, fsync of the
//! folder, each checked. So a name is either absent or whole, whenever the power goes.

use crate::{Hash, StoreError, hex};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

pub(crate) struct Blobs {
    folder: PathBuf,
    next: AtomicU64,
}

impl Blobs {
    /// Opens the folder, and forgets files that were being written when the process last ended.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        let half_written = folder.join("half-written");
        if half_written.exists() {
            fs::remove_dir_all(&half_written)?;
        }
        fs::create_dir_all(&half_written)?;
        for first in 0..=255u8 {
            fs::create_dir_all(folder.join(hex(&[first])))?;
        }
        sync_folder(&folder)?;
        Ok(Self { folder, next: AtomicU64::new(0) })
    }

    /// A folder to read from only; nothing is made or forgotten.
    pub(crate) fn existing(folder: PathBuf) -> Self {
        Self { folder, next: AtomicU64::new(0) }
    }

    pub(crate) fn path(&self, hash: &Hash) -> PathBuf {
        let name = hex(hash);
        self.folder.join(&name[..2]).join(name)
    }

    /// Writes a file, also where it is already there: then the time it takes tells nobody that it was.
    pub(crate) fn write(&self, hash: &Hash, content: &[u8]) -> Result<(), StoreError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let temporary = self.folder.join("half-written").join(number.to_string());
        let result = self.write_through(&temporary, &self.path(hash), content);
        if result.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        result
    }

    fn write_through(&self, temporary: &Path, path: &Path, content: &[u8]) -> Result<(), StoreError> {
        let mut file = File::create_new(temporary)?;
        file.write_all(content)?;
        // After a failed fsync the kernel may forget the pages and say yes the next time: there is no trying again.
        file.sync_all().map_err(|error| after_sync(&error))?;
        drop(file);
        fs::rename(temporary, path)?;
        sync_folder(path.parent().unwrap_or(&self.folder)).map_err(|error| after_sync(&error))
    }

    /// The size of a whole file, if it is there.
    pub(crate) fn size(&self, hash: &Hash) -> Option<u64> {
        fs::metadata(self.path(hash)).ok().map(|data| data.len())
    }

    /// Deletes a file; that it was not there is no failure.
    pub(crate) fn delete(&self, hash: &Hash) -> io::Result<bool> {
        match fs::remove_file(self.path(hash)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Files last written before `before`.
    pub(crate) fn older_than(&self, before: SystemTime) -> io::Result<Vec<Hash>> {
        let mut found = Vec::new();
        for first in 0..=255u8 {
            for entry in fs::read_dir(self.folder.join(hex(&[first])))? {
                let entry = entry?;
                let hash = entry.file_name().to_str().and_then(crate::unhex);
                if let Some(hash) = hash
                    && entry.metadata()?.modified()? < before
                {
                    found.push(hash);
                }
            }
        }
        Ok(found)
    }
}

pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(crate) fn after_sync(error: &io::Error) -> StoreError {
    match StoreError::from(io::Error::from(error.kind())) {
        StoreError::DiskFull => StoreError::DiskFull,
        _ => StoreError::Fatal(format!("fsync of a paper: {error}")),
    }
}
