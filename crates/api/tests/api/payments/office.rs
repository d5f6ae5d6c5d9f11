//! What comes after paying: the receipt, the bank's statement, and giving back by two officers.

use super::{FEE, at_the_page, begin, later, ledger, standing, with_fee};
use crate::desk::{Office, done, office};
use crate::world::{NOW, Signed, World};
use axum::body::Body;
use axum::http::Request;
use gateway::Fault;
use serde_json::{Value, json};

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
