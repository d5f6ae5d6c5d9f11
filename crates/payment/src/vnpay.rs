//! VNPay, "PAY" 2.1.0: the address a payer is sent to, what VNPay calls us with, the question for an order's state, refunds.
//!
//! Source: sandbox.vnpayment.vn/apis/docs. Amounts there are đồng × 100; times are Việt Nam's, `yyyyMMddHHmmss`.

use crate::order::{Fact, Order, OrderId, Payment};
use crate::sign::{is_sha512, sha512};
use form::Date;
use form_urlencoded::Serializer;
use procedure::calendar::{DAY_MS, Moment};
use serde_json::{Value, json};

/// An office's contract with VNPay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merchant {
    /// `vnp_TmnCode`.
    pub code: String,
    /// `vnp_HashSecret`.
    pub secret: String,
}

/// Why a call is not believed, or changes nothing. Its number and words are what VNPay is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Taken; it need not be said again.
    Confirmed,
    /// There is no such order.
    NoOrder,
    /// Known already.
    Already,
    /// Another amount than the order's.
    WrongAmount,
    /// The signature is not VNPay's.
    WrongSum,
    /// Something failed here; VNPay says it again later.
    Unknown,
}

impl Reply {
    /// `RspCode` and `Message`.
    #[must_use]
    pub const fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Confirmed => ("00", "Confirm Success"),
            Self::NoOrder => ("01", "Order not found"),
            Self::Already => ("02", "Order already confirmed"),
            Self::WrongAmount => ("04", "Invalid amount"),
            Self::WrongSum => ("97", "Invalid Checksum"),
            Self::Unknown => ("99", "Unknown error"),
        }
    }
}

/// The address that a payer's browser is sent to. `note` is told on the payer's statement: ASCII, no person and no benefit.
#[must_use]
pub fn pay_address(address: &str, merchant: &Merchant, order: &Order, note: &str, ip: &str, back: &str) -> String {
    let mut fields = vec![
        ("vnp_Version", "2.1.0".to_owned()),
        ("vnp_Command", "pay".to_owned()),
        ("vnp_TmnCode", merchant.code.clone()),
        ("vnp_Amount", (order.amount * 100).to_string()),
        ("vnp_CurrCode", "VND".to_owned()),
        ("vnp_TxnRef", order.id.to_string()),
        ("vnp_OrderInfo", note.to_owned()),
        ("vnp_OrderType", "other".to_owned()),
        ("vnp_Locale", "vn".to_owned()),
        ("vnp_IpAddr", ip.to_owned()),
        ("vnp_ReturnUrl", back.to_owned()),
        ("vnp_CreateDate", stamp(order.made_at)),
        ("vnp_ExpireDate", stamp(order.until)),
    ];
    fields.sort_unstable();
    let query = encoded(fields.iter().map(|(name, value)| (*name, value.as_str())));
    let sum = sha512(&merchant.secret, &query);
    format!("{address}?{query}&vnp_SecureHash={sum}")
}

/// What VNPay calls us with, its signature found right and its merchant ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `vnp_TxnRef`.
    pub order: OrderId,
    /// In đồng.
    pub amount: i64,
    /// What it says of the order.
    pub fact: Fact,
}

/// Reads a call: the query as it came, without its `?`. `heard_at` stands for a time that is missing.
///
/// # Errors
/// What to answer instead.
pub fn call(query: &str, merchant: &Merchant, heard_at: Moment) -> Result<Call, Reply> {
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let sum = take(&mut fields, "vnp_SecureHash").ok_or(Reply::WrongSum)?;
    let _kind = take(&mut fields, "vnp_SecureHashType");
    fields.retain(|(_, value)| !value.is_empty());
    fields.sort_unstable();
    // A name that comes twice could be read one way here and another way there.
    if fields.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Reply::WrongSum);
    }
    let signed = encoded(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    if !is_sha512(&merchant.secret, &signed, &sum) {
        return Err(Reply::WrongSum);
    }
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    if field("vnp_TmnCode") != merchant.code {
        return Err(Reply::NoOrder);
    }
    let order = OrderId::read(field("vnp_TxnRef")).ok_or(Reply::NoOrder)?;
    let amount = in_dong(field("vnp_Amount")).ok_or(Reply::WrongAmount)?;
    let (response, status) = (field("vnp_ResponseCode"), field("vnp_TransactionStatus"));
    let transaction = field("vnp_TransactionNo").to_owned();
    let fact = match (response, status) {
        ("00", "00") if !transaction.is_empty() => {
            let at = moment(field("vnp_PayDate")).unwrap_or(heard_at).0;
            Fact::Paid(Payment { transaction, amount, at })
        }
        ("00", "00") => return Err(Reply::Unknown),
        _ => Fact::Failed { transaction, code: format!("{response}/{status}") },
    };
    Ok(Call { order, amount, fact })
}

