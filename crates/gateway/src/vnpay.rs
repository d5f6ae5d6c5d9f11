//! VNPay's side of "PAY" 2.1.0.

use crate::http::{Answer, get};
use crate::keys::{VNPAY_CODE, VNPAY_SECRET};
use crate::{Fault, Gateway, Order, page};
use payment::sign::{is_sha512, sha512};
use payment::vnpay::stamp;
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// `name=value` of all but the signature, by name, as it is signed.
fn signed(fields: &BTreeMap<String, String>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.iter().filter(|(name, value)| *name != "vnp_SecureHash" && !value.is_empty()) {
        out.append_pair(name, value);
    }
    out.finish()
}

/// The page for payers.
pub(crate) fn page(gateway: &Gateway, query: &str) -> Answer {
    let fields: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if !is_sha512(VNPAY_SECRET, &signed(&fields), &field("vnp_SecureHash")) || field("vnp_TmnCode") != VNPAY_CODE {
        return Answer::refused("Sai chữ ký");
    }
    let name = field("vnp_TxnRef");
    let Some(amount) = field("vnp_Amount").parse::<i64>().ok().map(|hundredths| hundredths / 100) else {
        return Answer::refused("Sai số tiền");
    };
    let told = format!("{}/api/v1/payments/vnpay", gateway.site());
    let (back, ends, note) = (field("vnp_ReturnUrl"), field("vnp_ExpireDate"), field("vnp_OrderInfo"));
    let order = Order { amount, back, told, ends, note: note.clone(), paid: None, refunded: false };
    gateway.known().vnpay.entry(name.clone()).or_insert(order);
    page::choice("VNPAY", amount, &note, &format!("/vnpay/{}", page::escaped(&name)))
}

/// The payer paid or went back.
pub(crate) fn decided(gateway: &Gateway, name: &str, what: &str) -> Answer {
    if what != "pay" {
        let Some(order) = gateway.known().vnpay.get(name).cloned() else { return Answer::none() };
        let said = told(name, &order, ("24", "02"), VNPAY_CODE, VNPAY_SECRET);
        gateway.call(Fault::None, &said, get, &order.told);
        return Answer::go(&format!("{}?{said}", order.back));
    }
    let Some((order, fault)) = gateway.pay(name, |known| &mut known.vnpay) else { return Answer::none() };
    let late = stamp(Moment((gateway.clock)())) > order.ends;
    if late && fault != Fault::AfterEnd {
        return Answer::refused("Giao dịch đã hết hạn");
    }
    let secret = if fault == Fault::Forged { "khóa khác" } else { VNPAY_SECRET };
    let code = if fault == Fault::WrongMerchant { "KHAC0001" } else { VNPAY_CODE };
    let said = told(name, &order, ("00", "00"), code, secret);
    gateway.call(fault, &said, get, &order.told);
    if fault == Fault::OutOfOrder {
        let failed = told(name, &Order { paid: None, ..order.clone() }, ("24", "02"), VNPAY_CODE, VNPAY_SECRET);
        gateway.call(Fault::None, &failed, get, &order.told);
    }
    Answer::go(&format!("{}?{said}", order.back))
}

fn told(name: &str, order: &Order, (response, status): (&str, &str), code: &str, secret: &str) -> String {
    let (number, amount, at) = order.paid.unwrap_or((0, order.amount, 0));
    let all = [
        ("vnp_Amount", (amount * 100).to_string()),
        ("vnp_BankCode", "NCB".to_owned()),
        ("vnp_CardType", "ATM".to_owned()),
        ("vnp_OrderInfo", order.note.clone()),
        ("vnp_PayDate", if order.paid.is_some() { stamp(Moment(at)) } else { String::new() }),
        ("vnp_ResponseCode", response.to_owned()),
        ("vnp_TmnCode", code.to_owned()),
        ("vnp_TransactionNo", number.to_string()),
        ("vnp_TransactionStatus", status.to_owned()),
        ("vnp_TxnRef", name.to_owned()),
    ];
    let fields = all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let text = signed(&fields);
    let sum = sha512(secret, &text);
    format!("{text}&vnp_SecureHash={sum}")
}

/// `querydr` and `refund`.
pub(crate) fn asked(gateway: &Gateway, body: &str) -> Answer {
    let asked: Value = serde_json::from_str(body).unwrap_or_default();
    let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
    let names: &[&str] = if asked["vnp_Command"] == "refund" {
        &[
            "RequestId",
            "Version",
            "Command",
            "TmnCode",
            "TransactionType",
            "TxnRef",
            "Amount",
            "TransactionNo",
            "TransactionDate",
            "CreateBy",
            "CreateDate",
            "IpAddr",
            "OrderInfo",
        ]
    } else {
        &[
            "RequestId",
            "Version",
            "Command",
            "TmnCode",
            "TxnRef",
            "TransactionDate",
            "CreateDate",
            "IpAddr",
            "OrderInfo",
        ]
    };
    let signed: Vec<String> = names.iter().map(|name| text(&format!("vnp_{name}"))).collect();
    let mut known = gateway.known();
    if known.fault == Fault::Silent {
        return Answer::silence();
    }
    let name = text("vnp_TxnRef");
    let order = known.vnpay.get_mut(&name);
    let (code, paid) = match order {
        _ if !is_sha512(VNPAY_SECRET, &signed.join("|"), &text("vnp_SecureHash")) => ("97", None),
        Some(order) if asked["vnp_Command"] == "refund" => {
            let again = std::mem::replace(&mut order.refunded, true);
            (
                if order.paid.is_none() {
                    "91"
                } else if again {
                    "94"
                } else {
                    "00"
                },
                order.paid,
            )
        }
        Some(Order { paid: Some(paid), .. }) => ("00", Some(*paid)),
        _ => ("91", None),
    };
    let (number, amount, at) = paid.unwrap_or_default();
    let told = |there: bool, value: String| if there { value } else { String::new() };
    let is = paid.is_some();
    let fields = [
        ("vnp_ResponseId", "1".to_owned()),
        ("vnp_Command", text("vnp_Command")),
        ("vnp_ResponseCode", code.to_owned()),
        ("vnp_Message", "ok".to_owned()),
        ("vnp_TmnCode", VNPAY_CODE.to_owned()),
        ("vnp_TxnRef", name),
        ("vnp_Amount", told(is, (amount * 100).to_string())),
        ("vnp_BankCode", told(is, "NCB".to_owned())),
        ("vnp_PayDate", told(is, stamp(Moment(at)))),
        ("vnp_TransactionNo", told(is, number.to_string())),
        ("vnp_TransactionType", told(is, "01".to_owned())),
        ("vnp_TransactionStatus", told(is, "00".to_owned())),
        ("vnp_OrderInfo", text("vnp_OrderInfo")),
        ("vnp_PromotionCode", String::new()),
        ("vnp_PromotionAmount", String::new()),
    ];
    let sum = sha512(VNPAY_SECRET, &fields.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("|"));
    let mut answer: Value = fields.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    answer["vnp_SecureHash"] = json!(sum);
    Answer::json(&answer)
}
