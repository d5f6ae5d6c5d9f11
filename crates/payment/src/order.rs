//! An order to pay a fee, what is known of it, and where it stands.
//!
//! Facts only ever come to the others: two sets of them are joined by putting them together, so any order and any repetition
//! ends the same (a join-semilattice). A failure after a payment takes nothing back; a payment after the order's end, or a
//! second one, is kept and owed back.

use procedure::calendar::Moment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Names an order to providers: 20 letters and digits, which all of them take, and unique for ever.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrderId(String);

/// Crockford's letters: none is taken for another.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl OrderId {
    /// From random bytes.
    #[must_use]
    pub fn new(random: [u8; 10]) -> Self {
        let sign = |five: u8| char::from(SIGNS[usize::from(five & 31)]);
        let id = random.iter().flat_map(|byte| [sign(byte >> 3), sign(byte & 7 | (byte >> 2) & 24)]);
        Self(id.collect())
    }

    /// Reads one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        (text.len() == 20 && text.bytes().all(|sign| SIGNS.contains(&sign))).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Through whom it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// VNPay.
    Vnpay,
    /// MoMo.
    Momo,
    /// A bank transfer by VietQR.
    Vietqr,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Vnpay, Self::Momo, Self::Vietqr];

    /// The name by which JSON and the store call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vnpay => "vnpay",
            Self::Momo => "momo",
            Self::Vietqr => "vietqr",
        }
    }

    /// What people call it on papers.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Vnpay => "VNPay",
            Self::Momo => "Ví MoMo",
            Self::Vietqr => "Chuyển khoản VietQR",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Working days in which an office decides to give back what is not owed (khoản 3 Điều 60 Luật Quản lý thuế 38/2019/QH14, of
/// which fees are a part: `docs/decisions/0029-receipts-and-refunds.md`).
pub const REFUND_DAYS: u8 = 5;

/// What is to be paid, by whom it is taken, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Its name.
    pub id: OrderId,
    /// Through whom.
    pub provider: Provider,
    /// In đồng, above zero.
    pub amount: i64,
    /// When it was made.
    pub made_at: Moment,
    /// After this nothing may be paid for it.
    pub until: Moment,
}

/// Money that a provider says has come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Payment {
    /// The provider's own number of it: the same number is the same money.
    pub transaction: String,
    /// In đồng.
    pub amount: i64,
    /// When it was paid, as the provider says, or else when it was heard of: milliseconds since 1970 in UTC.
    pub at: i64,
}

/// Something known of an order. What a provider says becomes one only after its signature was found right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "detail", rename_all = "kebab-case")]
pub enum Fact {
    /// Money has come.
    Paid(Payment),
    /// The provider says that the try with this number failed.
    Failed {
        /// The provider's number of the try.
        transaction: String,
        /// Its code.
        code: String,
    },
    /// The dossier was withdrawn or refused before anything was to be paid for it.
    Withdrawn,
    /// Money has gone back.
    Refunded {
        /// Number of the payment.
        transaction: String,
        /// In đồng.
        amount: i64,
    },
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing has come yet.
    Open,
    /// Nothing has come, and its time is over.
    Expired,
    /// The last that is known is a try that failed; another may follow.
    Failed,
    /// The fee is paid.
    Paid,
    /// Money lies here that is not owed: to be given back.
    ToRefund,
    /// All that was not owed has gone back.
    Refunded,
}

impl Order {
    /// The payment that pays the fee: of those with the right amount, in time, the first; none where it was withdrawn before
    /// any came. Every other payment is owed back.
    #[must_use]
    pub fn settled_by<'a>(&self, facts: &'a BTreeSet<Fact>) -> Option<&'a Payment> {
        if facts.contains(&Fact::Withdrawn) {
            return None;
        }
        let fits = |payment: &&Payment| payment.amount == self.amount && payment.at <= self.until.0;
        payments(facts).filter(fits).min_by_key(|payment| (payment.at, &payment.transaction))
    }

    /// What is owed back, in đồng: all that came and does not pay the fee, less what has gone back.
    #[must_use]
    pub fn owed_back(&self, facts: &BTreeSet<Fact>) -> i64 {
        let pays = self.settled_by(facts).map_or(0, |payment| payment.amount);
        let came: i64 = payments(facts).map(|payment| payment.amount).sum();
        came - pays - refunded(facts)
    }

    /// The payments that do not pay the fee, whether they have gone back or not.
    #[must_use]
    pub fn not_owed<'a>(&self, facts: &'a BTreeSet<Fact>) -> Vec<&'a Payment> {
        let settled = self.settled_by(facts);
        payments(facts).filter(|payment| Some(*payment) != settled).collect()
    }

    /// The payments that are owed back and have not gone back yet, each in whole.
    #[must_use]
    pub fn to_give_back<'a>(&self, facts: &'a BTreeSet<Fact>) -> Vec<&'a Payment> {
        let gone = |payment: &Payment| {
            let back =
                |fact: &Fact| matches!(fact, Fact::Refunded { transaction, .. } if *transaction == payment.transaction);
            facts.iter().any(back)
        };
        self.not_owed(facts).into_iter().filter(|payment| !gone(payment)).collect()
    }

    /// Where it stands at a moment.
    #[must_use]
    pub fn standing(&self, facts: &BTreeSet<Fact>, now: Moment) -> Standing {
        if self.owed_back(facts) > 0 {
            return Standing::ToRefund;
        }
        if self.settled_by(facts).is_some() {
            return Standing::Paid;
        }
        if payments(facts).next().is_some() {
            return Standing::Refunded;
        }
        if facts.contains(&Fact::Withdrawn) || now > self.until {
            return Standing::Expired;
        }
        if facts.iter().any(|fact| matches!(fact, Fact::Failed { .. })) { Standing::Failed } else { Standing::Open }
    }
}

/// Every payment once, whatever was said how often: where the same number came with several amounts, the least is believed.
fn payments(facts: &BTreeSet<Fact>) -> impl Iterator<Item = &Payment> {
    let mut last: Option<&str> = None;
    // The set is in order, so the same number stands together, and its least amount first.
    facts.iter().filter_map(move |fact| match fact {
        Fact::Paid(payment) if last != Some(payment.transaction.as_str()) => {
            last = Some(&payment.transaction);
            Some(payment)
        }
        _ => None,
    })
}

fn refunded(facts: &BTreeSet<Fact>) -> i64 {
    let amount = |fact: &Fact| if let Fact::Refunded { amount, .. } = fact { *amount } else { 0 };
    facts.iter().map(amount).sum()
}
