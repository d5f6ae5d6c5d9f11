//! Where providers call. A call is believed for its signature alone, kept as it came before it is answered, and credits nothing:
//! that the provider's own answer does, for which the job is woken.

use crate::app::{App, Shared};
use crate::error::ApiError;
use crate::json::{MAX_BYTES, body, read};
use crate::routes::officers::answer;
use axum::extract::{RawQuery, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use payment::vnpay::Reply;
use payment::{Fact, OrderId, Payment, Provider, momo, vnpay};
use serde_json::Value;
use store::StoreError;
use store::payments::{Heard, HeardSaved, KeptOrder};
use wire::{Problem, VnpayReply};

/// `VNPay` tells what came of a payment (IPN).
#[utoipa::path(get, path = "/api/v1/payments/vnpay",
    params(("vnp_SecureHash" = String, Query, description = "VNPay's signature over all other parameters")),
    responses((status = 200, body = VnpayReply)))]
pub(in crate::routes) async fn vnpay(State(app): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let reply = heard_of_vnpay(&app, &query.unwrap_or_default()).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a call of VNPay could not be kept");
        // It is said again later.
        Reply::Unknown
    });
    let (rsp_code, message) = reply.says();
    answer(&VnpayReply { rsp_code: rsp_code.to_owned(), message: message.to_owned() })
}

async fn heard_of_vnpay(app: &App, query: &str) -> Result<Reply, StoreError> {
    let Some(vnpay) = &app.providers.vnpay else { return Ok(Reply::NoOrder) };
    let call = match vnpay::call(query, &vnpay.merchant, app.now()) {
        Ok(call) => call,
        Err(reply) => return Ok(reply),
    };
    let Some(kept) = order(app, &call.order, Provider::Vnpay).await? else { return Ok(Reply::NoOrder) };
    let known = is_known(&kept, &call.fact);
    let saved = keep(app, &kept, query.as_bytes(), call.fact).await?;
    if call.amount != kept.order.amount {
        return Ok(Reply::WrongAmount);
    }
    Ok(if known && saved == HeardSaved::Before { Reply::Already } else { Reply::Confirmed })
}

/// `MoMo` tells what came of a payment (IPN).
#[utoipa::path(post, path = "/api/v1/payments/momo",
    request_body = Value,
    responses(
        (status = 204),
        (status = 400, body = Problem, content_type = "application/problem+json"),
))]
pub(in crate::routes) async fn momo(State(app): State<Shared>, request: Request) -> Result<Response, ApiError> {
    let bytes = body(request.into_body(), MAX_BYTES).await?;
    let said: Value = read(&bytes).map_err(ApiError::NotJson)?;
    let momo = app.providers.momo.as_ref().ok_or(ApiError::CallRefused)?;
    let call = momo::call(&momo.partner, &said).map_err(|_| ApiError::CallRefused)?;
    let kept = order(&app, &call.order, Provider::Momo).await?.ok_or(ApiError::CallRefused)?;
    if let Some(fact) = call.fact {
        keep(&app, &kept, &bytes, fact).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response())
}

async fn order(app: &App, id: &OrderId, provider: Provider) -> Result<Option<KeptOrder>, StoreError> {
    Ok(app.store.order(id).await?.filter(|kept| kept.order.provider == provider))
}

fn is_known(kept: &KeptOrder, fact: &Fact) -> bool {
    let same =
        |number: &str| kept.facts.iter().any(|known| matches!(known, Fact::Paid(paid) if paid.transaction == number));
    match fact {
        Fact::Paid(Payment { transaction, .. }) => same(transaction),
        other => kept.facts.contains(other),
    }
}

/// Keeps a call whose signature was found right: a failure is a fact, a payment a claim that the provider is asked for.
async fn keep(app: &App, kept: &KeptOrder, said: &[u8], fact: Fact) -> Result<HeardSaved, StoreError> {
    let (facts, claim) = match fact {
        Fact::Paid(payment) => (Vec::new(), Some(payment)),
        other => (vec![other], None),
    };
    let asks = claim.is_some();
    let heard = Heard { order: kept.order.id.clone(), said: said.to_vec(), facts, claim, by: None, now: app.now() };
    let saved = app.store.hear(heard).await?;
    if asks && saved == HeardSaved::New {
        app.providers.wake.notify_one();
    }
    Ok(saved)
}
