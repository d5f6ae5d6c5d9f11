//! Orders and the ledger: facts in any order, as often as they like, end the same, and nothing is lost or made up.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use payment::ledger::{balances, entry};
use payment::statement::{Line, fact, is_for, orders_of, purpose};
use payment::{Account, Fact, Order, OrderId, Payment, Provider, Standing, vietqr};
use procedure::calendar::Moment;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const MADE: i64 = 1_795_331_100_000;
const UNTIL: i64 = MADE + 900_000;
const FEE: i64 = 75_000;

fn order() -> Order {
    let (id, made_at, until) = (OrderId::new([7; 10]), Moment(MADE), Moment(UNTIL));
    Order { id, provider: Provider::Vnpay, amount: FEE, made_at, until }
}

fn paid(transaction: &str, amount: i64, at: i64) -> Fact {
    Fact::Paid(Payment { transaction: transaction.to_owned(), amount, at })
}

fn refunded(transaction: &str, amount: i64) -> Fact {
    Fact::Refunded { transaction: transaction.to_owned(), amount }
}

fn failed() -> Fact {
    Fact::Failed { transaction: "f".to_owned(), code: "24/02".to_owned() }
}

fn all(facts: &[Fact]) -> BTreeSet<Fact> {
    facts.iter().cloned().collect()
}

#[test]
fn where_an_order_stands_is_told_from_all_that_is_known() {
    let (open, over) = (Moment(MADE + 1), Moment(UNTIL + 1));
    for (facts, now, standing, owed) in [
        (vec![], open, Standing::Open, 0),
        (vec![], over, Standing::Expired, 0),
        (vec![failed()], open, Standing::Failed, 0),
        (vec![failed()], over, Standing::Expired, 0),
        (vec![paid("1", FEE, MADE + 5)], open, Standing::Paid, 0),
        (vec![paid("1", FEE, MADE + 5)], over, Standing::Paid, 0),
        // A failure that is heard of later takes nothing back.
        (vec![paid("1", FEE, MADE + 5), failed()], over, Standing::Paid, 0),
        // Paid at the last moment is paid; a millisecond later it is owed back, and so is a second payment and any other amount.
        (vec![paid("1", FEE, UNTIL)], over, Standing::Paid, 0),
        (vec![paid("1", FEE, UNTIL + 1)], over, Standing::ToRefund, FEE),
        (vec![paid("1", FEE, MADE + 5), paid("2", FEE, MADE + 9)], open, Standing::ToRefund, FEE),
        (vec![paid("1", FEE - 1, MADE + 5)], open, Standing::ToRefund, FEE - 1),
        (vec![paid("1", 2 * FEE, MADE + 5)], open, Standing::ToRefund, 2 * FEE),
        (vec![paid("1", FEE, MADE + 5), Fact::Withdrawn], open, Standing::ToRefund, FEE),
        (vec![Fact::Withdrawn], open, Standing::Expired, 0),
        (vec![paid("1", FEE, UNTIL + 1), refunded("1", FEE)], over, Standing::Refunded, 0),
        (vec![paid("1", FEE, MADE + 5), paid("2", FEE, MADE + 9), refunded("2", FEE)], open, Standing::Paid, 0),
        // The same money heard of with two times is the same money.
        (vec![paid("1", FEE, MADE + 5), paid("1", FEE, MADE + 6)], open, Standing::Paid, 0),
    ] {
        let facts = all(&facts);
        assert_eq!((order().standing(&facts, now), order().owed_back(&facts)), (standing, owed), "{facts:?}");
    }
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let transaction = prop_oneof![Just("1"), Just("2"), Just("3")];
    let amount = prop_oneof![3 => Just(FEE), 1 => Just(FEE - 1), 1 => Just(1_000)];
    let at = prop_oneof![3 => MADE..=UNTIL, 1 => UNTIL + 1..UNTIL + 100];
    prop_oneof![
        5 => (transaction, amount, at).prop_map(|(transaction, amount, at)| paid(transaction, amount, at)),
        2 => Just(failed()),
        1 => Just(Fact::Withdrawn),
    ]
}

