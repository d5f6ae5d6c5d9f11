//! The telephone number as the last part of registering: the account is there, and its number is asked for and confirmed by six
//! digits, or left for later. Whatever somebody does here, they come out where they were before they registered.

use super::{Fields, Holder, asked, json, lead, local, page, to_mend};
use crate::access::{self, SignedCitizen};
use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::routes::citizens::{phone, told};
use crate::routes::officers::field;
use crate::site::Styles;
use crate::source::Source;
use account::registration::local_path;
use axum::Extension;
use axum::extract::{RawForm, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use plain::account::phone::{self as drawn, Asked};
use std::time::Duration;
use wire::{ConfirmPhone, FieldProblem};

/// Where an account that was just made goes on: to its telephone number where text messages are sent, and then to where the person
/// was.
pub(super) fn after_registering(app: &App, next: &str) -> String {
    let next = local(next);
    if !app.reach.sms {
        return next.to_owned();
    }
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("/account/phone?next={next}")
}

/// Asks for the number; where there is one, or no message can be sent, the way leads on.
pub(super) async fn ask(
    State(app): State<Shared>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    request: Request,
) -> Result<Response, ApiError> {
    let next = asked(&request, "next");
    if !is_wanted(&app, &signed) {
        return Ok(lead(local(&next)));
    }
    let asked = Asked { phone: "", next: local_path(&next).unwrap_or_default() };
    let me = told(&app, &signed.citizen, &signed.session, "").await?;
    Ok(page(StatusCode::OK, drawn::number(&styles, &me, asked, !phone::may_add(&app, &signed), &[])))
}

/// Sends digits, once more if they ask for it, and confirms the number by them.
pub(super) async fn answer(
    State(app): State<Shared>,
    Extension(source): Extension<Source>,
    Extension(styles): Extension<Styles>,
    Holder(signed): Holder,
    headers: HeaderMap,
    form: RawForm,
) -> Result<Response, ApiError> {
    let fields = Fields::read(&form);
    let (wish, next, typed) = (fields.get("wish"), fields.get("next"), fields.get("phone"));
    if wish == "later" || !is_wanted(&app, &signed) {
        return Ok(lead(local(next)));
    }
    let me = told(&app, &signed.citizen, &signed.session, "").await?;
    let next = local_path(next).unwrap_or_default();
    let number = |wrong: &[FieldProblem]| {
        let password = !phone::may_add(&app, &signed);
        drawn::number(&styles, &me, Asked { phone: typed, next }, password, wrong)
    };
    let digits = |phone: &str, wrong: &[FieldProblem]| {
        drawn::digits(&styles, &me, Asked { phone, next }, wish == "again" && wrong.is_empty(), wrong)
    };
    let answered = match wish {
        "number" | "again" => {
            let password = Some(fields.get("password").to_owned()).filter(|typed| !typed.is_empty());
            phone::asked(&app, source, &signed, typed, password).await.map(|kept| digits(&kept, &[]))
        }
        "digits" => {
            let request = json(ConfirmPhone { code: fields.get("code").to_owned() });
            match phone::confirm(State(app.clone()), Extension(signed.clone()), request).await {
                Ok(_) => return Ok(lead(local(next))),
                Err(error) => Err(error),
            }
        }
        _ => return Ok(page(StatusCode::OK, number(&[]))),
    };
    let error = match answered {
        Ok(html) => return Ok(page(StatusCode::OK, html)),
        Err(error) => error,
    };
    // A button that was pressed twice: the first time it was right.
    if access::citizen(&app, &headers).await?.is_some_and(|now| now.citizen.phone.is_some()) {
        return Ok(lead(local(next)));
    }
    let (status, wrong) = match error {
        ApiError::TooMany(wait) => {
            let place = if wish == "number" { "phone" } else { "code" };
            (StatusCode::TOO_MANY_REQUESTS, vec![field(place, &says_wait(wait))])
        }
        other => (StatusCode::UNPROCESSABLE_ENTITY, to_mend(other)?),
    };
    // What is wrong with the digits is said where they are typed; all else, where the number is.
    let at_digits = wish != "number" && wrong.iter().all(|problem| problem.place == "code");
    Ok(page(status, if at_digits { digits(typed, &wrong) } else { number(&wrong) }))
}

/// Whether the account has no number, and one could be confirmed.
fn is_wanted(app: &App, signed: &SignedCitizen) -> bool {
    app.reach.sms && signed.citizen.phone.is_none()
}

fn says_wait(wait: Duration) -> String {
    let minutes = wait.as_secs().div_ceil(60).max(1);
    format!("Bạn đã thử nhiều lần. Hãy đợi {minutes} phút rồi thử lại, hoặc bấm “Để sau”.")
}
