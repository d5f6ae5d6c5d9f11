//! A citizen's telephone number: six digits go to it, and come back.
//!
//! Until they do nobody looks whether another account has the number, so that asking tells nothing of it.

use super::changes::letters_to;
use super::{accepted, read, told};
use crate::access::SignedCitizen;
use crate::app::{App, Shared};
use crate::citizens::{ask_again, is_fresh};
use crate::error::ApiError;
use crate::json::Json;
use crate::letters;
use crate::routes::officers::{answer, field};
use crate::source::Source;
use crate::tries::same;
use account::citizen::CODE_MS;
use account::{Citizen, Letter, registration};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use procedure::calendar::Moment;
use std::time::Instant;
use store::citizens::{AskedCode, CitizenAdded};
use wire::{ChangePhone, CitizenMe, ConfirmPhone, Problem};

/// Asks for another telephone number: six digits go to it.
#[utoipa::path(put, path = "/api/v1/citizens/me/phone",
    request_body = ChangePhone,
    responses(
        (status = 202),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn change(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ChangePhone>,
) -> Result<Response, ApiError> {
    let ChangePhone { phone, password } = request.value;
    asked(&app, source, &signed, &phone, Some(password)).await?;
    Ok(accepted())
}

/// Whether a number can be added without the password: it is the account's first, so that nothing is replaced, and the password was
/// said just now. That is so when an account was made a moment ago.
pub(super) fn may_add(app: &App, signed: &SignedCitizen) -> bool {
    signed.citizen.phone.is_none() && is_fresh(app, signed)
}

/// Sends six digits to a number; gives it as it is kept. `password` may be nothing where [`may_add`] says so.
///
/// # Errors
/// When no messages are sent here, the number is none or the account's, the password is wrong, too many messages were asked for,
/// or the store fails.
pub(super) async fn asked(
    app: &App,
    source: Source,
    signed: &SignedCitizen,
    typed: &str,
    password: Option<String>,
) -> Result<String, ApiError> {
    if !app.reach.sms {
        return Err(ApiError::SmsNotSet);
    }
    let phone = read(app, |given| registration::phone(typed, given))?;
    if signed.citizen.phone.as_deref() == Some(phone.as_str()) {
        return Err(ApiError::Unanswered(vec![field("phone", "Tài khoản đang dùng số này rồi.")]));
    }
    match password {
        None if may_add(app, signed) => {}
        None => {
            let says = "Bạn đăng nhập đã hơn 10 phút. Hãy nhập mật khẩu để chắc là bạn.";
            return Err(ApiError::Unanswered(vec![field("password", says)]));
        }
        Some(password) => ask_again(app, signed, password, "password").await?,
    }
    let now = Instant::now();
    app.letters.take(source, 1.0, now).map_err(ApiError::TooMany)?;
    // Counted for the account too: each message brings five more tries at its digits.
    app.letters_to.take(signed.citizen.id.to_string(), 1.0, now).map_err(ApiError::TooMany)?;
    app.letters_to.take(phone.clone(), 1.0, now).map_err(ApiError::TooMany)?;
    let (letter, now) = (letters::code(app, &phone)?, app.now());
    let asked = AskedCode { id: signed.citizen.id, letter, until: Moment(now.0 + CODE_MS), now };
    app.store.ask_phone_code(asked).await?;
    app.post.notify_one();
    Ok(phone)
}

/// Confirms the number by the digits; who had the account's number or reads its mail is told.
#[utoipa::path(post, path = "/api/v1/citizens/me/phone/confirm",
    request_body = ConfirmPhone,
    responses(
        (status = 200, body = CitizenMe),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn confirm(
    State(app): State<Shared>,
    Extension(signed): Extension<SignedCitizen>,
    request: Json<ConfirmPhone>,
) -> Result<Response, ApiError> {
    let typed: String = request.value.code.chars().filter(|sign| !sign.is_whitespace()).collect();
    let (id, now) = (signed.citizen.id, app.now());
    // The try is written down before it is looked at: tries at once are counted one by one.
    let sent = app.store.try_phone_code(id, now).await?;
    let right = |sent: &store::citizens::SentCode| {
        let made = letters::made(&app, Letter::PhoneCode, &sent.phone, sent.message);
        same(made.as_bytes(), typed.as_bytes())
    };
    let wrong = || {
        let says =
            "Mã chưa đúng hoặc đã hết hạn. Mỗi mã dùng trong 10 phút và nhập tối đa 5 lần; nếu hết, hãy xin mã mới.";
        ApiError::Unanswered(vec![field("code", says)])
    };
    let sent = sent.filter(right).ok_or_else(wrong)?;
    let letter = if signed.citizen.phone.is_some() { Letter::PhoneChanged } else { Letter::PhoneAdded };
    let mut letters = letters_to(signed.citizen.email.as_deref(), letter)?;
    if let Some(old) = &signed.citizen.phone {
        letters.push(letters::text(letter, old)?);
    }
    match app.store.finish_phone(id, sent.message, letters, now).await?.ok_or_else(wrong)? {
        CitizenAdded::New => {}
        // Whoever typed the digits holds the telephone: they may know that it is in use, and need to.
        CitizenAdded::Taken => {
            let says = "Số này đang thuộc một tài khoản khác. Hãy đăng nhập tài khoản đó, hoặc dùng số khác.";
            return Err(ApiError::Unanswered(vec![field("phone", says)]));
        }
    }
    app.post.notify_one();
    let citizen = Citizen { phone: Some(sent.phone), ..signed.citizen };
    Ok(answer(&told(&app, &citizen, &signed.session, "").await?))
}
