//! The providers' messages, held against signatures that another program computed, and against whatever strangers send.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use payment::momo::{self, Partner, Refused};
use payment::vnpay::{self, Merchant, Reply};
use payment::{Fact, Order, OrderId, Payment, Provider};
use procedure::calendar::Moment;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Sunday, 22 November 2026, 14:05 in Việt Nam.
const MADE: Moment = Moment(1_795_331_100_000);
const NOW: Moment = Moment(1_795_332_000_000);
const ID: &str = "0123456789ABCDEFGHJK";

fn order(provider: Provider) -> Order {
    let id = OrderId::read(ID).unwrap();
    Order { id, provider, amount: 75_000, made_at: MADE, until: Moment(MADE.0 + 15 * 60_000) }
}

fn merchant() -> Merchant {
    Merchant { code: "DEMOV210".to_owned(), secret: "RAOEXHYVSDDIIENYWSLDIIZTANXUXZFJ".to_owned() }
}

fn partner() -> Partner {
    let (access, secret) = ("F8BBA842ECF85".to_owned(), "K951B6PE1waDMi640xX08PD3vg6EkVlz".to_owned());
    Partner { code: "MOMO".to_owned(), access, secret }
}

/// Made by Python's `urllib` and `hmac` from the fields alone.
const CALL: &str = "vnp_Amount=7500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM&vnp_OrderInfo=Nop+le+phi+ho+so&vnp_PayDate=20261122140812&vnp_ResponseCode=00&vnp_TmnCode=DEMOV210&vnp_TransactionNo=14226112&vnp_TransactionStatus=00&vnp_TxnRef=0123456789ABCDEFGHJK&vnp_SecureHash=e510474b43a4ce4885256930dff929e9841a019752209e6c5a862d1757769143911f3cea8e41501e742e83cb7f0132a3cc4ddca24041231063a5a6abcddc221a";

fn paid() -> Fact {
    Fact::Paid(Payment { transaction: "14226112".to_owned(), amount: 75_000, at: MADE.0 + 192_000 })
}

#[test]
fn a_payer_is_sent_to_vnpay_with_a_signature_that_fits() {
    let address = vnpay::pay_address(
        "https://pay.example/vpcpay.html",
        &merchant(),
        &order(Provider::Vnpay),
        "Nop le phi ho so",
        "203.0.113.7",
        "https://motcua.example/pay/back",
    );
    assert_eq!(
        address,
        "https://pay.example/vpcpay.html?vnp_Amount=7500000&vnp_Command=pay&vnp_CreateDate=20261122140500&vnp_CurrCode=VND&vnp_ExpireDate=20261122142000&vnp_IpAddr=203.0.113.7&vnp_Locale=vn&vnp_OrderInfo=Nop+le+phi+ho+so&vnp_OrderType=other&vnp_ReturnUrl=https%3A%2F%2Fmotcua.example%2Fpay%2Fback&vnp_TmnCode=DEMOV210&vnp_TxnRef=0123456789ABCDEFGHJK&vnp_Version=2.1.0&vnp_SecureHash=add74d28d82fb299974a8d2fed459426132bd1e9641b141a21a3241ab6f918ce4cf9477d388deb5c99b8e4155cb9a9450722be6e0cc9a181d09293903ba45556"
    );
}

#[test]
fn what_vnpay_calls_with_is_read_and_nothing_else_is() {
    let call = vnpay::call(CALL, &merchant(), NOW).unwrap();
    assert_eq!((call.order.as_str(), call.amount, call.fact), (ID, 75_000, paid()));
    // Their own order of fields does not matter, nor does the case of the signature.
    let (fields, sum) = CALL.rsplit_once("&vnp_SecureHash=").unwrap();
    let mut fields: Vec<&str> = fields.split('&').collect();
    fields.reverse();
    let other = format!("vnp_SecureHash={}&{}", sum.to_uppercase(), fields.join("&"));
    assert_eq!(vnpay::call(&other, &merchant(), NOW).unwrap().fact, paid());
    for (forged, reply) in [
        (CALL.replace("7500000", "1000000"), Reply::WrongSum),
        (CALL.replace("&vnp_SecureHash", "&vnp_Amount=100&vnp_SecureHash"), Reply::WrongSum),
        (CALL.replace("ResponseCode=00", "ResponseCode=0"), Reply::WrongSum),
        (CALL.replace("vnp_SecureHash=", "vnp_SecureHash=0"), Reply::WrongSum),
        (CALL[..CALL.len() - 2].to_owned(), Reply::WrongSum),
        (fields.join("&"), Reply::WrongSum),
        (String::new(), Reply::WrongSum),
    ] {
        assert_eq!(vnpay::call(&forged, &merchant(), NOW), Err(reply), "{forged}");
    }
    let other = Merchant { code: "OTHER".to_owned(), ..merchant() };
    assert_eq!(vnpay::call(CALL, &other, NOW), Err(Reply::NoOrder), "another merchant with the same secret");
    let other = Merchant { secret: "another".to_owned(), ..merchant() };
    assert_eq!(vnpay::call(CALL, &other, NOW), Err(Reply::WrongSum));
}

