//! The key of lookup codes. Codes are made with it and kept only as hashes under it: a stolen database alone gives no
//! code and lets none be tried.

use dossier::LookupCode;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use store::DraftKey;

const FILE: &str = "lookup.key";

/// 32 random bytes in the data folder. Who loses them can follow no dossier by its code any more: they are backed up
/// with the data, but apart from it.
#[derive(Clone)]
pub struct Pepper(Hmac<Sha256>);

impl Pepper {
    /// A key of these bytes.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        // HMAC fills a short key up with zeros to the block of 64 bytes (RFC 2104 §2).
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        Self(Hmac::new(&block.into()))
    }

    /// Reads the key, or makes it at the first start. The file is for its owner only.
    ///
    /// # Errors
    /// When it cannot be read or made, has another length, or others may read it.
    pub fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(data, &path)?,
            Err(error) => return Err(error),
        };
        if fs::metadata(&path)?.permissions().mode() & 0o077 != 0 {
            return Err(io::Error::other(format!("{} can be read by others; chmod 600 it", path.display())));
        }
        let key = bytes.first_chunk().filter(|_| bytes.len() == 32);
        Ok(Self::new(key.ok_or_else(|| io::Error::other(format!("{} must have 32 bytes", path.display())))?))
    }

    /// The bits of the code for a draft's dossier. Without the key they cannot be told from random ones; with it they
    /// can be made again, so that a repeated answer has its code though the code is kept nowhere.
    #[must_use]
    pub fn code_bits(&self, draft: DraftKey) -> [u8; 8] {
        let sum: [u8; 32] =
            self.0.clone().chain_update("code of draft").chain_update(draft.0).finalize().into_bytes().into();
        let [a, b, c, d, e, f, g, h, ..] = sum;
        [a, b, c, d, e, f, g, h]
    }

    /// The keyed hash under which a code's dossier is found.
    #[must_use]
    pub fn hash(&self, code: &LookupCode) -> [u8; 32] {
        self.hash_text(&code.plain())
    }

    /// The same work for what is not even a code, so that it takes as long to refuse.
    #[must_use]
    pub fn hash_text(&self, text: &str) -> [u8; 32] {
        self.0.clone().chain_update(text).finalize().into_bytes().into()
    }
}

fn make(data: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let mut key = vec![0; 32];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    // Under another name first: a half-written key must never be taken for the key.
    let temporary = path.with_extension("new");
    let mut file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    file.write_all(&key)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(data)?.sync_all()?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_kept_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let code = LookupCode::new([7; 8]);
        let first = Pepper::open(folder.path()).unwrap().hash(&code);
        assert_eq!(Pepper::open(folder.path()).unwrap().hash(&code), first);
        let path = folder.path().join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Pepper::open(folder.path()).is_err());
        let other = tempfile::tempdir().unwrap();
        assert_ne!(Pepper::open(other.path()).unwrap().hash(&code), first);
    }
}
