//! Keeping payments: orders, what is known of them, the ledger, and every message as it came.
//!
//! What changes with a message is kept with it in one transaction: the message, the facts, their ledger entry, the audit row.

use crate::{DraftKey, Hash, StoreError};
use async_trait::async_trait;
use dossier::DossierId;
use payment::{Fact, Order, OrderId, Payment, Posting, Provider};
use procedure::OfficerId;
use procedure::calendar::Moment;
use std::collections::BTreeSet;

/// What the product asks of the place where payments are kept.
#[async_trait]
pub trait Payments: Send + Sync {
    /// Keeps an order, unless one of the same dossier can be paid in its place or nothing is to be paid any more.
    async fn save_order(&self, new: NewOrder) -> Result<OrderSaved, StoreError>;

    /// Where the provider said that an order is paid.
    async fn keep_pay(&self, order: OrderId, pay: String) -> Result<(), StoreError>;

    /// An order with all that is known of it.
    async fn order(&self, order: &OrderId) -> Result<Option<KeptOrder>, StoreError>;

    /// The orders of a dossier, from the first on.
    async fn orders_of(&self, dossier: DossierId) -> Result<Vec<KeptOrder>, StoreError>;

    /// Keeps what was said of an order. Saying it again changes nothing.
    async fn hear(&self, heard: Heard) -> Result<HeardSaved, StoreError>;

    /// Orders whose provider is to be asked by now, the longest waiting first.
    async fn orders_to_ask(&self, now: Moment, most: u32) -> Result<Vec<KeptOrder>, StoreError>;

    /// Writes down when the provider answered, if it did, and when it is to be asked next.
    async fn asked(&self, order: OrderId, heard: Option<Moment>, next: Option<Moment>) -> Result<(), StoreError>;

    /// The orders that agencies' dossiers had in a period or whose money moved in it, and all of which something is to be
    /// given back.
    async fn payments(&self, asked: PaymentsAsked) -> Result<Vec<AgencyOrder>, StoreError>;

    /// What the ledger says of an order: the balance of each account that has one.
    async fn ledger_of(&self, order: &OrderId) -> Result<Vec<Posting>, StoreError>;

    /// An officer asks that a payment go back.
    async fn ask_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError>;

    /// Another officer confirms it.
    async fn confirm_refund(&self, refund: NewRefund) -> Result<RefundSaved, StoreError>;
}

/// An order to keep.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// The key of the request: it is answered with the same order however often it comes.
    pub key: DraftKey,
    /// SHA-256 of the request as it came.
    pub body_hash: Hash,
    /// Whose fee.
    pub dossier: DossierId,
    /// The order.
    pub order: Order,
    /// When the provider is to be asked for the first time; nothing where there is nobody to ask.
    pub ask_at: Option<Moment>,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderSaved {
    /// It is kept now.
    New,
    /// This one is to be paid: the request's own of before, or one that is still open in the same way.
    Before(OrderId),
    /// The key belongs to another request. Nothing changed.
    KeyReused,
    /// The fee is paid, or nothing is to be paid any more. Nothing changed.
    NothingToPay,
}

/// An order as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOrder {
    /// Whose fee.
    pub dossier: DossierId,
    /// The order.
    pub order: Order,
    /// Where the provider said that it is paid; empty where that is not known.
    pub pay: String,
    /// What is known.
    pub facts: BTreeSet<Fact>,
    /// Payments that were told and that the provider has not affirmed.
    pub claims: Vec<Payment>,
    /// When the provider was asked last.
    pub asked_at: Option<Moment>,
    /// What is asked to go back.
    pub refunds: Vec<KeptRefund>,
}

/// A payment that is asked to go back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRefund {
    /// The provider's number of it.
    pub transaction: String,
    /// In đồng.
    pub amount: i64,
    /// Who asked.
    pub asked_by: OfficerId,
    /// Their name.
    pub asker: String,
    /// When.
    pub asked_at: Moment,
    /// Who confirmed, once somebody did.
    pub confirmed_by: Option<OfficerId>,
    /// When.
    pub confirmed_at: Option<Moment>,
    /// When the provider had sent it, once it has.
    pub gone_at: Option<Moment>,
}

/// What was said of an order.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The order.
    pub order: OrderId,
    /// The message, byte by byte as it came.
    pub said: Vec<u8>,
    /// What is known by it.
    pub facts: Vec<Fact>,
    /// What it claims and the provider is to be asked for.
    pub claim: Option<Payment>,
    /// Which officer brought it.
    pub by: Option<OfficerId>,
    /// When.
    pub now: Moment,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeardSaved {
    /// Something is known now that was not known before, or is to be asked for.
    New,
    /// All of it was known.
    Before,
    /// There is no such order. Nothing changed.
    NoOrder,
    /// The payment belongs to another order. Nothing changed.
    OtherOrder,
}

/// Which payments.
#[derive(Clone, Debug)]
pub struct PaymentsAsked {
    /// Codes of the receiving agencies.
    pub agencies: Vec<String>,
    /// Orders that were made, or whose money moved, at this moment or later.
    pub from: Moment,
    /// And before this one.
    pub before: Moment,
    /// At most so many.
    pub most: u32,
}

/// An order with the dossier it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyOrder {
    /// Code of the receiving agency.
    pub agency: String,
    /// Mã hồ sơ, once there is one.
    pub number: Option<String>,
    /// The order.
    pub kept: KeptOrder,
}

/// A step of giving a payment back.
#[derive(Clone, Debug)]
pub struct NewRefund {
    /// The order.
    pub order: OrderId,
    /// The payment.
    pub payment: Payment,
    /// Through whom it came.
    pub provider: Provider,
    /// Who asks or confirms.
    pub by: OfficerId,
    /// When.
    pub now: Moment,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundSaved {
    /// It is written down.
    Done,
    /// It was before.
    Before,
    /// Whoever asks must not confirm. Nothing changed.
    SamePerson,
    /// Nobody has asked for it. Nothing changed.
    NotAsked,
}
