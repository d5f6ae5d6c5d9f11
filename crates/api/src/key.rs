//! The draft's key, from the header `Idempotency-Key`: a UUID the browser made when the first letter was typed.

use crate::error::ApiError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::{DraftKey, unhex};

/// The key of the request.
#[derive(Clone, Copy)]
pub struct Key(pub DraftKey);

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let mut given = parts.headers.get_all("idempotency-key").iter();
        match (given.next().and_then(|value| value.to_str().ok()).and_then(read), given.next()) {
            (Some(key), None) => Ok(Self(key)),
            _ => Err(ApiError::KeyMissing),
        }
    }
}

/// Exactly the form 8-4-4-4-12, letters of either case.
pub(crate) fn read(text: &str) -> Option<DraftKey> {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]);
    if !fits {
        return None;
    }
    unhex(&parts.concat().to_ascii_lowercase()).map(DraftKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_uuid_is_a_key() {
        let good = "01A2008D-7400-7fff-bfff-00000000000f";
        assert_eq!(read(good).map(|key| (key.0[0], key.0[15])), Some((1, 15)));
        for bad in ["", "1", "01a2008d74007fffbfff00000000000f", "01a2008d-7400-7fff-bfff-00000000000g", "é-4-4-4-12"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
