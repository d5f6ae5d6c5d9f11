//! Payments in the store: each transaction credits one order, saying things again changes nothing, and the ledger is what the
//! facts say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod stored;

use dossier::{Event, EventKind, State};
use payment::ledger::balances;
use payment::{Fact, Order, OrderId, Payment, Provider};
use procedure::OfficerId;
use procedure::calendar::Moment;
use proptest::prelude::*;
use store::desk::NewAct;
use store::payments::{Heard, HeardSaved, KeptRefund, NewOrder, NewRefund, OrderSaved, PaymentsAsked, RefundSaved};
use store::{DeskStore as _, DraftKey, Payments as _};
use stored::{NOW, id, opened, place};
use tempfile::TempDir;

const FEE: i64 = 150_000;

fn order(number: u8, provider: Provider) -> Order {
    let (made_at, until) = (NOW, Moment(NOW.0 + 900_000));
    Order { id: OrderId::new([number; 10]), provider, amount: FEE, made_at, until }
}

fn new(key: u8, dossier: u8, order: &Order) -> NewOrder {
    let ask_at = Some(Moment(NOW.0 + 180_000));
    NewOrder { key: DraftKey([key; 16]), body_hash: [key; 32], dossier: id(dossier), order: order.clone(), ask_at }
}

fn paid(number: &str, amount: i64, at: i64) -> Fact {
    Fact::Paid(Payment { transaction: number.to_owned(), amount, at: NOW.0 + at })
}

fn heard(order: &Order, said: &str, facts: Vec<Fact>) -> Heard {
    Heard { order: order.id.clone(), said: said.as_bytes().to_vec(), facts, claim: None, by: None, now: NOW }
}

async fn audited(folder: &TempDir) -> usize {
    store::with_audit(folder.path(), |rows, _| rows.count()).unwrap()
}

#[tokio::test]
async fn an_order_is_used_again_while_nothing_is_known_of_it() {
    let (_folder, store) = opened(1).await;
    let (first, second, other) = (order(1, Provider::Vnpay), order(2, Provider::Vnpay), order(3, Provider::Momo));
    assert_eq!(store.save_order(new(1, 0, &first)).await.unwrap(), OrderSaved::New);
    assert_eq!(store.save_order(new(1, 0, &second)).await.unwrap(), OrderSaved::Before(first.id.clone()));
    assert_eq!(store.save_order(new(2, 0, &second)).await.unwrap(), OrderSaved::Before(first.id.clone()));
    let reused = NewOrder { body_hash: [9; 32], ..new(1, 0, &first) };
    assert_eq!(store.save_order(reused).await.unwrap(), OrderSaved::KeyReused);
    assert_eq!(store.save_order(new(3, 0, &other)).await.unwrap(), OrderSaved::New);
    // MoMo has not said where it is paid: nobody can use it.
    let again = order(4, Provider::Momo);
    assert_eq!(store.save_order(new(4, 0, &again)).await.unwrap(), OrderSaved::New);
    let failed = Fact::Failed { transaction: "0".to_owned(), code: "24/02".to_owned() };
    store.hear(heard(&first, "failed", vec![failed])).await.unwrap();
    assert_eq!(store.save_order(new(5, 0, &second)).await.unwrap(), OrderSaved::New);
    store.hear(heard(&second, "paid", vec![paid("1", FEE, 5)])).await.unwrap();
    assert_eq!(store.save_order(new(6, 0, &order(6, Provider::Vietqr))).await.unwrap(), OrderSaved::NothingToPay);
    // Nothing is to be paid for the others any more: what still comes for one is owed back.
    store.hear(heard(&other, "late", vec![paid("m", FEE, 6)])).await.unwrap();
    let kept = store.order(&other.id).await.unwrap().unwrap();
    assert_eq!(kept.order.owed_back(&kept.facts), FEE);
    let all = store.orders_of(id(0)).await.unwrap();
    let paid_at: Vec<_> =
        all.iter().filter_map(|kept| kept.order.settled_by(&kept.facts)).map(|paid| paid.at).collect();
    assert_eq!(paid_at, [NOW.0 + 5]);
}

