//! What a citizen opens by the lookup code and the last digits of the filer's telephone number. The code alone shows nothing
//! of a person: it may have been read over somebody's shoulder. To the account whose own dossier it is the code is enough.

use crate::access;
use crate::app::{App, Shared};
use crate::consents;
use crate::error::ApiError;
use crate::source::Source;
use crate::work::Work;
use account::CitizenId;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use dossier::{LookupCode, mend};
use procedure::Filing;
use std::time::Instant;
use store::Hash;

/// What a code alone finds. Looking costs the asker's budget and everybody's, taken before anything is looked up, so that many at
/// once cannot overdraw; both are given back when it was no miss.
///
/// # Errors
/// When too much was tried, or `find` fails.
pub async fn found<T, E: Into<ApiError>>(
    app: &App,
    source: Source,
    find: impl Future<Output = Result<Option<T>, E>>,
) -> Result<Option<T>, ApiError> {
    let now = Instant::now();
    app.misses.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    app.all_misses.take((), 1.0, now).map_err(ApiError::TooMany).inspect_err(|_| app.misses.give_back(&source, 1.0))?;
    let found = find.await;
    if !matches!(found, Ok(None)) {
        app.misses.give_back(&source, 1.0);
        app.all_misses.give_back(&(), 1.0);
    }
    found.map_err(Into::into)
}

/// The hash of what was typed for a code, made by `hash`. What is no code at all is hashed like one, so that it is refused no sooner.
#[must_use]
pub fn hashed(app: &App, typed: &str, hash: impl FnOnce(&LookupCode) -> Hash) -> Hash {
    LookupCode::read(typed).map_or_else(|_| app.pepper.hash_text("not a code"), |code| hash(&code))
}

/// Whoever asks for a dossier by its code.
pub struct Asker {
    source: Source,
    /// The account that is signed in.
    citizen: Option<CitizenId>,
}

impl FromRequestParts<Shared> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, ApiError> {
        let source = parts.extensions.get().copied().ok_or(ApiError::Failed)?;
        let citizen = access::citizen(app, &parts.headers).await?.map(|signed| signed.citizen.id);
        Ok(Self { source, citizen })
    }
}

impl Asker {
    /// Whether the dossier with this code is their account's own: it sent it, or gave its consent that another did. To have
    /// claimed it is not enough: that took code and digits, and whoever helped once knows them
    /// (`docs/decisions/0039-notices-of-an-account.md`).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn owns(&self, app: &App, code: Hash) -> Result<bool, ApiError> {
        match self.citizen {
            Some(citizen) => Ok(app.store.is_own(code, citizen).await?),
            None => Ok(false),
        }
    }

    /// The dossier that code and digits open, or without digits one of their account's own. Whatever is wrong is answered
    /// as [`opened`] answers it, signed in or not.
    ///
    /// # Errors
    /// As of [`opened`].
    pub async fn opens(&self, app: &App, code: &str, digits: &str) -> Result<Work, ApiError> {
        if let (true, Ok(known)) = (digits.is_empty(), LookupCode::read(code)) {
            let hash = app.pepper.hash(&known);
            if self.owns(app, hash).await?
                && let Some(kept) = app.store.dossier_of_code(hash).await?
            {
                return Work::of(app, kept).await;
            }
        }
        opened(app, self.source, code, digits).await
    }
}

/// The dossier that code and digits open. Whatever is wrong costs the asker's budget and looks the same; digits cost the
/// code's own budget too, so that nobody can try all of them.
///
/// # Errors
/// When they open none, too much was tried, or whoever filed it is shut out by its owner.
pub async fn opened(app: &App, source: Source, code: &str, digits: &str) -> Result<Work, ApiError> {
    let now = Instant::now();
    app.misses.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    let hash = hashed(app, code, |code| app.pepper.hash(code));
    app.digit_tries.take(hash, 1.0, now).map_err(ApiError::TooMany)?;
    let kept = app.store.dossier_of_code(hash).await?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let right = |filing: &Filing| mend::digits(filing).is_some_and(|known| known == digits);
    let kept = kept.filter(|kept| right(&kept.dossier.filing)).ok_or(ApiError::DigitsWrong)?;
    app.misses.give_back(&source, 1.0);
    app.digit_tries.give_back(&hash, 1.0);
    // The digits are of whoever filed it. Where the consent was taken back, only the owner goes on.
    if consents::shut_out(app.store.filed_for(kept.dossier.id).await?.as_ref()) {
        return Err(ApiError::ConsentWithdrawn);
    }
    Work::of(app, kept).await
}
