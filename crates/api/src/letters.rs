//! Letters about citizens' accounts: how they get their names and secrets.
//!
//! A link's token and a message's digits are kept nowhere. They are made of the letter's kind, address and random name under the
//! server's key: once when the link is asked for, of which only a hash is kept, and once more when the letter is sent. So
//! neither the outbox nor a stolen database has them, a letter that is sent again is the same, and a secret made for one purpose or
//! address can never be another's.

use crate::app::App;
use crate::error::ApiError;
use crate::notices;
use account::citizen::{CODE_MS, Purpose};
use account::{CitizenId, Letter};
use dossier::notice::Way;
use procedure::calendar::Moment;
use sha2::{Digest as _, Sha256};
use store::citizens::{LinkOf, NewLink};
use store::notices::{About, NewLetter, NoticeId, WaitingNotice};
use store::{Hash, hex};

/// A letter by mail that tells of something and carries nothing.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn mail(letter: Letter, to: &str) -> Result<NewLetter, ApiError> {
    Ok(NewLetter { id: notices::name()?, letter, way: Way::Email, to: to.to_owned(), until: None })
}

/// A text message that tells of something and carries nothing.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn text(letter: Letter, to: &str) -> Result<NewLetter, ApiError> {
    Ok(NewLetter { way: Way::Sms, ..mail(letter, to)? })
}

/// A letter to an account's address, where there is an account and it has one.
///
/// # Errors
/// When the store fails, or the machine has no random bytes.
pub(crate) async fn to_citizen(app: &App, to: Option<CitizenId>, letter: Letter) -> Result<Vec<NewLetter>, ApiError> {
    let Some(to) = to else { return Ok(Vec::new()) };
    let email = app.store.citizen(to).await?.and_then(|citizen| citizen.email);
    Ok(email.map(|email| mail(letter, &email)).transpose()?.into_iter().collect())
}

/// A link and the letter that brings it.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn link(app: &App, purpose: Purpose, to: &str, of: LinkOf) -> Result<(NewLink, NewLetter), ApiError> {
    let until = Moment(app.now().0 + purpose.lasts_ms());
    let letter = NewLetter { until: Some(until), ..mail(Letter::Link(purpose), to)? };
    let token = hash(&made(app, letter.letter, to, letter.id));
    Ok((NewLink { token, email: to.to_owned(), of, until }, letter))
}

/// A text message with digits, and until when they can be typed.
///
/// # Errors
/// When the machine has no random bytes.
pub(crate) fn code(app: &App, phone: &str) -> Result<NewLetter, ApiError> {
    let until = Moment(app.now().0 + CODE_MS);
    Ok(NewLetter { until: Some(until), ..text(Letter::PhoneCode, phone)? })
}

/// The secret that a waiting notice carries; empty when it carries none.
pub(crate) fn secret(app: &App, notice: &WaitingNotice) -> String {
    match notice.about {
        About::Account { letter, .. } if letter.has_secret() => made(app, letter, &notice.to, notice.id),
        _ => String::new(),
    }
}

/// A token of 256 bits, or six digits.
pub(crate) fn made(app: &App, letter: Letter, to: &str, id: NoticeId) -> String {
    let secret = app.pepper.letter_secret(letter, to, id);
    if letter == Letter::PhoneCode {
        let [a, b, c, d, e, f, g, h, ..] = secret;
        format!("{:06}", u64::from_be_bytes([a, b, c, d, e, f, g, h]) % 1_000_000)
    } else {
        hex(&secret)
    }
}

/// Under what a token is kept.
pub(crate) fn hash(token: &str) -> Hash {
    Sha256::digest(token).into()
}
