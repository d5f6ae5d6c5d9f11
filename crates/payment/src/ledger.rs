//! The ledger: every posting has two sides, and all of them together are nothing.

use crate::order::{Order, Provider};
use crate::{Fact, OrderId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where money lies or belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// With a provider, on its way to the treasury.
    With(Provider),
    /// A fee (phí, lệ phí) that was taken: the agency's.
    Fee,
    /// A payer's, to be given back.
    ToRefund,
}

/// One side: so much came to an account, or left it when below zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Posting {
    /// Which.
    pub account: Account,
    /// In đồng.
    pub amount: i64,
}

/// What one fact does to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The order.
    pub order: OrderId,
    /// Its sides; their sum is zero.
    pub postings: Vec<Posting>,
}

/// The balances that an order's facts make: the ledger of the order, told from the facts as everything else is.
#[must_use]
pub fn balances(order: &Order, facts: &BTreeSet<Fact>) -> Vec<Posting> {
    let pays = order.settled_by(facts).map_or(0, |payment| payment.amount);
    let owed = order.owed_back(facts);
    let held = pays + owed;
    let posting = |account, amount| Posting { account, amount };
    let all =
        [posting(Account::With(order.provider), held), posting(Account::Fee, -pays), posting(Account::ToRefund, -owed)];
    all.into_iter().filter(|posting| posting.amount != 0).collect()
}

/// The entry by which the ledger goes from what was known to what is known now; nothing where no money moved.
#[must_use]
pub fn entry(order: &Order, before: &BTreeSet<Fact>, after: &BTreeSet<Fact>) -> Option<Entry> {
    let accounts = [Account::With(order.provider), Account::Fee, Account::ToRefund];
    let (old, new) = (balances(order, before), balances(order, after));
    let of = |all: &[Posting], account| all.iter().find(|one| one.account == account).map_or(0, |one| one.amount);
    let moved = accounts.map(|account| Posting { account, amount: of(&new, account) - of(&old, account) });
    let postings: Vec<Posting> = moved.into_iter().filter(|posting| posting.amount != 0).collect();
    (!postings.is_empty()).then(|| Entry { order: order.id.clone(), postings })
}