/// Signs fields as VNPay would.
fn signed(fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    // What is empty is not signed.
    fields.retain(|(_, value)| !value.is_empty());
    fields.sort_unstable();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("{query}&vnp_SecureHash={}", payment::sign::sha512(&merchant().secret, &query))
}

#[test]
fn amounts_and_codes_of_vnpay_mean_what_they_say() {
    let with = |amount: &str, response: &str, status: &str, transaction: &str| {
        let fields = [
            ("vnp_Amount", amount),
            ("vnp_ResponseCode", response),
            ("vnp_TmnCode", "DEMOV210"),
            ("vnp_TransactionNo", transaction),
            ("vnp_TransactionStatus", status),
            ("vnp_TxnRef", ID),
        ];
        vnpay::call(&signed(&fields), &merchant(), NOW)
    };
    for amount in ["7500000.0", "75e5", "-7500000", "+7500000", "0", "7500001", "99999999999999999999", "٧٥٠٠٠٠٠", " 1"]
    {
        assert_eq!(with(amount, "00", "00", "1"), Err(Reply::WrongAmount), "{amount}");
    }
    for (response, status) in [("24", "02"), ("00", "01"), ("07", "00"), ("11", "02"), ("", "00"), ("00", "")] {
        let said = with("7500000", response, status, "9").unwrap().fact;
        assert_eq!(said, Fact::Failed { transaction: "9".to_owned(), code: format!("{response}/{status}") });
    }
    assert_eq!(with("7500000", "00", "00", ""), Err(Reply::Unknown), "money without a number cannot be counted once");
    let without_time = with("7500000", "00", "00", "5").unwrap().fact;
    assert_eq!(without_time, Fact::Paid(Payment { transaction: "5".to_owned(), amount: 75_000, at: NOW.0 }));
}

#[test]
fn vnpay_is_asked_and_its_answer_believed_when_it_is_signed() {
    let asked = vnpay::question(&merchant(), &order(Provider::Vnpay), "r7", NOW, "203.0.113.7");
    assert_eq!(
        asked["vnp_SecureHash"],
        "cbcb936141a91c6f0bf0d0b93f4284222e8206d45b86d81df7b816cfacf9eec2c9659f42af417a3c2552e7594741c4ef6062512b846b55b38bc1981664acb063"
    );
    let payment = Payment { transaction: "14226112".to_owned(), amount: 75_000, at: 0 };
    let at = Moment(MADE.0 + 55 * 60_000);
    let back = vnpay::refund(&merchant(), &order(Provider::Vnpay), &payment, "r8", "Le Thi Hien", at);
    assert_eq!(
        back["vnp_SecureHash"],
        "7e228593d62b54d66af92771a643efb4f0a8c33fdd103669f686fb44e3f8ce9ab931c517a355952830354351fa0e67ef922353e95938e7e1f505d2aed5acc859"
    );
    let answer = |response: &str, status: &str, reference: &str, forged: bool| {
        let parts = [
            "id",
            "querydr",
            response,
            "ok",
            "DEMOV210",
            reference,
            "7500000",
            "NCB",
            "20261122140812",
            "14226112",
            "01",
            status,
            "Nop le phi ho so",
            "",
            "",
        ];
        let sum = payment::sign::sha512(&merchant().secret, &parts.join("|"));
        json!({
            "vnp_ResponseId": "id", "vnp_Command": "querydr", "vnp_ResponseCode": response, "vnp_Message": "ok",
            "vnp_TmnCode": "DEMOV210", "vnp_TxnRef": reference, "vnp_Amount": if forged { 1 } else { 7_500_000 },
            "vnp_BankCode": "NCB", "vnp_PayDate": "20261122140812", "vnp_TransactionNo": "14226112",
            "vnp_TransactionType": "01", "vnp_TransactionStatus": status, "vnp_OrderInfo": "Nop le phi ho so",
            "vnp_SecureHash": sum,
        })
    };
    let heard = |said: &Value| vnpay::answer(&merchant(), &order(Provider::Vnpay), said, NOW);
    let Fact::Paid(payment) = paid() else { panic!() };
    assert_eq!(heard(&answer("00", "00", ID, false)), Ok(Some(payment)));
    assert_eq!(heard(&answer("00", "01", ID, false)), Ok(None));
    assert_eq!(heard(&answer("91", "", "", false)), Ok(None));
    assert_eq!(heard(&answer("00", "00", "9123456789ABCDEFGHJK", false)), Err(Reply::NoOrder));
    assert_eq!(heard(&answer("00", "00", ID, true)), Err(Reply::WrongSum));
    assert_eq!(heard(&json!({})), Err(Reply::WrongSum));
}

