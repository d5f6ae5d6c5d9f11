//! A bank's statement: its lines, and the orders they pay. A transfer by VietQR is known by nothing else.

use crate::order::{Fact, Order, OrderId, Payment};
use procedure::calendar::Moment;

/// One line: money that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The bank's number of it.
    pub transaction: String,
    /// In đồng.
    pub amount: i64,
    /// When.
    pub at: Moment,
    /// What the payer's bank wrote to it: the purpose, often with other words around it.
    pub says: String,
}

/// What stands before an order's number in a purpose, so that it is found among a bank's own words.
const MARK: &str = "MC";

/// The purpose of a transfer for an order: 22 signs of the 25 that every bank keeps.
#[must_use]
pub fn purpose(order: &OrderId) -> String {
    format!("{MARK}{order}")
}

/// The orders that a line may name, in order. Banks put words before and behind, drop spaces and change case, so all of it is
/// looked through; mostly there is one.
#[must_use]
pub fn orders_of(says: &str) -> Vec<OrderId> {
    let bare: String = says.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect();
    let starts = bare.match_indices(MARK).map(|(at, _)| at + MARK.len());
    starts.filter_map(|from| OrderId::read(bare.get(from..from + 20)?)).collect()
}

/// What a line says of its order: the money has come. Whether it is enough and in time the order's own rule says.
#[must_use]
pub fn fact(line: &Line) -> Fact {
    Fact::Paid(Payment { transaction: line.transaction.clone(), amount: line.amount, at: line.at.0 })
}

/// Whether a line is about this order.
#[must_use]
pub fn is_for(line: &Line, order: &Order) -> bool {
    orders_of(&line.says).contains(&order.id)
}
