//! Secrets that live in the data folder: 32 random bytes in a file for its owner only, made at the first start.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// The key under which lookup codes are hashed. Who loses it can follow no dossier by its code any more.
pub const LOOKUP: &str = "lookup.key";
/// The key that signs receipts. Taken away, another is made at the next start; receipts signed before stay valid,
/// because every public key is kept in the database.
pub const RECEIPT: &str = "receipt.key";

/// Reads a secret, or makes it at the first start. Both are backed up with the data, but apart from it.
///
/// # Errors
/// When it cannot be read or made, has another length, or others may read it.
pub fn open(data: &Path, name: &str) -> io::Result<[u8; 32]> {
    match read(data, name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(data, name),
        other => other,
    }
}

/// Reads a secret that is there.
///
/// # Errors
/// When it is not there or cannot be read, has another length, or others may read it.
pub fn read(data: &Path, name: &str) -> io::Result<[u8; 32]> {
    let wrong = || io::Error::other(format!("{} must have 32 bytes", data.join(name).display()));
    <[u8; 32]>::try_from(read_bytes(data, name)?).map_err(|_| wrong())
}

/// Reads a file that is for its owner only.
///
/// # Errors
/// When it is not there or cannot be read, or others may read it.
pub fn read_bytes(data: &Path, name: &str) -> io::Result<Vec<u8>> {
    let path = data.join(name);
    let bytes = fs::read(&path)?;
    if fs::metadata(&path)?.permissions().mode() & 0o077 != 0 {
        return Err(io::Error::other(format!("{} can be read by others; chmod 600 it", path.display())));
    }
    Ok(bytes)
}

fn make(data: &Path, name: &str) -> io::Result<[u8; 32]> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    write(data, name, &secret)?;
    Ok(secret)
}

/// Writes a file for its owner only; when this returns, it is on the disk.
///
/// # Errors
/// When it cannot be written. Then the one before is still there.
pub fn write(data: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Under another name first: a half-written secret must never be taken for the secret.
    let path = data.join(name);
    let temporary = path.with_extension("new");
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, &path)?;
    File::open(data)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_kept_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path(), RECEIPT).unwrap();
        assert_eq!(open(folder.path(), RECEIPT).unwrap(), first);
        assert_ne!(open(folder.path(), LOOKUP).unwrap(), first);
        let path = folder.path().join(RECEIPT);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(open(folder.path(), RECEIPT).is_err());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, [1; 31]).unwrap();
        assert!(open(folder.path(), RECEIPT).is_err(), "a short one is not replaced");
        let other = tempfile::tempdir().unwrap();
        assert_ne!(open(other.path(), RECEIPT).unwrap(), first);
    }
}
