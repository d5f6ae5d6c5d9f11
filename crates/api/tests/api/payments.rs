//! Paying a fee, against a gateway over real HTTP with all its faults: nothing is credited falsely, nothing is lost.

use crate::desk::{Office, done, office};
use crate::outside::{Server, body, send};
use crate::world::{NOW, Signed, World, forms_folder, key};
use api::offer::Offer;
use api::payments::job::ask_due;
use axum::body::Body;
use axum::http::Request;
use gateway::{Fault, Gateway, system_clock};
use payment::{Account, OrderId};
use procedure::calendar::Moment;
use serde_json::{Value, json};
use std::sync::Arc;

const FEE: i64 = 150_000;
const MINUTE: i64 = 60_000;

/// Sends a dossier with a fee; its code.
async fn with_fee(world: &World, number: u32) -> String {
    let mut filing = world.filing();
    filing["procedure"] = json!("co-phi");
    filing["fingerprint"] = json!(world.app.offer.library.procedures["co-phi"].fingerprint());
    let answer = world.submit(&key(number), &filing).await;
    assert_eq!(answer.status, 201, "{}", answer.json());
    answer.json()["code"].as_str().unwrap().to_owned()
}

fn begun(code: &str, provider: &str) -> Value {
    json!({ "code": code, "digits": "0123", "provider": provider })
}

async fn begin_as(world: &World, number: u32, body: &Value) -> crate::world::Answer {
    world.send(crate::world::json_request("/api/v1/payments", Some(&key(number)), body.to_string())).await
}