#[tokio::test]
async fn a_transaction_credits_one_order_and_once() {
    let (folder, store) = opened(2).await;
    let (mine, theirs) = (order(1, Provider::Vnpay), order(2, Provider::Vnpay));
    store.save_order(new(1, 0, &mine)).await.unwrap();
    store.save_order(new(2, 1, &theirs)).await.unwrap();
    let says = || heard(&mine, "as it came", vec![paid("77", FEE, 5)]);
    assert_eq!(store.hear(says()).await.unwrap(), HeardSaved::New);
    let rows = audited(&folder).await;
    assert_eq!(store.hear(says()).await.unwrap(), HeardSaved::Before);
    assert_eq!(store.hear(heard(&theirs, "stolen", vec![paid("77", FEE, 5)])).await.unwrap(), HeardSaved::OtherOrder);
    assert_eq!(store.hear(heard(&order(9, Provider::Vnpay), "x", vec![])).await.unwrap(), HeardSaved::NoOrder);
    assert_eq!(audited(&folder).await, rows);
    assert_eq!(store.ledger_of(&theirs.id).await.unwrap(), []);
    let kept = store.order(&mine.id).await.unwrap().unwrap();
    assert_eq!(store.ledger_of(&mine.id).await.unwrap(), balances(&kept.order, &kept.facts));
}

#[tokio::test]
async fn a_claim_is_asked_for_at_once_and_credits_nothing() {
    let (_folder, store) = opened(1).await;
    let order = order(1, Provider::Vnpay);
    store.save_order(new(1, 0, &order)).await.unwrap();
    assert_eq!(store.orders_to_ask(NOW, 9).await.unwrap(), []);
    let claim = Payment { transaction: "7".to_owned(), amount: FEE, at: NOW.0 };
    let told = Heard { claim: Some(claim.clone()), ..heard(&order, "told", Vec::new()) };
    assert_eq!(store.hear(told.clone()).await.unwrap(), HeardSaved::New);
    assert_eq!(store.hear(told).await.unwrap(), HeardSaved::Before);
    let due = store.orders_to_ask(NOW, 9).await.unwrap();
    assert_eq!((due.len(), &due[0].claims), (1, &vec![claim]));
    assert_eq!(store.ledger_of(&order.id).await.unwrap(), []);
    store.asked(order.id.clone(), None, Some(Moment(NOW.0 + 9))).await.unwrap();
    assert_eq!(store.orders_to_ask(NOW, 9).await.unwrap(), []);
    store.hear(heard(&order, "affirmed", vec![paid("7", FEE, 0)])).await.unwrap();
    assert_eq!(store.order(&order.id).await.unwrap().unwrap().claims, []);
}

