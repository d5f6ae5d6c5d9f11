//! Tries to sign in: each costs a budget, and no budget of a stranger is the account's own, so that nobody can lock anybody out
//! by guessing.
//!
//! A browser that somebody has signed in from carries a device cookie; it has a budget of its own. All others together share one
//! budget for each login (OWASP, "Device Cookies"). Officers and citizens have budgets apart.

use crate::access::cookie;
use crate::app::App;
use crate::error::ApiError;
use crate::pepper::Pepper;
use crate::rate::{Budget, Rate};
use crate::source::Source;
use account::PasswordHash;
use axum::http::{HeaderMap, HeaderValue};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use store::{hex, unhex};
use tokio::sync::Semaphore;

/// How long the cookie of a browser is kept: half a year.
const DEVICE_SECONDS: u32 = 180 * 86_400;

/// Tries at one login from browsers it was never signed in from: ten at once, then one every 90 seconds.
const STRANGE: Rate = Rate { burst: 10.0, per_second: 1.0 / 90.0 };
/// Tries from a browser that is known: five at once, then one every twelve seconds.
const KNOWN: Rate = Rate { burst: 5.0, per_second: 1.0 / 12.0 };

/// Password hashes worked out at once: each takes 19 MiB and a processor.
const HASHES_AT_ONCE: usize = 2;

/// Whose tries.
#[derive(Clone, Copy)]
pub enum People {
    /// Officers'.
    Officers,
    /// Citizens'.
    Citizens,
}

impl People {
    /// The cookie of a browser that one of them signed in from.
    #[must_use]
    pub const fn device(self) -> &'static str {
        match self {
            Self::Officers => "__Host-device",
            Self::Citizens => "__Host-citizen-device",
        }
    }

    /// What the cookie's mark is made for, so that one kind's never counts as the other's.
    const fn word(self) -> &'static str {
        match self {
            Self::Officers => "device",
            Self::Citizens => "citizen device",
        }
    }
}

/// The budgets of one kind of people.
pub struct Tries {
    people: People,
    by_source: Budget<Source>,
    strange: Budget<String>,
    known: Budget<[u8; 16]>,
}

/// A try that was paid for.
pub struct Try {
    source: Source,
    login: String,
    device: Option<[u8; 16]>,
}

impl Tries {
    /// Fresh budgets. `by_source` is what one network may fail.
    #[must_use]
    pub fn new(people: People, by_source: Rate) -> Self {
        Self { people, by_source: Budget::new(by_source), strange: Budget::new(STRANGE), known: Budget::new(KNOWN) }
    }

    /// Takes a try at a login, whose account has this name if there is one.
    ///
    /// # Errors
    /// [`ApiError::TooMany`].
    pub fn begin(
        &self,
        pepper: &Pepper,
        (source, headers): (Source, &HeaderMap),
        login: &str,
        account: Option<[u8; 16]>,
    ) -> Result<Try, ApiError> {
        let now = Instant::now();
        let device = account.filter(|account| self.knows(pepper, headers, *account));
        self.by_source.take(source, 1.0, now).map_err(ApiError::TooMany)?;
        match device {
            Some(account) => self.known.take(account, 1.0, now).map_err(ApiError::TooMany)?,
            None => self.strange.take(login.to_owned(), 1.0, now).map_err(ApiError::TooMany)?,
        }
        Ok(Try { source, login: login.to_owned(), device })
    }

    /// Gives a try back that was right.
    pub fn forgive(&self, right: &Try) {
        self.by_source.give_back(&right.source, 1.0);
        match &right.device {
            Some(account) => self.known.give_back(account, 1.0),
            None => self.strange.give_back(&right.login, 1.0),
        }
    }

    /// Takes a try at the password of who is signed in already, and is asked for it once more.
    ///
    /// # Errors
    /// [`ApiError::TooMany`].
    pub fn begin_again(&self, account: [u8; 16]) -> Result<(), ApiError> {
        self.known.take(account, 1.0, Instant::now()).map_err(ApiError::TooMany)
    }

    /// Gives such a try back.
    pub fn forgive_again(&self, account: [u8; 16]) {
        self.known.give_back(&account, 1.0);
    }

    /// The cookie that makes a browser known.
    ///
    /// # Errors
    /// When the machine has no random bytes.
    pub fn cookie(&self, pepper: &Pepper, account: [u8; 16]) -> Result<HeaderValue, ApiError> {
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).map_err(|_| ApiError::Failed)?;
        let value = format!("{}.{}.{}", hex(&account), hex(&nonce), hex(&self.mark(pepper, account, &nonce)));
        let name = self.people.device();
        let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={DEVICE_SECONDS}");
        HeaderValue::try_from(cookie).map_err(|_| ApiError::Failed)
    }

    fn mark(&self, pepper: &Pepper, account: [u8; 16], nonce: &[u8]) -> [u8; 32] {
        pepper.hash_text(&format!("{} {} {}", self.people.word(), hex(&account), hex(nonce)))
    }

    /// Whether this browser carries a device cookie that was made for this account.
    fn knows(&self, pepper: &Pepper, headers: &HeaderMap, account: [u8; 16]) -> bool {
        let read = || {
            let mut parts = cookie(headers, self.people.device())?.split('.');
            let (id, nonce) = (unhex::<16>(parts.next()?)?, unhex::<16>(parts.next()?)?);
            let given = unhex::<32>(parts.next()?)?;
            Some(id == account && same(&self.mark(pepper, account, &nonce), &given))
        };
        read().unwrap_or(false)
    }
}

/// Whether two secrets are the same. All bytes are looked at, so that the time tells nothing about where they differ.
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

/// Where password hashes are worked out.
pub struct Hashing {
    places: Semaphore,
    worked: AtomicU64,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { places: Semaphore::new(HASHES_AT_ONCE), worked: AtomicU64::new(0) }
    }
}

impl Hashing {
    /// How many were worked out since the start.
    #[must_use]
    pub fn worked(&self) -> u64 {
        self.worked.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ApiError> {
        let _place = self.places.acquire().await.map_err(|_| ApiError::Failed)?;
        self.worked.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::Failed)
    }
}

/// Hashes a password that was chosen, on a thread of its own, when there is a place.
///
/// # Errors
/// When the server is ending, or the password is longer than any that is taken.
pub(crate) async fn hash(app: &App, password: String) -> Result<PasswordHash, ApiError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| ApiError::Failed)?;
    app.hashing.run(move || PasswordHash::of(&password, salt)).await?.ok_or(ApiError::Failed)
}

/// Whether it is the password. Where there is no account, or one without a password, another hash is worked out, so that it
/// takes as long.
///
/// # Errors
/// When the server is ending.
pub(crate) async fn fits(app: &App, kept: Option<PasswordHash>, password: String) -> Result<bool, ApiError> {
    let known = kept.is_some();
    let kept = kept.unwrap_or(PasswordHash { salt: [0; 16], hash: [0; 32] });
    Ok(app.hashing.run(move || kept.fits(&password)).await? && known)
}
