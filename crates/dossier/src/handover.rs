//! Handing a draft over to another phone: how large one may be, and the code that is typed where a link cannot go.
//!
//! The code is sixteen signs of the lookup code's alphabet, `7K3-` … in groups of four: three say which handover is
//! meant, twelve are the secret (60 random bits), one checks the others. The server is told the first three only.

use crate::CodeError;
use crate::code::{check_value, five_bits, read_into, show, sign_of};
use procedure::paper::{MAX_BYTES, MAX_DOSSIER_BYTES, MAX_FILES};
use std::fmt;

/// How long a handover waits to be opened, in milliseconds.
pub const LASTS_MS: i64 = 24 * 3_600_000;
/// How long it is the opener's alone after each part they get, in milliseconds: time for ten megabytes on a poor line.
pub const LEASE_MS: i64 = 15 * 60_000;
/// Most parts: the draft itself, and its papers.
#[expect(clippy::cast_possible_truncation, reason = "thirty files")]
pub const MAX_PARTS: u32 = 1 + MAX_FILES as u32;
/// What is padded and added by encrypting a part, at most: a paper's size is rounded up to whole steps of this.
pub const PADDING: u64 = 64 * 1024;
/// Most bytes of one part.
pub const MAX_PART_BYTES: u64 = MAX_BYTES + 2 * PADDING;
/// Most bytes of all parts: the papers of a dossier, a megabyte of answers, and what encrypting adds.
pub const MAX_HANDOVER_BYTES: u64 = MAX_DOSSIER_BYTES + 1024 * 1024 + (MAX_FILES as u64 + 1) * 2 * PADDING;

/// Signs that say which handover is meant.
const LOCATOR: usize = 3;
/// Signs that are the secret.
const SECRET: usize = 12;
/// Length of a whole code without its dashes.
pub const LENGTH: usize = LOCATOR + SECRET + 1;

/// A code that passed its check.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HandoverCode([u8; LENGTH]);

impl HandoverCode {
    /// Makes a code of 75 of the 80 random bits given; they must come from a cryptographic source.
    #[must_use]
    pub fn new(random: [u8; 10]) -> Self {
        let [a, b, secret @ ..] = random;
        let (locator, secret) = (u64::from(u16::from_be_bytes([a, b])), u64::from_be_bytes(secret));
        let mut values = [0; LENGTH];
        for (i, value) in values.iter_mut().take(LENGTH - 1).enumerate() {
            *value = five_bits(if i < LOCATOR { locator >> (5 * i) } else { secret >> (5 * (i - LOCATOR)) });
        }
        values[LENGTH - 1] = check_value(&values[..LENGTH - 1]);
        Self(values)
    }

    /// Reads what a person typed: spaces, dashes and letter case do not matter, O is read as 0, I and L as 1.
    ///
    /// # Errors
    /// The first thing found wrong, in the order sign, length, check.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        let mut values = [0; LENGTH];
        read_into(typed, &mut values)?;
        Ok(Self(values))
    }

    /// The part that the server is told.
    #[must_use]
    pub fn locator(&self) -> String {
        self.0.iter().take(LOCATOR).map(|value| sign_of(*value)).collect()
    }

    /// The part that never leaves the two phones.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.iter().skip(LOCATOR).take(SECRET).map(|value| sign_of(*value)).collect()
    }
}

/// Whether this can be the locator of a code.
#[must_use]
pub fn is_locator(text: &str) -> bool {
    let sign = |sign: char| (0..32).any(|value| sign_of(value) == sign);
    text.len() == LOCATOR && text.chars().all(sign)
}

impl fmt::Display for HandoverCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, f)
    }
}

/// Whoever has the code can open the draft, so it must not slip into a log through `{:?}`.
impl fmt::Debug for HandoverCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HandoverCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_shown_in_four_groups_and_says_nothing_in_a_debug_line() {
        let code = HandoverCode::new(*b"two phones");
        assert_eq!(code.to_string().split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
        assert_eq!(format!("{code:?}"), "HandoverCode(…)");
        assert_eq!((code.locator().len(), code.secret().len()), (3, 12));
        assert!(is_locator(&code.locator()) && !is_locator("7k3") && !is_locator("7KU") && !is_locator("7K"));
    }

    #[test]
    fn a_lookup_code_is_not_taken_for_one() {
        let lookup = crate::LookupCode::new([7; 8]).to_string();
        assert_eq!(HandoverCode::read(&lookup), Err(CodeError::TooShort(13)));
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back_and_every_wrong_sign_is_caught(random: [u8; 10], place in 0..LENGTH, by in 1u8..32) {
            let code = HandoverCode::new(random);
            prop_assert_eq!(HandoverCode::read(&code.to_string().to_lowercase().replace('-', " ")), Ok(code));
            let mut values = code.0;
            values[place] = (values[place] + by) % 32;
            let typed: String = values.iter().map(|v| sign_of(*v)).collect();
            prop_assert_eq!(HandoverCode::read(&typed), Err(CodeError::CheckFails));
        }

        #[test]
        fn every_random_bit_counts(random: [u8; 10], bit in 0usize..60) {
            let mut other = random;
            other[9 - bit / 8] ^= 1 << (bit % 8);
            prop_assert_ne!(HandoverCode::new(random).secret(), HandoverCode::new(other).secret());
        }
    }
}
