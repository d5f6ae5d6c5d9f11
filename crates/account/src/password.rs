//! Passwords of officers and citizens: which are taken, and how they are kept (argon2id, RFC 9106; OWASP ASVS 5.0, 6.2 and 11.4.2).

mod common;

use argon2::{Algorithm, Argon2, Params, Version};
use common::is_common;

/// The fewest signs of a password.
pub const LEAST: usize = 8;
/// The most: beyond it hashing would only be work for whoever sends long ones.
pub const MOST: usize = 200;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`LEAST`] signs.
    TooShort,
    /// More than [`MOST`] signs.
    TooLong,
    /// It is among the first that anybody tries.
    Common,
    /// It holds the person's name, telephone number or address.
    Personal,
}

/// A kept password: salt and hash. It shows nothing in a debug line.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    /// The salt.
    pub salt: [u8; 16],
    /// argon2id of password and salt.
    pub hash: [u8; 32],
}

/// Memory in KiB, passes, lanes: OWASP's first choice for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Whether a password may be chosen by somebody of this name. `logins` is what else anybody knows of them: telephone number,
/// the name of their mailbox; what has fewer than four signs is left out.
///
/// # Errors
/// Why not.
pub fn choose(password: &str, name: &str, logins: &[&str]) -> Result<(), Weak> {
    let signs = password.chars().count();
    if signs < LEAST {
        return Err(Weak::TooShort);
    }
    if signs > MOST {
        return Err(Weak::TooLong);
    }
    let lower = password.to_lowercase();
    let same = lower.chars().all(|sign| lower.starts_with(sign));
    // With marks or without, it is guessed as easily.
    if same || is_common(&lower) || is_common(&form::text::fold(&lower)) {
        return Err(Weak::Common);
    }
    let bare: String = name.to_lowercase().split_whitespace().collect();
    let unmarked = form::text::fold(&bare);
    let known = logins.iter().any(|login| login.len() >= 4 && lower.contains(&login.to_lowercase()));
    if known || (bare.chars().count() >= 4 && (lower.contains(&bare) || lower.contains(&unmarked))) {
        return Err(Weak::Personal);
    }
    Ok(())
}

impl PasswordHash {
    /// Hashes a password with a salt nobody could guess. Takes about a tenth of a second and 19 MiB, on purpose.
    ///
    /// Nothing, when the password is longer than any that is taken.
    #[must_use]
    pub fn of(password: &str, salt: [u8; 16]) -> Option<Self> {
        if password.chars().count() > MOST {
            return None;
        }
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, Some(32)).ok()?;
        let mut hash = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), &salt, &mut hash)
            .ok()?;
        Some(Self { salt, hash })
    }

    /// Whether this is the password. Takes as long for a wrong one.
    #[must_use]
    pub fn fits(&self, password: &str) -> bool {
        let Some(tried) = Self::of(password, self.salt) else { return false };
        // All bytes are looked at, so that the time tells nothing about where they differ.
        tried.hash.iter().zip(self.hash).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_passwords_that_are_hard_to_guess_are_taken() {
        for (password, expected) in [
            ("bảy ký", Err(Weak::TooShort)),
            ("tám chữ!", Ok(())),
            ("MatKhau123", Err(Weak::Common)),
            ("MậtKhẩu123", Err(Weak::Common)),
            ("anhyêuem", Err(Weak::Common)),
            ("PassWord1", Err(Weak::Common)),
            ("password1 của tôi", Ok(())),
            ("aaaaaaaaaa", Err(Weak::Common)),
            ("lethihien2026", Err(Weak::Personal)),
            ("LêThịHiền!!", Err(Weak::Personal)),
            ("so 0900000123", Err(Weak::Personal)),
            ("xin chao Hien1962", Err(Weak::Personal)),
            ("con bò vàng qua suối", Ok(())),
        ] {
            assert_eq!(choose(password, "Lê Thị Hiền", &["0900000123", "hien1962", ""]), expected, "{password}");
        }
        assert_eq!(choose(&"dài ".repeat(51), "A", &["0900000123"]), Err(Weak::TooLong));
    }

    #[test]
    fn a_hash_fits_its_password_and_no_other() {
        let kept = PasswordHash::of("con bò vàng", [7; 16]).unwrap();
        assert!(kept.fits("con bò vàng"));
        assert!(!kept.fits("con bò vàng ") && !kept.fits("") && !kept.fits(&"x".repeat(10_000)));
        assert_ne!(PasswordHash::of("con bò vàng", [8; 16]).unwrap().hash, kept.hash);
    }
}