#[tokio::test]
async fn what_is_not_received_goes_back_by_two_officers() {
    let (_folder, store) = opened(1).await;
    let order = order(1, Provider::Vietqr);
    store.save_order(new(1, 0, &order)).await.unwrap();
    store.hear(heard(&order, "line", vec![paid("FT1", FEE, 5)])).await.unwrap();
    let act = NewAct {
        key: DraftKey([50; 16]),
        body_hash: [50; 32],
        dossier: id(0),
        version: 1,
        event: Event {
            at: NOW, by: None, on_behalf: None, kind: EventKind::NotReceived { reason: "thử".to_owned() }
        },
        place: place(State::NotReceived),
        number: None,
        files: Vec::new(),
        filing: None,
        notice: None,
    };
    store.save_act(act).await.unwrap();
    let agencies = vec!["000001".to_owned()];
    let asked = PaymentsAsked { agencies, from: Moment(0), before: Moment(1), most: 9 };
    let owed = store.payments(asked.clone()).await.unwrap();
    assert_eq!(owed.len(), 1, "what is owed back is told whatever the days");
    let payment = owed[0].kept.order.to_give_back(&owed[0].kept.facts)[0].clone();
    let by = |officer: u8| NewRefund {
        order: order.id.clone(),
        payment: payment.clone(),
        provider: Provider::Vietqr,
        by: OfficerId([officer; 16]),
        now: NOW,
    };
    assert_eq!(store.confirm_refund(by(2)).await.unwrap(), RefundSaved::NotAsked);
    assert_eq!(store.ask_refund(by(1)).await.unwrap(), RefundSaved::Done);
    assert_eq!(store.ask_refund(by(2)).await.unwrap(), RefundSaved::Before);
    assert_eq!(store.confirm_refund(by(1)).await.unwrap(), RefundSaved::SamePerson);
    assert_eq!(store.confirm_refund(by(2)).await.unwrap(), RefundSaved::Done);
    assert_eq!(store.confirm_refund(by(3)).await.unwrap(), RefundSaved::Before);
    let gone = Fact::Refunded { transaction: "FT1".to_owned(), amount: FEE };
    let asked_back = async || store.order(&order.id).await.unwrap().unwrap().refunds;
    assert_eq!(asked_back().await[0].gone_at, None);
    let later = Moment(NOW.0 + 1_000_000);
    store.hear(Heard { now: later, ..heard(&order, "gone", vec![gone]) }).await.unwrap();
    let known = asked_back().await;
    let KeptRefund { asked_by, asked_at, confirmed_by, confirmed_at, gone_at, .. } = &known[0];
    assert_eq!((known.len(), *asked_by, *asked_at), (1, OfficerId([1; 16]), NOW));
    assert_eq!((*confirmed_by, *confirmed_at, *gone_at), (Some(OfficerId([2; 16])), Some(NOW), Some(later)));
    assert_eq!(store.ledger_of(&order.id).await.unwrap(), []);
    assert_eq!(store.payments(asked.clone()).await.unwrap(), []);
    // Made before the days in which its money moved.
    let that_day = PaymentsAsked { from: later, before: Moment(later.0 + 1), ..asked };
    assert_eq!(store.payments(that_day).await.unwrap().len(), 1);
}

/// Which order, and what is heard of it.
fn any_heard() -> impl Strategy<Value = (usize, Fact)> {
    let transaction = prop_oneof![Just("1"), Just("2"), Just("3")];
    let amount = prop_oneof![3 => Just(FEE), 1 => Just(FEE - 1)];
    let at = prop_oneof![3 => 0..900_000_i64, 1 => 900_001..900_100_i64];
    let fact = prop_oneof![
        5 => (transaction, amount, at).prop_map(|(transaction, amount, at)| paid(transaction, amount, at)),
        1 => Just(Fact::Failed { transaction: "f".to_owned(), code: "24/02".to_owned() }),
        1 => Just(Fact::Withdrawn),
    ];
    (0..3_usize, fact)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_heard_the_ledger_is_what_the_facts_say(all in prop::collection::vec(any_heard(), 0..24)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (_folder, store) = opened(1).await;
            let orders = [order(1, Provider::Vnpay), order(2, Provider::Momo), order(3, Provider::Vietqr)];
            for (key, order) in (1..).zip(&orders) {
                store.save_order(new(key, 0, order)).await.unwrap();
            }
            for (number, (which, fact)) in all.into_iter().enumerate() {
                store.hear(heard(&orders[which], &number.to_string(), vec![fact])).await.unwrap();
                let mut taken = 0;
                for order in &orders {
                    let kept = store.order(&order.id).await.unwrap().unwrap();
                    let ledger = store.ledger_of(&order.id).await.unwrap();
                    assert_eq!(ledger.iter().map(|one| one.amount).sum::<i64>(), 0);
                    assert_eq!(ledger, balances(&kept.order, &kept.facts));
                    taken += kept.order.settled_by(&kept.facts).map_or(0, |payment| payment.amount);
                }
                assert!(taken == 0 || taken == FEE, "a dossier's fee is taken once: {taken}");
            }
        });
    }
}
