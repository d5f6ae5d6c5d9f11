//! Reading JSON from strangers: at most so many bytes, so deep, so many names, and no name twice.
//!
//! serde would quietly take the last of two equal names; a second reader of the same text might take the first.

use crate::error::ApiError;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use sha2::{Digest as _, Sha256};
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// The most bytes of a JSON body.
pub const MAX_BYTES: usize = 1024 * 1024;
const MAX_DEPTH: usize = 32;
const MAX_NAMES: usize = 5_000;

/// A JSON body of the asked shape, and the hash of its bytes as they came.
pub struct Json<T> {
    /// What was read.
    pub value: T,
    /// SHA-256 of the body.
    pub hash: [u8; 32],
}

/// Why a body was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotJson {
    line: usize,
    column: usize,
    says: String,
}

impl NotJson {
    pub(crate) fn says(&self) -> String {
        format!("Dòng {}, cột {}: {}", self.line, self.column, self.says)
    }
}

impl<S: Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        if !is_json(&request) {
            return Err(ApiError::NotJsonType);
        }
        let bytes = body(request.into_body(), MAX_BYTES).await?;
        let value = read(&bytes).map_err(ApiError::NotJson)?;
        Ok(Self { value, hash: Sha256::digest(&bytes).into() })
    }
}

/// A whole body of at most `limit` bytes.
///
/// # Errors
/// When it is larger, or breaks off.
pub async fn body(body: Body, limit: usize) -> Result<Bytes, ApiError> {
    match Limited::new(body, limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ApiError::TooLarge),
        Err(_) => Err(ApiError::BodyBroken),
    }
}

fn is_json(request: &Request) -> bool {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads a value out of bytes.
///
/// # Errors
/// Where and why it is not JSON of this shape.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, NotJson> {
    let names = Cell::new(0);
    let mut first = serde_json::Deserializer::from_slice(bytes);
    Shape { depth: 0, names: &names }.deserialize(&mut first).and_then(|()| first.end()).map_err(|e| not_json(&e))?;
    serde_json::from_slice(bytes).map_err(|e| not_json(&e))
}

fn not_json(error: &serde_json::Error) -> NotJson {
    // serde repeats names and values of the body in its words; they are cut so that an answer stays small.
    let says = error.to_string().chars().take(200).collect();
    NotJson { line: error.line(), column: error.column(), says }
}

/// Walks a value without keeping it, and refuses what is too deep, too wide or said twice.
#[derive(Clone, Copy)]
struct Shape<'a> {
    depth: usize,
    names: &'a Cell<usize>,
}

impl Shape<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format!("deeper than {MAX_DEPTH} levels")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn count<E: serde::de::Error>(self) -> Result<(), E> {
        self.names.set(self.names.get() + 1);
        if self.names.get() > MAX_NAMES {
            return Err(E::custom(format!("more than {MAX_NAMES} names and list items")));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Shape<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Shape<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        while items.next_element_seed(inside)?.is_some() {
            self.count()?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let inside = self.deeper()?;
        let mut seen = HashSet::new();
        while let Some(name) = entries.next_key::<String>()? {
            self.count()?;
            entries.next_value_seed(inside)?;
            if !seen.insert(name) {
                return Err(A::Error::custom("a name stands twice in one object"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn rubbish_is_refused_with_its_place() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        for (text, says) in [
            (String::new(), "EOF"),
            ("{".to_owned(), "EOF"),
            ("{} {}".to_owned(), "trailing"),
            ("{\"a\":1,\"a\":2}".to_owned(), "twice"),
            ("{\"a\":{\"b\":1,\"c\":{},\"b\":1}}".to_owned(), "twice"),
            ("{\"a\":1,\"\\u0061\":2}".to_owned(), "twice"),
            ("NaN".to_owned(), "expected"),
            ("1e999".to_owned(), "out of range"),
            ("\"\\ud800\"".to_owned(), "hex escape"),
            (deep(33), "deeper"),
            (deep(100_000), "deeper"),
            (format!("[{}1]", "1,".repeat(5_000)), "more than 5000"),
        ] {
            let refused = read::<Value>(text.as_bytes()).unwrap_err().says();
            assert!(refused.contains(says), "{}: {refused}", &text[..text.len().min(60)]);
        }
        assert!(read::<Value>(b"{\"a\xff\":1}").is_err());
        assert!(read::<Value>(deep(32).as_bytes()).is_ok());
        assert!(read::<Value>(b"{\"a\":[1,-2,3.5,null,true,\"x\"]}").is_ok());
    }
}