fn momo_call() -> Value {
    json!({
        "partnerCode": "MOMO", "orderId": ID, "requestId": "r1", "amount": 75_000, "orderInfo": "Nop le phi ho so",
        "orderType": "momo_wallet", "transId": 2_588_659_987_u64, "resultCode": 0, "message": "Successful.",
        "payType": "qr", "responseTime": 1_795_331_292_000_u64, "extraData": "",
        "signature": "660ca921f03e697785935860f5724f9f188245973c3f89229ffdbfc856b8fcf3",
    })
}

#[test]
fn momo_is_asked_for_a_payment_and_its_call_is_read() {
    let note = "Nop le phi ho so";
    let (back, told) = ("https://motcua.example/pay/back", "https://motcua.example/api/v1/payments/momo");
    let create = momo::create(&partner(), &order(Provider::Momo), "r1", note, back, told);
    assert_eq!(create["signature"], "ce87421bbe557e45354bc32f7439203e992ead49eed227d88b9fae02ce5f945f");
    let call = momo::call(&partner(), &momo_call()).unwrap();
    let payment = Payment { transaction: "2588659987".to_owned(), amount: 75_000, at: 1_795_331_292_000 };
    assert_eq!((call.order.as_str(), call.fact), (ID, Some(Fact::Paid(payment.clone()))));
    for (name, value) in [
        ("amount", json!(1_000)),
        ("resultCode", json!(1006)),
        ("orderId", json!("9123456789ABCDEFGHJK")),
        ("partnerCode", json!("OTHER")),
        ("transId", json!(1)),
        ("extraData", json!("x")),
        ("amount", json!(75_000.5)),
        ("message", Value::Null),
        ("signature", json!("")),
        ("signature", json!(7)),
    ] {
        let mut forged = momo_call();
        forged[name] = value.clone();
        assert!(momo::call(&partner(), &forged).is_err(), "{name} = {value}");
    }
    let other = Partner { code: "OTHER".to_owned(), ..partner() };
    assert_eq!(momo::call(&other, &momo_call()), Err(Refused::OtherPartner));
    let id = OrderId::read(ID).unwrap();
    assert_eq!(momo::answer(&partner(), &id, &momo_call()), Ok(Some(payment)));
    let mut waits = momo_call();
    waits["resultCode"] = json!(1000);
    assert_eq!(momo::answer(&partner(), &id, &waits), Ok(None));
    assert!(momo::answer(&partner(), &id, &json!({})).is_err());
}

/// How many are tried: so many, or what `MOTCUA_CALLS` says.
fn tries(usual: u32) -> ProptestConfig {
    let asked = std::env::var("MOTCUA_CALLS").ok().and_then(|count| count.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(tries(20_000))]

    /// Whatever is changed in a call: it is refused, or says what it said before.
    #[test]
    fn no_changed_call_of_vnpay_credits_anything(place in 0..CALL.len(), sign in any::<u8>(), what in 0_u8..4) {
        let mut bytes = CALL.as_bytes().to_vec();
        match what {
            0 => bytes[place] = sign,
            1 => { bytes.remove(place); }
            2 => bytes.insert(place, sign),
            _ => { let tail = bytes[place..].to_vec(); bytes.extend(tail); }
        }
        if let Ok(query) = String::from_utf8(bytes)
            && let Ok(call) = vnpay::call(&query, &merchant(), NOW)
        {
            prop_assert_eq!((call.order.as_str(), call.amount, call.fact), (ID, 75_000, paid()));
        }
    }

    /// The same for MoMo: each field with any other text or number.
    #[test]
    fn no_changed_call_of_momo_credits_anything(field in 0_usize..13, text in ".{0,12}", number in any::<i64>(), which: bool) {
        let mut forged = momo_call();
        let name = forged.as_object().unwrap().keys().nth(field).unwrap().clone();
        forged[&name] = if which { json!(text) } else { json!(number) };
        if let Ok(call) = momo::call(&partner(), &forged) {
            prop_assert_eq!(call.fact, momo::call(&partner(), &momo_call()).unwrap().fact);
        }
    }
}
