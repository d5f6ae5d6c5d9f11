//! `Upload-Checksum`: a part is kept only when it is what was sent.

use crate::error::ApiError;
use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

const UNREADABLE: ApiError = ApiError::HeaderUnreadable("Upload-Checksum");

/// What a part's bytes are to give.
pub(crate) enum Checksum {
    Sha1(Vec<u8>),
    Sha256(Vec<u8>),
}

impl Checksum {
    /// The checksum that the headers tell, if they tell one.
    ///
    /// # Errors
    /// When its algorithm is unknown, or it cannot be read.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Option<Self>, ApiError> {
        let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
        let (algorithm, sum) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(UNREADABLE)?;
        let sum = STANDARD.decode(sum).map_err(|_| UNREADABLE)?;
        match algorithm {
            "sha1" => Ok(Some(Self::Sha1(sum))),
            "sha256" => Ok(Some(Self::Sha256(sum))),
            _ => Err(UNREADABLE),
        }
    }

    /// Whether the bytes give it.
    pub(crate) fn fits(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Sha1(sum) => Sha1::digest(bytes)[..] == sum[..],
            Self::Sha256(sum) => Sha256::digest(bytes)[..] == sum[..],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_sums_fit_and_others_do_not() {
        // FIPS 180-4's own examples for "abc".
        let (sha1, sha256) = ("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        for (header, bytes, fits) in [
            (format!("sha1 {sha1}"), "abc", true),
            (format!("sha256 {sha256}"), "abc", true),
            (format!("sha1 {sha1}"), "abd", false),
            (format!("sha256 {sha256}"), "", false),
            (format!("sha256 {sha1}"), "abc", false),
        ] {
            let headers = [("upload-checksum".parse().unwrap(), header.parse().unwrap())].into_iter().collect();
            let checksum = Checksum::of(&headers).unwrap().unwrap();
            assert_eq!(checksum.fits(bytes.as_bytes()), fits, "{header} {bytes}");
        }
        for bad in ["md5 XUFAKrxLKna5cZ2REBfFkg==", "sha1", "sha1 !", "SHA1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0="] {
            let headers = [("upload-checksum".parse().unwrap(), bad.parse().unwrap())].into_iter().collect();
            assert!(Checksum::of(&headers).is_err(), "{bad}");
        }
        assert!(Checksum::of(&HeaderMap::new()).unwrap().is_none());
    }
}
