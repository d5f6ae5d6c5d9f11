//! An e-mail address. Only a letter that arrives proves one; this finds slips of the thumb.

use super::{Read, Reading};
use crate::{Code, Value};
use pack::Pack;
use serde::{Deserialize, Serialize};

/// An e-mail address of at most 254 characters (RFC 5321, 4.5.3.1.3).
#[derive(Clone, Debug, PartialEq, Pack, Serialize, Deserialize)]
pub struct Email {}

impl Email {
    #[expect(clippy::unused_self, reason = "every kind reads by the same call")]
    pub(super) fn read(&self, reading: &Reading<'_>) -> Read {
        let typed = reading.tidy();
        if typed.is_empty() {
            return Read::empty();
        }
        if looks_right(&typed) {
            Read::good(Value::Text(typed.clone()), typed)
        } else {
            Read::bad(reading.problem(Code::NotAnEmail, ""))
        }
    }
}

/// Whether it can be an address at all.
#[must_use]
pub fn looks_right(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain =
        text.len() <= 254 && text.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>,;:\\\"[]".contains(&byte));
    let labels = host.split('.').collect::<Vec<_>>();
    plain
        && !name.is_empty()
        && name.len() <= 64
        && !name.contains('@')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        && labels.last().is_some_and(|last| last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::looks_right;

    #[test]
    fn slips_are_found() {
        for good in ["a@b.vn", "nguyen.lua+dvc@example.com", "x_y@mail.quangtri.gov.vn"] {
            assert!(looks_right(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.vn",
            "a@b",
            "a b@c.vn",
            "a@b..vn",
            "a@@b.vn",
            "a@b.v",
            "lụa@b.vn",
            "a..b@c.vn",
            "a@-b.vn",
        ] {
            assert!(!looks_right(bad), "{bad}");
        }
    }
}
