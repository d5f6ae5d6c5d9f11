//! `MoMo`'s side of `captureWallet`, v2.

use crate::http::{Answer, post};
use crate::keys::{MOMO_ACCESS, MOMO_CODE, MOMO_SECRET};
use crate::{Fault, Gateway, Order, page};
use payment::sign::{is_sha256, sha256};
use serde_json::{Value, json};

fn text(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// `name=value` in this order, the access key first, as it is signed.
fn signed(value: &Value, names: &[&str]) -> String {
    let parts: Vec<String> = names.iter().map(|name| format!("{name}={}", text(value, name))).collect();
    format!("accessKey={MOMO_ACCESS}&{}", parts.join("&"))
}

/// `create`, `query` and `refund`.
pub(crate) fn asked(gateway: &Gateway, method: &str, body: &str) -> Answer {
    let asked: Value = serde_json::from_str(body).unwrap_or_default();
    let names: &[&str] = match method {
        "create" => &[
            "amount",
            "extraData",
            "ipnUrl",
            "orderId",
            "orderInfo",
            "partnerCode",
            "redirectUrl",
            "requestId",
            "requestType",
        ],
        "refund" => &["amount", "description", "orderId", "partnerCode", "requestId", "transId"],
        _ => &["orderId", "partnerCode", "requestId"],
    };
    let right = is_sha256(MOMO_SECRET, &signed(&asked, names), &text(&asked, "signature"));
    let (name, now) = (text(&asked, "orderId"), (gateway.clock)());
    let mut known = gateway.known();
    if known.fault == Fault::Silent {
        return Answer::silence();
    }
    let mut answer = json!({ "partnerCode": MOMO_CODE, "orderId": name, "requestId": asked["requestId"], "responseTime": now,
        "amount": asked["amount"], "transId": 0, "message": "ok", "resultCode": 0 });
    if !right || text(&asked, "partnerCode") != MOMO_CODE {
        answer["resultCode"] = json!(13);
        return Answer::json(&answer);
    }
    match method {
        "create" => {
            let page = format!("http://{}/momo/pay/{name}", gateway.address);
            let (back, told, note) = (text(&asked, "redirectUrl"), text(&asked, "ipnUrl"), text(&asked, "orderInfo"));
            let amount = asked["amount"].as_i64().unwrap_or_default();
            let order = Order { amount, back, told, ends: String::new(), note, paid: None, refunded: false };
            known.momo.entry(name).or_insert(order);
            answer["qrCodeUrl"] = json!(page);
            answer["payUrl"] = json!(page);
        }
        "refund" => {
            let number = asked["transId"].as_i64().unwrap_or_default();
            let mut paid = known.momo.values_mut();
            let found = paid.find(|order| order.paid.is_some_and(|(known, ..)| known == number));
            answer["resultCode"] =
                json!(found.map_or(42, |order| if std::mem::replace(&mut order.refunded, true) { 41 } else { 0 }));
        }
        _ => match known.momo.get(&name) {
            Some(Order { paid: Some((number, amount, _)), .. }) => {
                answer["transId"] = json!(number);
                answer["amount"] = json!(amount);
            }
            Some(_) => answer["resultCode"] = json!(1000),
            None => answer["resultCode"] = json!(42),
        },
    }
    Answer::json(&answer)
}

/// The page for payers.
pub(crate) fn page(gateway: &Gateway, name: &str) -> Answer {
    match gateway.known().momo.get(name) {
        Some(order) => page::choice("MoMo", order.amount, &order.note, &format!("/momo/pay/{}", page::escaped(name))),
        None => Answer::none(),
    }
}

/// The payer paid or went back.
pub(crate) fn decided(gateway: &Gateway, name: &str, what: &str) -> Answer {
    if what != "pay" {
        let Some(order) = gateway.known().momo.get(name).cloned() else { return Answer::none() };
        let said = told(gateway, name, &order, 1006, MOMO_CODE, MOMO_SECRET);
        gateway.call(Fault::None, &said, post, &order.told);
        return Answer::go(&format!("{}?orderId={name}&resultCode=1006", order.back));
    }
    let Some((order, fault)) = gateway.pay(name, |known| &mut known.momo) else { return Answer::none() };
    let secret = if fault == Fault::Forged { "khóa khác" } else { MOMO_SECRET };
    let code = if fault == Fault::WrongMerchant { "KHAC" } else { MOMO_CODE };
    let said = told(gateway, name, &order, 0, code, secret);
    gateway.call(fault, &said, post, &order.told);
    if fault == Fault::OutOfOrder {
        let failed = told(gateway, name, &Order { paid: None, ..order.clone() }, 1006, MOMO_CODE, MOMO_SECRET);
        gateway.call(Fault::None, &failed, post, &order.told);
    }
    Answer::go(&format!("{}?orderId={name}&resultCode=0", order.back))
}

fn told(gateway: &Gateway, name: &str, order: &Order, result: i64, code: &str, secret: &str) -> String {
    let (number, amount, at) = order.paid.unwrap_or((0, order.amount, (gateway.clock)()));
    let mut said = json!({
        "partnerCode": code, "orderId": name, "requestId": name, "amount": amount, "orderInfo": order.note,
        "orderType": "momo_wallet", "transId": number, "resultCode": result, "message": "ok", "payType": "qr",
        "responseTime": at, "extraData": "",
    });
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
    said["signature"] = json!(sha256(secret, &signed(&said, &names)));
    said.to_string()
}
