//! MoMo v2, `captureWallet`: the request that makes a payment, what MoMo calls us with, the question for an order's state.
//!
//! Source: developers.momo.vn and MoMo's own sample. Signatures are over raw values, not encoded ones.

use crate::order::{Fact, Order, OrderId, Payment};
use crate::sign::{is_sha256, sha256};
use serde_json::{Value, json};

/// An office's contract with MoMo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// `partnerCode`.
    pub code: String,
    /// `accessKey`, which is in what is signed and in no message.
    pub access: String,
    /// `secretKey`.
    pub secret: String,
}

/// Why a call is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is not written as MoMo writes it.
    Unreadable,
    /// The signature is not MoMo's.
    WrongSignature,
    /// It is about another partner.
    OtherPartner,
}

/// The body of `create`. `note` is told on the payer's statement: no person and no benefit. `back` is the page the payer comes
/// back to, `told` where MoMo calls us.
#[must_use]
pub fn create(partner: &Partner, order: &Order, request: &str, note: &str, back: &str, told: &str) -> Value {
    let (id, amount) = (order.id.as_str(), order.amount);
    let signed = format!(
        "accessKey={}&amount={amount}&extraData=&ipnUrl={told}&orderId={id}&orderInfo={note}&partnerCode={}&redirectUrl={back}&requestId={request}&requestType=captureWallet",
        partner.access, partner.code,
    );
    json!({
        "partnerCode": partner.code, "requestId": request, "amount": amount, "orderId": id, "orderInfo": note,
        "redirectUrl": back, "ipnUrl": told, "requestType": "captureWallet", "extraData": "", "lang": "vi",
        "signature": sha256(&partner.secret, &signed),
    })
}

/// What MoMo calls us with, its signature found right and its partner us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `orderId`.
    pub order: OrderId,
    /// What it says of the order; nothing where it is not decided yet.
    pub fact: Option<Fact>,
}

/// Reads a call.
///
/// # Errors
/// Why it is not believed.
pub fn call(partner: &Partner, body: &Value) -> Result<Call, Refused> {
    let text = |name: &str| match &body[name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    };
    let names = [
        "amount",
        "extraData",
        "message",
        "orderId",
        "orderInfo",
        "orderType",
        "partnerCode",
        "payType",
        "requestId",
        "responseTime",
        "resultCode",
        "transId",
    ];
    let mut signed = format!("accessKey={}", partner.access);
    for name in names {
        let value = text(name).ok_or(Refused::Unreadable)?;
        signed = format!("{signed}&{name}={value}");
    }
    if !is_sha256(&partner.secret, &signed, &text("signature").ok_or(Refused::Unreadable)?) {
        return Err(Refused::WrongSignature);
    }
    if body["partnerCode"] != partner.code.as_str() {
        return Err(Refused::OtherPartner);
    }
    let order = OrderId::read(&text("orderId").unwrap_or_default()).ok_or(Refused::Unreadable)?;
    let fact = said(body).ok_or(Refused::Unreadable)?;
    Ok(Call { order, fact })
}

/// The body of `query`, the question for an order's state.
#[must_use]
pub fn question(partner: &Partner, order: &OrderId, request: &str) -> Value {
    let signed =
        format!("accessKey={}&orderId={order}&partnerCode={}&requestId={request}", partner.access, partner.code);
    json!({
        "partnerCode": partner.code, "requestId": request, "orderId": order.as_str(), "lang": "vi",
        "signature": sha256(&partner.secret, &signed),
    })
}

/// What MoMo answers to [`question`]: the payment, where there is one. MoMo signs no answers; it is believed because it came over
/// the connection that we opened, and the order must be the one that was asked for.
///
/// # Errors
/// When it is not an answer about this order.
pub fn answer(partner: &Partner, order: &OrderId, answer: &Value) -> Result<Option<Payment>, Refused> {
    if answer["partnerCode"] != partner.code.as_str() || answer["orderId"] != order.as_str() {
        return Err(Refused::OtherPartner);
    }
    match said(answer).ok_or(Refused::Unreadable)? {
        Some(Fact::Paid(payment)) => Ok(Some(payment)),
        _ => Ok(None),
    }
}

/// The body of `refund` of a whole payment.
#[must_use]
pub fn refund(partner: &Partner, payment: &Payment, refund: &OrderId, request: &str) -> Value {
    let (amount, id, why) = (payment.amount, refund.as_str(), "Hoan tien");
    let signed = format!(
        "accessKey={}&amount={amount}&description={why}&orderId={id}&partnerCode={}&requestId={request}&transId={}",
        partner.access, partner.code, payment.transaction,
    );
    json!({
        "partnerCode": partner.code, "orderId": id, "requestId": request, "amount": amount,
        "transId": payment.transaction.parse::<i64>().unwrap_or_default(), "lang": "vi", "description": why,
        "signature": sha256(&partner.secret, &signed),
    })
}

/// 0 is paid; 1000, 7000, 7002, 8000 and 9000 are on their way; all else has failed.
fn said(body: &Value) -> Option<Option<Fact>> {
    let transaction = body["transId"].as_i64()?.to_string();
    Some(match body["resultCode"].as_i64()? {
        0 => {
            let amount = body["amount"].as_i64().filter(|amount| *amount > 0)?;
            Some(Fact::Paid(Payment { transaction, amount, at: body["responseTime"].as_i64()? }))
        }
        1000 | 7000 | 7002 | 8000 | 9000 => None,
        code => Some(Fact::Failed { transaction, code: code.to_string() }),
    })
}