async fn begin(world: &World, code: &str, provider: &str, number: u32) -> Value {
    let answer = begin_as(world, number, &begun(code, provider)).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

async fn standing(world: &World, code: &str) -> Value {
    let answer = world.post("/api/v1/payments/standing", &json!({ "code": code, "digits": "0123" })).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

/// Does at the gateway's page what a payer does there: `pay` or `cancel`. Gives where the payer is sent back to.
async fn at_the_page(to_pay: &Value, what: &'static str) -> String {
    let page = to_pay["pay_url"].as_str().unwrap().to_owned();
    let order = to_pay["order"].as_str().unwrap().to_owned();
    let done = tokio::task::spawn_blocking(move || {
        let (address, path) = page.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (status, _, shown) = send(address, "GET", &format!("/{path}"), &[], "").unwrap();
        let shown = String::from_utf8(shown).unwrap();
        assert!(status == 200 && shown.contains("Thanh toán") && shown.contains("150.000 đồng"), "{shown}");
        let begin = if path.starts_with("momo") { "/momo/pay" } else { "/vnpay" };
        let (status, head, _) = send(address, "POST", &format!("{begin}/{order}/{what}"), &[], "").unwrap();
        (status, head)
    });
    let (status, head) = done.await.unwrap();
    assert_eq!(status, 303, "{head}");
    head.split("location: ").nth(1).unwrap().lines().next().unwrap().to_owned()
}

/// What the ledger has of an order: with the provider, taken, to be given back. Always nothing together.
async fn ledger(world: &World, order: &Value) -> (i64, i64, i64) {
    let id = OrderId::read(order["order"].as_str().unwrap()).unwrap();
    let kept = world.app.store.order(&id).await.unwrap().unwrap();
    let found = world.app.store.ledger_of(&id).await.unwrap();
    assert_eq!(found, payment::ledger::balances(&kept.order, &kept.facts));
    let of = |account| found.iter().find(|one| one.account == account).map_or(0, |one| one.amount);
    let sides = (of(Account::With(kept.order.provider)), of(Account::Fee), of(Account::ToRefund));
    assert_eq!(sides.0 + sides.1 + sides.2, 0);
    (sides.0, -sides.1, -sides.2)
}

async fn later(world: &mut World, minutes: i64) {
    let now = Moment(world.app.now().0 + minutes * MINUTE);
    world.keep_budgets_until(now);
    ask_due(&world.app).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fee_is_paid_in_three_ways_and_once() {
    let (mut world, _gateway) = World::paying().await;
    for (number, provider) in [(1, "vnpay"), (2, "momo")] {
        let code = with_fee(&world, number).await;
        let before = standing(&world, &code).await;
        assert_eq!((&before["amount"], &before["paid_at"]), (&json!(FEE), &Value::Null));
        assert_eq!(before["words"], "một trăm năm mươi nghìn đồng");
        assert_eq!(before["providers"], json!(["vnpay", "momo", "vietqr"]));
        let order = begin(&world, &code, provider, 10 * number).await;
        // Pressing again, with the same key or another one, is the same order while nothing is known of it.
        assert_eq!(begin(&world, &code, provider, 10 * number).await, order);
        assert_eq!(begin(&world, &code, provider, 10 * number + 1).await, order);
        let back = at_the_page(&order, "pay").await;
        assert!(back.starts_with("http://127.0.0.1") && back.contains("/track?"), "{back}");
        // Nothing is credited by the call alone; the provider, asked, affirms it.
        assert_eq!(ledger(&world, &order).await, (0, 0, 0));
        assert_eq!(ask_due(&world.app).await.unwrap(), 1);
        assert_eq!(ledger(&world, &order).await, (FEE, FEE, 0));
        let after = standing(&world, &code).await;
        assert_eq!((&after["paid_at"], &after["providers"]), (&json!(NOW.0), &json!([])));
        assert_eq!(after["orders"][0]["standing"], "paid");
        let again = begin_as(&world, 10 * number + 2, &begun(&code, "vietqr")).await;
        assert_eq!(again.problem(), (409, "nothing-to-pay".to_owned()));
    }
    let paid = |row: &(String, String, String)| row.0 == "payment-paid";
    assert_eq!(world.audit().iter().filter(|row| paid(row)).count(), 2);
    later(&mut world, 60).await;
    assert_eq!(world.audit().iter().filter(|row| paid(row)).count(), 2, "asking again credits nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_ends_right() {
    let (mut world, gateway) = World::paying().await;
    let took = (FEE, FEE, 0);
    let nothing = (0, 0, 0);
    let mut number = 0;
    for provider in ["vnpay", "momo"] {
        for (fault, ends) in [
            (Fault::None, took),
            (Fault::Double, took),
            (Fault::NoCall, took),
            (Fault::Late, took),
            (Fault::OutOfOrder, took),
            (Fault::Forged, nothing),
            (Fault::Untrue, nothing),
            (Fault::WrongMerchant, took),
            (Fault::WrongAmount, (FEE - 1_000, 0, FEE - 1_000)),
            (Fault::AfterEnd, (FEE, 0, FEE)),
        ] {
            number += 1;
            let code = with_fee(&world, number).await;
            let order = begin(&world, &code, provider, 1_000 + number).await;
            gateway.fault(fault);
            at_the_page(&order, "pay").await;
            gateway.fault(Fault::None);
            // The call that got lost is found within a quarter of an hour.
            for _ in 0..5 {
                later(&mut world, 3).await;
            }
            assert_eq!(ledger(&world, &order).await, ends, "{provider} {fault:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_provider_is_asked_until_it_answers() {
    let (mut world, gateway) = World::paying().await;
    let code = with_fee(&world, 1).await;
    let order = begin(&world, &code, "vnpay", 10).await;
    gateway.fault(Fault::Silent);
    at_the_page(&order, "pay").await;
    later(&mut world, 3).await;
    assert_eq!(ledger(&world, &order).await, (0, 0, 0));
    let told = standing(&world, &code).await;
    assert_eq!((&told["orders"][0]["standing"], &told["paid_at"]), (&json!("checking"), &Value::Null));
    // Two days later it still waits.
    later(&mut world, 2 * 24 * 60).await;
    assert_eq!(standing(&world, &code).await["orders"][0]["standing"], "checking");
    gateway.fault(Fault::None);
    later(&mut world, 61).await;
    assert_eq!(ledger(&world, &order).await, (FEE, FEE, 0), "paid in time, though it was heard of late");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cancels_may_try_again_and_who_pays_twice_gets_one_back() {
    let (mut world, _gateway) = World::paying().await;
    let code = with_fee(&world, 1).await;
    let first = begin(&world, &code, "vnpay", 10).await;
    at_the_page(&first, "cancel").await;
    assert_eq!(standing(&world, &code).await["orders"][0]["standing"], "failed");
    let second = begin(&world, &code, "vnpay", 11).await;
    assert_ne!(first["order"], second["order"]);
    let third = begin(&world, &code, "momo", 12).await;
    at_the_page(&second, "pay").await;
    later(&mut world, 1).await;
    at_the_page(&third, "pay").await;
    later(&mut world, 1).await;
    assert_eq!(ledger(&world, &second).await, (FEE, FEE, 0));
    assert_eq!(ledger(&world, &third).await, (FEE, 0, FEE), "the fee is taken once, the other is owed back");
}

/// Everything that can be done to a call of VNPay's and MoMo's that was really made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_mutated_repeated_or_shuffled_call_credits_or_loses_anything() {
    let (world, gateway) = World::paying().await;
    let code = with_fee(&world, 1).await;
    let (vnpay, momo) = (begin(&world, &code, "vnpay", 10).await, begin(&world, &code, "momo", 11).await);
    // Told and rightly signed, and not so: whoever believed a call would credit it.
    gateway.fault(Fault::Untrue);
    at_the_page(&vnpay, "pay").await;
    at_the_page(&momo, "pay").await;
    let calls = gateway.calls();
    let many: usize = std::env::var("MOTCUA_CALLS").ok().and_then(|text| text.parse().ok()).unwrap_or(20_000);
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let signs = b"0123456789abcdefABCDEFvnp_=&%+-. \"{}:,\\u";
    for round in 0..many {
        let which = round % 2;
        let mut bytes = calls[which].clone().into_bytes();
        for _ in 0..random(4) {
            let place = random(bytes.len());
            match random(4) {
                0 => bytes[place] = signs[random(signs.len())],
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, signs[random(signs.len())]),
                _ => {
                    let part = bytes[place..(place + random(30)).min(bytes.len())].to_vec();
                    let to = random(bytes.len());
                    bytes.splice(to..to, part);
                }
            }
        }
        let text = String::from_utf8(bytes).unwrap();
        let request = if which == 0 {
            let query = text.replace([' ', '"', '{', '}', '\\'], "+");
            Request::get(format!("/api/v1/payments/vnpay?{query}")).body(Body::empty()).unwrap()
        } else {
            crate::world::json_request("/api/v1/payments/momo", None, text)
        };
        let status = world.send(request).await.status.as_u16();
        assert!(matches!(status, 200 | 204 | 400), "{status}");
    }
    ask_due(&world.app).await.unwrap();
    assert_eq!((ledger(&world, &vnpay).await, ledger(&world, &momo).await), ((0, 0, 0), (0, 0, 0)), "no false credit");
    // And then it is really paid.
    gateway.fault(Fault::Double);
    at_the_page(&vnpay, "pay").await;
    ask_due(&world.app).await.unwrap();
    assert_eq!(ledger(&world, &vnpay).await, (FEE, FEE, 0), "no lost credit");
}

fn statement(lines: &[(&str, &str, &str)]) -> String {
    let line = |(number, amount, says): &(&str, &str, &str)| format!("22/11/2026 14:06;{number};;{amount};{says}\n");
    let lines: String = lines.iter().map(line).collect();
    format!("Ngày giao dịch;Số tham chiếu;Ghi nợ;Ghi có;Nội dung\n{lines}")
}

async fn bring(world: &World, officer: &Signed, text: String) -> crate::world::Answer {
    let request = Request::post("/api/v1/desk/statements").header("content-type", "application/octet-stream");
    world.send(officer.with(request.body(Body::from(text)).unwrap())).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_closes_transfers_and_bringing_it_again_changes_nothing() {
    let (world, _gateway) = World::paying().await;
    let office = office(&world).await;
    let code = with_fee(&world, 1).await;
    let order = begin(&world, &code, "vietqr", 10).await;
    let transfer = &order["transfer"];
    assert_eq!((&transfer["account"], &transfer["holder"]), (&json!("1234567890"), &json!("KHO BAC THU")));
    assert!(payment::vietqr::is_whole(transfer["payload"].as_str().unwrap()));
    assert!(order["qr"].as_array().unwrap().len() > 20);
    let purpose = transfer["purpose"].as_str().unwrap().to_lowercase();
    let says = format!("MBVCB.1.{purpose}.CT tu 0900000123");
    let text = statement(&[("FT1", "150.000", &says), ("FT2", "99.000", "chuyen khoan")]);
    let read = bring(&world, &office.head, text.clone()).await.json();
    assert_eq!((&read["matched"][0]["standing"], &read["matched"][0]["before"]), (&json!("paid"), &json!(false)));
    assert_eq!((&read["unmatched"][0]["transaction"], read["unmatched"].as_array().unwrap().len()), (&json!("FT2"), 1));
    assert_eq!(ledger(&world, &order).await, (FEE, FEE, 0));
    assert!(standing(&world, &code).await["paid_at"].is_i64());
    let audit = world.audit().len();
    let again = bring(&world, &office.head, text).await.json();
    assert_eq!(again["matched"][0]["before"], true);
    assert_eq!((ledger(&world, &order).await, world.audit().len()), ((FEE, FEE, 0), audit));
    let none = bring(&world, &office.head, "không phải sao kê".to_owned()).await;
    assert_eq!(none.problem().0, 422);
    let stranger = world.officer("Người Xa", "0900000129", "19353", &[procedure::Role::DeskHead]).await;
    let theirs = bring(&world, &stranger, statement(&[("FT3", "150.000", &says)])).await.json();
    assert_eq!(theirs["matched"], json!([]), "not theirs to close");
}

async fn receipt(world: &World, code: &str) -> crate::world::Answer {
    world.post("/api/v1/payments/receipt", &json!({ "code": code, "digits": "0123" })).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paid_fee_has_its_receipt_and_stands_in_the_way_of_its_dossier() {
    let (mut world, _gateway) = World::paying().await;
    let Office { one_stop, .. } = office(&world).await;
    let code = with_fee(&world, 1).await;
    let (first, second) = (begin(&world, &code, "momo", 10).await, begin(&world, &code, "vnpay", 11).await);
    assert_eq!(receipt(&world, &code).await.problem(), (409, "not-paid".to_owned()));
    let track = |code: String| json!({ "code": code });
    let before = world.post("/api/v1/track", &track(code.clone())).await.json();
    assert_eq!(before["fee"], "unpaid");
    at_the_page(&first, "pay").await;
    later(&mut world, 1).await;
    at_the_page(&second, "pay").await;
    later(&mut world, 1).await;
    // Whoever has the code alone sees that it was paid and when, and no amount.
    let after = world.post("/api/v1/track", &track(code.clone())).await.json();
    let events: Vec<_> = after["entries"].as_array().unwrap().iter().map(|entry| entry["event"].clone()).collect();
    assert_eq!((&after["fee"], &events[..2]), (&json!("paid"), &[json!("sent"), json!("fee-paid")][..]));
    assert_eq!(after["entries"][1]["at"], NOW.0);
    assert!(!after.to_string().contains("150"), "{after}");
    let paper = receipt(&world, &code).await;
    assert_eq!(paper.status, 200);
    let said = crate::print::text(&paper.body);
    for words in [
        "BIÊN LAI THU PHÍ, LỆ PHÍ",
        "Số tiền: 150.000 đồng",
        "Bằng chữ: Một trăm năm mươi nghìn đồng",
        "Hình thức nộp: Ví MoMo",
        "Khoản nộp thừa 150.000 đồng (VNPay",
        "đang được hoàn lại",
        first["order"].as_str().unwrap(),
    ] {
        assert!(
            said.contains(&words.split_whitespace().collect::<String>()) || said.contains(words),
            "{words}: {said}"
        );
    }
    assert!(!said.contains(&code), "the code is on no paper");
    for (code, digits) in [(code.as_str(), "9999"), ("7K3M-0TQ9-XW4D-5", "0123")] {
        let answer = world.post("/api/v1/payments/receipt", &json!({ "code": code, "digits": digits })).await;
        assert_eq!(answer.problem(), (404, "digits-wrong".to_owned()));
    }
    // Citizens see what goes back; officers too, among what has happened, with the same paper.
    let told = standing(&world, &code).await;
    let back = json!([{ "amount": FEE, "provider": "vnpay", "asked": false, "gone_at": null }]);
    assert_eq!((&told["back"], &told["refund_days"]), (&back, &json!(5)));
    let queue = world.send(one_stop.get("/api/v1/desk/dossiers")).await.json();
    let path = format!("/api/v1/desk/dossiers/{}", queue["rows"][0]["id"].as_str().unwrap());
    let dossier = world.send(one_stop.get(&path)).await.json();
    let history: Vec<_> = dossier["history"].as_array().unwrap().iter().map(|event| event["says"].clone()).collect();
    assert_eq!(history[0], "Nhận 150.000 đồng không phải nộp, phải hoàn (VNPay)");
    assert_eq!(history[1], "Người dân nộp phí, lệ phí: 150.000 đồng (Ví MoMo)");
    assert!(dossier["slips"].as_array().unwrap().contains(&json!("fee-receipt")));
    let theirs = world.send(one_stop.get(&format!("{path}/slips/fee-receipt"))).await;
    assert!(theirs.status == 200 && theirs.body.starts_with(b"%PDF"));
}

async fn refund(world: &World, officer: &Signed, order: &Value, transaction: &str, step: &str) -> crate::world::Answer {
    let path = format!("/api/v1/desk/payments/{}/refund", order["order"].as_str().unwrap());
    world.send(officer.post(&path, None, &json!({ "transaction": transaction, "step": step }))).await
}

async fn head_name(world: &World, officer: &Signed) -> Value {
    world.send(officer.get("/api/v1/officers/me")).await.json()["name"].clone()
}

async fn listed(world: &World, officer: &Signed) -> Value {
    let answer = world.send(officer.get("/api/v1/desk/payments?from=2026-11-22&until=2026-11-22")).await;
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_owed_goes_back_by_two_officers() {
    let (mut world, gateway) = World::paying().await;
    let Office { one_stop, head, leader, .. } = office(&world).await;
    for (number, provider) in [(1_u32, "vnpay"), (2, "momo")] {
        let code = with_fee(&world, number).await;
        let order = begin(&world, &code, provider, 10 + number).await;
        at_the_page(&order, "pay").await;
        later(&mut world, 0).await;
        assert_eq!(ledger(&world, &order).await, (FEE, FEE, 0));
        // The desk does not receive it: the fee is owed back, in the transaction of that very act.
        let queue = world.send(one_stop.get("/api/v1/desk/dossiers")).await.json();
        let id = queue["rows"][0]["id"].as_str().unwrap().to_owned();
        done(&world, &one_stop, &id, 100 + number, json!({ "name": "propose-refusal", "reason": "thử" })).await;
        done(&world, &head, &id, 200 + number, json!({ "name": "refuse", "reason": "thử" })).await;
        assert_eq!(ledger(&world, &order).await, (FEE, 0, FEE));
        let list = listed(&world, &head).await;
        assert_eq!((&list["to_refund"], &list["rows"][0]["order"]), (&json!(FEE), &order["order"]));
        let transaction = list["rows"][0]["to_give_back"][0]["transaction"].as_str().unwrap().to_owned();
        let early = refund(&world, &leader, &order, &transaction, "confirm").await;
        assert_eq!(early.problem(), (409, "nothing-to-refund".to_owned()), "nobody has asked");
        let told = &list["rows"][0]["to_give_back"][0];
        assert_eq!((&told["askable"], &told["asked_by"]), (&json!(true), &Value::Null));
        assert_eq!(world.post("/api/v1/track", &json!({ "code": code })).await.json()["fee"], "refund");
        assert_eq!(receipt(&world, &code).await.problem(), (409, "not-paid".to_owned()), "nothing is owed any more");
        assert_eq!(refund(&world, &head, &order, &transaction, "ask").await.status, 200);
        let seen = |list: &Value| {
            let told = &list["rows"][0]["to_give_back"][0];
            (told["askable"].clone(), told["confirmable"].clone(), told["asked_by"].clone())
        };
        let asker = head_name(&world, &head).await;
        assert_eq!(seen(&listed(&world, &head).await), (json!(false), json!(false), asker.clone()));
        assert_eq!(seen(&listed(&world, &leader).await), (json!(false), json!(true), asker));
        assert_eq!(standing(&world, &code).await["back"][0]["asked"], true);
        let alone = refund(&world, &head, &order, &transaction, "confirm").await;
        assert_eq!(alone.problem(), (409, "same-person".to_owned()));
        assert_eq!(refund(&world, &one_stop, &order, &transaction, "confirm").await.status, 404);
        // The provider is silent: it stays owed, and confirming again goes on.
        gateway.fault(Fault::Silent);
        let silent = refund(&world, &leader, &order, &transaction, "confirm").await;
        assert_eq!(silent.problem(), (502, "provider-silent".to_owned()));
        gateway.fault(Fault::None);
        let gone = refund(&world, &leader, &order, &transaction, "confirm").await.json();
        assert_eq!((&gone["standing"], &gone["to_give_back"]), (&json!("refunded"), &json!([])));
        assert_eq!(ledger(&world, &order).await, (0, 0, 0));
        assert!(gone["refunded_at"].is_i64());
        let list = listed(&world, &leader).await;
        let sums = [&list["taken"], &list["to_refund"], &list["refunded"], &list["may_bring"]];
        assert_eq!(sums, [&json!(0), &json!(0), &json!(FEE * i64::from(number)), &json!(false)]);
        assert_eq!(listed(&world, &head).await["may_bring"], true);
        assert!(standing(&world, &code).await["back"][0]["gone_at"].is_i64());
        let twice = refund(&world, &leader, &order, &transaction, "confirm").await;
        assert_eq!(twice.problem(), (409, "nothing-to-refund".to_owned()));
    }
}

#[tokio::test]
async fn what_opens_a_dossier_opens_its_fee_and_nothing_else_does() {
    let (world, _gateway): (World, Arc<Gateway>) = World::paying().await;
    let code = with_fee(&world, 1).await;
    for (code, digits) in [(code.as_str(), "9999"), ("7K3M-0TQ9-XW4D-5", "0123")] {
        let body = json!({ "code": code, "digits": digits, "provider": "vnpay" });
        assert_eq!(begin_as(&world, 5, &body).await.problem(), (404, "digits-wrong".to_owned()));
    }
    assert_eq!(begin_as(&world, 6, &begun(&code, "visa")).await.problem(), (422, "provider-unknown".to_owned()));
    // A dossier without a fee.
    let free = world.submit(&key(2), &world.filing()).await.json()["code"].as_str().unwrap().to_owned();
    assert_eq!(begin_as(&world, 7, &begun(&free, "vnpay")).await.problem(), (409, "nothing-to-pay".to_owned()));
    assert_eq!(standing(&world, &free).await["providers"], json!([]));
    // The same key for another request.
    assert_eq!(begin_as(&world, 8, &begun(&code, "vnpay")).await.status, 200);
    assert_eq!(begin_as(&world, 8, &begun(&code, "vietqr")).await.problem(), (409, "key-reused".to_owned()));
}

/// A citizen who sends, begins to pay and pays, as far as the server lives; whether the bank took the money.
fn pays(address: &str, offer: &Offer, number: u32) -> Option<bool> {
    let mut filing: Value = serde_json::from_str(&body(offer, number, 0)).unwrap();
    filing["procedure"] = json!("co-phi");
    filing["fingerprint"] = json!(offer.library.procedures["co-phi"].fingerprint());
    let post = |path: &str, key: &str, body: &Value| {
        let (status, _, answer) = send(address, "POST", path, &[("idempotency-key", key)], &body.to_string())?;
        assert!(matches!(status, 200 | 201), "{status} {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice::<Value>(&answer).ok()
    };
    let sent = post("/api/v1/dossiers", &key(number), &filing)?;
    let to_pay = post("/api/v1/payments", &key(100_000 + number), &begun(sent["code"].as_str()?, "vnpay"))?;
    let page = to_pay["pay_url"].as_str()?;
    let (bank, path) = page.strip_prefix("http://")?.split_once('/')?;
    send(bank, "GET", &format!("/{path}"), &[], "")?;
    let paid = send(bank, "POST", &format!("/vnpay/{}/pay", to_pay["order"].as_str()?), &[], "")?;
    Some(paid.0 == 303)
}

/// The server is killed again and again while people pay: whatever the bank took is in the ledger once, and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_any_two_steps_the_ledger_is_what_the_bank_took() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let gateway = Gateway::start("127.0.0.1:0", "", system_clock).unwrap();
    let at = format!("http://{}", gateway.address);
    let (pay, ask) = (format!("{at}/vnpay/pay"), format!("{at}/vnpay/api"));
    let merchant = gateway::keys::VNPAY_CODE;
    let settings = [
        "--vnpay-merchant",
        merchant,
        "--vnpay-pay",
        &pay,
        "--vnpay-ask",
        &ask,
        "--public-address",
        "http://motcua.example",
    ];
    let offer = Offer::read(&forms_folder()).unwrap();
    let mut took = 0;
    for round in 0..8_u32 {
        let server = Server::start_with(&data, &settings, "off");
        gateway.call_at(&format!("http://{}", server.address));
        let done = std::thread::scope(|scope| {
            let people: Vec<_> = (0..4)
                .map(|person| {
                    let (address, offer) = (&server.address, &offer);
                    scope.spawn(move || {
                        let numbers = (0..).map(|number| round * 10_000 + person * 1_000 + number);
                        numbers.map_while(|number| pays(address, offer, number)).filter(|paid| *paid).count()
                    })
                })
                .collect();
            std::thread::sleep(std::time::Duration::from_millis(300 + 90 * u64::from(round)));
            server.kill_now();
            people.into_iter().map(|person| person.join().unwrap()).sum::<usize>()
        });
        took += done;
    }
    let later = Moment(system_clock() + 10 * MINUTE);
    let world = World::paying_over(folder, later, &gateway).await;
    while ask_due(&world.app).await.unwrap() > 0 {}
    let agencies = vec!["19351".to_owned()];
    let (from, before) = (Moment(0), Moment(i64::MAX));
    let asked = store::payments::PaymentsAsked { agencies, from, before, most: u32::MAX };
    let mut taken = 0;
    for one in world.app.store.payments(asked).await.unwrap() {
        let order = json!({ "order": one.kept.order.id.to_string() });
        let (with, fee, back) = ledger(&world, &order).await;
        assert!(matches!((with, fee, back), (0, 0, 0) | (FEE, FEE, 0)), "{with} {fee} {back}");
        taken += usize::from(fee > 0);
    }
    // Whoever's connection broke may have paid too; nobody who was told is missing, and nobody paid who is not there.
    assert!(took > 20 && taken >= took && taken <= took + 8 * 4, "{taken} of {took}");
    assert_eq!(taken, gateway.paid(), "what the bank took is in the ledger");
}
