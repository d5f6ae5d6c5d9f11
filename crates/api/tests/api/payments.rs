//! Paying a fee, against a gateway over real HTTP with all its faults: nothing is credited falsely, nothing is lost.

mod account;
mod office;

use crate::outside::{Server, body, send};
use crate::world::{NOW, World, forms_folder, key};
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
