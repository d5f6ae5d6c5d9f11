//! Paying a fee online: what is said to the providers and what they say, orders that can be paid once, and the ledger.
//!
//! Pure: no clock, network or randomness. Amounts are whole đồng. What a provider says is a [`Fact`] about an order; where the
//! order stands is told from all its facts together, so that they may come late, twice and in any order.

pub mod ledger;
pub mod momo;
pub mod order;
pub mod sign;
pub mod statement;
pub mod vietqr;
pub mod vnpay;

pub use ledger::{Account, Entry, Posting};
pub use order::{Fact, Order, OrderId, Payment, Provider, REFUND_DAYS, Standing};