/// The body of `querydr`, the question for an order's state; `request` names the question for a day.
#[must_use]
pub fn question(merchant: &Merchant, order: &Order, request: &str, now: Moment, ip: &str) -> Value {
    let info = "Truy van";
    let (begun, asked) = (stamp(order.made_at), stamp(now));
    let parts = [request, "2.1.0", "querydr", &merchant.code, order.id.as_str(), &begun, &asked, ip, info];
    json!({
        "vnp_RequestId": request, "vnp_Version": "2.1.0", "vnp_Command": "querydr", "vnp_TmnCode": merchant.code,
        "vnp_TxnRef": order.id.as_str(), "vnp_TransactionDate": begun, "vnp_CreateDate": asked, "vnp_IpAddr": ip,
        "vnp_OrderInfo": info, "vnp_SecureHash": sha512(&merchant.secret, &parts.join("|")),
    })
}

/// What VNPay answers to [`question`]: the payment, where there is one; nothing where it is not paid. The signature and the
/// order were found right.
///
/// # Errors
/// When it is not VNPay's answer to this order.
pub fn answer(merchant: &Merchant, order: &Order, answer: &Value, heard_at: Moment) -> Result<Option<Payment>, Reply> {
    let field = |name: &str| match &answer[name] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let names = [
        "vnp_ResponseId",
        "vnp_Command",
        "vnp_ResponseCode",
        "vnp_Message",
        "vnp_TmnCode",
        "vnp_TxnRef",
        "vnp_Amount",
        "vnp_BankCode",
        "vnp_PayDate",
        "vnp_TransactionNo",
        "vnp_TransactionType",
        "vnp_TransactionStatus",
        "vnp_OrderInfo",
        "vnp_PromotionCode",
        "vnp_PromotionAmount",
    ];
    if !is_sha512(&merchant.secret, &names.map(field).join("|"), &field("vnp_SecureHash")) {
        return Err(Reply::WrongSum);
    }
    // 91: VNPay knows no payment of this order.
    if field("vnp_ResponseCode") == "91" {
        return Ok(None);
    }
    if field("vnp_TmnCode") != merchant.code || field("vnp_TxnRef") != order.id.as_str() {
        return Err(Reply::NoOrder);
    }
    if field("vnp_ResponseCode") != "00" || field("vnp_TransactionStatus") != "00" {
        return Ok(None);
    }
    let amount = in_dong(&field("vnp_Amount")).ok_or(Reply::WrongAmount)?;
    let at = moment(&field("vnp_PayDate")).unwrap_or(heard_at).0;
    Ok(Some(Payment { transaction: field("vnp_TransactionNo"), amount, at }))
}

/// The body of a refund of a whole payment; `by` is who gives it back.
#[must_use]
pub fn refund(merchant: &Merchant, order: &Order, payment: &Payment, request: &str, by: &str, now: Moment) -> Value {
    let (amount, begun, asked) = ((payment.amount * 100).to_string(), stamp(order.made_at), stamp(now));
    let (kind, info, ip) = ("02", "Hoan tien", "127.0.0.1");
    let head = [request, "2.1.0", "refund", &merchant.code, kind, order.id.as_str(), &amount, &payment.transaction];
    let signed = [head.join("|"), [&begun, by, &asked, ip, info].join("|")].join("|");
    json!({
        "vnp_RequestId": request, "vnp_Version": "2.1.0", "vnp_Command": "refund", "vnp_TmnCode": merchant.code,
        "vnp_TransactionType": kind, "vnp_TxnRef": order.id.as_str(), "vnp_Amount": amount,
        "vnp_TransactionNo": payment.transaction, "vnp_TransactionDate": begun, "vnp_CreateBy": by,
        "vnp_CreateDate": asked, "vnp_IpAddr": ip, "vnp_OrderInfo": info,
        "vnp_SecureHash": sha512(&merchant.secret, &signed),
    })
}

fn encoded<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn take(fields: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let place = fields.iter().position(|(known, _)| known == name)?;
    Some(fields.remove(place).1)
}

/// VNPay's amount, đồng × 100, as đồng. Only plain digits: no sign, point or exponent.
fn in_dong(text: &str) -> Option<i64> {
    let plain = (1..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let hundredth: i64 = plain.then(|| text.parse().ok())??;
    (hundredth % 100 == 0 && hundredth > 0).then_some(hundredth / 100)
}

/// `yyyyMMddHHmmss` in Việt Nam.
#[must_use]
pub fn stamp(at: Moment) -> String {
    let date = at.date();
    let second = (at.0 - Moment::at(date, 0).0) / 1_000;
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{:04}{:02}{:02}{hour:02}{minute:02}{second:02}", date.year, date.month, date.day)
}

/// The moment that such a stamp tells.
#[must_use]
pub fn moment(stamp: &str) -> Option<Moment> {
    if stamp.len() != 14 || !stamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, until: usize| stamp[from..until].parse::<i64>().ok();
    let day = Date::parse(&format!("{}-{}-{}", &stamp[..4], &stamp[4..6], &stamp[6..8]))?;
    let ms = ((number(8, 10)? * 60 + number(10, 12)?) * 60 + number(12, 14)?) * 1_000;
    (ms < DAY_MS).then(|| Moment::at(day, ms))
}
