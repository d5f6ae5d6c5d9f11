//! The lookup code (mã tra cứu): 60 random bits a citizen can read over the phone, with a character that catches
//! every single typing mistake and every swap before anybody is asked.
//!
//! Twelve characters of Crockford's base 32 (no I, L, O, U; <https://www.crockford.com/base32.html>) and one check
//! character, shown in groups of four: `7K3M-0TQ9-XW4D-5`.

use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that carry the secret; one more checks them.
const SECRET: usize = 12;
/// Length of a whole code without its dashes.
pub const LENGTH: usize = SECRET + 1;

/// A code that passed its check. Made only by [`LookupCode::new`] and [`LookupCode::read`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LookupCode([u8; LENGTH]);

/// What is wrong with a typed code; each can be told to the person without asking the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Fewer characters than a code has; holds how many there are.
    TooShort(usize),
    /// More characters than a code has; holds how many there are.
    TooLong(usize),
    /// A sign that no code contains.
    WrongSign(char),
    /// Every sign is possible but the last does not fit the others: one is mistyped or two are swapped.
    CheckFails,
}

impl LookupCode {
    /// Makes a code of 60 of the 64 random bits given; they must come from a cryptographic source.
    #[must_use]
    pub fn new(random: [u8; 8]) -> Self {
        let bits = u64::from_be_bytes(random);
        let mut values = [0; LENGTH];
        for (i, value) in values.iter_mut().take(SECRET).enumerate() {
            *value = five_bits(bits >> (5 * i));
        }
        values[SECRET] = check_value(&values[..SECRET]);
        Self(values)
    }

    /// Reads what a person typed or scanned: spaces, dashes and letter case do not matter, O is read as 0, I and L as 1.
    ///
    /// # Errors
    /// The first thing found wrong, in the order sign, length, check.
    pub fn read(typed: &str) -> Result<Self, CodeError> {
        let mut values = [0; LENGTH];
        read_into(typed, &mut values)?;
        Ok(Self(values))
    }

    /// The code as it is hashed for keeping: thirteen characters, no dashes.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0.iter().map(|value| sign_of(*value)).collect()
    }
}

impl fmt::Display for LookupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, f)
    }
}

/// Whoever has the code can follow the dossier, so it must not slip into a log through `{:?}`.
impl fmt::Debug for LookupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupCode(…)")
    }
}

/// Reads a typed code whose last value checks all before it; its length is that of `values`.
pub(crate) fn read_into(typed: &str, values: &mut [u8]) -> Result<(), CodeError> {
    let mut count = 0;
    for sign in typed.chars().filter(|c| !is_separator(*c)) {
        let value = value_of(sign).ok_or(CodeError::WrongSign(sign))?;
        if let Some(place) = values.get_mut(count) {
            *place = value;
        }
        count += 1;
    }
    if count < values.len() {
        return Err(CodeError::TooShort(count));
    }
    if count > values.len() {
        return Err(CodeError::TooLong(count));
    }
    match values.split_last() {
        Some((check, secret)) if *check == check_value(secret) => Ok(()),
        _ => Err(CodeError::CheckFails),
    }
}

/// Writes values in groups of four.
pub(crate) fn show(values: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, value) in values.iter().enumerate() {
        if i > 0 && i % 4 == 0 {
            f.write_str("-")?;
        }
        write!(f, "{}", sign_of(*value))?;
    }
    Ok(())
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}' | '\u{200b}')
}

fn value_of(sign: char) -> Option<u8> {
    let upper = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|a| char::from(*a) == upper).and_then(|i| u8::try_from(i).ok())
}

pub(crate) fn sign_of(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

pub(crate) fn five_bits(bits: u64) -> u8 {
    (bits & 31).to_le_bytes()[0]
}

/// The value that makes Σ αⁱ·vᵢ = 0 over GF(32), where the check character itself has weight α⁰ and the others
/// α¹, α² …, up to thirty of them. The weights differ and none is zero: so one wrong value changes the sum, and so does
/// any swap of two unequal values, since (αⁱ + αʲ)(vᵢ + vⱼ) ≠ 0.
pub(crate) fn check_value(values: &[u8]) -> u8 {
    // Horner's rule, so that α is only ever multiplied by one step at a time.
    values.iter().fold(0, |sum, value| times_alpha(sum ^ value))
}

/// Multiplies by α in GF(2⁵) with the primitive polynomial x⁵ + x² + 1, in which α has order 31.
fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_shown_in_groups_of_four() {
        assert_eq!(LookupCode::new([0; 8]).to_string(), "0000-0000-0000-0");
        let shown = LookupCode::new(*b"\x01\x23\x45\x67\x89\xab\xcd\xef").to_string();
        assert_eq!(shown.len(), 16);
        assert_eq!(shown.match_indices('-').map(|(i, _)| i).collect::<Vec<_>>(), [4, 9, 14]);
    }

    #[test]
    fn each_mistake_is_told_apart() {
        let good = LookupCode::new(*b"\x01\x9f\x30mot-!").plain();
        for (typed, expected) in [
            (String::new(), CodeError::TooShort(0)),
            (good[..12].to_owned(), CodeError::TooShort(12)),
            (format!("{good}0"), CodeError::TooLong(14)),
            ("7K3M-UTQ9".to_owned(), CodeError::WrongSign('U')),
            ("7K3M/0TQ9".to_owned(), CodeError::WrongSign('/')),
            ("ạ".to_owned(), CodeError::WrongSign('ạ')),
        ] {
            assert_eq!(LookupCode::read(&typed), Err(expected), "{typed}");
        }
    }

    #[test]
    fn it_never_shows_in_a_debug_line() {
        assert_eq!(format!("{:?}", LookupCode::new([7; 8])), "LookupCode(…)");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back_however_it_is_typed(random: [u8; 8]) {
            let code = LookupCode::new(random);
            let loose = code.to_string().to_lowercase().replace('0', "o").replace('1', "l").replace('-', " – ");
            prop_assert_eq!(LookupCode::read(&loose), Ok(code));
            prop_assert_eq!(LookupCode::read(&code.plain()), Ok(code));
        }

        #[test]
        fn every_single_wrong_character_is_caught(random: [u8; 8], place in 0..LENGTH, by in 1u8..32) {
            let mut values = LookupCode::new(random).0;
            values[place] = (values[place] + by) % 32;
            let typed: String = values.iter().map(|v| sign_of(*v)).collect();
            prop_assert_eq!(LookupCode::read(&typed), Err(CodeError::CheckFails));
        }

        #[test]
        fn every_swap_of_two_is_caught(random: [u8; 8], one in 0..LENGTH, other in 0..LENGTH) {
            let mut values = LookupCode::new(random).0;
            prop_assume!(values[one] != values[other]);
            values.swap(one, other);
            let typed: String = values.iter().map(|v| sign_of(*v)).collect();
            prop_assert_eq!(LookupCode::read(&typed), Err(CodeError::CheckFails));
        }

        #[test]
        fn nothing_typed_makes_it_panic(typed in "\\PC{0,40}") {
            let _ = LookupCode::read(&typed);
        }
    }
}
