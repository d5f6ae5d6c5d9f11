//! The proof as it is handed on: its lines open or closed, the key's name, the signature.

use crate::{VERSION, hex, unhex};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A signed receipt. Its JSON is what the API answers, what the phone keeps and what is saved as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// `motcua-receipt/1`.
    pub format: String,
    /// Which key signed it: [`crate::key_id`].
    pub key: String,
    /// The signature, 128 hexadecimal digits.
    pub signature: String,
    /// The lines, in their order.
    pub lines: Vec<Line>,
}

/// A line of a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Line {
    /// It can be read.
    Open {
        /// What it is about.
        name: String,
        /// What it says.
        value: String,
        /// What makes its seal impossible to guess, 32 hexadecimal digits.
        salt: String,
    },
    /// Its holder chose not to show it.
    Closed {
        /// Its seal, 64 hexadecimal digits.
        seal: String,
    },
}

impl Line {
    /// The seal: computed of an open line, read of a closed one. `None` where a part has not the form it must have.
    pub(crate) fn seal(&self) -> Option<[u8; 32]> {
        match self {
            Self::Closed { seal } => unhex(seal),
            Self::Open { name, value, salt } => {
                unhex::<16>(salt)?;
                let plain = |sign: u8| matches!(sign, b'a'..=b'z' | b'0'..=b'9' | b'-');
                name.bytes().all(plain).then(|| seal(salt, name, value))
            }
        }
    }
}

impl Proof {
    /// The same proof with only those lines open that `keep` names.
    #[must_use]
    pub fn closed_but(&self, keep: impl Fn(&str) -> bool) -> Self {
        let close = |line: &Line| match line {
            Line::Open { name, .. } if !keep(name) => {
                line.seal().map_or_else(|| line.clone(), |seal| Line::Closed { seal: hex(&seal) })
            }
            _ => line.clone(),
        };
        Self { lines: self.lines.iter().map(close).collect(), ..self.clone() }
    }

    /// What the open lines with this name say.
    #[must_use]
    pub fn says(&self, wanted: &str) -> Option<&str> {
        self.lines.iter().find_map(|line| match line {
            Line::Open { name, value, .. } if name == wanted => Some(value.as_str()),
            _ => None,
        })
    }
}

pub(crate) fn seal(salt: &str, name: &str, value: &str) -> [u8; 32] {
    let mut sum = Sha256::new();
    for part in [VERSION, " line\n", salt, "\n", name, "\n", value] {
        sum.update(part);
    }
    sum.finalize().into()
}

/// The bytes that are signed.
pub(crate) fn signed(seals: &[[u8; 32]]) -> Vec<u8> {
    let mut text = format!("{VERSION}\n");
    for seal in seals {
        text.push_str(&hex(seal));
        text.push('\n');
    }
    text.into_bytes()
}
