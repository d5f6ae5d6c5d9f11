//! The second factor: six digits of an authenticator app (RFC 6238 with HMAC-SHA-1, 30 seconds, which every app speaks).

use procedure::calendar::Moment;
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a secret: as long as the hash, as RFC 4226 §4 advises.
pub const SECRET: usize = 20;

/// An officer's authenticator.
pub struct Authenticator(Totp);

impl Authenticator {
    /// The authenticator with this secret.
    #[must_use]
    pub fn new(secret: &[u8; SECRET]) -> Self {
        Self(Builder::new().with_secret(*secret).build_noncompliant())
    }

    /// The step whose code this is: the present one, the one before or the one after. It must be kept, because a code
    /// counts once.
    #[must_use]
    pub fn step(&self, typed: &str, now: Moment) -> Option<i64> {
        let code: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let plain = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = u64::try_from(now.0 / 1000).ok()?;
        let step = if plain { self.0.check(&code, seconds) } else { None };
        step.and_then(|step| i64::try_from(step).ok())
    }

    /// The code of a moment: what an app shows then.
    #[must_use]
    pub fn code(&self, now: Moment) -> String {
        self.0.generate(u64::try_from(now.0 / 1000).unwrap_or_default()).to_string()
    }
}

/// The secret in base 32, as people type it.
#[must_use]
pub fn written(secret: &[u8; SECRET]) -> String {
    Secret::from(*secret).to_base32()
}

/// What an app scans (the key URI format that all of them read): name of the system and of the officer, and the secret.
#[must_use]
pub fn uri(secret: &[u8; SECRET], phone: &str) -> String {
    format!("otpauth://totp/Mot%20Cua:{phone}?secret={}&issuer=Mot%20Cua", written(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: its eight digits end in the six that are shown here.
    #[test]
    fn codes_are_those_of_the_specification() {
        let app = Authenticator::new(b"12345678901234567890");
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            let now = Moment(seconds * 1000);
            assert_eq!(app.code(now), code);
            assert_eq!(app.step(code, now), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_one_step_around_its_own_and_no_longer() {
        let app = Authenticator::new(&[9; 20]);
        let at = |seconds: i64| Moment(seconds * 1000);
        let code = app.code(at(3_000));
        for (seconds, counts) in [(2_969, false), (2_970, true), (3_029, true), (3_059, true), (3_060, false)] {
            assert_eq!(app.step(&code, at(seconds)).is_some(), counts, "{seconds}");
        }
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(app.step(&spaced, at(3_000)), Some(100));
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(app.step(wrong, at(3_000)), None, "{wrong}");
        }
    }

    #[test]
    fn the_secret_is_written_as_apps_read_it() {
        assert_eq!(written(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(uri(&[0; 20], "0900000123").starts_with("otpauth://totp/Mot%20Cua:0900000123?secret=AAAA"));
    }
}
