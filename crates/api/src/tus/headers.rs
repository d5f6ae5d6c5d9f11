//! Reading the headers of an upload, and writing its dates.

use super::UPLOAD_METADATA;
use crate::error::ApiError;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use procedure::calendar::Moment;
use std::time::{Duration, UNIX_EPOCH};
use store::unhex;

/// A number of bytes, in digits and nothing else.
///
/// # Errors
/// When the header is missing or is no such number.
pub(crate) fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, ApiError> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let digits = text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or(ApiError::HeaderUnreadable(said(name)))
}

/// The SHA-256 that `Upload-Metadata` tells of the whole: `sha256` and its hexadecimal digits in base64, among others.
///
/// # Errors
/// When the header is missing, cannot be read, or does not tell it.
pub(crate) fn sha256(headers: &HeaderMap) -> Result<[u8; 32], ApiError> {
    let unreadable = || ApiError::HeaderUnreadable("Upload-Metadata");
    let text = headers.get(UPLOAD_METADATA).and_then(|value| value.to_str().ok()).ok_or_else(unreadable)?;
    let mut told = None;
    let mut names = Vec::new();
    for pair in text.split(',') {
        let (name, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        let value = STANDARD.decode(value).map_err(|_| unreadable())?;
        if name.is_empty() || names.contains(&name) {
            return Err(unreadable());
        }
        names.push(name);
        if name == "sha256" {
            told = std::str::from_utf8(&value).ok().and_then(unhex);
        }
    }
    told.ok_or_else(unreadable)
}

/// `Upload-Metadata` as it is told back: the SHA-256, which is all that was kept of it.
pub(crate) fn metadata(sha256: &[u8; 32]) -> String {
    format!("sha256 {}", STANDARD.encode(store::hex(sha256)))
}

/// A moment as HTTP writes it, in UTC, to the second.
pub(crate) fn date(moment: Moment) -> Result<HeaderValue, ApiError> {
    let since = Duration::from_millis(u64::try_from(moment.0).unwrap_or_default());
    HeaderValue::try_from(httpdate::fmt_http_date(UNIX_EPOCH + since)).map_err(|_| ApiError::Failed)
}

/// A header's name as people write it.
fn said(name: &HeaderName) -> &'static str {
    match name.as_str() {
        "upload-length" => "Upload-Length",
        "upload-offset" => "Upload-Offset",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tus::UPLOAD_OFFSET;

    fn with(name: HeaderName, value: &str) -> HeaderMap {
        [(name, HeaderValue::from_str(value).unwrap())].into_iter().collect()
    }

    #[test]
    fn only_digits_are_a_number() {
        let read = |text| number(&with(UPLOAD_OFFSET, text), &UPLOAD_OFFSET).ok();
        assert_eq!([read("0"), read("007"), read("18446744073709551615")], [Some(0), Some(7), Some(u64::MAX)]);
        for bad in ["", "-1", "+1", "1.0", "1e3", " 1 2", "0x1", "18446744073709551616"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(number(&HeaderMap::new(), &UPLOAD_OFFSET), Err(ApiError::HeaderUnreadable("Upload-Offset")));
    }

    #[test]
    fn the_hash_is_found_among_other_metadata() {
        let hash = [0xab; 32];
        let told = metadata(&hash);
        let read = |text: &str| sha256(&with(UPLOAD_METADATA, text)).ok();
        assert_eq!(read(&told), Some(hash));
        assert_eq!(read(&format!("name Z2nhuqV5,is_confidential,{told}")), Some(hash));
        let upper = format!("sha256 {}", STANDARD.encode("AB".repeat(32)));
        for bad in ["", "name Z2nhuqV5", "sha256", "sha256 !!", &format!("{told},{told}"), &format!("{told},"), &upper]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_are_those_of_http() {
        assert_eq!(date(Moment(1_795_331_100_000)).unwrap(), "Sun, 22 Nov 2026 07:05:00 GMT");
    }
}