/// How many are tried: so many, or what `MOTCUA_CALLS` says.
fn tries(usual: u32) -> ProptestConfig {
    let asked = std::env::var("MOTCUA_CALLS").ok().and_then(|count| count.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(tries(4_000))]

    /// Heard in any order and any number of times, with the ledger written at each hearing: it ends the same, every posting's
    /// sides are nothing together, and what came is what was taken and what is owed back.
    #[test]
    fn any_order_and_repetition_ends_the_same(
        heard in prop::collection::vec(any_fact(), 0..8),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let mut order_of_hearing: Vec<Fact> = heard.clone();
        order_of_hearing.extend(again.iter().filter(|_| !heard.is_empty()).map(|place| place.get(&heard).clone()));
        let mut shuffled = order_of_hearing.clone();
        shuffled.reverse();
        let mut ends = Vec::new();
        for hearing in [order_of_hearing, shuffled] {
            let mut known = BTreeSet::new();
            let mut ledger: BTreeMap<Account, i64> = BTreeMap::new();
            for fact in hearing {
                let mut more = known.clone();
                more.insert(fact);
                if let Some(entry) = entry(&order(), &known, &more) {
                    prop_assert_eq!(entry.postings.iter().map(|posting| posting.amount).sum::<i64>(), 0);
                    entry.postings.iter().for_each(|one| *ledger.entry(one.account).or_default() += one.amount);
                }
                known = more;
            }
            prop_assert_eq!(ledger.values().sum::<i64>(), 0);
            let took = -ledger.get(&Account::Fee).copied().unwrap_or_default();
            prop_assert!(took == 0 || took == FEE, "the fee is taken once or not at all: {}", took);
            prop_assert_eq!(-ledger.get(&Account::ToRefund).copied().unwrap_or_default(), order().owed_back(&known));
            ledger.retain(|_, amount| *amount != 0);
            let told: BTreeMap<Account, i64> =
                balances(&order(), &known).into_iter().map(|one| (one.account, one.amount)).collect();
            prop_assert_eq!(&told, &ledger);
            ends.push((order().standing(&known, Moment(UNTIL)), ledger));
        }
        prop_assert_eq!(&ends[0], &ends[1]);
    }
}

#[test]
fn a_transfer_is_found_in_a_statement_by_its_purpose() {
    let order = order();
    let purpose = purpose(&order.id);
    assert!(purpose.len() <= vietqr::PURPOSE);
    let line = |says: &str| Line {
        transaction: "FT26326".to_owned(),
        amount: FEE,
        at: Moment(MADE + 9),
        says: says.to_owned(),
    };
    for says in [
        purpose.clone(),
        format!("MBVCB.123456.{purpose}.CT tu 0900 toi 2576"),
        purpose.to_lowercase(),
        format!("{} {}", &purpose[..9], &purpose[9..]),
        format!("MC thanh toan {purpose}"),
    ] {
        assert!(is_for(&line(&says), &order), "{says}");
    }
    for says in ["", "MC", "Chuyen tien", &purpose[..21], "MCMCMCMCMCMC"] {
        assert!(!is_for(&line(says), &order), "{says}");
    }
    assert_eq!(orders_of(&purpose), std::slice::from_ref(&order.id));
    assert_eq!(fact(&line(&purpose)), paid("FT26326", FEE, MADE + 9));
}

#[test]
fn names_of_orders_are_twenty_signs_and_read_back() {
    let id = OrderId::new([0xFF, 0, 1, 2, 3, 4, 5, 6, 7, 0x80]);
    assert_eq!((OrderId::read(id.as_str()), id.as_str().len()), (Some(id.clone()), 20));
    for text in ["", "0123456789", "0123456789abcdefghjk", "0123456789ABCDEFGH-K", "0123456789ABCDEFGHĐ"] {
        assert_eq!(OrderId::read(text), None, "{text}");
    }
    let all: BTreeSet<String> =
        (0..=255).map(|byte| OrderId::new([byte, 0, 0, 0, 0, 0, 0, 0, 0, byte]).to_string()).collect();
    assert_eq!(all.len(), 256, "no bit of the random bytes is lost");
}
